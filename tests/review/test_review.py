"""The least certain fields come first, and what a person wrote is certain."""

from dataclasses import replace

from generator import content, pipeline, review
from generator.extract import EXTRACTOR
from tests.samples import Run, Sample, TryOut


def held(archive: TryOut) -> list[content.ArticleFile]:
    return [content.read_article(archive.settings.content, f"articles/{name}") for name in archive.articles()]


def test_the_worst_comes_first_with_what_was_rejected(archive: TryOut) -> None:
    archive.add(archive.save("ferry.html", Sample()))
    archive.add(archive.save("bare.html", Sample(headline="A bridge without a day", published="", url="", author="")))
    found = review.worst(held(archive), 100)
    assert [one.confidence for one in found] == sorted(one.confidence for one in found)
    assert (found[0].field, found[0].value, found[0].confidence) == ("published", (), 0.0)
    assert found[0].file.endswith("a-bridge-without-a-day.md")
    doubts = {one.field: one for one in found if "night-ferry" in one.file}
    assert doubts["headline"].value == ("Night ferry sails again from Friday",)
    assert review.worst(held(archive), 2) == found[:2]
    assert {one.field for one in review.worst(held(archive), 100, "tags")} == {"tags"}


def test_an_article_that_a_person_edited_is_certain(archive: TryOut) -> None:
    archive.add(archive.save("ferry.html", Sample()))
    file = archive.root / "content/articles" / archive.articles()[0]
    file.write_text(file.read_text("utf-8").replace('section: "Harbour"', 'section: "City"'), "utf-8")
    assert review.worst(held(archive), 100) == []


def test_an_article_written_by_hand_has_nothing_to_doubt(archive: TryOut) -> None:
    file = archive.root / "content/articles/mine.md"
    file.parent.mkdir(parents=True)
    file.write_text('---\nheadline: "Mine"\n---\n\nWords.\n', "utf-8")
    assert review.worst(held(archive), 100) == []


def test_the_command_says_file_field_value_and_evidence(run: Run, archive: TryOut) -> None:
    archive.add(archive.save("ferry.html", Sample()))
    said = run("--archive", archive.root, "review", "--field", "headline")
    assert said.status == 0
    assert f"content/articles/{archive.articles()[0]}" in said.out
    assert "headline: Night ferry sails again from Friday  [" in said.out
    listed = run("--archive", archive.root, "review", "--limit", "1", "--json")
    assert '"confidence"' in listed.out
    wrong = run("--archive", archive.root, "review", "--field", "titel")
    assert (wrong.status, wrong.err.startswith("backfile: --field: no field 'titel'")) == (2, True)


def test_a_name_in_a_corrected_profile_wins_over_what_every_later_page_says(archive: TryOut) -> None:
    archive.add(archive.save("ferry.html", Sample()))
    profile = archive.root / "content/outlets/ledger.example.md"
    profile.write_text(profile.read_text("utf-8").replace('name: "The Ledger"', 'name: "Gannet Ledger"'), "utf-8")
    archive.add(archive.save("two.html", Sample(headline="Market moves to the quay", url="https://ledger.example/b")))
    assert [one.article.publisher for one in held(archive) if one.article] == ["Gannet Ledger", "The Ledger"]
    assert 'name: "Gannet Ledger"' in profile.read_text("utf-8")
    pipeline.refresh(archive.settings, (), 0, pipeline.Quiet(), accept=True)
    assert [one.article.publisher for one in held(archive) if one.article] == ["Gannet Ledger", "Gannet Ledger"]


def test_an_article_says_which_extractor_read_it(archive: TryOut) -> None:
    archive.add(archive.save("ferry.html", Sample()))
    article = held(archive)[0].article
    assert article is not None
    assert article.extractor == EXTRACTOR == replace(article).extractor
