"""What the command says: progress, findings, summaries, what was read from a page. Decides nothing."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from generator.errors import Finding
from generator.model import Extraction

if TYPE_CHECKING:
    from rich.progress import Progress

    from generator.check import Room
    from generator.pipeline import Report

_VERDICTS = {
    "added": "new article",
    "version": "another version of a page held",
    "joined": "another capture of an article held",
    "known": "known already",
    "seen": "known, not held",
    "edited": "left as it is: a person edited the article",
    "nothing": "no article",
}
_OF_MANY = {
    "added": "new articles",
    "version": "other versions of pages held",
    "joined": "other captures of articles held",
    "edited": "left as they are: a person edited the articles",
}
_COLOURS = {"error": "31", "warning": "33", "info": "2"}
_MANY = 50  # findings of one code shown one by one; the rest are counted


class Screen:
    """Where remarks and results go. As a context it shows progress while standard error is a terminal."""

    def __init__(self, *, quiet: bool, as_json: bool) -> None:
        self.quiet = quiet
        self.as_json = as_json
        self._live: Progress | None = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if not self.quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._live = Progress(*columns, console=Console(stderr=True), transient=True)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()
            self._live = None

    # ---- progress ----------------------------------------------------------------------------------------------------

    def stage(self, name: str, total: int | None) -> None:
        if self._live:
            self._task = self._live.add_task(name, total=total)

    def step(self) -> None:
        if self._live:
            self._live.advance(self._task)

    # ---- messages ----------------------------------------------------------------------------------------------------

    def say(self, message: str) -> None:
        """A result."""
        if not self.quiet and not self.as_json:
            print(message)

    def remark(self, message: str) -> None:
        """A remark on the way."""
        if not self.quiet:
            print(message, file=sys.stderr, flush=True)

    def failure(self, message: str) -> None:
        """Why the command stopped."""
        print(_coloured(f"backfile: {message}", "31"), file=sys.stderr)

    def findings(self, findings: tuple[Finding, ...]) -> None:
        """Findings a line each, the many of one kind counted."""
        shown: Counter[str] = Counter()
        for finding in findings:
            shown[finding.code] += 1
            if shown[finding.code] <= _MANY:
                print(_coloured(str(finding), _COLOURS[finding.severity]), file=sys.stderr)
        for code, count in sorted(shown.items()):
            if count > _MANY:
                print(f"... and {count - _MANY} more [{code}]", file=sys.stderr)

    # ---- results -----------------------------------------------------------------------------------------------------

    def landed(self, report: Report, *, explain: bool) -> None:
        """What `add` did."""
        if self.as_json:
            show_json(_report(report))
            return
        for landing in report.landings if explain else ():
            place = f" -> content/{landing.file}" if landing.file else ""
            why = f" ({landing.why})" if landing.why else ""
            self.say(f"{landing.name}: {_VERDICTS[landing.verdict]}{why}{place}")
        read = sum(landing.count for landing in report.landings)
        self.say(
            f"{_counted(read, 'capture')} read: {_verdicts(report)}. The archive holds {_counted(report.articles, 'article')}."
        )

    def built(self, report: Report, site: str) -> None:
        """What `build` did."""
        if self.as_json:
            show_json(_report(report) | {"site": site})
            return
        news = sum(count for verdict, count in report.verdicts.items() if verdict != "known")
        if news:
            self.say(f"{_counted(news, 'new capture')} read: {_verdicts(report)}.")
        done = report.published
        if done:
            self.say(
                f"{_counted(report.articles, 'article')}, {_counted(done.pages, 'file')}: "
                f"{done.written} written, {done.removed} removed. Open {site}/index.html"
            )

    def checked(self, findings: tuple[Finding, ...], site: str, room: Room) -> None:
        """What `check` found, and what the site takes."""
        if self.as_json:
            size = {"files": room.files, "bytes": room.bytes, "kinds": dict(room.kinds), "largest": dict(room.largest)}
            size |= {"articles": room.articles, "articles_left": room.left}
            show_json({"site": site, "size": size, "findings": [finding(one) for one in findings]})
            return
        self.say(f"{site}: {_severities(findings)}")
        left = "" if room.left is None else f"; room for about {room.left} articles more on GitHub Pages"
        self.say(f"{_counted(room.files, 'file')}, {room.bytes / 1_000_000:.1f} MB ({room.causes}){left}")

    def verified(self, files: int, findings: tuple[Finding, ...], more: dict[str, Any]) -> None:
        """What `verify` found."""
        if self.as_json:
            show_json({"files": files, **more, "findings": [finding(one) for one in findings]})
        else:
            self.say(f"{_counted(files, 'file')} verified: {_severities(findings)}")

    def extraction(self, extraction: Extraction) -> None:
        """What was read from one capture: one JSON object a line, or a report for people."""
        from generator.extract import as_json

        found = as_json(extraction)
        print(json.dumps(found, ensure_ascii=False) if self.as_json else _readable(found))


def _readable(found: dict[str, Any]) -> str:
    """A report: each field, how it is known, who agrees, what was rejected; stories seen; then the text."""
    lines = [f"{found['path']}{'#' + found['member'] if found['member'] else ''}"]
    lines += [f"  {name + ':':<12} {found[name]}" for name in ("url", "captured") if found[name]]
    lines.append("")
    for field, claims in found["evidence"].items():
        lines += _field(field, found.get(field), claims)
    lines += ["", *(f"  seen in {one['list'] or 'a list'}: {one['headline']}" for one in found["seen"]), ""]
    return "\n".join([*lines, found["body"] or "(no text)", ""])


def _field(field: str, value: Any, claims: list[dict[str, Any]]) -> list[str]:
    """One field: its value, what it is taken from and what says the same, and each other value that was stated."""
    shown = _joined(value)
    lines = [f"  {field + ':':<12} {shown or '(unknown)'}"]
    chosen = next((one for one in claims if one["chosen"]), None)
    rest = [one for one in claims if one is not chosen]
    alike = [one for one in rest if chosen and _joined(one["value"]) == _joined(chosen["value"])]
    if chosen:
        known = f"      * {chosen['confidence']:.2f} {chosen['basis']}"
        lines.append(known if _joined(chosen["value"]) == shown else f"{known}: {_joined(chosen['value'])}")
    if alike:
        lines.append(f"      = {', '.join(_basis(one) for one in alike)}")
    lines += [f"      x {_basis(one)}: {_joined(one['value']) or '(empty)'}" for one in rest if one not in alike]
    return lines


def _basis(claim: dict[str, Any]) -> str:
    return f"{claim['confidence']:.2f} {claim['basis']}"


def _joined(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _report(report: Report) -> dict[str, Any]:
    done = report.published
    return {
        "captures": dict(sorted(report.verdicts.items())),
        "articles": report.articles,
        "pages": done and done.pages,
        "rendered": done and done.rendered,
        "written": done and done.written,
        "removed": done and done.removed,
        "findings": [finding(one) for one in report.findings],
    }


def finding(one: Finding) -> dict[str, str]:
    """A finding as JSON has it."""
    return {"code": one.code, "severity": one.severity, "where": one.where, "message": one.text}


def _verdicts(report: Report) -> str:
    counts = ((name, report.verdicts[name]) for name in _VERDICTS if report.verdicts[name])
    told = [f"{count} {(_VERDICTS if count == 1 else _VERDICTS | _OF_MANY)[name]}" for name, count in counts]
    return ", ".join(told) or "nothing new"


def _severities(findings: tuple[Finding, ...]) -> str:
    counts = Counter(one.severity for one in findings)
    return (
        ", ".join(f"{counts[name]} {name}s" for name in ("error", "warning", "info") if counts[name]) or "nothing wrong"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def show_json(value: Any) -> None:
    """The one object that `--json` asks for."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _coloured(line: str, colour: str) -> str:
    return f"\x1b[{colour}m{line}\x1b[0m" if sys.stderr.isatty() and not os.environ.get("NO_COLOR") else line
