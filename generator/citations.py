"""An article as others cite it: GB/T 7714, Chicago, BibTeX. Pure: the same article, the same words.

What is cited is the page at the publisher; the day on which it was captured stands for the day of access, for that is the day on
which it is known to have said so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from generator.model import Article, Moment

MAX_NAMES = 3  # authors in GB/T 7714 before "et al."

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HAN = re.compile("[\u3400-\u9fff]")
_SPECIAL = {
    **{ord(mark): f"\\{mark}" for mark in "&%$#_{}"},
    ord("\\"): "\\textbackslash{}", ord("~"): "\\textasciitilde{}", ord("^"): "\\textasciicircum{}",
}  # fmt: skip
_BREAKS = re.compile(r"\s+")


class Citation(NamedTuple):
    """One citation: the style's name as people know it, and the words."""

    style: str
    text: str


def cited(article: Article, styles: Iterable[str], archived: str = "") -> tuple[Citation, ...]:
    """The article in the styles that are asked for; `archived` is the address of its page in the archive, where it has one."""
    return tuple(Citation(_NAMES[style], _STYLES[style](article, archived)) for style in styles)


def gb_t_7714(article: Article, archived: str = "") -> str:
    """GB/T 7714-2015: a newspaper online (`[N/OL]`), or an electronic bulletin (`[EB/OL]`) where no paper is known."""
    others = ", 等" if _HAN.search(article.headline) else ", et al"
    names = ", ".join(article.byline[:MAX_NAMES]) + (others if len(article.byline) > MAX_NAMES else "")
    kind = "N" if article.publisher else "EB"
    parts = [names, f"{_line(article.headline)}[{kind}/OL]"]
    published = article.published.day if article.published else ""
    day = published if article.publisher else published and f"({published})"
    accessed = f"[{article.captured.day}]" if article.captured else ""
    stood = ", ".join(filter(None, (article.publisher, day)))
    parts += [f"{stood}{accessed}", article.url or archived]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def chicago(article: Article, archived: str = "") -> str:
    """The Chicago Manual's note for a piece in a newspaper: names as they are printed, none turned round."""
    title = _line(article.headline).replace("“", "‘").replace("”", "’")
    names = " and ".join(filter(None, (", ".join(article.byline[:-1]), *article.byline[-1:])))
    captured = f"{'captured' if archived else 'accessed'} {_in_words(article.captured)}" if article.captured else ""
    published = _in_words(article.published) if article.published else ""
    rest = ", ".join(filter(None, (article.publisher, published, article.url, captured, archived)))
    stop = "" if title.endswith(("?", "!", "？", "！", "…")) else "," if rest else "."
    return f"{names}{', ' * bool(names)}“{title}{stop}”{f' {rest}.' * bool(rest)}"


def bibtex(article: Article, archived: str = "") -> str:
    """An `@online` entry, as BibLaTeX and every reference manager read it."""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in article.byline),
        "title": f"{{{_tex(_line(article.headline))}}}",
        "organization": _tex(article.publisher or ""),
        "date": article.published.day if article.published else "",
        "url": _address(article.url or archived),
        "urldate": article.captured.day if article.captured else "",
        "note": f"Archived at \\url{{{_address(archived)}}}" if archived and article.url else "",
    }
    body = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value.strip("{}"))
    return f"@online{{{article.id},{body[1:]}\n}}" if body else f"@online{{{article.id}\n}}"


def _in_words(moment: Moment) -> str:
    return f"{_MONTHS[moment.at.month - 1]} {moment.at.day}, {moment.at.year}"


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _tex(text: str) -> str:
    return text.translate(_SPECIAL)


def _address(url: str) -> str:
    """The address as it may stand between braces."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


_NAMES = {"gb-t-7714": "GB/T 7714", "chicago": "Chicago", "bibtex": "BibTeX"}
_STYLES: dict[str, Callable[[Article, str], str]] = {"gb-t-7714": gb_t_7714, "chicago": chicago, "bibtex": bibtex}
