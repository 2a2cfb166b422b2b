"""Names of files inside files: in letters, with one spelling, and never leading out. Pure: opens nothing.

What is spelled strangely (backslashes, drive letters, a leading slash) is put right, because nothing is ever written under
these names; what cannot be meant is said to be wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from unicodedata import normalize

MAX_BYTES = 4_096  # of a name with its folders, as long as any system has them

# What can be no page and hold none, by its ending: passed over without a look inside.
_NEVER = frozenset({
    "avif", "bmp", "cur", "eot", "flac", "gif", "heic", "ico", "jpeg", "jpg", "jxl", "m4a", "m4v", "mov", "mp3", "mp4", "oga", "ogg", "ogv",
    "opus", "otf", "png", "svg", "tif", "tiff", "ttf", "wav", "weba", "webm", "webp", "woff", "woff2", "css", "js", "map", "mjs", "wasm",
})  # fmt: skip
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx"})  # what systems leave behind unasked
_HIDDEN = re.compile(r"\.(?!\.)")  # but a file may be called "..\u2215page.html"
_DRIVE = re.compile(r"\A[A-Za-z]:(?=[/\\]|[^/\\]*$)")
_PLAIN = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9_~ .,()%+=@!&'-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9_~ .,()%+=@!&'-]*)*")


@dataclass(frozen=True, slots=True)
class Name:
    """A name that can be shown and looked up, and what is wrong with it, if anything."""

    text: str
    wrong: str = ""


def tidy(name: str) -> Name:
    """The name in one spelling: `folder/page.html`."""
    if len(name) < 1_000 and _PLAIN.fullmatch(name):
        return Name(name)
    if len(name.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return Name(_shown(name[:80]) + "…", f"its name has more than {MAX_BYTES} bytes")
    if "\x00" in name:
        return Name(_shown(name), "its name holds a NUL")
    steps: list[str] = []
    for step in _DRIVE.sub("", name, count=1).replace("\\", "/").split("/"):
        if step == ".." and not steps:
            return Name(_shown(name), "its name leads out of the archive")
        if step == "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(_shown(step))
    return Name("/".join(steps), "" if steps else "it has no name")


def beside(page: str, address: str) -> str | None:
    """The name of what a page refers to by a relative address; None for what lies elsewhere."""
    if not address or address[0] in "/\\" or "://" in address or len(address) > MAX_BYTES or "\x00" in address:
        return None
    found = tidy(f"{page.rpartition('/')[0]}/{address}")
    return None if found.wrong else found.text


def folders(name: str) -> tuple[tuple[str, str], ...]:
    """The folders that a file lies in, outermost first: each as what is above it (ending in a slash, or nothing), and its name."""
    steps = name.split("/")[:-1]
    return tuple(("".join(f"{above}/" for above in steps[:depth]), step) for depth, step in enumerate(steps))


def again(name: str, number: int) -> str:
    """The name of another file of that name in the same archive."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}~{number}.{ending}" if dot and stem and "/" not in ending else f"{name}~{number}"


def is_chaff(name: str) -> bool:
    """Whether it can be no page and hold none, or a system left it there unasked."""
    if name.rpartition(".")[2].lower() in _NEVER:
        return True
    return any(step.lower() in _LITTER or step.startswith("._") for step in name.split("/"))


def is_hidden(name: str) -> bool:
    """Whether the file, or a folder that it lies in, is hidden."""
    return (name[:1] == "." or "/." in name) and any(_HIDDEN.match(step) for step in name.split("/"))


def key(name: str) -> int:
    """A number that stands for the name where there are too many names to keep."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _shown(name: str) -> str:
    """A name that can be printed and stored."""
    return "".join(char if char.isprintable() else "\ufffd" for char in normalize("NFC", name))
