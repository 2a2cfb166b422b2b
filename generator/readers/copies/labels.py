"""Names that tools and people give to the values in the head of a copy, and what each of them states about the story.

Values are text or lists of text from outside: cleaned, cut, and believed only where they have the form of what they are
said to be. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from generator import phrases, text
from generator.model import SNIPPET, Claim, Moment
from generator.readers.copies import dates

MAX_URL = 4_000  # characters
MAX_LINE = 400
MAX_PEOPLE = 600
MAX_SUMMARY = 1_500
MAX_ITEMS = 60
MAX_ITEM = 120
STATED = 0.97  # how far a value is believed that somebody wrote down under its own name
HOST = 0.4  # a name of an outlet that is only a host
ROUGH = {"standfirst": 0.7, "tags": 0.9, "section": 0.9, "language": 0.9}

# What a name states, by the names of Obsidian, Joplin, Logseq, Notion, MarkDownload, Hugo, Jekyll, Pandoc and the extractors;
# and by language, as people write them. A name followed by `?` is believed half: it may mean the note instead of the story.
_NAMES = {
    "headline": "title headline name subject 标题 標題 题目 題目 原标题 タイトル 題名 제목 titel überschrift titre título titolo заголовок "
    "tytuł tytul otsikko rubrik tittel başlık العنوان betreff objet asunto assunto oggetto тема 主题 主旨 件名",
    "kicker": "kicker overline",
    "standfirst": "description excerpt summary subtitle subheadline dek deck abstract standfirst 摘要 导语 概要 zusammenfassung résumé resumen resumo riassunto",
    "byline": "author authors byline by creator creators writer writers 作者 记者 記者 著者 저자 글쓴이 autor autoren autorin auteur auteurs autore autori автор",
    "editors": "editor editors 编辑 責任編輯 责任编辑",
    "published": "published publishdate publisheddate datepublished publishedtime publishtime publishedat pubdate publicationdate publishingdate releasedate "
    "datepublish articlepublishedtime 发布时间 发布日期 发表时间 發布時間 公開日 게시일 date? 日期? 时间? datum? fecha? data? дата? 日付? 날짜? dato? päivämäärä?",
    "modified": "modified lastmod lastmodified lastmodifiedat datemodified datemodify modifiedtime modifieddate lastupdated 更新时间 修改时间",
    "captured": "created clipped captured saved savedat saveddate datesaved dateclipped dateadded added createdtime createdat datecreated creationdate retrieved "
    "accessed accessdate archived archivedat datedownload filedate savedate fetched fetchedat scrapedat crawled retrieveddate urldate 剪藏时间 保存时间 创建时间 gesendet sent 发件日期",
    "url": "url sourceurl link originalurl originallink canonical canonicalurl markdownsource href uri web webpage website weburl originurl original pageurl articleurl "
    "permalink webclipurl 链接 連結 网址 網址 原文链接 原文連結 原文网址 原文地址 原文 来源链接 链接地址 リンク 元記事 링크 원문 adresse lien enlace ссылка",
    "publisher": "site sitename publisher publication outlet websitename newspaper hostname? domain? sourcedomain? host? sourcehostname 网站 媒体",
    "source": "credit agency 来源 來源 出处 出典 출처 quelle fuente fonte источник",
    "section": "section category categories channel rubrik ressort 栏目 分类 版面",
    "tags": "tags tag keywords keyword topics labels 标签 標籤 关键词 关键字 キーワード 태그 schlagwörter mots-clés etiquetas",
    "language": "lang language locale 语言 語言 sprache langue idioma lingua",
    "rights": "rights license licence copyright 版权",
}
_NOTHING = frozenset(("", "null", "none", "nil", "undefined", "n/a", "-", "unknown", "~"))
# tags that a tool or a reader gives to what is merely kept
_SHELVES = frozenset(
    "clippings clipping clipped clip webclip web-clip webclips clipper reading readlater read-later read toread to-read inbox unread archive archived article "  # noqa: SIM905
    "articles bookmark bookmarks evernote imported import export joplin obsidian notion pocket instapaper omnivore readwise todo note notes saved 剪藏 稍后阅读 收藏".split()
)
_KEY = re.compile(r"[\s_.:?-]+")
_WIKI = re.compile(r"!?\[\[([^\[\]|]{1,300})(?:\|([^\[\]]{1,300}))?\]\]")
_LINK = re.compile(r"\[([^\[\]]{0,400})\]\(\s?<?([^()\s<>]{1,4000})>?[^()]{0,200}\)")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`()\[\]{}\\|^，。；）】]{3,4000}", re.IGNORECASE)
_PLACE = re.compile(r"(?:https?://|www\.|mailto:)\S*|\S+@\S+\.\S+", re.IGNORECASE)
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|作者[:：]?|记者|文[/／])\s{1,3}", re.IGNORECASE)
_AND = re.compile(r"\s{0,2}[;；、|&]\s{0,2}|\s(?:and|und|et|y|e|en|og|och|и)\s")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}$", re.IGNORECASE)
_LOCALE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]{2,8}){0,3}$")
_MIDDLE = re.compile(r"(?<=\w)\s?,\s")


@dataclass(frozen=True, slots=True)
class Stated:
    """What the values of a head state about a story."""

    url: str | None = None
    captured: Moment | None = None
    claims: tuple[Claim, ...] = ()

    def value(self, field: str) -> str:
        """The first value stated of a field, or nothing."""
        return next((claim.value for claim in self.claims if claim.field == field), "")


def stated(values: Mapping[str, Any], tool: str, also: Mapping[str, str] = MappingProxyType({})) -> Stated:
    """The address, the moment of saving and the claims in the values, in their order; `also` gives names of the tool's own.

    A field that two names state is taken from the one that comes first in the table, then in the head.
    """
    url: str | None = None
    captured: Moment | None = None
    claims: dict[str, Claim] = {}
    for name, field, doubt in _ranked(values, also):
        value = values[name]
        if field in ("url", "source") and (found := address(value)):
            url = url or found
        elif field == "captured":
            captured = captured or next((one for written in _texts(value) if (one := dates.moment(written))), None)
        elif field != "url" and field not in claims:
            made = _claim(field, value, f"{tool}:{name[:60]}", doubt)
            claims.update({field: made} if made else {})
    return Stated(url, captured, tuple(claims.values()))


def meaning(name: str) -> str | None:
    """What a name states, or None."""
    known = _known().get(_key(name))
    return known[0] if known else None


def address(value: Any) -> str | None:
    """The first address of the web in the value: bare, in a link, in angle brackets."""
    for written in _texts(value):
        found = _LINK.search(written)
        for candidate in ((found[2],) if found else ()) + tuple(_ADDRESS.findall(written[: MAX_URL * 2])[:1]):
            good = web(candidate.rstrip(".,;:!?"))
            if good:
                return good
    return None


def web(url: str) -> str | None:
    """The address where it is an absolute one of http or https that can be printed."""
    try:
        parts = urlsplit(url)
        good = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return None
    return url if good and len(url) <= MAX_URL and url.isprintable() and not set(url) & set(" <>\"'`\\") else None


def _ranked(values: Mapping[str, Any], also: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """The names with a meaning, surest first: the tool's own, then those of the table, then those that may mean the note."""
    ranked: list[tuple[int, int, str, str, bool]] = []
    for place, name in enumerate(values):
        own = also.get(name)
        field, doubt, rank = (own, False, 0) if own is not None else _known().get(_key(name), ("", False, 0))
        if field:
            ranked.append((rank + 1_000 * doubt, place, name, field, doubt))
    yield from ((name, field, doubt) for _, _, name, field, doubt in sorted(ranked))


