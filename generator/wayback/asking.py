"""One connection to a web archive, asked one thing at a time, with a pause in between and patience where it is refused.

Verifies certificates, follows no redirect (that is for `replay`), believes no length, and reads no more than it is told to.
Waits by the function that it is given: it holds no clock.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from generator import __version__
from generator.errors import NetworkError
from generator.wayback.archives import Archive
from generator.wayback.wanted import Ways

TIMEOUT_SECONDS = urllib3.Timeout(connect=30, read=120)  # the index of a large site takes its time
PAUSES_SECONDS = (5.0, 15.0, 45.0, 90.0)  # before each further try
SHUT_OUT_SECONDS = 60.0  # where the archive asks for a pause and does not say how long
LONGEST_SECONDS = 900.0  # that we wait because we are asked to; beyond it the person decides
SLOWEST_SECONDS = 60.0  # between two requests
BLOCK = 65_536

_AGENT = "Backfile/{version} (recovers a dead news site for a static archive, one request at a time{contact})"
_AGAIN = frozenset({413, 421, 500, 502, 503, 504, 520, 521, 522, 523, 524, 599})
# a memento may itself be the capture of an error: these headers say that it is one
_OF_A_MEMENTO = ("memento-datetime", "x-archive-src")
_LATER = "wait some minutes and run the same command again: it goes on from here and asks for nothing twice"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive answered. `whole` is False where the body is longer than was asked for."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    whole: bool = True

    def header(self, name: str) -> str:
        """The first header of that name, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def is_memento(self) -> bool:
        """Whether this is what was captured, and not the archive's own word."""
        return any(self.header(name) for name in _OF_A_MEMENTO)


class Line:
    """A line to one archive, and the pause between two requests. A context manager: leaving it hangs up."""

    def __init__(self, archive: Archive, ways: Ways) -> None:
        self._archive = archive
        self._sleep = ways.sleep
        self._remark = ways.watch.remark
        self._pause = ways.delay
        self._begun = False
        contact = f"; {ways.contact}" if ways.contact else ""
        self._headers = {
            "User-Agent": _AGENT.format(version=__version__, contact=contact),
            "Accept-Encoding": "gzip",
            "Accept": "*/*",
        }
        self._pool = _pool(archive)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._pool.close()

    def get(self, address: str, *, most: int, tries: int = len(PAUSES_SECONDS) + 1) -> Answer | None:
        """The answer at that address of the archive's, at most so many bytes of it.

        None where the archive answers, but not with this, however often it is asked. Raises NetworkError where it refuses.
        """
        pauses = iter((*PAUSES_SECONDS[: tries - 1], None))
        for pause in pauses:
            if self._begun:
                self._sleep(self._pause)
            self._begun = True
            answer, trouble = self._once(address, most)
            if answer and answer.status == 429:
                trouble = self._shut_out(answer, last=pause is None)
            elif answer and (answer.status not in _AGAIN or answer.is_memento):
                return answer
            elif pause is None and isinstance(trouble, NetworkError):
                raise trouble
            elif pause is not None:
                self._wait(pause, str(getattr(trouble, "message", trouble)))
        return None

    def _shut_out(self, answer: Answer, *, last: bool) -> str:
        """We ask too fast: wait as long as we are told, and go slower from here on."""
        asked = _seconds(answer)
        if last or asked > LONGEST_SECONDS:
            for_so_long = f" for {asked:.0f} seconds" if asked > LONGEST_SECONDS else ""
            raise NetworkError(f"{self._archive.host} asks us to pause{for_so_long} (429 Too Many Requests)", _LATER)
        self._pause = min(max(self._pause * 2, 1.0), SLOWEST_SECONDS)
        self._wait(asked, "we were told to slow down (429)")
        return ""

    def _wait(self, seconds: float, why: str) -> None:
        self._remark(f"{why}; waiting {seconds:.0f} seconds")
        self._sleep(seconds)

    def _once(self, address: str, most: int) -> tuple[Answer | None, NetworkError | str]:
        """One try: the answer, or what went wrong. A NetworkError is of the way there, a text of this answer only."""
        host = self._archive.host
        try:
            answer = self._read(address, most)
        except SSLError as error:
            raise NetworkError(
                f"{host}: its certificate is not to be trusted: {_cause(error)}",
                "is somebody listening in, or the clock wrong?",
            ) from error
        except NameResolutionError:
            return None, NetworkError(
                f"{host} cannot be found", "is this machine on the network? A proxy is taken from HTTPS_PROXY"
            )
        except ProxyError as error:
            return None, NetworkError(f"the proxy does not answer: {_cause(error)}", "HTTPS_PROXY names it")
        except NewConnectionError:
            hint = f"web archives shut out for a while whoever asks too fast: {_LATER}, best with a longer --delay"
            return None, NetworkError(f"{host} refuses connections", hint)
        except ConnectTimeoutError:
            return None, NetworkError(f"{host} does not answer", _LATER)
        except ReadTimeoutError:
            return None, f"{host} took too long"
        except HTTPError as error:
            return None, f"{host} broke off: {_cause(error)}"
        return answer, f"{host} answered {answer.status}"

    def _read(self, address: str, most: int) -> Answer:
        target = address.removeprefix(self._archive.root)
        # the pool's own method takes the target as it is; a PoolManager would mend the address that stands inside it
        response = self._pool.urlopen(
            "GET", target, headers=self._headers, preload_content=False, decode_content=False, redirect=False, retries=False,
            timeout=TIMEOUT_SECONDS,
        )  # fmt: skip
        blocks: list[bytes] = []
        size = 0
        try:
            for block in response.stream(BLOCK, decode_content=False):
                blocks.append(block)
                size += len(block)
                if size > most:
                    break
        finally:
            (response.close if size > most else response.release_conn)()
        return Answer(response.status, tuple(response.headers.items()), b"".join(blocks)[:most], whole=size <= most)


def _pool(archive: Archive) -> urllib3.HTTPConnectionPool:
    parts = urlsplit(archive.root)
    host, secure = archive.host, parts.scheme == "https"
    if not secure:
        return urllib3.HTTPConnectionPool(host, parts.port, maxsize=1, block=True)
    trust = ssl.create_default_context()
    trust.load_verify_locations(certifi.where())
    proxy = "" if proxy_bypass(host) else getproxies().get("https", "")
    if not proxy:
        return urllib3.HTTPSConnectionPool(host, parts.port, maxsize=1, block=True, ssl_context=trust)
    known = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    login = f"{unquote(known.username)}:{unquote(known.password or '')}" if known.username else None
    headers = urllib3.make_headers(proxy_basic_auth=login)
    manager = urllib3.ProxyManager(
        f"{known.scheme}://{known.hostname}:{known.port or 80}",
        proxy_headers=headers,
        maxsize=1,
        block=True,
        ssl_context=trust,
    )
    return manager.connection_from_host(host, parts.port, "https")


def _seconds(answer: Answer) -> float:
    """How long the archive asks us to wait: a number of seconds, or a date, which is measured from the answer's own."""
    asked = answer.header("retry-after").strip()
    if asked.isdecimal():
        return float(asked[:9]) or SHUT_OUT_SECONDS
    until, now = _date(asked), _date(answer.header("date"))
    if until is None or now is None:
        return SHUT_OUT_SECONDS
    return max((until - now).total_seconds(), 1.0)


def _date(said: str) -> datetime | None:
    try:
        return parsedate_to_datetime(said).replace(tzinfo=UTC)  # both dates of an answer are in GMT
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _cause(error: BaseException) -> str:
    """What lies at the bottom of an error, in its own words."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
    return str(error) or type(error).__name__
