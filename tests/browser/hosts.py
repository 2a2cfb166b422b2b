"""A static host on loopback, with the site below some folder of it."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Host:
    """
    `root` on the net until `stop`; `base` is the address of what lies in its folder `below`.

    What `held` ends an address waits there until `let_go`, as on a slow line.
    """

    def __init__(self, root: Path, below: str, held: str = "") -> None:
        self.let_go = let_go = threading.Event()
        if not held:
            let_go.set()

        class Silent(SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.endswith(held):
                    let_go.wait()
                super().do_GET()

            def log_message(self, *words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=root))
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self._up = True
        self.base = f"http://127.0.0.1:{self._server.server_port}/{below}"

    def stop(self) -> None:
        """Off the net."""
        self.let_go.set()
        if self._up:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._up = False
