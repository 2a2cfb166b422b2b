"""The head of a note taken off its text: front matter, properties, a Joplin tail, a line that points to the original.

Reads the forms of many tools as names with values, and says nothing about what a name means (that is for `labels`).
Values are text or lists of text; nothing is ever built from what a file says. Never raises.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator import text
from generator.readers.copies import labels

MAX_HEAD = 64 * 1024  # characters of YAML or TOML
MAX_OWN = 16 * 1024 * 1024  # characters of front matter in JSON, one value a line
MAX_DEPTH = 8  # of lists and mappings in YAML
MAX_NAMES = 200
MAX_NAME = 60
MAX_LINES = 60  # of properties without a fence
NEAR = 6  # lines with words at either end in which a pointer to the original may stand
MAX_POINTER = 60  # characters of a pointer besides its address

_CORE = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map", "tag:yaml.org,2002:timestamp")
_FENCE = re.compile(r"(?:---|\.\.\.)\s*$")
_JSON = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,59}): (.*)$")
_PAIR = re.compile(r"([^\s:：#>|\[\]{}][^:：\n|]{0,58}?)\s{0,3}[:：](?:\s{1,40}(\S.*)|\s*)$")
_DENSE = re.compile(r"([\u3040-\u9fff\uac00-\ud7af]{1,8})[:：]\s{0,3}(\S.*)$")  # no blank behind the colon
_ITEM = re.compile(r"\s{0,8}-\s{1,8}(\S.*)$")
_LOGSEQ = re.compile(r"\s{0,8}(?:-\s)?([A-Za-z\u00c0-\uffef][\w\- ./]{0,58})::\s{0,8}(.*)$")
_HEADING = re.compile(r"#\s{1,8}(\S.{0,600}?)\s{0,8}#{0,6}$")
_JOPLIN = re.compile(r"(?:^|\n)(?:id: [0-9a-f]{32}\n)(?:[a-z_]{2,30}:[^\n]{0,4000}\n){2,60}type_: (\d{1,2})\s*$")
_TAGS = re.compile(r"(?:#[^\s#,;，、]{1,60}[\s,，、]{0,4}){1,30}$")
_EXCERPT = re.compile(r"> #{1,4} Excerpt\n((?:>[^\n]{0,4000}\n){1,40})\s{0,9}(?:---\n)?")
_LINK = re.compile(
    r"\[[^\[\]]{0,200}\]\(<?https?://[^()\s]{1,4000}(?:\s\"[^\"]{0,200}\")?>?\)|<?https?://[^\s<>]{1,4000}>?",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[\W_]+")
# what a line says that only points to the original, besides the address: by language
_POINTERS = frozenset(
    "source|original|originalarticle|originallink|vieworiginal|viewtheoriginal|viewonline|viewpage|readoriginal|readtheoriginal|readonline|from|via|url|link|permalink|"  # noqa: SIM905
    "clippedfrom|savedfrom|retrievedfrom|archivedfrom|copiedfrom|importedfrom|publishedat|originallypublishedat|articleurl|sourceurl|webpage|website|openoriginal|"
    "原文|原文链接|原文連結|原文网址|原文地址|阅读原文|查看原文|来源|來源|出处|转自|转载自|链接|链接地址|网址|本文链接|本文地址|元記事|出典|リンク|원문|출처|링크|"
    "quelle|originalartikel|zumoriginal|lien|articleoriginal|lireoriginal|fuente|enlace|artículooriginal|verorginal|fonte|источник|ссылка|оригинал".split(
        "|"
    )
)


@dataclass(frozen=True, slots=True)
class Head:
    """A note taken apart: names with values, the text without them, and the form (`frontmatter`, `properties`, `joplin`, ...)."""

    values: Mapping[str, Any]
    body: str
    form: str = "note"
    kind: int = 1  # what a Joplin item is: 1 a note, others a notebook, a tag, a picture


@dataclass(slots=True)
class _Taken:
    """What is left of the text while heads are taken off it."""

    body: str
    values: dict[str, Any] = field(default_factory=dict)
    form: str = ""

    def take(self, values: Mapping[str, Any], body: str, form: str) -> None:
        for name, value in list(values.items())[:MAX_NAMES]:
            self.values.setdefault(name, value)
        self.body, self.form = body, self.form or form


def split(note: str) -> Head:
    """The note's head and its text. A note without a head is all text."""
    taken = _Taken(note.lstrip("\n"))
    joplin = _JOPLIN.search(taken.body[-MAX_HEAD:])
    kind = int(joplin[1]) if joplin else 1
    if joplin:
        start = max(0, len(taken.body) - MAX_HEAD) + joplin.start()
        tail, (title, _, body) = _lined(taken.body[start:].strip().split("\n")), taken.body[:start].partition("\n")
        taken.take({**tail, "title": title, "source": ""}, body, "joplin")
    for take in (_fenced, _titled, _logseq, _properties, _excerpt, _tail, _pointed):
        take(taken)
    return Head(taken.values, taken.body.strip("\n"), taken.form or "note", kind)


