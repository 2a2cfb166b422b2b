"""What is known of the archive's articles, and how well: `backfile review`, and `backfile add --refresh`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator.cli.shared import end, options, settings_of
from generator.cli.show import Screen, finding, show_json
from generator.errors import UsageError

if TYPE_CHECKING:
    from generator.refresh import Change, Revision
    from generator.review import Doubt
    from generator.workers import Workers

LIMIT = 40
_VALUE = 200  # characters of a value in a terminal


@click.command(short_help="List the least certain fields.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=LIMIT, show_default=True, metavar="N", help="So many."
)
@click.option("--field", metavar="NAME", help="Only this field: published, byline, tags, ...")
@options("quiet", "json")
@click.pass_context
def review(ctx: click.Context, limit: int, field: str | None, *, quiet: bool, as_json: bool) -> None:
    """List the fields of the archive's articles that are least certain, worst first.

    A field that you correct in its article is certain, and so is an article that you edited: it is listed no more.

    \b
    Examples:
      backfile review
      backfile review --field published --limit 10
    """
    from generator import content
    from generator import review as reviewing

    settings = settings_of(ctx)
    known = sorted({*content.FIELDS} - {*content.APART})
    if field is not None and field not in known:
        raise UsageError(f"--field: no field {field!r}", f"known: {', '.join(known)}")
    found, odd = reviewing.of(settings.content, limit, field)
    screen = Screen(quiet=quiet, as_json=as_json)
    if as_json:
        show_json([_doubt(one) for one in found])
    for one in found:
        screen.say(_told(one))
    if not found:
        screen.say("nothing to review: every article is one that a person edited, or states no evidence")
    end(screen, odd, strict=False)


def refreshed(
    ctx: click.Context, paths: tuple[Path, ...], *, stated: bool, accept: bool, workers: Workers, strict: bool, quiet: bool, as_json: bool
) -> NoReturn:  # fmt: skip
    """`backfile add --refresh`."""
    from generator import pipeline

    if stated:
        raise UsageError("--url and --captured do not go with --refresh", "write them into the articles")
    settings = settings_of(ctx)
    with Screen(quiet=quiet, as_json=as_json) as screen:
        found, odd = pipeline.refresh(settings, paths, workers, screen, accept=accept)
    if as_json:
        show_json([_revision(one) for one in found])
    for one in found:
        if one.changes:
            screen.say(_shown(one))
    changed = [one for one in found if one.changes]
    taken = sum(one.taken for one in found)
    edited = sum(one.edited for one in changed)
    screen.say(
        f"{len(changed)} articles would be read differently today: {taken} written, {edited} left as a person edited them."
    )
    if len(changed) > taken + edited:
        screen.say("Nothing was written: --accept takes the changes in, of all articles or of those named.")
    end(screen, (*odd, *(remark for one in found for remark in one.findings)), strict=strict)


def _told(one: Doubt) -> str:
    """A doubt in two lines or more."""
    value = _flat("; ".join(one.value)) or "(unknown)"
    lines = [
        f"{one.confidence:.2f} content/{one.file}",
        f"     {one.field}: {value}{f'  [{one.basis}]' if one.basis else ''}",
    ]
    lines += [
        f"       - {claim.confidence:.2f} {_flat('; '.join(claim.values))}  [{claim.basis}]" for claim in one.rejected
    ]
    return "\n".join(lines)


def _doubt(one: Doubt) -> dict[str, Any]:
    return {
        "file": f"content/{one.file}",
        "field": one.field,
        "value": list(one.value),
        "confidence": round(one.confidence, 3),
        "basis": one.basis or None,
        "rejected": [
            {"value": list(claim.values), "confidence": round(claim.confidence, 3), "basis": claim.basis}
            for claim in one.rejected
        ],
    }


def _shown(one: Revision) -> str:
    """A revision as a person reads it: what each field was and would be, which paragraphs go and come."""
    made = f"read by {one.extractor}" if one.extractor else "read by an extractor that left no mark"
    state = "written" if one.taken else "edited by a person: it stays" if one.edited else "not written"
    return "\n".join(
        [f"content/{one.file}: {made}; {state}", *(line for change in one.changes for line in _lines(change))]
    )


def _lines(change: Change) -> list[str]:
    if change.field == "body":
        return [f"  - {_flat(words)}" for words in change.old] + [f"  + {_flat(words)}" for words in change.new]
    return [f"  {change.field}: {_worded(change.old)} -> {_worded(change.new)}"]


def _worded(value: Any) -> str:
    if value in (None, "", []):
        return "(unknown)"
    if isinstance(value, list):
        return f"{len(value)} of them" if isinstance(value[0], dict) else _flat("; ".join(map(str, value)))
    return _flat(str(value))


def _flat(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _VALUE else f"{line[: _VALUE - 1]}…"


def _revision(one: Revision) -> dict[str, Any]:
    return {
        "file": f"content/{one.file}",
        "extractor": one.extractor,
        "edited": one.edited,
        "written": one.taken,
        "changes": [{"field": change.field, "old": change.old, "new": change.new} for change in one.changes],
        "findings": [finding(remark) for remark in one.findings],
    }
