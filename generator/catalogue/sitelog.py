"""What was written to one site: each page with the unit that it belongs to, its key, and the stamp of its file.

A build says first which page it plans, then what was written; a killed one has therefore never written a page that is
not known to be ours.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from generator.catalogue.values import Unit

State = Literal["fresh", "stale", "taken", "moved"]
_RUN = "(SELECT run FROM state)"


class SiteLog:
    """The pages of one site, and what has been touched since it was last complete."""

    def __init__(self, db: sqlite3.Connection, site: str) -> None:
        """Begin or go on with the site in that folder."""
        self._db = db
        db.execute("INSERT OR IGNORE INTO site(path, stamp, run) VALUES(?, '', 0)", (site,))
        self._n: int = db.execute("SELECT n FROM site WHERE path = ?", (site,)).fetchone()[0]
        self._run: int = db.execute("SELECT run FROM state").fetchone()[0]

    # ---- before ------------------------------------------------------------------------------------------------------

    @property
    def stamp(self) -> str:
        """Under which assumptions the site was last completed; `""` where it never was."""
        return str(self._db.execute("SELECT stamp FROM site WHERE n = ?", (self._n,)).fetchone()[0])

    def touched(self) -> Iterator[Unit]:
        """The units that something has touched since the site was complete."""
        rows = self._db.execute(
            "SELECT kind, name FROM touched WHERE run > (SELECT run FROM site WHERE n = ?) ORDER BY kind, name",
            (self._n,),
        )
        yield from (Unit(*row) for row in rows.fetchall())

    def damaged(self, folder: str, stamps: Mapping[str, str]) -> set[Unit]:
        """The units with a file in that folder that is not as it was written; `stamps` are its files' by name."""
        wrong = {
            path: Unit(kind, name)
            for path, kind, name, stamp in self._in(folder)
            if stamps.get(path.rpartition("/")[2]) != stamp
        }
        self._db.executemany(
            "UPDATE written SET key = '' WHERE site = ? AND path = ?", [(self._n, path) for path in wrong]
        )
        return set(wrong.values())

    def unknown(self, folder: str, names: Iterable[str]) -> tuple[str, ...]:
        """The paths of the files in that folder that were not written."""
        # asked one by one: in the index a folder's own paths lie between those of all folders below it
        written = "SELECT 1 FROM written WHERE site = ? AND path = ?"
        paths = (f"{folder}/{name}" if folder else name for name in names)
        return tuple(path for path in paths if self._db.execute(written, (self._n, path)).fetchone() is None)

    def _in(self, folder: str) -> list[tuple[str, str, str, str]]:
        below = f"{folder}/" if folder else ""
        rows = self._db.execute(
            "SELECT path, kind, name, stamp FROM written WHERE site = ? AND path >= ? AND path < ?"
            " AND instr(substr(path, ?), '/') = 0",
            (self._n, below, f"{below}\U0010ffff", len(below) + 1),
        )
        return rows.fetchall()

    # ---- while building ----------------------------------------------------------------------------------------------

    def again(self) -> None:
        """A plan begins in which nothing is planned yet."""
        self._db.execute("UPDATE state SET run = run + 1")
        self._run += 1

    def plan(self, unit: Unit, path: str, key: str) -> State:
        """Note that a unit has a page there: whether it has to be rendered, or is another unit's: of this plan, or of one before."""
        row = self._db.execute(
            "SELECT kind, name, run, key FROM written WHERE site = ? AND path = ?", (self._n, path)
        ).fetchone()
        if row and (row[0], row[1]) != unit:
            return "taken" if row[2] == self._run else self._moved(unit, path)
        if row and row[3] == key:
            if row[2] != self._run:
                self._db.execute("UPDATE written SET run = ? WHERE site = ? AND path = ?", (self._run, self._n, path))
            return "fresh"
        values = (self._n, path, *unit, self._run)
        self._db.execute("INSERT OR REPLACE INTO written VALUES(?,?,?,?,?,'','','')", values)
        return "stale"

    def _moved(self, unit: Unit, path: str) -> State:
        self._db.execute(
            "UPDATE written SET kind = ?, name = ?, run = ?, key = '' WHERE site = ? AND path = ?",
            (*unit, self._run, self._n, path),
        )
        return "moved"

    def wrote(self, path: str, key: str, stamp: str, digest: str) -> None:
        """Remember what lies there now; `digest` is the sha256 of its bytes."""
        self._db.execute(
            "UPDATE written SET key = ?, stamp = ?, digest = ? WHERE site = ? AND path = ?",
            (key, stamp, digest, self._n, path),
        )

    def left(self, unit: Unit) -> tuple[str, ...]:
        """The pages of a unit that this build has not planned."""
        rows = self._db.execute(
            "SELECT path FROM written INDEXED BY written_unit WHERE site = ? AND kind = ? AND name = ? AND run < ? ORDER BY path",
            (self._n, *unit, self._run),
        )
        return tuple(str(path) for (path,) in rows)

    def all_left(self) -> tuple[str, ...]:
        """The pages of any unit that this build has not planned."""
        rows = self._db.execute(
            "SELECT path FROM written WHERE site = ? AND run < ? ORDER BY path", (self._n, self._run)
        )
        return tuple(str(path) for (path,) in rows)

    def removed(self, paths: Iterable[str]) -> None:
        """Forget what is gone."""
        self._db.executemany("DELETE FROM written WHERE site = ? AND path = ?", [(self._n, path) for path in paths])

    def key(self, path: str) -> str | None:
        """The key under which the page there was written; None where there is none."""
        row = self._db.execute("SELECT key FROM written WHERE site = ? AND path = ?", (self._n, path)).fetchone()
        return str(row[0]) if row else None

    def digest(self, path: str) -> str | None:
        """The sha256 of the page there; None where there is none."""
        row = self._db.execute("SELECT digest FROM written WHERE site = ? AND path = ?", (self._n, path)).fetchone()
        return str(row[0]) if row and row[0] else None

    def digests(self) -> Iterator[tuple[str, str]]:
        """Each page with the sha256 of its bytes, in order."""
        yield from self._db.execute("SELECT path, digest FROM written WHERE site = ? ORDER BY path", (self._n,))

    def count(self) -> int:
        """The number of pages."""
        return int(self._db.execute("SELECT count(*) FROM written WHERE site = ?", (self._n,)).fetchone()[0])

    # ---- after -------------------------------------------------------------------------------------------------------

    def complete(self, stamp: str) -> None:
        """The site is what the catalogue says, under these assumptions."""
        self._db.execute("UPDATE site SET stamp = ?, run = ? WHERE n = ?", (stamp, self._run, self._n))
        self._db.execute("DELETE FROM touched WHERE run <= (SELECT min(run) FROM site WHERE run > 0)")

    def commit(self) -> None:
        """Make what was said so far survive a kill."""
        self._db.commit()
