"""What a gauge finds: figures for the table, and what misses a target."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

WIDTHS = (360, 768, 1280)


@dataclass(frozen=True)
class Place:
    """One page that is measured: of which built site, of which kind."""

    site: Path
    language: str
    kind: str
    path: str

    @property
    def file(self) -> Path:
        return self.site / self.path


@dataclass
class Found:
    """The table's rows by page and gauge, and every miss in words."""

    figures: dict[Place, dict[str, str]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def tell(self, place: Place, gauge: str, figure: object) -> None:
        self.figures.setdefault(place, {})[gauge] = str(figure)

    def miss(self, gauge: str, place: Place | str, what: str) -> None:
        where = place if isinstance(place, str) else f"{place.language} {place.kind} {place.path}"
        self.misses.append(f"{gauge}: {where}: {what}")
