"""Who wrote the story, and who edited it.

Names are kept as printed. An outlet, an agency, an address or a role is not a person and never becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from generator import phrases
from generator.document import Document
from generator.fields import elements, lines, names, story, titles
from generator.model import SNIPPET, Claim
from generator.text import cut, fold, line, unique

_META = (
    ("parsely-author", 0.82), ("sailthru.author", 0.8), ("citation_author", 0.84), ("byl", 0.84), ("cxenseparse:author", 0.8), ("author", 0.76),
    ("article:author_name", 0.8), ("article:author", 0.72), ("dc.creator", 0.74), ("dcterms.creator", 0.74), ("dc.contributor", 0.5), ("creator", 0.7),
    ("authors", 0.76), ("og:author", 0.72), ("twitter:author", 0.6), ("rnews:author", 0.8), ("rbauthors", 0.8), ("article.author", 0.76), ("article-author", 0.76),
    ("author-name", 0.76), ("shareaholic:article_author_name", 0.76), ("dc.author", 0.74), ("vr:author", 0.76), ("auth", 0.6), ("lp.article:author", 0.76),
    ("og:article:author", 0.72), ("mediator_author", 0.76), ("autor", 0.7), ("sis_author", 0.7), ("bt:author", 0.76), ("news_author", 0.76),
)  # fmt: skip
_CLASSES = (
    "byline",
    "by-line",
    "author",
    "autor",
    "writer",
    "verfasser",
    "redakteur",
    "reporter",
    "journalist",
    "contributor",
    "signature",
    "auteur",
    "firma",
    "kirjoittaja",
)
_NOT_NAMES = (
    "bio",
    "description",
    "about",
    "image",
    "photo",
    "avatar",
    "job",
    "role",
    "title",
    "social",
    "follow",
    "link-list",
    "twitter",
    "email",
    "date",
    "time",
    "position",
    "desc",
    "info-box",
)
_LONGEST = 160
_DOMAIN = re.compile(r"^\s*\S{1,80}\.[a-z]{2,10}\s*,|\s\((?:www\.)?[\w-]{1,60}(?:\.[\w-]{1,60}){1,3}\)$", re.IGNORECASE)
_COMPANY = re.compile(
    r"\s(?:GmbH(?: & Co\. KG)?|UG|LLC|Ltd\.?|S\.?L\.?|SARL|s\.?r\.?l\.?|Kft\.?|Oy|B\.?V\.?)$|有限公司$"
)
_EMPTY = frozenset(
    {
        "admin",
        "author",
        "user",
        "guest",
        "null",
        "none",
        "undefined",
        "unknown",
        "anonymous",
        "no author",
        "name",
        "webmaster",
        "root",
        "editor",
    }
)
# where an account publishes and not a person: what platforms print beside its name
_ACCOUNTS = ("企鹅号", "百家号", "头条号", "大鱼号", "搜狐号", "网易号", "公众号", "官方账号", "原创作者", "优质作者")
_PARAGRAPHS = 600
_SIGNATURE = 40
_PROSE = 80  # characters of a paragraph that is running text
_BUTTONS = tuple(kind for kind in phrases.LABELS if kind != "editor")  # Redaktion is a label, and a newsroom
_LINKED = frozenset({"a", "span"})


def claims(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of the authors and of the editors."""
    sites = titles.site_names(document)
    yield from _stated(document, sites)
    yield from _printed(document, headline, sites)


def _stated(document: Document, sites: Iterable[str]) -> Iterator[Claim]:
    about = story.find(document)
    for key, field, strength in (("author", "byline", 0.9), ("creator", "byline", 0.74), ("editor", "editors", 0.8)):
        for value, rank in about.values(key):
            raw = [name for name in about.names(value) if name]
            people = names.clean((one for name in raw for one in names.split(name, sites, spaced=False)), sites)
            if people:
                doubt = 0.46 if all(_initials(one) for one in people) else 0.0
                yield Claim(
                    field, people, f"jsonld:{key}", strength - 0.08 * rank - doubt, cut(", ".join(raw), SNIPPET)
                )
            elif raw and field == "byline":
                yield from _bodies(raw, f"jsonld:{key}", document)
    for name, strength in _META:
        contents = document.meta.get(name, ())
        raw = [content for content in contents if "://" not in content]
        people = names.clean((one for content in raw for one in names.split(content, sites, spaced=False)), sites)
        if any(_COMPANY.search(content) for content in raw):
            continue  # who made the site
        if raw and all(_DOMAIN.search(content) for content in raw):  # an outlet with its town and country
            yield from _bodies([re.split(r",|\s\(", content)[0] for content in raw], f"meta:{name}", document)
        elif people:
            doubt = 0.3 if all(_initials(one) for one in people) else 0.0
            yield Claim("byline", people, f"meta:{name}", strength - doubt, cut(", ".join(contents), SNIPPET))
        elif raw:
            yield from _bodies(raw, f"meta:{name}", document)
    for number in "12":
        label = document.first(f"twitter:label{number}") or ""
        value = document.first(f"twitter:data{number}") or ""
        if fold(label).rstrip(":") in _written_by():
            people = names.split(value, sites)
            if people:
                yield Claim("byline", people, f"meta:twitter:data{number}", 0.8, cut(f"{label} {value}", SNIPPET))
    for path in ("author.name", "author", "creator.name", "creator"):
        texts = document.microdata.get(path, ())
        people = names.clean(
            (one for text in texts if len(text) <= _LONGEST for one in names.split(text, sites)), sites
        )
        if people:
            yield Claim(
                "byline", people, f"microdata:{path}", 0.78 if len(people) <= 5 else 0.6, cut(", ".join(texts), SNIPPET)
            )
            break
        if texts:
            yield from _bodies([text for text in texts if len(text) <= 60], f"microdata:{path}", document)
    for text in document.microdata.get("editor", ())[:1]:
        people = names.split(text, sites)
        if people:
            yield Claim("editors", people, "microdata:editor", 0.7, cut(text, SNIPPET))


