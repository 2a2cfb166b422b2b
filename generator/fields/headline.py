"""The headline: as the page prints it, without the site's name. And the kicker, the short line above it.

Never takes the headline of another story, nor a section's or the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from typing import Any

from generator import phrases
from generator.document import Document
from generator.fields import elements, story, titles
from generator.model import SNIPPET, Claim
from generator.text import cut, fold, line

LENGTH = 400
KICKER_LENGTH = 60
LINKS = 400
BOXES = 3  # around the headline in which its kicker stands
SHORT = 16  # a title that is shorter may end another by chance

_META = (
    ("og:title", 0.8), ("citation_title", 0.86), ("parsely-title", 0.84), ("sailthru.title", 0.84), ("cxenseparse:title", 0.84),
    ("dc.title", 0.72), ("dcterms.title", 0.72), ("twitter:title", 0.74), ("headline", 0.82), ("hdl", 0.84), ("title", 0.6),
    ("search.title", 0.7), ("article:title", 0.84), ("articletitle", 0.84), ("rnews:headline", 0.8), ("eomportal-title", 0.7),
)  # fmt: skip

_KICKERS = (
    "kicker", "overline", "dachzeile", "topline", "roofline", "eyebrow", "strapline", "spitzmarke", "pretitle", "pre-title", "supertitle", "suptitle",
    "surtitre", "antetitulo", "occhiello", "chapeau-title", "supra", "over-title", "overtitle", "headline-label",
)  # fmt: skip

_DATE = re.compile(r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]20\d\d")
_HANGING = re.compile(r"\s+[-–—|·»]+\s*$")  # before a part of the title that was left empty
# what the heading of a story is called, and that of a page is not
_STORYS = re.compile(r"\b(?:entry|post|article|story|news)[-_]{0,2}(?:title|headline)\b", re.IGNORECASE)
_TITLES = ("title", "headline", "biaoti", "subject")
_TITLE_TAGS = frozenset({"div", "p", "span", "td", "strong", "h4", "h5"})


def claims(document: Document) -> Iterator[Claim]:
    """Statements of the headline."""
    names = titles.site_names(document)
    stated = list(_stated(document))
    head = elements.heading(document, *(title for _, title, _ in stated))
    plainly = [titles.without_site(title, document, names) for _, title, _ in stated] if head is not None else []
    printed = _printed(head, [title for _, title, _ in stated], plainly) if head is not None else ""
    if printed and not any(titles.plain(printed) in titles.plain(title) for _, title, _ in stated):
        printed = titles.without_site(printed, document, names, plainly)
    printed = _HANGING.sub("", printed)
    known = (printed,) if printed else ()
    bares: list[str] = []
    for basis, spelt, confidence in stated:
        title = _HANGING.sub("", _as_printed(spelt, printed))
        bare = titles.without_site(title, document, names, known)
        if bare and not (titles.same_site(bare, document, names) and len(bare) < 24):
            bares.append(bare)
            yield Claim("headline", (bare,), basis, confidence, cut(title, SNIPPET))
    if printed and not titles.same_site(printed, document, names):
        strength = _strength(document, head, printed, [title for _, title, _ in stated], bares)
        yield Claim("headline", (printed,), f"html:{head.tag}", strength, cut(printed, SNIPPET))
        return
    if printed and not elements.in_header(head) and fold(printed) in {fold(one[1]) for one in stated}:
        # the page may be called like its site; believed where nothing else is known
        yield Claim("headline", (printed,), f"html:{head.tag}", 0.3, cut(printed, SNIPPET))
    yield from _unheaded(document)


def _strength(document: Document, head: Any, printed: str, whole: Sequence[str], bares: Sequence[str]) -> float:
    """How far the printed headline is believed: most where a statement says the same, or the same behind a kicker.

    More than all that is written for search engines alone, where the page has one first heading that its class calls the story's.
    """
    here = titles.plain(printed)
    if any(here == titles.plain(bare) for bare in bares):
        return 0.93 if head.tag == "h1" else 0.9
    if any(here in titles.plain(title) for title in whole):
        return 0.9 if any(_behind(title, printed) for title in whole) else 0.88 if head.tag == "h1" else 0.7
    if _called_so(document) == [head]:
        return 0.97
    return 0.9 if head.tag == "h1" and any(elements.kin(printed, title) for title in whole) else 0.76


def _called_so(document: Document) -> list[Any]:
    firsts = islice(document.tree.iter("h1"), elements.LIMIT)
    return [one for one in firsts if _STORYS.search(one.get("class") or "")]


def _behind(title: str, printed: str) -> bool:
    """Whether a stated title is a kicker with a colon, and then what is printed."""
    kicker, colon, rest = title.partition(": ")
    return bool(colon) and len(kicker) <= KICKER_LENGTH and titles.plain(rest) == titles.plain(printed)


def _unheaded(document: Document) -> Iterator[Claim]:
    """The element that is called a title and begins or ends the page's own title, where no heading prints the headline."""
    title = titles.plain(elements.title(document))
    for one in elements.find(document, *_TITLES, tags=_TITLE_TAGS) if title else ():
        text = elements.text(one)
        here = titles.plain(text)
        if (
            len(text) <= LENGTH
            and len(here) >= max(8, 0.4 * len(title))
            and title.startswith(here) != title.endswith(here)
        ):
            yield Claim("headline", (text,), "html:title-class", 0.76, cut(text, SNIPPET))
            return
    yield from _dated(document)