def properties(lines: Sequence[str], least: int = 2) -> tuple[dict[str, Any], int]:
    """The names with values in lines from the first on, and how many lines they take; none where this is running text.

    Believed are `least` or more such lines, or one with an address, of which a third have names that are known.
    """
    found: dict[str, Any] = {}
    taken = 0
    for line in lines[:MAX_LINES]:
        pair = _PAIR.match(line.strip()) or _DENSE.match(line.strip())
        if not pair or len(pair[1]) > MAX_NAME:
            break
        taken += 1
        if pair[2]:
            found.setdefault(pair[1].strip("*_ "), pair[2].strip("*_ "))
    known = [name for name in found if labels.meaning(name)]
    if not known or (len(found) < least and not labels.address(found[known[0]])) or len(known) * 3 < len(found):
        return {}, 0
    return found, taken


def _fenced(taken: _Taken) -> None:
    """YAML between `---`, TOML between `+++`."""
    opening, _, rest = taken.body.partition("\n")
    if opening.rstrip() == "+++":
        head, found, body = f"\n{rest}".partition("\n+++")
        if found and len(head) <= MAX_HEAD:
            taken.take(_flat(_toml(head)), body.partition("\n")[2], "frontmatter")
    elif opening.rstrip() == "---":
        lines = rest[:MAX_OWN].split("\n")
        end = next((place for place, line in enumerate(lines) if _FENCE.match(line)), None)
        if end is None:  # never closed: it ends where the names do
            values, end = properties(lines, least=1)
            if values:
                taken.take(values, "\n".join(rest.split("\n")[end:]), "frontmatter")
            return
        after = sum(map(len, lines[: end + 1])) + end + 1
        own = _own(lines[:end])
        form = "backfile" if own and "headline" in own and ("seal" in own or "permalink" in own) else "frontmatter"
        values = own if own is not None else _yaml(lines[:end])
        taken.take(_flat(values), rest[after:], form)


def _own(lines: Sequence[str]) -> dict[str, Any] | None:
    """Front matter with one value in JSON a line, as Backfile writes it; None where it is another."""
    values: dict[str, Any] = {}
    for line in lines:
        found = _JSON.match(line)
        if not found and line.strip():
            return None
        if found:
            try:
                values[found[1]] = json.loads(found[2])
            except (ValueError, RecursionError):
                return None
    return values


def _yaml(lines: Sequence[str]) -> dict[str, Any]:
    """The values in YAML; where it is broken, or holds what a note has no need of, those on lines of their own."""
    source = "\n".join(lines)
    if len(source) > MAX_HEAD:
        return _lined(lines)
    try:
        values = yaml.load(source, Loader=_Loader)  # noqa: S506 - a BaseLoader: it builds text, lists and mappings only
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return _lined(lines)
    return {name: value for name, value in values.items() if isinstance(name, str)} if isinstance(values, dict) else {}


class _Loader(yaml.BaseLoader):
    """YAML as text, without aliases and tags of its own, and no deeper than `MAX_DEPTH`."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        tagged = (getattr(event, "tag", None) or _CORE[0]).startswith(_CORE)
        if self.check_event(yaml.AliasEvent) or self.depth > MAX_DEPTH or not tagged:
            raise yaml.YAMLError
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _toml(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError):
        return _lined([line.replace(" = ", ": ", 1) for line in source.split("\n")])


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with those of mappings among them, one level deep, and dates as text."""
    flat: dict[str, Any] = {}
    for name, value in list(values.items())[:MAX_NAMES]:
        inner = value if isinstance(value, Mapping) else {name: value}
        for key, one in list(inner.items())[:MAX_NAMES]:
            flat.setdefault(
                str(key)[:MAX_NAME],
                one if isinstance(one, str | list | tuple | Mapping | int | float | None) else str(one),
            )
    return flat


def _lined(lines: Sequence[str]) -> dict[str, Any]:
    """Values on lines of their own, `name: value`, with lists in lines below them: whatever else stands there is passed over."""
    values: dict[str, Any] = {}
    last = ""
    for line in lines:
        pair, item = _PAIR.match(line), _ITEM.match(line)
        if item and last:
            held = values.get(last)
            values[last] = [*(held if isinstance(held, list) else []), _unquoted(item[1])]
        elif pair and len(values) < MAX_NAMES:
            last = pair[1].strip()
            values[last] = _value(pair[2] or "")
    return values


def _value(written: str) -> Any:
    flat = written.strip()
    if flat[:1] in ("!", "&", "*"):
        return ""
    if flat[:1] == "[" and flat[-1:] == "]" and flat[:2] != "[[":
        return [_unquoted(one) for one in flat[1:-1].split(",") if one.strip()]
    return _unquoted(flat)


