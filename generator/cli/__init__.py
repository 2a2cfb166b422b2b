"""The command `backfile`: reads arguments, calls the rooms below, and says what happened. The only room that prints.

Results go to standard output, remarks to standard error. Exit status: 0 done, 1 findings of severity error (with
`--strict` also warnings), 2 something a person must mend first. Heavy imports wait until a command needs them.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator import __version__
from generator.cli.importing import importing
from generator.cli.looking import refreshed, review
from generator.cli.shared import FILE, end, options, settings_of, shown, status
from generator.cli.show import Screen
from generator.cli.verifying import verify
from generator.cli.withholding import leaks, today, withhold
from generator.errors import BackfileError, Finding, UsageError

if TYPE_CHECKING:
    from generator.intake import Stated
    from generator.workers import Workers

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Plain(click.Group):
    """Commands in the order in which a person meets them; help texts keep the line breaks of their examples."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)


@click.group(cls=_Plain, context_settings=_HELP)
@click.option(
    "--archive", type=FILE, metavar="DIR", help="The archive's folder. Otherwise the nearest one with an archive.toml."
)
@click.option("--debug", is_flag=True, help="Show where a failure comes from.")
@click.version_option(__version__, prog_name="backfile")
@click.pass_context
def cli(ctx: click.Context, archive: Path | None, *, debug: bool) -> None:
    """Turn a heap of saved news pages into a static news archive.

    \b
    Begin with:
      backfile init my-archive
      cd my-archive
      backfile add ~/saved-pages
      backfile serve
    """
    ctx.obj = {"archive": archive, "debug": debug}


@cli.command(short_help="Make a new archive.")
@click.argument("folder", type=FILE)
@click.option("--title", default="", help="The archive's title. [default: the folder's name]")
@click.option(
    "--language",
    type=click.Choice(["zh-Hans", "zh-Hant", "en", "ar", "hi"]),
    default="en",
    show_default=True,
    help="Of the pages' own texts.",
)
def init(folder: Path, title: str, language: str) -> None:
    """Make a new archive in FOLDER.

    \b
    Examples:
      backfile init my-archive
      backfile init tide-news --title "潮水新闻档案" --language zh-Hans
    """
    from generator import scaffold

    made = scaffold.init(folder, title or folder.resolve().name, language)
    screen = Screen(quiet=False, as_json=False)
    screen.say(f"{folder}: {len(made)} files made: {', '.join(made)}")
    screen.say(f"Next: backfile --archive {folder} add PATH...")


@cli.command(short_help="Take saved pages into the archive.")
@click.argument("paths", type=FILE, nargs=-1, metavar="PATH...")
@click.option("--url", metavar="URL", help="The address that the pages were saved from, where they do not say so.")
@click.option("--captured", metavar="TIME", help="When they were saved: 2025-03-18 or 2025-03-18T21:04+08:00.")
@click.option(
    "--anyway", is_flag=True, help="Take in pages that are recognised as no article, too: front pages, galleries, ..."
)
@click.option("--explain", is_flag=True, help="Say what became of each page.")
@click.option("--refresh", is_flag=True, help="Read articles again from their originals, and show what would change.")
@click.option("--dry-run", is_flag=True, help="With --refresh: only show, as it does without --accept.")
@click.option("--accept", is_flag=True, help="With --refresh: write what changed. Edited articles are never written.")
@options("workers", "strict", "quiet", "json")
@click.pass_context
def add(ctx: click.Context, paths: tuple[Path, ...], url: str | None, captured: str | None, *, anyway: bool, explain: bool, refresh: bool, dry_run: bool, accept: bool, workers: Workers, strict: bool, quiet: bool, as_json: bool) -> None:  # fmt: skip
    """Take saved pages into the archive: files, or folders of them at any depth.

    Originals are copied to content/saved/, articles are written to content/articles/. Adding the same page again changes
    nothing.

    \b
    Examples:
      backfile add ~/saved-pages
      backfile add page.html --url https://news.example/2025/bridge --captured 2025-03-18
      backfile add --refresh
      backfile add --refresh --accept content/articles/2025/03/18-bridge.md
    """
    from dataclasses import replace

    from generator import pipeline

    if refresh:
        refreshed(ctx, paths, stated=bool(url or captured), accept=accept and not dry_run, workers=workers, strict=strict, quiet=quiet, as_json=as_json)  # fmt: skip
    if not paths or dry_run or accept:
        raise UsageError(
            "add needs PATH... to take in" if not paths else "--dry-run and --accept go with --refresh",
            "'backfile add --help' shows examples",
        )
    settings = settings_of(ctx)
    with Screen(quiet=quiet, as_json=as_json) as screen:
        report = pipeline.add(settings, paths, replace(_stated(url, captured), anyway=anyway), workers, screen, today())
    screen.landed(report, explain=explain)
    if (url or captured) and report.verdicts["known"]:
        screen.remark("hint: what you stated was not applied to pages known already; write it into their articles")
    end(screen, report.findings, strict=strict)


@cli.command(short_help="Bring the site up to date.")
@options("output", "url", "workers", "strict", "quiet", "json")
@click.pass_context
def build(ctx: click.Context, output: Path | None, url: str | None, *, workers: Workers, strict: bool, quiet: bool, as_json: bool) -> None:  # fmt: skip
    """Take in what is new in content/saved/, then bring the site up to date.

    \b
    Examples:
      backfile build
      backfile build --url https://name.github.io/archive/ --strict
      backfile --archive my-archive build --output /srv/www
    """
    from generator.catalogue import is_large
    from generator.output import looking

    settings = settings_of(ctx, url)
    # a large site is looked through while what builds it is loaded
    begun = looking(output or settings.site) if is_large(settings.cache) else nullcontext()
    with Screen(quiet=quiet, as_json=as_json) as screen, begun as looked:
        from generator import pipeline

        report = pipeline.build(settings, output, workers, screen, today(), looked)
    screen.built(report, shown(output or settings.site))
    end(screen, report.findings, strict=strict)


