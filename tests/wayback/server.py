"""A small web archive on loopback: an index as the Internet Archive's or as pywb's, a replay, and whatever can go wrong."""

from __future__ import annotations

import json
import re
import threading
from base64 import b32encode
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote_plus, unquote, unquote_plus, urlsplit

HOST = "tidenews.example"


def surt(url: str) -> str:
    parts = urlsplit(url)
    host = re.sub(r"^www\d?\.", "", parts.hostname or "")
    path = (parts.path or "/").lower() + (f"?{parts.query}" if parts.query else "")
    return f"{','.join(reversed(host.split('.')))}){path}"


@dataclass
class Shot:
    """One capture that the archive holds, and how it replays it."""

    time: str
    url: str
    body: bytes
    status: int = 200
    mime: str = "text/html"
    digest: str = ""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    listed: bool = True
    held: bool = True

    def row(self) -> list[str]:
        digest = self.digest or b32encode(sha1(self.body).digest()).decode()
        status = "-" if self.mime == "warc/revisit" else str(self.status)
        return [surt(self.url), self.time, self.url, self.mime, status, digest, str(len(self.body) // 3 + 300)]


Fault = Callable[[BaseHTTPRequestHandler], None]


def answers(status: int, body: bytes = b"", **headers: str) -> Fault:
    """The archive's own word, in place of what was asked for."""

    def fault(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return fault


def breaks_off(promised: int = 5_000) -> Fault:
    """Less than was promised, and then the end of the line."""

    def fault(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Length", str(promised))
        handler.end_headers()
        handler.wfile.write(b"<html><p>The harbour")
        handler.close_connection = True

    return fault


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    """No answer at all."""
    handler.close_connection = True
    handler.connection.close()


class WebArchive:
    """What the archive holds, what will go wrong, and what it was asked."""

    def __init__(self) -> None:
        self.shots: list[Shot] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.most = 1_000  # rows of one answer of the index
        self.pywb = False
        self.keys: Callable[[str], str] = lambda key: key
        self.port = 0

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}" + ("/coll/cdx" if self.pywb else "/cdx/search/cdx")

    @property
    def replay(self) -> str:
        return f"http://127.0.0.1:{self.port}" + ("/coll/" if self.pywb else "/web/")

    def hold(self, time: str, path: str, body: str | bytes, **more: object) -> Shot:
        url = path if "://" in path else f"http://www.{HOST}{path}"
        shot = Shot(time, url, body.encode() if isinstance(body, str) else body, **more)  # type: ignore[arg-type]
        self.shots.append(shot)
        return shot

    def fail(self, part: str, *faults: Fault) -> None:
        """The next requests with that in their address go wrong, one after the other."""
        self.faults[part].extend(faults)

    @property
    def fetched(self) -> list[str]:
        """The mementos that were asked for: time and address."""
        return [one.split("/", 2)[2].replace("id_/", " ") for one in self.asked if "id_/" in one]

    @property
    def listings(self) -> list[dict[str, list[str]]]:
        return [parse_qs(urlsplit(one).query) for one in self.asked if "/cdx?" in one]

    # ---- answering -------------------------------------------------------------------------------------------------------

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.agents.add(handler.headers["User-Agent"])
        for part, faults in self.faults.items():
            if part in unquote_plus(handler.path) and faults:
                faults.popleft()(handler)
                return
        if "/cdx?" in handler.path:
            self._list(handler, {name: value[0] for name, value in parse_qs(urlsplit(handler.path).query).items()})
        else:
            self._show(handler)

    def _list(self, handler: BaseHTTPRequestHandler, query: dict[str, str]) -> None:
        start = surt(f"http://{query['url']}")
        start = {"prefix": start, "host": start[:-1], "domain": start[:-2]}[query["matchType"]]
        rows = sorted(shot.row() for shot in self.shots if shot.listed and shot.row()[0].startswith(start))
        if self.pywb:
            names = ("urlkey", "timestamp", "url", "mime", "status", "digest", "length")
            lines = [json.dumps(dict(zip(names, row, strict=True))) for row in rows[: int(query["limit"])]]
            answers(200 if lines else 404, "\n".join(lines or ['{"message": "No captures"}']).encode())(handler)
            return
        key = unquote_plus(query.get("resumeKey", ""))
        rows = [row for row in rows if f"{row[0]} {row[1]} " > key]
        shown, most = rows[: min(int(query["limit"]), self.most)], min(int(query["limit"]), self.most)
        told: list[list[str]] = (
            [["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"], *shown] if shown else []
        )
        if len(shown) == most:
            told += [[], [self.keys(quote_plus(f"{shown[-1][0]} {shown[-1][1]}!"))]]
        answers(200, json.dumps(told).encode(), Content_Type="application/json")(handler)

    def _show(self, handler: BaseHTTPRequestHandler) -> None:
        found = re.fullmatch(r"/(?:web|coll)/(\d+)([a-z]{2}_)/(.+)", handler.path)
        time, mode, url = found.groups() if found else ("0", "", "")
        held = [one for one in self.shots if one.held and surt(one.url) == surt(unquote(url))]
        if not held:
            answers(404, b"<html><h1>Not in the archive</h1></html>")(handler)
            return
        shot = min(held, key=lambda one: (abs(int(one.time) - int(time)), one.time))
        if shot.time != time and not self.pywb:
            answers(302, Location=f"{self.replay}{shot.time}{mode}/{shot.url}")(handler)
            return
        at = datetime.strptime(shot.time, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        headers = {name.replace("-", "_"): value for name, value in shot.headers.items()}
        answers(shot.status, shot.body, Memento_Datetime=format_datetime(at, usegmt=True), **headers)(handler)


@contextmanager
def serving(archive: WebArchive) -> Iterator[WebArchive]:
    """The archive answers on loopback, as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            archive.answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A line that was cut on purpose."""

    server = Server(("127.0.0.1", 0), Handler)
    archive.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield archive
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
