"""One story in each of the ways in which people keep news pages: files made here, and what each must give."""

from __future__ import annotations

import base64
import io
import json
import plistlib
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests import toolsdoors
from tests.readers.prints import Put, paragraph, pdf
from tests.samples import Sample

SAVED = "2024-05-06T07:08:09"


def _png(width: int, height: int) -> bytes:
    """A picture of stripes, as small as a PNG of that size can be."""
    rows = b"".join(b"\0" + bytes((x * y + x) % 251 for x in range(width)) for y in range(height))
    chunks = (
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


PICTURE = _png(320, 200)


@dataclass(frozen=True)
class Door:
    """A way to keep a page: files by name for a story, and the capture time that they state."""

    files: Callable[[Sample], Mapping[str, bytes]]
    captured: str | None = None
    lacks: frozenset[str] = frozenset()  # of address, day and byline, what the format does not state


def page(story: Sample, before: str = "", picture: str = "") -> str:
    """The story's page as a browser has it, without the address that the sample states of itself."""
    bare = "\n".join(line for line in story.html.splitlines() if "og:url" not in line)
    image = (
        f"<figure><img src='{picture}' width='640' height='400'><figcaption>The quay</figcaption></figure>"
        if picture
        else ""
    )
    return bare.replace("<p class='byline'>", f"{image}<p class='byline'>").replace("<html", f"{before}<html", 1)


def singlefile(story: Sample) -> Mapping[str, bytes]:
    stamp = f"<!--\n Page saved with SingleFile \n url: {story.url} \n saved date: Mon May 06 2024 07:08:09 GMT+0000 (UTC)\n-->"
    return {"single.html": page(story).replace("<head>", f"{stamp}<head>").encode()}


def complete(story: Sample) -> Mapping[str, bytes]:
    stamp = f"<!-- saved from url=({len(story.url):04d}){story.url} -->\n"
    return {
        "complete.html": page(story, stamp, "./complete_files/quay.png").encode(),
        "complete_files/quay.png": PICTURE,
        "complete_files/frame.html": b"<html><body>An advertisement</body></html>",
    }


def mirror(story: Sample) -> Mapping[str, bytes]:
    place = story.url.removeprefix("https://").rstrip("/")
    stamp = (
        f"<!-- Mirrored from {place} by HTTrack Website Copier/3.x [XR&CO'2014], Mon, 06 May 2024 07:08:09 GMT -->\n"
    )
    return {f"mirror/{place}/index.html": page(story, stamp).encode()}


def wayback(story: Sample) -> Mapping[str, bytes]:
    script = (
        f'<script>__wm.wombat("{story.url}","20240506070809","https://web.archive.org/","web","/_static/")</script>'
    )
    return {"replayed.html": page(story).replace("<head>", f"<head>{script}").encode()}


def mhtml(story: Sample) -> Mapping[str, bytes]:
    head = (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {story.url}\nSubject: A page\n"
        'Date: Mon, 06 May 2024 07:08:09 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="--B"\n\n'
    )
    html = base64.encodebytes(page(story, "", "cid:quay@mhtml.blink").encode()).decode()
    parts = (
        f"----B\nContent-Type: text/html\nContent-ID: <frame@mhtml.blink>\nContent-Transfer-Encoding: base64\nContent-Location: {story.url}\n\n{html}\n"
        f"----B\nContent-Type: image/png\nContent-ID: <quay@mhtml.blink>\nContent-Transfer-Encoding: base64\n\n{base64.encodebytes(PICTURE).decode()}\n----B--\n"
    )
    return {"page.mhtml": (head + parts).replace("\n", "\r\n").encode()}


def webarchive(story: Sample) -> Mapping[str, bytes]:
    main = {
        "WebResourceData": page(story).encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": story.url,
    }
    return {"page.webarchive": plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)}


