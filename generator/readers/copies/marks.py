"""Markdown as notes are written in it, to markup: CommonMark's habits, Obsidian's marks, footnotes, pictures with captions.

Raw markup in a note stays what it is, hostile: whoever reads the page made of it treats it like any saved page. What would keep
the parser busy for minutes is read as plain text. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from generator import text
from generator.readers.copies import flow, pages

MAX_CHARACTERS = 4_000_000  # above it the note is read as plain text
MAX_REACH = 1_000_000  # characters from brackets to their ends, added up, within a block
MAX_MARKS = 200_000_000  # marks times characters of a block
MAX_PIPES = 10_000_000  # bars times characters of a line
MAX_NESTING = 40  # quotes in quotes on one line
MAX_CAPTION = 600

# Where a picture lies under an address in a note: the address itself, or None where nothing is known of it.
Locate = Callable[[str], str | None]

_BLOCK = re.compile(r"\n[ \t]*\n")
_SIZE = re.compile(r"\d{1,5}(?:x\d{1,5})?$")
# alternative texts that say nothing: names of files, sizes, words for a picture
_NO_CAPTION = re.compile(
    r"(?:https?://\S*|\S{0,200}\.(?:png|jpe?g|gif|webp|svg|avif|bmp)|(?:image|img|picture|photo|figure|alt|untitled|screenshot|bild|图片|圖片|画像)[\s_-]?\d{0,6}|[\W\d_]*)$",
    re.IGNORECASE,
)


def render(note: str, locate: Locate) -> str:
    """The note as markup; its pictures under the addresses that `locate` gives."""
    if len(note) > MAX_CHARACTERS:
        return pages.paragraphs(_BLOCK.split(note))
    try:
        converter = Markdown(extensions=["tables", "fenced_code", "sane_lists", _Notes(locate)], output_format="html")
        return converter.convert(_eased(flow.smoothed(note)))
    except RecursionError:  # lists in lists in lists: no text of a person
        return pages.paragraphs(_BLOCK.split(note))


def _eased(note: str) -> str:
    """The Markdown without what would keep the parser busy for minutes; no text of it is lost."""
    if _reach(note, "<", ">") > MAX_REACH * 4:
        note = note.replace("<", "&lt;")
    return "\n\n".join(_plain(block) if _heavy(block) else block for block in _BLOCK.split(note))


def _heavy(block: str) -> bool:
    marks = sum(block.count(mark) for mark in ("\\", "*", "_", "`", "&", "<", "  \n"))
    return (
        marks * len(block) > MAX_MARKS
        or max(line.count("|") * len(line) for line in block.split("\n")) > MAX_PIPES
        or max(line.count(">") for line in block.split("\n")) > MAX_NESTING * 50
        or _reach(block, "[", "]") > MAX_REACH
        or _reach(block, "(", ")") > MAX_REACH
    )


def _reach(note: str, opening: str, closing: str) -> int:
    """How far the parser looks for the ends of brackets, added up: to the end of the text where there is none."""
    begun: list[int] = []
    total = 0
    for found in re.finditer(rf"\\.|[{re.escape(opening + closing)}]", note):
        if found[0] == opening:
            begun.append(found.start())
        elif found[0] == closing and begun:
            total += found.start() - begun.pop()
    return total + sum(len(note) - start for start in begun)


def _plain(block: str) -> str:
    return f"<p>{escape(block, quote=False)}</p>"


class _Notes(Extension):
    """Links and pictures of a note as links and pictures of a page."""

    def __init__(self, locate: Locate) -> None:
        super().__init__()
        self._locate = locate

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown calls it so
        md.treeprocessors.register(_Links(md, self._locate), "notes", 15)  # behind what reads the marks within a line


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, locate: Locate) -> None:
        super().__init__(md)
        self._locate = locate

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if not _leads(link.get("href") or ""):
                link.attrib.pop("href", None)  # to another note, or to a file beside it
        for image in root.iter("img"):
            src = image.get("src") or ""
            place = src if "://" in src or src.startswith("data:") else self._locate(src)
            if place or src.startswith("/"):
                image.set("src", place or src)
            else:
                image.attrib.pop("src", None)  # it did not come with the note
        for paragraph in [*root.iter("p")]:
            images = list(_alone(paragraph))
            if images:
                _figures(paragraph, images)


def _leads(href: str) -> bool:
    try:
        return urlsplit(href).scheme in ("http", "https", "mailto") or href.startswith("/")
    except ValueError:
        return False


def _alone(paragraph: Element) -> Iterator[Element]:
    """The pictures of a paragraph that holds nothing else."""
    found: list[Element] = []
    for child in paragraph:
        inner = child[0] if child.tag == "a" and len(child) == 1 and not (child.text or "").strip() else child
        if inner.tag != "img" or (child.tail or "").strip() or (inner is not child and (inner.tail or "").strip()):
            return
        found.append(inner)
    if not (paragraph.text or "").strip():
        yield from found


def _figures(paragraph: Element, images: list[Element]) -> None:
    """The paragraph as figures, each with the words that describe its picture as caption."""
    tail = paragraph.tail
    paragraph.clear()
    paragraph.tag, paragraph.tail = "div", tail
    for image in images:
        figure = SubElement(paragraph, "figure")
        words = text.line(image.get("title") or image.get("alt") or "")
        pieces = [piece for piece in words.split("|") if not _SIZE.match(piece.strip())]  # ![words|300](a.png)
        caption = "|".join(pieces).strip()
        image.tail = None
        figure.append(image)
        if not _NO_CAPTION.match(caption):
            SubElement(figure, "figcaption").text = caption[:MAX_CAPTION]
