"""What the pages ask of the catalogue: articles and lists in their order. Reads only."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from generator import text
from generator.catalogue import neighbours
from generator.catalogue.values import NO_ARTICLE, UNDATED, Facet, Ghost, Placed, Printed, Row, Story, Unit

_ROW = "mark, sort, day, summary"
_STORY = f"file, digest, url, {_ROW}"
# of one address the first file
_FIRST = (
    "summary IS NOT NULL AND file = (SELECT min(file) FROM article AS twin WHERE twin.permalink = article.permalink)"
)
# The stories listed of one outlet, each once: its first day, the first address that lists it on that day, and what is said there.
# `+` keeps the index of hosts out of a question that the one of titles answers.
_GHOST = f"""
  SELECT min(seen.day || char(10) || coalesce(page.permalink, '') || char(10) || seen.story) AS told, seen.url
  FROM seen LEFT JOIN article AS page ON page.n = seen.article
  WHERE seen.host = :host AND (seen.url IS NOT NULL
    OR NOT EXISTS(SELECT 1 FROM seen AS other WHERE other.title = seen.title AND +other.host = :host AND other.url IS NOT NULL))
  GROUP BY coalesce(seen.url, seen.title)
  HAVING max(seen.article = {NO_ARTICLE}) OR NOT EXISTS(SELECT 1 FROM article WHERE permalink IS NOT NULL AND article.url = seen.url)
    AND NOT EXISTS(SELECT 1 FROM article WHERE permalink IS NOT NULL AND article.title = seen.title)"""  # noqa: S608


class Lists:
    """The articles as pages show them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Ask that catalogue."""
        self._db = db

    def newest(self, count: int) -> tuple[Row, ...]:
        """The newest articles, newest first."""
        return tuple(self._rows("article WHERE current = 1 ORDER BY sort DESC LIMIT ?", count))

    def lately(self, count: int) -> tuple[Row, ...]:
        """The articles that were saved last, the latest first."""
        return tuple(
            self._rows("article WHERE current = 1 AND captured > '' ORDER BY captured DESC, sort DESC LIMIT ?", count)
        )

    def most_read(self, count: int, year: str = "") -> tuple[Row, ...]:
        """The articles with the most views, as their pages stated them; of one year, or all."""
        of_year = "substr(day, 1, 4) = ? AND" if year else ""
        where = f"article WHERE {of_year} current = 1 AND views > 0 ORDER BY views DESC, sort DESC LIMIT ?"
        return tuple(self._rows(where, *filter(None, [year]), count))

    def has_views(self) -> bool:
        """Whether the views of any article are known."""
        return bool(self.most_read(1))

    def reprinted(self) -> Iterator[Printed]:
        """The articles under whose headline several outlets printed one, by headline and in time."""
        several = "told IN (SELECT told FROM reprint)"
        yield from self._printed(f"current = 1 AND told != '' AND {several} ORDER BY told, day, sort")

    def most_saved(self, count: int) -> Iterator[Printed]:
        """The articles with the most captures, if more than one."""
        yield from self._printed("current = 1 AND copies > 1 ORDER BY copies DESC, sort DESC LIMIT ?", count)

    def most_listed(self, among: int, count: int) -> tuple[Row, ...]:
        """The articles that the pages of the newest so many list around their stories, the most listed first."""
        listed = " UNION ".join(
            f"SELECT fresh.n AS page, other.n AS n FROM fresh JOIN seen ON seen.article = fresh.n"  # noqa: S608 - our own words
            f" JOIN article AS other ON other.{column} = seen.{column} AND other.current = 1 AND other.n != fresh.n"
            for column in ("title", "url")
        )
        return tuple(self._rows(
            f"(WITH fresh AS (SELECT n FROM article WHERE current = 1 ORDER BY sort DESC LIMIT ?)"  # noqa: S608
            f" SELECT n, count(*) AS often FROM ({listed}) GROUP BY n) JOIN article USING(n)"
            " ORDER BY often DESC, sort DESC LIMIT ?", among, count))  # fmt: skip

    def permalinks(self) -> Iterator[str]:
        """Where every article has its page, versions of the past too, in order."""
        for (permalink,) in self._db.execute(f"SELECT permalink FROM article WHERE {_FIRST} ORDER BY permalink"):  # noqa: S608
            yield permalink

    def stories(self) -> Iterator[Story]:
        """Every article that has a page, versions of the past too, by permalink."""
        yield from self._stories(f"article WHERE {_FIRST} ORDER BY permalink")

    def story(self, permalink: str) -> Story | None:
        """The article that has its page there."""
        return next(self._stories(f"article WHERE permalink = ? AND {_FIRST}", permalink), None)

    def withheld(self) -> tuple[dict[str, str], ...]:
        """The notices that stand in the place of articles that are withheld, by permalink."""
        rows = self._db.execute("SELECT notice FROM article WHERE notice IS NOT NULL ORDER BY permalink, file")
        return tuple(json.loads(notice) for (notice,) in rows)

    def notice(self, permalink: str) -> dict[str, str] | None:
        """What stands at that address in the place of an article that is withheld."""
        statement = "SELECT notice FROM article WHERE permalink = ? AND notice IS NOT NULL ORDER BY file"
        row = self._db.execute(statement, (permalink,)).fetchone()
        return json.loads(row[0]) if row else None

    def shows_medium(self, name: str) -> bool:
        """Whether some article shows the picture."""
        return self._db.execute("SELECT 1 FROM medium WHERE name = ? AND shown = 1", (name,)).fetchone() is not None

    def media(self, file: str) -> tuple[str, ...]:
        """The pictures that the article in that file shows."""
        statement = "SELECT name FROM medium JOIN article ON n = article WHERE file = ? AND shown = 1 ORDER BY name"
        return tuple(name for (name,) in self._db.execute(statement, (file,)))

    def versions(self, story: Story) -> tuple[Story, ...]:
        """The articles of the story's URL, the newest version last; the story alone where it has none."""
        if story.url is None:
            return (story,)
        order = "ORDER BY captured, length(file), file"
        return tuple(self._stories(f"article WHERE url = ? AND {_FIRST} {order}", story.url))

    def seen_and_held(self, file: str) -> dict[str, str]:
        """The stories listed around the article in that file that the archive holds: what `seen_as` gives, to permalinks."""
        held: dict[str, str] = {}
        for column in ("title", "url"):
            held |= self._db.execute(
                f"SELECT seen.{column}, other.permalink FROM article JOIN seen ON seen.article = article.n"  # noqa: S608 - our own words
                f" JOIN article AS other ON other.{column} = seen.{column} WHERE article.file = ? AND other.current = 1"
                " AND other.n != article.n ORDER BY other.sort",
                (file,),
            )
        return held

    def ghost_hosts(self) -> tuple[str, ...]:
        """The outlets, and the hosts of exports, of which stories are listed, in order."""
        rows = self._db.execute(
            "WITH RECURSIVE one(host) AS (SELECT min(host) FROM seen WHERE host > '' UNION ALL"
            " SELECT (SELECT min(host) FROM seen WHERE host > one.host) FROM one WHERE host IS NOT NULL)"
            " SELECT host FROM one WHERE host IS NOT NULL"
        )
        return tuple(host for (host,) in rows)

    def ghosts(self, host: str) -> tuple[Ghost, ...]:
        """The stories of an outlet that its articles list and nobody holds, and all that exports list, in the order of their days."""
        rows = self._db.execute(
            f"SELECT told, (SELECT permalink FROM article WHERE article.url = one.url AND current = 1 ORDER BY file) FROM ({_GHOST})"  # noqa: S608
            " AS one ORDER BY told",
            {"host": host},
        )
        parted = ((told.split("\n", 2), held) for told, held in rows)
        return tuple(Ghost(day, on, raw, held) for (day, on, raw), held in parted)

    def ghost_count(self, host: str, most: int) -> int:
        """How many stories of an outlet are known and not held; no more than `most` are counted."""
        statement = f"SELECT count(*) FROM ({_GHOST} LIMIT :most)"  # noqa: S608 - our own words
        return int(self._db.execute(statement, {"host": host, "most": most}).fetchone()[0])

    def beside(self, story: Story) -> tuple[Row | None, Row | None]:
        """The current articles before and after the story in its section."""
        before, after = neighbours.beside(self._db, story.file, story.url)
        return self._row(before), self._row(after)

    def sharing(self, story: Story, count: int) -> tuple[Row, ...]:
        """The older articles that share most of the story's tags, the nearest first."""
        return tuple(filter(None, map(self._row, neighbours.sharing(self._db, story.file, story.url, count))))

    def permalink_of(self, url: str) -> str | None:
        """Where the current article of that address lies."""
        statement = "SELECT permalink FROM article WHERE url = ? AND current = 1 ORDER BY file"
        row = self._db.execute(statement, (text.fold_url(url),)).fetchone()
        return str(row[0]) if row else None

    def days(self, within: str = "") -> dict[str, int]:
        """Each day (`YYYY-MM-DD`, or `undated`) with its number of current articles, in order; of one year or month, or all."""
        ranged = "SELECT day, count FROM day WHERE day >= ? AND day < ? ORDER BY day"
        return dict(self._db.execute(ranged, (within, f"{within}~")))

    def around(self, period: str) -> tuple[str | None, str | None]:
        """The days with articles that come next before and after a year, month or day."""
        before = self._db.execute("SELECT max(day) FROM day WHERE day < ?", (period,)).fetchone()[0]
        after = "SELECT min(day) FROM day WHERE day > ? AND day != ?"
        return before, self._db.execute(after, (f"{period}~", UNDATED)).fetchone()[0]

    def total(self) -> int:
        """The number of current articles."""
        return int(self._db.execute("SELECT coalesce(sum(count), 0) FROM day").fetchone()[0])

    def on_day(self, day: str) -> tuple[Row, ...]:
        """The current articles of one day (or month, or year, by prefix), oldest first."""
        where = "article WHERE current = 1 AND day >= ? AND day < ? ORDER BY day, sort"
        return tuple(self._rows(where, day, f"{day}~"))

    def placed_on(self, day: str) -> tuple[Placed, ...]:
        """The places of the current articles of one day, oldest first."""
        statement = "SELECT mark, sort, day, n FROM article WHERE current = 1 AND day = ? ORDER BY sort"
        return tuple(Placed(*row) for row in self._db.execute(statement, (day,)))

    def first_of_days(self, month: str, count: int) -> tuple[Row, ...]:
        """The first so many current articles of each day of a month, oldest first."""
        return tuple(row for day in self.days(month) for row in self._rows(
            "article WHERE current = 1 AND day = ? ORDER BY sort LIMIT ?", day, count))  # fmt: skip

    def paths(self, month: str) -> tuple[str, ...]:
        """The permalinks of all articles of a month, or without a date, versions of the past too, in order."""
        statement = "SELECT DISTINCT permalink FROM article WHERE day >= ? AND day < ? AND summary IS NOT NULL ORDER BY permalink"
        return tuple(str(permalink) for (permalink,) in self._db.execute(statement, (month, f"{month}~")))

    def months(self) -> dict[str, int]:
        """The months of all articles (`YYYY-MM`, or `undated`), versions of the past too, in order, with their number of files.

        Those are more than its addresses only where files claim one twice.
        """
        # by day, for the index: to group by a part of a day sorts all articles
        days = self._db.execute("SELECT day, count(*) FROM article WHERE summary IS NOT NULL GROUP BY day ORDER BY day")
        months: Counter[str] = Counter()
        for day, count in days:
            months[day if day == UNDATED else day[:7]] += count
        return dict(months)

    def facets(self, kind: str) -> tuple[Facet, ...]:
        """The values of one kind with their number of current articles, by slug."""
        statement = "SELECT kind, slug, name, count FROM list WHERE kind = ? AND count > 0 ORDER BY slug"
        return tuple(Facet(*row) for row in self._db.execute(statement, (kind,)))

    def largest(self, kind: str, count: int) -> tuple[Facet, ...]:
        """The values of one kind with the most articles, the largest first."""
        statement = (
            "SELECT kind, slug, name, count FROM list WHERE kind = ? AND count > 0 ORDER BY count DESC, slug LIMIT ?"
        )
        return tuple(Facet(*row) for row in self._db.execute(statement, (kind, count)))

    def has(self, kind: str) -> bool:
        """Whether there is any value of that kind."""
        statement = "SELECT 1 FROM list WHERE kind = ? AND count > 0"
        return self._db.execute(statement, (kind,)).fetchone() is not None

    def facet(self, kind: str, slug: str) -> Facet | None:
        """One value, unless no current article has it."""
        statement = "SELECT kind, slug, name, count FROM list WHERE kind = ? AND slug = ? AND count > 0"
        row = self._db.execute(statement, (kind, slug)).fetchone()
        return Facet(*row) if row else None

    def members(self, facet: Facet) -> tuple[Placed, ...]:
        """The places of the current articles of one facet, oldest first, by the day that pages state; what has no date is oldest."""
        rows = self._db.execute(  # of the articles only the index of the current ones is read: their rows lie far apart
            "SELECT mark, place, day, n FROM member CROSS JOIN article INDEXED BY article_current ON n = article"
            " WHERE list = (SELECT n FROM list WHERE kind = ? AND slug = ?) AND current = 1",
            (facet.kind, facet.slug),
        )
        return tuple(sorted((Placed(*row) for row in rows), key=lambda one: (one.day != UNDATED, one.day, one.sort)))

    def newest_members(self, facet: Facet, count: int) -> tuple[Row, ...]:
        """The newest current articles of one facet, newest first."""
        which = "member JOIN list ON list.n = member.list JOIN article ON article.n = member.article"
        where = f"{which} WHERE list.kind = ? AND list.slug = ? AND current = 1 ORDER BY member.place DESC LIMIT ?"
        return tuple(self._rows(where, facet.kind, facet.slug, count))

    def rows(self, places: Sequence[Placed]) -> tuple[Row, ...]:
        """The articles in these places, in their order."""
        wanted = json.dumps([one.number for one in places])  # at once, and from the first row to the last
        found = {
            number: Row(*row)
            for number, *row in self._db.execute(
                f"SELECT n, {_ROW} FROM article WHERE n IN (SELECT value FROM json_each(?))",  # noqa: S608 - our own words
                (wanted,),
            )
        }
        return tuple(found[one.number] for one in places)

    def together(self, facet: Facet, kind: str, among: int, count: int) -> tuple[tuple[str, str], ...]:
        """The values of a kind that the newest so many articles of a facet have most often: their slugs, and their names there."""
        own = "SELECT n FROM list WHERE kind = ? AND slug = ?"
        # CROSS JOIN keeps the order as written: SQLite would rather try every value of the kind with every article
        rows = self._db.execute(
            f"WITH some AS (SELECT article AS n FROM member CROSS JOIN article INDEXED BY article_current ON article.n = article WHERE list = ({own})"  # noqa: S608
            " AND current = 1 ORDER BY place DESC LIMIT ?)"
            " SELECT slug, min(member.name) FROM some CROSS JOIN member ON member.article = some.n CROSS JOIN list ON list.n = member.list"
            f" WHERE list.kind = ? AND list.n != ({own}) GROUP BY list.n ORDER BY count(*) DESC, slug LIMIT ?",
            (facet.kind, facet.slug, among, kind, facet.kind, facet.slug, count),
        )
        return tuple(rows)

    def unit_names(self, kind: str) -> Iterator[Unit]:
        """Every list of one kind, as units of the plan."""
        for facet in self.facets(kind):
            yield Unit(kind, facet.slug)

    def _row(self, number: int | None) -> Row | None:
        return None if number is None else next(self._rows("article WHERE n = ?", number), None)

    def _rows(self, source: str, *values: Any) -> Iterator[Row]:
        for row in self._db.execute(f"SELECT {_ROW} FROM {source}", values):  # noqa: S608 - our own words
            yield Row(*row)

    def _printed(self, where: str, *values: Any) -> Iterator[Printed]:
        for told, copies, *row in self._db.execute(f"SELECT told, copies, {_ROW} FROM article WHERE {where}", values):  # noqa: S608
            yield Printed(told, copies, Row(*row))

    def _stories(self, source: str, *values: Any) -> Iterator[Story]:
        for file, digest, url, *row in self._db.execute(f"SELECT {_STORY} FROM {source}", values):  # noqa: S608
            yield Story(file, digest, url, Row(*row))