def letter(story: Sample) -> Mapping[str, bytes]:
    message = EmailMessage()
    message["From"], message["Subject"] = "The Ledger <news@ledger.example>", story.headline
    message["Date"] = "Fri, 18 Mar 2022 06:00:00 -0400"
    message.set_content("In plain words.")
    message.add_alternative(page(story), subtype="html")
    return {"letter.eml": message.as_bytes()}


def warc(story: Sample) -> Mapping[str, bytes]:
    return {"crawl.warc.gz": _warc(story)}


def _warc(story: Sample) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    for url, kind, body in (
        (story.url, "text/html; charset=utf-8", page(story, "", "/quay.png").encode()),
        ("https://www.ledger.example/quay.png", "image/png", PICTURE),
    ):
        http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        stated = {"WARC-Date": f"{SAVED}Z"}
        record = writer.create_warc_record(
            url, "response", io.BytesIO(body), http_headers=http, warc_headers_dict=stated
        )
        writer.write_record(record)
        record.raw_stream.close()  # a file of warcio's own by now
    return file.getvalue()


def wacz(story: Sample) -> Mapping[str, bytes]:
    pages = (
        json.dumps({"format": "json-pages-1.0", "id": "pages"})
        + "\n"
        + json.dumps({"url": story.url, "ts": f"{SAVED}Z", "title": story.headline})
    )
    return {
        "crawl.wacz": _zip(
            {
                "archive/data.warc.gz": _warc(story),
                "pages/pages.jsonl": pages.encode(),
                "datapackage.json": b'{"profile": "data-package", "wacz_version": "1.1.1"}',
            },
            zipfile.ZIP_STORED,
        )
    }


def zipped(story: Sample) -> Mapping[str, bytes]:
    return {"heap.zip": _zip({f"heap/{name}": body for name, body in complete(story).items()})}


