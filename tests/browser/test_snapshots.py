"""A hostile page's snapshot in a real browser: shown, with its styles and pictures, and nothing runs or is asked for."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.drawn import png
from tests.samples import Sample, TryOut

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SLUG = "2022/03/18/night-ferry-sails-again-from-friday"
HOSTILE = f"""
<style>h1{{color:rgb(1,2,3)}} @import url(https://evil.example/a.css); body{{background:url(https://evil.example/b.png)}}</style>
<script>top.ran = 1; fetch("https://evil.example/c")</script><link rel="stylesheet" href="https://evil.example/d.css">
<img id="held" src="data:image/png;base64,{base64.b64encode(png(30, 20)).decode()}" onload="top.ran = 1">
<img src="https://evil.example/e.png" onerror="top.ran = 1"><iframe src="https://evil.example/f"></iframe>
<form action="https://evil.example/g"><input autofocus onfocus="top.ran = 1"></form><p id="styled" style="color:rgb(4,5,6)">Ashore</p>
<a id="away" href="https://evil.example/h" target="_top">Away</a><meta http-equiv="refresh" content="0;url=https://evil.example/i">
<svg onload="top.ran = 1"><image href="https://evil.example/j.png"/></svg>
"""


@pytest.fixture
def site(archive: TryOut) -> Path:
    (archive.root / "archive.toml").write_text('language = "en"\nsnapshots = "inert"\n', "utf-8")
    archive.add(archive.save("ferry.html", Sample().html.replace("</article>", f"</article>{HOSTILE}")))
    archive.build()
    return archive.root / "site"


@pytest.fixture(params=["file", "http"])
def base(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"{site.as_uri()}/"
        return

    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), partial(Silent, directory=site))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_saved_page_is_shown_and_asks_for_nothing(chromium: Browser, base: str) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    page.on("console", lambda one: said.append(one.text))
    page.goto(f"{base}snapshots/{SLUG}.html", wait_until="load")
    frame = page.frames[1]
    assert frame.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(1, 2, 3)"
    assert frame.evaluate("getComputedStyle(document.getElementById('styled')).color") == "rgb(4, 5, 6)"
    assert frame.evaluate("document.getElementById('held').naturalWidth") == 30
    assert frame.evaluate("self.origin") == "null"
    frame.click("#away")
    assert page.evaluate("window.ran") is None
    names = sorted(re.sub(r"-[0-9a-f]{8}", "", url.removeprefix(base)) for url in asked)
    own = [f"snapshots/{SLUG}.captured.html", f"snapshots/{SLUG}.html", "static/icon.svg", "static/site.css"]
    assert names == own  # the frame's own files, and of the saved page nothing
    assert said == []
    page.close()
