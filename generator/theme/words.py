"""The words of the interface: texts, dates and numbers in one language, after CLDR.

A date is shown as precisely as it was stated, in the zone that was stated, never shifted; a bare day has no clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, get_datetime_format, get_timezone_gmt
from babel.localedata import LocaleDataDict, load
from babel.numbers import format_decimal

from generator.model import Moment

DAYS = 16_384  # that are remembered in words
MINUS = "\u2212"  # no line ends behind it, as one does behind a hyphen
# scripts and languages that are written from right to left
_RTL_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"})
_RTL = frozenset(
    {
        "ar",
        "arc",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "iw",
        "ks",
        "lrc",
        "mzn",
        "nqo",
        "pnb",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    }
)
_PERIOD = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_CLOCKS = {"minute": "Hm", "second": "Hms"}  # 24 hours in every language: the clock as the page states it


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language, and how it writes dates and numbers."""

    language: str
    texts: Mapping[str, str]

    def t(self, key: str, n: int | None = None, *, otherwise: str | None = None, **values: object) -> str:
        """The text under `key`; with `n` the form that fits the number. Raises KeyError where there is none."""
        name = key if n is None else f"{key}_{self._locale.plural_form(n)}"
        if n is not None and name not in self.texts:
            name = f"{key}_other"
        if name not in self.texts:
            if otherwise is None:
                raise KeyError(f"no text {name!r} in locales/{self.language}.toml")
            return otherwise
        if n is not None:
            values["n"] = self.number(n)
        return self.texts[name].format_map(values)

    def number(self, value: int) -> str:
        """The number with its groups parted."""
        return format_decimal(value, locale=self._locale)

    def when(self, moment: Moment, *, clock: bool = True) -> str:
        """The moment in words: day, minute or second as known, the zone only if it was stated."""
        day = _day(self.language, moment.at.date())
        if moment.precision == "day" or not clock:
            return day
        time = format_skeleton(_CLOCKS[moment.precision], moment.at.replace(tzinfo=None), locale=self._locale)
        both = str(get_datetime_format("medium", self._locale)).format(time, day)
        if moment.at.tzinfo is None:
            return both
        zone = get_timezone_gmt(moment.at, "long", self._locale)
        return f"{both} {zone.replace('-', MINUS)}"

    def year_name(self, year: int) -> str:
        """The year as a heading: `2025年`, `2025`."""
        return format_skeleton("y", date(year, 1, 1), locale=self._locale)

    def month_name(self, month: int, year: int | None = None) -> str:
        """The month's name, with its year where one is given."""
        if year is None:
            return str(self._locale.months["stand-alone"]["wide"][month])
        return format_skeleton("yMMMM", date(year, month, 1), locale=self._locale)

    def weekday(self, number: int, width: str = "short") -> str:
        """The name of a day of the week; Monday is 0."""
        return str(self._locale.days["stand-alone"][width][number])

    def period(self, name: str | None) -> str:
        """A year, month or day by its ISO name, as this language writes it; any other name as it is."""
        if not name or not _PERIOD.fullmatch(name):
            return name or ""
        year, *rest = (int(part) for part in name.split("-"))
        if len(rest) == 2:
            return self.when(Moment.parse(name))
        return self.month_name(rest[0], year) if rest else self.year_name(year)

    @property
    def _locale(self) -> Locale:
        return _locale(self.language)


@lru_cache(DAYS)
def _day(language: str, day: date) -> str:
    """The day in words: of the articles of one day, all show the same."""
    return format_date(day, "long", _locale(language))


@cache
def _locale(language: str) -> Locale:
    """The language's data, apart from every other's.

    Babel (2.18) resolves a name that one locale borrows in data that all locales share: once Traditional Chinese has
    named a month, Simplified Chinese names it so too. What a page says must not depend on what was shown before it.
    """
    locale = Locale.parse(language, sep="-")
    locale._Locale__data = LocaleDataDict(deepcopy(load(str(locale))))  # type: ignore[arg-type, attr-defined]  # noqa: SLF001
    return locale


def dirof(language: str | None) -> str:
    """`rtl` or `ltr`: how the language is written."""
    first, *rest = (language or "").replace("_", "-").lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    return "rtl" if (scripts[0] in _RTL_SCRIPTS if scripts else first in _RTL) else "ltr"
