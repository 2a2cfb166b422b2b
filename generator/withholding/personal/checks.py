"""The check digits of identity numbers: what tells a number that a state gave from any other of its length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType


def _digits(number: str) -> list[int]:
    return [int(char) for char in number if char.isdecimal()]


def _cn(number: str) -> bool:
    """GB 11643: 17 digits with a birthday in them, and the 18th by ISO 7064 MOD 11-2."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return born.year >= 1850 and "10X98765432"[total % 11] == number[17].upper()


def _hk(number: str) -> bool:
    """One or two letters, six digits, a check digit in brackets: MOD 11."""
    bare = [char for char in number.upper() if char.isalnum()]
    values = [36] * (9 - len(bare)) + [ord(char) - 55 if char.isalpha() else int(char) for char in bare]
    return sum(value * weight for value, weight in zip(values, range(9, 0, -1), strict=True)) % 11 == 0


def _tw(number: str) -> bool:
    """A letter for the county, nine digits: MOD 10."""
    county = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0].upper()) + 10
    values = [county // 10, county % 10, *_digits(number[1:])]
    return (
        sum(value * weight for value, weight in zip(values, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)) % 10 == 0
    )


def _us(number: str) -> bool:
    """Areas, groups and serials that the Social Security Administration never gives."""
    area, group, serial = number[:3], number[4:6], number[7:]
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def _es(number: str) -> bool:
    """Eight digits and the letter of their remainder by 23; an X, Y or Z first counts as 0, 1, 2."""
    bare = "".join(char for char in number.upper() if char.isalnum())
    first = {"X": "0", "Y": "1", "Z": "2"}.get(bare[0], bare[0])
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(first + bare[1:-1]) % 23] == bare[-1]


def _fr(number: str) -> bool:
    """Thirteen digits and their key, 97 less the remainder by 97."""
    digits = "".join(char for char in number if char.isdecimal())
    return 97 - int(digits[:13]) % 97 == int(digits[13:])


def _br(number: str) -> bool:
    """Eleven digits, the last two by MOD 11; eleven of one kind are none."""
    digits = _digits(number)

    def check(count: int) -> int:
        return (
            sum(digit * weight for digit, weight in zip(digits, range(count + 1, 1, -1), strict=False)) * 10 % 11 % 10
        )

    return len(set(digits)) > 1 and check(9) == digits[9] and check(10) == digits[10]


def _iban(number: str) -> bool:
    """ISO 13616: the country's letters moved to the end, MOD 97."""
    bare = "".join(char for char in number.upper() if char.isalnum())
    return 15 <= len(bare) <= 34 and int("".join(str(int(char, 36)) for char in bare[4:] + bare[:4])) % 97 == 1


CHECKS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"": lambda _: True, "br": _br, "cn": _cn, "es": _es, "fr": _fr, "hk": _hk, "iban": _iban, "tw": _tw, "us": _us}
)
