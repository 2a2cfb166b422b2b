"""The site on this machine, for the one who edits it: show any page of it, watch the archive, reload the browser.

Answers on loopback alone, and at once: pages are made when they are asked for. Writes nothing: what live reload needs is
added to the answers. What cannot be read is told, and what was there before stays up.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from pathlib import Path

from generator.config import Settings
from generator.errors import UsageError
from generator.serve.answers import LocalServer
from generator.serve.finding import Source
from generator.serve.live import Reloads
from generator.serve.watching import follow

__all__ = ["Source", "serve"]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
STOP_SECONDS = 10.0


def serve(  # noqa: PLR0913 - all but two go by name
    settings: Settings,
    source: Source,
    *,
    host: str = LOOPBACK[0],
    port: int = 8000,
    on_event: Callable[[str], None],
    stop: threading.Event | None = None,
    site: Path | None = None,
) -> None:
    """Show the site that `source` makes until `stop` is set or Ctrl-C is pressed; `site` is where it was last built.

    `on_event` hears, from several threads, each remark of one line or more; the first one ends in the address. Raises
    UsageError where the port cannot be had, and whatever the first look at the archive raises.
    """
    root = settings.root.absolute()
    ended = threading.Event()
    reloads = Reloads()
    server = _bound(host, port, (site or settings.site).absolute(), source, reloads, on_event)
    answering = threading.Thread(target=server.serve_forever, args=(0.1,), name="answering", daemon=True)
    watching = threading.Thread(
        target=follow,
        args=(root, source.refresh),
        kwargs={"changed": reloads.bump, "on_event": on_event, "ended": ended},
        name="watching",
        daemon=True,
    )
    answering.start()
    on_event(f"serving {server.address}")
    try:
        if source.refresh(None):
            reloads.bump()
        watching.start()
        (stop or ended).wait()
    except KeyboardInterrupt:
        on_event("stopped")
    finally:
        ended.set()
        reloads.close()
        server.shutdown()
        server.server_close()
        if watching.ident:
            watching.join(STOP_SECONDS)


def _bound(
    host: str, port: int, site: Path, source: Source, reloads: Reloads, on_event: Callable[[str], None]
) -> LocalServer:
    if host not in LOOPBACK:
        raise UsageError(f"{host!r} is not this machine", f"serve shows drafts to nobody else: {', '.join(LOOPBACK)}")
    if not 0 <= port <= 65535:
        raise UsageError(f"there is no port {port}", "choose one from 1024 to 65535 with --port")
    try:
        return LocalServer(host, port, site, source, reloads, on_event)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"port {port} is in use", f"choose another with --port, such as --port {port % 65535 + 1}"
            ) from error
        raise UsageError(f"port {port} cannot be opened: {error.strerror}", "choose another with --port") from error
