"""The main text of a page: paragraphs, subheads, lists, tables, pictures in their place; as Markdown and as plain lines.

Never says anything about the story and never raises: a page without text gives an empty body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator import threads
from generator.body import blocks as shape
from generator.body import choice, markdown, media, pictures, standfirst, subheads, trim, whole
from generator.body.blocks import Block
from generator.document import Document
from generator.model import Part, Picture

__all__ = ["Body", "compose", "read"]


@dataclass(frozen=True, slots=True)
class Body:
    """The text as Markdown and as plain lines; `media` are pictures that the page carried inside itself."""

    markdown: str
    text: str
    pictures: tuple[Picture, ...] = ()
    media: tuple[Part, ...] = ()


def read(document: Document, headline: str | None, summary: str | None = None) -> Body:
    """The page's main text without its headline, and without the summary that stands apart below that."""
    if document.tree is None:
        return compose(())
    base = choice.base(document)
    if document.capture.whole:
        every, held = whole.blocks(document.tree, base, headline, media.by_name(document.capture.parts))
        return compose(subheads.promote(every, bold_only=True), held)
    posts = threads.read(document)
    if posts:
        every, held = whole.blocks(threads.clean(posts[0]), base, headline, media.by_name(document.capture.parts))
        return compose(subheads.promote(every, bold_only=True), held)
    text = standfirst.without(trim.trim(choice.main_text(document, base), headline), summary, document.tree)
    if not text:
        return compose(())
    headed = subheads.promote(text, bold_only=not subheads.is_chinese(text))
    shared = (*document.meta.get("og:image", ()), *document.meta.get("twitter:image", ()))
    shown = pictures.find(document.tree, base, media.by_name(document.capture.parts), shared)
    return compose(*pictures.place(headed, shown))


def compose(blocks: Sequence[Block], held: tuple[Part, ...] = ()) -> Body:
    """The body that the blocks make."""
    shown = tuple(block.picture for block in blocks if block.picture is not None)
    return Body(markdown.write(blocks), shape.plain(blocks), shown, held)
