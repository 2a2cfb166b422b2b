"""`backfile verify`: the archive against its own record, one page alone, the record brought up to date, signed, stamped."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.shared import FILE, end, options, settings_of, shown
from generator.cli.show import Screen, show_json
from generator.errors import Finding, UsageError

if TYPE_CHECKING:
    from generator.config import Settings
    from generator.content import Change
    from generator.verify.alone import Proof

_OF_ONE = "checks one page alone: leave out what concerns the archive"


@click.command(short_help="Prove that nothing was changed or lost.")
@click.option("--accept", type=FILE, multiple=True, metavar="FILE", help="Take a file's present state in; repeatable.")
@click.option("--update", is_flag=True, help="Take in every text that was edited, came or went, and what is new.")
@click.option("--sign", type=FILE, metavar="KEY", help="Sign the seal's root with an SSH key.")
@click.option("--check-signature", type=FILE, metavar="SIGNERS", help="Check that one of the allowed signers signed.")
@click.option("--timestamp", metavar="URL", help="Have the root time-stamped (RFC 3161) by the authority at URL.")
@click.option("--check-timestamp", type=FILE, metavar="PEM", help="Check the time stamp against these certificates.")
@click.option("--page", type=FILE, metavar="FILE", help="Check one page of a site alone, offline, without an archive.")
@click.option("--seal", type=FILE, metavar="FILE", help="The site's data/seal.json, where it is not above the page.")
@options("output", "strict", "quiet", "json")
@click.pass_context
def verify(ctx: click.Context, *, accept: tuple[Path, ...], update: bool, sign: Path | None, check_signature: Path | None, timestamp: str | None, check_timestamp: Path | None, page: Path | None, seal: Path | None, output: Path | None, strict: bool, quiet: bool, as_json: bool) -> None:  # fmt: skip
    """Check every original, picture, article and built page against what was recorded of it.

    \b
    Examples:
      backfile verify
      backfile verify --accept content/articles/2025/03/18-bridge.md
      backfile verify --sign ~/.ssh/id_ed25519
      backfile verify --page site/2025/03/18/bridge.html
    """
    if page:
        if accept or update or sign or timestamp or output:
            raise UsageError(f"--page {_OF_ONE}")
        _page(page, seal, check_signature, Screen(quiet=quiet, as_json=as_json), strict=strict)
        return
    if seal:
        raise UsageError("--seal says where the seal of one page lies", "name the page with --page")
    settings = settings_of(ctx)
    with Screen(quiet=quiet, as_json=as_json) as screen:
        changes = _taken_in(settings, accept, screen, update=update)
        files, findings = _verified(settings, output or settings.site, screen)
    for change in changes:
        screen.say(f"{change.mark} content/{change.path}")
    more: dict[str, Any] = {"changes": [f"{change.mark} content/{change.path}" for change in changes]}
    if not any(one.severity == "error" for one in findings):
        more |= _kept(settings, sign, timestamp, screen)
    elif sign or timestamp:
        screen.remark("nothing was signed or stamped: mend what was found first")
    checks, told = _checked(settings, check_signature, check_timestamp, screen)
    findings = (*findings, *checks)
    screen.verified(files, findings, more | told)
    end(screen, findings, strict=strict)


def _taken_in(settings: Settings, accept: tuple[Path, ...], screen: Screen, *, update: bool) -> tuple[Change, ...]:
    from generator import verify as verifying

    if not accept and not update:
        return ()
    root = settings.content.absolute()
    names = set()
    for file in accept:
        place = Path(os.path.abspath(file))  # noqa: PTH100 - a file that is gone may be accepted, and a link is its own name
        if not place.is_relative_to(root):
            raise UsageError(f"{file}: lies outside of {shown(root)}/", "name a file of the archive's content")
        names.add(place.relative_to(root).as_posix())
    screen.stage("record", None)
    changes = verifying.update(settings.content, frozenset(names), screen.step, every=update)
    for left in sorted(names - {change.path for change in changes}):
        screen.remark(f"content/{left}: is recorded as it is")
    return changes


def _verified(settings: Settings, site: Path, screen: Screen) -> tuple[int, tuple[Finding, ...]]:
    from generator import verify as verifying
    from generator.catalogue import Catalogue

    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        screen.step()

    screen.stage("content", None)
    findings = list(verifying.verify_content(settings.content, step))
    if site.is_dir():
        with Catalogue(settings.cache) as catalogue:
            written = dict(catalogue.site_log(str(site.resolve())).digests())
        screen.stage("site", len(written))
        if written:
            findings += verifying.verify_site(site, written, step)
        else:
            findings.append(Finding("site-unrecorded", shown(site)))
    return count, tuple(findings)


def _kept(settings: Settings, key: Path | None, url: str | None, screen: Screen) -> dict[str, Any]:
    """Sign the seal as it is now, have it stamped, and put that into content/."""
    from generator import content, seal, signing, timestamps
    from generator.content import ledger

    if not key and not url:
        return {}
    leaves = content.read_ledger(settings.content).leaves()
    point = seal.Checkpoint(settings.title, len(leaves), seal.root(leaves))
    parts = {ledger.CHECKPOINT: point.text.encode()}
    if key:
        parts[ledger.SIGNATURE] = signing.sign(parts[ledger.CHECKPOINT], key)
    if url:
        parts[ledger.STAMP] = timestamps.request(parts[ledger.CHECKPOINT], url)
    content.keep_signed(settings.content, parts)
    screen.say(
        f"{point.size} leaves, root {point.root.hex()}: {', '.join(f'content/{name}' for name in parts)} written"
    )
    return {"size": point.size, "root": point.root.hex()}


def _checked(
    settings: Settings, signers: Path | None, roots: Path | None, screen: Screen
) -> tuple[tuple[Finding, ...], dict[str, Any]]:
    """Whether the signature and the time stamp in content/ are somebody's who is trusted."""
    from generator import content, signing, timestamps
    from generator.content import ledger

    record = content.read_ledger(settings.content)
    message = record.small(ledger.CHECKPOINT) or b""
    findings: list[Finding] = []
    told: dict[str, Any] = {}
    if signers:
        signature = record.file(ledger.SIGNATURE)
        name = signing.check_signature(message, signature, signers) if signature.exists() else None
        if name:
            told["signed_by"] = name
            screen.say(f"signed by {name}")
        else:
            findings.append(Finding("signature-invalid", f"content/{ledger.SIGNATURE}"))
    if roots:
        at = timestamps.check(record.small(ledger.STAMP) or b"", message, roots)
        if at:
            told["stamped_at"] = at.isoformat()
            screen.say(f"time-stamped at {at.isoformat()}")
        else:
            findings.append(Finding("stamp-invalid", f"content/{ledger.STAMP}"))
    return tuple(findings), told


