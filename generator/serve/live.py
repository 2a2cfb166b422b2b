"""Live reload: a count of builds to wait for, the script that waits, and the page with both let in. Touches no file."""

from __future__ import annotations

import re
import threading

EVENTS = "/__backfile/events"
SCRIPT = "/__backfile/reload.js"

_TAG = f'<script src="{SCRIPT}" defer></script>'.encode()
_BODY_END = re.compile(rb"</body\s*>", re.IGNORECASE)
# Waits only while the page is seen: a browser opens six connections to one host, and hidden tabs would take them all.
_SCRIPT = """"use strict";
(() => {
  let source = null;
  const listen = () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource("@EVENTS@?since=@VERSION@");
      source.addEventListener("reload", () => { source.close(); location.reload(); });
    }
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
"""


class Reloads:
    """How often the site has changed, for waiting until it changes again."""

    def __init__(self) -> None:
        self._version = 0
        self._closed = False
        self._changed = threading.Condition()

    @property
    def version(self) -> int:
        with self._changed:
            return self._version

    @property
    def closed(self) -> bool:
        with self._changed:
            return self._closed

    def bump(self) -> None:
        """The site has changed: wake all who wait."""
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing will come any more: wake all who wait."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """The version once it differs from `seen`, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._version != seen, seconds)
            return self._version


def script(version: int) -> bytes:
    """The script that reloads the page once the site is newer than `version`."""
    return _SCRIPT.replace("@EVENTS@", EVENTS).replace("@VERSION@", str(version)).encode()


def live(page: bytes) -> bytes:
    """The page with the script let in before `</body>`; its policy lets the site's own scripts listen to the site."""
    ends = list(_BODY_END.finditer(page))
    at = ends[-1].start() if ends else len(page)
    return page[:at] + _TAG + page[at:]
