"""`backfile import`: pages brought in from elsewhere. The only command that uses the network, and only when it is called."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from generator.cli.shared import options, settings_of, status
from generator.cli.show import Screen, finding, show_json
from generator.cli.withholding import today

if TYPE_CHECKING:
    from generator.config import Settings
    from generator.pipeline import Report
    from generator.wayback import Recovery, Survey
    from generator.workers import Workers

_PASSED = {
    "alike": "with the same bytes as another address",
    "no page": "that are no pages (feeds, scripts, pictures)",
    "another time": "of another time",
    "another path": "with another path",
    "another host": "of another host",
}
_VERDICTS = {
    "kept": "kept",
    "not-found": "say that there is no such page",
    "parked": "of a parked domain",
    "error-page": "errors",
    "home": "lead to the front page",
    "moved": "lead elsewhere",
    "tiny": "empty",
    "not-html": "no HTML",
    "alike": "same as another",
    "missing": "not in the web archive after all",
    "excluded": "not shown by the web archive",
    "another-time": "of another time only",
    "too-large": "too large",
}


@click.group("import", short_help="Bring pages in from elsewhere.")
def importing() -> None:
    """Bring pages in from elsewhere: the only command that uses the network.

    \b
    Examples:
      backfile import wayback news.example --dry-run
    """


@importing.command(short_help="Recover a dead site from the Wayback Machine.")
@click.argument("host", metavar="HOST")
@click.option(
    "--from", "since", default="", metavar="DATE", help="Captures from that time on: 2008, 2008-05, 2008-05-17."
)
@click.option("--to", "until", default="", metavar="DATE", help="Captures up to that time, all of it.")
@click.option(
    "--near", default="", metavar="DATE", help="Of each page the capture nearest to that time, not the earliest."
)
@click.option("--match", default="", metavar="PREFIX", help="Only pages whose path begins so: /news/.")
@click.option("--subdomains", is_flag=True, help="The hosts below HOST too.")
@click.option("--every-version", is_flag=True, help="Of each page every capture that differs, not one.")
@click.option("--pictures", is_flag=True, help="The pictures that the pages name, too.")
@click.option("--keep-all", is_flag=True, help="Keep pages that say 'not found', of parked domains, and duplicates.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many pages in this run.")
@click.option(
    "--delay",
    type=click.FloatRange(0, 3600),
    default=1.5,
    show_default=True,
    metavar="SECONDS",
    help="Between two requests.",
)
@click.option(
    "--contact", default="", metavar="WORDS", help="Tell the archive whom to write to: an e-mail or web address."
)
@click.option(
    "--endpoint", default="", metavar="URL", help="Another archive's CDX server. [default: the Internet Archive's]"
)
@click.option("--relist", is_flag=True, help="Ask the archive's index again, not the list kept in .backfile/.")
@click.option("--dry-run", is_flag=True, help="Only say what there is, and how long it would take.")
@options("workers", "strict", "quiet", "json")
@click.pass_context
def wayback(ctx: click.Context, host: str, *, since: str, until: str, near: str, match: str, subdomains: bool, every_version: bool, pictures: bool, keep_all: bool, limit: int | None, delay: float, contact: str, endpoint: str, relist: bool, dry_run: bool, workers: Workers, strict: bool, quiet: bool, as_json: bool) -> None:  # fmt: skip
    """Recover a dead site from the Internet Archive's Wayback Machine, or another archive like it.

    Its pages are fetched one at a time as they were captured, kept as WARC in content/saved/wayback/HOST/, and taken in.
    Stop it whenever you like: run again, it goes on and asks for nothing twice.

    \b
    Examples:
      backfile import wayback news.example --dry-run
      backfile import wayback news.example --from 2008 --to 2016-09 --pictures
      backfile import wayback news.example --match /2014/ --endpoint https://arquivo.pt/wayback/cdx
    """
    from dataclasses import replace

    from generator import wayback as archives

    settings = settings_of(ctx)
    asked = archives.wanted(host, match=match, since=since, until=until, near=near)
    asked = replace(
        asked, subdomains=asked.subdomains or subdomains, every_version=every_version, pictures=pictures, keep_all=keep_all, limit=limit
    )  # fmt: skip
    with Screen(quiet=quiet, as_json=as_json) as screen:
        ways = archives.Ways(
            settings.content, settings.cache, screen, time.sleep, delay=_polite(delay, endpoint), contact=_line(contact), relist=relist
        )  # fmt: skip
        ways = replace(ways, endpoint=endpoint) if endpoint else ways
        if dry_run:
            found = archives.survey(asked, ways)
        else:
            recovery = archives.recover(asked, ways)
            report = _taken_in(settings, recovery, workers, screen)
    if dry_run:
        _surveyed(screen, found)
        screen.findings(found.findings)
        sys.exit(status(found.findings, strict=strict))
    _recovered(screen, recovery, report)
    findings = (*recovery.findings, *(report.findings if report else ()))
    screen.findings(findings)
    if recovery.stopped:
        raise recovery.stopped
    sys.exit(status(findings, strict=strict))


def _polite(delay: float, endpoint: str) -> float:
    if delay < 1 and not endpoint:
        raise click.BadParameter("at least 1: the Internet Archive shuts out whoever asks faster", param_hint="--delay")
    return delay


def _line(words: str) -> str:
    if words and not (words.isascii() and words.isprintable()):
        raise click.BadParameter("expected plain letters: an e-mail or a web address", param_hint="--contact")
    return words


def _taken_in(settings: Settings, recovery: Recovery, workers: Workers, screen: Screen) -> Report | None:
    """The articles in what was fetched, now and in runs that were stopped."""
    from generator import pipeline
    from generator.intake import Stated

    folder = settings.content / recovery.folder
    return pipeline.add(settings, [folder], Stated(), workers, screen, today()) if folder.is_dir() else None


def _surveyed(screen: Screen, found: Survey) -> None:
    if screen.as_json:
        show_json(
            {
                "host": found.host, "captures": found.captures, "pages": found.addresses, "known": found.known, "bytes": found.size,
                "seconds": round(found.seconds), "first": found.first, "last": found.last, "passed": dict(sorted(found.passed.items())),
                "findings": [finding(one) for one in found.findings],
            }
        )  # fmt: skip
        return
    between = f", {_day(found.first)} to {_day(found.last)}" if found.first else ""
    screen.say(f"{found.host}: {found.captures:,} captures listed, {found.addresses:,} pages{between}.")
    passed = [f"{found.passed[name]:,} {meaning}" for name, meaning in _PASSED.items() if found.passed.get(name)]
    if passed:
        screen.say(f"Addresses passed over: {', '.join(passed)}.")
    if found.known:
        screen.say(f"{found.known:,} of the pages were asked for already.")
    screen.say(f"To ask for what is left takes about {_duration(found.seconds)} and {found.size / 1e6:,.1f} MB.")


def _recovered(screen: Screen, recovery: Recovery, report: Report | None) -> None:
    if screen.as_json:
        show_json(
            {
                "host": recovery.host, "pages": recovery.addresses, "known": recovery.known, "kept": recovery.kept,
                "verdicts": dict(sorted(recovery.verdicts.items())), "pictures": recovery.pictures, "batches": list(recovery.places),
                "captures": dict(sorted(report.verdicts.items())) if report else {}, "articles": report.articles if report else None,
                "complete": recovery.stopped is None,
                "findings": [finding(one) for one in (*recovery.findings, *(report.findings if report else ()))],
            }
        )  # fmt: skip
        return
    told = [
        f"{recovery.verdicts[name]:,} {meaning}" for name, meaning in _VERDICTS.items() if recovery.verdicts.get(name)
    ]
    known = f"; {recovery.known:,} pages were asked for before" if recovery.known else ""
    pictures = f", {recovery.pictures:,} pictures" if recovery.pictures else ""
    screen.say(f"{recovery.host}: {', '.join(told) or 'nothing new'}{pictures}{known}.")
    for place in recovery.places:
        screen.say(f"  content/{place}")
    if report:
        screen.landed(report, explain=False)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "a minute"
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours {minutes % 60} minutes"


def _day(time14: str) -> str:
    return f"{time14[:4]}-{time14[4:6]}-{time14[6:8]}"
