"""The archive's record of itself: what is new comes in, what a hand changed waits, and a kill leaves it whole."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator import content, seal
from generator.content import ledger
from tests.samples import Sample, TryOut, tree

ARTICLE = "articles/2022/03/18-night-ferry-sails-again-from-friday.md"


@pytest.fixture
def held(archive: TryOut) -> Path:
    archive.add(archive.save("ferry.html", Sample()))
    return archive.root / "content"


def manifest(folder: Path) -> dict[str, str]:
    return dict(content.read_ledger(folder).digests())


def test_what_is_added_is_recorded(held: Path) -> None:
    assert list(manifest(held)) == [ARTICLE, "outlets/ledger.example.md", "saved/ferry.html"]
    assert len(content.read_ledger(held).leaves()) == 3


def test_the_manifest_is_one_that_sha256sum_checks(held: Path) -> None:
    (held / "saved/odd \\ name\nof two lines.txt").write_text("x", "utf-8")
    content.record(held)
    for name in (ledger.MANIFEST, ledger.TAGS):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", name], cwd=held, check=True)


def test_nothing_new_writes_nothing(held: Path) -> None:
    before = tree(held)
    assert content.record(held) == ()
    assert tree(held) == before


def test_an_article_that_backfile_writes_anew_is_recorded_and_its_old_leaf_stays(archive: TryOut, held: Path) -> None:
    leaves = content.read_ledger(held).leaves()
    before = manifest(held)[ARTICLE]
    archive.add(archive.save("again.html", Sample(head="<meta name='x' content='y'>")))
    assert manifest(held)[ARTICLE] != before
    assert content.read_ledger(held).leaves()[:3] == leaves


def test_what_a_hand_changed_keeps_its_line(held: Path) -> None:
    article = held / ARTICLE
    before = manifest(held)[ARTICLE]
    article.write_text(article.read_text("utf-8").replace("ferry", "boat"), "utf-8")
    content.record(held)
    assert manifest(held)[ARTICLE] == before


def test_stories_added_to_a_list_of_known_ones_are_recorded_and_a_changed_one_is_not(held: Path) -> None:
    known = held / "known/n.example.jsonl"
    known.parent.mkdir()
    known.write_text('{"headline": "One"}\n', "utf-8")
    content.record(held)
    known.write_text('{"headline": "One"}\n{"headline": "Two"}\n', "utf-8")
    assert content.record(held) == (content.Change("~", "known/n.example.jsonl"),)
    known.write_text('{"headline": "Own"}\n{"headline": "Two"}\n', "utf-8")
    assert content.record(held) == ()


def test_a_file_that_is_gone_keeps_its_line(held: Path) -> None:
    (held / ARTICLE).unlink()
    content.record(held)
    assert ARTICLE in manifest(held)


def test_a_state_that_comes_back_has_one_leaf(held: Path) -> None:
    article = held / ARTICLE
    whole = article.read_bytes()

    def accept() -> None:
        content.revise(held, lambda _, before, file: content.sha256_of(file) if file else before)

    article.write_bytes(whole + b"\n")
    accept()
    article.write_bytes(whole)
    accept()
    assert len(content.read_ledger(held).leaves()) == 4
    assert seal.digest_of(manifest(held)[ARTICLE], ARTICLE) in content.read_ledger(held).leaves()


def test_a_record_that_is_damaged_is_not_written_over(held: Path) -> None:
    file = held / ledger.MANIFEST
    file.write_bytes(file.read_bytes().replace(b"saved/ferry", b"saved/berry"))
    (held / "saved/new.txt").write_text("x", "utf-8")
    before = tree(held)
    assert content.record(held) == ()
    assert tree(held) == before


class KilledError(Exception):
    pass


@pytest.mark.parametrize("moment", range(9))
def test_a_run_that_is_killed_at_any_rename_is_finished_by_the_next(
    held: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    (held / "saved/new.txt").write_text("x", "utf-8")
    writing = Path.replace
    left = moment

    def killed(self: Path, target: Path) -> Path:
        nonlocal left
        if left == 0:
            raise KilledError
        left -= 1
        return writing(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        try:
            content.record(held)
        except KilledError:
            assert not content.read_ledger(held).damaged
    content.record(held)
    assert "saved/new.txt" in manifest(held)
    assert not content.read_ledger(held).damaged
    assert sorted(file.name for file in held.rglob("*.new*")) == []


def test_a_new_checkpoint_takes_the_signature_of_the_old_one_away(held: Path) -> None:
    content.keep_signed(held, {ledger.CHECKPOINT: b"a\n1\nAA==\n", ledger.SIGNATURE: b"s"})
    content.keep_signed(held, {ledger.CHECKPOINT: b"a\n1\nAA==\n", ledger.STAMP: b"t"})
    assert content.read_ledger(held).small(ledger.SIGNATURE) == b"s"
    content.keep_signed(held, {ledger.CHECKPOINT: b"a\n2\nAA==\n", ledger.STAMP: b"t"})
    record = content.read_ledger(held)
    assert (record.small(ledger.SIGNATURE), record.small(ledger.STAMP)) == (None, b"t")
    assert not (held / ledger.SIGNATURE).exists()
