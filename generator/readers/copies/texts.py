"""The head of a plain text taken off it: front matter, labelled lines, a mail's, a reader view's; and what a text browser adds.

Says what the head says, by name; leaves a text that has none of these exactly as it is. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator import text
from generator.readers.copies import fronts, labels

MAX_HEAD = 10  # lines with words in which a reader view says how long the reading takes
MAX_NAME = 120  # characters of a byline
MAX_HEADS = 4  # over the links of a text browser's list: all, those that show, those that do not
MAX_LINKS = 5_000  # of a text browser's list

# How reader views say how long the reading takes, by language.
_MINUTES = (
    "min(?:ute)?s?(?: read(?:ing time)?)?|min\\. read|minutos?(?: de (?:lectura|leitura))?|minutes? de lecture|min de lecture|minuti?(?: di lettura)?|"
    "minuten?(?: lesezeit)?|min\\.? lesezeit|minuten leestijd|min\\.? leestijd|minut(?:er|ter)?(?: læsetid| lästid)?|minut[ya]?(?: czytania)?|"
    "мин(?:ут[аы]?|\\.)?(?: (?:на )?чтени[ея])?|dakika(?:lık okuma)?|分钟(?:阅读|阅读时间)?|分鐘(?:閱讀)?|分(?:で読めます|鐘)?|분(?: 읽기| 소요)?"
)
_READING = re.compile(
    rf"(?:reading time:?\s?|lesezeit:?\s?|预计阅读时间[:：]?\s?)?\d{{1,3}}(?:\s?[-–—〜~]\s?\d{{1,3}})?[\s-]?(?:{_MINUTES})$",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}$", re.IGNORECASE)
# labels before the sender's name in the head of a mail that was saved as text, by language
_SENDERS = frozenset("from von de da di van fra från från: od от 发件人 寄件者 寄件人 差出人 보낸사람 보낸이".split())  # noqa: SIM905
_SENT = frozenset(
    "date datum sent gesendet envoyé fecha data дата 日期 发送时间 寄件日期 送信日時 日付 날짜 보낸날짜".split()  # noqa: SIM905
)
_FORWARDED = re.compile(
    r"\s{0,9}(?:-{2,20}.{0,60}-{2,20}|(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message transféré)\s?:)\s*$",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv|rif|i|vs|sv|转发|转|回复|答复|轉寄|回覆)\s?[:：]\s?)+", re.IGNORECASE)
# what text browsers write above the addresses of the links
_LISTED = re.compile(
    r"\s{0,9}(?:references|visible links?|links?|verweise|références|referencias|riferimenti)\s?:?\s*$", re.IGNORECASE
)
_LINK = re.compile(r"\s{0,9}(\d{1,5})\.\s{1,9}(?:[a-z][a-z0-9+.-]{1,20}:\S{0,4000}|\S{1,4000})\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\[(\d{1,5})\]")
_MACHINE = re.compile(r"\s{0,9}#\[\d{1,5}\]|\s{0,9}\(BUTTON\)\s*$")


@dataclass(frozen=True, slots=True)
class Text:
    """A text without its head: `form` names what the head was, `whole` says that the rest is the story alone."""

    body: str
    values: Mapping[str, Any]
    form: str
    names: Mapping[str, str]
    whole: bool = False


def split(words: str) -> Text | None:
    """The text and its head apart, or None where it has no head that is known."""
    body = _undumped(words)
    found = _mail(body) or _view(body)
    if found:
        return found
    head = fronts.split(body)
    if head.form != "note" or head.values:
        form = "text" if head.form == "note" else head.form
        return Text(head.body, head.values, form, {}, whole=form in ("frontmatter", "backfile"))
    return Text(body, {}, "text", {}) if body is not words else None


def _undumped(words: str) -> str:
    """The text without a text browser's list of links at its end, and without the numbers in brackets that point into it."""
    lines = words.rstrip().split("\n")
    first = max(0, len(lines) - MAX_LINKS)
    heads = [place for place in range(first, len(lines)) if _LISTED.match(lines[place])][-MAX_HEADS:]
    start = next((place for place in heads if _links(lines[place:])), 0)
    numbers = _links(lines[start:]) if start else frozenset()
    if not numbers:
        return words
    kept = (line for line in lines[:start] if not _MACHINE.match(line))
    return _NUMBER.sub(lambda found: "" if int(found[1]) in numbers else found[0], "\n".join(kept))


def _links(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the links in a list of them; none where it holds much else."""
    inked = [line for line in lines if line.strip() and not _LISTED.match(line)]
    numbers = frozenset(int(found[1]) for line in inked if (found := _LINK.match(line)))
    return numbers if len(numbers) > len(inked) * 0.6 else frozenset()


def _mail(words: str) -> Text | None:
    """A mail saved as text: who sent it, when, under which subject. Its day is the one on which somebody sent the story on."""
    lines = words.lstrip().split("\n")
    first = 0
    while first < len(lines) and (not lines[first].strip() or _FORWARDED.match(lines[first])):
        first += 1
    values, count = fronts.properties([line.lstrip("> ") for line in lines[first:]])
    folded = {text.fold(name).replace(" ", ""): name for name in values}
    if not count or not folded.keys() & _SENDERS or "headline" not in map(labels.meaning, values):
        return None
    names = {
        name: "captured" if key in _SENT else "" for key, name in folded.items() if labels.meaning(name) != "headline"
    }
    values = {
        name: _REPLY.sub("", value) if labels.meaning(name) == "headline" else value for name, value in values.items()
    }
    rest = fronts.split("\n".join(lines[first + count :]))
    return Text(rest.body, {**rest.values, **values}, "mail", names)


def _view(words: str) -> Text | None:
    """A browser's reader view: the site, the headline, the writer, how long the reading takes, and nothing but the story."""
    lines = words.split("\n")
    inked = [place for place, line in enumerate(lines) if line.strip()][: MAX_HEAD + 1]
    at = next((number for number, place in enumerate(inked) if number and _READING.match(lines[place].strip())), 0)
    above = [lines[place].strip() for place in inked[:at]]
    values: dict[str, Any] = {}
    if above and _HOST.match(above[0]):
        values["domain"] = above.pop(0)
    if not above or len(above) > 4 or not _is_view(above):
        return None
    values["title"] = above[0]
    values.update({"byline": above[1]} if len(above) > 1 and len(above[1]) <= MAX_NAME else {})
    rest = fronts.split("\n".join(lines[inked[at] + 1 :]))
    return Text(rest.body, {**rest.values, **values}, "reader", {}, whole=True)


def _is_view(above: Sequence[str]) -> bool:
    return 4 < len(above[0]) <= labels.MAX_LINE and all(len(line) <= labels.MAX_LINE for line in above)
