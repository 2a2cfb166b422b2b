"""The catalogue: an SQLite index of `content/` that can be thrown away at any time. The only room that holds SQL.

It knows what lists need, where each article belongs, which originals were taken in, and which bytes were last written
where. It is never migrated: another version, or a damaged file, means an empty one, filled again from `content/`.
One process holds it at a time; that is the archive's lock, and the operating system frees it when the process dies.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from generator import plain, text
from generator.errors import BusyError, Finding, OutputError
from generator.model import Seen, Summary

VERSION = 5
FILE = "catalogue.sqlite"
UNDATED = "undated"

# In tables without row ids the columns of the key stand first: SQLite 3.40's quick_check misreads the others.
_SCHEMA = """
CREATE TABLE article(
  file TEXT PRIMARY KEY, stamp TEXT NOT NULL, permalink TEXT, id TEXT, url TEXT, digest TEXT NOT NULL,
  intact INTEGER NOT NULL, day TEXT, sort TEXT NOT NULL, captured TEXT NOT NULL, current INTEGER NOT NULL DEFAULT 1,
  summary TEXT, mark TEXT, title TEXT, notice TEXT, findings TEXT NOT NULL);
CREATE INDEX article_permalink ON article(permalink);
CREATE INDEX article_id ON article(id);
CREATE INDEX article_url ON article(url);
CREATE INDEX article_order ON article(current, sort);
CREATE INDEX article_day ON article(current, day, sort);
CREATE TABLE member(kind TEXT NOT NULL, slug TEXT NOT NULL, file TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY(kind, slug, file)) WITHOUT ROWID;
CREATE INDEX member_file ON member(file);
CREATE INDEX article_title ON article(title);
CREATE TABLE seen(file TEXT NOT NULL, story TEXT NOT NULL, PRIMARY KEY(file, story)) WITHOUT ROWID;
CREATE INDEX seen_story ON seen(story);
CREATE TABLE medium(name TEXT NOT NULL, file TEXT NOT NULL, shown INTEGER NOT NULL, PRIMARY KEY(name, file)) WITHOUT ROWID;
CREATE INDEX medium_file ON medium(file);
CREATE TABLE capture(sha256 TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY(sha256, file)) WITHOUT ROWID;
CREATE INDEX capture_file ON capture(file);
CREATE TABLE intake(file TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL, landed INTEGER NOT NULL, findings TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX intake_sha256 ON intake(sha256);
CREATE TABLE written(site TEXT NOT NULL, path TEXT NOT NULL, key TEXT NOT NULL, stamp TEXT NOT NULL,
  digest TEXT NOT NULL, PRIMARY KEY(site, path)) WITHOUT ROWID;
"""

_DONE = "landed = 0 OR sha256 IN (SELECT sha256 FROM capture)"


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the catalogue takes it in. `places` are (kind, name) pairs: the lists it belongs to.

    `media` are the pictures that it holds, and whether it shows them. `known` is what another capture of it is
    recognised by, where that is not the summary; with a `notice` and no summary it is withheld, and in no list.
    """

    file: str
    stamp: str
    digest: str
    intact: bool
    summary: Summary | None
    sort: str
    captured: str = ""
    places: tuple[tuple[str, str], ...] = ()
    captures: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    media: tuple[tuple[str, bool], ...] = ()
    known: Summary | None = None
    notice: Mapping[str, str] | None = None
    findings: tuple[Finding, ...] = ()


def seen_as(story: Seen) -> tuple[str, ...]:
    """What a story seen in a list is known by: its address, if the list gives one, and its headline."""
    return tuple(filter(None, (story.url and text.fold_url(story.url), text.fold(story.headline))))


@dataclass(frozen=True, slots=True)
class Row:
    """An article as a list shows it: `mark` changes exactly when the summary does, `digest` when the file does."""

    file: str
    digest: str
    mark: str
    sort: str
    day: str
    raw: str

    @property
    def summary(self) -> Summary:
        found: Summary = plain.back(Summary, json.loads(self.raw))
        return found


@dataclass(frozen=True, slots=True)
class Facet:
    """A list that articles belong to by one value: a section, a tag, a region, a source, a person."""

    kind: str
    slug: str
    name: str
    count: int


class Catalogue:
    """The open catalogue of one archive. A context manager: leaving it commits and frees the lock."""

    def __init__(self, folder: Path) -> None:
        """Open or begin the catalogue in `folder`. Raises BusyError, OutputError."""
        self._db = _opened(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.commit()
        self._db.close()

    # ---- what is known of content/ -----------------------------------------------------------------------------------

    def stamps(self) -> dict[str, str]:
        """Each known article's file with its stamp."""
        return dict(self._db.execute("SELECT file, stamp FROM article"))

    def put(self, entry: Entry) -> None:
        """Take in an article, in place of what was known of its file."""
        self.drop([entry.file])
        summary = entry.summary
        known = entry.known or summary
        raw = text.compact(plain.plain(summary)) if summary else None
        row = (
            entry.file, entry.stamp, known and known.permalink, known and known.id,
            text.fold_url(known.url) if known and known.url else None,
            entry.digest, entry.intact, summary and (summary.published.day if summary.published else UNDATED),
            entry.sort, entry.captured, raw, raw and text.short(raw, entry.sort), known and text.fold(known.headline),
            None if entry.notice is None else text.compact(entry.notice), _out(entry.findings),
        )  # fmt: skip
        self._db.execute(
            "INSERT INTO article(file, stamp, permalink, id, url, digest, intact, day, sort, captured, summary, mark, title, notice, findings)"
            " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            row,
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO member VALUES(?,?,?,?)",
            [(kind, text.name_slug(name), entry.file, name) for kind, name in entry.places],
        )
        self._db.executemany("INSERT OR IGNORE INTO capture VALUES(?,?)", [(sha, entry.file) for sha in entry.captures])
        self._db.executemany("INSERT OR IGNORE INTO seen VALUES(?,?)", [(entry.file, story) for story in entry.seen])
        self._db.executemany(
            "INSERT OR IGNORE INTO medium VALUES(?,?,?)", [(name, entry.file, shown) for name, shown in entry.media]
        )

    def drop(self, files: Iterable[str]) -> None:
        """Forget articles whose files are gone."""
        rows = [(file,) for file in files]
        for statement in ("article", "member", "capture", "seen", "medium"):
            self._db.executemany(f"DELETE FROM {statement} WHERE file = ?", rows)  # noqa: S608 - our own names

    def settle_versions(self) -> None:
        """Mark what lists show: of one URL the version captured last (or taken in last), of one address the first file."""
        self._db.execute("UPDATE article SET current = 1 WHERE current = 0")
        self._db.execute(
            """UPDATE article SET current = 0 WHERE file IN (
                 SELECT file FROM (SELECT file, row_number() OVER (PARTITION BY url ORDER BY captured DESC, length(file) DESC, file DESC) AS rank
                                   FROM article WHERE url IS NOT NULL AND summary IS NOT NULL) WHERE rank > 1)"""
        )
        self._db.execute(
            "UPDATE article SET current = 0 WHERE file > (SELECT min(file) FROM article AS twin WHERE twin.permalink = article.permalink)"
        )

    def kin(self, identity: str, url: str | None, headline: str) -> tuple[str, ...]:
        """The files of articles that may tell the same story: of that id first, then of that address.

        Where one of the two has no address, the headline stands for it.
        """
        place = text.fold_url(url) if url else None
        rows = self._db.execute(
            "SELECT file FROM article WHERE id = :id OR url = :url OR (title = :title AND (url IS NULL OR :url IS NULL))"
            " ORDER BY id != :id, coalesce(url, '') != :url, captured DESC, length(file) DESC, file DESC LIMIT 50",
            {"id": identity, "url": place, "title": text.fold(headline)},
        )
        return tuple(str(file) for (file,) in rows)

    def holds_capture(self, sha256: str) -> bool:
        """Whether some article was made from an original with that digest."""
        return self._db.execute("SELECT 1 FROM capture WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def holds_permalink(self, permalink: str) -> bool:
        """Whether an article lies at that address."""
        return self._db.execute("SELECT 1 FROM article WHERE permalink = ?", (permalink,)).fetchone() is not None

    def holds_url(self, url: str) -> bool:
        """Whether an article of that address is held."""
        return self._db.execute("SELECT 1 FROM article WHERE url = ?", (text.fold_url(url),)).fetchone() is not None

    def permalink_of(self, url: str) -> str | None:
        """Where the current article of that address lies."""
        statement = "SELECT permalink FROM article WHERE url = ? AND current = 1 AND summary IS NOT NULL ORDER BY file"
        row = self._db.execute(statement, (text.fold_url(url),)).fetchone()
        return str(row[0]) if row else None

    def intake(self) -> dict[str, str]:
        """Each original that need not be read again, with its stamp: it holds nothing, or an article was made of it."""
        return dict(self._db.execute(f"SELECT file, stamp FROM intake WHERE {_DONE}"))  # noqa: S608 - our own words

    def took_in(self, sha256: str) -> bool:
        """Whether an original with that digest was taken in to its end, and what was made of it is still held."""
        found = self._db.execute(f"SELECT 1 FROM intake WHERE sha256 = ? AND ({_DONE})", (sha256,))  # noqa: S608
        return found.fetchone() is not None

    def take_in(self, file: str, stamp: str, sha256: str, findings: Iterable[Finding]) -> None:
        """Remember an original that was read to its end, and what is wrong with it."""
        row = (file, stamp, sha256, self.holds_capture(sha256), _out(findings))
        self._db.execute("INSERT OR REPLACE INTO intake VALUES(?,?,?,?,?)", row)

    def forget(self, files: Iterable[str]) -> None:
        """Forget originals that are gone."""
        self._db.executemany("DELETE FROM intake WHERE file = ?", [(file,) for file in files])

    def findings(self) -> tuple[Finding, ...]:
        """What is still wrong in `content/`: unreadable articles, originals without a story, addresses claimed twice."""
        raws = self._db.execute("SELECT findings FROM article WHERE findings != '[]'").fetchall()
        raws += self._db.execute("SELECT findings FROM intake WHERE findings != '[]'").fetchall()
        found = [one for (raw,) in raws for one in _in(raw)]
        twins = self._db.execute(
            "SELECT file, (SELECT min(file) FROM article AS twin WHERE twin.permalink = article.permalink) AS first, permalink"
            " FROM article WHERE permalink IS NOT NULL AND first < file"
        )
        found += [
            Finding(
                "id-duplicate",
                f"content/{file}",
                f"its permalink {permalink} is that of content/{first} too; only that one is shown",
            )
            for file, first, permalink in twins
        ]
        return tuple(sorted(found))

    # ---- what the pages ask ------------------------------------------------------------------------------------------

    def rows(self, *, newest: int | None = None) -> Iterator[Row]:
        """The current articles, oldest first; or the newest so many, newest first."""
        order = "DESC" if newest is not None else "ASC"
        yield from self._rows(f"WHERE current = 1 ORDER BY sort {order} LIMIT ?", (-1 if newest is None else newest,))

    def every(self) -> Iterator[tuple[Row, str | None]]:
        """Every article that has a page, versions of the past too, with its URL; by permalink."""
        statement = (
            "SELECT file, digest, mark, sort, day, summary, url FROM article WHERE summary IS NOT NULL"
            " AND file = (SELECT min(file) FROM article AS twin WHERE twin.permalink = article.permalink) ORDER BY permalink"
        )
        for *row, url in self._db.execute(statement):
            yield Row(*row), url

    def versions(self, url: str) -> tuple[Row, ...]:
        """The articles of one URL, the newest version last."""
        return tuple(self._rows("WHERE url = ? ORDER BY captured, length(file), file", (text.fold_url(url),)))

    def seen_and_held(self) -> dict[str, dict[str, str]]:
        """For each article's file, the stories listed around it that the archive holds: what `seen_as` gives, to permalinks."""
        statement = (
            "SELECT seen.file, seen.story, article.permalink FROM seen JOIN article ON {} = seen.story"
            " WHERE article.current = 1 AND article.summary IS NOT NULL AND article.file != seen.file ORDER BY article.sort"
        )
        held: dict[str, dict[str, str]] = {}
        for column in ("article.title", "article.url"):
            for file, story, permalink in self._db.execute(statement.format(column)):
                held.setdefault(file, {})[story] = permalink
        return held

    def versioned(self) -> frozenset[str]:
        """The URLs of which more than one version is held."""
        return frozenset(
            url
            for (url,) in self._db.execute(
                "SELECT url FROM article WHERE url IS NOT NULL GROUP BY url HAVING count(*) > 1"
            )
        )

    def withheld(self) -> tuple[tuple[str, dict[str, str]], ...]:
        """The file of each article that is withheld, with the notice that stands in its place."""
        rows = self._db.execute("SELECT file, notice FROM article WHERE notice IS NOT NULL ORDER BY file")
        return tuple((file, json.loads(notice)) for file, notice in rows)

    def media(self) -> frozenset[str]:
        """The pictures that some article shows."""
        return frozenset(name for (name,) in self._db.execute("SELECT DISTINCT name FROM medium WHERE shown = 1"))

    def holds_medium(self, name: str, file: str) -> bool:
        """Whether an article other than the one in that file holds the picture."""
        statement = "SELECT 1 FROM medium WHERE name = ? AND file != ?"
        return self._db.execute(statement, (name, file)).fetchone() is not None

    def found(self, word: str) -> tuple[str, ...]:
        """The files of the articles that a person may mean: by id, by file, by permalink, by address."""
        statement = "SELECT file FROM article WHERE id = ? OR file = ? OR permalink = ? OR url = ? ORDER BY file"
        rows = self._db.execute(statement, (word, word.removeprefix("content/"), word, text.fold_url(word)))
        return tuple(file for (file,) in rows)

    def sharing(self, sha256: str, file: str) -> tuple[str, ...]:
        """The files of other articles that were made from the original with that digest."""
        rows = self._db.execute("SELECT file FROM capture WHERE sha256 = ? AND file != ? ORDER BY file", (sha256, file))
        return tuple(other for (other,) in rows)

    def days(self) -> dict[str, int]:
        """Each day (`YYYY-MM-DD`, or `undated`) with its number of current articles, in order."""
        return dict(
            self._db.execute(
                "SELECT day, count(*) FROM article WHERE current = 1 AND day IS NOT NULL GROUP BY day ORDER BY day"
            )
        )

    def on_day(self, day: str) -> tuple[Row, ...]:
        """The current articles of one day (or month, or year, by prefix), oldest first."""
        return tuple(self._rows("WHERE current = 1 AND day >= ? AND day < ? ORDER BY sort", (day, day + "~")))

    def facets(self, kind: str) -> tuple[Facet, ...]:
        """The values of one kind with their number of current articles, by slug."""
        statement = (
            "SELECT kind, slug, min(name), count(*) FROM member JOIN article USING(file)"
            " WHERE kind = ? AND current = 1 GROUP BY slug ORDER BY slug"
        )
        return tuple(Facet(*row) for row in self._db.execute(statement, (kind,)))

    def members(self, kind: str, slug: str) -> tuple[Row, ...]:
        """The current articles of one facet, oldest first."""
        where = "JOIN member USING(file) WHERE current = 1 AND member.kind = ? AND member.slug = ? ORDER BY sort"
        return tuple(self._rows(where, (kind, slug)))

    def _rows(self, where: str, values: tuple[Any, ...]) -> Iterator[Row]:
        known = "summary IS NOT NULL AND "
        where = where.replace("WHERE ", f"WHERE {known}", 1)
        for row in self._db.execute(f"SELECT file, digest, mark, sort, day, summary FROM article {where}", values):  # noqa: S608
            yield Row(*row)

    # ---- what was written --------------------------------------------------------------------------------------------

    def written(self, site: str) -> dict[str, tuple[str, str]]:
        """What was last written to that site: each path with its key and its file's stamp."""
        rows = self._db.execute("SELECT path, key, stamp FROM written WHERE site = ?", (site,))
        return {path: (key, stamp) for path, key, stamp in rows}

    def digests(self, site: str) -> dict[str, str]:
        """Each path that was written to that site with the sha256 of its bytes, in order."""
        return dict(self._db.execute("SELECT path, digest FROM written WHERE site = ? ORDER BY path", (site,)))

    def wrote(self, site: str, path: str, key: str, stamp: str, digest: str) -> None:
        """Remember what was written; `digest` is the sha256 of its bytes."""
        self._db.execute("INSERT OR REPLACE INTO written VALUES(?,?,?,?,?)", (site, path, key, stamp, digest))

    def unwrote(self, site: str, paths: Iterable[str]) -> None:
        """Forget what was removed."""
        self._db.executemany("DELETE FROM written WHERE site = ? AND path = ?", [(site, path) for path in paths])

    def commit(self) -> None:
        """Make what was said so far survive a kill. The lock stays."""
        self._db.commit()


def _opened(folder: Path) -> sqlite3.Connection:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder.name}/: cannot be made: {error.strerror}", "is the archive's folder writable?"
        ) from error
    file = folder / FILE
    for attempt in (1, 2):
        try:
            return _connected(file)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise BusyError(
                    "another backfile is at work in this archive", "wait until it is done, then try again"
                ) from error
            raise OutputError(
                f"{folder.name}/{FILE}: {error}", f"is {folder.name}/ writable? it may be deleted"
            ) from error
        except (sqlite3.DatabaseError, _OtherVersionError) as error:
            if attempt == 2:
                raise OutputError(
                    f"{folder.name}/{FILE}: {error}", f"delete {folder.name}/; it is made anew"
                ) from error
            for damaged in folder.glob(f"{FILE}*"):
                damaged.unlink(missing_ok=True)
    raise AssertionError  # the loop returns or raises


class _OtherVersionError(Exception):
    """The file was made by another version, or by a build that was killed before its first commit."""


def _connected(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(file, timeout=0.0)
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")  # a lost cache is only made again
        db.execute("BEGIN IMMEDIATE")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not db.execute("SELECT 1 FROM sqlite_master").fetchone():
            for statement in _SCHEMA.split(";\n"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {VERSION}")
        elif version != VERSION or db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise _OtherVersionError(f"made by another version ({version})")
        db.commit()
        db.execute("BEGIN IMMEDIATE")
    except BaseException:
        db.close()
        raise
    return db


def _out(findings: Iterable[Finding]) -> str:
    return text.compact([plain.plain(one) for one in findings])


def _in(raw: str) -> list[Finding]:
    return [Finding(**{"message": "", **row}) for row in json.loads(raw)]
