"""A newer extractor changes nothing by itself; what it would change is shown, and written when a person says so."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

import pytest

from generator import content, pipeline
from generator.extract import EXTRACTOR
from generator.refresh import Revision
from tests import doors
from tests.samples import FERRY, Run, Sample, TryOut, tree

OLDER = "backfile 0.0.1"
T = TypeVar("T")
R = TypeVar("R")


def aged(archive: TryOut) -> content.ArticleFile:
    """An article as an older extractor might have read it: another headline, a paragraph of furniture, no tags."""
    archive.add(archive.save("ferry.html", Sample()))
    held = content.read_article(archive.settings.content, f"articles/{archive.articles()[0]}")
    assert held.article is not None
    older = replace(
        held.article, headline="Night ferry", tags=(), body=f"{held.article.body}\n\nShare this story", extractor=OLDER
    )
    assert content.rewrite(archive.settings.content, held, older)
    return content.read_article(archive.settings.content, held.file)


def refreshed(archive: TryOut, *, accept: bool = False) -> tuple[Revision, ...]:
    return pipeline.refresh(archive.settings, (), 0, pipeline.Quiet(), accept=accept)[0]


def test_what_an_older_extractor_made_stays_until_somebody_asks(archive: TryOut) -> None:
    aged(archive)
    before = tree(archive.root / "content")
    archive.build()
    archive.add(archive.save("again.html", Sample(headline="Another story", url="https://ledger.example/c")))
    after = tree(archive.root / "content")
    assert {name: after[name] for name in before if name.startswith("articles/")} == {
        name: data for name, data in before.items() if name.startswith("articles/")
    }


def test_the_difference_is_shown_by_field_and_by_paragraph(archive: TryOut) -> None:
    old = aged(archive)
    before = tree(archive.root / "content/articles")
    (found,) = refreshed(archive)
    assert (found.file, found.extractor, found.taken, found.edited) == (old.file, OLDER, False, False)
    changes = {one.field: (one.old, one.new) for one in found.changes}
    assert changes == {
        "headline": ("Night ferry", "Night ferry sails again from Friday"),
        "tags": ([], ["ferry", "harbour"]),
        "body": (["Share this story"], []),
    }
    assert tree(archive.root / "content/articles") == before


def test_accepted_it_is_written_at_its_old_address_and_there_is_nothing_left_to_change(archive: TryOut) -> None:
    old = aged(archive)
    assert [one.taken for one in refreshed(archive, accept=True)] == [True]
    new = content.read_article(archive.settings.content, old.file)
    assert new.article is not None
    assert old.article is not None
    assert (new.article.headline, new.article.permalink) == (
        "Night ferry sails again from Friday",
        old.article.permalink,
    )
    assert (new.article.extractor, new.intact) == (EXTRACTOR, True)
    assert new.article.captures == old.article.captures
    assert refreshed(archive) == ()


def test_an_edited_article_is_shown_and_never_written(archive: TryOut) -> None:
    old = aged(archive)
    file = archive.root / "content" / old.file
    file.write_text(file.read_text("utf-8").replace('"Night ferry"', '"My own headline"'), "utf-8")
    before = file.read_bytes()
    (found,) = refreshed(archive, accept=True)
    assert (found.edited, found.taken) == (True, False)
    assert file.read_bytes() == before


def test_several_captures_are_joined_again(archive: TryOut) -> None:
    one = archive.save("one.html", Sample(paragraphs=FERRY[:3]))
    archive.add(one, archive.save("two.html", Sample()))
    assert len(archive.articles()) == 1
    assert refreshed(archive) == ()


def test_an_article_whose_original_is_gone_stays_with_a_remark(archive: TryOut) -> None:
    old = aged(archive)
    (archive.root / "content/saved/ferry.html").unlink()
    before = tree(archive.root / "content/articles")
    (found,) = refreshed(archive, accept=True)
    assert [one.code for one in found.findings] == ["refresh-failed"]
    assert (found.changes, tree(archive.root / "content/articles")) == ((), before)
    assert old.file == found.file


class Watched:
    """Workers that refuse the items named, and remember for how long an item may be worked on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, refused: str = "") -> None:
        self.seconds: list[float] = []
        self.items = 0
        self._refused = refused
        monkeypatch.setattr(pipeline, "mapper", lambda _, seconds=0.0: self._mapper(seconds))

    def _mapper(self, seconds: float) -> Callable[..., Iterator[object]]:
        def over(function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T, str], R]) -> Iterator[R]:
            self.seconds.append(seconds)
            for item in items:
                self.items += 1
                slow = self._refused and self._refused in str(item)
                yield lost(item, "it takes more than 20 seconds") if slow else function(item)

        return over


def test_a_page_may_take_as_long_as_the_settings_say(archive: TryOut, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(archive)
    with (archive.root / "archive.toml").open("a", encoding="utf-8") as file:
        file.write("page_seconds = 77\n")
    watched = Watched(monkeypatch)
    refreshed(archive)
    assert watched.seconds == [77]


def test_a_page_that_takes_too_long_costs_no_other_of_its_archive(
    archive: TryOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = [Sample(headline=f"Ferry report {name}", url=f"https://ledger.example/{name}") for name in "abc"]
    crawl = b"".join(doors.warc(story)["crawl.warc.gz"] for story in stories)
    archive.add(archive.save("crawl.warc.gz", crawl))
    watched = Watched(monkeypatch, refused="Ferry report b")
    (lost,) = refreshed(archive)
    assert [one.code for one in lost.findings] == ["refresh-failed"]
    assert "it takes more than 20 seconds" in str(lost.findings[0])
    assert "ferry-report-b" in lost.file
    assert watched.items == len(stories) + 1


def test_the_command_shows_and_takes(run: Run, archive: TryOut) -> None:
    old = aged(archive)
    shown = run("--archive", archive.root, "add", "--refresh", "--dry-run")
    assert shown.status == 0
    assert f"content/{old.file}: read by {OLDER}; not written" in shown.out
    assert "  headline: Night ferry -> Night ferry sails again from Friday" in shown.out
    assert "  - Share this story" in shown.out
    listed = json.loads(run("--archive", archive.root, "add", "--refresh", "--json").out)
    assert [one["field"] for one in listed[0]["changes"]] == ["headline", "tags", "body"]
    taken = run("--archive", archive.root, "add", "--refresh", "--accept", archive.root / "content" / old.file)
    assert "1 written" in taken.out
    assert run("--archive", archive.root, "add", "--accept").status == 2
    assert run("--archive", archive.root, "add").err.startswith("backfile: add needs PATH...")
