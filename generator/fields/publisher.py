"""Where the story stood: the outlet that the page belongs to, told from the name of an app, a legal owner, a credited source.

Gathers what the page calls its site, in data and in print; `naming` says how far each name is believed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any

from generator import phrases
from generator.document import Document
from generator.fields import elements, naming, section, story, titles
from generator.model import SNIPPET, Claim
from generator.text import cut, fold, line

LENGTH = 60
NAME = 30  # characters of a name on the signboard
LINKS = 80  # at the top of a page, among which is the one home
HANDLES = 8
HANDLE = 40  # characters of a name on a social network
MOST_WORDS = 4
MOST_LINES, LONG = 4_000, 400  # lines in which the name is looked for, and their characters
LABEL = 4  # letters that a domain's label has at least to be looked for in print

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
    r"(?:\s-\s.{3,60})?,?\s(?:GmbH|gGmbH|GbR|e\.\s?V\.?|AG|KG|Inc\.?|LLC|Ltd\.?|S\.?A\.?|S\.?p\.?A\.?|SE|B\.?V\.?|Co\.|ASA?|A/S|AB|Oyj?|plc|PLC|Pty|a\.s\.|s\.r\.o\.|d\.o\.o\.)(?:\s.{0,20}|,\s.{0,40})?$"
)
_PLACE = re.compile(r",\s[A-Z][\w-]{2,20}(?:\s[A-Z][\w-]{2,20})?,\s[A-Z][\w-]{3,20}$")  # its town and country
_TEMPLATE = re.compile(r"[{}<>]|\$\w|%[%s]")  # a place that a template left unfilled
# what no name of an outlet is: a date, a question, a byline, half a bracket
_NO_NAME = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}|\?$|^(?:by|von|par|por)\s|^[^(（]*[)）]|\w:\s|^\d+\.\s", re.IGNORECASE)
_PUBLISHER_META = (
    ("og:site_name", 0.84), ("application-name", 0.72), ("apple-mobile-web-app-title", 0.66), ("dc.publisher", 0.7), ("dcterms.publisher", 0.7), ("publisher", 0.82),
    ("article:publisher_name", 0.6), ("citation_journal_title", 0.6), ("al:ios:app_name", 0.5), ("al:android:app_name", 0.5), ("twitter:app:name:iphone", 0.45), ("copyright", 0.5),
)  # fmt: skip
_DATED = re.compile(r"(?:19|20)\d\d|rights|rechte|droits|derechos|direitos|diritti|版权|版權|copyright", re.IGNORECASE)
FOOT = 60  # lines at the end of a page among which its copyright line stands
_RIGHTS = re.compile(
    r"^(?:(?:19|20)\d\d(?:\s?[-–—]\s?(?:19|20)\d\d)?\s)|[\s.,]{0,3}(?:版权所有|版權所有|all rights reserved\.?)$",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2})[\s_\-—]*(?:官方网站|官方網站|官网|官網|门户网站|公式サイト|公式ホームページ|공식\s?홈페이지)$"
)  # the site of the body that is named before
_NOT_OURS = re.compile(r"不代表\s?([\u4e00-\u9fff]{2,12}?)(?:的|之)?(?:观点|觀點|立场|立場|意见|態度|态度)")
# words around the name in what the link home is called
_HOMEWARD = re.compile(
    r"^(?:zur|zum|(?:go |back |link )?to(?: the)?|visit|retour à|ir a|vai a)\s|(?:^|\s)(?:logo|logotipo|logomarca|home ?page|home|startseite|accueil|inicio|portada)(?=\s|$)|"
    r"首页|首頁|トップページ|ロゴ",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"(?:^|[\s_-])(?:logo|brand|masthead)(?:[\s_-]|$)|(?:site|blog)-?(?:title|name)|^\s?title$", re.IGNORECASE
)
_POWERED = re.compile(r"^(?:powered by|designed by|技术支持|power by)\b", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def claims(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of the publisher, each with what the page's domain and the others make of it."""
    told = titles.plain(headline or "")
    found = [one for one in _stated(document, headline) if len(one.value) <= NAME or titles.plain(one.value) != told]
    weighed = list(naming.weighed(found, document, headline))
    yield from weighed
    yield from naming.in_full(found, _legal_names(document))
    if sum(not naming.ADDRESS.search(one.value) for one in found) < 2:
        yield from _handled(document)
    if all(
        one.confidence < naming.FAIR and not naming.at_home(naming.unedited(one.value), document) for one in weighed
    ):
        yield from _in_print(document)


