"""What the browser gets: files of the site and nothing else, for this machine and nobody else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from queue import SimpleQueue

import pytest

from generator.config import parse
from generator.errors import BusyError, TemplateError, UsageError
from generator.serve import Source, answers, serve
from generator.theme import CSP

PAGE = f'<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="{CSP}"></head><body><p>港</p></body></html>'
PATIENCE = 10.0


class AtWork:
    """An archive that another run holds: the files of the last build have to do."""

    url = "https://name.example/my/archive/"

    def refresh(self, changed: Collection[Path] | None) -> bool:  # noqa: ARG002 - the protocol's
        return False

    def page(self, path: str) -> bytes | None:
        raise BusyError(f"{path}: another backfile is at work", "wait")


class Making:
    """A site of pages made as they are asked for."""

    url = ""

    def __init__(self, **pages: bytes) -> None:
        self.pages = pages

    def refresh(self, changed: Collection[Path] | None) -> bool:  # noqa: ARG002 - the protocol's
        return False

    def page(self, path: str) -> bytes | None:
        if path == "wrong.html":
            raise TemplateError("article.html:3: <no> such filter", "mend it")
        return self.pages.get(path)


@dataclass
class Served:
    """A running server and what it said."""

    site: Path
    events: SimpleQueue[str] = field(default_factory=SimpleQueue)
    stop: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def get(self, path: str, method: str = "GET", host: str | None = "localhost") -> tuple[HTTPResponse, bytes]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.putrequest(method, path, skip_host=True)
            if host is not None:
                connection.putheader("Host", host)
            connection.endheaders()
            response = connection.getresponse()
            return response, response.read()

    def status(self, path: str, method: str = "GET", host: str | None = "localhost") -> int:
        return self.get(path, method, host)[0].status


@contextmanager
def served(root: Path, source: Source | None = None) -> Iterator[Served]:
    running = Served(root / "site")
    thread = threading.Thread(
        target=serve,
        args=(parse({}, root), source or AtWork()),
        kwargs={"port": 0, "on_event": running.events.put, "stop": running.stop},
    )
    thread.start()
    try:
        running.port = int(running.events.get(timeout=PATIENCE).rstrip("/").rpartition(":")[2])
        yield running
    finally:
        running.stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("archive")
    pages = {
        "index.html": PAGE,
        "404.html": PAGE.replace("港", "nothing here"),
        "2025/03/index.html": PAGE,
        "2025/03/港 口.html": PAGE,
        "static/site.css": "p { color: #111 }",
        "feed.xml": "<feed/>",
        "media/odd.xyz": "odd",
        ".git/config": "secret",
        ".well-known/security.txt": "Contact: mailto:desk@example.org",
    }
    for name, content in pages.items():
        (root / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / name).write_text(content, encoding="utf-8")
    (root / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "site" / "link.txt").symlink_to(root / "secret.txt")
    (root / "site" / "folder").symlink_to(root)
    (root / "site" / "loop").symlink_to("loop")
    (root / "site" / "empty").mkdir()
    with served(root) as running:
        yield running


def test_a_folder_shows_its_index(site: Served) -> None:
    assert site.status("/") == 200
    assert site.status("/2025/03/") == 200


def test_a_folder_without_its_slash_moves(site: Served) -> None:
    response, _ = site.get("/2025/03?x=1")
    assert (response.status, response.getheader("Location")) == (301, "/2025/03/")


def test_a_page_is_found_without_its_ending(site: Served) -> None:
    _, page = site.get("/2025/03/%E6%B8%AF%20%E5%8F%A3.html")
    assert site.get("/2025/03/%E6%B8%AF%20%E5%8F%A3")[1] == page


def test_what_is_hidden_is_not_shown_but_for_what_hosts_keep_well_known(site: Served) -> None:
    assert site.status("/.well-known/security.txt") == 200
    assert site.status("/.git/config") == 404


def test_a_folder_is_never_listed(site: Served) -> None:
    assert site.status("/empty/") == 404
    assert site.status("/2025/") == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/static/site.css", "text/css; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/media/odd.xyz", "application/octet-stream"),
        ("/__backfile/reload.js", "text/javascript; charset=utf-8"),
    ],
)
def test_every_answer_says_what_it_is_and_is_not_kept(site: Served, path: str, kind: str) -> None:
    response, _ = site.get(path)
    assert response.getheader("Content-Type") == kind
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert response.getheader("Cache-Control") == "no-store"


def test_a_name_in_any_script_is_found(site: Served) -> None:
    assert site.status("/2025/03/%E6%B8%AF%20%E5%8F%A3.html") == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/2025/..%2f..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/2025\\03",
        "/index.html%00",
        "/index.html%00.css",
        "/%ff",
        "/link.txt",
        "/folder/secret.txt",
        "/folder",
        "/loop",
        "/%2Fetc/passwd",
        "/2025//03/",
        "/index.html/",
        "/./index.html",
        "/" + "a" * 5000,
        "http://localhost/index.html",
        "*",
        "/.nojekyll",
        "/.git/config",
        "/%2egit/config",
        "/2025/03/index.htm",
    ],
)
def test_no_path_leads_out_of_the_site(site: Served, path: str) -> None:
    response, body = site.get(path)
    assert response.status == 404
    assert b"secret" not in body


def test_what_is_missing_shows_the_site_s_own_page(site: Served) -> None:
    response, body = site.get("/nowhere/at/all.html")
    assert response.status == 404
    assert b"nothing here" in body


@pytest.mark.parametrize("path", ["/nope", "/a/b/nope", "/a/b/c/"])
def test_the_page_for_what_is_missing_finds_its_files_at_every_depth(site: Served, path: str) -> None:
    lost = site.site / "404.html"
    lost.write_text(
        '<link href="static/site.css"><img src="a%20b.png"><a href="#x"></a><a href="https://a.example/"></a>'
        '<a href="//a.example/"></a><a href="/my/archive/no&amp;where.html"></a><a href="/index.html"></a><a href="/gone/x"></a>'
        '<p>href="static/y"</p>',
        encoding="utf-8",
    )
    before = lost.read_bytes()
    response, body = site.get(path)
    assert response.status == 404
    assert body.startswith(
        b'<link href="/static/site.css"><img src="/a%20b.png"><a href="#x"></a><a href="https://a.example/"></a>'
        b'<a href="//a.example/"></a><a href="/no&amp;where.html"></a><a href="/index.html"></a><a href="/gone/x"></a>'
    )
    assert lost.read_bytes() == before


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:65535"])
def test_names_of_this_machine_are_answered(site: Served, host: str) -> None:
    assert site.status("/", host=host) == 200


@pytest.mark.parametrize(
    "host",
    [None, "", "example.com", "localhost.example.com", "127.0.0.1.nip.io", "localhost:8000@x", "192.168.1.2", "::1"],
)
def test_other_names_are_refused(site: Served, host: str | None) -> None:
    assert site.status("/", host=host) == 403
    assert site.status("/__backfile/events", host=host) == 403


def test_two_hosts_at_once_are_refused(site: Served) -> None:
    with socket.create_connection(("127.0.0.1", site.port), PATIENCE) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: example.com\r\n\r\n")
        assert b" 403 " in raw.makefile("rb").readline()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_done_but_reading(site: Served, method: str) -> None:
    assert site.status("/", method) == 405
    assert site.status("/", "BREW") == 501


def test_head_says_how_long_the_page_is_and_sends_none(site: Served) -> None:
    head, nothing = site.get("/", "HEAD")
    _, page = site.get("/")
    assert nothing == b""
    assert head.getheader("Content-Length") == str(len(page))


def test_a_page_gets_the_script_and_may_listen(site: Served) -> None:
    _, body = site.get("/")
    assert b'<script src="/__backfile/reload.js" defer></script></body></html>' in body
    assert b"connect-src 'self'" in body
    assert (site.site / "index.html").read_text(encoding="utf-8") == PAGE


def test_a_silent_client_keeps_nobody_waiting(site: Served) -> None:
    with socket.create_connection(("127.0.0.1", site.port), PATIENCE) as half_open:
        half_open.sendall(b"GET / HT")
        assert site.status("/") == 200


def test_a_client_too_slow_is_hung_up_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "SECONDS", 0.2)
    with served(tmp_path) as running, socket.create_connection(("127.0.0.1", running.port), PATIENCE) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\n")
        assert slow.recv(1) == b""


def test_a_client_that_goes_away_is_no_news(site: Served) -> None:
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", site.port), PATIENCE) as gone:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # closes with a reset
            gone.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert site.status("/") == 200
    assert site.events.empty()


def test_clients_beyond_the_limit_are_turned_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MAX_CLIENTS", 1)
    monkeypatch.setattr(answers, "WAIT_SECONDS", 0.01)
    with served(tmp_path) as running, socket.create_connection(("127.0.0.1", running.port), PATIENCE) as first:
        first.sendall(b"GET / HT")
        with socket.create_connection(("127.0.0.1", running.port), PATIENCE) as second:
            assert second.recv(1) == b""


@pytest.fixture
def many_files() -> Iterator[None]:
    """Each connection is two open files of this process."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(before[0], min(4096, before[1])), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.usefixtures("many_files")