def _unquoted(written: str) -> str:
    flat = written.strip()
    return flat[1:-1] if len(flat) > 1 and flat[0] == flat[-1] and flat[0] in "\"'" else flat


def _titled(taken: _Taken) -> None:
    """Pandoc's three lines of title, authors, date, each behind a percent sign."""
    lines = taken.body.split("\n", 4)
    names = ("title", "author", "date")
    found = {name: line[2:].strip() for name, line in zip(names, lines, strict=False) if line.startswith("% ")}
    if "title" in found and lines[0].startswith("% "):
        taken.take(found, "\n".join(lines[len(found) :]), "pandoc")


def _logseq(taken: _Taken) -> None:
    lines = taken.body.split("\n")
    found: dict[str, Any] = {}
    for count, line in enumerate(lines[:MAX_LINES]):
        pair = _LOGSEQ.match(line)
        if not pair:
            if found and any(map(labels.meaning, found)):
                taken.take(found, "\n".join(lines[count:]), "logseq")
            return
        found[pair[1].strip()] = pair[2].strip()


def _properties(taken: _Taken) -> None:
    """Lines of `Name: value` at the top, or below a heading at the top (Notion)."""
    lines = taken.body.split("\n", MAX_LINES * 2)
    start = next((place for place, line in enumerate(lines) if line.strip()), 0)
    heading = _HEADING.match(lines[start])
    first = start
    if heading:
        first = next((place for place, line in enumerate(lines) if place > start and line.strip()), start)
    found, count = properties(lines[first:])
    if found:
        above = "\n".join(lines[: start + 1]) + "\n" if heading else ""
        taken.take(found, above + "\n".join(lines[first + count :]), "properties")


def _excerpt(taken: _Taken) -> None:
    """The quote with an excerpt that MarkDownload sets above the text."""
    found = _EXCERPT.search(taken.body[:MAX_HEAD])
    if found and "\n\n\n" not in taken.body[: found.start()] and taken.body[: found.start()].count("\n\n") <= 2:
        words = text.squeeze(" ".join(line.lstrip("> ") for line in found[1].split("\n")))
        taken.take({"excerpt": words}, taken.body[: found.start()] + taken.body[found.end() :], "markdownload")


def _tail(taken: _Taken) -> None:
    """Lines of `Name: value` at the end, as converters from Evernote leave them."""
    lines = taken.body.rstrip().split("\n")
    start = len(lines)
    while start > max(0, len(lines) - 12) and (not lines[start - 1].strip() or _PAIR.match(lines[start - 1].strip())):
        start -= 1
    block = [line for line in lines[start:] if line.strip()]
    found, count = properties(block)
    stated = {labels.meaning(name) for name in found}
    if len(found) > 1 and count == len(block) and stated & {"url", "captured"} and None not in stated:
        taken.take(found, "\n".join(lines[:start]), "properties")


def _pointed(taken: _Taken) -> None:
    """A line near either end that does nothing but point to the original, and lines of nothing but `#tags`."""
    lines = taken.body.split("\n")
    inked = [place for place, line in enumerate(lines) if line.strip()]
    pointers: dict[int, str] = {}
    for place in dict.fromkeys((*inked[:NEAR], *inked[-NEAR:])):
        line = lines[place].strip().strip("*_> ")
        if _TAGS.fullmatch(line) and place in (*inked[:2], *inked[-2:]):
            taken.values.setdefault("tags", line.replace("#", " #"))
            lines[place] = ""
        elif found := pointer(line):
            pointers[place] = found
    if len(set(pointers.values())) == 1:
        known = any(
            labels.meaning(name) in ("url", "source") and labels.address(value) for name, value in taken.values.items()
        )
        for place, found in pointers.items():
            lines[place] = ""
            taken.values.update({} if known else {"url": found})
    taken.body = "\n".join(lines)


def pointer(line: str) -> str | None:
    """The address where the line does nothing but point to it as the original's; a bare one must lead to more than a front page."""
    found = _LINK.search(line)
    address = labels.address(found[0]) if found else None
    if not found or not address:
        return None
    shown = found[0].partition("](")[0].lstrip("[") if found[0].startswith("[") else ""
    rest = line[: found.start()] + line[found.end() :]
    if len(rest) > MAX_POINTER or len(shown) > MAX_POINTER * 2:
        return None
    around, inside = _NOT_WORD.sub("", text.fold(rest)), _NOT_WORD.sub("", text.fold(shown))
    if around in _POINTERS or (not around and inside in _POINTERS):
        return address
    bare = not around and (not shown or shown.startswith("http"))
    return address if bare and len(address.split("://", 1)[-1].partition("/")[2]) > 1 else None