@cache
def _known() -> Mapping[str, tuple[str, bool, int]]:
    """Each name's field, whether it is doubted, and its rank; the labels that news pages print count too, after all others."""
    found: dict[str, tuple[str, bool, int]] = {}
    for field, names in _NAMES.items():
        for rank, name in enumerate(names.split(), start=1):
            found.setdefault(_key(name), (field, name.endswith("?"), rank))
    kinds: tuple[tuple[phrases.Kind, str], ...] = (
        ("author", "byline"), ("time", "published"), ("modified", "modified"), ("source", "source"), ("editor", "editors"), ("section", "section"),
        ("tags", "tags"),
    )  # fmt: skip
    for kind, field in kinds:
        for one in phrases.phrases(kind):
            found.setdefault(_key(one.text), (field, False, 500))
    return MappingProxyType(found)


def _key(name: str) -> str:
    return _KEY.sub("", text.fold(name[:80]))


def _claim(field: str, value: Any, basis: str, doubt: bool) -> Claim | None:  # noqa: FBT001 - of the table
    said = _texts(value)
    confidence = ROUGH.get(field, STATED) - (0.22 if doubt else 0.0)
    if field == "publisher" and said and _HOST.match(said[0]):
        confidence = HOST
    snippet = text.cut(text.line("; ".join(said)[:2_000]), SNIPPET)
    values = _FORMS.get(field, _line)(said)
    return Claim(field, values, basis, confidence, snippet) if values else None


