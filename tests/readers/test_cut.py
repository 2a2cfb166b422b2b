"""Files that end too early, format by format: what stands before the end is kept, and what is missing is told with the file's name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import readers
from generator.errors import Finding
from generator.model import Capture, Seen
from generator.readers._json import begun
from tests import doors, toolsdoors
from tests.samples import FERRY, Sample

STORIES = tuple(
    Sample(
        headline=f"The ferry sails on line {line}",
        url=f"https://www.ledger.example/line/{line}/",
        paragraphs=tuple(f"{words} So it was on line {line}." for words in FERRY),
    )
    for line in range(4)
)
Files = Mapping[str, bytes]


def alone(door: Callable[[Sample], Files]) -> Files:
    return door(STORIES[0])


def grown(door: Callable[[Sample], Files], entry: str) -> Files:
    """A file that holds all stories: each one's entry, which is what the pattern finds, behind the other."""
    texts = [next(iter(door(story).values())).decode() for story in STORIES]
    entries = [re.search(entry, text, re.DOTALL) for text in texts]
    name = next(iter(door(STORIES[0])))
    first = entries[0]
    assert first
    whole = texts[0][: first.start()] + "\n".join(one[0] for one in entries if one) + texts[0][first.end() :]
    return {name: whole.encode()}


def listed(door: Callable[[Sample], Files], joint: str, around: str = "") -> Files:
    """The JSON of all stories, one after the other."""
    values = [next(iter(door(story).values())).decode() for story in STORIES]
    name = next(iter(door(STORIES[0])))
    text = joint.join(values)
    return {name if around else f"{name}l": (around[:1] + text + around[1:]).encode()}


def collections() -> Files:
    backups = [json.loads(next(iter(toolsdoors.linkwarden(story).values()))) for story in STORIES]
    return {
        "backup.json": json.dumps(
            {**backups[0], "collections": [one for backup in backups for one in backup["collections"]]}
        ).encode()
    }


FORMATS: Mapping[str, Files] = {
    "Linkwarden": collections(),
    "Evernote": grown(toolsdoors.evernote, "<note>.*</note>"),
    "WeChat": alone(toolsdoors.wechat),
    "Readability's JSON": alone(toolsdoors.readability),
    "Readability's, in a list": listed(toolsdoors.readability, ", ", "[]"),
    "Trafilatura's JSON": alone(doors.trafilatura),
    "Trafilatura's, in lines": listed(doors.trafilatura, "\n"),
    "Atom": grown(toolsdoors.atom, "<entry>.*</entry>"),
    "RSS": grown(doors.feed, "<item>.*</item>"),
    "RSS in sections of characters": {
        "feed.xml": re.sub(
            rb"<content:encoded>(.*?)</content:encoded>",
            lambda found: b"<content:encoded><![CDATA[" + found[1].replace(b"&lt;", b"<").replace(b"&gt;", b">") + b"]]></content:encoded>",
            grown(doors.feed, "<item>.*</item>")["feed.xml"],
        )
    },
    "AMP": alone(toolsdoors.amp),
    "print page": alone(toolsdoors.printer),
    "wallabag": {"wallabag.json": json.dumps([json.loads(doors.wallabag(one)["wallabag.json"])[0] for one in STORIES]).encode()},
    "Karakeep": {
        "karakeep.json": json.dumps(
            {"bookmarks": [json.loads(doors.karakeep(one)["karakeep.json"])["bookmarks"][0] for one in STORIES], "nextCursor": None}
        ).encode()
    },
}  # fmt: skip
UNMARKED = frozenset({"WeChat", "AMP", "print page"})  # HTML may end anywhere
CUTS = {
    "a quarter": 0.25,
    "two quarters": 0.5,
    "three quarters": 0.75,
    "half of its last kilobyte": -512,
    "its last mark": -1,
}


def end(body: bytes, cut: float) -> int:
    return int(len(body) * cut) if cut > 0 else len(body.rstrip()) + int(cut)


def read(folder: Path, files: Files) -> Iterator[Capture | Seen | Finding]:
    for name, body in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    found, left = readers.discover([folder])
    yield from left
    for file, shown in found:
        yield from readers.read(file, shown)


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("way", FORMATS)
def test_what_stands_before_the_end_is_kept_and_what_is_missing_is_told(tmp_path: Path, way: str, cut: str) -> None:
    ((name, body),) = FORMATS[way].items()
    place = end(body, CUTS[cut])
    found = list(read(tmp_path, {name: body[:place]}))
    text = "\n".join(one.body.decode() for one in found if isinstance(one, Capture))
    for story in STORIES:
        for words in story.paragraphs:
            stands = body.find(words.encode())
            assert words in text or not 0 <= stands <= place - len(words), f"of {story.headline}: {words}"
    remarks = [one for one in found if isinstance(one, Finding)]
    assert all(one.where.startswith(name) for one in remarks)
    assert remarks or way in UNMARKED or body[place - 1 : place + 1].strip() in (b"", b"}")
    assert found


