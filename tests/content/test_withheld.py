"""The ledger of what is withheld: written for a person, read strictly."""

from datetime import date
from pathlib import Path

import pytest

from generator.content import WITHHELD, Withheld, read_withheld, write_withheld
from generator.errors import ContentError

ENTRY = Withheld(
    reason='Said "no"', since=date(2026, 1, 2), until=date(2027, 1, 1), permalink="2025/03/18/x", redact=("张三", "b")
)


def test_an_entry_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_withheld(tmp_path, {"4f0c": ENTRY, "5f0c": Withheld()})
    assert read_withheld(tmp_path) == {"4f0c": ENTRY, "5f0c": Withheld()}


def test_what_a_person_wrote_stays_when_entries_come_and_go(tmp_path: Path) -> None:
    own = '# our lawyer: ext. 12\n[4f0c]\nreason = "asked"   # in a letter\nuntil = 2027-01-01\n'
    (tmp_path / WITHHELD).write_text(own, "utf-8")
    write_withheld(tmp_path, {"5f0c": ENTRY})
    assert (tmp_path / WITHHELD).read_text("utf-8").startswith(own)
    write_withheld(tmp_path, {"5f0c": None})
    assert (tmp_path / WITHHELD).read_text("utf-8").strip() == own.strip()


def test_without_a_ledger_nothing_is_withheld(tmp_path: Path) -> None:
    assert read_withheld(tmp_path) == {}


@pytest.mark.parametrize(
    "ledger",
    ["[4f0c", '[4f0c]\nreson = "x"', "[4f0c]\nuntil = 2027", '[4f0c]\nredact = "x"', "reason = 1", b"\xff\xfe[4f0c]"],
)
def test_a_ledger_that_cannot_be_read_stops_everything(tmp_path: Path, ledger: str | bytes) -> None:
    (tmp_path / WITHHELD).write_bytes(ledger if isinstance(ledger, bytes) else ledger.encode())
    with pytest.raises(ContentError, match=r"withheld\.toml"):
        read_withheld(tmp_path)