def _page(page: Path, sealed: Path | None, signers: Path | None, screen: Screen, *, strict: bool) -> None:
    from generator import signing
    from generator.verify import alone

    findings: list[Finding] = []
    try:
        proof = alone.prove(page, sealed)
    except alone.BrokenError as error:
        end(screen, (Finding("page-unproven", shown(page), str(error)),), strict=strict)
    signer = None
    if signers:
        signature = proof.folder / "checkpoint.sig"
        message = proof.checkpoint.text.encode() if proof.checkpoint else b""
        signer = signing.check_signature(message, signature, signers) if message and signature.exists() else None
        if not signer:
            findings.append(Finding("signature-invalid", shown(page)))
        elif any(one.index >= proof.signed for one in proof.leaves):
            findings.append(Finding("signature-invalid", shown(page), "it was recorded after the seal was signed"))
    _proved(page, proof, signer, screen)
    end(screen, tuple(findings), strict=strict)


def _proved(page: Path, proof: Proof, signer: str | None, screen: Screen) -> None:
    if screen.as_json:
        told = asdict(proof)
        for name in ("checkpoint", "folder"):
            del told[name]
        show_json(told | {"signed_by": signer})
        return
    screen.say(f"{shown(page)}: is {proof.page} as it was built, sha256 {proof.sha256}")
    for one in proof.leaves:
        screen.say(f"  leaf {one.index} of {proof.size}: {one.entry.partition('  ')[2]}")
    screen.say(f"  root {proof.root}" + (f", signed by {signer}" if signer else ""))
