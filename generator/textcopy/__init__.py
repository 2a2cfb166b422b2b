"""A page that was saved as plain text: read by the shape that a browser's select-all copy has, or as a plain article.

Works by rules for the class of such copies, never by the words of one. Never raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator import text
from generator.body import Body, compose, subheads
from generator.body.blocks import Block
from generator.body.credits import caption, caption_line
from generator.document import Document
from generator.errors import Finding
from generator.fields import moments
from generator.furniture import lines as furniture_lines
from generator.model import SNIPPET, Claim, Outlet, Picture, Seen
from generator.textcopy import frame, lines, story

__all__ = ["Copy", "read"]


@dataclass(frozen=True, slots=True)
class Copy:
    """What a text copy says: statements about the story, its body, and what stood around it."""

    claims: tuple[Claim, ...]
    body: Body
    outlet: Outlet | None = None
    seen: tuple[Seen, ...] = ()
    findings: tuple[Finding, ...] = ()


def read(document: Document) -> Copy:
    """Read a text copy. Text without any order is all body."""
    whole = text.clean(document.text)
    findings = tuple(_limits(whole, document))
    copy = lines.unwrapped(lines.split(whole))
    known = next((claim.value for claim in document.capture.claims if claim.field == "headline"), "")
    if document.capture.whole:
        return Copy(_addressed(document), compose(_blocks(story.without(copy, known))), findings=findings)
    place = story.find(copy, known)
    root = place.crumbs[0] if place.crumbs else None
    after = copy[place.end :]
    outlet = frame.outlet(copy[: place.top], after, root, document.url)
    body = tuple(
        line for index, line in enumerate(copy[place.start : place.end], place.start) if index not in place.dropped
    )
    return Copy(
        claims=(*_claims(place, outlet), *place.claims, *_addressed(document)),
        body=compose(_blocks(body)),
        outlet=outlet,
        seen=frame.seen(after, place.headline),
        findings=findings,
    )


def _limits(whole: str, document: Document) -> Iterator[Finding]:
    if whole.count("\n") >= lines.MAX_LINES:
        message = f"the text has more than {lines.MAX_LINES} lines; the rest was left"
        yield Finding("markup-limit", str(document.capture.origin), message)


def _addressed(document: Document) -> tuple[Claim, ...]:
    """The day in the address that the copy was taken from."""
    path = urlsplit(document.url or "").path
    moment = moments.in_path(path)
    return (Claim("published", (str(moment),), "url:path", 0.6, text.cut(path, SNIPPET)),) if moment else ()


def _claims(place: story.Story, outlet: Outlet | None) -> list[Claim]:
    claims: list[Claim] = []
    if place.headline:
        claims.append(
            Claim(
                "headline", (place.headline,), "text:headline", 0.95 if place.crumbs else 0.8, place.headline[:SNIPPET]
            )
        )
    if place.crumbs:
        trail = " > ".join(place.crumbs)[:SNIPPET]
        claims.append(Claim("breadcrumb", place.crumbs, "text:breadcrumb", 0.9, trail))
        named = [step for step in place.crumbs[1:] if furniture_lines.kind(step) in ("channel", "region")]
        if named:
            claims.append(Claim("section", (named[-1],), "text:breadcrumb", 0.9, trail))
    if outlet is not None and outlet.name:
        claims.append(Claim("publisher", (outlet.name,), "text:frame", 0.8, text.cut(outlet.name, SNIPPET)))
    return claims


def _blocks(body: Sequence[lines.Line]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for block in lines.paragraphs(body):
        words = block.words
        if block.kind == "paragraph" and caption_line(words):
            blocks.append(Block("picture", picture=Picture(None, *caption(words))))
        else:
            blocks.append(block)
    return subheads.promote(blocks, bold_only=False)
