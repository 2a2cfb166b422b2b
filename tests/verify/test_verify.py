"""A byte flipped anywhere is one finding, that of its file; what Backfile or a person did on purpose is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import verify
from generator.catalogue import Catalogue
from generator.content import ledger
from generator.errors import Finding
from generator.pipeline import Quiet, build
from tests.samples import Sample, TryOut

ROOT = Path(__file__).parents[2]
RECORD = ("content/manifest", "content/tagmanifest", "content/seal/")
ARTICLE = "articles/2022/03/18-night-ferry-sails-again-from-friday.md"


def verified(archive: TryOut) -> list[Finding]:
    site = archive.root / "site"
    found = list(verify.verify_content(archive.root / "content", Quiet().step))
    if site.is_dir():
        with Catalogue(archive.settings.cache) as catalogue:
            found += verify.verify_site(site, dict(catalogue.site_log(str(site.resolve())).digests()), Quiet().step)
    return found


@contextmanager
def flipped(file: Path, at: int, bit: int) -> Iterator[None]:
    whole = file.read_bytes()
    damaged = bytearray(whole)
    damaged[at] ^= 1 << bit
    file.write_bytes(damaged)
    try:
        yield
    finally:
        file.write_bytes(whole)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> TryOut:
    """The sample archive, recorded, signed for show, and built."""
    root = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "archive.toml", root)
    shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("*manifest-sha256.txt", "seal"))
    archive = TryOut(root)
    build(archive.settings, None, 1, Quiet())
    assert verified(archive) == []
    return archive


@pytest.fixture(scope="module")
def places(sample: TryOut) -> dict[str, list[Path]]:
    """Every file that holds anything, by what it is to the archive."""
    found: dict[str, list[Path]] = {"record": [], "content": [], "site": []}
    for file in sorted(one for one in sample.root.rglob("*") if one.is_file() and one.stat().st_size):
        path = file.relative_to(sample.root).as_posix()
        kind = "record" if path.startswith(RECORD) else path.partition("/")[0]
        found.get(kind, []).append(file)
    return found


@settings(max_examples=60)
@given(st.data())
def test_a_flipped_bit_anywhere_is_exactly_one_finding(
    sample: TryOut, places: dict[str, list[Path]], data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(places[data.draw(st.sampled_from(sorted(places)))]))
    at = data.draw(st.integers(0, file.stat().st_size - 1))
    with flipped(file, at, data.draw(st.integers(0, 7))):
        found = verified(sample)
    where = file.relative_to(sample.root).as_posix()
    assert [one.severity for one in found] == ["error"]
    # a digest in the tag manifest may be as wrong as the file that it is of
    assert found[0].where == where or (file.name == ledger.TAGS and found[0].where.startswith(RECORD))


@pytest.fixture
def held(archive: TryOut) -> TryOut:
    archive.add(archive.save("ferry.html", Sample()))
    return archive


def update(archive: TryOut, *accepted: str, every: bool = False) -> list[str]:
    changes = verify.update(archive.root / "content", frozenset(accepted), Quiet().step, every=every)
    return [f"{one.mark} {one.path}" for one in changes]


def edit(archive: TryOut, path: str = ARTICLE) -> None:
    file = archive.root / "content" / path
    file.write_bytes(file.read_bytes().replace(b"ferry", b"boat"))


def test_an_archive_that_grew_is_sound(held: TryOut) -> None:
    assert verified(held) == []
    held.build()
    held.add(held.save("again.html", Sample(head="<meta name='x' content='y'>")))
    held.add(held.save("other.html", replace(Sample(), headline="Another story", url="https://ledger.example/2")))
    assert [one.code for one in verified(held)] == []


def test_a_hand_edit_is_told_until_it_is_accepted(held: TryOut) -> None:
    edit(held)
    assert [(one.code, one.where) for one in verified(held)] == [("file-changed", f"content/{ARTICLE}")]
    assert update(held, ARTICLE) == [f"~ {ARTICLE}"]
    assert verified(held) == []


def test_an_update_takes_in_texts_and_what_is_new_and_no_original_that_differs(held: TryOut) -> None:
    edit(held)
    edit(held, "saved/ferry.html")
    (held.root / "content/pages").mkdir()
    (held.root / "content/pages/about.md").write_text("---\ntitle: About\n---\n", "utf-8")
    assert update(held, every=True) == [f"~ {ARTICLE}", "+ pages/about.md"]
    assert [(one.code, one.where) for one in verified(held)] == [("file-changed", "content/saved/ferry.html")]
    assert update(held, "saved/ferry.html") == ["~ saved/ferry.html"]
    assert verified(held) == []


def test_what_is_gone_is_missed_until_that_is_accepted(held: TryOut) -> None:
    for path in (ARTICLE, "saved/ferry.html"):
        (held.root / "content" / path).unlink()
    assert [one.code for one in verified(held)] == ["file-missing", "file-missing"]
    assert update(held, every=True) == [f"- {ARTICLE}"]
    assert [one.where for one in verified(held)] == ["content/saved/ferry.html"]
    assert update(held, "saved/ferry.html") == ["- saved/ferry.html"]
    assert verified(held) == []


def test_a_file_that_nobody_recorded_is_named_and_is_no_error(held: TryOut) -> None:
    (held.root / "content/saved/new.txt").write_text("x", "utf-8")
    assert [(one.code, one.severity) for one in verified(held)] == [("file-unlisted", "info")]


def test_an_archive_without_a_record_says_so(held: TryOut) -> None:
    for name in (ledger.MANIFEST, ledger.TAGS):
        (held.root / "content" / name).unlink()
    assert [one.code for one in verified(held)] == ["manifest-missing"]


@pytest.mark.parametrize("name", [ledger.MANIFEST, ledger.LEAVES, ledger.TAGS])
def test_a_damaged_record_is_made_anew_by_an_update(held: TryOut, name: str) -> None:
    file = held.root / "content" / name
    file.write_bytes(file.read_bytes()[:-9])
    assert [one.where for one in verified(held)] == [f"content/{name}"]
    update(held, every=True)
    assert verified(held) == []


def test_with_a_damaged_record_a_damaged_file_is_still_told(held: TryOut) -> None:
    file = held.root / "content" / ledger.MANIFEST
    file.write_bytes(file.read_bytes().replace(b"outlets/ledger", b"outlets/hedger"))
    edit(held)
    assert [one.where for one in verified(held)] == [f"content/{ledger.MANIFEST}", f"content/{ARTICLE}"]


def test_a_page_of_the_site_that_is_gone_is_missed(held: TryOut) -> None:
    held.build()
    (held.root / "site/index.html").unlink()
    assert [(one.code, one.where) for one in verified(held)] == [("file-missing", "site/index.html")]
