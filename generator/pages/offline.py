"""What lets a site on a web server be read without a connection, on request: a manifest, a service worker, a page.

The worker's version is a digest of the theme, so no article changes it; what it keeps is the reader's device's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.model import Page
from generator.pages.archive import Archive, given

MANIFEST, WORKER, PAGE = "manifest.webmanifest", "sw.js", "offline.html"
SHELL = (".css", ".js", ".svg", ".woff2")  # static files that are kept from the first visit on
MOST = 40  # of them


def plan(archive: Archive, _: str) -> Iterator[Page]:
    """Three files, where the settings ask for them."""
    if not archive.settings.offline:
        return
    theme = archive.theme
    version = theme.whole_digest[:12]
    shell = [path for path, _ in theme.files() if path.endswith(SHELL)][:MOST]
    values = {"version": version, "shell": shell}
    for path, template in ((MANIFEST, "manifest.json"), (WORKER, "sw.js"), (PAGE, "offline.html")):
        yield Page(path, template, archive.key(template, version), partial(given, values | {"title": None}))