def _zip(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, body in members.items():
            archive.writestr(zipfile.ZipInfo(name), body, method)
    return file.getvalue()


def tarred(story: Sample) -> Mapping[str, bytes]:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, body in complete(story).items():
            member = tarfile.TarInfo(f"heap/{name}")
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    return {"heap.tar.gz": file.getvalue()}


def clip(story: Sample) -> Mapping[str, bytes]:
    front = {
        "title": story.headline,
        "source": story.url,
        "author": [story.author],
        "published": "2022-03-18",
        "created": "2024-05-06",
        "tags": ["clippings", *story.tags],
    }
    lines = "\n".join(f"{name}: {json.dumps(value)}" for name, value in front.items())
    body = "\n\n".join(story.paragraphs)
    return {"clip.md": f"---\n{lines}\n---\n{body}\n".encode()}


def copied(story: Sample) -> Mapping[str, bytes]:
    return {"copy.txt": "\n\n".join((story.headline, f"By {story.author}", *story.paragraphs, story.url)).encode()}


def trafilatura(story: Sample) -> Mapping[str, bytes]:
    found = {
        "title": story.headline,
        "author": story.author,
        "hostname": "ledger.example",
        "date": "2022-03-18",
        "source": story.url,
        "source-hostname": "The Ledger",
        "fingerprint": "f",
        "text": "\n".join(story.paragraphs),
        "raw_text": " ".join(story.paragraphs),
        "comments": "",
        "excerpt": None,
        "categories": "",
        "tags": ";".join(story.tags),
        "language": None,
        "image": None,
        "pagetype": "article",
        "id": None,
        "license": None,
    }
    return {"out.json": json.dumps(found).encode()}


def wallabag(story: Sample) -> Mapping[str, bytes]:
    entry = {
        "id": 7,
        "is_archived": 0,
        "is_starred": 0,
        "tags": list(story.tags),
        "title": story.headline,
        "url": story.url,
        "content": "".join(f"<p>{escape(one)}</p>" for one in story.paragraphs),
        "created_at": f"{SAVED}+00:00",
        "updated_at": f"{SAVED}+00:00",
        "published_at": story.published,
        "published_by": [story.author],
        "mimetype": "text/html",
        "language": "en",
        "reading_time": 2,
        "domain_name": "www.ledger.example",
        "annotations": [],
    }
    return {"wallabag.json": json.dumps([entry]).encode()}


def feed(story: Sample) -> Mapping[str, bytes]:
    body = escape("".join(f"<p>{one}</p>" for one in story.paragraphs))
    return {"feed.xml": (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>The Ledger</title><link>https://www.ledger.example/</link><description>News</description><item><title>{escape(story.headline)}</title>"
        f"<link>{story.url}</link><guid>{story.url}</guid><dc:creator>{story.author}</dc:creator><pubDate>Fri, 18 Mar 2022 06:00:00 -0400</pubDate>"
        f"<content:encoded>{body}</content:encoded></item></channel></rss>"
    ).encode()}  # fmt: skip


def archivebox(story: Sample) -> Mapping[str, bytes]:
    index = {
        "type": "Link",
        "timestamp": "1714979289.0",
        "url": story.url,
        "title": story.headline,
        "tags": "",
        "hash": "x",
        "base_url": story.url.removeprefix("https://"),
        "canonical": {"singlefile_path": "singlefile.html", "index_path": "index.html"},
        "history": {"singlefile": []},
        "bookmarked_date": "2024-05-06 07:08",
        "archive_path": "archive/1714979289.0",
        "schema": "Link",
    }
    return {
        "box/archive/1714979289.0/index.json": json.dumps(index).encode(),
        "box/archive/1714979289.0/index.html": b"<html><head><title>ArchiveBox</title></head><body><a href='singlefile.html'>SingleFile</a></body></html>",
        "box/archive/1714979289.0/singlefile.html": page(story).encode(),
    }


def scripted(story: Sample) -> Mapping[str, bytes]:
    """A page whose text is drawn by its scripts."""
    shown = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    state = {"props": {"pageProps": {"story": {"title": story.headline, "paragraphs": list(story.paragraphs)}}}}
    drawn = f"<div>Loading</div><script id='__NEXT_DATA__' type='application/json'>{json.dumps(state)}</script>"
    return {"scripted.html": story.html.replace(shown, drawn).encode()}


def mailbox(story: Sample) -> Mapping[str, bytes]:
    (message,) = letter(story).values()
    return {"folder.mbox": b"From news@ledger.example Fri Mar 18 06:00:00 2022\n" + message + b"\n"}


def printed(story: Sample) -> Mapping[str, bytes]:
    """As Firefox prints it."""
    sheet = [Put(story.headline, 820, 30, 8), Put(story.url, 820, 330, 8), Put(story.headline, 770, size=22)]
    for number, words in enumerate(story.paragraphs):
        sheet += paragraph(words, 730 - 90 * number)
    sheet += [Put("1 of 1", 20, 30, 8), Put("06/05/2024, 07:08", 20, 500, 8)]
    about = {"Title": story.headline, "Producer": "Mozilla Firefox 128", "CreationDate": "D:20240506070809Z"}
    return {"print.pdf": pdf([sheet], about)}


def maff(story: Sample) -> Mapping[str, bytes]:
    described = (
        '<?xml version="1.0"?><RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#" xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<RDF:Description RDF:about="urn:root"><MAF:originalurl RDF:resource="{story.url}"/><MAF:title RDF:resource="{escape(story.headline)}"/>'
        '<MAF:archivetime RDF:resource="Mon, 06 May 2024 07:08:09 +0000"/><MAF:indexfilename RDF:resource="index.html"/></RDF:Description></RDF:RDF>'
    )
    return {
        "page.maff": _zip({"1714979289/index.rdf": described.encode(), "1714979289/index.html": page(story).encode()})
    }


def _content(story: Sample) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)


def omnivore(story: Sample) -> Mapping[str, bytes]:
    entry = {
        "id": "20db074a", "slug": "night-ferry", "title": story.headline, "description": "", "author": story.author, "url": story.url,
        "state": "Archived", "readingProgress": 0, "thumbnail": None, "labels": list(story.tags), "savedAt": f"{SAVED}.000Z",
        "updatedAt": f"{SAVED}.320Z", "publishedAt": story.published,
    }  # fmt: skip
    return {
        "omnivore/metadata_0_to_20.json": json.dumps([entry]).encode(),
        "omnivore/content/night-ferry.html": _content(story).encode(),
    }


