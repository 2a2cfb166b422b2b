"""Where the story stood: the outlet that the page belongs to, told from the name of an app, a legal owner, a credited source.

Weighs each name by whether the page's domain spells it. A name is kept as printed, or joined with its own initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import islice
from typing import Any

from generator import phrases
from generator.document import Document
from generator.fields import elements, section, story, titles
from generator.model import SNIPPET, Claim
from generator.text import cut, fold, line

LENGTH = 60
NAME = 30  # characters of a name on the signboard
LINKS = 80  # at the top of a page, among which is the one home
HANDLES = 8
HANDLE = 40  # characters of a name on a social network
INITIALS = 6
FAIR, AT_HOME, AT_HOME_LEAST = (
    0.6,
    0.15,
    0.88,
)  # what a weak name gains that the domain spells, and what a fair one reaches so
SURE = 0.95
MOST_WORDS = 4
SHORT = 4  # letters of a name that may be initials

_COPYRIGHT = re.compile(
    r"(?:版权所有|版權所有|copyright|©)(?:\s|©|\(c\)|[:：]|by\b|\d{4}(?:\s?[-–—]\s?\d{4})?){0,6}\s?([^\W\d_](?:[^|｜.。,，;；©()（）\n]|\.(?=\w)){2,40}?)"
    r"(?=\s?(?:版权所有|版權所有|all rights|alle rechte|\.(?!\w)|[|｜。,，;；©(（]|copyright|$))",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"(?:网|網|报|報|社|台|臺|新闻|新聞|在线)$")
_OWNED_SINCE = re.compile(
    r"^(?:copyrights?|\(c\)|版权所有|版權所有)(?:[\s©:：,]|\(c\)|by\b|[-–—]|(?:19|20)\d\d){0,12}", re.IGNORECASE
)
_DOMAIN = re.compile(r"\s\((?:www\.)?[^\s()]{1,60}\.[a-z]{2,10}\)$", re.IGNORECASE)
_LICENSED = re.compile(
    r"\s(?:地址|电话|電話|邮编|邮箱)\s?[:：]|\s[^\s]{0,12}[\u4e00-\u9fff].{0,40}(?:ICP|公网安)|\s?[\u4e00-\u9fff]?(?:ICP|公网安)"
)  # a licence, or standing pages before one
_RESERVED = frozenset(
    {"all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "copyright", "by", "rights reserved"}
)
_LEGAL = re.compile(
    r"(?:\s-\s.{3,60})?,?\s(?:GmbH|AG|KG|Inc\.?|LLC|Ltd\.?|S\.?A\.?|S\.?p\.?A\.?|SE|B\.?V\.?|Co\.|ASA?|A/S|AB|Oyj?|plc|PLC|Pty|a\.s\.|s\.r\.o\.|d\.o\.o\.)(?:\s.{0,20})?$"
)
_PUBLISHER_META = (
    ("og:site_name", 0.84), ("application-name", 0.72), ("apple-mobile-web-app-title", 0.66), ("dc.publisher", 0.7), ("dcterms.publisher", 0.7), ("publisher", 0.82),
    ("article:publisher_name", 0.6), ("citation_journal_title", 0.6), ("al:ios:app_name", 0.5), ("al:android:app_name", 0.5), ("twitter:app:name:iphone", 0.45), ("copyright", 0.5),
)  # fmt: skip
FOOT = 60  # lines at the end of a page among which its copyright line stands
_ADDRESS = re.compile(r"^\S+\.[a-z]{2,10}$", re.IGNORECASE)
_RIGHTS = re.compile(
    r"^(?:(?:19|20)\d\d(?:\s?[-–—]\s?(?:19|20)\d\d)?\s)|[\s.,]{0,3}(?:版权所有|版權所有|all rights reserved\.?)$",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2})[\s_\-—]*(?:官方网站|官方網站|官网|官網|门户网站|公式サイト|公式ホームページ|공식\s?홈페이지)$"
)  # the site of the body that is named before
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|il|o|de|het)\s", re.IGNORECASE)
_NOT_OURS = re.compile(r"不代表\s?([\u4e00-\u9fff]{2,12}?)(?:的|之)?(?:观点|觀點|立场|立場|意见|態度|态度)")
# words around the name in what the link home is called
_HOMEWARD = re.compile(
    r"^(?:zur|zum|(?:go |back |link )?to(?: the)?|visit|retour à|ir a|vai a)\s|(?:^|\s)(?:logo|home ?page|home|startseite|accueil|inicio|portada)(?=\s|$)|"
    r"首页|首頁|トップページ|ロゴ",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"(?:^|[\s_-])(?:logo|brand|masthead)(?:[\s_-]|$)|(?:site|blog)-?(?:title|name)|^\s?title$", re.IGNORECASE
)
_POWERED = re.compile(r"^(?:powered by|designed by|技术支持|power by)\b", re.IGNORECASE)
_PLACES = ("html:", "line:")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_CAPITAL = re.compile(r"(?:^|[\s-])([^\W\d_])")


def claims(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of the publisher. A name that is only an address is believed less, one that the domain spells more."""
    found = list(_stated(document, headline))
    known = [claim.value for claim in found if not _ADDRESS.search(claim.value)]
    for claim in found:
        yield _weighed(claim, document, known, dense=bool(headline and _DENSE.search(headline)))
    yield from _in_full(document, found)
    if len(known) < 2:
        yield from _handled(document)


