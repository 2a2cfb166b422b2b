"""A print with tags, as a browser writes them, made markup again: paragraphs, headings, lists, tables, links as they were in the page.

Every word is escaped; what has no tag, as the lines at the sheets' edges, is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType

from generator.readers.copies import printed, radicals
from generator.readers.copies.sheets import Node, Piece, Print

MIN_TAGGED = 0.5  # part of the words that must have a tag, or the tags are not believed

_BLOCKS = MappingProxyType(
    {
        "Document": "div", "Part": "div", "Div": "div", "Art": "article", "Sect": "section", "Aside": "aside", "BlockQuote": "blockquote", "P": "p",
        "H1": "h1", "H2": "h2", "H3": "h3", "H4": "h4", "H5": "h5", "H6": "h6", "L": "ul", "LI": "li", "Table": "table", "TR": "tr", "TH": "th",
        "TD": "td", "Caption": "figcaption", "Figure": "figure", "Form": "form",
    }
)  # fmt: skip
_INLINE = MappingProxyType({"Strong": "strong", "Em": "em", "Code": "code"})
_LEAVES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td"))
_APART = 1.5  # of a size: texts that stand so far apart are two blocks


def markup(found: Print) -> str | None:
    """The text by its tags, or None where these are missing or leave most of it out."""
    if found.tree is None:
        return None
    pieces: dict[tuple[int, int], list[Piece]] = {}
    for number, sheet in enumerate(found.sheets):
        for piece in sheet.pieces:
            if piece.tag is not None:
                pieces.setdefault((number, piece.tag), []).append(piece)
    used: set[tuple[int, int]] = set()
    made = "".join(_written(found.tree, pieces, used, inside=False))
    within = (printed.EDGE, 1 - printed.EDGE)  # what a browser prints at the edges has no tag
    total = sum(
        len(piece.text)
        for sheet in found.sheets
        for piece in sheet.pieces
        if within[0] < piece.y / (sheet.height or 1) < within[1]
    )
    tagged = sum(len(piece.text) for key in used for piece in pieces[key])
    return made if tagged > total * MIN_TAGGED else None


def _written(
    node: Node, pieces: Mapping[tuple[int, int], Sequence[Piece]], used: set[tuple[int, int]], *, inside: bool
) -> Iterator[str]:
    """What is in the node; `inside` a paragraph texts run on, elsewhere those that stand apart are blocks of their own."""
    last: Piece | None = None
    for child in node.children:
        if isinstance(child, Node):
            yield from _element(child, pieces, used, inside=inside)
            last = None if child.kind in _BLOCKS else last
        elif child in pieces and child not in used:
            used.add(child)
            held = pieces[child]
            first = next((piece for piece in held if piece.text.strip()), held[0])
            if not inside and last and abs(first.y - last.y) > _APART * first.size:
                yield "<br><br>"
            last = held[-1]
            yield _said(held)


def _element(
    node: Node, pieces: Mapping[tuple[int, int], Sequence[Piece]], used: set[tuple[int, int]], *, inside: bool
) -> Iterator[str]:
    name = _BLOCKS.get(node.kind, "")
    inner = "".join(_written(node, pieces, used, inside=inside or name in _LEAVES or node.kind in _INLINE))
    if node.kind == "Lbl":
        return
    if name:
        words = f'<img alt="{escape(radicals.plain(node.words))}">' if name == "figure" and node.words else ""
        if inner.strip() or words:
            yield f"\n<{name}>{words}{inner}</{name}>\n"
    elif node.kind in _INLINE:
        yield f"<{_INLINE[node.kind]}>{inner}</{_INLINE[node.kind]}>"
    elif node.kind == "Link":
        address = next((child.link for child in node.children if isinstance(child, Node) and child.link), None)
        yield f'<a href="{escape(address)}">{inner}</a>' if address and inner.strip() else inner
    elif (
        not inside
        and inner.strip()
        and any(isinstance(child, tuple) for child in node.children)
        and _stands(node, pieces)
    ):
        yield f"\n<div>{inner}</div>\n"
    else:
        yield inner


def _stands(node: Node, pieces: Mapping[tuple[int, int], Sequence[Piece]]) -> bool:
    """Whether the node's text begins on a line of its own."""
    first = next((pieces[child] for child in node.children if isinstance(child, tuple) and child in pieces), ())
    return bool(first) and first[0].text.startswith("\n")


def _said(held: Sequence[Piece]) -> str:
    """The words of a stretch of text; where the print broke its lines, it runs on."""
    parts: list[str] = []
    for line in "".join(piece.text for piece in held).split("\n"):
        plain = radicals.plain(line)
        if parts and parts[-1].strip() and plain.strip():
            more = plain.lstrip()
            pair = printed.joined(parts[-1], more)
            parts[-1:] = [pair[: len(pair) - len(more)], more]
        else:
            parts.append(plain)
    lead = " " if held[0].text.startswith("\n") else ""
    return escape(lead + "".join(parts), quote=False)
