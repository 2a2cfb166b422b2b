"""The text of a story inside the state of a page's program: JSON of any shape, to plain markup.

Looks for the part of the value that holds most prose, and writes it down in its order. Believes no names but those that say
what is surely no text; bounded in depth and number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

MAX_DEPTH = 60
MAX_NODES = 150_000
MAX_PIECES = 4_000
MAX_STRING = 600_000
DESCENT = 0.6  # go into a value as long as it holds this part of the prose
MIN_PROSE = 40  # characters; of Han and kana a third
MIN_STORY = 500  # characters of prose in one of several stories

# values that are about the story or beside it, by the end of their names
_BESIDE = re.compile(
    r"(?:description|desc|summary|excerpt|dek|standfirst|subtitle|subhead(?:line)?|kicker|teaser|caption|alt|alttext|credits?|title|headline|seo|meta|"
    r"metadata|social|og|twitter|bio|biography|authors?|byline|contributors?|comments?|disclaimer|legal|policy|privacy|consent|cookies?|labels?|"
    r"placeholder|copyright|newsletters?|errors?|messages?|i18n|translations?|locales?|related|recommend\w{0,12}|promos?|ads?|advert\w{0,10}|"
    r"css|styles?|scripts?|url|href|src|path|slug|navigation|nav|menus?|footer|header|config|settings|features?|flags|query|queries|"
    r"tags?|keywords|topics?|images?|videos?|galler(?:y|ies)|media|thumbnail|tracking|analytics|taxonomy|sections?info)$",
    re.IGNORECASE,
)
_RUNS = frozenset(
    (
        "text",
        "value",
        "content",
        "html",
        "body",
        "children",
        "data",
        "paragraph",
        "p",
        "copy",
        "t",
        "bodytext",
        "__html",
    )
)
_KINDS = ("type", "_type", "kind", "nodeType", "__typename", "component", "tag", "tagName", "name")
_HEADINGS = re.compile(
    r"(?:^|[-_])(?:h[2-6]|heading(?:[-_]?[2-6])?|header(?:[-_](?:two|three|four))?|subhead(?:ing|line)?|sub_?title|intertitle|crosshead)$",
    re.IGNORECASE,
)
_ITEMS = re.compile(r"(?:^|[-_])(?:li|list[-_]?item|unordered-list-item|ordered-list-item)$", re.IGNORECASE)
_INLINE = frozenset(
    "text link hyperlink a span strong b em i u bold italic mark leaf text-run textrun entry-hyperlink asset-hyperlink br fragment urllink".split()  # noqa: SIM905
)
_BLOCK_TAGS = frozenset("p h2 h3 h4 h5 h6 li blockquote".split())  # noqa: SIM905
_MARKUP = re.compile(r"<(?:p|br|div|h[2-6]|ul|ol|blockquote)\b[^<>]{0,2000}/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,4000}>")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_END = re.compile(r"[.!?…。！？”\"»'’][\s\"”’»)]{0,3}(?:$|\s)|[。！？]")
_CODE = re.compile(r"^\s*(?:https?:|data:|[{\[#@/]|function\b|\.[\w-]+\s*\{)|=>|\{\s*[\w-]+\s*:|;\s*\}|\)\s*\{")


def markup(value: Any) -> str:
    """The story as markup: paragraphs, subheads, items; empty where the value holds none."""
    weights = _weights(value)
    node = _story(value, weights)
    pieces: list[str] = []
    for piece in _pieces(node, "", MAX_DEPTH):
        plain = _TAG.sub("", piece)
        if plain.strip() and not any(plain in _TAG.sub("", old) for old in pieces[-3:]):
            pieces.append(piece)
        if len(pieces) >= MAX_PIECES:
            break
    return "\n".join(pieces)


def is_prose(words: str) -> bool:
    """Whether a string reads as a sentence or more."""
    if len(words) < MIN_PROSE // 3 or len(words) > MAX_STRING or _CODE.search(words[:400]):
        return False
    if len(_HAN.findall(words[:200])) * 3 > min(len(words), 200):
        return bool(_END.search(words))
    return len(words) >= MIN_PROSE and words.count(" ") * 16 > len(words) and bool(_END.search(words))


def _weights(value: Any) -> dict[int, int]:
    """How much prose each list and object holds, by identity."""
    order: list[tuple[Any, int]] = []
    stack: list[tuple[Any, int]] = [(value, MAX_DEPTH)]
    while stack and len(order) < MAX_NODES:
        node, depth = stack.pop()
        order.append((node, depth))
        if depth:
            stack += [(child, depth - 1) for _, child in _children(node) if isinstance(child, (dict, list))]
    weights: dict[int, int] = {}
    for node, _ in reversed(order):
        weights[id(node)] = sum(_weight(child, weights) for _, child in _children(node))
    return weights


def _weight(node: Any, weights: dict[int, int]) -> int:
    if isinstance(node, str):
        if _MARKUP.search(node[:4_000]) and len(node) <= MAX_STRING:
            return len(_TAG.sub("", node))
        return len(node) if is_prose(node) else 0
    return weights.get(id(node), 0)


def _children(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        yield from ((str(key), child) for key, child in node.items() if not _BESIDE.search(str(key)))
    elif isinstance(node, list):
        yield from (("", child) for child in node)


def _story(value: Any, weights: dict[int, int]) -> Any:
    """The innermost value that still holds nearly all prose; of several stories the longest."""
    node = value
    for _ in range(MAX_DEPTH):
        children = [child for _, child in _children(node)]
        heaviest = max(children, key=lambda child: _weight(child, weights), default=None)
        if heaviest is None:
            break
        several = [
            one for one in children if isinstance(one, dict) and _weight(one, weights) > MIN_STORY and _is_story(one)
        ]
        if len(several) < 2 and _weight(heaviest, weights) < weights.get(id(node), 0) * DESCENT:
            break
        if isinstance(heaviest, str) and not _MARKUP.search(heaviest[:4_000]):
            break
        node = heaviest
    return node


def _is_story(node: dict[str, Any]) -> bool:
    names = {str(key).lower() for key in node}
    return bool(names & {"headline", "title", "headlines"}) and bool(
        names & {"url", "slug", "id", "_id", "canonical_url", "path"}
    )


def _pieces(node: Any, key: str, depth: int) -> Iterator[str]:
    """Blocks of markup in the value's order."""
    if not depth:
        return
    if isinstance(node, str):
        yield from _string(node, key)
    elif isinstance(node, list):
        yield from _listed(node, key, depth)
    elif isinstance(node, dict):
        kind = _kind(node)
        tag = "h2" if _HEADINGS.search(kind) else "li" if _ITEMS.search(kind) else ""
        inner = [piece for name, child in _children(node) for piece in _pieces(child, name or key, depth - 1)]
        yield from (
            re.sub(r"^<p>(.*)</p>$", rf"<{tag}>\1</{tag}>", piece, count=1, flags=re.DOTALL) if tag else piece
            for piece in inner
        )