def _weighed(claim: Claim, document: Document, known: Sequence[str], *, dense: bool) -> Claim:
    if claim.basis == "url:host":
        return claim
    if _ADDRESS.search(claim.value):
        return replace(claim, confidence=claim.confidence * 0.55)
    if claim.basis.startswith("microdata") and _credited(document, claim.value):
        return replace(claim, confidence=claim.confidence * 0.55)
    if not _at_home(claim.value, document) or (dense and not _DENSE.search(claim.value)):
        return claim
    here = f"{fold(_ARTICLE.sub('', claim.value))} "
    if any(fold(_ARTICLE.sub("", other)).startswith(here) for other in known):
        return replace(claim, confidence=SURE)  # the rest of the longer name is an edition's or an app's
    if claim.basis.startswith(_PLACES) and len(titles.plain(claim.value)) <= SHORT and len(known) > 1:
        return claim  # initials where a name is stated
    gained = claim.confidence + AT_HOME if claim.confidence < FAIR else AT_HOME_LEAST + claim.confidence / 20
    return replace(claim, confidence=gained)


def _at_home(name: str, document: Document) -> bool:
    """Whether the page's own domain spells the name, without its article or whatever stands before its last word."""
    label = titles.plain(titles.label(document))
    if not label:
        return False
    words = name.split()
    last = words[-1] if 1 < len(words) <= MOST_WORDS and len(label) > SHORT and "." not in name else ""
    return label in {titles.plain(one) for one in (name, _ARTICLE.sub("", name), last)}


def _credited(document: Document, name: str) -> bool:
    """Whether a line of the page names the outlet behind a label that credits a source."""
    labels = phrases.folded("source")
    return any(
        name in one and fold(re.split("[:：]", one)[0]) in labels for one in document.lines if len(one) < 2 * LENGTH
    )


def _in_full(document: Document, found: Sequence[Claim]) -> Iterator[Claim]:
    """A name in full before its initials, where the page states both."""
    legal = [
        line(one) for value, _ in story.find(document).values("publisher") for one in _legal_names(document, value)
    ]
    full = (*legal, *(claim.value for claim in found if claim.confidence >= 0.4))
    for claim in found:
        short = claim.value
        if claim.confidence < FAIR or not 1 < len(short) <= INITIALS or not short.isupper():
            continue
        name = next((name for name in full if short in _initials(name)), None)
        if name:
            whole = name if f"({short})" in name else f"{name} ({short})"
            yield Claim("publisher", (whole,), f"{claim.basis}+full", 0.99, cut(name, SNIPPET))
            return


