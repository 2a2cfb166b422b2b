"""What in a page could run, navigate or send by itself: the site's own script files apart, there is none. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.check import styles

_DATA_TYPES = ("application/ld+json", "application/json")
# files that run, or show markup that no look is taken at; script files are the site's own, or lead from nowhere
FILES = (
    ".class",
    ".hta",
    ".htc",
    ".jar",
    ".mht",
    ".mhtml",
    ".shtml",
    ".swf",
    ".xbl",
    ".xht",
    ".xhtml",
    ".xsl",
    ".xslt",
)
_PLUGINS = frozenset({"applet", "base", "embed", "frame", "frameset", "object", "portal"})
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INSIDE = str.maketrans("", "", "\t\n\r")
_RUNNING = frozenset({"javascript", "jscript", "livescript", "mocha", "vbscript"})
_RUNNING_DATA = re.compile(r"data:\s*(?:text/(?:html|javascript|xml|xsl)|application/|image/svg)", re.IGNORECASE)
_ADDRESSES = frozenset({"action", "background", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"})
_SHOWING = frozenset({"img", "source"})  # a picture does not run, whatever its address says
_ELSEWHERE = re.compile(r"[\x00-\x20]*(?:https?:|[/\\\\]{2}|mailto:)", re.IGNORECASE)
_MOVING = frozenset({"animate", "animatetransform", "set"})


def found(element: etree._Element, tag: str) -> Iterator[str]:
    """What is active about an element, in words."""
    if tag == "script" and not is_data(element):
        if not element.get("src"):
            yield "a script stands in the page"
    elif tag in _PLUGINS:
        yield f"<{tag}>"
    elif tag == "iframe":
        sandbox = element.get("sandbox")
        if sandbox is None or "allow-scripts" in sandbox.lower():
            yield "<iframe> without a sandbox that forbids scripts"
    elif tag in ("form", "button", "input") and _ELSEWHERE.match(
        element.get("action") or element.get("formaction") or ""
    ):
        yield f"<{tag}> sends to elsewhere"
    elif tag == "meta" and element.get("http-equiv", "").strip().lower() in ("refresh", "set-cookie"):
        yield f'<meta http-equiv="{element.get("http-equiv")}">'
    elif tag in _MOVING and "href" in element.get("attributename", element.get("attributeName", "")).lower():
        yield f"<{tag}> of an address"
    elif tag == "style":
        yield from styles.running(element.text or "")
    for raw_name, raw in element.attrib.items():
        name, value = str(raw_name).lower(), str(raw)
        if name.startswith("on"):
            yield f"<{tag} {name}>"
        elif tag not in _SHOWING and (name in _ADDRESSES or name.endswith("}href")) and runs(value):
            yield f"<{tag} {name}> runs script"
        elif name in ("srcdoc", "ping"):
            yield f"<{tag} {name}>"
        elif name == "style":
            yield from styles.running(value)


def runs(address: str) -> bool:
    """Whether to follow the address is to run what somebody wrote into it."""
    plain = address.translate(_INSIDE)
    scheme = _SCHEME.match(plain)
    return scheme is not None and (scheme[1].lower() in _RUNNING or bool(_RUNNING_DATA.match(plain, scheme.start(1))))


def is_data(element: etree._Element) -> bool:
    """Whether a script holds data, and runs nothing."""
    return element.get("type", "").partition(";")[0].strip().lower() in _DATA_TYPES