def _bodies(raw: list[str], basis: str, document: Document) -> Iterator[Claim]:
    """An agency or a newsroom that stands where a person would: believed where nobody else is named."""
    found = unique(
        line(name) for name in raw if 2 < len(line(name)) <= 50 and not line(name).isdigit() and "@" not in name
    )
    if found and not all(fold(name) in _EMPTY for name in found):
        known = titles.site_names(document)
        strength = 0.32 if all(titles.same_site(name, document, known) for name in found) else 0.4
        yield Claim("byline", found[:3], basis, strength, cut(", ".join(raw), SNIPPET))


def _initials(name: str) -> bool:
    """Whether a name is a sign or an account rather than a name: LN, det, mikecason, jane.roe."""
    return (
        name.isascii()
        and " " not in name
        and (len(name) <= 3 or name == name.lower() or (name == name.upper() and len(name) <= 5))
    )


def _written_by() -> frozenset[str]:
    return phrases.folded("author")


def _printed(document: Document, headline: str | None, sites: Iterable[str]) -> Iterator[Claim]:
    head = elements.heading(document, headline or "")
    linked: list[str] = []
    for one in elements.find(document, " author", "vcard", tags=_LINKED, near=head):
        text = elements.text(one)
        if one.tag != "link" and 0 < len(text) <= 80:
            linked += names.split(text, sites)
    if linked:
        yield Claim("byline", names.clean(linked, sites)[:6], "html:rel=author", 0.74, cut(", ".join(linked), SNIPPET))
    nobody: list[str] = []
    for one in elements.find(document, *_CLASSES, near=head):
        classes = f"{one.get('class') or ''} {one.get('id') or ''}".lower()
        text = elements.text(one)
        if not 1 < len(text) <= _LONGEST:
            continue
        labelled = [claim for claim in lines.line_claims(text) if claim.field == "byline" and claim.values]
        if any(word in classes for word in _NOT_NAMES) and not (labelled and ":" in text):
            continue
        parts = elements.parts(one)
        people = (
            names.clean((name for part in parts for name in names.split(part, sites)), sites) if len(parts) > 1 else ()
        )
        people = tuple(name for name in people if lines.like_name(name) and (" " in name or not name.isascii()))
        if not people:
            people = labelled[0].values if labelled else names.split(text, sites)
        people = tuple(
            name for name in names.clean(people, sites) if " " not in name or fold(name) not in _written_by()
        )
        if people and all(lines.like_name(name) for name in people):
            account = any(word in text for word in _ACCOUNTS)
            yield Claim("byline", people, "html:byline", 0.55 if account else 0.72, cut(text, SNIPPET))
            break
        bare = names.unlabelled(text)
        if not people and not nobody and head is not None and _like_body(bare):
            nobody.append(bare)
    else:
        yield from _bodies(nobody, "html:byline", document)
    yield from _signed(document, frozenset(head.iterancestors()) if head is not None else frozenset())


def _signed(document: Document, around: Collection[Any]) -> Iterator[Claim]:
    """The name alone in its paragraph that closes the story, as many outlets sign it."""
    if document.tree is None:
        return
    found: list[str] = []
    for one in islice(document.tree.iter("p"), _PARAGRAPHS):
        words = line("".join(islice(one.itertext(), 6))) if one.getprevious() is not None else ""
        if (
            not 4 < len(words) <= _SIGNATURE
            or not 1 < len(words.split()) <= 4
            or words.isupper()
            or not lines.like_name(words)
        ):
            continue
        before, after = one.getprevious(), one.getnext()
        closing = before.tag == "p" and len(elements.text(before)) >= _PROSE and one.find(".//a") is None
        if closing and (after is None or after.tag != "p" or len(elements.text(after)) < _PROSE // 2):
            found += names.split(words) if not elements.aside(one, around) else ()
    if len(set(found)) == 1:
        yield Claim("byline", (found[0],), "html:signed", 0.42, cut(found[0], SNIPPET))


def _like_body(text: str) -> bool:
    """Whether a byline without a person could name a newsroom or an agency: a few words with a capital, no button."""
    words = text.split()
    button = any(fold(text) in phrases.folded(kind) for kind in (*_BUTTONS, "standing"))
    plain = not any(char.isdigit() or char in ":@|?!" for char in text)
    return 0 < len(words) <= 4 and plain and not button and any(word[:1].isupper() for word in words)
