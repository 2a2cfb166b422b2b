"""`backfile import wayback`, as a person would call it, with a small archive on loopback."""

from __future__ import annotations

import json

import pytest

from generator import cli
from generator.cli.importing import importing
from tests.drawn import png
from tests.samples import Ran, Run, TryOut
from tests.wayback.conftest import story
from tests.wayback.server import HOST, WebArchive, answers


@pytest.fixture
def ask(run: Run, archive: TryOut, web: WebArchive, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command with that archive."""
    monkeypatch.setitem(cli.cli.commands, "import", importing)

    def call(*words: object) -> Ran:
        plain = ("--endpoint", web.endpoint, "--delay", "0", "--workers", "1")
        return run("--archive", archive.root, "import", "wayback", HOST, *plain, *map(str, words))

    return call


def test_the_articles_of_a_dead_site_are_in_the_archive(ask: Run, archive: TryOut, web: WebArchive) -> None:
    for number in (1, 2):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
    web.hold(
        "20100303120000", "/gone", "<html><title>404 Not Found</title><h1>404 Not Found</h1></html>" + "<p>x</p>" * 99
    )
    ran = ask()
    assert ran.status == 0
    assert f"{HOST}: 2 kept, 1 say that there is no such page." in ran.out
    assert f"content/saved/wayback/{HOST}/20100301120000-20100302120000.warc.gz" in ran.out
    assert "2 captures read: 2 new articles" in ran.out
    assert "[memento-skipped]" in ran.err
    assert len(archive.articles()) == 2
    held = (archive.root / "content/articles" / archive.articles()[0]).read_text("utf-8")
    assert f"http://www.{HOST}/story/1" in held
    assert "2010-03-01T12:00:00" in held


def test_a_dry_run_says_what_it_would_take_and_takes_nothing(ask: Run, archive: TryOut, web: WebArchive) -> None:
    for number in range(1, 4):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
    web.hold("20100304120000", "/feed/", "<rss/>")
    ran = ask("--dry-run")
    assert ran.status == 0
    assert ran.out.splitlines()[0] == f"{HOST}: 4 captures listed, 3 pages, 2010-03-01 to 2010-03-03."
    assert "1 that are no pages" in ran.out
    assert "about a minute" in ran.out
    assert not web.fetched
    assert archive.articles() == []
    told = json.loads(ask("--dry-run", "--json").out)
    assert (told["captures"], told["pages"], told["known"]) == (4, 3, 0)


def test_a_refusal_ends_it_with_status_two_and_what_was_fetched_is_taken_in(
    ask: Run, archive: TryOut, web: WebArchive
) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.hold("20100302120000", "/story/2", story(2))
    web.fail("/story/2", answers(429, Retry_After="99999"))
    ran = ask()
    assert ran.status == 2
    assert "asks us to pause" in ran.err
    assert "goes on from here" in ran.err
    assert len(archive.articles()) == 1
    assert ask().status == 0
    assert len(archive.articles()) == 2
    assert len(web.fetched) == 3


def test_the_result_can_be_had_as_json(ask: Run, web: WebArchive) -> None:
    web.hold("20100301120000", "/story/1", story())
    told = json.loads(ask("--json").out)
    assert (told["kept"], told["articles"], told["complete"]) == (1, 1, True)
    assert told["captures"] == {"added": 1}
    again = json.loads(ask("--json").out)
    assert (again["kept"], again["known"], again["articles"]) == (0, 1, 1)


def test_pictures_land_with_their_article(ask: Run, archive: TryOut, web: WebArchive) -> None:
    picture = png()
    body = story().replace(
        "<p>",
        '<figure><img src="/pic/quay.png" alt="The quay"><figcaption>The quay on Friday</figcaption></figure><p>',
        1,
    )
    web.hold("20100301120000", "/story/1", body)
    web.hold("20100301120000", "/pic/quay.png", picture, mime="image/png", headers={"Content-Type": "image/png"})
    assert "1 pictures" in ask("--pictures").out
    assert [file.read_bytes() for file in (archive.root / "content/media").rglob("*.png")] == [picture]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--from", "soon"), "--from: not a date"),
        (("--from", "2012", "--to", "2010"), "lies after"),
        (("--match", "http://other.example/"), "not an address on"),
        (("--endpoint", "arquivo.pt"), "--endpoint"),
        (("--contact", "ä"), "plain letters"),
        (("--limit", "0"), "--limit"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_asked(
    ask: Run, web: WebArchive, words: tuple[str, ...], why: str
) -> None:
    ran = ask(*words)
    assert (ran.status, why in ran.err) == (2, True)
    assert web.asked == []


def test_the_internet_archive_is_not_asked_too_fast(run: Run, archive: TryOut, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.cli.commands, "import", importing)
    ran = run("--archive", archive.root, "import", "wayback", HOST, "--delay", "0.2")
    assert (ran.status, "at least 1" in ran.err) == (2, True)
