"""The paper's part that the story stands in, and the way to it.

Neither a tag nor the story's own headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator import phrases
from generator.document import Document
from generator.fields import elements, story
from generator.model import SNIPPET, Claim
from generator.text import cut, fold, unique

LENGTH = 40
STEPS = 8
TOP, LINE = 150, 200  # lines above the headline among which a way may be printed, and how long such a line may be

_META = (
    ("article:section", 0.86), ("og:article:section", 0.84), ("parsely-section", 0.84), ("section", 0.76), ("cxenseparse:section", 0.7), ("category", 0.6), ("dc.subject", 0.3),
    ("articlesection", 0.8), ("sailthru.section", 0.7), ("channel", 0.5), ("cg", 0.5), ("rubrik", 0.6), ("news_category", 0.6), ("article:section:name", 0.8),
)  # fmt: skip
_CLASSES = (
    "breadcrumb",
    "bread-crumb",
    "breadcrumbs",
    "crumbs",
    "crumb",
    "brotkrumen",
    "mbx",
    "weizhi",
    "breadcrumblist",
    "daohang-path",
    "fil-ariane",
    "pathway",
)
_NOTHING = frozenset({"null", "undefined", "none", "nan"})  # what a program prints where it has no name
_ARROW = re.compile(r"\s?(?:>{1,2}|»|›|＞{1,2}|→|&gt;)\s?")
# places on the front page, which content systems keep where the section should stand
_SLOT = re.compile(
    r"(?:destacad[oa]s?|portada|featured?|top stor(?:y|ies)|home ?page|front ?page|slider|carousel|headlines?|aufmacher|à la une|la une|primo piano|"
    r"头条|頭條|轮播|要闻推荐|置顶)\s?\d{0,2}$"
)
_SPLIT = (">", "»", "›", "/", "→", "＞", "·", "|", "&gt;", "-")


def claims(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of the section and of the breadcrumb."""
    ways = list(trails(document, headline))
    for steps, basis, strength in ways:
        yield Claim("breadcrumb", steps, basis, strength, cut(" > ".join(steps), SNIPPET))
    for claim in _stated(document, ways):
        key = fold(claim.value)
        if key[:1].isalnum() and not _SLOT.fullmatch(key) and key not in (fold(headline or ""), document.host):
            yield claim


def trails(document: Document, headline: str | None) -> Iterator[tuple[tuple[str, ...], str, float]]:
    """Ways to the story from the site's front page, each with its basis and strength."""
    title = elements.title(document) if headline else ""
    for one in document.data:
        if "breadcrumblist" in story.types(one):
            steps = _good(_listed(one), headline, title)
            if steps:
                yield steps, "jsonld:breadcrumb", 0.8
                break
    if document.tree is None:
        return
    for box in elements.find(document, *_CLASSES):
        element = next((one for one in box.iter("ul", "ol") if elements.is_trail(one)), box)  # not the menus beside it
        links = [elements.text(one) for one in element.iter("a", "li", "span") if len(one) == 0 or one.tag == "a"]
        whole = elements.text(element)
        steps = _good(links or _cut(whole), headline, title)
        if len(steps) > 0 and len(whole) < 300:
            yield steps, "html:breadcrumb", 0.74
            break
    head = fold(headline or "")
    for shown in document.lines[:TOP]:
        if head and fold(shown) == head:
            break
        pieces = _ARROW.split(shown) if len(shown) <= LINE else []
        steps = _good(pieces, headline) if len(pieces) > 1 else ()
        if steps and all(len(piece) <= LENGTH or piece == pieces[-1] for piece in pieces):
            yield steps, "line:breadcrumb", 0.7
            break


def _stated(document: Document, ways: Iterable[tuple[tuple[str, ...], str, float]]) -> Iterator[Claim]:
    about = story.find(document)
    for text, rank in about.texts("articleSection"):
        if len(text) <= LENGTH:
            yield Claim("section", (text,), "jsonld:articleSection", 0.84 - 0.1 * rank, cut(text, SNIPPET))
            break
    for name, strength in _META:
        for text in document.meta.get(name, ())[:1]:
            if len(text) <= LENGTH and "://" not in text:
                yield Claim("section", (text,), f"meta:{name}", strength, cut(text, SNIPPET))
    for text in document.microdata.get("articlesection", ())[:1]:
        if len(text) <= LENGTH:
            yield Claim("section", (text,), "microdata:articlesection", 0.76, cut(text, SNIPPET))
    for steps, basis, strength in ways:
        inner = [step for step in steps if fold(step) not in phrases.folded("home")]
        if inner:
            yield Claim("section", (inner[-1],), basis, strength - 0.06, cut(" > ".join(steps), SNIPPET))


def _listed(one: dict[str, object]) -> list[str]:
    items = one.get("itemListElement")
    placed: list[tuple[int, str]] = []
    for number, item in enumerate(items if isinstance(items, list) else []):
        if not isinstance(item, dict):
            continue
        name = next(story.strings(item.get("name")), None) or next(story.strings(item.get("item")), None)
        place = item.get("position")
        if name:
            placed.append(
                (
                    int(place)
                    if isinstance(place, (int, str)) and str(place).isdigit() and len(str(place)) < 4
                    else number,
                    name,
                )
            )
    return [name for _, name in sorted(placed, key=lambda pair: pair[0])]


def _cut(whole: str) -> list[str]:
    for mark in _SPLIT[:6]:
        if mark in whole:
            return [piece.strip() for piece in whole.split(mark)]
    return [whole]


def _good(found: list[str], *heads: str | None) -> tuple[str, ...]:
    bare = (_unlabelled(step).strip(" >»›/:：|＞→·\u00a0") for step in found)
    kept = unique(step for step in bare if 1 < len(step) <= LENGTH and "://" not in step and not step.startswith("{"))
    here = phrases.folded("here") | _NOTHING
    told = [fold(head) for head in heads if head]
    steps = tuple(
        step for step in kept if fold(step) not in here and not any(_is_story(fold(step), head) for head in told)
    )[:STEPS]
    return () if all(fold(step) in phrases.folded("home") for step in steps) else steps


def _is_story(step: str, head: str) -> bool:
    """Whether a step is the story itself, as its headline or the page's title calls it."""
    return len(step) > len(head) / 2 and step.rstrip(".…") in head


def _unlabelled(step: str) -> str:
    """The step without words such as "You are here:" before it."""
    label, _, rest = step.replace("：", ":").partition(":")
    return rest if rest and fold(label) in phrases.folded("here") else step
