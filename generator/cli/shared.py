"""What the commands share: their common options, the archive they stand in, how they end. Prints nothing by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator.cli.show import Screen
from generator.errors import Finding

if TYPE_CHECKING:
    from generator.config import Settings
    from generator.workers import Workers

MAX_WORKERS = 1024
FILE = click.Path(path_type=Path, readable=False)  # whether it can be read is for the readers to say


def options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options that several commands share, by name."""
    shared = {
        "quiet": click.option("--quiet", "-q", is_flag=True, help="Say nothing but findings."),
        "json": click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object."),
        "strict": click.option("--strict", is_flag=True, help="Exit with status 1 for warnings too."),
        "workers": click.option(
            "--workers",
            default="auto",
            callback=_workers,
            show_default=True,
            metavar="N|auto|dask://HOST:PORT",
            help="Processes that read pages, 0 for this one; or the cluster that reads them.",
        ),
        "output": click.option(
            "--output", type=FILE, metavar="DIR", help="Where the site goes. [default: site/ in the archive]"
        ),
        "url": click.option("--url", metavar="URL", help="The site's address, in place of 'url' in archive.toml."),
    }

    def apply(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = shared[name](function)
        return function

    return apply


def _workers(ctx: click.Context, param: click.Parameter, value: str) -> Workers:
    """`--workers`: a number, None for as many as the machine has, or a cluster."""
    if value == "auto":
        return None
    if value.startswith("dask:"):
        from generator.workers import Cluster

        if cluster := Cluster.parse(value):
            return cluster
        raise click.BadParameter("expected dask://HOST:PORT, the address of a cluster's scheduler", ctx, param)
    if not value.isdecimal() or not 0 <= int(value) <= MAX_WORKERS:
        raise click.BadParameter(f"expected 'auto', a number from 0 to {MAX_WORKERS}, or dask://HOST:PORT", ctx, param)
    return int(value)


def settings_of(ctx: click.Context, url: str | None = None) -> Settings:
    import msgspec

    from generator import config

    root = ctx.obj["archive"]
    settings = config.load(root.resolve() if root else config.find(Path.cwd()))
    return msgspec.structs.replace(settings, url=config.checked_url(url)) if url else settings


def shown(path: Path) -> str:
    """A path as the person would write it from where they stand."""
    here = Path.cwd()
    return str(path.resolve().relative_to(here)) if path.resolve().is_relative_to(here) else str(path)


def status(findings: tuple[Finding, ...], *, strict: bool) -> int:
    bad = {"error", "warning"} if strict else {"error"}
    return 1 if any(one.severity in bad for one in findings) else 0


def end(screen: Screen, findings: tuple[Finding, ...], *, strict: bool) -> NoReturn:
    screen.findings(findings)
    sys.exit(status(findings, strict=strict))
