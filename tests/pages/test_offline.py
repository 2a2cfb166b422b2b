"""A site that is kept on a reader's device: only where it is asked for, and no article changes what keeps it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.samples import Sample, TryOut, tree

ASKED = ("manifest.webmanifest", "sw.js", "offline.html")


@pytest.fixture
def asked(archive: TryOut) -> TryOut:
    (archive.root / "archive.toml").write_text('title = "Tide & <Time>"\nlanguage = "en"\noffline = true\n', "utf-8")
    archive.add(archive.save("ferry.html", Sample()))
    return archive


def test_without_being_asked_for_there_is_no_worker_no_manifest_and_no_script(archive: TryOut) -> None:
    archive.add(archive.save("ferry.html", Sample()))
    archive.build()
    site = tree(archive.root / "site")
    assert not [name for name in site if name in ASKED or "offline" in name]
    assert not [name for name, body in site.items() if b"manifest-src" in body or b"sw.js" in body]


def test_where_it_is_asked_for_every_page_introduces_the_worker_by_a_relative_link(asked: TryOut) -> None:
    asked.build()
    site = tree(asked.root / "site")
    assert {*ASKED} < {*site}
    article = site["2022/03/18/night-ferry-sails-again-from-friday.html"].decode()
    assert 'href="../../../manifest.webmanifest"' in article
    assert 'data-worker="../../../sw.js"' in article
    assert "worker-src 'self'; manifest-src 'self'" in article


def test_the_manifest_says_whose_the_site_is_and_names_no_place_outside(asked: TryOut) -> None:
    asked.build()
    manifest = json.loads((asked.root / "site/manifest.webmanifest").read_bytes())
    assert manifest["name"] == "Tide & <Time>"
    assert (manifest["start_url"], manifest["scope"]) == ("index.html", "./")
    assert (asked.root / "site" / manifest["icons"][0]["src"]).is_file()


def test_the_worker_keeps_files_that_the_site_has(asked: TryOut) -> None:
    asked.build()
    worker = (asked.root / "site/sw.js").read_text("utf-8")
    shell = json.loads(worker.partition("const SHELL = ")[2].partition(";")[0])
    assert any(name.endswith(".css") for name in shell)
    assert all((asked.root / "site" / name).is_file() for name in shell)


def test_an_article_more_leaves_the_worker_as_it_is_and_another_theme_does_not(asked: TryOut) -> None:
    asked.build()
    before = (asked.root / "site/sw.js").read_bytes()
    other = replace(Sample(), headline="The lighthouse is open again", url="https://www.ledger.example/2022/light/")
    asked.add(asked.save("light.html", other))
    asked.build()
    assert (asked.root / "site/sw.js").read_bytes() == before
    (asked.root / "templates/static").mkdir(parents=True)
    (asked.root / "templates/static/custom.css").write_text("a { color: navy }", "utf-8")
    asked.build()
    assert (asked.root / "site/sw.js").read_bytes() != before


def test_what_was_asked_for_goes_when_it_is_asked_for_no_longer(asked: TryOut) -> None:
    asked.build()
    (asked.root / "archive.toml").write_text('title = "Tide"\nlanguage = "en"\n', "utf-8")
    asked.build()
    assert not [name for name in tree(asked.root / "site") if name in ASKED or "offline" in name]