def _legal_names(document: Document) -> Iterator[str]:
    for value, _ in story.find(document).values("publisher"):
        for one in value if isinstance(value, list) else [value]:
            whole = story.find(document).by_id.get(str(one.get("@id")), one) if isinstance(one, dict) else {}
            for key in ("legalName", "alternateName"):
                yield from (bare for name in story.strings(whole.get(key)) if (bare := _site(name)))


def _in_print(document: Document) -> Iterator[Claim]:
    """The name that the page's lines spell as its domain does, with capitals and spaces; the spelling found most."""
    label = titles.plain(titles.label(document))
    if len(label) <= LABEL or label in titles.COMMON:
        return
    spelt = re.compile(rf"(?<![\w@./-]){'[ -]?'.join(map(re.escape, label))}(?![\w@/-]|\.\w)", re.IGNORECASE)
    found = (hit[0] for one in document.lines[:MOST_LINES] if len(one) <= LONG for hit in spelt.finditer(one))
    printed = Counter(name for name in found if name[0].isupper())
    if printed:
        name, times = printed.most_common(1)[0]  # the first of those that are printed as often
        yield Claim("publisher", (name,), "line:name", 0.45 if times > 1 else 0.43, cut(name, SNIPPET))


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
            yield Claim("publisher", (printed,), "handle", 0.91, cut(handle, SNIPPET))
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
            if len(bare) <= LENGTH and naming.at_home(bare, document):
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
    for value, _ in about.values("copyrightHolder"):
        for name in about.names(value):
            bare = _site(name)
            if bare:
                yield Claim("publisher", (bare,), "jsonld:copyrightHolder", 0.5, cut(name, SNIPPET))
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
        bare = _site(_LICENSED.split(found[1])[0].removesuffix(" e")) if found else None  # e. V.
        if bare and fold(bare) not in _RESERVED and not _of_a_picture(bare, document):
            yield Claim(
                "publisher",
                (bare,),
                "line:copyright",
                0.42 if _DATED.search(one) or naming.at_home(bare.partition(" ")[0], document) else 0.28,
                cut(one, SNIPPET),
            )
            return


def _of_a_picture(name: str, document: Document) -> bool:
    """Whether a line that seems to name the owner credits a picture: photographer and agency, or a label of pictures."""
    shared = "/" in name and not naming.at_home(name.partition("/")[0].strip(), document)
    return shared or any(fold(name).startswith(f"{label} ") for label in phrases.folded("credit"))


def _site(text: str) -> str | None:
    bare = _OWNED_SINCE.sub("", line(unescape(unescape(text))).removeprefix("©").removeprefix("@").strip())
    bare = _OFFICIAL.sub("", _PLACE.sub("", _DOMAIN.sub("", _LEGAL.sub("", _RIGHTS.sub("", bare))))).strip(" -–|")
    if (
        "://" in bare
        or bare == "www"
        or _TEMPLATE.search(bare)
        or not 1 < len(bare) <= LENGTH
        or not any(letter.isalpha() for letter in bare)
    ):
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
            and not _NO_NAME.search(parts[-1])
        ):
            name = _OFFICIAL.sub("", parts[-1])
            yield Claim("publisher", (name,), "html:title", _title_strength(parts[-1], document), cut(whole, SNIPPET))
        break


def _title_strength(piece: str, document: Document) -> float:
    """How far the end of a title is believed: it may be the section where the page names its site elsewhere."""
    if titles.same_site(piece, document, ()):
        return 0.74
    if _leads_on(piece, document):
        return naming.LEAST
    stated = document.first("og:site_name") or next(titles.publishers(document), None)
    return 0.44 if stated and not _OUTLET.search(piece) else 0.56


def _leads_on(piece: str, document: Document) -> bool:
    """Whether a link of that name at the top of the page leads to more than the front page of a site: it is a section."""
    links = (one for one in islice(document.tree.iter("a"), LINKS) if fold(elements.text(one, LENGTH)) == fold(piece))
    return any(not _leads_home(one, document) and _leads_down(one) for one in links)


def _leads_down(link: Any) -> bool:
    """Whether a link's address has a path."""
    scheme, _, rest = (link.get("href") or "").rstrip("/").rpartition("//")
    return "/" in rest or (not scheme and bool(rest.strip("#/")))
