"""Saved pages in: originals kept, articles made, nothing twice, nothing lost."""

from dataclasses import replace

import pytest

from generator import content, pipeline
from generator.content import frontmatter
from tests.samples import FERRY, Sample, TryOut


def test_a_saved_page_becomes_an_article_and_its_original_is_kept(archive: TryOut) -> None:
    page = archive.save("ferry.html", Sample())
    report = archive.add(page)
    assert report.verdicts == {"added": 1}
    assert archive.articles() == ["2022/03/18-night-ferry-sails-again-from-friday.md"]
    assert (archive.root / "content/saved/ferry.html").read_bytes() == page.read_bytes()
    article = content.read_article(archive.settings.content, f"articles/{archive.articles()[0]}").article
    assert article is not None
    assert article.headline == "Night ferry sails again from Friday"
    assert str(article.published) == "2022-03-18T06:00:00-04:00"
    assert article.section == "Harbour"
    assert article.tags == ("ferry", "harbour")
    assert article.byline == ("Jane Roe",)
    assert article.publisher == "The Ledger"
    assert article.url == "https://www.ledger.example/2022/03/18/night-ferry/"
    assert article.body.split("\n\n") == list(FERRY)


def test_adding_the_same_file_again_changes_nothing(archive: TryOut) -> None:
    page = archive.save("ferry.html", Sample())
    archive.add(page)
    before = sorted((file, file.stat().st_mtime_ns) for file in (archive.root / "content").rglob("*"))
    assert archive.add(page).verdicts == {"known": 1}
    assert sorted((file, file.stat().st_mtime_ns) for file in (archive.root / "content").rglob("*")) == before


def test_the_same_text_saved_twice_is_one_article_with_two_captures(archive: TryOut) -> None:
    first = archive.save("one.html", Sample())
    second = archive.save("two.html", replace(Sample(), head="<!-- saved another day -->"))
    assert archive.add(first, second).verdicts == {"added": 1, "joined": 1}
    held = content.read_article(archive.settings.content, f"articles/{archive.articles()[0]}")
    assert held.article is not None
    assert [capture.file for capture in held.article.captures] == ["saved/one.html", "saved/two.html"]
    assert held.intact


def test_another_text_at_the_same_address_is_another_version(archive: TryOut) -> None:
    changed = replace(
        Sample(),
        paragraphs=(
            *FERRY[:-1],
            "The trial crossing has been put off until the wind drops, the council said on Thursday night.",
        ),
    )
    report = archive.add(archive.save("one.html", Sample()), archive.save("two.html", changed))
    assert report.verdicts == {"added": 1, "version": 1}
    assert len(archive.articles()) == 2


def test_a_capture_never_changes_an_article_that_a_person_edited(archive: TryOut) -> None:
    archive.add(archive.save("one.html", Sample()))
    file = archive.root / "content/articles" / archive.articles()[0]
    edited = file.read_text("utf-8").replace("fourteen minutes", "fifteen minutes")
    file.write_text(edited, "utf-8")
    report = archive.add(archive.save("two.html", replace(Sample(), head="<!-- saved another day -->")))
    assert report.verdicts == {"edited": 1}
    assert file.read_text("utf-8") == edited
    assert (archive.root / "content/saved/two.html").exists()


def test_bad_files_are_findings_and_the_good_ones_go_on(archive: TryOut) -> None:
    heap = archive.save("good.html", Sample()).parent
    archive.save("empty.html", b"")
    archive.save("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    archive.save(
        "silent.html", "<!DOCTYPE html><html><head><title>Nothing</title></head><body><img src=x.png></body></html>"
    )
    report = archive.add(heap)
    assert report.verdicts["added"] == 1
    assert {(finding.where, finding.code) for finding in report.findings if finding.severity == "error"} == {
        ("empty.html", "empty-file"), ("picture.html", "not-a-page"), ("silent.html", "no-body"),
    }  # fmt: skip


def test_a_folder_without_pages_says_so(archive: TryOut) -> None:
    empty = archive.root.parent / "nothing"
    empty.mkdir()
    assert [finding.code for finding in archive.add(empty).findings] == ["no-pages"]


def test_reading_in_parallel_gives_the_same_archive(archive: TryOut, tmp_path: object) -> None:
    heap = archive.root.parent / "heap"
    for number in range(30):
        archive.save(
            f"{number:02}.html",
            replace(Sample(), headline=f"Ferry report number {number}", url=f"https://www.ledger.example/{number}"),
        )
    archive.add(heap)
    serial = {name: (archive.root / "content/articles" / name).read_bytes() for name in archive.articles()}
    import shutil

    shutil.rmtree(archive.root / "content")
    shutil.rmtree(archive.root / ".backfile")
    archive.add(heap, workers=2)
    assert {name: (archive.root / "content/articles" / name).read_bytes() for name in archive.articles()} == serial
    assert len(serial) == 30


def test_a_page_whose_reading_is_stopped_costs_that_page_alone(
    archive: TryOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopping(function, items, /, lost):
        for item in items:
            yield lost(item, "it takes more than 20 seconds") if "heavy" in item[0].name else function(item)

    monkeypatch.setattr(pipeline, "mapper", lambda *_: stopping)
    heap = [archive.save("ferry.html", Sample()), archive.save("heavy.html", "<p>Endless."), archive.save("a.html", "")]
    report = archive.add(*heap)
    assert report.verdicts == {"added": 1, "nothing": 2}
    assert "heavy.html: error: it takes more than 20 seconds; it was left [reading-stopped]" in map(
        str, report.findings
    )


def test_an_outlets_profile_is_read_once_for_each_new_page(archive: TryOut, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.add(archive.save("ferry.html", Sample()))
    read: list[str] = []
    load = frontmatter.load

    def seen(sheet: str) -> frontmatter.Sheet:
        read.extend(line for line in sheet.splitlines() if line.startswith("key: "))
        return load(sheet)

    monkeypatch.setattr(frontmatter, "load", seen)
    archive.add(archive.save("two.html", Sample(headline="Market moves to the quay", url="https://ledger.example/b")))
    assert read == ['key: "ledger.example"']
