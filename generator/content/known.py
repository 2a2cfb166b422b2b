"""Stories known but not held: `content/known/<host>.jsonl`, one JSON object a line.

They come from exports that hold a link and no text. A line that is there stays as it is; a person may correct it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from generator import plain, text
from generator.content import files
from generator.errors import ContentError, Finding
from generator.model import Seen

FOLDER = "known"
ENDING = ".jsonl"
MAX_BYTES = 64 * 1024 * 1024
_NOWHERE = "unknown"


def keep_known(content: Path, stories: Iterable[Seen]) -> int:
    """Add the stories that are not listed yet, by address or else by headline; returns how many they are. Raises ContentError."""
    by_host: dict[str, list[Seen]] = {}
    for story in stories:
        by_host.setdefault(_host(story.url), []).append(story)
    return sum(_grown(content / FOLDER / f"{host}{ENDING}", found) for host, found in sorted(by_host.items()))


def known_mark(content: Path) -> str:
    """A mark of all that is listed: it changes when any of it does; `""` where there is nothing. Raises ContentError."""
    listed = [(file.name, files.stamp(file)) for file in files.walk(content / FOLDER, ENDING)]
    return text.short(*(part for one in listed for part in one)) if listed else ""


def read_known(content: Path) -> tuple[dict[str, tuple[Seen, ...]], tuple[Finding, ...]]:
    """The stories by host, each file in its order, and what cannot be read."""
    known: dict[str, tuple[Seen, ...]] = {}
    findings: list[Finding] = []
    for file in files.walk(content / FOLDER, ENDING):
        where = f"content/{FOLDER}/{file.name}"
        try:
            with file.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
        except OSError as error:
            findings.append(Finding("known-unreadable", where, f"cannot be read: {error.strerror}"))
            continue
        if len(raw) > MAX_BYTES:
            findings.append(
                Finding("known-unreadable", where, f"larger than {MAX_BYTES:,} bytes: its end is not shown")
            )
            raw = raw[: raw.rfind(b"\n")]
        stories: list[Seen] = []
        for number, line in enumerate(_lines(raw), start=1):
            try:
                stories.append(_story(line))
            except ValueError as error:
                findings.append(Finding("known-unreadable", where, f"line {number}: {error}"))
        known[file.stem] = tuple(stories)
    return known, tuple(findings)


def _grown(file: Path, stories: Iterable[Seen]) -> int:
    """Write the stories behind what is there, of which no byte is changed."""
    try:
        raw = file.read_bytes() if file.exists() else b""
    except OSError as error:
        raise ContentError(
            f"{FOLDER}/{file.name}: cannot be read: {error.strerror}", "mend the file's permissions"
        ) from error
    held = {_key(story) for line in _lines(raw) if (story := _read(line))}
    news: dict[str, str] = {}
    for story in stories:
        key = _key(story)
        if key and key not in held:
            news.setdefault(key, text.compact(plain.plain(story)))
    if news:
        end = b"" if raw.endswith(b"\n") or not raw else b"\n"
        files.write(file, raw + end + "".join(f"{line}\n" for line in news.values()).encode())
    return len(news)


def _key(story: Seen) -> str:
    return text.fold_url(story.url) if story.url else text.fold(story.headline)


def _lines(raw: bytes) -> list[str]:
    return [line for line in raw.decode("utf-8", "replace").split("\n") if line.strip()]


def _read(line: str) -> Seen | None:
    try:
        return _story(line)
    except ValueError:
        return None


def _story(line: str) -> Seen:
    try:
        story: Seen = plain.back(Seen, json.loads(line))
    except RecursionError:
        raise ValueError("nested too deep") from None
    return story


def _host(url: str | None) -> str:
    try:
        name = (urlsplit(url).hostname if url else None) or _NOWHERE
    except ValueError:
        name = _NOWHERE
    return text.file_name(name.removeprefix("www."))
