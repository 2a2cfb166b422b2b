"""Content in, site out: the same bytes from nothing or from a cache, and no more work than there is."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator import pipeline
from generator.check import check
from generator.errors import OutputError, TemplateError
from generator.output import Output, looking
from tests.samples import FERRY, Run, Sample, TryOut, tree

DAYS = ("2019-11-08", "2022-03-18", "2022-03-18", "2023-04-23", "2024-10-12", "2025-03-18", "2025-06-08")


def stocked(archive: TryOut) -> TryOut:
    """The archive with seven articles of seven years, so that lists have more than one page."""
    for number, day in enumerate(DAYS):
        archive.add(archive.save(f"{number}.html", sample(number, day)))
    return archive


def sample(number: int, day: str) -> Sample:
    return replace(
        Sample(), headline=f"Harbour story {number}", published=f"{day}T10:{number:02}:00+01:00",
        url=f"https://www.ledger.example/{number}", paragraphs=(f"Story number {number} begins at the quay. {FERRY[0]}", *FERRY[1:]),
    )  # fmt: skip


def test_what_lies_in_saved_is_taken_in_first(archive: TryOut) -> None:
    saved = archive.root / "content/saved/ferry.html"
    saved.parent.mkdir(parents=True)
    saved.write_text(Sample().html, "utf-8")
    report = archive.build()
    assert report.verdicts == {"added": 1}
    assert (archive.root / "site/2022/03/18/night-ferry-sails-again-from-friday.html").exists()


def test_an_unchanged_archive_is_built_without_writing_or_rendering(archive: TryOut) -> None:
    stocked(archive).build()
    published = archive.build().published
    assert published is not None
    assert (published.rendered, published.written, published.removed) == (0, 0, 0)


def test_building_from_nothing_gives_the_same_bytes(archive: TryOut) -> None:
    stocked(archive).build()
    before = tree(archive.root / "site")
    shutil.rmtree(archive.root / "site")
    shutil.rmtree(archive.root / ".backfile")
    archive.build(workers=2)
    assert tree(archive.root / "site") == before


def test_growing_step_by_step_gives_the_same_bytes_as_all_at_once(archive: TryOut) -> None:
    for number, day in enumerate(DAYS):
        archive.add(archive.save(f"{number}.html", sample(number, day)))
        archive.build()
    assert tree(archive.root / "site") == built_elsewhere(archive)


def built_elsewhere(archive: TryOut) -> dict[str, bytes]:
    """The site as a fresh build into another folder makes it."""
    elsewhere = archive.root.parent / "elsewhere"
    kept = archive.root / ".backfile"
    aside = kept.rename(kept.with_name(".aside"))
    archive.build(elsewhere)
    shutil.rmtree(kept)
    aside.rename(kept)
    return tree(elsewhere)


def test_a_page_of_a_list_that_is_full_never_changes_again(archive: TryOut) -> None:
    stocked(archive).build()
    before = tree(archive.root / "site")
    archive.add(archive.save("new.html", sample(99, "2025-11-01")))
    archive.build()
    after = tree(archive.root / "site")
    changed = {path for path, data in before.items() if after.get(path) != data}
    assert "sections/harbour/page-2022.html" in before
    assert not {path for path in changed if path.rpartition("/")[2].startswith("page-")}
    # of all stories the page of the one before it in its section alone, which now has one after it
    assert {path for path in changed if path.endswith(".html") and "/index" not in f"/{path}"} == {
        "2025/06/08/harbour-story-6.html"
    }


def test_an_edited_article_is_shown_as_edited_and_only_what_shows_it_changes(archive: TryOut) -> None:
    stocked(archive).build()
    before = tree(archive.root / "site")
    file = archive.root / "content/articles" / archive.articles()[0]
    file.write_text(file.read_text("utf-8").replace("wider ramp", "narrow ramp"), "utf-8")
    archive.build()
    after = tree(archive.root / "site")
    assert [path for path in after if after[path] != before.get(path)] == [
        "2019/11/08/harbour-story-0.html",
        "data/seal/articles/2019/11/08.json",
    ]
    assert b"narrow ramp" in after["2019/11/08/harbour-story-0.html"]


def test_a_deleted_article_leaves_no_page(archive: TryOut) -> None:
    stocked(archive).build()
    (archive.root / "content/articles" / archive.articles()[0]).unlink()
    (archive.root / "content/saved/0.html").unlink()
    archive.build()
    site = archive.root / "site"
    assert not (site / "2019").exists()
    assert not [path for path, data in tree(site).items() if b"harbour-story-0" in data]


def test_an_article_deleted_without_its_original_is_made_anew(archive: TryOut) -> None:
    stocked(archive).build()
    before = archive.articles()
    (archive.root / "content/articles" / before[0]).unlink()
    assert archive.build().verdicts == {"added": 1}
    assert archive.articles() == before


def test_another_zone_gives_the_site_that_a_fresh_build_gives(archive: TryOut) -> None:
    stocked(archive).build()
    file = archive.root / "content/articles/2025/03/18-bare.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('---\nheadline: "Bare"\npublished: "2025-03-18T10:30"\n---\nWords.\n', "utf-8")
    archive.build()
    (archive.root / "archive.toml").write_text(
        'title = "Tide archive"\nlanguage = "en"\npage_size = 5\nzone = "+09:00"\n'
    )
    archive.build()
    assert tree(archive.root / "site") == built_elsewhere(archive)


def test_lists_around_new_year_in_two_zones_are_built(archive: TryOut) -> None:
    for number, at in enumerate(["2024-12-31T20:00:00-05:00"] * 4 + ["2025-01-01T07:00:00+08:00"] * 8):
        archive.add(archive.save(f"{number}.html", replace(sample(number, "2024-12-31"), published=at)))
    report = archive.build()
    assert report.findings == ()
    assert tree(archive.root / "site") == built_elsewhere(archive)


@pytest.mark.parametrize("name", ["12-angry-men.md", "旧闻/12-x.md", "a/b/c/d/12-x.md", "2025/03/18-page-2025-1.md"])
def test_a_file_of_any_name_in_articles_lands_inside_the_site(archive: TryOut, name: str) -> None:
    file = archive.root / "content/articles" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("---\nheadline: Twelve boats\n---\nAll boats are in.\n", "utf-8")
    assert archive.build().findings == ()
    pages = [
        path
        for path, data in tree(archive.root / "site").items()
        if b"All boats are in." in data and b"<h1>Twelve boats" in data
    ]
    assert len(pages) == 1


@pytest.mark.parametrize(
    "line",
    [
        *(
            'tags: ["", "harbour"]',
            'byline: ["\\u0000"]',
            "views: 1e999",
            f"views: {'9' * 60}",
            "source: null",
            "headlin: Ferry",
        ),
        *(
            'published: "9999-12-31T23:59:59-08:00"',
            'published: "0001-01-01"',
            'published: "0999-06-01"',
            "modified: ~",
        ),
    ],
)
def test_no_value_that_a_person_writes_stops_the_build(archive: TryOut, line: str) -> None:
    file = archive.root / "content/articles/x.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\nheadline: Ferry\n{line}\n---\nAll boats are in.\n", "utf-8")
    assert archive.build().articles == 1
    assert check(archive.root / "site") == ()


def test_two_pages_for_one_address_are_a_finding_and_the_first_is_shown(archive: TryOut) -> None:
    folder = archive.root / "content/pages"
    folder.mkdir(parents=True)
    (folder / "关于.md").write_text('---\ntitle: "One"\n---\n', "utf-8")
    (folder / "guan-yu.md").write_text('---\ntitle: "Two"\n---\n', "utf-8")
    assert [finding.code for finding in archive.build().findings] == ["id-duplicate"]


@pytest.mark.parametrize("place", ["content/media", "content/saved/out", "templates", ".", ".backfile/site"])
def test_the_site_cannot_lie_in_what_it_is_made_from(archive: TryOut, place: str) -> None:
    with pytest.raises(OutputError, match="cannot lie in or around"):
        archive.build(archive.root / place)


def test_a_story_seen_around_another_leads_to_its_page_once_it_is_held(archive: TryOut) -> None:
    other = replace(
        Sample(),
        headline="Market tells of its first year",
        url="https://www.ledger.example/market",
        published="2021-01-01",
    )
    listed = {
        other.url: other.headline,
        "/pier": "Pier closed for repairs until May",
        "/gulls": "Gulls nest on the customs house",
    }
    stories = "".join(f'<li><a href="{url}">{headline}</a></li>' for url, headline in listed.items())
    around = f"<aside><h2>Most read</h2><ol>{stories}</ol></aside>"
    first = Sample().html.replace("<footer>", around + "<footer>")
    archive.add(archive.save("ferry.html", first))
    archive.build()
    page = archive.root / "site/2022/03/18/night-ferry-sails-again-from-friday.html"
    assert "market-tells-of-its-first-year.html" not in page.read_text("utf-8")
    archive.add(archive.save("market.html", other))
    archive.build()
    assert "../../../2021/01/01/market-tells-of-its-first-year.html" in page.read_text("utf-8")


def test_a_file_deleted_from_the_site_comes_back(archive: TryOut) -> None:
    stocked(archive).build()
    page = archive.root / "site/index.html"
    before = page.read_bytes()
    page.unlink()
    (archive.root / "site/CNAME").write_text("archive.example")
    report = archive.build()
    assert report.published is not None
    assert (report.published.written, report.published.removed) == (1, 0)
    assert [(finding.code, finding.where) for finding in report.findings] == [("site-stranger", "site/CNAME")]
    assert page.read_bytes() == before


def test_a_large_site_is_looked_through_beside_with_the_same_result(
    archive: TryOut, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    stocked(archive).build()
    before = tree(archive.root / "site")
    monkeypatch.setattr("generator.catalogue.opening.LARGE_BYTES", 0)
    assert ": 0 written, 0 removed" in run("--archive", archive.root, "build").out
    (archive.root / "site/index.html").write_text("changed by hand", "utf-8")
    (archive.root / "site/dates/index.html").unlink()
    assert ": 2 written, 0 removed" in run("--archive", archive.root, "build").out
    assert tree(archive.root / "site") == before


def test_who_looks_through_a_site_is_ended_with_a_build_that_fails(archive: TryOut) -> None:
    (archive.root / "site").mkdir()
    (archive.root / "site/mine.txt").write_text("mine", "utf-8")
    with looking(archive.settings.site) as looked, pytest.raises(OutputError, match="Backfile did not make"):
        pipeline.build(archive.settings, None, 0, pipeline.Quiet(), looked=looked)


def test_a_build_that_broke_off_is_finished_by_the_next(archive: TryOut, monkeypatch: pytest.MonkeyPatch) -> None:
    stocked(archive)
    whole = built_elsewhere(archive)
    write = Output.write
    calls = iter(range(1000))

    def failing(output: Output, path: str, data: bytes) -> tuple[bool, str]:
        if next(calls) > 20:
            raise KeyboardInterrupt
        return write(output, path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Output, "write", failing)
        with pytest.raises(KeyboardInterrupt):
            archive.build()
    assert 0 < len(tree(archive.root / "site")) < len(whole)
    archive.build()
    assert tree(archive.root / "site") == whole


def test_an_error_in_a_template_names_the_template_and_the_line(archive: TryOut) -> None:
    (archive.root / "templates").mkdir()
    (archive.root / "templates/article.html").write_text(
        '{% extends "base/article.html" %}\n{% block main %}\n{{ artikel.headline }}\n{% endblock %}\n'
    )
    archive.add(archive.save("ferry.html", Sample()))
    with pytest.raises(TemplateError, match=r"templates/article\.html:3: .*artikel"):
        archive.build()


def test_an_overridden_template_changes_the_pages_that_use_it_and_no_others(archive: TryOut) -> None:
    stocked(archive).build()
    before = tree(archive.root / "site")
    (archive.root / "templates").mkdir()
    (archive.root / "templates/article.html").write_text(
        '{% extends "base/article.html" %}\n{% block main %}<p>Ours</p>{{ super() }}{% endblock %}\n'
    )
    archive.build()
    after = tree(archive.root / "site")
    changed = {path for path in after if after[path] != before.get(path) and not path.startswith("data/seal/")}
    assert len(changed) == len(DAYS)
    assert all(b"<p>Ours</p>" in after[path] for path in changed)


def test_versions_of_one_page_are_listed_once_and_linked(archive: TryOut) -> None:
    stamp = "<!-- saved from url=(0050)https://www.ledger.example/2022/03/18/night-ferry/ -->"
    changed = replace(
        Sample(),
        paragraphs=(
            *FERRY[:-1],
            "The trial crossing has been put off until the wind drops, the council said on Thursday.",
        ),
        head=stamp,
    )
    archive.add(archive.save("one.html", Sample()), archive.save("two.html", changed))
    archive.build()
    site = archive.root / "site"
    slug = "night-ferry-sails-again-from-friday"
    day = (site / "2022/03/18/index.html").read_text("utf-8")
    assert len([name for name in (f"{slug}.html", f"{slug}-2.html") if f'/{name}"' in day]) == 1
    assert f"{slug}-2.html" in (site / f"2022/03/18/{slug}.html").read_text("utf-8")


def test_a_version_of_the_past_leads_to_no_list_that_only_it_was_in(archive: TryOut) -> None:
    for number, tag in enumerate(("storm", "ferry")):
        told = (
            *FERRY[:-1],
            f"The council said on {('Monday', 'Thursday')[number]} that it would wait for the wind to drop, after the {tag}.",
        )
        page = replace(Sample(), tags=(tag,), author=f"Jane {tag.title()}", paragraphs=told)
        archive.add(archive.save(f"{number}.html", page))
    archive.build()
    assert not (archive.root / "site/tags/storm").exists()
    assert [one for one in check(archive.root / "site") if one.code == "broken-link"] == []


def test_no_page_holds_the_clock_or_a_path_of_this_machine(archive: TryOut, tmp_path: Path) -> None:
    stocked(archive).build()
    assert not [path for path, data in tree(archive.root / "site").items() if str(tmp_path).encode() in data]


def test_other_code_makes_every_page_anew(archive: TryOut, monkeypatch: pytest.MonkeyPatch) -> None:
    stocked(archive).build()
    monkeypatch.setattr("generator.pages.archive.code", lambda: "another")
    published = archive.build().published
    assert published is not None
    # static files are what they are, whoever copies them; and the seal is that of the same pages
    assert published.pages - published.rendered == sum(
        len(tree(archive.root / "site" / one)) for one in ("static", "data")
    )
    assert published.written == 0


# every setting with another value than the archive of these tests has, and what that value needs besides
OTHER = {
    "title": '"Night archive"', "description": '"All of the harbour."', "url": '"https://tide.example/"', "language": '"zh-Hant"',
    "rights": '"Free to read."', "show": '"excerpt"', "redact": '["emails"]', "zone": '"+08:00"', "page_size": "6", "feed_size": "2",
    "feeds": '["tags"]', "seal": "false", "robots": '"index"', "furniture": '"ledger.example"', "blocks": "[]", "snapshots": '"inert"',
    "offline": "true", "thumbnails": '["webp"]', "citations": '["bibtex"]', "qr": 'true\nurl = "https://tide.example/"', "page_seconds": "30",
    "look": '{accent = ["#0b5394", "#9fc5e8"]}', "outlets": '{"ledger.example" = {name = "The Old Ledger"}}',
}  # fmt: skip
BASE = {"title": '"Tide archive"', "language": '"en"', "page_size": "5", "seal": "true"}


def test_a_setting_that_changes_gives_the_site_that_a_fresh_build_gives(archive: TryOut) -> None:
    stocked(archive).build()
    stale = []
    for name, value in OTHER.items():
        for settings in (BASE, BASE | {name: value}):
            lines = [f"{key} = {one}" for key, one in settings.items()]
            (archive.root / "archive.toml").write_text("\n".join(lines), "utf-8")
            archive.build()
        if tree(archive.root / "site") != built_elsewhere(archive):
            stale.append(name)
        shutil.rmtree(archive.root.parent / "elsewhere")
    assert stale == []
    assert set(OTHER) == set(archive.settings.__struct_fields__) - {"root"}


def test_settings_that_show_change_the_site(archive: TryOut) -> None:
    stocked(archive).build()
    (archive.root / "archive.toml").write_text(
        'title = "Night archive"\nlanguage = "zh-Hant"\npage_size = 5\nseal = true\n', "utf-8"
    )
    archive.build()
    front = (archive.root / "site/index.html").read_text("utf-8")
    assert "Night archive" in front
    assert '<html lang="zh-Hant"' in front
