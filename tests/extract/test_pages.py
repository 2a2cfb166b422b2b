"""Pages as the usual systems and papers make them, in our own words, and all that is read from each.

`pytest tests/extract --rewrite` writes the expected readings anew: look at the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import extract
from generator.model import Capture, Origin

PAGES = Path(__file__).parent / "pages"
# which page it is, and what differs from run to run or repeats the rest
LEFT_OUT = frozenset({"path", "member", "media_type", "captured", "evidence", "body_text", "seen"})


def reading(page: Path) -> str:
    read = extract.as_json(extract.extract(Capture(page.read_bytes(), Origin(page.name, "0"))))
    known = {name: value for name, value in read.items() if name not in LEFT_OUT and value not in (None, [], "")}
    return json.dumps(known, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.html")), ids=lambda page: page.stem)
def test_a_page_is_read_as_it_was_when_somebody_last_looked(page: Path, pytestconfig: pytest.Config) -> None:
    expected = page.with_suffix(".json")
    if pytestconfig.getoption("--rewrite"):
        expected.write_text(reading(page), "utf-8")
    assert reading(page) == expected.read_text("utf-8")
