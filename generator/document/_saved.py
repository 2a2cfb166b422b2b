"""What the tools that save pages, and pages themselves, put out of sight: brought back to where a reader saw it.

Shadow roots, pictures that SingleFile keeps once for several places, frames that hold the page. Changes the tree; never raises.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from lxml import etree, html

from generator import text

HEAD = 32_768  # characters in which the tools show themselves
ROOTS = 2_000
DEEP = 100
FRAMES = 20
FRAME = 8_000_000  # characters
FRAME_TAGS = 200_000
VARIABLES = 2_000
LITTLE = 400  # characters: a page that shows less beside its frame is only the frame's

_SHADOW = ("shadowrootmode", "shadowroot", "shadowmode", "data-savepage-shadowroot")
_SCRAPBOOK = "data-scrapbook-shadowdom"
_VARIABLE = re.compile(
    r"(--sf-img-\d{1,6})\s{0,9}:\s{0,9}(?:/\*[^*]{0,4000}\*/\s{0,9})?url\(\s{0,9}[\"']?(data:image/[^\"')\s]{20,10000000})"
)
_USED = re.compile(r"var\(\s{0,9}(--sf-img-\d{1,6})\s{0,9}\)")
_EMPTY = ("", "data:,", "data:image/svg+xml")
_OWN = ("body", "html", "head")


def restore(tree: Any, text: str) -> None:
    """Bring back what is there but out of sight. `text` is the markup, which is quicker to ask than the tree."""
    for template in list(islice(tree.iter("template"), ROOTS)):
        if any(name in template.attrib for name in _SHADOW):
            _slotted(template)
    head = text[:HEAD]
    if "data-scrapbook-" in head and _SCRAPBOOK in text:
        _grow(tree)
    if "--sf-img-" in head or ("SingleFile" in head and "--sf-img-" in text):
        _pictured(tree)
    frames = [frame for frame in islice(tree.iter("iframe"), FRAMES) if len(frame.get("srcdoc") or "") > LITTLE]
    if frames:
        _framed(tree, max(frames, key=lambda frame: len(frame.get("srcdoc"))))


def _slotted(template: Any) -> None:
    """A shadow root in the place of its host's content, which goes where the root has slots for it."""
    host = template.getparent()
    if host is None or _is_deep(template):
        return
    template.tag = "div"
    slots = {slot.get("name") or "": slot for slot in template.iter("slot")}
    for child in [one for one in host if one is not template]:
        slot = slots.get(child.get("slot") or "")
        if slot is not None and not _is_deep(slot):
            slot.append(child)  # with the text behind it
    for slot in slots.values():
        slot.tag = "div"
    if "" in slots and template.tail:
        slots[""].text = (slots[""].text or "") + template.tail
        template.tail = None


def _grow(tree: Any) -> None:
    """Shadow roots that stand as markup in an attribute of their host, and those in them."""
    hosts = list(islice(tree.iterfind(f".//*[@{_SCRAPBOOK}]"), ROOTS))
    for _ in range(ROOTS):
        if not hosts:
            return
        host = hosts.pop()
        root = _parsed(f"<div>{host.attrib.pop(_SCRAPBOOK)}</div>")
        if root is not None and not _is_deep(host):
            host.insert(0, root)
            hosts += root.iterfind(f".//*[@{_SCRAPBOOK}]")


def _pictured(tree: Any) -> None:
    """Pictures that the style sheet holds, in the elements that show them."""
    known: dict[str, str] = {}
    for style in islice(tree.iter("style"), VARIABLES):
        if "--sf-img-" in (style.text or ""):
            known |= {found[1]: found[2] for found in islice(_VARIABLE.finditer(style.text), VARIABLES)}
    for image in tree.iter("img"):
        used = _USED.search(image.get("style") or "")
        own = (image.get("src") or "").strip().partition(",")[0].partition(";")[0]
        if used and used[1] in known and (own in _EMPTY or own == "data:"):
            image.set("src", known[used[1]])


def _framed(tree: Any, widest: Any) -> None:
    """The page in a frame, where there is next to nothing around it: how replay tools show a page, and how it is then saved."""
    body = tree.find(".//body")
    markup = widest.get("srcdoc")
    if (
        body is None
        or _is_deep(widest)
        or _shown(body) > LITTLE
        or len(markup) > FRAME
        or markup.count("<") > FRAME_TAGS
    ):
        return
    inner = _parsed(markup, whole=True)
    if inner is None:
        return
    head, framed = inner.find("head"), inner.find("body")
    own = tree.find("head")
    if head is not None and own is not None:
        for old in own.xpath("title | meta | link[@rel='canonical']"):
            own.remove(old)
        own.extend(list(head))
    if framed is not None:
        framed.tag = "div"
        widest.getparent().replace(widest, framed)


def _is_deep(element: Any) -> bool:
    """Whether what is put here would nest too deep."""
    return len(list(islice(element.iterancestors(), DEEP))) == DEEP


def _shown(body: Any) -> int:
    return sum(
        len(piece.strip()) for piece in islice(body.xpath(".//text()[not(ancestor::script or ancestor::style)]"), ROOTS)
    )


def _parsed(markup: str, *, whole: bool = False) -> Any:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    raw = text.parseable(markup).encode()
    try:
        return html.document_fromstring(raw, parser=parser) if whole else html.fragment_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError, TypeError):
        return None
