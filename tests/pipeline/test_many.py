"""Files that hold many pages, links without a text, pictures beside a page: streamed in, landed once, resumed after a kill."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, cast

import pytest

from generator import content, intake, pipeline, readers
from generator.errors import Finding, UsageError
from generator.intake import Stated
from generator.model import Capture, Moment, Origin, Seen
from generator.readers.found import Found, Near
from tests.samples import FERRY, Sample, TryOut

STORIES = (
    Sample(),
    Sample("Bridge opens late", "2022-03-19", "https://www.ledger.example/bridge/", paragraphs=FERRY[1:]),
    Sample("Market moves indoors", "2022-03-20", "https://www.ledger.example/market/", paragraphs=FERRY[2:]),
)


def crate(*stories: Sample | Found) -> bytes:
    """A file that holds many: a line for each story, or for each number of a story that is only known."""
    lines = [one.html.replace("\n", " ") if isinstance(one, Sample) else json.dumps(one.url) for one in stories]  # type: ignore[union-attr]
    return "\n".join(("CRATE", *lines)).encode()


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    for number, line in enumerate(file.read().decode().splitlines()[1:]):
        member = replace(origin, member=str(number))
        if line.startswith('"'):
            yield Seen(f"Story {number}", url=json.loads(line), list="Crate")
        elif line == "broken":
            yield Finding("member-unreadable", str(member))
        else:
            yield Capture(line.encode(), member, captured=Moment.parse("2022-04-01"))


def _is_crate(head: bytes, name: str) -> bool:
    return name.endswith(".crate") or head.startswith(b"CRATE")


@pytest.fixture(autouse=True)
def crates(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = ModuleType("crates")  # as all readers are modules
    vars(reader).update(SUFFIXES=frozenset({".crate"}), BULK=True, accepts=_is_crate, read=read)
    monkeypatch.setattr(readers, "READERS", (cast("readers.Reader", reader), *readers.READERS))


def test_each_page_in_a_file_becomes_an_article_and_the_file_is_kept_once(archive: TryOut) -> None:
    report = archive.add(archive.save("box.crate", crate(*STORIES)))
    assert report.verdicts == {"added": 3}
    assert [file.name for file in (archive.root / "content/saved").iterdir()] == ["box.crate"]
    held = [content.read_article(archive.settings.content, f"articles/{name}").article for name in archive.articles()]
    assert [(one.captures[0].file, one.captures[0].member) for one in held if one] == [
        ("saved/box.crate", "0"), ("saved/box.crate", "1"), ("saved/box.crate", "2"),
    ]  # fmt: skip


def test_adding_and_building_again_change_nothing(archive: TryOut) -> None:
    box = archive.save("box.crate", crate(*STORIES))
    archive.add(box)
    assert archive.add(box).verdicts == {"known": 1}
    assert archive.build().verdicts == {}
    (archive.root / ".backfile/catalogue.sqlite").unlink()
    assert archive.build().verdicts == {"known": 3}
    assert len(archive.articles()) == 3


def test_what_a_kill_cut_short_is_taken_in_by_the_next_run(archive: TryOut, monkeypatch: pytest.MonkeyPatch) -> None:
    box = archive.save("box.crate", crate(*STORIES))
    landed = intake._land

    def killed(*words: Any) -> intake.Landing:
        if archive.articles():
            raise KeyboardInterrupt
        return landed(*words)

    with monkeypatch.context() as patch:
        patch.setattr(intake, "_land", killed)
        with pytest.raises(KeyboardInterrupt):
            archive.add(box)
    assert len(archive.articles()) == 1
    assert archive.add(box).verdicts == {"known": 1, "added": 2}


def test_a_broken_page_is_named_and_the_others_are_read(archive: TryOut) -> None:
    raw = crate(*STORIES).replace(b"CRATE\n", b"CRATE\nbroken\n")
    report = archive.add(archive.save("box.crate", raw))
    assert report.verdicts == {"added": 3}
    assert [str(one) for one in report.findings if one.severity == "error"] == [
        "box.crate#0: error: a member of the file cannot be read [member-unreadable]"
    ]


def test_a_page_without_a_story_is_no_fault_among_others_and_one_by_itself(archive: TryOut) -> None:
    front = "<!DOCTYPE html><html><head><title>Front</title></head><body><img src=x.png></body></html>"
    among = archive.add(archive.save("box.crate", crate(*STORIES) + f"\n{front}".encode()))
    assert among.verdicts == {"added": 3, "nothing": 1}
    assert [(one.code, one.severity) for one in among.findings if one.where == "box.crate#3"] == [("no-story", "info")]
    alone = archive.add(archive.save("fronts.crate", f"CRATE\n{front}\n{front.replace('Front', 'List')}".encode()))
    assert ("fronts.crate", "no-body") in {(one.where, one.code) for one in alone.findings}


def test_an_address_cannot_be_stated_for_many_pages(archive: TryOut) -> None:
    box = archive.save("box.crate", crate(*STORIES))
    with pytest.raises(UsageError, match="--url"):
        pipeline.add(archive.settings, (box,), Stated("https://news.example/1"), 0, pipeline.Quiet())


def test_a_link_without_a_text_is_known_and_not_held(archive: TryOut) -> None:
    links = (Seen("", url=f"https://www.ledger.example/{n}") for n in range(3))
    box = archive.save("box.crate", crate(*links, Seen("", url="https://tide.example/1")))
    assert archive.add(box).verdicts == {"seen": 4}
    known, findings = content.read_known(archive.settings.content)
    assert not findings
    assert {host: len(stories) for host, stories in known.items()} == {"ledger.example": 3, "tide.example": 1}
    assert archive.add(box).verdicts == {"known": 1}
    archive.build()
    pages = sorted((archive.root / "site/known").rglob("index.html"))
    assert len(pages) == 3  # the index, and one for each host
    assert 'href="https://tide.example/1"' in pages[-1].read_text("utf-8")
    assert '<p class="kicker"><a href="../../known/index.html">Known, not held</a></p>' in pages[-1].read_text("utf-8")


def test_a_known_story_shows_its_day_and_its_tags_as_the_export_says_them(archive: TryOut) -> None:
    saved, published = Moment.parse("2024-03-05T09:30:00+00:00"), Moment.parse("2024-03-04")
    ferry = Seen("Ferry", url="https://www.ledger.example/1", saved=saved, tags=("quay", "<b>tides"))
    mole = Seen("Mole", url="https://tide.example/2", published=published, saved=saved)
    assert content.keep_known(archive.settings.content, (ferry, mole)) == 2
    assert content.read_known(archive.settings.content)[0] == {"ledger.example": (ferry,), "tide.example": (mole,)}
    archive.build()
    ledger, tide = (
        next((archive.root / "site/known").glob(f"{host}*/index.html")).read_text("utf-8")
        for host in ("ledger", "tide")
    )
    assert 'Saved <time datetime="2024-03-05">' in ledger
    assert "<span><bdi>quay</bdi>, <bdi>&lt;b&gt;tides</bdi></span>" in ledger
    assert 'Published <time datetime="2024-03-04">' in tide


def test_a_link_whose_story_is_taken_in_later_leads_to_it(archive: TryOut) -> None:
    archive.add(archive.save("box.crate", crate(Seen("", url="http://ledger.example/2022/03/18/night-ferry"))))
    archive.add(archive.save("ferry.html", Sample()))
    archive.build()
    shown = "".join(file.read_text("utf-8") for file in sorted((archive.root / "site/known").rglob("*.html")))
    assert 'href="../../2022/03/18/night-ferry-sails-again-from-friday.html"' in shown


def test_a_line_that_cannot_be_read_is_named_and_kept(archive: TryOut) -> None:
    known = archive.root / "content/known/ledger.example.jsonl"
    known.parent.mkdir(parents=True)
    known.write_text('not json\n{"headline": "By hand", "url": "https://www.ledger.example/9"}\n', "utf-8")
    archive.add(archive.save("box.crate", crate(Seen("", url="https://www.ledger.example/1"))))
    assert known.read_text("utf-8").startswith("not json\n")
    assert [one.code for one in archive.build().findings] == ["known-unreadable"]


def test_workers_and_this_process_find_the_same(archive: TryOut, tmp_path: Path) -> None:
    many = [
        replace(
            STORIES[0], headline=f"Story {n}", url=f"https://www.ledger.example/{n}", paragraphs=(f"{FERRY[0]} {n}",)
        )
        for n in range(30)
    ]
    box = archive.save("box.crate", crate(*many))
    other = TryOut(tmp_path / "other")
    other.root.mkdir()
    (other.root / "archive.toml").write_bytes((archive.root / "archive.toml").read_bytes())
    assert archive.add(box).verdicts == other.add(box, workers=2).verdicts == {"added": 30}
    assert archive.articles() == other.articles()
