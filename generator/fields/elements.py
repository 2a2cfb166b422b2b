"""Elements of a page that carry a statement: found by tag, class, `rel` or `itemprop`, near the headline, outside side matter.

Reads the tree and never changes it. Knows the usual words in class names, never those of one outlet.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from generator.document import Document, view
from generator.text import fold, line

LIMIT = 60
TEXT_LIMIT = 1_000
TITLE_LIMIT = 400
UP = 40  # steps towards the root
STEPS, STEP_LENGTH = 8, 48  # of a breadcrumb
_RULES = " :|–—-»·/"
_MARKS = frozenset("|–—-»·>")
OVERLINE = 80  # characters of a line above the headline in the same element

_SIDE = re.compile(
    r"related|recommend|teaser|comment|(?<!without)(?<!without-)(?<!with)(?<!with-)(?<!no-)(?<!has-)(?<!content-)side-?bar|(?<!post-)(?<!entry-)(?<!article-)(?<!story-)(?<!entry_)(?<!post_)(?<!article_)footer|(?<!elementor-)widget|most-?read|popular|trending|promo|newsletter|share|social|"
    r"advert|\bads?\b|menu|navbar|navigation|cookie|modal|popup|carousel|slider|latest|more-(?:news|stories)|read-?(?:more|next)|"
    r"outbrain|taboola|ranking|hot-?news|tuijian|xgyd",
)
_TRAIL = re.compile(r"bread-?crumb|\bcrumbs?\b|brotkrumen|fil-?ariane", re.IGNORECASE)
# names of a story's own head, which is no head of the page
_STORYS = re.compile(r"article|artikel|story|entry|post|hero|beitrag|content|noticia|nota", re.IGNORECASE)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}|[^\W_]{4,}|\d{2,}")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TEXTS: Any = etree.XPath(".//text()[not(ancestor::style or ancestor::script)]", smart_strings=False)
_SIDE_TAGS = frozenset({"nav", "footer", "aside", "form", "iframe", "noscript"})


@view
def heading(document: Document, *titles: str) -> Any:
    """The `<h1>` (or what stands for it) that prints the story's headline: one that a stated title agrees with, else the first in the story.

    A `<h1>` that is the last step of the way to the story, in a breadcrumb, gives way to the heading below it.
    """
    if document.tree is None:
        return None
    known = [fold(title) for title in titles if title]
    firsts = [one for one in islice(document.tree.iter("h1"), LIMIT) if one.get("itemprop") != "alternativeHeadline"]
    found = [(one, here) for one in firsts if (here := fold(text(one)))]
    told = [(one, here) for one, here in found if not _is_home(one, here, document)]
    for one, here in told:
        if any(here == title or (len(here) > 10 and (here in title or title in here)) for title in known):
            return _below(document, one, (*known, here)) if in_trail(one) else _apart(document, one, here, known)
    for tag in ("h2", "h3"):
        for one in islice(document.tree.iter(tag), LIMIT):
            here = fold(text(one))
            if len(here) > 10 and any(
                here == title or title.startswith(here) or _behind(here, title) or (not told and _ends(title, here))
                for title in known
            ):
                return one
    for one, here in (*told, *found):
        if not in_header(one) and not aside(one):
            return _below(document, one, (*known, here)) if in_trail(one) else one
    return None if found else _below(document, None, known)


def _is_home(element: Any, here: str, document: Document) -> bool:
    """Whether a heading is nothing but the link to the site's front page: it prints the site's name on each of its pages."""
    link = next(element.iter("a"), None)
    if link is None or fold(text(link)) != here:
        return False
    address = (link.get("href") or "").rstrip("/")
    place = address.rpartition("//")[2].removeprefix("www.")
    return link.get("rel") == "home" or place in ("", ".", "index.html", document.host)


def _ends(title: str, here: str) -> bool:
    """Whether a title is the name of the site, and then the heading behind a mark."""
    return title.endswith(here) and title[: -len(here)].rstrip()[-1:] in _MARKS


def in_trail(element: Any) -> bool:
    """Whether a heading is the last step of a breadcrumb: two steps with a link each stand right before it, or its box is called so."""
    for _ in range(4):
        if element is None or element.tag in ("body", "main", "article", "header"):
            return False
        if element.tag == "nav" or is_trail(element):
            return True
        if sum(map(_is_step, islice(element.itersiblings(preceding=True), STEPS))) > 1:
            return True
        element = element.getparent()
    return False


def is_trail(element: Any) -> bool:
    """Whether an element is called a breadcrumb."""
    return bool(_TRAIL.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def kin(one: str, other: str) -> bool:
    """Whether two titles speak of the same thing: a third of the words of the shorter one stand in the other, two at least."""
    words, others = _words(one), _words(other)
    return len(words & others) >= max(2, min(len(words), len(others)) / 3)


def shared(one: str, other: str) -> int:
    """How many words of some length stand in both texts; of scripts without spaces, pairs of characters."""
    return len(_words(one) & _words(other))


def alike(one: str, other: str) -> bool:
    """Whether two texts say nearly the same: four fifths of the words of either stand in the other."""
    words, others = _words(one), _words(other)
    return bool(words) and len(words & others) >= 0.8 * max(len(words), len(others))


def _words(title: str) -> set[str]:
    return {piece for word in _WORD.findall(fold(title)) for piece in (_pairs(word) if _DENSE.match(word) else (word,))}


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _behind(here: str, title: str) -> bool:
    """Whether a heading is a short line and then the title."""
    return len(title) > 10 and len(here) <= len(title) + OVERLINE and here.endswith(title)


def _apart(document: Document, head: Any, here: str, known: Collection[str]) -> Any:
    """The heading that prints the rest of a title of which the `<h1>` is only a part, a blog's or a section's name; or the `<h1>`."""
    rests = {title.replace(here, "", 1).strip(_RULES) for title in known if here != title and here in title}
    rests = {rest for rest in rests if len(rest) > max(10, len(here)) and (rest in known or in_header(head))}
    for one in islice(document.tree.iter("h2", "h3"), LIMIT) if rests else ():
        if fold(text(one)) in rests and not aside(one):
            return one
    return head


def _is_step(element: Any) -> bool:
    if element.tag not in ("a", "li", "span", "div"):
        return False
    links = [element] if element.tag == "a" else list(islice(element.iter("a"), 2))
    return len(links) == 1 and 0 < len(here := text(element)) <= STEP_LENGTH and here == text(links[0])


def _below(document: Document, trail: Any, known: Collection[str]) -> Any:
    """The first heading behind the one in the breadcrumb, if any, that speaks of the same; that one where there is none."""
    behind = trail is None
    for one in islice(document.tree.iter("h1", "h2"), LIMIT):
        if behind and not aside(one) and not in_trail(one) and any(kin(text(one), title) for title in known):
            return one
        behind = behind or one is trail
    return trail


def find(
    document: Document, *words: str, tags: Collection[str] = (), near: Any = None, feet: bool = False
) -> Iterator[Any]:
    """Elements whose classes, id, `rel` or `itemprop` hold one of the words, or all of the tags where no word is given.

    Outside side matter only, but for footers with `feet`; with `near`, those behind that element come first, and what
    holds that element is no side matter whatever it is called.
    """
    found: list[tuple[int, Any]] = []
    for marks in document.called(words):
        if not tags or marks.partition(" ")[0] in tags:
            found += document.marked[marks]
    found.sort(key=lambda one: one[0])
    start = _place(document, near) if near is not None else 0
    behind = [one for place, one in found if place >= start]
    before = [one for place, one in found if place < start]
    around = frozenset(near.iterancestors()) if near is not None else frozenset()
    taken = 0
    for one in (*behind, *before):
        if not aside(one, around, feet=feet):
            yield one
            taken += 1
            if taken >= LIMIT:
                return


def marked(document: Document, *words: str) -> list[Any]:
    """Elements whose marks hold one of the words, wherever they lie, in the order of the page."""
    found = [one for marks in document.called(words) for one in document.marked[marks]]
    return [element for _, element in sorted(found, key=lambda one: one[0])]


def text(element: Any, limit: int = TEXT_LIMIT) -> str:
    """The element's visible text as one line, or at least its first `limit` characters."""
    if not len(element):
        return line((element.text or "")[: 4 * TEXT_LIMIT + 1])[:TEXT_LIMIT]
    whole = _joined(element.itertext(), limit)
    if "{" in whole and next(element.iter("style", "script"), None) is not None:
        whole = _joined(
            islice(_TEXTS(element), LIMIT * LIMIT), limit
        )  # style sheets stand right before what they style
    return line(whole)[:TEXT_LIMIT]


