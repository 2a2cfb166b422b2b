"""Which captures to ask for: for each address the ones worth trying, best first.

By default the earliest, as what stood nearest to the day of the story; where another that was seen again, unchanged, was
taken soon after it, that one, because it is what stood. Pure; knows addresses and digests, never what a page says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

from generator import text
from generator.wayback.index import Row
from generator.wayback.wanted import Wanted

TRIES = 3  # captures of one address, where the first is no page
SOON = timedelta(days=30)
MANY = 8  # addresses at which the same bytes are no story: a page that says not found, a parked domain

# parts of a query that name no page: where the reader came from, and who he was
_NAMELESS = re.compile(
    r"utm_\w{1,30}|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|spm|cmpid|ncid|replytocom|_escaped_fragment_|"
    r"phpsessid|jsessionid|aspsessionid\w{0,20}|cfid|cftoken",
    re.IGNORECASE,
)
_WWW = re.compile(r"^www\d{0,2}\.")
_SESSION = re.compile(r";jsessionid=[^/?#]{1,200}|/\([SX]\([a-z0-9]{10,40}\)\)", re.IGNORECASE)
# what is no page although it is sent as one
_NO_PAGE = re.compile(
    r"/(?:robots\.txt|ads\.txt|xmlrpc\.php|wp-(?:login|cron|comments-post)\.php|wp-(?:json|admin|includes)(?:/.*)?|cdn-cgi/.*|"
    r"(?:feed|feeds|rss2?|atom|oembed)(?:/|\.php|\.aspx)?)$|"
    r"\.(?:js|css|json|xml|rss|rdf|atom|txt|ico|gif|jpe?g|png|webp|svg|bmp|swf|flv|mp[34]|avi|mov|wm[av]|ogg|pdf|docx?|xlsx?|pptx?|"
    r"zip|gz|rar|exe|dmg|woff2?|ttf|eot|otf|map)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """One page of the site: captures to try, best first; how many other addresses show the same bytes as the first."""

    key: str
    rows: tuple[Row, ...]
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask for, earliest first, and how many addresses were passed over, by why."""

    addresses: tuple[Address, ...]
    passed: Mapping[str, int]


def plan(rows: Iterable[Row], wanted: Wanted) -> Plan:
    """The addresses to ask for, each with its captures."""
    passed: Counter[str] = Counter()
    captures: dict[str, list[Row]] = {}
    for row in rows:
        captures.setdefault(row.url, []).append(row)
    groups: dict[str, list[Row]] = {}
    for url, found in captures.items():
        timely = [row for row in found if wanted.within(row.time)]
        why = _passed(url, wanted) or ("" if timely else "another time")
        if why:
            passed[why] += 1
        else:
            groups.setdefault(address_key(url), []).extend(timely)
    spread = Counter(digest for found in groups.values() for digest in {row.digest for row in found if row.digest})
    addresses = []
    taken: set[str] = set()
    for key in sorted(groups, key=lambda one: (min(row.time for row in groups[one]), one)):
        address = _address(key, groups[key], wanted, {} if wanted.keep_all else spread)
        # what is asked for at one address need not be asked for at another that shows the same bytes
        rows = tuple(row for row in address.rows if wanted.keep_all or row.digest not in taken)
        if not rows:
            passed["alike"] += 1
            continue
        taken |= {row.digest for row in rows[:1] if row.digest}
        addresses.append(replace(address, rows=rows))
    return Plan(tuple(sorted(addresses, key=lambda one: (one.rows[0].time, one.key))), passed)


def address_key(url: str) -> str:
    """What all addresses of one page have in common: no scheme, `www`, port, session, closing slash, nor who sent the reader."""
    bare = text.fold_url(_SESSION.sub("", url))
    path, mark, query = bare.partition("?")
    if mark:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None, encoding="latin-1")
        query = urlencode(sorted(pair for pair in pairs if not _NAMELESS.fullmatch(pair[0])), encoding="latin-1")
    return f"{path}?{query}" if query else path


def _passed(url: str, wanted: Wanted) -> str:
    """Why an address is not asked for; nothing where it is."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    ours = _WWW.sub("", host) == wanted.host or (wanted.subdomains and host.endswith(f".{wanted.host}"))
    if not ours:
        return "another host"
    place = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if wanted.path and not place.lower().startswith(wanted.path.lower()):
        return "another path"
    return "no page" if _NO_PAGE.search(parts.path) else ""


def _address(key: str, rows: list[Row], wanted: Wanted, spread: Mapping[str, int]) -> Address:
    """The captures of one address: of each version its first that holds a body, what stands everywhere last."""
    firsts: dict[str, Row] = {}
    count: Counter[str] = Counter()
    for row in sorted(rows, key=lambda one: (one.time, one.url)):
        name = row.digest or f"{row.time} {row.url}"
        count[name] += 1
        held = firsts.get(name)
        if held is None or (row.status and not held.status):
            firsts[name] = row
    own = [name for name in firsts if spread.get(name, 0) < MANY] or list(firsts)[:1]
    if wanted.near:
        own.sort(key=lambda name: (abs(_at(firsts[name].time) - _at(wanted.near)), firsts[name].time))
    elif not wanted.every_version:
        own = _settled(own, firsts, count)
    chosen = own if wanted.every_version else own[:TRIES]
    return Address(key, tuple(firsts[name] for name in chosen), max(spread.get(chosen[0], 1) - 1, 0))


def _settled(own: list[str], firsts: Mapping[str, Row], count: Mapping[str, int]) -> list[str]:
    """The versions in order, but one that was seen again before those that were not, where it came soon after the first."""
    earliest = _at(firsts[own[0]].time)
    again = next((name for name in own if count[name] > 1 and _at(firsts[name].time) - earliest <= SOON), None)
    return own if again is None else [again, *(name for name in own if name != again)]


def _at(time: str) -> datetime:
    year, month, day = int(time[:4]), min(max(int(time[4:6]), 1), 12), min(max(int(time[6:8]), 1), 28)
    return datetime(year, month, day)  # noqa: DTZ001 - distances only
