"""`backfile withhold`: an article taken down, put back, or removed for good; and what of withheld words is left in the site."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.shared import options, settings_of
from generator.cli.show import Screen, show_json
from generator.errors import Finding, UsageError

if TYPE_CHECKING:
    from generator.config import Settings
    from generator.content import Withheld
    from generator.takedown import Purge, Taken
    from generator.workers import Workers

_LIST = "list"
_NEXT = "Next: 'backfile build', then 'backfile check --leaks'."


def today() -> date:
    """The day on which what is withheld is judged: of SOURCE_DATE_EPOCH where that is set, else of this machine's clock."""
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not stated:
        return date.today()  # noqa: DTZ011 - the person's own day
    try:
        return datetime.fromtimestamp(int(stated), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH: not a time: {stated!r}", "it is a number of seconds since 1970"
        ) from error


@click.command(short_help="Take an article down, or put it back.")
@click.argument("article", metavar="ID|URL|FILE|list")
@click.option("--reason", default="", metavar="WORDS", help="Why; readers of the site see it.")
@click.option("--until", metavar="DATE", help="Shown again from that day on: 2027-01-31.")
@click.option("--since", metavar="DATE", help="Since when. [default: today]")
@click.option(
    "--redact", multiple=True, metavar="TEXT", help="Black out these words only. May be given more than once."
)
@click.option("--this-version", is_flag=True, help="This text of its address only; otherwise every version of it.")
@click.option("--no-page", is_flag=True, help="Put no notice in its place: its address leads nowhere.")
@click.option("--purge", is_flag=True, help="Remove text, originals and pictures from content/ for good.")
@click.option("--lift", is_flag=True, help="Put it back.")
@click.option("--yes", is_flag=True, help="Purge without asking.")
@options("quiet", "json")
@click.pass_context
def withhold(ctx: click.Context, article: str, *, reason: str, until: str | None, since: str | None, redact: tuple[str, ...], this_version: bool, no_page: bool, purge: bool, lift: bool, yes: bool, quiet: bool, as_json: bool) -> None:  # fmt: skip
    """Take an article down: a notice stands in its place, and no word of it is left in the site. content/ keeps it.

    \b
    Examples:
      backfile withhold 4f0c1d2e3a5b6978 --reason "At the request of a person named in it"
      backfile withhold https://news.example/2025/bridge --reason "Embargo" --until 2027-01-31
      backfile withhold content/articles/2025/03/18-bridge.md --reason "Privacy" --redact "Jane Roe"
      backfile withhold 4f0c1d2e3a5b6978 --reason "Court order" --purge
      backfile withhold --lift 4f0c1d2e3a5b6978
      backfile withhold list
    """
    from generator import takedown
    from generator.content import Withheld

    settings = settings_of(ctx)
    screen = Screen(quiet=quiet, as_json=as_json)
    if article == _LIST:
        _tell_list(settings, screen)
        return
    if lift:
        lifted = takedown.lift(settings, article)
        _tell(screen, lifted, "lifted")
        if any(entry.purged for entry in lifted.values()):
            screen.remark("What was purged does not come back: add its page again.")
        return
    _check(purge=purge, redact=redact, until=until)
    order = Withheld(
        reason=reason,
        since=_day("--since", since) or today(),
        until=_day("--until", until),
        redact=redact,
        page=not no_page,
    )
    with takedown.refreshed(settings, today()) as catalogue:
        taken = takedown.find(settings, catalogue, article)
        plans = [(one, takedown.purge_of(settings, catalogue, one)) for one in taken] if purge else []
        if plans and not yes:
            _confirm(plans)
        entries = takedown.withhold(settings, taken, order, version=this_version)
        for one, plan in plans:
            takedown.purge(settings, one, entries[one.article.id], plan)
    _tell(screen, entries, "withheld", [place for _, plan in plans for place in plan.gone])
    _warn(screen, settings, plans)


def _check(*, purge: bool, redact: tuple[str, ...], until: str | None) -> None:
    if purge and (redact or until):
        raise UsageError(
            "--purge removes the whole article for good: it goes with neither --redact nor --until",
            "leave one of them out",
        )
    if any(not words.strip() for words in redact):
        raise UsageError("--redact: no words are given", "name the words to black out")


def _day(option: str, stated: str | None) -> date | None:
    if not stated:
        return None
    try:
        return date.fromisoformat(stated)
    except ValueError as error:
        raise UsageError(f"{option}: not a day: {stated!r}", "write it like 2027-01-31") from error


def _confirm(plans: list[tuple[Taken, Purge]]) -> None:
    for one, plan in plans:
        click.echo(f"{one.article.id}  {one.article.headline}", err=True)
        for place in plan.gone:
            click.echo(f"  remove content/{place}", err=True)
        for place in plan.shared:
            click.echo(f"  keep   content/{place}: other articles were made from it, or may be", err=True)
    click.confirm("Remove these files for good?", abort=True, err=True)


def _tell(screen: Screen, entries: dict[str, Withheld], verdict: str, removed: list[str] | None = None) -> None:
    if screen.as_json:
        show_json({verdict: [_row(name, entry) for name, entry in entries.items()], "removed": removed or []})
        return
    for name, entry in entries.items():
        screen.say(f"{name}: {verdict}{_until(entry)} ({entry.permalink})")
    for place in removed or ():
        screen.say(f"content/{place}: removed")
    screen.say(_NEXT)


def _tell_list(settings: Settings, screen: Screen) -> None:
    from generator import content

    ledger = content.read_withheld(settings.content)
    if screen.as_json:
        show_json({"withheld": [_row(name, entry) for name, entry in ledger.items()]})
        return
    for name, entry in ledger.items():
        what = "purged" if entry.purged else "words blacked out" if entry.redact else "withheld"
        over = "" if entry.holds(today()) else "; over: it is shown again"
        screen.say(f"{name}: {what}{_until(entry)}{over} ({entry.permalink}) {entry.reason}".rstrip())
    screen.say(f"{len(ledger)} in content/withheld.toml")


def _until(entry: Withheld) -> str:
    since = f" since {entry.since}" if entry.since else ""
    return since + (f" until {entry.until}" if entry.until else "")


def _row(name: str, entry: Withheld) -> dict[str, Any]:
    import msgspec

    return {"id": name, **msgspec.to_builtins(entry)}


def _warn(screen: Screen, settings: Settings, plans: list[tuple[Taken, Purge]]) -> None:
    """What withholding cannot do, where it matters here."""
    for _, plan in plans:
        for place in plan.shared:
            screen.remark(
                f"content/{place}: kept, for other articles were made from it, or may be; the page is still in it"
            )
    if any((folder / ".git").exists() for folder in (settings.root.resolve(), *settings.root.resolve().parents)):
        screen.remark(
            "content/ lies in a git repository. Where others can read that, they can read the text, in its history also after "
            "a purge: docs/withholding.md says what to do."
        )


def leaks(settings: Settings, site: Path, workers: Workers) -> tuple[Finding, ...]:
    """What of withheld words is left in the site."""
    from generator import check
    from generator.catalogue import Catalogue
    from generator.cataloguing import catch_up
    from generator.workers import eased, mapper, near

    with Catalogue(settings.cache) as catalogue:
        border, _ = catch_up(settings, catalogue, today(), eased(near(mapper(workers))))
        unread = (
            one for one in catalogue.findings() if one.code == "article-unreadable"
        )  # nobody knows what they hold
        return (*check.leaks(border, site, workers), *unread)
