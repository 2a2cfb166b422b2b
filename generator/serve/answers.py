"""Answers to the browser: GET and HEAD, to hosts that mean this machine, and nothing that lies outside the site.

Pages are made when they are asked for; while another run holds the archive, the files of the last build have to do.
A name that merely resolves to this machine is refused: pages of other sites could read drafts through it. Nobody waits
for a slow client: each has its own thread, little time, and there are only so many.
"""

from __future__ import annotations

import os
import re
import socket
import socketserver
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from html import escape, unescape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

from generator.errors import BackfileError, BusyError
from generator.serve import finding, live

SECONDS = 10.0  # that a client may be silent, and that its request may take to arrive
HEARTBEAT_SECONDS = 5.0
MAX_CLIENTS = 1024
WAIT_SECONDS = 2.0  # for a place among them: a crowd is answered in turn, a siege is turned away
MAX_PAGE_BYTES = 64_000_000  # a larger page is sent as it is, without live reload
CHUNK_BYTES = 1 << 16

_HOST = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
_SINCE = re.compile(r"since=(\d{1,9})")
# a link that is not empty, no other site's and no place in the page
_LINK = re.compile(rb'(\s(?:href|src)=")(?=[^"#?])(?![a-z][a-z0-9+.-]{0,20}:|//)([^"]{0,2000})(?=")', re.IGNORECASE)
_MISSING = b'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>404</title><body><h1>404</h1></body></html>'
_WRONG = (
    b'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>500</title><body><h1>This page cannot be made</h1>'
    b"<pre>%s</pre></body></html>"
)


class LocalServer(ThreadingHTTPServer):
    """The server: it knows what makes the site and where it lies, the count of changes, and whom to tell of faults."""

    daemon_threads = True
    request_queue_size = 1024

    def __init__(
        self,
        host: str,
        port: int,
        site: Path,
        source: finding.Source,
        reloads: live.Reloads,
        on_event: Callable[[str], None],
    ) -> None:
        self._site, self._source = site, source
        self.reloads = reloads
        self._on_event = on_event
        self._places = threading.BoundedSemaphore(MAX_CLIENTS)
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Answer)

    @property
    def address(self) -> str:
        """Where the browser finds the site."""
        host = f"[{self.server_name}]" if ":" in self.server_name else self.server_name
        return f"http://{host}:{self.server_port}/"

    @property
    def top(self) -> str:
        """How links begin that hold at every depth: with the path of the site's address, which this server has not."""
        return urlsplit(self._source.url).path

    def find(self, target: str) -> finding.Made | Path | finding.Moved | None:
        """What a request's target names. Raises BackfileError where a template is wrong."""
        try:
            return finding.make(self._source, target)
        except BusyError:
            return finding.find(self._site, target)

    def tell(self, remark: str) -> None:
        """Tell the one who edits the site."""
        self._on_event(remark)

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # HTTPServer would ask the network for our name
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._places.acquire(timeout=WAIT_SECONDS):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the parent's signature
        error = sys.exception()
        if not isinstance(error, (ConnectionError, TimeoutError)):  # a browser that went away is no news
            self._on_event(f"a request failed: {type(error).__name__}: {error}")


class _Answer(BaseHTTPRequestHandler):
    timeout = SECONDS
    server_version = "Backfile"
    sys_version = ""

    @property
    def _local(self) -> LocalServer:
        return cast("LocalServer", self.server)

    def setup(self) -> None:
        super().setup()
        self._deadline = threading.Timer(SECONDS, self._hang_up)
        self._deadline.daemon = True
        self._deadline.start()

    def parse_request(self) -> bool:
        arrived = super().parse_request()
        self._deadline.cancel()
        return arrived

    def finish(self) -> None:
        self._deadline.cancel()
        super().finish()

    def do_GET(self) -> None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0].strip()):
            self.send_error(HTTPStatus.FORBIDDEN, "this site is shown on this machine only")
            return
        path, _, query = self.path.partition("?")
        if path == live.EVENTS:
            self._send_events(query)
        elif path == live.SCRIPT:
            self._send(HTTPStatus.OK, finding.TYPES[".js"], live.script(self._local.reloads.version))
        else:
            self._answer()

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST  # noqa: N815

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's name
        """Say nothing: requests are no news."""

    def _answer(self) -> None:
        try:
            self._send_found(self._local.find(self.path))
        except BackfileError as error:
            self._local.tell(str(error))
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, finding.HTML, live.live(_WRONG % escape(str(error)).encode()))

    def _send_found(self, found: finding.Made | Path | finding.Moved | None) -> None:
        if isinstance(found, finding.Made):
            kind = finding.media_type(found.path)
            page = kind == finding.HTML and len(found.body) <= MAX_PAGE_BYTES
            self._send(HTTPStatus.OK, kind, live.live(found.body) if page else found.body)
            return
        if isinstance(found, finding.Moved):
            self._send(HTTPStatus.MOVED_PERMANENTLY, finding.HTML, b"", location=found.location)
            return
        try:
            if found is not None:
                self._send_file(found)
                return
        except FileNotFoundError:  # the build took it away just now
            pass
        self._send_missing()

    def _send_file(self, file: Path) -> None:
        kind = finding.media_type(file)
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            if kind == finding.HTML and size <= MAX_PAGE_BYTES:
                self._send(HTTPStatus.OK, kind, live.live(opened.read(MAX_PAGE_BYTES)))
                return
            self._send_head(HTTPStatus.OK, kind, size)
            if self.command != "HEAD":
                self._pour(opened, size)

    def _pour(self, opened: IO[bytes], size: int) -> None:
        while size > 0 and (chunk := opened.read(min(CHUNK_BYTES, size))):
            self.wfile.write(chunk)
            size -= len(chunk)

    def _send_missing(self) -> None:
        own = self._local.find("/404.html")
        page = own.body if isinstance(own, finding.Made) else _MISSING
        if isinstance(own, Path):
            with suppress(OSError):
                page = own.read_bytes()[:MAX_PAGE_BYTES]
        self._send(HTTPStatus.NOT_FOUND, finding.HTML, live.live(_LINK.sub(self._from_root, page)))

    def _from_root(self, found: re.Match[bytes]) -> bytes:
        """A link of the missing page as it holds at every depth of this server."""
        link, top = unescape(found[2].decode("utf-8", "surrogateescape")), self._local.top
        if top and link.startswith(top):
            link = link.removeprefix(top)
        elif link.startswith("/"):
            return found[0]
        return found[1] + escape(f"/{link}").encode("utf-8", "surrogateescape")

    def _send_events(self, query: str) -> None:
        reloads = self._local.reloads
        since = _SINCE.fullmatch(query)
        seen = int(since[1]) if since else reloads.version
        self._send_head(HTTPStatus.OK, "text/event-stream; charset=utf-8", None)
        while self.command != "HEAD" and not reloads.closed:
            version = reloads.wait(seen, HEARTBEAT_SECONDS)
            if version != seen:
                self.wfile.write(b"event: reload\ndata: %d\n\n" % version)
                return
            self.wfile.write(b":\n\n")

    def _send(self, status: HTTPStatus, kind: str, body: bytes, location: str = "") -> None:
        self._send_head(status, kind, len(body), location)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_head(self, status: HTTPStatus, kind: str, size: int | None, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if size is not None:
            self.send_header("Content-Length", str(size))
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def _hang_up(self) -> None:
        with suppress(OSError):  # the client was faster
            self.connection.shutdown(socket.SHUT_RDWR)
