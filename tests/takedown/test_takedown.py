"""Taking an article down as a person does it: the command, the build, what is left of it and what not."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from generator.content import read_withheld
from generator.model import Article, Comment, Moment, Picture, Seen
from tests.samples import FERRY, Run, Sample, TryOut, tree
from tests.withholding.archives import left_over, page, put

PIXELS = b"\x89PNG\r\n\x1a\n one"
MEDIUM = f"media/{sha256(PIXELS).hexdigest()[:2]}/{sha256(PIXELS).hexdigest()}.png"
DAY = Moment.parse("2022-03-18")
PILOTS = Article(
    "4f0c1d2e3a5b6978",
    "Pilots vote in secret",
    f"Behind closed doors the pilots of the estuary agreed to stay ashore.\n\n![Pilots ashore]({MEDIUM})",
    standfirst="What was said behind the doors of the pilots' hall.",
    byline=("Mara Quill",),
    tags=("pilots' strike",),
    published=DAY,
    url="https://tide.example/pilots",
    comments=(Comment("Reader", "I heard every word of it through the wall"),),
    pictures=(Picture(MEDIUM, "Pilots ashore"),),
)
ICE = Article(
    "5f0c1d2e3a5b6978",
    "Ice in the harbour",
    "The ice came overnight and kept every boat at its mooring.",
    published=DAY,
    seen=(
        Seen("Pilots vote in secret", "Behind closed doors the pilots of the estuary…", "https://tide.example/pilots"),
        Seen("Fog on the bar", url="https://tide.example/fog"),
    ),
)
ID = PILOTS.id
ADDRESS = "2022/03/18/pilots-vote-in-secret"


@pytest.fixture
def tide(archive: TryOut) -> TryOut:
    put(archive, PILOTS, ICE)
    medium = archive.root / "content" / MEDIUM
    medium.parent.mkdir(parents=True)
    medium.write_bytes(PIXELS)
    archive.build()
    assert f'{ADDRESS.rpartition("/")[2]}.html"' in page(archive, "2022/03/18/ice-in-the-harbour")
    assert (archive.root / "site" / MEDIUM).exists()
    return archive


def site(archive: TryOut) -> Path:
    return archive.root / "site"


def test_nothing_of_a_withheld_article_is_left_and_its_address_says_why(tide: TryOut, run: Run) -> None:
    done = run("--archive", tide.root, "withhold", ID, "--reason", "Asked for by <a> pilot", "--since", "2026-02-01")
    assert (done.status, done.out.splitlines()[0]) == (0, f"{ID}: withheld since 2026-02-01 ({ADDRESS})")
    built = run("--archive", tide.root, "build")
    assert "Asked for by <a> pilot [withheld]" in built.err
    assert left_over(site(tide), [PILOTS], [ICE]) == []
    assert not (site(tide) / MEDIUM).exists()
    assert "Fog on the bar" in page(tide, "2022/03/18/ice-in-the-harbour")
    assert run("--archive", tide.root, "check", "--leaks").out.startswith(f"{site(tide)}: nothing wrong\n")
    assert run("--archive", tide.root, "check").status == 0
    assert tree(tide.root / "content/articles").keys() == {
        "2022/03/18-ice-in-the-harbour.md",
        "2022/03/18-pilots-vote-in-secret.md",
    }


def test_the_notice(tide: TryOut, run: Run) -> None:
    run(
        "--archive",
        tide.root,
        "withhold",
        ID,
        "--reason",
        "Asked for by <a> pilot",
        "--since",
        "2026-02-01",
        "--until",
        "2999-01-31",
    )
    run("--archive", tide.root, "build")
    main = page(tide, ADDRESS).partition('<main id="content" tabindex="-1">\n')[2].partition("</main>")[0]
    assert main == (
        '<header class="title">\n'
        "<h1>Withheld</h1>\n"
        '<p class="standfirst">An article stood here. It is withheld for the time being or for good; the archive shows nothing of it.</p>\n'
        "</header>\n"
        '<dl class="facts">\n'
        '<div><dt>Reason</dt><dd dir="auto">Asked for by &lt;a&gt; pilot</dd></div>\n'
        '<div><dt>Since</dt><dd><time datetime="2026-02-01">February 1, 2026</time></dd></div>\n'
        '<div><dt>Until</dt><dd><time datetime="2999-01-31">January 31, 2999</time></dd></div>\n'
        "</dl>\n"
        '<p><a href="../../../index.html">To the front page of Tide archive</a></p>\n'
    )
    assert '<meta name="robots" content="noindex">' in page(tide, ADDRESS)
    others = "".join(
        body.decode("utf-8", "replace") for name, body in tree(site(tide)).items() if name != f"{ADDRESS}.html"
    )
    assert "pilots-vote" not in others  # nothing leads there


def test_before_the_next_build_the_check_finds_what_is_still_there(tide: TryOut, run: Run) -> None:
    run("--archive", tide.root, "withhold", ID)
    found = run("--archive", tide.root, "check", "--leaks", "--json")
    assert found.status == 1
    places = {one["where"] for one in json.loads(found.out)["findings"]}
    assert {f"{ADDRESS}.html", "index.html", "feed.xml", "feed.json", MEDIUM, "people/mara-quill/index.html"} <= places
    assert "closed doors" not in found.out + found.err


def test_lifting_it_gives_the_very_site_that_was_there(tide: TryOut, run: Run) -> None:
    def pages() -> dict[str, bytes]:  # all but the seal, which only ever grows
        return {name: body for name, body in tree(site(tide)).items() if not name.startswith("data/")}

    before = pages()
    run("--archive", tide.root, "withhold", ID)
    tide.build()
    assert pages() != before
    assert run("--archive", tide.root, "withhold", ID, "--lift").status == 0
    tide.build()
    assert pages() == before


@pytest.mark.parametrize(
    "name", [ID, "https://www.tide.example/pilots/", "content/articles/2022/03/18-pilots-vote-in-secret.md", ADDRESS]
)
def test_an_article_is_named_by_id_address_or_file(
    tide: TryOut, run: Run, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tide.root)
    assert run("withhold", name).status == 0
    assert list(read_withheld(tide.settings.content)) == [ID]


def test_an_article_that_is_not_there_cannot_be_withheld(tide: TryOut, run: Run) -> None:
    said = run("--archive", tide.root, "withhold", "0000000000000000")
    assert (said.status, "no article has this id" in said.err) == (2, True)
    assert read_withheld(tide.settings.content) == {}


def test_an_entry_about_nothing_is_told(tide: TryOut) -> None:
    (tide.root / "content/withheld.toml").write_text('[4f0c]\nreason = "a slip"\n', "utf-8")
    assert [one.code for one in tide.build().findings] == ["withheld-unknown"]


def test_a_ledger_that_cannot_be_read_stops_the_build(tide: TryOut, run: Run) -> None:
    (tide.root / "content/withheld.toml").write_text("[4f0c\n", "utf-8")
    said = run("--archive", tide.root, "build")
    assert (said.status, "content/withheld.toml" in said.err) == (2, True)


def test_an_embargo_ends_on_its_day(tide: TryOut, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("--archive", tide.root, "withhold", ID, "--until", "2026-11-01")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793404800")  # the last day of October
    run("--archive", tide.root, "build")
    assert "Withheld" in page(tide, ADDRESS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    run("--archive", tide.root, "build")
    assert PILOTS.headline in page(tide, ADDRESS)


def test_words_alone_are_blacked_out_on_every_page(tide: TryOut, run: Run) -> None:
    run("--archive", tide.root, "withhold", ID, "--redact", "Mara Quill", "--redact", "closed doors")
    built = run("--archive", tide.root, "build")
    assert "blacked out texts" in built.err
    text = page(tide, ADDRESS)
    assert "Behind ██ the pilots" in text
    assert "Words that may not be shown are blacked out" in text
    assert b"Mara Quill" not in b"".join(tree(site(tide)).values())
    assert b"closed doors" not in b"".join(tree(site(tide)).values())  # nor where another article's list quotes them
    assert run("--archive", tide.root, "check", "--leaks").status == 0


def test_personal_data_are_blacked_out_on_request_and_told(archive: TryOut, run: Run) -> None:
    put(
        archive,
        replace(ICE, body="The ice came overnight. Ring (212) 555-0142 or write to ice@harbour.example for boats."),
    )
    with (archive.root / "archive.toml").open("a") as settings:
        settings.write('redact = ["phones", "emails"]\n')
    built = run("--archive", archive.root, "build")
    assert "blacked out emails: 1, phones: 1 [redacted]" in built.err
    assert "Ring ██ or write to ██ for boats." in page(archive, "2022/03/18/ice-in-the-harbour")
    assert run("--archive", archive.root, "check", "--leaks").status == 0


@pytest.mark.parametrize(("show", "words"), [("excerpt", "Only an excerpt"), ("link", "only the link")])
def test_rights_leave_an_excerpt_or_a_link(archive: TryOut, run: Run, show: str, words: str) -> None:
    article = replace(PILOTS, outlet="tide.example", captured=Moment.parse("2025-06-01"))
    put(archive, article)
    with (archive.root / "archive.toml").open("a") as settings:
        settings.write(f'[outlets."tide.example"]\nshow = "{show}"\n')
    run("--archive", archive.root, "build")
    text = page(archive, ADDRESS)
    assert words in text
    assert 'href="https://web.archive.org/web/20250601/https://tide.example/pilots"' in text
    everything = b"".join(tree(site(archive)).values())
    assert b"agreed to stay ashore" not in everything
    assert b"through the wall" not in everything
    assert (b"behind the doors" in everything) is (show == "excerpt")
    assert run("--archive", archive.root, "check", "--leaks").status == 0


def test_a_word_that_rights_do_not_know_shows_the_link_alone(tide: TryOut, run: Run) -> None:
    file = tide.root / "content/articles/2022/03/18-pilots-vote-in-secret.md"
    file.write_text(file.read_text("utf-8").replace("---\n", '---\nshow: "exerpt"\n', 1), "utf-8")
    built = run("--archive", tide.root, "build")
    assert "[article-field-invalid]" in built.err
    assert "agreed to stay ashore" not in page(tide, ADDRESS)


# ---- what comes in later, and what goes for good -----------------------------------------------------------------------

SAVED = Sample()
AGAIN = replace(
    SAVED,
    paragraphs=(
        FERRY[0],
        "It rained on the quay all morning, and the mayor spoke for an hour under a borrowed umbrella that a gust took away.",
        "Nobody was hurt when the band's drum rolled into the dock; a diver brought it back before the second speech was over.",
    ),
)


def test_another_capture_or_version_of_a_withheld_page_is_withheld_as_it_comes_in(archive: TryOut, run: Run) -> None:
    archive.add(archive.save("ferry.html", SAVED))
    run("--archive", archive.root, "withhold", SAVED.url, "--reason", "Asked for")
    archive.save("again.html", AGAIN)
    (archive.root / "content/saved/again.html").write_text(AGAIN.html, "utf-8")
    run("--archive", archive.root, "build")
    assert len(archive.articles()) == 2
    assert b"eighteen months" not in b"".join(tree(site(archive)).values())
    assert b"It rained" not in b"".join(tree(site(archive)).values())
    assert run("--archive", archive.root, "check", "--leaks").status == 0


def test_the_page_itself_is_shown_of_none_that_is_not_shown_whole(archive: TryOut, run: Run) -> None:
    lists = f'<div class="related"><h3>Related</h3><ul><li><a href="{SAVED.url}">{SAVED.headline}</a></li></ul></div>'
    fog = Sample("Fog on the bar", url="https://www.ledger.example/fog/", paragraphs=AGAIN.paragraphs[1:] * 2)
    archive.add(archive.save("ferry.html", SAVED))
    archive.add(archive.save("fog.html", fog.html.replace("<footer>", f"{lists}<footer>")))
    with (archive.root / "archive.toml").open("a") as settings:
        settings.write('snapshots = "inert"\n')
    archive.build()
    assert len([name for name in tree(site(archive) / "snapshots") if name.endswith(".captured.html")]) == 2
    run("--archive", archive.root, "withhold", SAVED.url, "--reason", "Asked for")
    built = run("--archive", archive.root, "build")
    assert "the page names what is withheld: its text alone is shown" in built.err
    left = {name: body.decode() for name, body in tree(site(archive) / "snapshots").items()}
    assert [name for name in left if name.endswith(".captured.html")] == ["2022/03/18/fog-on-the-bar.captured.html"]
    assert "It rained" in "".join(left.values())
    assert SAVED.headline not in "".join(left.values())
    assert run("--archive", archive.root, "check", "--leaks").status == 0


def test_a_purge_removes_text_and_original_for_good_and_keeps_their_digests(archive: TryOut, run: Run) -> None:
    archive.add(archive.save("ferry.html", SAVED))
    archive.add(
        archive.save(
            "other.html", Sample("Fog on the bar", url="https://www.ledger.example/fog/", paragraphs=FERRY[::-1])
        )
    )
    archive.build()
    held = tree(archive.root / "content")
    done = run("--archive", archive.root, "withhold", SAVED.url, "--reason", "Court order", "--purge", "--yes")
    assert done.status == 0
    gone = held.keys() - tree(archive.root / "content").keys()
    assert gone == {"saved/ferry.html", "articles/2022/03/18-night-ferry-sails-again-from-friday.md"}
    (entry,) = read_withheld(archive.settings.content).values()
    assert set(entry.purged) == {f"{sha256(held[name]).hexdigest()}  content/{name}" for name in gone}
    for _ in range(2):  # and it does not come back
        archive.add(archive.save("ferry.html", SAVED))
        run("--archive", archive.root, "build")
        assert len(archive.articles()) == 1
        assert not (archive.root / "content/saved/ferry.html").exists()
        assert "Court order" in page(archive, "2022/03/18/night-ferry-sails-again-from-friday")


def test_a_purge_asks_first(tide: TryOut, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    before = tree(tide.root / "content")
    asked = run("--archive", tide.root, "withhold", ID, "--purge")
    assert asked.status == 130
    assert f"remove content/{MEDIUM}" in asked.err
    assert tree(tide.root / "content") == before


def test_what_other_articles_need_stays_and_is_told(tide: TryOut, run: Run) -> None:
    put(tide, replace(ICE, id="6f0c1d2e3a5b6978", headline="Ice again", pictures=(Picture(MEDIUM),)))
    done = run("--archive", tide.root, "withhold", ID, "--purge", "--yes")
    assert (tide.root / "content" / MEDIUM).exists()
    assert f"content/{MEDIUM}: kept" in done.err


def test_the_list_says_what_is_withheld_and_what_is_over(tide: TryOut, run: Run) -> None:
    run(
        "--archive",
        tide.root,
        "withhold",
        ID,
        "--reason",
        "Asked for",
        "--since",
        "2020-01-01",
        "--until",
        "2021-01-01",
    )
    assert run("--archive", tide.root, "withhold", "list").out == (
        f"{ID}: withheld since 2020-01-01 until 2021-01-01; over: it is shown again ({ADDRESS}) Asked for\n"
        "1 in content/withheld.toml\n"
    )
    assert json.loads(run("--archive", tide.root, "withhold", "list", "--json").out)["withheld"][0]["id"] == ID


def test_with_no_page_the_address_leads_nowhere(tide: TryOut, run: Run) -> None:
    run("--archive", tide.root, "withhold", ID, "--no-page")
    run("--archive", tide.root, "build")
    assert not (site(tide) / f"{ADDRESS}.html").exists()


def test_in_a_git_repository_it_is_said_what_withholding_cannot_do(tide: TryOut, run: Run) -> None:
    (tide.root / ".git").mkdir()
    assert "git repository" in run("--archive", tide.root, "withhold", ID).err


@pytest.mark.parametrize(
    "words",
    [
        ["--until", "soon"],
        ["--since", "1"],
        ["--redact", " "],
        ["--purge", "--redact", "x"],
        ["--purge", "--until", "2030-01-01"],
    ],
)
def test_what_cannot_be_meant_is_refused(tide: TryOut, run: Run, words: list[str]) -> None:
    assert run("--archive", tide.root, "withhold", ID, *words).status == 2
    assert read_withheld(tide.settings.content) == {}
