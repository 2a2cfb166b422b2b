"""Notes in Markdown: what their heads state, and that no word of their texts is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content import articles
from generator.errors import Finding
from generator.extract import extract
from generator.model import Article, Moment, Picture
from generator.readers import markdown
from generator.readers.copies import fronts, marks
from tests.readers.copying import PNG, article, capture, found, harmless
from tests.samples import FERRY

URL = "https://www.ledger.example/2022/03/18/night-ferry/"
TEXT = "\n\n".join(FERRY)

OBSIDIAN = f"""---
title: "Night ferry: sails again"
source: "{URL}"
author:
  - "[[Jane Roe]]"
  - "[[people/John Doe|John Doe]]"
published: 2022-03-18
created: 2022-03-20
description: "Eighteen months after the storm."
tags:
  - "clippings"
  - "harbour"
---
{TEXT}
"""
JOPLIN_RAW = f"""Night ferry: sails again

{TEXT}

id: 0123456789abcdef0123456789abcdef
parent_id: 0123456789abcdef0123456789abcde0
created_time: 2022-03-20T10:00:00.000Z
updated_time: 2023-03-21T10:00:00.000Z
is_conflict: 0
author: Jane Roe
source_url: {URL}
source: joplin-desktop
type_: 1"""
JOPLIN_FRONT = f"""---
title: 'Night ferry: sails again'
updated: 2023-01-01 10:00:00Z
created: 2022-03-20 10:00:00Z
source: {URL}
author: Jane Roe
tags:
  - harbour
---

{TEXT}
"""
MARKDOWNLOAD = f"""---
created: 2022-03-20T10:00:00 (UTC +01:00)
tags: [ferry,harbour]
source: {URL}
author: Jane Roe
---

# Night ferry: sails again

> ## Excerpt
> Eighteen months after the storm.

---
{TEXT}
"""
NOTION = f"""# Night ferry: sails again

URL: {URL}
Author: Jane Roe
Published: March 18, 2022
Created: March 20, 2022 10:30 AM
Tags: ferry, harbour
Status: Done

{TEXT}
"""
LOGSEQ = f"""title:: Night ferry: sails again
source:: {URL}
author:: [[Jane Roe]], [[John Doe]]
tags:: #ferry, #[[harbour news]]

{TEXT}
"""
PANDOC = f"""% Night ferry: sails again
% Jane Roe; John Doe
% 18 March 2022

{TEXT}
"""
HUGO = f"""+++
title = "Night ferry: sails again"
date = 2022-03-18T06:00:00-04:00
authors = ["Jane Roe"]
tags = ["ferry"]
categories = ["Harbour"]
[params]
source_url = "{URL}"
+++
{TEXT}
"""
JEKYLL = f"""---
layout: post
title:  Night ferry: sails again
date:   2022-03-18 06:00:00 -0400
categories: [harbour]
author: Jane Roe
---
{TEXT}
"""
EVERNOTE = f"""# Night ferry: sails again

{TEXT}

    Created at: 2022-03-20T10:00:00+01:00
    Updated at: 2023-03-21T10:00:00+01:00
    Source URL: {URL}
"""
READER = f"""# Night ferry: sails again

[View original]({URL})

{TEXT}
"""
CHINESE = """# 老码头换新颜

作者：林晓
来源：江城日报
发布时间：2024-06-02 09:15
原文链接：https://www.jcwb.example/2024/06/02/1.html

记者从市住建局了解到，老码头改造工程已完成七成，沿江三公里步道将在年底前向市民开放。