@pytest.mark.parametrize("cut", CUTS)
def test_a_library_that_is_cut_hides_none_of_the_pages_beside_it(tmp_path: Path, cut: str) -> None:
    library = grown(toolsdoors.zotero, "<bib:Article.*</z:Attachment>")["library/library.rdf"].decode()
    for line in range(len(STORIES) - 1, -1, -1):  # each its own attachment
        parts = library.split("<bib:Article")
        parts[line + 1] = parts[line + 1].replace("item_5", f"item_{line}").replace("files/5", f"files/{line}")
        library = "<bib:Article".join(parts)
    raw = library.encode()
    held = {f"library/files/{line}/Night ferry.html": story.html.encode() for line, story in enumerate(STORIES)}
    found = list(read(tmp_path, {"library/library.rdf": raw[: end(raw, CUTS[cut])], **held}))
    text = "\n".join(one.body.decode() for one in found if isinstance(one, Capture))
    assert all(story.paragraphs[-1] in text for story in STORIES)
    whole = len(list(read(tmp_path, {"library/library.rdf": raw, **held})))
    assert whole == len(STORIES), "a library that is whole is the only door to its pages"


def changed(way: str, old: bytes, new: bytes) -> Files:
    ((name, body),) = FORMATS[way].items()
    assert old in body
    return {name: body.replace(old, new)}


WRONG: Mapping[str, tuple[Files, list[str]]] = {
    "a note's picture is not the one that its digest names": (changed("Evernote", b'hash="', b'hash="0000'), []),
    "a note's picture is no base64": (changed("Evernote", b"R0lGOD", b"=R0l\xc2\xa0"), []),
    "a feed states a charset that it has not": (changed("Atom", b'encoding="utf-8"', b'encoding="utf-16"'), []),
    "a feed states a charset that there is not": (changed("RSS", b'encoding="utf-8"', b'encoding="klingon"'), []),
    "a page states a charset that it has not": (changed("AMP", b'charset="utf-8"', b'charset="utf-16be"'), []),
    "a page for printing states none": (changed("print page", b"; charset=utf-8", b""), []),
    "an entry's text has bytes that are no letters": (changed("Linkwarden", b"night ferry", b"night \xff\xfe ferry"), ["charset-replaced"] * 4),
    "a page of WeChat's has no element of its story": (changed("WeChat", b"item_show_type_0", b"item"), []),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_stated_wrongly_costs_no_story(tmp_path: Path, wrong: str) -> None:
    files, codes = WRONG[wrong]
    found = list(read(tmp_path, files))
    assert [one.code for one in found if isinstance(one, Finding)] == codes
    text = "\n".join(one.body.decode() for one in found if isinstance(one, Capture))
    (body,) = files.values()
    assert all(story.paragraphs[-1] in text for story in STORIES if story.paragraphs[-1].encode() in body)
    assert STORIES[0].paragraphs[-1] in text


def test_what_is_held_without_its_main_part_is_known_or_told(tmp_path: Path) -> None:
    bare = json.loads(toolsdoors.linkwarden(STORIES[0])["backup.json"])
    bare["collections"][0]["links"][0]["textContent"] = None
    ((_, library), _) = toolsdoors.zotero(STORIES[1]).items()
    files = {"backup.json": json.dumps(bare).encode(), "library.rdf": library}
    known = [one for one in read(tmp_path, files) if isinstance(one, Seen)]
    assert {one.url for one in known} == {STORIES[0].url, STORIES[1].url}
    note = toolsdoors.evernote(STORIES[2])["notes.enex"]
    (seen,) = read(tmp_path / "enex", {"notes.enex": re.sub(rb"<content>.*</content>", b"", note, flags=re.DOTALL)})
    assert isinstance(seen, Seen)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=10,
)


def within(part: object, whole: object) -> bool:
    """Whether all that the part says, the whole says too, but for the end of a text."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(name in whole and within(one, whole[name]) for name, one in part.items())
    if isinstance(part, list):
        return isinstance(whole, list) and len(part) <= len(whole) and all(map(within, part, whole))
    return part == whole or (isinstance(part, str) and isinstance(whole, str) and whole.startswith(part))


@given(st.dictionaries(st.text(max_size=6), values, max_size=4), st.integers(0, 400), st.booleans())
def test_json_that_is_cut_says_nothing_that_it_did_not_say_whole(value: object, length: int, ascii_only: bool) -> None:  # noqa: FBT001
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert within(begun(text[:length]) or {}, value)
    assert begun(text) == (value or None)


def test_half_an_address_is_none() -> None:
    text = json.dumps({"title": "The ferry sails", "url": "https://www.ledger.example/line/7/"})
    assert begun(text[: text.index("line/7")]) == {"title": "The ferry sails"}
    assert begun(text[: text.index("sails")]) == {"title": "The ferry "}
