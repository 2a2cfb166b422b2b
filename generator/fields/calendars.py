"""Years, months and days of other calendars as those of ours: the Buddhist era of Thailand, the Persian year of Iran.

Pure arithmetic. The lunar year of Islam is left out: its months begin where they are seen, and no arithmetic knows the day.
"""

from __future__ import annotations

from datetime import date, timedelta

BUDDHIST, BUDDHIST_YEARS = 543, range(2400, 2700)
PERSIAN_YEARS = range(1300, 1430)  # Gregorian 1921 to 2050
PERSIAN_MONTHS = 12  # added to the number of a month that is known to be Persian
_NEW_YEAR = date(1921, 3, 21)  # 1 Farvardin 1300
# years of 366 days in each cycle of 33, as astronomy has had them since 1799 and will to 2256
_CYCLE, _LEAPS = 33, frozenset({1, 5, 9, 13, 17, 22, 26, 30})


def gregorian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """The same day in our calendar, or what was given where it is of our calendar, or of none."""
    if year in BUDDHIST_YEARS:
        return year - BUDDHIST, month, day
    if year in PERSIAN_YEARS:
        month = month - PERSIAN_MONTHS if month > PERSIAN_MONTHS else month
        length = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
        if 1 <= month <= 12 and 1 <= day <= length:
            found = _NEW_YEAR + timedelta(days=_days_before(year) + _days_in_year(month) + day - 1)
            return found.year, found.month, found.day
    return year, month, day


def _is_leap(year: int) -> bool:
    return year % _CYCLE in _LEAPS


def _days_before(year: int) -> int:
    """Days from 1 Farvardin 1300 to the first day of a year."""
    return 365 * (year - PERSIAN_YEARS[0]) + sum(map(_is_leap, range(PERSIAN_YEARS[0], year)))


def _days_in_year(month: int) -> int:
    """Days of a year before a month: six months of 31 days, then of 30."""
    return 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