两座仓库将被保留下来，改造为展示航运历史的展览馆。
"""


@pytest.mark.parametrize(
    ("note", "url", "captured", "byline", "published", "tags"),
    [
        (OBSIDIAN, URL, "2022-03-20", ("Jane Roe", "John Doe"), "2022-03-18", ("harbour",)),
        (JOPLIN_RAW, URL, "2022-03-20T10:00:00+00:00", ("Jane Roe",), "2022-03-18", ()),
        (JOPLIN_FRONT, URL, "2022-03-20T10:00:00+00:00", ("Jane Roe",), "2022-03-18", ("harbour",)),
        (MARKDOWNLOAD, URL, "2022-03-20T10:00:00+01:00", ("Jane Roe",), "2022-03-18", ("ferry", "harbour")),
        (NOTION, URL, "2022-03-20T10:30", ("Jane Roe",), "2022-03-18", ("ferry", "harbour")),
        (LOGSEQ, URL, None, ("Jane Roe", "John Doe"), "2022-03-18", ("ferry", "harbour news")),
        (PANDOC, None, None, ("Jane Roe", "John Doe"), "2022-03-18", ()),
        (HUGO, URL, None, ("Jane Roe",), "2022-03-18T06:00:00-04:00", ("ferry",)),
        (JEKYLL, None, None, ("Jane Roe",), "2022-03-18T06:00:00-04:00", ()),
        (EVERNOTE, URL, "2022-03-20T10:00:00+01:00", (), "2022-03-18", ()),
        (READER, URL, None, (), "2022-03-18", ()),
    ],
    ids=["obsidian", "joplin-raw", "joplin", "markdownload", "notion", "logseq", "pandoc", "hugo", "jekyll", "evernote", "reader"],
)  # fmt: skip
def test_the_heads_of_many_tools_are_read(note, url, captured, byline, published, tags):
    one = capture(markdown, note)
    assert (one.url, one.captured) == (url, Moment.parse(captured) if captured else None)
    read = extract(one).article
    assert read is not None
    assert read.headline == "Night ferry: sails again"
    assert (read.byline, str(read.published), read.tags) == (byline, published, tags)
    assert read.body == TEXT


def test_a_chinese_clip_is_read_by_its_labels():
    read = article(markdown, CHINESE)
    assert (read.headline, read.byline, read.source) == ("老码头换新颜", ("林晓",), "江城日报")
    assert (str(read.published), read.url) == ("2024-06-02T09:15", "https://www.jcwb.example/2024/06/02/1.html")
    assert read.body.startswith("记者从市住建局")
    assert read.body.endswith("展览馆。")


def test_what_the_head_states_says_where_it_stood():
    claims = {claim.field: claim for claim in capture(markdown, OBSIDIAN).claims}
    assert claims["byline"].basis == "frontmatter:author"
    assert claims["standfirst"].values == ("Eighteen months after the storm.",)
    assert claims["published"].confidence > claims["standfirst"].confidence


def test_a_source_that_is_no_address_is_the_outlet():
    assert article(markdown, f"---\ntitle: A bridge\nsource: The Ledger\n---\n{TEXT}").publisher == "The Ledger"


def test_a_notebook_of_joplins_is_no_article():
    item = "Clippings\n\nid: 0123456789abcdef0123456789abcdef\ncreated_time: 2022-03-20T10:00:00.000Z\nicon: \nparent_id: \ntype_: 2"
    (remark,) = found(markdown, item)
    assert isinstance(remark, Finding)
    assert remark.code == "file-skipped"


def test_a_note_without_a_head_is_called_by_its_heading_its_first_line_or_its_file():
    assert article(markdown, f"# A bridge reopens\n\n{TEXT}", "x.md").headline == "A bridge reopens"
    assert article(markdown, f"A bridge reopens\n\n{TEXT}", "x.md").headline == "A bridge reopens"
    named = article(markdown, TEXT, "2024-03-05 A bridge reopens at last.md")
    assert (named.headline, named.body) == ("A bridge reopens at last", TEXT)


def test_a_readme_is_an_article_because_somebody_put_it_there():
    assert (
        article(markdown, "# Harbour notes\n\nHow to read these notes.\n", "README.md").body
        == "How to read these notes."
    )


def test_a_page_of_markup_under_the_name_of_a_note_is_left_to_the_reader_of_pages():
    assert not markdown.accepts(b"<!DOCTYPE html><html><body><p>Words</p></body></html>", "a.md")
    assert markdown.accepts(b"Words\n\n<div>more</div>", "a.markdown")
    assert not markdown.accepts(b"\x89PNG\r\n\x1a\n", "a.md")
    assert not markdown.accepts(b"# Words", "a.txt")


# ---- hostile heads ------------------------------------------------------------------------------------------------------

BOMB = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n"


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        ("---\ntitle: \"<script>alert('x')</script>\"\nurl: javascript:alert(1)\n---\n", "<script>alert('x')</script>"),
        ("---\ntitle: !!python/object/apply:os.system ['true']\n---\n", "Quay reopens"),
        (f"---\n{BOMB}---\n", "Quay reopens"),
        (f"---\ntitle: Quay opens\n{BOMB}---\n", "Quay opens"),
        ("---\ntitle: Quay: opens\n---\n", "Quay: opens"),
        ("---\ntitle: never closed\n\n", "never closed"),
        ("---\n- a\n- b\n---\n", "Quay reopens"),
        ("---\n" + "[" * 5_000 + "\n---\n", "Quay reopens"),
        ("---\ntitle:\n  a:\n    b: c\n---\n", "Quay reopens"),
        ("+++\ntitle = 'Quay opens'\naliases = ['/../../evil']\n+++\n", "Quay opens"),
        ("+++\ntitle = \n+++\n", "Quay reopens"),
        ("+++\na = " + "[" * 5_000 + "\n+++\n", "Quay reopens"),
        ("---\n? [a, b]\n: c\n---\n", "Quay reopens"),
        ("---\npermalink: /../../x.html\nslug: ../../../tmp/x\n---\n", "Quay reopens"),
    ],
)
def test_a_head_that_means_harm_is_read_as_text_or_not_at_all(head, headline):
    read = article(markdown, f"{head}\nQuay reopens\n\n{TEXT}")
    assert (read.headline, read.url) == (headline, None)
    assert read.body.endswith(TEXT)


def test_front_matter_is_never_more_than_text_and_lists():
    values = fronts.split("---\na: 1\nb: yes\nc: 2024-03-05\nd: [x, {y: z}]\n---\n").values
    assert values["a"] == "1"
    assert values["b"] == "yes"
    assert values["c"] == "2024-03-05"


# ---- the text -----------------------------------------------------------------------------------------------------------

RICH = """# Night ferry

