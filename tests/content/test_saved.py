"""Originals, media, profiles and standing pages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import content, text
from generator.errors import ContentError
from generator.model import Link, Outlet, Part


def test_an_original_is_copied_under_its_name_and_stays_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "heap" / "a: page?.html"
    page.parent.mkdir()
    page.write_bytes(b"<p>one")
    assert (
        content.keep_original(tmp_path / "content", page, "heap/a: page?.html", "d" * 64) == "saved/heap/a page .html"
    )
    assert (tmp_path / "content/saved/heap/a page .html").read_bytes() == b"<p>one"


def test_the_same_original_is_kept_once_and_another_of_its_name_beside_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<p>one")
    assert content.keep_original(tmp_path / "content", page, "page.html", "1" * 64) == "saved/page.html"
    assert content.keep_original(tmp_path / "content", page, "page.html", "1" * 64) == "saved/page.html"
    page.write_bytes(b"<p>two")
    assert content.keep_original(tmp_path / "content", page, "page.html", "2" * 64) == "saved/page~22222222.html"
    assert (tmp_path / "content/saved/page.html").read_bytes() == b"<p>one"


def test_a_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<p>one")
    assert content.keep_original(tmp_path / "content", page, "/../../etc/../x.html", "1" * 64) == "saved/etc/x.html"


def test_a_picture_is_kept_once_by_its_digest(tmp_path: Path) -> None:
    part = Part(f"media/ab/{text.digest(b'x')}.png", "image/png", b"x")
    content.keep_media(tmp_path, part)
    content.keep_media(tmp_path, part)
    assert [file for file, _ in content.media_files(tmp_path, "ab")] == [part.name]


def test_a_profile_grows_by_what_is_new(tmp_path: Path) -> None:
    assert content.merge_outlet(tmp_path, Outlet("news.example", channels=(Link("Harbour"),))) is None
    content.merge_outlet(tmp_path, Outlet("news.example", name="The News", channels=(Link("Sky"), Link("harbour"))))
    outlets, findings = content.read_outlets(tmp_path)
    assert outlets["news.example"] == Outlet("news.example", "The News", channels=(Link("Harbour"), Link("Sky")))
    assert findings == ()


def test_a_corrected_profile_is_never_written_again(tmp_path: Path) -> None:
    content.merge_outlet(tmp_path, Outlet("news.example", name="The Nws"))
    file = tmp_path / "outlets/news.example.md"
    corrected = file.read_text("utf-8").replace("Nws", "News")
    file.write_text(corrected, "utf-8")
    given = content.merge_outlet(tmp_path, Outlet("news.example", name="The Nws", friends=(Link("Friend"),)))
    assert given == content.corrected_outlet(tmp_path, "news.example") == Outlet("news.example", name="The News")
    assert file.read_text("utf-8") == corrected
    assert content.read_outlets(tmp_path)[0]["news.example"].name == "The News"


def test_a_broken_profile_is_a_finding_and_left_to_the_person(tmp_path: Path) -> None:
    file = tmp_path / "outlets/news.example.md"
    file.parent.mkdir()
    file.write_text("not a profile", "utf-8")
    content.merge_outlet(tmp_path, Outlet("news.example"))
    assert file.read_text("utf-8") == "not a profile"
    assert [finding.code for finding in content.read_outlets(tmp_path)[1]] == ["profile-unreadable"]


def test_standing_pages_come_in_their_order(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "contact.md").write_text('---\ntitle: "Contact"\norder: 2\n---\nWrite to us.\n', "utf-8")
    (folder / "about.md").write_text('---\ntitle: "About"\norder: 1\nlanguage: "en"\n---\nWho we are.\n', "utf-8")
    (folder / "broken.md").write_text("---\norder: first\n---\n", "utf-8")
    pages, findings = content.read_standing(tmp_path)
    assert [(page.slug, page.title, page.language) for page in pages] == [
        ("about", "About", "en"),
        ("contact", "Contact", None),
    ]
    assert [finding.where for finding in findings] == ["content/pages/broken.md"]


LOOKS: dict[str, Callable[[Path], object]] = {
    "saved": content.saved_mark,
    "media": content.media_folders,
    "media/ab": lambda held: list(content.media_files(held, "ab")),
    "articles": content.article_folders,
    "articles/2024": lambda held: content.article_files(held, "articles/2024"),
    "outlets": content.read_outlets,
    "pages": content.read_standing,
}


@pytest.mark.parametrize("folder", LOOKS)
def test_a_folder_that_cannot_be_read_stops_the_command_with_its_name_and_a_hint(tmp_path: Path, folder: str) -> None:
    place = tmp_path / folder
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(place)  # no user may read it, the superuser neither
    with pytest.raises(ContentError, match=rf"^{place.name}/: cannot be read: ") as stopped:
        LOOKS[folder](tmp_path)
    assert stopped.value.hint


@pytest.mark.parametrize("folder", LOOKS)
def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path, folder: str) -> None:
    LOOKS[folder](tmp_path)