@cli.command(short_help="Show the site here, and every change at once.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@options("workers", "quiet")
@click.pass_context
def serve(ctx: click.Context, port: int, *, workers: Workers, quiet: bool) -> None:
    """Show the site at http://localhost:8000/, each page made when it is asked for, and reload it whenever something changes.

    \b
    Examples:
      backfile serve
      backfile serve --port 8123
    """
    from generator import serve as server
    from generator.preview import Preview

    screen = Screen(quiet=quiet, as_json=False)
    preview = Preview(lambda: settings_of(ctx), workers, today, screen.findings)
    server.serve(settings_of(ctx), preview, port=port, on_event=screen.remark)


@cli.command(short_help="Look for what is wrong with the built site.")
@click.option("--leaks", "for_leaks", is_flag=True, help="Look for words of withheld articles instead, in every file.")
@options("output", "url", "workers", "strict", "quiet", "json")
@click.pass_context
def check(ctx: click.Context, output: Path | None, url: str | None, *, for_leaks: bool, workers: Workers, strict: bool, quiet: bool, as_json: bool) -> None:  # fmt: skip
    """Look for what is wrong with the built site: broken links, foreign requests, invalid feeds.

    \b
    Examples:
      backfile check
      backfile check --strict --json
      backfile check --leaks
    """
    from generator import check as checker
    from generator.output import is_site

    settings = settings_of(ctx, url)
    site = output or settings.site
    if not is_site(site):
        raise UsageError(f"{shown(site)}: no site of Backfile's lies there", "make it with 'backfile build'")
    screen = Screen(quiet=quiet, as_json=as_json)
    findings, room = (
        (leaks(settings, site, workers), checker.room(site)) if for_leaks else checker.survey(site, settings.url)
    )
    screen.checked(findings, shown(site), room)
    end(screen, findings, strict=strict)


@cli.command(short_help="Print what is found in saved pages.")
@click.argument("paths", type=FILE, nargs=-1, required=True, metavar="PATH...")
@click.option("--jsonl", is_flag=True, help="One JSON object a capture, as docs/extract.md describes it.")
@options("workers", "quiet")
def extract(paths: tuple[Path, ...], *, jsonl: bool, workers: Workers, quiet: bool) -> None:
    """Read saved pages and print what was found in them. Writes nothing and needs no archive.

    \b
    Examples:
      backfile extract page.html
      backfile extract ~/saved-pages --jsonl > found.jsonl
    """
    from generator import intake, readers
    from generator.workers import mapper

    files, remarks = readers.discover(paths)
    findings = list(remarks)
    sources = (intake.source(file, name) for file, name in files)
    with Screen(quiet=quiet or not jsonl, as_json=jsonl) as screen:
        screen.stage("captures", len(files))
        for reading in intake.readings(sources, mapper(workers)):
            for extraction in reading.extractions:
                screen.extraction(extraction)
            findings += reading.findings
            if reading.last:
                screen.step()
    screen.findings(tuple(findings))
    sys.exit(status(tuple(findings), strict=False))


@cli.command(short_help="Remove site/ and .backfile/; content stays.")
@click.option("--output", type=FILE, metavar="DIR", help="Another folder that the site was built in.")
@click.pass_context
def clean(ctx: click.Context, output: Path | None) -> None:
    """Remove what a build can make again: site/ and .backfile/. Content is never touched.

    \b
    Examples:
      backfile clean
    """
    from generator import output as sites

    settings = settings_of(ctx)
    site = output or settings.site
    removed, strangers = sites.clean(site, settings.cache)
    screen = Screen(quiet=False, as_json=False)
    screen.say(f"{removed} files removed; content/ is as it was")
    screen.findings(tuple(Finding("site-stranger", f"{shown(site)}/{path}") for path in strangers))


cli.add_command(verify)
cli.add_command(review)
cli.add_command(withhold)
cli.add_command(importing)


def main() -> NoReturn:
    """The console script: every failure ends in one message and its exit status."""
    debug = "--debug" in sys.argv[1:]
    screen = Screen(quiet=False, as_json=False)
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as ending:
        sys.exit(ending.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone: nobody is left to tell
        sys.exit(141)
    except (click.Abort, KeyboardInterrupt):
        screen.failure("stopped; the next run goes on from here")
        sys.exit(130)
    except BackfileError as error:
        if debug:
            raise
        screen.failure(str(error))
        sys.exit(2)
    except Exception as error:
        if debug:
            raise
        screen.failure(
            f"a fault of Backfile's: {type(error).__name__}: {error}\nhint: 'backfile --debug ...' shows where"
        )
        sys.exit(2)
    sys.exit(0)


def _stated(url: str | None, captured: str | None) -> Stated:
    from generator.config import checked_address
    from generator.intake import Stated
    from generator.model import Moment

    try:
        moment = Moment.parse(captured) if captured else None
    except ValueError as error:
        raise UsageError(f"--captured: {error}", "write it like 2025-03-18 or 2025-03-18T21:04+08:00") from error
    return Stated(checked_address("--url", url) if url else None, moment)