Intro with ==a mark==, *stress*, **weight**, `code`, ~~struck~~ and [[Harbour|the harbour]].[^1]
- one
- two
  - below two
1. first
2. second

> [!quote]- What she said
> We waited \\*long\\*.

| Boat | Leaves |
|------|--------|
| One  | 10:00  |
| Two  | 11:00  |
%%a private remark%%
#tagged is no heading
### What next
<div><b>Raw</b> markup <script>alert(1)</script></div>

```python
print("[[kept]] ==kept==")
```

The end ^abc123

[^1]: A note on the harbour.
"""


BLOCKS = [
    "Intro with a mark, *stress*, **weight**, `code`, struck and the harbour.\\[1\\]",
    "- one",
    "- two",
    "    - below two",
    "1. first\n2. second",
    "> **What she said**\n>\n> We waited \\*long\\*.",
    "| Boat | Leaves |\n| --- | --- |\n| One | 10:00 |\n| Two | 11:00 |",
    "\\#tagged is no heading",
    "### What next",
    "**Raw** markup",
    '    print("[[kept]] ==kept==")',
    "The end",
    "1. A note on the harbour.",
]


def test_every_kind_of_block_survives():
    read = article(markdown, RICH, "Night ferry.md")
    assert read.body.split("\n\n") == BLOCKS
    assert "private" not in read.body
    assert "alert" not in read.body


def letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words)


PIECES = st.sampled_from(
    ["A short line", "- an item", "1. a first", "> a quote", "## A subhead", "| a | b |", "|---|---|", "", "**bold**", "Related", "Read more",
     "Subscribe to us", "[a link](https://a.example/b)", "    indented", "Photo: somebody", "Line one\\", "2024-03-05", "By Jane Roe", "汉字一行", "* star",
     "a_b_c", "x * y", "Comments", "#tag", "a\n===", "[1]: not a link", "<b>raw</b> words"]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=12))
@settings(max_examples=120, deadline=None)
def test_no_word_of_a_note_is_lost(pieces):
    note = "\n".join(("Opening words of the note, longer than a headline would be, and ended.", "", *pieces))
    one = capture(markdown, f"---\ntitle: T\n---\n{note}")
    read = extract(one)
    shown = re.sub(r"https?://\S+|<[^<>]+>|(?m:^\d\. )|(?m:^\[1\]: .*$)", "", "\n".join(pieces))
    assert read.article is not None
    told = letters(re.sub(r"(?m)^\d+\. |https?://\S+", "", read.article.body) + "".join(read.article.tags))
    for word in re.findall(r"\w+", shown):
        assert letters(word) in told


@pytest.mark.parametrize(
    ("note", "body"),
    [
        ("one line\nand its rest, wrapped at seventy columns as people do by hand\nwhen they write", "one line and its rest, wrapped at seventy columns as people do by hand when they write"),
        ("Rose Lane 5\nGannet Point\nHarbour", "Rose Lane 5  \nGannet Point  \nHarbour"),
        (f"{FERRY[0]}\n{FERRY[1]}", f"{FERRY[0]}\n\n{FERRY[1]}"),
        ("记者从市住建局了解到，老码头改造\n工程已完成七成，沿江三公里步道将\n在年底前开放。", "记者从市住建局了解到，老码头改造工程已完成七成，沿江三公里步道将在年底前开放。"),
        ("旧仓库变身展览馆\n两座建于上世纪的仓库将被保留下来，改造为展示航运历史的展览馆。", "旧仓库变身展览馆\n\n两座建于上世纪的仓库将被保留下来，改造为展示航运历史的展览馆。"),
        ("a\\\nb", "a  \nb"),
        ("5 \\< 6 \\& 7", "5 &lt; 6 & 7"),
    ],
)  # fmt: skip
def test_line_breaks_are_what_the_writer_meant(note, body):
    assert article(markdown, f"---\ntitle: T\n---\n{note}\n").body == body


def test_links_to_other_notes_lead_nowhere():
    body = article(
        markdown,
        "---\ntitle: T\nurl: https://a.example/b/c\n---\nSee [one](Other%20note.md), [two](/d), [three](https://b.example/).",
    ).body
    assert body == "See one, [two](https://a.example/d), [three](https://b.example/)."


@pytest.mark.parametrize(
    "note",
    ["[" * 50_000, "a\n===\n" * 5_000, "> " * 3_000 + "a", "- " * 3_000 + "a", "<a " * 20_000, "[^1]" * 9_000 + "\n\n[^1]: x", "a\n" * 30_000, "**a" * 20_000],
    ids=["brackets", "underlines", "quotes", "lists", "tags", "notes", "lines", "stars"],
)  # fmt: skip
def test_what_would_keep_a_parser_busy_for_minutes_is_read_as_text(note):
    assert marks.render(note, lambda _: None)


# ---- pictures -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "place"),
    [
        ("![Boats at the quay](attachments/a.png)", "attachments/a.png"),
        ("![Boats at the quay](a%20b.png)", "a b.png"),
        ("![[a b.png|Boats at the quay]]", "attachments/a b.png"),
        ("![[a.png|Boats at the quay|300]]", "../assets/a.png"),
        ("![Boats at the quay](:/0123456789abcdef0123456789abcdef)", "resources/0123456789abcdef0123456789abcdef.jpg"),
        ("![Boats at the quay](./_resources/x/a.png)", "_resources/x/a.png"),
        (f"![Boats at the quay](media/ab/{'ab' * 32}.png)", f"../../../media/ab/{'ab' * 32}.png"),
    ],
)
def test_pictures_beside_the_note_come_with_it(mark, place):
    note = f"---\ntitle: T\n---\n{FERRY[0]}\n\n{mark}\n\n{FERRY[1]}\n"
    one = capture(markdown, note, near=lambda address: PNG if address == place else None)
    assert [part.body for part in one.parts] == [PNG]
    read = extract(one)
    assert read.article is not None
    assert [picture.caption for picture in read.article.pictures] == ["Boats at the quay"]
    assert read.media
    assert read.article.pictures[0].src == read.media[0].name


def test_a_picture_that_did_not_come_with_the_note_is_known_by_its_words():
    read = article(
        markdown, f"---\ntitle: T\nurl: {URL}\n---\n{FERRY[0]}\n\n![Boats at the quay](a.png)\n\n![a.png](b.png)\n"
    )
    assert read.pictures == (Picture(None, "Boats at the quay"),)


# ---- articles of an archive ---------------------------------------------------------------------------------------------


def test_an_article_of_an_archive_comes_into_another_as_it_is():
    body = f"{FERRY[0]}\n\n## What \\*next\\*\n\n- one\n\n- two\n\n    - three\n\n> A quote\n\n| a | b |\n| --- | --- |\n| 1 | &#124; |\n\n5\\. is no list  \nbut a line\n\n{FERRY[1]}"
    old = Article(
        id="0123456789abcdef", permalink="2022/03/18/night-ferry", headline="Night ferry: sails *again*", body=body, byline=("Jane Roe", "J. Doe, Jr."),
        standfirst="After the storm.", published=Moment.parse("2022-03-18T06:00:00-04:00"), captured=Moment.parse("2022-03-20T10:00"), url=URL,
        tags=("ferry", "read later"), source="Reuters", publisher="The Ledger", section="Harbour", language="en", views=12,
    )  # fmt: skip
    new = article(markdown, articles.dump(old), "18-night-ferry.md")
    for field in (
        "headline",
        "body",
        "byline",
        "standfirst",
        "published",
        "captured",
        "url",
        "tags",
        "source",
        "publisher",
        "section",
        "language",
        "views",
    ):
        assert getattr(new, field) == getattr(old, field), field


# ---- any bytes ----------------------------------------------------------------------------------------------------------


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_captures_or_remarks(data):
    harmless(markdown, data, "a.md")


@given(
    st.sampled_from([OBSIDIAN, JOPLIN_RAW, HUGO, RICH, LOGSEQ]),
    st.integers(0, 4),
    st.binary(max_size=8),
    st.floats(0, 1),
)
@settings(max_examples=60, deadline=None)
def test_a_note_cut_short_or_damaged_is_read_as_far_as_it_goes(note, quarter, noise, place):
    whole = note.encode()
    cut = whole[: len(whole) * quarter // 4]
    at = int(place * len(cut))
    harmless(markdown, cut[:at] + noise + cut[at:], "a.md")


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"])
def test_notes_in_other_charsets_are_read(charset):
    text = "# 老橋重開\n\n經過十四個月的施工，橫跨河灣的老橋將於本週六上午恢復通行，市政部門表示橋面加寬了一米二，兩側新設了自行車道和行人護欄。\n"
    assert article(markdown, text.encode(charset)).headline == "老橋重開"


def test_a_note_gives_one_capture_that_holds_nothing_but_the_story():
    one = capture(markdown, OBSIDIAN)
    assert (one.whole, one.media_type, one.charset) == (True, "text/markdown", "utf-8")
