"""The open catalogue: what is known of `content/`, and what has been touched since a site was last built."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from generator import plain, text
from generator.catalogue import neighbours
from generator.catalogue.lists import Lists
from generator.catalogue.opening import FILE, close, discard, opened
from generator.catalogue.sitelog import SiteLog
from generator.catalogue.values import NO_ARTICLE, UNDATED, Entry, Listed
from generator.errors import DamagedError, Finding, OutputError

_DONE = "landed = 0 OR sha256 IN (SELECT sha256 FROM capture)"

# Of one URL the version captured last is shown (or taken in last, where no capture says when), of one address the first file.
_SHOWN = """summary IS NOT NULL
  AND NOT EXISTS(SELECT 1 FROM article AS later WHERE later.url = article.url AND later.summary IS NOT NULL
    AND later.permalink IS NOT article.permalink
    AND (later.captured, length(later.file), later.file) > (article.captured, length(article.file), article.file))
  AND NOT EXISTS(SELECT 1 FROM article AS twin WHERE twin.permalink = article.permalink AND twin.file < article.file)"""
_UNSETTLED = """n IN (SELECT article.n FROM unsettled JOIN article ON article.url = unsettled.name WHERE what = 'url'
  UNION SELECT article.n FROM unsettled JOIN article ON article.permalink = unsettled.name WHERE what = 'permalink')"""
_COUNTED = (  # of the articles only the index of the current ones is read: their rows lie far apart
    "(count, name) = (SELECT count(*), coalesce(min(name), '') FROM member CROSS JOIN article INDEXED BY article_current"
    " ON article.n = member.article AND current = 1 WHERE member.list = list.n)"
)
# The headlines under which several outlets printed an article: kept, for to look for them reads those of all articles.
_REPRINTED = "INSERT INTO reprint SELECT told FROM article WHERE current = 1 AND told != ''"
_SEVERAL = "GROUP BY told HAVING min(outlet) != max(outlet)"
_RUN = "(SELECT run FROM state)"
_SETTLED = "(SELECT settled FROM state)"


class Catalogue:
    """The open catalogue of one archive. A context manager: leaving it commits and frees the lock.

    `interrupted` tells that the run before did not come to its end, or that nothing is known of it; `touched` that
    something of `content/` has come, changed or gone since the catalogue was opened.
    """

    def __init__(self, folder: Path) -> None:
        """Open or begin the catalogue in `folder`. Raises BusyError, OutputError."""
        self._folder = folder
        self._db, self.interrupted = opened(folder)
        # nothing was built from what was never settled: nobody asks what is touched, whoever builds looks at all of it
        self._fresh = self._db.execute("SELECT settled FROM state").fetchone()[0] == 0
        self.touched = False
        self.lists = Lists(self._db)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        broken = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        if broken:
            self._db.close()
            discard(self._folder)
            raise DamagedError(f"{self._folder.name}/: the catalogue is damaged: {error}", "it is made anew: try again")
        try:
            close(self._db, ended=error is None)
        except sqlite3.OperationalError as failed:
            self._db.close()
            error = failed
        if isinstance(error, sqlite3.OperationalError):
            hint = "make room on the disk; if that is not it, delete the folder: it is made anew"
            raise OutputError(f"{self._folder.name}/{FILE}: {error}", hint) from error

    def site_log(self, site: str) -> SiteLog:
        """What was written to the site in that folder."""
        return SiteLog(self._db, site)

    # ---- what is known of content/ -----------------------------------------------------------------------------------

    def folders(self, tree: str) -> dict[str, str]:
        """Each folder of a tree with the mark under which it was last looked through."""
        return dict(self._db.execute("SELECT path, mark FROM folder WHERE tree = ?", (tree,)))

    def looked(self, tree: str, marks: Mapping[str, str]) -> None:
        """Remember that folders were looked through under these marks; an empty one forgets the folder."""
        rows = [(tree, path, mark) for path, mark in marks.items()]
        self._db.executemany("INSERT OR REPLACE INTO folder VALUES(?,?,?)", rows)
        self._db.execute("DELETE FROM folder WHERE mark = ''")

    def stamps(self, folder: str) -> dict[str, str]:
        """Each known article's file in one folder with its stamp."""
        return dict(self._db.execute("SELECT file, stamp FROM article WHERE folder = ?", (folder,)))

    def put(self, entry: Entry) -> None:
        """Take in an article, in place of what was known of its file."""
        self.drop([entry.file])
        summary = entry.summary
        known = entry.known or summary
        raw = text.compact(plain.plain(summary)) if summary else None
        row = (
            entry.file, entry.file.rpartition("/")[0], entry.stamp, known and known.permalink, known and known.id,
            text.fold_url(known.url) if known and known.url else None,
            entry.digest, summary and (summary.published.day if summary.published else UNDATED),
            entry.sort, entry.captured, raw and raw.encode(), raw and text.short(raw, entry.sort), known and text.fold(known.headline),
            None if entry.notice is None else text.compact(entry.notice), _out(entry.findings),
            text.telling(summary.headline) if summary else "", summary and (summary.publisher or summary.source), (summary and summary.views) or 0, len(entry.captures),
        )  # fmt: skip
        made = self._db.execute(
            "INSERT INTO article(file, folder, stamp, permalink, id, url, digest, day, sort, captured, summary, mark, title, notice, findings, told, outlet, views, copies)"
            " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            row,
        )
        number = int(made.lastrowid or 0)
        for kind, name in entry.places:
            place = (self._list(kind, text.name_slug(name)), entry.sort, number, name)
            self._db.execute("INSERT OR IGNORE INTO member VALUES(?,?,?,?)", place)
        self._db.executemany("INSERT OR IGNORE INTO capture VALUES(?,?)", [(sha, number) for sha in entry.captures])
        self._list_seen(number, entry.seen)
        media = [(name, number, shown) for name, shown in entry.media]
        self._db.executemany("INSERT OR IGNORE INTO medium VALUES(?,?,?)", media)
        self._touch(entry.file)

    def drop(self, files: Iterable[str]) -> None:
        """Forget articles whose files are gone."""
        for file in files:
            found = self._db.execute("SELECT n FROM article WHERE file = ?", (file,)).fetchone()
            if found:
                self._touch(file)
                for table in ("member", "capture", "seen", "medium"):
                    self._db.execute(f"DELETE FROM {table} WHERE article = ?", found)  # noqa: S608 - our own names
                self._db.execute("DELETE FROM article WHERE n = ?", found)

    def settle(self) -> None:
        """Decide what lists show, and count it, wherever articles came or went since this was last done."""
        if self._fresh:
            self._settle_all()
        else:
            self._settle_touched()
        self._fresh = False
        self._db.execute("DELETE FROM unsettled")
        self._db.execute("UPDATE state SET settled = run, run = run + 1")

    def note_pictures(self, folders: Iterable[str]) -> None:
        """Note folders of pictures in which something came or went, and the articles that show something there."""
        for folder in folders:
            self.touched = True
            self._touched("SELECT 'media', ?", (folder,))
            self._touched(
                "SELECT 'article', permalink FROM medium JOIN article ON n = article"
                " WHERE name >= ? AND name < ? AND shown = 1 AND permalink IS NOT NULL",
                (f"media/{folder}/", f"media/{folder}~"),
            )

    def note_known(self, stories: Iterable[Listed]) -> None:
        """Note that these are all the stories that exports list, and that what shows them has changed."""
        self.touched = True
        exported = "SELECT DISTINCT 'known', host FROM seen WHERE article = ?"
        self._touched(exported, (NO_ARTICLE,))
        self._db.execute("DELETE FROM seen WHERE article = ?", (NO_ARTICLE,))
        self._list_seen(NO_ARTICLE, stories)
        self._touched(exported, (NO_ARTICLE,))

    def is_incomplete(self) -> bool:
        """Whether an original has to be taken in again: what was made of it is no longer held."""
        return self._db.execute(f"SELECT 1 FROM intake WHERE NOT ({_DONE})").fetchone() is not None  # noqa: S608

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

    def holds_medium(self, name: str, file: str) -> bool:
        """Whether an article other than the one in that file holds the picture."""
        statement = "SELECT 1 FROM medium JOIN article ON article.n = article WHERE name = ? AND file != ?"
        return self._db.execute(statement, (name, file)).fetchone() is not None

    def found(self, word: str) -> tuple[str, ...]:
        """The files of the articles that a person may mean: by id, by file, by permalink, by address."""
        statement = "SELECT file FROM article WHERE id = ? OR file = ? OR permalink = ? OR url = ? ORDER BY file"
        rows = self._db.execute(statement, (word, word.removeprefix("content/"), word, text.fold_url(word)))
        return tuple(file for (file,) in rows)

    def sharing(self, sha256: str, file: str) -> tuple[str, ...]:
        """The files of other articles that were made from the original with that digest."""
        statement = "SELECT file FROM capture JOIN article ON n = article WHERE sha256 = ? AND file != ? ORDER BY file"
        return tuple(other for (other,) in self._db.execute(statement, (sha256, file)))

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
        twins = self._db.execute(  # among those that no list shows, for a twin is not current
            "SELECT file, (SELECT min(file) FROM article AS other WHERE other.permalink = article.permalink) AS first, permalink"
            " FROM article INDEXED BY article_past WHERE current = 0 AND permalink IS NOT NULL AND EXISTS(SELECT 1 FROM article AS other"
            " WHERE other.permalink = article.permalink AND other.n != article.n) AND file != first"
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

    def commit(self) -> None:
        """Make what was said so far survive a kill. The lock stays."""
        self._db.commit()

    # ---- what was touched --------------------------------------------------------------------------------------------

    def _list(self, kind: str, slug: str) -> int:
        found = self._db.execute("SELECT n FROM list WHERE kind = ? AND slug = ?", (kind, slug)).fetchone()
        if found is None:
            made = self._db.execute("INSERT INTO list(kind, slug, name, count) VALUES(?,?,'',0)", (kind, slug))
            return int(made.lastrowid or 0)
        return int(found[0])

    def _list_seen(self, article: int, stories: Iterable[Listed]) -> None:
        self._db.executemany(
            "INSERT INTO seen(article, url, title, host, day, story) VALUES(?,?,?,?,?,?)",
            ((article, *story) for story in dict.fromkeys(stories)),
        )

    def _touch(self, file: str) -> None:
        """Note what shows the article in that file, as it is known now: its page, its versions', those that list it, its lists."""
        self.touched = True
        if self._fresh:
            return
        number, permalink, url = self._db.execute(
            "SELECT n, permalink, url FROM article WHERE file = ?", (file,)
        ).fetchone()
        if permalink is None:
            return
        self._touched("SELECT 'article', permalink FROM article WHERE n = ? OR url = ?", (number, url))
        self._touch_lists(number)
        self._touched("SELECT DISTINCT 'known', host FROM seen WHERE article = ? AND host != ''", (number,))
        self._touched("SELECT DISTINCT 'media', substr(name, 7, 2) FROM medium WHERE article = ?", (number,))
        self._db.execute("INSERT OR IGNORE INTO unsettled VALUES('permalink', ?)", (permalink,))
        if url:
            self._db.execute("INSERT OR IGNORE INTO unsettled VALUES('url', ?)", (url,))

    def _touch_lists(self, number: int) -> None:
        """Note what shows the article if it is a current one: its lists, its neighbours, and what lists it as seen or known."""
        for known_by in ("url", "title"):
            itself = f"article JOIN seen ON seen.{known_by} = article.{known_by}"
            self._touched(
                f"SELECT 'article', page.permalink FROM {itself} JOIN article AS page ON page.n = seen.article"  # noqa: S608 - our own words
                " WHERE article.n = ? AND page.permalink IS NOT NULL",
                (number,),
            )
            self._touched(f"SELECT 'known', host FROM {itself} WHERE article.n = ? AND host != ''", (number,))  # noqa: S608
        told = "INSERT OR IGNORE INTO unsettled SELECT 'told', told FROM article WHERE n = ? AND told != ''"
        self._db.execute(told, (number,))
        self._touched("SELECT 'day', day FROM article WHERE n = ? AND day IS NOT NULL", (number,))
        self._touched("SELECT kind, slug FROM member JOIN list ON list.n = member.list WHERE article = ?", (number,))
        for statement, values in neighbours.REACHED:
            self._touched(statement, {"number": number, **values})

    def _touched(self, units: str, values: tuple[object, ...] | dict[str, object]) -> None:
        self._db.execute(f"INSERT OR REPLACE INTO touched SELECT *, {_RUN} FROM ({units})", values)  # noqa: S608

    def _settle_touched(self) -> None:
        for (number,) in self._db.execute(
            f"SELECT n FROM article WHERE {_UNSETTLED} AND current != ({_SHOWN})"  # noqa: S608 - our own words
        ).fetchall():
            self._db.execute("UPDATE article SET current = 1 - current WHERE n = ?", (number,))
            self._touch_lists(number)
        unsettled = "told IN (SELECT name FROM unsettled WHERE what = 'told')"
        self._db.execute(f"DELETE FROM reprint WHERE {unsettled}")  # noqa: S608 - our own words
        self._db.execute(f"{_REPRINTED} AND {unsettled} {_SEVERAL}")
        self._recount()

    def _settle_all(self) -> None:
        self._db.execute(f"UPDATE article SET current = ({_SHOWN})")  # noqa: S608 - our own words
        self._db.execute(f"UPDATE list SET {_COUNTED}")  # noqa: S608 - our own words
        self._db.execute("DELETE FROM reprint")
        self._db.execute(f"{_REPRINTED} {_SEVERAL}")
        self._db.execute("DELETE FROM day")
        self._db.execute("INSERT INTO day SELECT day, count(*) FROM article WHERE current = 1 GROUP BY day")

    def _recount(self) -> None:
        """Count the lists and days that this run has touched; a day that comes or goes is its neighbours' business too."""
        before = {day for (day,) in self._db.execute("SELECT day FROM day")}
        self._db.execute(
            f"UPDATE list SET {_COUNTED} WHERE n IN"  # noqa: S608 - our own words
            f" (SELECT n FROM touched JOIN list ON list.kind = touched.kind AND slug = touched.name WHERE run > {_SETTLED})"
        )
        self._db.execute("DELETE FROM list WHERE count = 0 AND n NOT IN (SELECT list FROM member)")
        self._db.execute(
            "INSERT OR REPLACE INTO day"  # noqa: S608 - our own words
            " SELECT name, (SELECT count(*) FROM article WHERE day = name AND current = 1)"
            f" FROM touched WHERE kind = 'day' AND run > {_SETTLED}"
        )
        self._db.execute("DELETE FROM day WHERE count = 0")
        after = {day for (day,) in self._db.execute("SELECT day FROM day")}
        for day in sorted(before ^ after):
            self._touched("SELECT 'day', day FROM day WHERE day < ? ORDER BY day DESC LIMIT 1", (day,))
            self._touched("SELECT 'day', day FROM day WHERE day > ? ORDER BY day LIMIT 1", (day,))


def _out(findings: Iterable[Finding]) -> str:
    return text.compact([plain.plain(one) for one in findings])


def _in(raw: str) -> list[Finding]:
    return [Finding(**{"message": "", **row}) for row in json.loads(raw)]
