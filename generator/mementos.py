"""Copies that web archives and caches show: whose page it is, and of which moment.

Pure and by pattern: knows the addresses under which copies stand and the words that archives write into pages; never
fetches. The moment is that of the copy, never that of somebody's saving it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

from generator.model import Moment

MAX_URL = 4_000
MAX_NESTING = 3  # copies of copies

# where archives and caches stand: an address there is nobody's own
_HOSTS = re.compile(
    r"(?:^|\.)(?:(?:web|wayback|replay|classic-web|liveweb)\.archive\.org|archive\.(?:today|is|ph|li|vn|fo|md)|archive-it\.org|perma\.cc|perma-archives\.org|ghostarchive\.org|"
    r"conifer\.rhizome\.org|replayweb\.page|webcache\.googleusercontent\.com|cn?cc\.bingj\.com|"
    r"cache\.baiducontent\.com|cache\.baidu\.com|yandexwebcache\.(?:net|org)|webarchive\.org\.uk|arquivo\.pt|megalodon\.jp)$"
)
_TODAY = r"https?://archive\.(?:today|is|ph|li|vn|fo|md)"
_TARGET = r"(https?(?::|%3A)/{1,2}\S{3,4000})"
# The moment in the address: of any archive that shows its copies as the Wayback Machine does
_DATED = re.compile(
    rf"https?://[^/\s]{{1,255}}/(?:[^/\s?#]{{1,80}}/){{0,6}}?(\d{{14}})(?:[a-z]{{2,4}}_)?\*?/{_TARGET}", re.IGNORECASE
)
_VAGUE = re.compile(
    rf"(?:https?://(?:web|wayback|replay|classic-web)\.archive\.org(?::\d{{1,5}})?/(?:web|save)/|{_TODAY}/)"
    rf"(?:(\d{{4}}(?:[\d.-]{{0,14}}))(?:[a-z]{{2,4}}_)?\*?/)?(?:[a-z]{{2,4}}_/|newest/|oldest/|o/\w{{1,12}}/)?{_TARGET}",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"https?://web\.archive\.org/web/(\d{4,14})(?:[a-z]{2,4}_)?/((?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?:[/:?]\S{0,4000})?)$",
    re.IGNORECASE,
)
_REPLAYED = re.compile(rf"https?://[^/\s]{{1,255}}/(?:[^/\s?#]{{1,80}}/){{0,6}}?[a-z]{{2}}_/{_TARGET}", re.IGNORECASE)
_CACHE = re.compile(
    r"https?://(?:webcache\.googleusercontent\.com|[\w.]{1,30}\.google\.[a-z.]{2,6})/search\?(?:[^#\s]{0,400}&)?q=cache(?::|%3A)(?:[\w-]{12}(?::|%3A))?([^\s+&]{4,4000})",
    re.IGNORECASE,
)
_AMP = re.compile(
    r"https?://(?:[\w-]{1,80}\.cdn\.ampproject\.org/(?:[a-z]{1,2}|wp)/|(?:www\.)?google\.[a-z.]{2,6}/amp/|cdn\.ampproject\.org/(?:[a-z]{1,2}|wp)/)(s/)?((?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?:/\S{0,4000})?)$",
    re.IGNORECASE,
)

_MARKS = (
    "wombat(", "wombat_Init(", "WAYBACK TOOLBAR", "FILE ARCHIVED ON", "sWayBackCGI", "wbinfo.url", "wm-ipp", "webpage capture",
    "google-cache-hdr", "cache of <a", "Google 对", "b_cpb", "bd_snap", "yandex-cache-hdr", "memento",
)  # fmt: skip
# Attributes may come without their quotes: SingleFile leaves them out.
_QUOTED = r"[\"']([^\"'\s<>]{4,4000})[\"']"
_ADDRESS = r"[\"']?(https?://[^\"'\s<>]{4,4000})"
_WOMBAT = re.compile(
    rf"__wm\.(?:wombat\(\s{{0,9}}|bt\([\d,\s]{{1,40}}\"web\",\s{{0,3}}){_QUOTED}\s{{0,9}},\s{{0,9}}[\"'](\d{{14}})[\"']"
)
_WBINFO = re.compile(
    rf"\bwbinfo\.url\s{{0,3}}=\s{{0,3}}{_QUOTED};\s{{0,9}}wbinfo\.timestamp\s{{0,3}}=\s{{0,3}}[\"'](\d{{14}})?[\"']"
)
_WOMBAT_OLD = re.compile(r"WB_wombat_Init\(\s{0,9}[\"'][^\"']{1,300}[\"']\s{0,3},\s{0,9}[\"'](\d{14})[\"']")
_TOOLBAR = re.compile(r"archive\.org/web/(\d{14})/(https?://[^\s\"'<>]{1,4000})")
_CGI = re.compile(r"sWayBackCGI\s{0,3}=\s{0,3}\"https?://[^\"/]{1,200}/(?:[\w-]{1,40}/){0,3}(\d{14})/")
_BASE = re.compile(rf"<base\b[^<>]{{0,99}}?\bhref={_ADDRESS}", re.IGNORECASE)
_FILED = re.compile(r"FILE ARCHIVED ON (?:(\d{14})|(\d{1,2}:\d\d:\d\d) (\w{3}) (\d{1,2}), (\d{4}))\b")
_INPUT = re.compile(
    rf"<input\b[^<>]{{0,600}}?\b(?:id=[\"']?wmtbURL|name=[\"']?q)\b[^<>]{{0,300}}?\bvalue={_ADDRESS}", re.IGNORECASE
)
_TODAY_LINK = re.compile(rf"\bhref=[\"']?({_TODAY}/\d[\d.-]{{7,17}}/https?://[^\"'\s<>]{{1,4000}})", re.IGNORECASE)
_TODAY_TIME = re.compile(
    r"<time\b[^<>]{0,100}?\bitemprop=[\"']?pubdate\b[^<>]{0,100}?\bdatetime=[\"']?([\w:+-]{8,40})", re.IGNORECASE
)
_CACHED = re.compile(
    r"(?:id=[\"']?[\w-]{0,20}(?:google-cache-hdr|yandex-cache-hdr|b_cpb)\b.{0,600}?|(?:This|Below) is (?:Google['’]s|a) cache of.{0,40}?|"
    r"(?:以下是|这是|這是) Google 对.{0,40}?)\bhref=" + _ADDRESS,
    re.DOTALL,
)
_APPEARED = re.compile(
    r"as (?:it appeared|retrieved) on\s{1,9}(?:(\d{1,2}) (\w{3})\w{0,6}|(\w{3})\w{0,6} (\d{1,2}),) (\d{4}) (\d\d:\d\d:\d\d) GMT",
    re.IGNORECASE,
)
_INVARIANT = re.compile(r"<!--InvariantDate:(\d{1,2})/(\d{1,2})/(\d{4})-->")
_BAIDU = re.compile(r"id=[\"']?bd_snap_(?:note|txt|url)\b[^<>]{0,200}>.{0,600}?href=" + _ADDRESS, re.DOTALL)
_BAIDU_DAY = re.compile(r"在\s?(?:<[a-z]{1,9}>)?(\d{4})年(\d{1,2})月(\d{1,2})日.{0,60}?的快照", re.DOTALL)
_RELATED = re.compile(r"<link\b[^<>]{0,1000}?\brel=[\"']?(original|memento)\b[^<>]{0,1000}>", re.IGNORECASE)
_HREF = re.compile(rf"\bhref={_ADDRESS}", re.IGNORECASE)
_DATETIME = re.compile(r"\bdatetime=[\"']([^\"']{8,40})[\"']", re.IGNORECASE)
_COLON = re.compile(r"(?<=^http)%3A|(?<=^https)%3A", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class Memento:
    """A copy in a web archive: the address of the page itself, and the moment of the copy, as far as they are told."""

    url: str | None = None
    captured: Moment | None = None


def of(address: str | None) -> Memento | None:
    """What the address of a copy says about it; None where it is no address of a copy."""
    found = _addressed(address)
    for _ in range(MAX_NESTING):
        inner = _addressed(found.url) if found else None
        if not found or not inner:
            break
        found = Memento(inner.url, inner.captured or found.captured)
    return found


def stated(page: str) -> Memento | None:
    """What an archive or a cache wrote into the page about the copy; None where none did. `page` is what surely holds it."""
    if not _is_marked(page):
        return None
    url: str | None = None
    captured: Moment | None = None
    for rule in _RULES:
        found = rule(page)
        url, captured = url or found.url, captured or found.captured
    inner = of(url)
    if inner:
        url, captured = inner.url, inner.captured or captured
    return Memento(url, captured) if url or captured else None


def is_archive(address: str | None) -> bool:
    """Whether the address is on the host of a web archive or a cache."""
    try:
        host = urlsplit(address or "").hostname or ""
    except ValueError:
        return False
    return bool(_HOSTS.search(host))


def _is_marked(page: str) -> bool:
    """Whether the page shows the marks of an archive or a cache."""
    return any(mark in page for mark in _MARKS)


def _addressed(address: str | None) -> Memento | None:
    flat = (address or "").strip()
    if len(flat) > MAX_URL * 2 or flat[:4].lower() != "http":
        return None
    found = _DATED.match(flat) or _VAGUE.match(flat) or _BARE.match(flat)
    if found:
        return _made(found[2], _digits(found[1]))
    replayed = _REPLAYED.match(flat)
    if replayed:
        return _made(replayed[1], None)
    cached = _CACHE.match(flat)
    if cached:
        return _made(unquote(cached[1]), None)
    amp = _AMP.match(flat)
    return _made(f"http{'s' if amp[1] else ''}://{amp[2]}", None) if amp else None


def _made(target: str, captured: Moment | None) -> Memento | None:
    url = _web(target)
    return Memento(url, captured) if url else None


def _web(target: str | None) -> str | None:
    """An address as it was before an archive wrote it down: with both slashes, without a port that says nothing."""
    plain = _COLON.sub(":", html.unescape(target or "").strip(), count=1)
    scheme, colon, rest = plain.partition(":/")
    if not colon or "." in scheme:
        scheme, rest = "http", plain
    scheme, rest = scheme.lower(), rest.lstrip("/")
    host, slash, path = rest.partition("/")
    whole = f"{scheme}://{host.removesuffix(_PORTS.get(scheme, ':80'))}{slash}{path}"
    try:
        parts = urlsplit(whole)
        good = parts.scheme in _PORTS and bool(parts.hostname) and len(whole) <= MAX_URL
    except ValueError:
        return None
    return whole if good and whole.isprintable() and not set(whole) & set(" <>\"'`\\") else None


def _digits(stamp: str | None) -> Moment | None:
    """The moment of 14 digits, or of the beginning of them."""
    bare = re.sub(r"\D", "", stamp or "")
    form = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}.get(len(bare))
    try:
        at = datetime.strptime(bare, form) if form else None  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
    if at is None or at.year < 1990:
        return None
    return (
        Moment(at, "day")
        if len(bare) == 8
        else Moment(at.replace(tzinfo=UTC), "minute" if len(bare) == 12 else "second")
    )


# ---- what archives write into pages ----------------------------------------------------------------------------------


def _wayback(page: str) -> Memento:
    found = _WOMBAT.search(page) or _WBINFO.search(page)
    if found:
        return Memento(_web(found[1]), _digits(found[2]))
    at = page.find("WAYBACK TOOLBAR")
    shown = _TOOLBAR.search(page, max(at, 0)) if at >= 0 or "wm-ipp" in page else None
    if shown:
        return Memento(_web(shown[2]), _digits(shown[1]))
    typed = _INPUT.search(page) if "wmtbURL" in page else _BASE.search(page) if "sWayBackCGI" in page else None
    stamp = _WOMBAT_OLD.search(page) or _CGI.search(page)
    return Memento(_web(typed[1]) if typed else None, _digits(stamp[1]) if stamp else _filed(page))


def _filed(page: str) -> Moment | None:
    found = _FILED.search(page)
    if not found:
        return None
    return _digits(found[1]) if found[1] else _dated(found[5], found[3], found[4], found[2])


def _today(page: str) -> Memento:
    if "webpage capture" not in page or "archive." not in page:
        return Memento()
    link, typed, time = _TODAY_LINK.search(page), _INPUT.search(page), _TODAY_TIME.search(page)
    dated = of(html.unescape(link[1])) if link else None
    moment = _iso(time[1]) if time else None
    if dated:
        return Memento(dated.url, dated.captured or moment)
    return Memento(_web(typed[1]) if typed else None, moment)


def _cached(page: str) -> Memento:
    """The banners of Google, Bing, Yahoo, Yandex."""
    found = _CACHED.search(page)
    if found is None:
        return Memento()
    appeared, invariant = _APPEARED.search(page, found.start()), _INVARIANT.search(page)
    moment = None
    if appeared:
        moment = _dated(appeared[5], appeared[2] or appeared[3], appeared[1] or appeared[4], appeared[6])
    elif invariant:
        moment = _digits(f"{invariant[3]}{int(invariant[1]):02d}{int(invariant[2]):02d}")
    return Memento(None if is_archive(found[1]) else _web(found[1]), moment)


def _baidu(page: str) -> Memento:
    if "bd_snap" not in page:
        return Memento()
    found, day = _BAIDU.search(page), _BAIDU_DAY.search(page)
    return Memento(
        _web(found[1]) if found else None, _digits(f"{day[1]}{int(day[2]):02d}{int(day[3]):02d}") if day else None
    )


def _linked(page: str) -> Memento:
    """Links in the head as RFC 7089 names them."""
    url: str | None = None
    captured: Moment | None = None
    for link in _RELATED.finditer(page):
        href, at = _HREF.search(link[0]), _DATETIME.search(link[0])
        if link[1].lower() == "original" and href:
            url = url or _web(href[1])
        elif at:
            captured = captured or _mailed(at[1]) or _iso(at[1])
    return Memento(url, captured) if captured else Memento()


_RULES = (_wayback, _today, _cached, _baidu, _linked)


def _dated(year: str, month: str, day: str, clock: str) -> Moment | None:
    if month.lower()[:3] not in _MONTHS:
        return None
    return _digits(
        f"{year}{_MONTHS.index(month.lower()[:3]) + 1:02d}{int(day):02d}{clock.replace(':', '').rjust(6, '0')}"
    )


def _iso(stamp: str) -> Moment | None:
    try:
        return Moment.parse(stamp)
    except ValueError:
        return None


def _mailed(stamp: str) -> Moment | None:
    try:
        return Moment(parsedate_to_datetime(stamp))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