def _listed(node: list[Any], key: str, depth: int) -> Iterator[str]:
    if len(node) == 4 and node[0] == "$" and isinstance(node[1], str):  # an element as React writes it down
        tag = node[1].lower() if node[1].lower() in _BLOCK_TAGS else ""
        props = node[3] if isinstance(node[3], dict) else {}
        inner = _inline(props.get("children"), depth - 1) if tag else ""
        if inner.strip():
            yield f"<{tag}>{inner}</{tag}>"
        elif not tag:
            yield from _pieces(
                {one: props[one] for one in ("children", "dangerouslySetInnerHTML") if one in props},
                "children",
                depth - 1,
            )
        return
    if node and all(_is_run(one) for one in node) and any(isinstance(one, dict) for one in node):
        inner = _inline(node, depth - 1)
        if inner.strip():
            yield f"<p>{inner}</p>"
        return
    for child in node:
        yield from _pieces(child, key, depth - 1)


def _string(words: str, key: str) -> Iterator[str]:
    if len(words) > MAX_STRING:
        return
    if _MARKUP.search(words[:4_000]):
        yield words
        return
    for line in words.split("\n"):
        named = key.lower() in _RUNS and " " in line.strip() and len(line) > 2
        if is_prose(line) or (named and not _CODE.search(line[:400])):
            yield f"<p>{line if _TAG.search(line) else escape(line, quote=False)}</p>"


def _kind(node: dict[str, Any]) -> str:
    return next((node[name] for name in _KINDS if isinstance(node.get(name), str)), "")[:60]


def _is_run(node: Any) -> bool:
    """Whether a value is a run of words inside a paragraph."""
    if isinstance(node, str):
        return not is_prose(node) or not _END.search(node[-3:])
    if not isinstance(node, dict):
        return False
    kind = _kind(node).lower()
    if kind not in _INLINE and not (not kind and isinstance(node.get("text"), str) and len(node) > 1):
        return False
    return not isinstance(node.get("content"), str)


def _inline(node: Any, depth: int) -> str:
    """The words of a paragraph's runs, in one."""
    if not depth or node is None:
        return ""
    if isinstance(node, str):
        return "" if node.startswith("$") else escape(node, quote=False)
    if isinstance(node, list):
        if len(node) == 4 and node[0] == "$" and isinstance(node[3], dict):
            return _inline(node[3].get("children"), depth - 1)
        return "".join(_inline(one, depth - 1) for one in node)
    if isinstance(node, dict):
        return next(
            (_inline(node[name], depth - 1) for name in ("text", "value", "children", "content") if name in node), ""
        )
    return ""
