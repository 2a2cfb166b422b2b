"""A theme over a site of our own, and data for each of its templates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import theme
from generator.citations import Citation
from generator.config import Settings
from generator.model import Article, Comment, Held, Moment, Picture, Seen, Summary
from generator.theme import Theme

HELD = f"media/ab/{'ab' * 32}.png"
STORY = "2025/03/18/ferry.html"
LISTED = Summary("2025/03/18/ferry", "1", "Ferry <returns>", Moment.parse("2025-03-18T06:10"), "The Bend", None, "River",
                 "zh-Hans", "It ran again on Tuesday.", None, 1234)  # fmt: skip
TAG = {"kind": "tags", "name": "渡船", "path": "tags/du-chuan/index.html", "count": 3, "over": False, "weight": 2}
ENTRY = {"summary": LISTED, "path": STORY, "source": TAG, "publisher": None}
FEEDS = {"atom": "feed.xml", "json": "feed.json"}
WAY = {"name": "2025-03-17", "path": "2025/03/17/index.html"}
ARTICLE = Article(
    id="1", headline="Ferry <returns>", kicker="River", standfirst="It ran again on Tuesday.", body=f"Words.\n\n![A boat]({HELD})",
    byline=("Ann Reed",), editors=("Bo Lind",), source="Wire", publisher="The Bend", published=Moment.parse("2025-03-18T06:10"),
    modified=Moment.parse("2025-03-19"), captured=Moment.parse("2025-05-22T03:04:05Z"), section="River", region="Upper Bend",
    tags=("渡船",), language="zh-Hans", url="javascript:alert(1)", rights="All rights stay with The Bend.", views=1234,
    comments=(Comment("Reader", "<i>At last.</i>", "yesterday"), Comment(None, "Good.")), pictures=(Picture(HELD),),
    seen=(Seen("Well dug", None, "https://bend.example/2", "Most read"), Seen("Bad link", "Words", "javascript:alert(2)", None)),
    captures=(Held("content/saved/ferry.html", "cd" * 32, "part", "https://bend.example/1", Moment.parse("2025-05-22")),),
)  # fmt: skip
EVIDENCE: list[dict[str, Any]] = [
    {
        "field": "headline",
        "rows": [
            {
                "spans": 2,
                "value": "Ferry",
                "used": True,
                "bases": [
                    ("html:h1", "0.90", "Ferry <b>", ""),
                    ("jsonld:headline", "0.80", "", ""),
                ],
            },
            {
                "spans": 0,
                "value": "Boat",
                "used": False,
                "bases": [
                    ("html:title", "0.20", "", ", "),
                    ("line:first", "0.10", "", ""),
                ],
            },
        ],
    },
    {
        "field": "weather",
        "rows": [{"spans": 1, "value": "Fog", "used": False, "bases": [("line:first", "0.10", "", "")]}],
    },
    {
        "field": "kicker",
        "rows": [{"spans": 1, "value": "Barge", "used": True, "bases": [("", "1.00", "", "")]}],
    },
]
NEAR = {
    "headline": "Ice <out>",
    "path": "2025/03/17/ice.html",
    "language": "ar",
    "published": Moment.parse("2025-03-17T05:00"),
    "excerpt": "It went.",
}
SEEN: list[dict[str, Any]] = [
    {"list": "Most read", "stories": [{"headline": "Well dug", "excerpt": None, "url": "https://bend.example/2"}]},
    {"list": None, "stories": [{"headline": "Bad link", "excerpt": "Words", "url": "javascript:alert(2)"}]},
]
VERSION = {"captured": None, "modified": None, "newest": False}

CHART = [
    {"year": 2024, "path": "r/page-2024.html", "count": 10, "over": True, "height": 12},
    {"year": 2025, "path": None, "count": 0, "over": False, "height": 0},
]
RANKED = {"story": ENTRY, "outlets": 2, "copies": 3, "others": [ENTRY]}

LIST: dict[str, Any] = {
    "title": "River", "kind": "sections", "name": "River", "count": 200, "over": True, "entries": [ENTRY], "brief": [ENTRY], "moment": None,
    "older": "r/page-2024.html", "newest": None, "span": None, "contents": [{"name": "2024", "part": 1, "path": "r/page-2024.html"}],
    "feeds": FEEDS, "up": {"name": None, "path": "sections/index.html"}, "previous": None, "next": None,
    "chart": CHART, "together": [TAG],
}  # fmt: skip
DAY: dict[str, Any] = {"name": 18, "path": "2025/03/18/index.html", "count": 9, "over": False, "level": 3}
NO_DAY: dict[str, Any] = {"name": None, "path": None, "count": 0, "over": False, "level": 0}
FEED: dict[str, Any] = {
    "id": "urn:x:1", "title": "Bend & <archive>", "updated": "2025-03-18T06:10:00Z", "path": "feed.xml", "html_path": "index.html",
    "entries": [
        {"id": "urn:x:2", "title": "A \x01 & <b>", "path": STORY, "updated": "2025-03-18T06:10:00Z", "published": None,
         "summary": "</script>]]>", "authors": ["Ann"], "categories": ["渡船"], "source_url": "javascript:x", "language": None},
    ],
}  # fmt: skip

# every page that the built-in theme can be asked for: path, template, data
PAGES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "front": ("index.html", "front.html", {
        "title": None, "leads": [ENTRY, ENTRY], "newest": [ENTRY], "sections": [{"facet": TAG, "entries": [ENTRY]}], "total": 1, "outlets": 2,
        "picture": {"src": HELD, "width": 600, "height": 400, "path": STORY, "sources": [
            {"type": "image/webp", "srcset": [(HELD.replace(".png", "-400.webp"), 400)]}]}, "regions": [TAG], "tags": [TAG], "chart": CHART,
        "this_day": [{"year": 2024, "path": "2024/03/18/index.html", "entries": [ENTRY]}], "lately": [ENTRY], "hot": [ENTRY], "listed": [ENTRY],
        "printed": [RANKED], "hot_path": "hot/index.html", "printed_path": "printed/index.html",
        "first": Moment.parse("2024-11-02"), "last": Moment.parse("2025-03-18"), "feeds": FEEDS}),
    "front of nothing": ("index.html", "front.html", {
        "title": None, "leads": [], "newest": [], "sections": [], "total": 0, "outlets": 0, "picture": None, "regions": [], "tags": [],
        "chart": [], "this_day": [], "lately": [], "hot": [], "listed": [], "printed": [], "hot_path": None, "printed_path": None,
        "first": None, "last": None, "feeds": None}),
    "most read": ("hot/index.html", "ranked.html", {
        "title": None, "kind": "hot", "year": None, "years": [{"year": 2025, "path": "hot/page-2025.html"}], "more": "printed/index.html",
        "entries": [RANKED]}),
    "most read of a year": ("hot/page-2025.html", "ranked.html", {
        "title": None, "kind": "hot", "year": 2025, "years": [], "more": None, "entries": [RANKED]}),
    "most printed": ("printed/index.html", "ranked.html", {
        "title": None, "kind": "printed", "year": None, "years": [], "more": None, "entries": [RANKED]}),
    "feeds": ("feeds/index.html", "feeds.html", {
        "title": None, "feeds": FEEDS, "kinds": [("tags", [{"name": "渡船", "path": TAG["path"], **FEEDS}])]}),
    "article": (STORY, "article.html", {
        "title": ARTICLE.headline, "article": ARTICLE, "path": STORY, "breadcrumb": [{"name": "Bend", "path": None}, TAG],
        "section": TAG, "region": TAG, "publisher": TAG, "source": TAG, "byline": [TAG], "editors": [TAG], "tags": [TAG],
        "day_path": "2025/03/18/index.html", "versions": [
            ENTRY | VERSION | {"captured": Moment.parse("2025-06-01T10:00"), "newest": True},
            ENTRY | VERSION | {"modified": Moment.parse("2025-03-20")}, ENTRY | VERSION],
        "newest": False, "snapshot": None, "seen": SEEN, "changed": ARTICLE.modified, "standfirst": ARTICLE.standfirst, "body": ARTICLE.body, "pictures": {},
        "evidence": EVIDENCE, "qr_wanted": True, "minutes": 1, "previous": NEAR, "next": NEAR | {"language": "zh-Hans"}, "related": [NEAR, NEAR | {"published": None}],
        "held": [{"headline": "Ice out", "path": "2025/03/17/ice.html"}], "citations": [Citation("BibTeX", "@online{1,\n  title = {Ferry <returns>}\n}")],
        "schema": {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "</script><!--"},
        "canonical": "https://bend.example/archive/2025/03/18/ferry.html", "description": "It ran.", "outlet_name": "The Bend", "show": "excerpt", "redacted": True,
        "wayback": "https://web.archive.org/web/20250318/https://bend.example/1"}),
    "article with nothing": ("undated/x.html", "article.html", {
        "title": "X", "article": Article("2", "X", ""), "path": "undated/x.html", "breadcrumb": [], "section": None, "region": None,
        "publisher": None, "source": None, "byline": [], "editors": [], "tags": [], "day_path": None, "versions": [], "snapshot": None, "newest": True, "seen": [], "changed": None, "standfirst": None, "body": "",
        "pictures": {}, "qr_wanted": False, "minutes": 1, "previous": None, "next": None, "related": [], "held": [], "citations": [],
        "evidence": [], "schema": {}, "canonical": "", "description": "", "outlet_name": None, "show": "full", "redacted": False, "wayback": None}),
    "withheld": (STORY, "withheld.html", {
        "title": None, "reason": "A court <ordered> it", "since": Moment.parse("2025-04-01"), "until": Moment.parse("2025-05-01")}),
    "withheld without a word": (STORY, "withheld.html", {"title": None, "reason": "", "since": None, "until": None}),
    "list": ("sections/river/index.html", "listing.html", LIST),
    "list, a finished page": ("sections/river/page-2024.html", "listing.html", LIST | {
        "count": None, "newest": "sections/river/index.html", "span": {"name": "2024", "part": 1}, "entries": [], "contents": [],
        "chart": [], "together": []}),
    "day": ("2025/03/18/index.html", "listing.html", LIST | {
        "title": "2025-03-18", "kind": "day", "name": None, "moment": Moment.parse("2025-03-18"), "feeds": None,
        "up": {"name": "2025-03", "path": "2025/03/index.html"}, "previous": WAY, "next": WAY}),
    "undated": ("undated/index.html", "listing.html", LIST | {
        "title": None, "kind": "undated", "name": None, "feeds": None, "span": {"name": None, "part": 2},
        "up": {"name": None, "path": "dates/index.html"}}),
    "index": ("tags/index.html", "facets.html", {
        "title": None, "kind": "tags", "letter": None, "letters": [], "groups": [{"letter": "D", "facets": [TAG]}, {"letter": "#", "facets": [TAG]}],
        "total": 2, "feeds": None}),
    "index by letters": ("tags/index.html", "facets.html", {
        "title": None, "kind": "tags", "letter": None, "letters": [{"name": "D", "path": "tags/letter-d.html"}],
        "groups": [{"letter": "D", "facets": [TAG]}], "total": 1, "feeds": None}),
    "letter": ("tags/letter-d.html", "facets.html", {
        "title": None, "kind": "tags", "letter": "D", "letters": [{"name": "D", "path": "tags/letter-d.html"}],
        "groups": [{"letter": "D", "facets": [TAG]}], "total": 1, "feeds": None}),
    "known": ("known/index.html", "known.html", {
        "title": None, "hosts": [{"name": "bend.example", "path": "known/bend/index.html", "count": 200, "over": True}], "stories": (),
        "older": None, "newest": None, "span": None, "contents": []}),
    "known of a host": ("known/bend/page-2024.html", "known.html", {
        "title": "bend.example", "hosts": (), "stories": [
            {"story": Seen("Well <dug>", "Words", "https://bend.example/2", "Pocket", Moment.parse("2024-01-02"), None, ("渡船", "b")), "path": None, "on": STORY},
            {"story": Seen("Ice out", None, "javascript:alert(5)", None, None, Moment.parse("2024-01-02")), "path": STORY, "on": None}],
        "older": "known/bend/page-2023.html", "newest": "known/bend/index.html", "span": {"name": "2024", "part": 2},
        "contents": [{"name": "2024-01", "part": 1, "path": "known/bend/page-2024-01.html"}]}),
    "dates": ("dates/index.html", "dates.html", {
        "title": None, "undated": {"path": "undated/index.html", "count": 2, "over": False},
        "years": [{"year": 2025, "path": "2025/index.html", "count": 9, "over": False, "months": [
            {"name": 3, "path": "2025/03/index.html", "count": 9, "over": False, "level": 3}, NO_DAY | {"name": 4}]}]}),
    "year": ("2025/index.html", "year.html", {
        "title": "2025", "year": 2025, "count": 9, "over": False, "previous": None, "next": None, "up": {"name": None, "path": "dates/index.html"},
        "months": [{"month": 3, "path": "2025/03/index.html", "weeks": [[NO_DAY, DAY, NO_DAY | {"name": 19}]]}]}),
    "month": ("2025/03/index.html", "month.html", {
        "title": "2025-03", "year": 2025, "month": 3, "count": 9, "over": False, "weeks": [[DAY, NO_DAY]],
        "days": [{"day": 18, "path": DAY["path"], "moment": Moment.parse("2025-03-18"), "entries": [ENTRY], "more": True}],
        "previous": None, "next": WAY, "up": {"name": "2025", "path": "2025/index.html"}}),
    "standing": ("pages/about.html", "standing.html", {"title": "About", "body": "# Us\n\nWords.", "pictures": {}, "language": "ar"}),
    "lost": ("404.html", "404.html", {"title": None}),
    "offline": ("offline.html", "offline.html", {"title": None, "version": "0", "shell": []}),
    "Atom": ("feed.xml", "feed.xml", FEED),
    "JSON Feed": ("feed.json", "feed.json", FEED),
    "sitemap": ("sitemaps/lists.xml", "sitemap.xml", {"paths": ["index.html", "a&b.html"]}),
    "sitemap index": ("sitemap.xml", "sitemap-index.xml", {"paths": ["sitemaps/lists.xml"]}),
    "robots": ("robots.txt", "robots.txt", {}),
}  # fmt: skip

SITE: dict[str, Any] = {
    "title": "The Bend <Archive>", "description": "A newspaper rebuilt.", "url": "", "language": "en", "rights": "Ours.",
    "robots": "noindex", "offline": False, "generator": "Backfile 0", "standing": [{"title": "About", "path": "pages/about.html"}],
    "kinds": [{"kind": "tags", "path": "tags/index.html"}, {"kind": "dates", "path": "dates/index.html"}], "furniture": None,
    "blocks": ["hot", "printed", "recommended", "qr"], "subscribe": "feeds/index.html",
}  # fmt: skip
FURNITURE = {
    "name": "The Bend", "url": "https://bend.example/", "channels": [{"name": "River", "path": "r/index.html", "url": None}],
    "regions": [{"name": "Upper Bend", "path": None, "url": "https://bend.example/upper"}],
    "friends": [{"name": "Trap", "path": None, "url": "javascript:alert(3)"}], "standing": [{"name": "Contact", "path": None, "url": None}],
    "licences": ["Licence 7"], "address": ["1 Quay"], "about": ["News of the bend."],
}  # fmt: skip

Load = Callable[..., Theme]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """A theme over `tmp_path`, whose `templates/` the test may have filled; keywords change the site."""

    def loaded(language: Any = "en", **changes: Any) -> Theme:
        settings = Settings(language=language, root=tmp_path)
        return theme.load(settings, SITE | {"language": language} | changes)

    return loaded


@pytest.fixture
def pages() -> dict[str, tuple[str, str, dict[str, Any]]]:
    return PAGES


@pytest.fixture
def furniture() -> dict[str, Any]:
    return FURNITURE
