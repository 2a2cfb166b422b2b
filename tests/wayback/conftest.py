"""An archive to ask, a place to put what comes, and somebody who waits without waiting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from generator import wayback
from generator.wayback import Recovery, Survey, Ways
from tests.samples import Sample
from tests.wayback.server import HOST, WebArchive, serving


@dataclass
class Clerk:
    """Asks the archive as the command does. `waits` are the pauses it made, `remarks` what it said meanwhile."""

    web: WebArchive
    root: Path
    waits: list[float] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def stage(self, name: str, total: int | None) -> None:
        """Somebody watches."""

    def step(self) -> None:
        """Somebody watches."""

    def remark(self, message: str) -> None:
        self.remarks.append(message)

    def ways(self, **more: Any) -> Ways:
        said = {"endpoint": self.web.endpoint, "delay": 0.25, **more}
        return Ways(self.root / "content", self.root / ".backfile", self, self.waits.append, **said)

    def recover(self, site: str = HOST, *, ways: Ways | None = None, **more: Any) -> Recovery:
        bounds = {name: more.pop(name) for name in ("since", "until", "near", "match") if name in more}
        return wayback.recover(replace(wayback.wanted(site, **bounds), **more), ways or self.ways())

    def survey(self, site: str = HOST, *, ways: Ways | None = None, **more: Any) -> Survey:
        bounds = {name: more.pop(name) for name in ("since", "until", "near", "match") if name in more}
        return wayback.survey(replace(wayback.wanted(site, **bounds), **more), ways or self.ways())

    @property
    def batches(self) -> list[Path]:
        return sorted((self.root / "content/saved/wayback").rglob("*.warc.gz"))


def story(number: int = 1, **more: Any) -> str:
    """A page of the dead site."""
    url = f"http://www.{HOST}/story/{number}"
    return Sample(headline=f"Harbour report {number}: the ferry sails again", url=url, **more).html


@pytest.fixture
def web() -> Iterator[WebArchive]:
    with serving(WebArchive()) as archive:
        yield archive


@pytest.fixture
def clerk(web: WebArchive, tmp_path: Path) -> Clerk:
    return Clerk(web, tmp_path)