def test_a_thousand_at_once_are_answered_beside_those_who_never_ask(site: Served) -> None:
    with ExitStack() as open_ones:

        def client(said: bytes) -> socket.socket:
            one = open_ones.enter_context(socket.create_connection(("127.0.0.1", site.port), PATIENCE))
            one.sendall(said)
            return one

        for _ in range(100):
            client(b"GET / HT")
        asked = [client(b"GET /feed.xml HTTP/1.0\r\nHost: localhost\r\n\r\n") for _ in range(1000)]
        answers = [one.makefile("rb").readline() for one in asked]
    assert answers == [b"HTTP/1.0 200 OK\r\n"] * 1000


def test_without_a_site_there_is_a_page_that_waits_for_one(tmp_path: Path) -> None:
    with served(tmp_path) as running:
        response, body = running.get("/")
        assert response.status == 404
        assert b"reload.js" in body


@pytest.fixture
def making(tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "old.html").write_text("built long ago")
    with served(tmp_path, Making(**{"index.html": PAGE.encode(), "2025/index.html": b"year", "2025/a.html": b"a", "x.css": b"p {}"})) as running:  # fmt: skip
        yield running


@pytest.mark.parametrize(
    ("path", "body"), [("/", "reload.js"), ("/2025/", "year"), ("/2025/a", "a"), ("/2025/a.html?x#y", "a"), ("/x.css", "p {}")]
)  # fmt: skip
def test_a_page_is_made_when_it_is_asked_for(making: Served, path: str, body: str) -> None:
    response, data = making.get(path)
    assert (response.status, body in data.decode()) == (200, True)