def readeck(story: Sample) -> Mapping[str, bytes]:
    info = {
        "UID": "R3ad3ck", "UserID": 1, "Created": f"{SAVED}Z", "Updated": f"{SAVED}Z", "State": 0, "URL": story.url, "Title": story.headline,
        "Domain": "ledger.example", "Site": "www.ledger.example", "SiteName": "The Ledger", "Published": story.published,
        "Authors": [story.author], "Lang": "en", "DocumentType": "article", "Labels": list(story.tags), "IsArchived": False,
    }  # fmt: skip
    body = f"<html><body>{_content(story)}</body></html>"
    return {"readeck/R3/info.json": json.dumps(info).encode(), "readeck/R3/container/index.html": body.encode()}


def karakeep(story: Sample) -> Mapping[str, bytes]:
    inner = {
        "type": "link", "url": story.url, "title": story.headline, "htmlContent": _content(story), "crawledAt": f"{SAVED}.000Z",
        "author": story.author, "publisher": "The Ledger", "datePublished": story.published,
    }  # fmt: skip
    mark: dict[str, object] = {
        "id": "k1",
        "createdAt": f"{SAVED}.000Z",
        "title": None,
        "archived": False,
        "tags": [],
        "content": inner,
    }
    return {"karakeep.json": json.dumps({"bookmarks": [mark], "nextCursor": None}).encode()}


DOORS: Mapping[str, Door] = {
    "SingleFile": Door(singlefile, f"{SAVED}+00:00"),
    "complete page": Door(complete),
    "HTTrack mirror": Door(mirror, f"{SAVED}+00:00"),
    "from the Wayback Machine": Door(wayback, f"{SAVED}+00:00"),
    "MHTML": Door(mhtml, f"{SAVED}+00:00"),
    "Safari": Door(webarchive),
    "newsletter": Door(letter, "2022-03-18T06:00:00-04:00", lacks=frozenset({"address", "byline"})),
    "WARC": Door(warc, f"{SAVED}+00:00"),
    "WACZ": Door(wacz, f"{SAVED}+00:00"),
    "ZIP": Door(zipped),
    "tar": Door(tarred),
    "Markdown clip": Door(clip, "2024-05-06"),
    "plain text": Door(copied, lacks=frozenset({"day"})),
    "Trafilatura's JSON": Door(trafilatura),
    "wallabag": Door(wallabag, f"{SAVED}+00:00"),
    "RSS": Door(feed),
    "drawn by scripts": Door(scripted),
    "mailbox": Door(mailbox, "2022-03-18T06:00:00-04:00", lacks=frozenset({"address", "byline"})),
    "PDF": Door(printed, f"{SAVED}+00:00", lacks=frozenset({"day", "byline"})),
    "MAFF": Door(maff, f"{SAVED}+00:00"),
    "Omnivore": Door(omnivore, f"{SAVED}+00:00"),
    "Readeck": Door(readeck, f"{SAVED}+00:00"),
    "Karakeep": Door(karakeep, f"{SAVED}+00:00"),
    "ArchiveBox": Door(archivebox, f"{SAVED}+00:00"),
    "Linkwarden": Door(toolsdoors.linkwarden, f"{SAVED}+00:00", lacks=frozenset({"day", "byline"})),
    "Zotero": Door(toolsdoors.zotero, f"{SAVED}+00:00"),
    "Evernote": Door(toolsdoors.evernote, f"{SAVED}+00:00", lacks=frozenset({"day", "byline"})),
    "WeChat": Door(toolsdoors.wechat),
    "Readability's JSON": Door(toolsdoors.readability),
    "Atom": Door(toolsdoors.atom),
    "AMP": Door(toolsdoors.amp),
    "print page": Door(toolsdoors.printer),
}
