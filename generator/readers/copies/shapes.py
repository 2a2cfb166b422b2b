"""Articles as the extractors write them into JSON: which tool's shape an object has, where its text is, what its names state.

A table, and the few functions that read it. An object that has none of these shapes is no article. Never raises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from generator import text
from generator.model import Capture, Origin
from generator.readers._json import begun
from generator.readers.copies import labels, marks, pages

MIN_TEXT = 20  # characters: less is no text of an article
GUESSED = 0.8  # how far a value is believed that the tool found out for itself
JSON = "application/json"

Form = Literal["text", "html", "markdown"]

_NAME = re.compile(rb"(?<!\\)\"([A-Za-z_@][A-Za-z0-9_@-]{0,40})\"\s{0,9}:\s{0,9}")
_MARKED = re.compile(r"(?:^|\n)#{1,6} \S|\*\*\S|\]\(https?://|(?:^|\n)```")
_LONG = re.compile(rb"\"([A-Za-z_]{1,40})\"\s{0,9}:\s{0,9}\"(?:[^\"\\]|\\.)*+$", re.DOTALL)
_TITLES = frozenset(("title", "headline"))


@dataclass(frozen=True, slots=True)
class Shape:
    """A tool's article: the names that all must be there, those of which one must, the text's names with their forms, its own names."""

    tool: str
    must: frozenset[str]
    texts: tuple[tuple[str, Form], ...]
    one: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def _shape(tool: str, must: str, texts: tuple[tuple[str, Form], ...], one: str = "", **names: str) -> Shape:
    own = {name.replace("__", "-"): meant for name, meant in names.items()}
    return Shape(tool, frozenset(must.split()), texts, frozenset(one.split()), MappingProxyType(own))


# The first shape that fits is taken. A name given as "" says nothing of the story.
SHAPES = (
    _shape("trafilatura", "text", (("text", "text"), ("raw_text", "text")), "fingerprint source-hostname", source="url", source__hostname="publisher",
           excerpt="standfirst", filedate="captured", image="", id=""),
    _shape("news-please", "maintext title", (("maintext", "text"),), "source_domain date_publish date_download", date_publish="published",
           date_modify="modified", date_download="captured", source_domain="publisher", image_url="", text="", filename="", localpath=""),
    _shape("backfile", "headline body evidence", (("body", "markdown"),), "body_text", source="source", path="", outlet=""),
    _shape("schema", "articleBody", (("articleBody", "text"),), "headline name", headline="headline", name="headline", alternativeHeadline="standfirst",
           datePublished="published", dateModified="modified", articleSection="section", inLanguage="language", mainEntityOfPage="url", image="", dateCreated=""),
    _shape("goose", "cleaned_text title", (("cleaned_text", "text"),), "opengraph publish_date meta domain", publish_date="published", canonical="url",
           keywords="", image="", publish_datetime_utc=""),
    _shape("readability", "title content textContent", (("content", "html"), ("textContent", "text")), "excerpt byline siteName length", dir="", image=""),
    _shape("mercury", "title content", (("content", "html"),), "date_published word_count lead_image_url", date_published="published", dek="standfirst",
           lead_image_url="", next_page_url=""),
    _shape("defuddle", "title content", (("contentMarkdown", "markdown"), ("content", "html")), "wordCount parseTime", image="", favicon=""),
    _shape("newspaper", "title text", (("text", "text"),), "publish_date top_image meta_lang movies canonical_link", publish_date="published", meta_lang="language",
           meta_description="standfirst", meta_site_name="publisher", canonical_link="url", source_url="", keywords="", meta_keywords="tags", summary=""),
    _shape("fundus", "title plaintext", (("plaintext", "text"),), "publishing_date authors topics", publishing_date="published", topics="tags"),
    _shape("cc-news", "title text domain url", (("text", "text"),), image_url="", domain="publisher"),
)  # fmt: skip


def known(head: bytes) -> bool:
    """Whether the first bytes of a JSON value are those of an article: a shape's names, or a long text below a title."""
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not bare.startswith((b"{", b"[")) or not bare.lstrip(b"[{ \t\r\n").startswith(b'"'):
        return False
    names = frozenset(name.decode() for name in _NAME.findall(bare))
    if any(one.must <= names and (not one.one or one.one & names) for one in SHAPES):
        return True
    tail = _LONG.search(bare)  # the head ends within a text: the other names come behind it
    return bool(
        tail and any(tail[1].decode() == name for one in SHAPES for name, _ in one.texts) and names & _TITLES
    ) or bool(names >= {"title", "hostname", "fingerprint"} or names >= {"date_download", "date_publish"})


def shape(record: Mapping[str, Any], *, cut: bool = False) -> Shape | None:
    """The shape of the object, or None where it is no article with a text; of one that is cut short, the likeliest by its text."""
    names = record.keys()
    fits = [one for one in SHAPES if one.must <= names and (not one.one or one.one & names)]
    return next((one for one in (*fits, *(SHAPES if cut else ())) if _text(record, one)[0]), None)


def capture(record: Mapping[str, Any], origin: Origin, *, cut: bool = False) -> Capture | None:
    """The article in the object, or None where it is none."""
    found = shape(record, cut=cut)
    if found is None:
        return None
    words, form = _text(record, found)
    stated = labels.stated(_flat(record), found.tool, found.names)
    guessed = tuple(replace(claim, confidence=min(claim.confidence, GUESSED)) for claim in stated.claims)
    body = pages.page(_markup(words, form), stated.value("headline"))
    return Capture(body, origin, JSON, pages.CHARSET, stated.url, stated.captured, claims=guessed, whole=True)


def parsed(text: str) -> tuple[Any, bool]:
    """The value in JSON, and whether the text is cut short and this is what there is of it; None where it is none."""
    try:
        return json.loads(text), False
    except (ValueError, RecursionError):
        return begun(text), True


def plain(words: str) -> str:
    """Text that a tool wrote, as markup: Markdown where it holds marks of it."""
    return marks.render(words, lambda _: None) if marked(words) else pages.text(words)


def marked(words: str) -> bool:
    """Whether the text holds marks of Markdown that no plain text has."""
    return bool(_MARKED.search(words))


def _text(record: Mapping[str, Any], found: Shape) -> tuple[str, Form]:
    for name, form in found.texts:
        words = record.get(name)
        if isinstance(words, str) and len(words.strip()) >= MIN_TEXT:
            return words, form
    return "", "text"


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with what its `meta` says, which stands for what the record itself does not say."""
    meta = record.get("meta")
    return (
        {**record, **{name: value for name, value in meta.items() if isinstance(name, str) and not record.get(name)}}
        if isinstance(meta, Mapping)
        else dict(record)
    )


def _markup(words: str, form: Form) -> str:
    clean = text.clean(words)
    if form == "html":
        return clean
    return marks.render(clean, lambda _: None) if form == "markdown" else plain(clean)
