"""Dates and times as pages print them, in many languages, to moments.

Keeps what is stated: no zone is added, no clock invented, nothing moved to UTC. Gives None rather than a guess; never raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from generator import phrases
from generator.fields import calendars
from generator.model import Moment
from generator.text import fold

LENGTH = 200  # a longer text is not a date
EARLIEST, LATEST = 1500, 2200

# zeros of the scripts with digits of their own: Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada,
# Malayalam, Thai, Lao, Burmese, Khmer
_ZEROS = "٠۰०০੦૦௦౦೦൦๐໐၀០"
_DIGITS = {ord(zero) + number: str(number) for zero in _ZEROS for number in range(10)}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_HAN_DIGITS = {ord(sign): str(number) for number, sign in enumerate("〇一二三四五六七八九")}
_ISO = re.compile(
    r"(?<![\d.-])(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:[Tt]|\s{1,3}|,\s?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:]\d{1,9})?)?\s?(Z\b|z\b|[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b)?)?(?![\d])"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?)?$")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d{1,9})?$")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[./年년-]\s?(\d{1,2})\s?[./月월-]\s?(\d{1,2})(?!\d)\s?[日일]?")
_ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_HAN_DATE = re.compile(r"([〇一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_YEAR_LAST = re.compile(r"(?<![\dA-Za-z.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2}(?=\s|,|$|\)|\|))(?!\d)")
# letters, and the signs of vowels that the scripts of India and Southeast Asia write beside them; the short names that some have
_WORD = r"(?:(?:[^\W\d_]|[\u0900-\u0963\u0980-\u09e3\u0a00-\u0d63\u0e31-\u0e4e\u102b-\u103e\u17b4-\u17d3]){3,16}|मई|मे|মে|மே|మే|မေ|مه|می|دی|[ก-ฮ]{1,2}\.[ก-ฮ]{1,2})"
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:\.|st|nd|rd|th|er|º|°|ª|-?го|ν)?[\s-]{{1,3}}(?:of |de |d['’]|ngày )?({_WORD}(?: (?:الثاني|الأول))?)(?:\s?/\s?{_WORD})?\.?,?[\s/-]{{1,3}}(?:de |del |of |г\. |พ\.ศ\.\s?|ค\.ศ\.\s?)?(\d{{4}})(?!\d)"
)
_THAI_SHORT = re.compile(r"(?<!\d)(\d{1,2}) ([ก-ฮ]{1,2}\.[ก-ฮ]{1,2})\. ?(\d{2})(?!\d)")
# Ngày 12 tháng 5 năm 2024; 2024 m. gegužės 12 d.; 2024. gada 12. maijs
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2}) tháng (\d{1,2})(?:,? năm|,)? (\d{4})(?!\d)", re.IGNORECASE)
_YEAR_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{4}})\. gada (\d{{1,2}})\. ({_WORD})")
_MONTH_DAY = re.compile(rf"({_WORD})\.?[\s-]{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]{{1,3}}(\d{{4}})(?!\d)")
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d)(\d{{4}})(?: m)?[.,]?[\s-]{{1,3}}({_WORD})\.?[\s-]{{1,3}}(\d{{1,2}})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d:.,])(?:(上午|下午|晚上|午前|午後|오전|오후|AM|PM)\s?)?(\d{1,2})"
    r"(?:\s?[:：h時时点點시∶]\s?(\d{2}|\d(?=\s?[分분]))(?:\s?[:：分분∶]\s?(\d{2})|\s?[分분])?|\.(\d{2})(?=\s?(?:Uhr|h\b|Hrs|hrs|น\.|a\.?m|p\.?m|A\.?M|P\.?M|[A-Z]{2,4}\b|\)|\||$))|(?=\s?(?:[ap]\.?m\b|Uhr)))(?!\d)"
    r"\s?(a\.?m\b\.?|p\.?m\b\.?|صباحا|مساء)?",
    re.IGNORECASE,
)
_AFTERNOON = frozenset({"下午", "晚上", "午後", "오후", "pm", "مساء"})
_MORNING = frozenset({"上午", "午前", "오전", "am", "صباحا"})
_ZONE = re.compile(r"^\s?(?:Uhr\s?)?(?:\((?=[A-Z]))?(?:(UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?(?!\d)|(Z|[A-Z]{2,5})\b)")
# hours from UTC of zone names that mean one thing only
_ZONES = {
    "Z": 0.0, "UTC": 0.0, "GMT": 0.0, "WET": 0.0, "BST": 1.0, "CET": 1.0, "MEZ": 1.0, "WEST": 1.0, "CEST": 2.0, "MESZ": 2.0, "EET": 2.0, "SAST": 2.0,
    "EEST": 3.0, "MSK": 3.0, "EST": -5.0, "EDT": -4.0, "CDT": -5.0, "MST": -7.0, "MDT": -6.0, "PST": -8.0, "PDT": -7.0,
    "AKST": -9.0, "AKDT": -8.0, "HST": -10.0, "JST": 9.0, "KST": 9.0, "AEST": 10.0, "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0,
    "HKT": 8.0, "SGT": 8.0, "PKT": 5.0, "BRT": -3.0, "ART": -3.0, "WIB": 7.0, "WITA": 8.0, "WIT": 9.0,
}  # fmt: skip
# Sun Mar 10 10:00:00 UTC 2024, as Unix, Java and Twitter write it: the year behind the clock
_UNIX = re.compile(r"^([A-Z][a-z]{2},? [A-Z][a-z]{2} {1,2}\d{1,2}) (\d\d:\d\d:\d\d)( [A-Z]{2,5}| [+-]\d{4})? (\d{4})$")
# what stands between a date and its clock: words such as "at", "um", "kl.", a weekday; never another number
_GAP = 26
_OPENING = 32  # characters


def parse(written: str, *, month_first: bool = False, language: str | None = None) -> Moment | None:
    """The first date in a short text, with its clock and zone where they stand beside it; None where there is none.

    `month_first` says how to read 03/04/2025; `language`, which month a name means that is another's elsewhere.
    """
    if len(written) > LENGTH:
        return None
    text = unicodedata.normalize("NFKC", written).translate(_DIGITS).strip()
    text = _UNIX.sub(r"\1 \4 \2\3", text)
    machine = _machine(text)
    if machine:
        return machine
    if text.startswith("-"):
        return None
    for start, end, year, month, day in _dates(text, month_first=month_first, language=language):
        if year in calendars.PERSIAN_YEARS and not _ARABIC.search(text + written):
            continue  # a number that only looks like a year
        date = _date(*calendars.gregorian(year, month, day))
        if date:
            return _with_clock(date, text[end : end + 60], text[max(0, start - _GAP) : start])
    return None


def spans(text: str, language: str | None = None) -> tuple[tuple[int, int], ...]:
    """Where the dates stand in a line of normal form, in order and none within another."""
    digits = text.translate(_DIGITS)
    found = [one.span() for one in _ISO.finditer(digits)]
    for start, end, *date in _dates(digits, month_first=False, language=language):
        if _date(*calendars.gregorian(*date)):
            found.append((start, end))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return tuple(apart)


def leading(written: str, language: str | None = None) -> Moment | None:
    """The moment that a longer line opens with, as lines of facts do: 05/03/2024 - 11:30 - what follows."""
    return parse(written[:_OPENING], language=language) if written[:1].isdigit() else None


def in_path(path: str) -> Moment | None:
    """The day that a URL's path carries, such as /2025/03/18/ or t20250318_."""
    for pattern in _PATHS:
        for found in pattern.finditer(path[:1_000]):
            date = _date(int(found["year"]), int(found["month"]), int(found["day"]))
            if date and date.year >= 1990:
                return Moment(date, "day")
    return None