def _legal_names(document: Document, value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        whole = story.find(document).by_id.get(str(one.get("@id")), one) if isinstance(one, dict) else {}
        for key in ("legalName", "alternateName"):
            yield from (bare for name in story.strings(whole.get(key)) if (bare := _site(name)))


def _initials(name: str) -> tuple[str, ...]:
    """The first letters of all words, and of those that are written with a capital."""
    letters = _CAPITAL.findall(name) if " " in name else []
    return "".join(letters).upper(), "".join(letter for letter in letters if letter.isupper())


def _handled(document: Document) -> Iterator[Claim]:
    """The account on a social network, in the spelling of the page, where the domain is a word of it."""
    label = fold(titles.label(document))
    social = [one for value, _ in story.find(document).values("publisher") for one in _accounts(document, value)]
    for handle in (*document.meta.get("twitter:site", ())[:1], *social[:HANDLES]):
        words = _WORDS.findall(handle[:HANDLE])
        if len(words) < 2 or len(label) < 4 or label not in map(fold, words):
            continue
        spelt = re.compile(rf"\b{' '.join(words)}\b", re.IGNORECASE)
        printed = next((found[0] for one in document.lines if (found := spelt.search(one))), None)
        if printed:
            yield Claim("publisher", (printed,), "handle", 0.56, cut(handle, SNIPPET))
            return


def _accounts(document: Document, value: Any) -> Iterator[str]:
    """The last steps of the addresses that an organisation calls its own."""
    for one in value if isinstance(value, list) else [value]:
        whole = story.find(document).by_id.get(str(one.get("@id")), one) if isinstance(one, dict) else {}
        for address in story.strings(whole.get("sameAs")):
            yield address.rstrip("/").rpartition("/")[2]


def _disclaimed(document: Document) -> Iterator[Claim]:
    """The site whose view a story is said not to be."""
    for one in document.lines:
        found = _NOT_OURS.search(one) if "不代表" in one else None
        if found and _OUTLET.search(found[1]) and not found[1].startswith(("本", "我", "该")):
            yield Claim("publisher", (found[1],), "line:disclaimer", 0.5, cut(found[0], SNIPPET))
            return


def _linked(document: Document) -> Iterator[Claim]:
    """What the link home at the top of the page is called, where the domain spells it."""
    if document.tree is None or not document.host:
        return
    for link in islice(document.tree.iter("a"), LINKS):
        if (link.get("href") or "").rstrip("/").rpartition("//")[2].removeprefix("www.") not in ("", document.host):
            continue
        pictures = [one.get("alt") or "" for one in islice(link.iter("img"), 2)]
        for text in (link.get("aria-label") or "", link.get("title") or "", *pictures, elements.text(link)):
            bare = line(_HOMEWARD.sub("", text)).strip(" -–|:,")
            if len(bare) <= LENGTH and _at_home(bare, document):
                yield Claim("publisher", (bare,), "html:home", 0.72, cut(text, SNIPPET))
                return


def _signboard(document: Document, headline: str | None) -> Iterator[Claim]:
    """What the site is called where its link home stands, and in the page's title or at its foot as well."""
    if document.tree is None:
        return
    title = next((elements.text(one) for one in document.tree.iter("title")), "")
    said = titles.plain(" ".join((title, *document.lines[-FOOT:])))
    for link in islice(document.tree.iter("a"), LINKS):
        above = link.getparent()
        names = " ".join(one.get("class") or one.get("id") or "" for one in (link, above) if one is not None)
        if (link.get("rel") or "").lower() != "home" and not (_SIGN.search(names) and _leads_home(link, document)):
            continue
        pictures = [one.get("alt") or "" for one in islice(link.iter("img"), 1)]
        for text in (elements.text(link), *pictures, link.get("title") or ""):
            bare = _site(_HOMEWARD.sub("", text))
            if bare is None or bare == headline or fold(bare) in phrases.folded("home"):
                continue
            fits = len(titles.plain(bare)) > 2 and len(bare) <= NAME and len(bare.split()) <= MOST_WORDS + 1
            if fits and titles.plain(bare) in said:
                yield Claim("publisher", (bare,), "html:logo", 0.41, cut(text, SNIPPET))
                return


def _leads_home(link: Any, document: Document) -> bool:
    """Whether a link leads to the root of a site: of the page's own where that is known."""
    scheme, _, rest = (link.get("href") or "").rstrip("/").rpartition("//")
    place = rest.removeprefix("www.")
    return place in ("", ".", "index.html", "/index.html") or (
        bool(scheme) and "/" not in place and place == (document.host or place)
    )


def _stated(document: Document, headline: str | None) -> Iterator[Claim]:
    for name, strength in _PUBLISHER_META:
        for text in document.meta.get(name, ())[:1]:
            bare = _site(text)
            if bare:
                yield Claim("publisher", (bare,), f"meta:{name}", strength, cut(text, SNIPPET))
    about = story.find(document)
    for value, rank in about.values("publisher"):
        for name in about.names(value):
            bare = _site(name)
            if bare:
                yield Claim("publisher", (bare,), "jsonld:publisher", 0.85 - 0.05 * rank, cut(name, SNIPPET))
    for one in document.data:
        if story.types(one) & {"newsmediaorganization", "website"}:
            for name in story.strings(one.get("name")):
                bare = _site(name)
                if bare:
                    yield Claim("publisher", (bare,), "jsonld:website", 0.83, cut(name, SNIPPET))
    for key in ("publisher.name", "publisher"):
        for text in document.microdata.get(key, ())[:1]:
            bare = _site(text)
            if bare:
                yield Claim("publisher", (bare,), f"microdata:{key}", 0.82, cut(text, SNIPPET))
    yield from _titled(document, headline)
    yield from _owned(document)
    yield from _disclaimed(document)
    yield from _linked(document)
    yield from _signboard(document, headline)
    for steps, basis, _ in section.trails(document, headline):
        if len(steps) > 1 and fold(steps[0]) not in phrases.folded("home") and _OUTLET.search(steps[0]):
            yield Claim("publisher", (steps[0],), basis, 0.5, cut(" > ".join(steps), SNIPPET))
    if document.host:
        yield Claim("publisher", (document.host,), "url:host", 0.3, document.host)


def _owned(document: Document) -> Iterator[Claim]:
    """The owner in the copyright line at the page's foot."""
    for one in document.lines[-FOOT:]:
        found = _COPYRIGHT.search(one) if len(one) <= 240 else None
        bare = _site(_LICENSED.split(found[1])[0]) if found else None
        if bare and fold(bare) not in _RESERVED:
            yield Claim("publisher", (bare,), "line:copyright", 0.42, cut(one, SNIPPET))
            return


def _site(text: str) -> str | None:
    bare = _OWNED_SINCE.sub("", line(unescape(text)).removeprefix("©").strip())
    bare = _OFFICIAL.sub("", _DOMAIN.sub("", _LEGAL.sub("", _RIGHTS.sub("", bare)))).strip()
    if "://" in bare or bare == "www" or not 1 < len(bare) <= LENGTH or not any(letter.isalpha() for letter in bare):
        return None
    return bare


def _titled(document: Document, headline: str | None) -> Iterator[Claim]:
    """The end of the page's title where the rest is the headline."""
    if document.tree is None or not headline:
        return
    for element in document.tree.iter("title"):
        whole = line(elements.text(element))
        parts = [piece for piece in titles.pieces(whole) if not _POWERED.match(piece)]
        if (
            len(parts) > 1
            and titles.plain(parts[0])
            and titles.plain(parts[-1]) not in titles.plain(headline)
            and len(parts[-1]) <= 40
        ):
            name = _OFFICIAL.sub("", parts[-1])
            yield Claim("publisher", (name,), "html:title", _title_strength(parts[-1], document), cut(whole, SNIPPET))
        break


def _title_strength(piece: str, document: Document) -> float:
    """How far the end of a title is believed: it may be the section where the page names its site elsewhere."""
    if titles.same_site(piece, document, ()):
        return 0.74
    return 0.44 if document.first("og:site_name") and not _OUTLET.search(piece) else 0.56
