"""The catalogue's file: its schema, its lock, and what becomes of a file that is damaged or of another version."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from generator.errors import BusyError, OutputError

VERSION = 15
FILE = "catalogue.sqlite"

# In tables without row ids the columns of the key stand first: SQLite 3.40's quick_check misreads the others.
_SCHEMA = """
CREATE TABLE article(
  n INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, folder TEXT NOT NULL, stamp TEXT NOT NULL, permalink TEXT, id TEXT,
  url TEXT, digest TEXT NOT NULL, day TEXT, sort TEXT NOT NULL, captured TEXT NOT NULL,
  current INTEGER NOT NULL DEFAULT 0, summary BLOB, mark TEXT, title TEXT, notice TEXT, findings TEXT NOT NULL,
  told TEXT NOT NULL DEFAULT '', outlet TEXT, views INTEGER NOT NULL DEFAULT 0, copies INTEGER NOT NULL DEFAULT 0);
CREATE INDEX article_folder ON article(folder);
CREATE INDEX article_permalink ON article(permalink);
CREATE INDEX article_id ON article(id);
CREATE INDEX article_url ON article(url);
CREATE INDEX article_title ON article(title);
CREATE INDEX article_told ON article(told, outlet) WHERE current = 1 AND told != '';
CREATE INDEX article_current ON article(n, day, mark) WHERE current = 1;
CREATE INDEX article_past ON article(permalink) WHERE current = 0;
CREATE INDEX article_order ON article(sort) WHERE current = 1;
CREATE INDEX article_day ON article(day, sort, mark) WHERE current = 1;
CREATE INDEX article_month ON article(day, permalink) WHERE summary IS NOT NULL;
CREATE INDEX article_lately ON article(captured, sort) WHERE current = 1;
CREATE INDEX article_views ON article(views, sort) WHERE current = 1 AND views > 0;
CREATE INDEX article_year_views ON article(substr(day, 1, 4), views, sort) WHERE current = 1 AND views > 0;
CREATE INDEX article_copies ON article(copies, sort) WHERE current = 1 AND copies > 1;
CREATE INDEX article_notice ON article(permalink) WHERE notice IS NOT NULL;
CREATE INDEX article_wrong ON article(n) WHERE findings != '[]';
CREATE TABLE list(n INTEGER PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL,
  UNIQUE(kind, slug));
CREATE TABLE member(list INTEGER NOT NULL, place TEXT NOT NULL, article INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY(list, place, article)) WITHOUT ROWID;
CREATE INDEX member_article ON member(article, name);
CREATE TABLE day(day TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE reprint(told TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE seen(n INTEGER PRIMARY KEY, article INTEGER NOT NULL, url TEXT, title TEXT NOT NULL, host TEXT NOT NULL,
  day TEXT NOT NULL, story TEXT NOT NULL);
CREATE INDEX seen_article ON seen(article);
CREATE INDEX seen_url ON seen(url);
CREATE INDEX seen_title ON seen(title);
CREATE INDEX seen_host ON seen(host, coalesce(url, title));
CREATE TABLE medium(name TEXT NOT NULL, article INTEGER NOT NULL, shown INTEGER NOT NULL, PRIMARY KEY(name, article)) WITHOUT ROWID;
CREATE INDEX medium_article ON medium(article);
CREATE TABLE capture(sha256 TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY(sha256, article)) WITHOUT ROWID;
CREATE INDEX capture_article ON capture(article);
CREATE TABLE intake(file TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL, landed INTEGER NOT NULL, findings TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX intake_sha256 ON intake(sha256);
CREATE TABLE unsettled(what TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(what, name)) WITHOUT ROWID;
CREATE TABLE touched(kind TEXT NOT NULL, name TEXT NOT NULL, run INTEGER NOT NULL, PRIMARY KEY(kind, name)) WITHOUT ROWID;
CREATE INDEX touched_run ON touched(run);
CREATE TABLE folder(tree TEXT NOT NULL, path TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY(tree, path)) WITHOUT ROWID;
CREATE TABLE site(n INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, run INTEGER NOT NULL);
CREATE TABLE written(site INTEGER NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, run INTEGER NOT NULL,
  key TEXT NOT NULL, stamp TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY(site, path)) WITHOUT ROWID;
CREATE INDEX written_unit ON written(site, kind, name);
CREATE TABLE state(run INTEGER NOT NULL, settled INTEGER NOT NULL);
INSERT INTO state VALUES(0, 0);
"""

LARGE_BYTES = 20_000_000  # that is known of some five thousand articles
_CLEAN, _OPEN = 0, 1  # `application_id`: whether the last process closed the file itself
_CACHE_KIB = 16_384


def opened(folder: Path) -> tuple[sqlite3.Connection, bool]:
    """The catalogue in that folder, locked, and whether the last run was cut short or nothing is known of it.

    It is empty if nothing usable was there. Raises BusyError, OutputError.
    """
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
            discard(folder)
    raise AssertionError  # the loop returns or raises


def is_large(folder: Path) -> bool:
    """Whether the catalogue in that folder is a large archive's; told by its size, for nobody needs to wait for its lock."""
    try:
        return (folder / FILE).stat().st_size > LARGE_BYTES
    except OSError:
        return False


def discard(folder: Path) -> None:
    """Remove the catalogue: it is filled again from `content/`."""
    for file in folder.glob(f"{FILE}*"):
        file.unlink(missing_ok=True)


def close(db: sqlite3.Connection, *, ended: bool) -> None:
    """Commit, and say that nothing was cut short if the run came to its end."""
    db.commit()
    if ended:
        db.execute(f"PRAGMA application_id = {_CLEAN}")
    db.close()


class _OtherVersionError(Exception):
    """The file was made by another version, or by a build that was killed before its first commit."""


def _connected(file: Path) -> tuple[sqlite3.Connection, bool]:
    _whole(file)
    db = sqlite3.connect(file, timeout=0.0, cached_statements=256)
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")  # a lost cache is only made again
        db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        db.execute("BEGIN IMMEDIATE")
        interrupted = db.execute("PRAGMA application_id").fetchone()[0] != _CLEAN
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not db.execute("SELECT 1 FROM sqlite_master").fetchone():
            for statement in _SCHEMA.split(";\n"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {VERSION}")
            interrupted = True
        elif version != VERSION:
            raise _OtherVersionError(f"made by another version ({version})")
        elif interrupted and not _sound(db):
            raise _OtherVersionError("damaged when the last run was cut short")
        db.execute("UPDATE state SET run = run + 1")
        db.commit()
        db.execute(f"PRAGMA application_id = {_OPEN}")
        db.execute("BEGIN IMMEDIATE")
    except BaseException:
        db.close()
        raise
    return db, interrupted


def _sound(db: sqlite3.Connection) -> bool:
    """Whether the file holds together: reads all of it, so only after a run that did not end well."""
    return bool(db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def _whole(file: Path) -> None:
    """A file shorter than its own head says was cut off: SQLite notices only once it reads that far.

    Bytes 16 and 28 of the head: size and number of pages (https://www.sqlite.org/fileformat.html, 1.3).
    """
    try:
        with file.open("rb") as source:
            head = source.read(100)
    except FileNotFoundError:
        return
    if len(head) == 100 and not file.with_name(f"{FILE}-wal").exists():
        size = int.from_bytes(head[16:18], "big")
        pages = int.from_bytes(head[28:32], "big")
        if file.stat().st_size < (65_536 if size == 1 else size) * pages:
            raise _OtherVersionError("cut off")