def test_a_made_folder_without_its_slash_moves(making: Served) -> None:
    response, _ = making.get("/2025")
    assert (response.status, response.headers["Location"]) == (301, "/2025/")


def test_what_was_built_and_is_made_no_more_is_not_shown(making: Served) -> None:
    assert making.status("/old.html") == 404


def test_a_page_that_cannot_be_made_says_why_and_waits_to_be_mended(making: Served) -> None:
    response, data = making.get("/wrong")
    assert response.status == 500
    assert b"article.html:3: &lt;no&gt; such filter" in data
    assert b"reload.js" in data
    assert "article.html:3" in making.events.get(timeout=PATIENCE)


def test_a_port_in_use_is_told_with_what_to_do(site: Served, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="in use") as caught:
        serve(parse({}, tmp_path), AtWork(), port=site.port, on_event=list[str]().append)
    assert "--port" in caught.value.hint


@pytest.mark.parametrize(
    ("host", "port"), [("0.0.0.0", 0), ("example.com", 0), ("127.0.0.1", 65536), ("127.0.0.1", -1)]
)
def test_only_this_machine_and_real_ports_are_served(tmp_path: Path, host: str, port: int) -> None:
    with pytest.raises(UsageError):
        serve(parse({}, tmp_path), AtWork(), host=host, port=port, on_event=list[str]().append)
