"""Snapshots on request: beside each article its page as it was saved, made again only when that changes."""

from __future__ import annotations

import io
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from generator.check import check
from tests.samples import Sample, TryOut

SLUG = "2022/03/18/night-ferry-sails-again-from-friday"


@pytest.fixture
def on(archive: TryOut) -> TryOut:
    file = archive.root / "archive.toml"
    file.write_text(file.read_text("utf-8") + 'snapshots = "inert"\n', "utf-8")
    return archive


def captured(archive: TryOut) -> Path:
    return archive.root / f"site/snapshots/{SLUG}.captured.html"


def test_without_the_setting_there_are_none(archive: TryOut) -> None:
    archive.add(archive.save("ferry.html", Sample()))
    archive.build()
    assert not (archive.root / "site/snapshots").exists()
    assert "snapshots/" not in (archive.root / f"site/{SLUG}.html").read_text("utf-8")


def test_an_article_leads_to_its_page_in_a_frame(on: TryOut) -> None:
    on.add(on.save("ferry.html", replace(Sample(), head="<style>h1{color:teal}</style><script>x()</script>")))
    on.build()
    assert f'snapshots/{SLUG}.html"' in (on.root / f"site/{SLUG}.html").read_text("utf-8")
    frame = (on.root / f"site/snapshots/{SLUG}.html").read_text("utf-8")
    assert '<iframe sandbox=""' in frame
    assert 'captured.html"' in frame
    page = captured(on).read_text("utf-8")
    assert "h1{color:teal}" in page
    assert "<a>Harbour</a>" in page  # the navigation, which is no part of the article
    assert "x()" not in page
    assert check(on.root / "site") == ()


def test_nothing_is_made_again_while_nothing_changes(on: TryOut) -> None:
    on.add(on.save("ferry.html", Sample()))
    on.build()
    (on.root / "content/saved/ferry.html").rename(on.root / "content/saved/.aside")
    published = on.build().published
    assert published is not None
    assert (published.rendered, published.removed) == (0, 0)


def test_an_original_that_is_gone_is_told_and_the_text_stands_in(on: TryOut) -> None:
    on.add(on.save("ferry.html", Sample()))
    (on.root / "content/saved/ferry.html").unlink()
    report = on.build()
    assert [one.code for one in report.findings] == ["snapshot-missing"]
    assert "eighteen months after a storm" in captured(on).read_text("utf-8")


def test_switched_off_again_they_go(on: TryOut) -> None:
    on.add(on.save("ferry.html", Sample()))
    on.build()
    (on.root / "archive.toml").write_text('language = "en"\n', "utf-8")
    on.build()
    assert not (on.root / "site/snapshots").exists()


def mhtml() -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = Sample().url
    message["MIME-Version"] = "1.0"
    message.set_content(Sample().html, subtype="html")
    message.make_related()
    return message.as_bytes()


def warc(*pages: Sample) -> bytes:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=False)
    for page in pages:
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        body = io.BytesIO(page.html.encode())
        record = writer.create_warc_record(page.url, "response", payload=body, http_headers=head)
        writer.write_record(record)
        record.raw_stream.close()
    return target.getvalue()


@pytest.mark.parametrize("name", ["ferry.html", "ferry.mhtml", "ferry.warc", "ferry.txt"])
def test_every_format_that_holds_a_page_or_a_text_has_one(on: TryOut, name: str) -> None:
    pages = {
        "ferry.html": Sample().html.encode(),
        "ferry.mhtml": mhtml(),
        "ferry.warc": warc(replace(Sample(), headline="Another story", url="https://n.example/0"), Sample()),
        "ferry.txt": f"{Sample().headline}\n2022-03-18 06:00  The Ledger\n\n{chr(10).join(Sample().paragraphs)}\n".encode(),
    }  # fmt: skip
    on.add(on.save(name, pages[name]))
    on.build()
    made = sorted((on.root / "site/snapshots").rglob("*.captured.html"))
    assert made
    assert any("eighteen months after a storm" in file.read_text("utf-8") for file in made)
    assert check(on.root / "site") == ()