def _dated(document: Document) -> Iterator[Claim]:
    """A small heading right above the line with the date, where the page's own title is only the name of a section that the page lists."""
    first = next(iter(titles.pieces(elements.title(document))), "")
    if not first or len(first) > titles.PIECE or len(first.split()) > titles.PIECE_WORDS:
        return
    if not any(first in one and first in titles.pieces(one) for one in document.lines if len(one) <= 4 * SHORT):
        return
    for one in islice(document.tree.iter("h4", "h5", "h6", "strong", "b"), LINKS):
        behind = one.getnext()
        if behind is not None and _DATE.search(elements.text(behind, 2 * SHORT)[: 4 * SHORT]):
            text = elements.text(one)
            if SHORT // 2 <= len(text) <= LENGTH and not elements.aside(one):
                yield Claim("headline", (text,), "html:above-date", 0.66, cut(text, SNIPPET))
                return


def _printed(head: Any, stated: Sequence[str], bares: Sequence[str]) -> str:
    """The heading's text without a kicker that stands inside it: one that its class calls so, or that no stated title has."""
    whole, run = _alone(head, stated) or (elements.text(head)[:LENGTH], line("".join(_spoken(head)))[:LENGTH])
    if run != whole and any(fold(run) in fold(title) for title in stated):
        whole = run  # elements within a word or before a colon, as the stated title is spelt
    if len(head):
        for bare in bares:
            long = len(bare) >= (SHORT // 2 if bare > "\u2e7f" else SHORT)
            if long and 0 < len(whole) - len(bare) <= KICKER_LENGTH and fold(whole).endswith(fold(bare)):
                return whole[-len(bare) :]
    known = {titles.plain(title) for title in stated}
    pieces = [(one, elements.text(one)) for one in head.iter("*") if one is not head and len(one) == 0]
    for one, piece in pieces[:1]:
        rest = whole.removeprefix(piece).strip(" :|–-")
        named = any(word in (one.get("class") or "").lower() for word in _KICKERS)
        if (
            piece
            and len(piece) <= KICKER_LENGTH
            and len(titles.plain(rest)) >= 8
            and whole.startswith(piece)
            and (
                named or titles.plain(rest) in known or any(fold(f"{piece}: {rest}") in fold(title) for title in stated)
            )
        ):
            return rest
    return whole


def _alone(head: Any, stated: Sequence[str]) -> tuple[str, str] | None:
    """The heading's text without the line with date and source that stands inside it, below the headline; None where none does."""
    notes = [one for one in head.iter("span", "small", "div", "p", "em") if _DATE.search(elements.text(one))]
    if not notes:
        return None
    noted = elements.text(notes[0])
    rest = line(elements.text(head).partition(noted)[0])
    here = titles.plain(rest)
    if len(here) < SHORT // 4 or any(titles.plain(noted) in titles.plain(title) for title in stated):
        return None
    return (rest, rest) if any(here in titles.plain(title) for title in stated) else None


def _as_printed(title: str, printed: str) -> str:
    """A stated title is mended where it seems escaped twice; but the page may print it that way."""
    return printed if printed and "&" in printed and unescape(printed) == title else title


def _spoken(head: Any) -> Iterator[str]:
    """The texts of a heading without the readings beside its characters."""
    if head.text and head.tag not in ("rt", "rp"):
        yield head.text
    for child in head:
        yield from _spoken(child) if child.tag not in ("rt", "rp") else ()
        if child.tail:
            yield child.tail


def _stated(document: Document) -> Iterator[tuple[str, str, float]]:
    about = story.find(document)
    for key, strength in (("headline", 0.86), ("name", 0.7)):
        for text, rank in about.texts(key):
            if len(text) <= LENGTH:
                yield f"jsonld:{key}", text, strength - 0.2 * rank
                break
    for name, strength in _META:
        for text in document.meta.get(name, ())[:1]:
            if len(text) <= LENGTH:
                yield f"meta:{name}", text, strength
    for text in document.microdata.get("headline", ())[:1]:
        if len(text) <= LENGTH:
            yield "microdata:headline", text, 0.8
    if title := elements.title(document):
        yield "html:title", title, 0.62


def kickers(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of the kicker: a short line inside or right above the heading, or one that structured data name."""
    for name in ("kicker", "article:kicker", "overline", "cxenseparse:kicker"):
        for text in document.meta.get(name, ())[:1]:
            yield from _kicker(text, f"meta:{name}", 0.7, headline)
    for text, _ in story.find(document).texts("alternativeHeadline"):
        if len(text) <= KICKER_LENGTH // 2:
            yield from _kicker(text, "jsonld:alternativeHeadline", 0.4, headline)
    head = elements.heading(document, headline or "")
    if head is None:
        return
    above = _nearest(head, list(elements.find(document, *_KICKERS)))
    if above is not None:
        yield from _kicker(elements.text(above), "html:kicker", 0.6, headline)


def _nearest(head: Any, found: Sequence[Any]) -> Any:
    """The element in the heading, or in the smallest box around it that holds one: those of other stories stand in theirs."""
    around = [(one, {one, *one.iterancestors()}) for one in found]
    boxes = (head, *islice(head.iterancestors(), BOXES))
    return next((one for box in boxes for one, above in around if box in above), None)


def _kicker(text: str, basis: str, confidence: float, headline: str | None) -> Iterator[Claim]:
    bare = text.strip(" :|–-")
    if (
        bare
        and len(bare) <= KICKER_LENGTH
        and fold(bare) != fold(headline or "")
        and fold(bare) not in phrases.folded("home")
    ):
        yield Claim("kicker", (bare,), basis, confidence, cut(text, SNIPPET))