def _joined(pieces: Iterable[str], limit: int) -> str:
    taken: list[str] = []
    length = 0
    for piece in pieces:
        taken.append(piece)
        length += len(piece if limit == TEXT_LIMIT else piece.strip())
        if length > 4 * limit:
            break
    return " ".join(taken)


def title(document: Document) -> str:
    """The text of the first `<title>`."""
    first = next(document.tree.iter("title"), None) if document.tree is not None else None
    return line(first.text or "")[:TITLE_LIMIT] if first is not None else ""


def parts(element: Any) -> tuple[str, ...]:
    """The element's visible texts, one for each run of text between tags."""
    return tuple(piece for raw in islice(element.itertext(), LIMIT) if (piece := line(raw)))


def aside(element: Any, around: Collection[Any] = (), *, feet: bool = False) -> bool:
    """Whether the element lies in side matter: navigation, lists of other stories, comments, footers."""
    for _ in range(UP):
        if element is None or element in around or element.tag in ("body", "html", "main"):
            return False
        if element.tag in _SIDE_TAGS and not (feet and element.tag == "footer"):
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag != "article" and len(names) < 300:
            found = _side(names)
            if found and not (feet and found == "footer"):
                return True
        element = element.getparent()
    return False


@lru_cache(maxsize=8_192)  # a page, and all pages of an outlet, say the same names again and again
def _side(names: str) -> str:
    found = _SIDE.search(names.lower())
    return found[0] if found else ""


def in_header(element: Any) -> bool:
    """Whether the element lies in the head of the whole page, where the outlet's own name stands."""
    inside = False
    for _ in range(UP):
        if element is None:
            break
        if element.tag in ("article", "main"):
            return False
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (element.tag == "header" and not _STORYS.search(names)) or re.search(
            r"\b(?:logo|site-?(?:title|name|header)|masthead|brand)\b",
            names,
            re.IGNORECASE,
        ):
            inside = True
        element = element.getparent()
    return inside


def _place(document: Document, element: Any) -> int:
    for marks, places in document.marked.items():
        if marks.partition(" ")[0] == element.tag:
            for place, one in places:
                if one is element:
                    return place
    return 0