_PATHS = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[/_-](?P<month>\d{1,2})[/_-](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"/(?P<year>(?:19|20)(?P<short>\d\d))/(?P<month>\d\d)/(?=(?P=short)(?P=month)(?P<day>\d\d)(?!\d))"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[/-]?(?P<month>\d\d)/?(?P<day>\d\d)(?!\d)"),
)


def _machine(text: str) -> Moment | None:
    compact = _COMPACT.match(text)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        date = _date(int(year), int(month), int(day))
        if date and (1900 <= date.year <= 2100):
            return _timed(date, hour, minute, second, zone)
    epoch = _EPOCH.match(text)
    if epoch:
        at = datetime.fromtimestamp(int(epoch[1]), UTC)
        return Moment(at) if 1990 <= at.year <= 2100 else None
    iso = _ISO.search(text)
    if not iso:
        return None
    year, month, day, hour, minute, second, zone = iso.groups()
    date = _date(int(year), int(month), int(day))
    if date is None:
        return None
    found = _timed(date, hour, minute, second, zone)
    if hour is None:
        return _with_clock(date, text[iso.end() : iso.end() + 60], "")
    return _zoned(found, text[iso.end() :]) if zone is None else found


def _dates(text: str, *, month_first: bool, language: str | None) -> Iterator[tuple[int, int, int, int, int]]:
    """Dates in the text as start, end, year, month, day; one kind of writing after the other."""
    for found in _YEAR_FIRST.finditer(text):
        yield (*found.span(), int(found[1]), int(found[2]), int(found[3]))
    for found in _HAN_DATE.finditer(text) if "年" in text else ():
        yield (*found.span(), int(found[1].translate(_HAN_DIGITS)), _counted(found[2]), _counted(found[3]))
    for found in _ERA.finditer(text):
        number = 1 if found[2] == "元" else int(found[2])
        yield (*found.span(), _ERAS[found[1]] + number, int(found[3]), int(found[4]))
    yield from _named(text, language)
    for found in _VIETNAMESE.finditer(text):
        yield (*found.span(), int(found[3]), int(found[2]), int(found[1]))
    for found in _YEAR_LAST.finditer(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if len(found[4]) == 2 and found[2] == "-":
            continue
        full = year if len(found[4]) == 4 else 2000 + year
        swap = first <= 12 and (second > 12 or (month_first and found[2] != "."))
        yield (*found.span(), full, first if swap else second, second if swap else first)


def _named(text: str, language: str | None) -> Iterator[tuple[int, int, int, int, int]]:
    """Dates whose month has its name; a month of the Persian year has a number behind those of ours."""
    named = phrases.months(language)
    for pattern, order in _NAMED:
        for found in pattern.finditer(text):
            month = named.get(fold(found[order[1]]))
            if month:
                yield (*found.span(), int(found[order[0]]), month, int(found[order[2]]))
    for found in _THAI_SHORT.finditer(text):
        month = named.get(fold(found[2]))
        if month:
            yield (*found.span(), 2500 + int(found[3]), month, int(found[1]))  # of the Buddhist era


_NAMED = (
    (_DAY_MONTH, (3, 2, 1)),
    (_MONTH_DAY, (3, 1, 2)),
    (_YEAR_MONTH_DAY, (1, 2, 3)),
    (_YEAR_DAY_MONTH, (1, 3, 2)),
)


def _counted(written: str) -> int:
    """A number up to 31 in Han characters: 十二, 二十, 三十一."""
    tens, ten, ones = written.rpartition("十")
    digits = (tens or "1") + (ones or "0") if ten else ones
    value = digits.translate(_HAN_DIGITS)
    return int(value) if value.isdigit() else 0


def _date(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day) if EARLIEST <= year <= LATEST else None  # noqa: DTZ001 - no zone is stated
    except ValueError:
        return None


def _timed(date: datetime, hour: str | None, minute: str | None, second: str | None, zone: str | None) -> Moment:
    if hour is None or minute is None:
        return Moment(date, "day")
    try:
        at = date.replace(hour=int(hour), minute=int(minute), second=min(int(second or 0), 59))
    except ValueError:
        return Moment(date, "day")
    offset = _offset(zone)
    return Moment(at.replace(tzinfo=offset), "second" if second else "minute")


def _offset(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone in "Zz":
        return UTC
    digits = zone[1:].replace(":", "")
    return _ahead(zone[0], int(digits[:2]), int(digits[2:] or 0))


def _ahead(sign: str, hours: int, minutes: int) -> timezone | None:
    distance = timedelta(hours=hours, minutes=minutes)
    if hours > 14 or minutes > 59:
        return None
    return UTC if not distance else timezone(-distance if sign == "-" else distance)


def _zoned(moment: Moment, after: str) -> Moment:
    found = _ZONE.match(after)
    if not found or moment.precision == "day":
        return moment
    if found[2]:
        offset = _ahead(found[2], int(found[3]), int(found[4] or 0))
    else:
        hours = _ZONES.get(found[5])
        offset = None if hours is None else _ahead("-" if hours < 0 else "+", int(abs(hours)), 0)
    return Moment(moment.at.replace(tzinfo=offset), moment.precision) if offset else moment


def _with_clock(date: datetime, after: str, before: str) -> Moment:
    found = _CLOCK.search(after)
    if found and (found.start() > _GAP or any(char.isdigit() for char in after[: found.start()])):
        found = None
    if found:
        return _zoned(_clocked(date, found), after[found.end() :])
    behind = _CLOCK.search(before)
    if behind and not any(char.isdigit() for char in before[behind.end() :]):
        moment = _zoned(_clocked(date, behind), before[behind.end() :])
        return moment if moment.at.tzinfo else _zoned(moment, after)  # 22:00, 11 July 2021 BST
    return Moment(date, "day")


def _clocked(date: datetime, found: re.Match[str]) -> Moment:
    half, hour, minute, second, dotted, tail = found.groups()
    mark = (half or tail or "").lower().replace(".", "")
    number = int(hour)
    if mark in _AFTERNOON and number < 12:
        number += 12
    if mark in _MORNING and number == 12:
        number = 0
    return _timed(date, str(number), minute or dotted or "00", second, None)
