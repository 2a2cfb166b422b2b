"""The command as a person meets it: what it says, and its exit status."""

import json
from pathlib import Path

import pytest

from generator.cli import cli
from tests.samples import Run, Sample, TryOut


def test_help_shows_every_command_with_an_example(run: Run) -> None:
    assert run("--help").status == 0
    for name in cli.commands:
        said = run(name, "--help")
        assert said.status == 0
        assert f"backfile {name}" in said.out.split("Examples:")[1]


def test_init_add_build_check_from_nothing(run: Run, archive: TryOut, tmp_path: Path) -> None:
    page = archive.save("ferry.html", Sample())
    folder = tmp_path / "mine"
    assert run("init", folder).status == 0
    added = run("--archive", folder, "add", page)
    assert (added.status, added.err) == (0, "")
    assert "1 capture read: 1 new article. The archive holds 1 article." in added.out
    built = run("--archive", folder, "build")
    assert built.status == 0
    assert "Open" in built.out
    assert (folder / "site/index.html").is_file()
    checked = run("--archive", folder, "check")
    assert (checked.status, checked.err) == (0, "")
    assert "nothing wrong" in checked.out


def test_the_nearest_archive_above_is_used(run: Run, archive: TryOut, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = archive.root / "content"
    inside.mkdir()
    monkeypatch.chdir(inside)
    assert run("build").status == 0
    assert (archive.root / "site/index.html").is_file()


def test_outside_an_archive_the_message_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("build")
    assert said.status == 2
    assert said.err.startswith("backfile: no archive.toml here or in any folder above\nhint: ")
    assert said.out == ""


def test_a_misspelt_setting_stops_with_a_suggestion(run: Run, archive: TryOut) -> None:
    (archive.root / "archive.toml").write_text('titel = "x"\n')
    said = run("--archive", archive.root, "build")
    assert (said.status, said.err) == (
        2,
        "backfile: archive.toml: unknown setting 'titel'\nhint: did you mean 'title'?\n",
    )


def test_wrong_usage_has_status_two(run: Run) -> None:
    assert run("bild").status == 2
    assert run("add").status == 2
    assert run("build", "--workers", "many").status == 2


def test_bad_files_are_named_on_standard_error_with_status_one(run: Run, archive: TryOut) -> None:
    said = run("--archive", archive.root, "add", archive.save("empty.html", b""), archive.save("good.html", Sample()))
    assert said.status == 1
    assert said.err == "empty.html: error: the file is empty [empty-file]\n"
    assert "1 new article" in said.out


def test_a_path_that_does_not_exist_is_named(run: Run, archive: TryOut) -> None:
    said = run("--archive", archive.root, "add", "no-such-page.html")
    assert said.status == 1
    assert "no-such-page.html" in said.err


def test_warnings_count_only_when_asked(run: Run, archive: TryOut) -> None:
    undated = Sample(published="", url="https://www.ledger.example/ferry")
    archive.add(archive.save("undated.html", undated))
    page = archive.save(
        "undated2.html",
        Sample(headline="Another story of the quay", published="", url="https://www.ledger.example/two"),
    )
    assert run("--archive", archive.root, "add", page, "--strict").status == 1
    assert run("--archive", archive.root, "build").status == 0


def test_json_is_one_object_and_nothing_else(run: Run, archive: TryOut) -> None:
    run("--archive", archive.root, "add", archive.save("ferry.html", Sample()))
    said = run("--archive", archive.root, "build", "--json")
    report = json.loads(said.out)
    assert (report["articles"], report["findings"], said.err) == (1, [], "")
    assert report["written"] == report["pages"]


def test_what_a_person_states_is_believed(run: Run, archive: TryOut) -> None:
    page = archive.save("bare.html", Sample(url="").html)
    stated = ("--url", "https://www.ledger.example/stated", "--captured", "2022-04-01")
    assert run("--archive", archive.root, "add", page, *stated).status == 0
    written = (archive.root / "content/articles" / archive.articles()[0]).read_text("utf-8")
    assert 'url: "https://www.ledger.example/stated"' in written
    assert 'captured: "2022-04-01"' in written


@pytest.mark.parametrize(
    ("option", "value"), [("--url", "ledger.example"), ("--url", "javascript:alert(1)"), ("--captured", "yesterday")]
)
def test_what_cannot_be_meant_is_refused(run: Run, archive: TryOut, option: str, value: str) -> None:
    said = run("--archive", archive.root, "add", archive.save("ferry.html", Sample()), option, value)
    assert said.status == 2
    assert option in said.err


def test_explain_says_what_became_of_each_page(run: Run, archive: TryOut) -> None:
    page = archive.save("ferry.html", Sample())
    said = run("--archive", archive.root, "add", page, "--explain")
    assert "ferry.html: new article -> content/articles/2022/03/18-night-ferry-sails-again-from-friday.md" in said.out
    assert "ferry.html: known already" in run("--archive", archive.root, "add", page, "--explain").out


def test_quiet_leaves_only_findings(run: Run, archive: TryOut) -> None:
    said = run("--archive", archive.root, "add", archive.save("ferry.html", Sample()), "--quiet")
    assert (said.out, said.err) == ("", "")


def test_extract_prints_one_object_a_capture_and_writes_nothing(run: Run, archive: TryOut) -> None:
    heap = archive.save("ferry.html", Sample()).parent
    archive.save("notes.txt", "Night ferry sails again\n\nThe night ferry sails again from Friday, the council said.\n")
    said = run("extract", heap, "--jsonl")
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert [row["path"] for row in rows] == ["ferry.html", "notes.txt"]
    assert rows[0]["headline"] == "Night ferry sails again from Friday"
    assert archive.articles() == []


def test_extract_shows_people_the_evidence(run: Run, archive: TryOut) -> None:
    said = run("extract", archive.save("ferry.html", Sample()))
    assert "headline:    Night ferry sails again from Friday\n      * 0.9" in said.out
    assert "\n      = 0." in said.out  # what says the same
    assert "\n      x 0.30 url:host: ledger.example" in said.out
    assert "meta:article:published_time" in said.out


def test_check_needs_a_site(run: Run, archive: TryOut) -> None:
    said = run("--archive", archive.root, "check")
    assert said.status == 2
    assert "no site of Backfile's lies there" in said.err


def test_clean_removes_what_can_be_made_again_and_nothing_else(run: Run, archive: TryOut) -> None:
    archive.add(archive.save("ferry.html", Sample()))
    archive.build()
    assert run("--archive", archive.root, "clean").status == 0
    assert sorted(file.name for file in archive.root.iterdir()) == ["archive.toml", "content"]
    assert len(archive.articles()) == 1


def test_a_site_with_somebody_elses_files_is_refused(run: Run, archive: TryOut) -> None:
    (archive.root / "site").mkdir()
    (archive.root / "site/thesis.doc").write_text("years of work")
    said = run("--archive", archive.root, "build")
    assert said.status == 2
    assert "files that Backfile did not make" in said.err
