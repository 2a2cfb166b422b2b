"""Pictures in the site: measured, waited for, and made smaller where the settings ask for it."""

from __future__ import annotations

import re
import struct
from dataclasses import replace

import pytest

from tests.drawn import png
from tests.samples import Sample, TryOut, tree
from tests.test_thumbnails import opened, photograph

FERRY = "2022/03/18/night-ferry-sails-again-from-friday.html"
ASKED = 'title = "Tide"\nlanguage = "en"\nthumbnails = ["avif", "webp"]\n'


def take_in(archive: TryOut, picture: bytes, settings: str = ASKED) -> TryOut:
    """An article with one picture below its second paragraph."""
    (archive.root / "archive.toml").write_text(settings, "utf-8")
    shown = '<figure><img src="ferry_files/boat.jpg"><figcaption>The boat</figcaption></figure>'
    page = archive.save("ferry.html", Sample().html.replace("</p>\n<p>The last", f"</p>\n{shown}\n<p>The last"))
    archive.save("ferry_files/boat.jpg", picture)
    archive.add(page)
    return archive


def media(archive: TryOut) -> dict[str, bytes]:
    return {re.sub(r".*[0-9a-f]{64}", "", name): body for name, body in tree(archive.root / "site/media").items()}


def test_a_picture_has_its_measure_and_is_waited_for(archive: TryOut) -> None:
    take_in(archive, png(320, 180), 'language = "en"\n').build()
    page = (archive.root / "site" / FERRY).read_text("utf-8")
    assert re.search(r'<figure><img src="\.\./[^"]+\.png" alt="The boat" width="320" height="180" loading="lazy"', page)
    assert "<source" not in page
    assert [*media(archive)] == [".png"]


def test_whom_its_caption_credits_is_marked(archive: TryOut) -> None:
    shown = '<figure><img src="/boat.jpg"><figcaption>The boat at the quay. Photo: Ann Lee</figcaption></figure>'
    archive.add(archive.save("ferry.html", Sample().html.replace("</p>\n<p>The last", f"</p>\n{shown}\n<p>The last")))
    archive.build()
    page = (archive.root / "site" / FERRY).read_text("utf-8")
    assert '<figcaption>The boat at the quay. <small class="credit">Photo: Ann Lee</small>' in page


def test_smaller_ones_lie_beside_it_and_the_page_offers_each_in_its_width(archive: TryOut) -> None:
    take_in(archive, photograph(1000, 600)).build()
    page = (archive.root / "site" / FERRY).read_text("utf-8")
    held = media(archive)
    assert {*held} == {".jpg", *(f"-{width}.{name}" for width in (480, 800, 1000) for name in ("avif", "webp"))}
    offered = re.findall(r'<source type="image/(\w+)" sizes="[^"]+" srcset="([^"]+)">', page)
    assert [name for name, _ in offered] == ["avif", "webp"]
    for name, choices in offered:
        for path, width in re.findall(r"(\S+) (\d+)w", choices):
            file = (archive.root / "site" / FERRY).parent / path
            assert opened(file.read_bytes()).width == int(width)
            assert path.endswith(f"-{width}.{name}")
    assert 'width="1000" height="600" loading="lazy"></picture>' in page


def test_they_are_made_once_and_are_the_same_from_nothing(archive: TryOut) -> None:
    take_in(archive, photograph()).build()
    first = tree(archive.root / "site")
    other = replace(Sample(), headline="The lighthouse is open again", url="https://www.ledger.example/2022/light/")
    archive.add(archive.save("light.html", other))
    done = archive.build().published
    assert done
    now = tree(archive.root / "site")
    assert {name: now[name] for name in first if name.startswith("media/")} == {
        name: body for name, body in first.items() if name.startswith("media/")
    }
    archive.build(archive.root / "anew", workers=2)
    assert tree(archive.root / "anew") == now


def test_no_longer_asked_for_they_go(archive: TryOut) -> None:
    take_in(archive, photograph()).build()
    (archive.root / "archive.toml").write_text('title = "Tide"\nlanguage = "en"\n', "utf-8")
    archive.build()
    assert [*media(archive)] == [".jpg"]
    assert "<source" not in (archive.root / "site" / FERRY).read_text("utf-8")


def test_a_damaged_picture_is_told_of_and_shown_as_it_is(archive: TryOut) -> None:
    damaged = photograph()[:3000]
    done = take_in(archive, damaged).build().published
    assert done
    assert [one.code for one in done.findings] == ["picture-not-smaller"]
    assert {*media(archive).values()} == {damaged}


def test_a_picture_of_too_many_pixels_is_told_of_and_shown_as_it_is(archive: TryOut) -> None:
    bomb = png(320, 180).replace(struct.pack(">II", 320, 180), struct.pack(">II", 30_000, 1_001), 1)
    done = take_in(archive, bomb).build().published
    assert done
    assert [(one.code, one.message) for one in done.findings] == [
        ("picture-not-smaller", "it has more than 30000000 pixels")
    ]
    assert [*media(archive)] == [".png"]


@pytest.mark.parametrize("how", ["a link alone", "withheld"])
def test_no_smaller_picture_of_what_is_not_shown(archive: TryOut, how: str) -> None:
    take_in(archive, photograph(), ASKED + 'show = "link"\n' if how == "a link alone" else ASKED)
    if how == "withheld":
        article = (archive.root / "content/articles" / archive.articles()[0]).read_text("utf-8")
        name = re.search(r'^id: "(\w+)"', article, re.MULTILINE)
        assert name
        (archive.root / "content/withheld.toml").write_text(f'[{name[1]}]\nreason = "asked"\n', "utf-8")
    archive.build()
    assert media(archive) == {}


def test_a_picture_that_goes_and_comes_back_is_measured_again(archive: TryOut) -> None:
    take_in(archive, png(320, 180), 'language = "en"\n').build()
    before = tree(archive.root / "site")
    (held,) = (archive.root / "content/media").rglob("*.png")
    data = held.read_bytes()
    held.unlink()
    archive.build()
    assert 'width="320"' not in (archive.root / "site" / FERRY).read_text("utf-8")
    held.write_bytes(data)
    archive.build()
    assert tree(archive.root / "site") == before