def _texts(value: Any) -> list[str]:
    """The value as texts: numbers written out, lists flattened once, names taken out of mappings; nothing of what is empty."""
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or ""
    if isinstance(value, list | tuple):
        return [one for item in value[:MAX_ITEMS] for one in (_texts(item) if not isinstance(item, list) else [])]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return []
    written = str(value)[: MAX_URL * 2].strip()
    return [] if text.fold(written) in _NOTHING else [written]


def _plain(written: str) -> str:
    """The words of a value: links and wikilinks by what they show."""
    bare = _LINK.sub(r"\1", _WIKI.sub(lambda found: found[2] or found[1].rpartition("/")[2], written))
    return text.line(bare).strip("\"'“”").strip()


def _line(said: list[str]) -> tuple[str, ...]:
    one = _plain(said[0][: MAX_LINE * 3]) if len(said) == 1 else ""
    return (text.cut(one, MAX_LINE),) if one and not _PLACE.fullmatch(one) else ()


def _summary(said: list[str]) -> tuple[str, ...]:
    one = _plain(" ".join(said))
    return (one,) if 12 <= len(one) <= MAX_SUMMARY else ()


def _date(said: list[str]) -> tuple[str, ...]:
    found = next((one for written in said if (one := dates.moment(_plain(written)))), None)
    return (str(found),) if found else ()


def _people(said: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    for written in said:
        bare = _BY.sub("", _plain(_PLACE.sub(" ", written[:MAX_PEOPLE])))
        for piece in _AND.split(bare):
            parts = [part.strip() for part in _MIDDLE.split(piece)]
            many = len(parts) > 1 and all(" " in part or not part.isascii() for part in parts)
            names += parts if many or len(parts) > 2 else [piece]
    good = (name.strip(" ,;·*_") for name in names)
    return text.unique(name for name in good if 1 < len(name) <= MAX_ITEM and any(map(str.isalpha, name)))[:MAX_ITEMS]


def _tags(said: list[str]) -> tuple[str, ...]:
    pieces = said if len(said) > 1 else [one for written in said for one in _parted(written)]
    bare = (_plain(piece).strip("#,; ").rpartition("/")[2].replace("_", " ").strip() for piece in pieces)
    kept = (tag for tag in bare if tag and len(tag) <= MAX_ITEM and text.fold(tag) not in _SHELVES)
    return text.unique(kept)[:MAX_ITEMS]


def _parted(written: str) -> list[str]:
    flat = _WIKI.sub(
        lambda found: (found[2] or found[1]).replace(",", " "), written if "[[" in written else written.strip("[]")
    )
    if any(mark in flat for mark in ",;，；、\n"):
        return [piece.strip(" '\"") for piece in re.split(r"[,;，；、\n]", flat)]
    return flat.split() if flat.count("#") > 1 else [flat.strip(" '\"")]


def _section(said: list[str]) -> tuple[str, ...]:
    return _tags(said)[:1]


def _language(said: list[str]) -> tuple[str, ...]:
    found = _LOCALE.match(said[0].strip()) if said else None
    return (found[1].lower(),) if found else ()


_FORMS = MappingProxyType(
    {
        "standfirst": _summary, "published": _date, "modified": _date, "byline": _people, "editors": _people, "tags": _tags, "section": _section,
        "language": _language,
    }
)  # fmt: skip
