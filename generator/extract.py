"""One capture read into an article, its outlet's furniture, the pictures inside it, and remarks.

Pure and never raises: whatever goes wrong in here becomes a finding. Writes nothing, fetches nothing, knows no host.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from generator import __version__, body, document, fields, furniture, nostory, text, textcopy
from generator.body import Body
from generator.document import Document
from generator.errors import Finding
from generator.fields import Settled, comments
from generator.model import Article, Capture, Claim, Extraction, Held, Outlet, Seen

EXTRACTOR = f"backfile {__version__}"  # what an article is marked with
STAND_IN = 80  # characters of the text that stand in for a headline
HEADLINE = 400

# parameters of an address that say where a reader came from, not what is read
_TRACKING = (
    "utm_",
    "fbclid",
    "gclid",
    "mc_cid",
    "mc_eid",
    "igshid",
    "spm",
    "wt_mc",
    "xtor",
    "at_medium",
    "at_campaign",
    "ref_src",
    "cmpid",
)


def extract(capture: Capture, *, anyway: bool = False) -> Extraction:
    """Read one capture; `anyway` also where it is recognised as no article. Never raises."""
    try:
        return _extracted(capture, anyway=anyway)
    except MemoryError:
        finding = Finding("reading-stopped", str(capture.origin), "it takes more memory than there is; it was left")
        return Extraction(capture.origin, capture.media_type, None, findings=(finding,))
    except Exception as error:  # noqa: BLE001 - one page must not stop the others; the fault is reported with its place
        finding = Finding("extract-failed", str(capture.origin), f"{type(error).__name__} in {_place(error)}")
        return Extraction(capture.origin, capture.media_type, None, findings=(finding,))


def as_json(extraction: Extraction) -> dict[str, Any]:
    """The extraction as one object of `extract --jsonl`. What is unknown is null or an empty list."""
    article = extraction.article or Article("", "", "")
    known = extraction.article is not None
    return {
        "path": extraction.origin.path,
        "member": extraction.origin.member or None,
        "media_type": extraction.media_type,
        "url": article.url,
        "captured": _written(article.captured),
        "headline": article.headline if known else None,
        "kicker": article.kicker,
        "standfirst": article.standfirst,
        "byline": list(article.byline),
        "editors": list(article.editors),
        "source": article.source,
        "publisher": article.publisher,
        "outlet": article.outlet,
        "published": _written(article.published),
        "modified": _written(article.modified),
        "section": article.section,
        "breadcrumb": list(article.breadcrumb),
        "region": article.region,
        "tags": list(article.tags),
        "language": article.language,
        "rights": article.rights,
        "views": article.views,
        "body": article.body if known else None,
        "body_text": _whole(article, extraction.text) if known else None,
        "pictures": [{"src": one.src, "caption": one.caption, "credit": one.credit} for one in article.pictures],
        "comments": [{"author": one.author, "text": one.text, "at": one.at} for one in article.comments],
        "seen": [
            {"headline": one.headline, "excerpt": one.excerpt, "url": one.url, "list": one.list} for one in article.seen
        ],
        "evidence": _evidence(article),
        "findings": [_remark(one) for one in extraction.findings],
    }


def _extracted(capture: Capture, *, anyway: bool) -> Extraction:
    page = document.read(capture)
    if capture.media_type == "text/plain":
        copy = textcopy.read(page)
        settled = fields.settle((*capture.claims, *copy.claims, *fields.language.claims(page)), page.capture.captured)
        page = replace(page, findings=(*page.findings, *copy.findings))
        return _built(page, settled, copy.body, copy.outlet, copy.seen)
    settled = fields.settle((*capture.claims, *fields.claims(page)), page.capture.captured)
    headline = settled.value("headline")
    around = furniture.read(page, headline)
    main = body.read(page, headline, settled.value("standfirst"))
    kind = nostory.kind(page, settled, main)
    if kind is None or (anyway and main.markdown):
        return _built(page, settled, main, around.outlet, around.seen)
    findings = (*page.findings, Finding(kind, str(page.capture.origin)))
    return Extraction(capture.origin, capture.media_type, None, around.outlet, (), findings)


def _built(page: Document, settled: Settled, main: Body, outlet: Outlet | None, seen: tuple[Seen, ...]) -> Extraction:
    capture, where = page.capture, str(page.capture.origin)
    findings = list(page.findings)
    if not main.text.strip() and not main.pictures:
        findings.append(Finding("no-body", where))
        return Extraction(capture.origin, capture.media_type, None, outlet, (), tuple(findings))
    headline = _one_line(settled.value("headline"))
    if not headline:
        findings.append(Finding("no-headline", where))
        headline = text.cut(text.line(main.text[:1_000]), STAND_IN) or Path(capture.origin.path).stem
    if "published" not in settled.winners:
        findings.append(Finding("no-published", where))
    part = fields.series.read(page)
    url = address(part.first if part else page.url)
    article = Article(
        id=text.short(url or "", text.squeeze(main.text)),
        headline=text.cut(headline, HEADLINE),
        body=main.markdown,
        kicker=_one_line(settled.value("kicker")),
        standfirst=_one_line(settled.value("standfirst")),
        byline=_lines(settled.values("byline")),
        editors=_lines(settled.values("editors")),
        source=_one_line(settled.value("source")),
        publisher=_one_line(settled.value("publisher")) or (outlet.name if outlet else None),
        outlet=outlet.key if outlet else page.host,
        published=settled.moment("published"),
        modified=settled.moment("modified"),
        captured=capture.captured,
        section=_one_line(settled.value("section")),
        breadcrumb=_lines(settled.values("breadcrumb")),
        region=_one_line(settled.value("region")),
        tags=_lines(settled.values("tags")),
        language=settled.value("language"),
        url=url,
        rights=_one_line(settled.value("rights")),
        views=_number(settled.value("views")),
        comments=tuple(replace(one, text=text.line(one.text)) for one in comments.read(page)),
        pictures=main.pictures,
        seen=seen,
        captures=(_held(capture, address(page.url), part.number if part else None),),
        extractor=EXTRACTOR,
        evidence=settled.claims,
    )
    return Extraction(capture.origin, capture.media_type, article, outlet, main.media, tuple(findings), main.text)


def address(url: str | None) -> str | None:
    """The URL without its fragment and without what only says where the reader came from."""
    if url is None:
        return None
    parts = urlsplit(url)
    if not parts.query and not parts.fragment:
        return url
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not key.lower().startswith(_TRACKING)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _held(capture: Capture, url: str | None, page: int | None) -> Held:
    origin = capture.origin
    return Held(origin.path, origin.digest, origin.member, url, capture.captured, capture.media_type, page)


def _one_line(value: str | None) -> str | None:
    return (text.line(value) or None) if value else None


def _lines(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for value in values if (one := text.line(value)))


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) <= 12 else None


def _written(value: object) -> str | None:
    return None if value is None else str(value)


def _evidence(article: Article) -> dict[str, list[dict[str, Any]]]:
    winners = fields.settle(article.evidence, article.captured).winners
    found: dict[str, list[dict[str, Any]]] = {}
    for claim in article.evidence:
        found.setdefault(claim.field, []).append(_stated(claim, chosen=winners.get(claim.field) == claim))
    return found


def _stated(claim: Claim, *, chosen: bool) -> dict[str, Any]:
    value: str | list[str] | None = list(claim.values) if len(claim.values) != 1 else claim.value
    return {
        "value": value or None,
        "basis": claim.basis,
        "confidence": round(claim.confidence, 3),
        "snippet": claim.snippet,
        "chosen": chosen,
    }


def _whole(article: Article, main: str) -> str:
    """The story's text as a reader meets it: with its standfirst, where the page prints one apart from the text."""
    standfirst = text.fold(article.standfirst or "")
    printed = any(
        claim.field == "standfirst" and claim.basis.startswith("html:") and text.fold(claim.value or "") == standfirst
        for claim in article.evidence
    )
    if not standfirst or not printed or standfirst in text.fold(main):
        return main
    return f"{article.standfirst}\n{main}"


def _remark(finding: Finding) -> dict[str, str]:
    return {"code": finding.code, "severity": finding.severity, "where": finding.where, "message": finding.text}


def _place(error: Exception) -> str:
    """The innermost place in our own code, as `room/file.py:line`."""
    here = Path(__file__).resolve().parent
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if here in Path(frame.filename).resolve().parents
    ]
    if not frames:
        return "an unknown place"
    last = frames[-1]
    return f"{Path(last.filename).resolve().relative_to(here).as_posix()}:{last.lineno}"
