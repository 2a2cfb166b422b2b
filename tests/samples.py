"""Samples in our own words, an archive to put them in, and what a command leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from generator import config, pipeline
from generator.config import Settings
from generator.intake import Stated

FERRY = (
    (
        "The night ferry between Gannet Point and the old harbour will sail again from Friday, eighteen months after a storm "
        "tore the landing stage from its piles and left the crossing without a late boat."
    ),
    (
        "Harbour engineers drove forty new piles into the mud over the winter, and the council paid for a wider ramp so that "
        "bicycles and wheelchairs no longer have to wait for the tide to turn."
    ),
    (
        "The last boat now leaves at eleven, two hours later than before. Shop owners on the quay had asked for it, because "
        "the evening market used to empty an hour before it closed."
    ),
    (
        "Two hundred people came to watch the trial crossing. It took fourteen minutes, one more than the timetable allows, "
        "and the captain blamed the spectators who would not leave the deck."
    ),
)


@dataclass(frozen=True)
class Sample:
    """A saved news page, written for the tests."""

    headline: str = "Night ferry sails again from Friday"
    published: str = "2022-03-18T06:00:00-04:00"
    url: str = "https://www.ledger.example/2022/03/18/night-ferry/"
    section: str = "Harbour"
    tags: tuple[str, ...] = ("ferry", "harbour")
    author: str = "Jane Roe"
    paragraphs: tuple[str, ...] = FERRY
    head: str = ""

    @property
    def html(self) -> str:
        meta = {
            "og:title": self.headline, "og:url": self.url, "og:type": "article", "og:site_name": "The Ledger",
            "article:published_time": self.published, "article:section": self.section, "author": self.author,
        }  # fmt: skip
        metas = "".join(f'<meta property="{name}" content="{escape(value)}">\n' for name, value in meta.items())
        metas += "".join(f'<meta property="article:tag" content="{escape(tag)}">\n' for tag in self.tags)
        body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)
        return (
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(self.headline)} – The Ledger</title>\n'
            f"{metas}{self.head}</head>\n<body><nav><a href='/'>Home</a> <a href='/harbour'>Harbour</a></nav>\n"
            f"<article><h1>{escape(self.headline)}</h1>\n<p class='byline'>By {escape(self.author)}</p>\n{body}</article>\n"
            "<footer>© The Ledger</footer></body></html>\n"
        )


@dataclass(frozen=True)
class TryOut:
    """An archive in a folder of its own, with the doings of a person."""

    root: Path

    @property
    def settings(self) -> Settings:
        return config.load(self.root)

    def save(self, name: str, page: str | bytes | Sample) -> Path:
        """Put a file into the heap beside the archive."""
        file = self.root.parent / "heap" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        source = page.html if isinstance(page, Sample) else page
        file.write_bytes(source if isinstance(source, bytes) else source.encode())
        return file

    def add(self, *files: Path, workers: int = 0) -> pipeline.Report:
        return pipeline.add(self.settings, files, Stated(), workers, pipeline.Quiet())

    def build(self, output: Path | None = None, workers: int = 0) -> pipeline.Report:
        return pipeline.build(self.settings, output, workers, pipeline.Quiet())

    def articles(self) -> list[str]:
        folder = self.root / "content/articles"
        return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.md"))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
