"""Whatever a page says of itself is text: in front matter, in templates, in Markdown, in every page and feed of the site."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import html

from generator import content, pipeline, text
from generator.check import check
from generator.model import Article, Claim, Comment, Held, Moment, Picture, Seen
from tests.samples import TryOut

# beginnings and ends of everything that somebody might read as more than text
FRAGMENTS = (
    "{{ 7*7 }}", "{% include 'base.html' %}", "{#", "{% endraw %}", "{{ config }}", "---", "\n---\n", "\n...\n", "seal: ", "!!python/object:os.system ",
    "&a ", "*a ", "<<: ", "]: x", "](javascript:a())", "![x](https://x.example/a.png)", "[x]: javascript:a()\n", "<javascript:a()>", "`", "```\n", "\n    ",
    "\n# ", "\n> ", "|a|\n|-|\n", "<script>a()</script>", "<img src=x onerror=a()>", "</title>", "</script>", '" onload="a()', "' autofocus onfocus=a() '",
    "-->", "<!--", "]]>", "<![CDATA[", "&lt;script&gt;", "&#60;svg onload=a()&#62;", "\u2028", "\u2029", "\x85", "\u202e", "\ufeff", "\x00", "\x1b[2J", "\r\n",
    "${7*7}", "%s", "..", "/", "\\", "漢字", "e\u0301", "\U0001f4f0", "a", " ",
)  # fmt: skip
SAYINGS = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=5).map("".join)
HARM = {
    "active-content",
    "foreign-request",
    "data-invalid",
    "broken-link",
    "name-unsafe",
    "page-no-title",
    "place-twice",
}


@st.composite
def articles(draw: st.DrawFn) -> Article:
    def say() -> str:
        return draw(SAYINGS)

    return Article(
        id="0123456789abcdef", headline=f"Port {text.line(say())} end", body=say().replace("\r", "").strip(), kicker=say(), standfirst=say(), byline=(say(), say()),
        editors=(say(),), source=say(), publisher=say(), outlet="ledger.example", published=Moment.parse("2025-03-18T11:30:28+08:00"), section=say(),
        breadcrumb=(say(),), region=say(), tags=(say(), say()), language="en", url="https://www.ledger.example/1", rights=say(),
        comments=(Comment(say(), say(), say()),), pictures=(Picture("https://x.example/a.png", say(), say()),), seen=(Seen(say(), say(), say(), say()),),
        captures=(Held(say(), "0" * 64, say(), say()),), evidence=(Claim("headline", (say(),), say(), 0.5, say()),),
    )  # fmt: skip


@settings(max_examples=12, phases=(Phase.explicit, Phase.generate))  # a build is too slow to shrink by
@given(articles())
def test_nothing_that_a_page_says_becomes_more_than_text(article: Article) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = TryOut(Path(folder))
        (archive.root / "archive.toml").write_text('title = "Tide"\nlanguage = "en"\nurl = "https://tide.example/"\n', "utf-8")  # fmt: skip
        file = content.put(archive.settings.content, article, lambda _: False)
        written = (archive.settings.content / file).read_bytes().decode()
        held = content.read_article(archive.settings.content, file)
        pipeline.build(archive.settings, None, 0, pipeline.Quiet())
        (page,) = (archive.root / "site/2025/03/18").glob("port-*.html")
        heading = html.document_fromstring(page.read_bytes()).find(".//h1")
        harm = [str(one) for one in check(archive.root / "site", "https://tide.example/") if one.code in HARM]
    values = yaml.safe_load(written.split("\n---\n")[0])
    assert set(values) <= {*content.FIELDS, "seal"}
    assert held.intact
    assert held.article is not None
    assert shown(held.article.kicker or "") == shown(article.kicker or "")
    assert shown(held.article.rights or "") == shown(article.rights or "")
    assert values["headline"] == article.headline
    assert heading is not None
    assert shown("".join(map(str, heading.itertext()))) == shown(article.headline)
    assert harm == []


def shown(words: str) -> str:
    """What is left of a text on a page: composed, without control characters and spaces."""
    return "".join(one for one in unicodedata.normalize("NFC", words) if one.isprintable() and one != " ")
