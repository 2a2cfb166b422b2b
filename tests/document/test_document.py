"""A capture decoded and parsed once, whatever its bytes are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import document
from generator.model import Capture, Origin


def read(body, **more):
    return document.read(
        Capture(body if isinstance(body, bytes) else body.encode(), Origin("a.html", "0" * 64), **more)
    )


def codes(page):
    return [finding.code for finding in page.findings]


CHINESE = "港口将在月底前重新开放，工程师说损坏比预期小，渔民表示欢迎。"


@pytest.mark.parametrize(
    ("text", "written", "stated", "charset", "mended"),
    [
        (CHINESE, "gb18030", "gb2312", "gb18030", False),
        (CHINESE, "utf-8", "gb2312", "utf-8", True),
        ("佢哋話咗嘅港口下個月重開，喺碼頭嘅人都知。", "big5hkscs", "big5", "big5hkscs", False),
        ("費用は①№Ⅲで、髙橋さんが払った。", "cp932", "shift_jis", "cp932", False),
        ("Coût : 40 € – l’œuvre « bientôt »…", "cp1252", "iso-8859-1", "cp1252", False),
        ("Der Hafen öffnet für Schiffe – übermorgen früh.", "utf-8", "iso-8859-1", "utf-8", True),
        ("Порт откроется до конца месяца, сказали инженеры.", "koi8-r", "koi8-r", "koi8-r", False),
        ("港は今月末までに再開される", "iso2022_jp", "iso-2022-jp", "iso2022_jp", False),
    ],
)
def test_the_stated_charset_is_tried_and_mended(text, written, stated, charset, mended):
    page = read(
        f'<html><head><meta charset="{stated}"></head><body><p>'.encode() + text.encode(written) + b"</p></body></html>"
    )
    assert page.lines == (text,)
    assert page.charset == charset
    assert ("charset-mended" in codes(page)) is mended


def test_a_page_that_states_nothing_is_guessed():
    russian = (
        "Порт снова откроется до конца месяца, сказали инженеры. После шторма рыбаки пользовались временным причалом."
    )
    assert read(b"<html><body><p>" + russian.encode("cp1251")).lines == (russian,)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_and_without_its_mark(codec):
    page = read(
        "<!doctype html><html><head><title>Quay</title></head><body><p>Häfen und Schiffe</p></body></html>".encode(
            codec
        )
    )
    assert page.lines == ("Häfen und Schiffe",)


def test_broken_bytes_are_replaced_and_reported_and_nul_is_dropped():
    page = read(
        "<p>Über den Hafen führt für alle ein schöner Weg, größer als früher</p>".encode() + b"<p>a\x00b \xff c</p>"
    )
    assert page.lines[1] == "ab \ufffd c"
    assert codes(page) == ["charset-replaced"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>first " + "<div>" * 100_000 + "deepest" + "</div>" * 100_000 + "<p>last",
        "<p>first " + "<b>" * 50_000 + "deepest <p>last",
        "<p>first <p " + " ".join(f"a{number}='x'" for number in range(50_000)) + ">deepest",
        "<p>first <p " + " ".join(f"a{number}" for number in range(50_000)) + ">deepest",
        "<p>first <p>deepest" + "<i></i>" * 250_000 + "last",
    ],
)
def test_bombs_of_markup_are_cut_and_reported(body):
    page = read(body)
    assert "markup-limit" in codes(page)
    assert "first" in page.lines[0]
    assert "deepest" in " ".join(page.lines)


def test_one_long_attribute_is_no_bomb():
    page = read(f'<p>first <img alt="{"a b=c " * 5_000}" src="x.png">last')
    assert codes(page) == []
    assert page.lines == ("first last",)


@pytest.mark.parametrize(
    "quiet",
    [
        "<script>%s</script>",
        '<script type="text/javascript">%s</script>',
        "<style>%s</style>",
        "<!-- %s -->",
        '<script type="application/json">{"markup": "<script src=%s"}</script>',
    ],
)
def test_a_comparison_in_a_script_is_no_tag_whose_attributes_are_counted(quiet):
    page = read(f"<p>first</p>{quiet % ('i<l.length;' + 'a=b c; ' * 3_000)}<p>last</p>")
    assert codes(page) == []
    assert page.lines == ("first", "last")


def test_a_quote_that_was_never_closed_makes_no_long_tag_of_what_follows():
    story = '<p class="line" title="a">words</p>' * 600
    page = read(f'<div id="rail</div><div data-place="RAIL" data-kind="RAIL"></div>{story}')
    assert codes(page) == []
    assert len(page.lines) == 600


def test_attributes_are_counted_behind_an_empty_comment_and_a_script_that_closes_itself():
    for before in ("<!-->", "<!--->", "<script/>", "<style />"):
        assert codes(read(f"<p>first</p>{before}<p {'a=b c=d ' * 3_000}>last</p>")) == ["markup-limit"]


def test_a_line_is_a_block_without_scripts_and_what_is_hidden():
    page = read(
        "<body><p>one <b>bo</b>ld<br>two</p><script>no()</script><p style='display: none'>no</p><div hidden>no</div><ul><li>three</li></ul><noscript>no</noscript>"
    )
    assert page.lines == ("one bold", "two", "three")


def test_a_drawing_that_was_never_closed_does_not_hide_the_page():
    assert read("<body><svg><desc>no</desc><div><p>words</p></div></body>").lines[-1] == "words"


def test_meta_is_kept_by_lower_case_name_in_order():
    page = read(
        '<meta property="Article:Tag" content="a"><meta name="article:tag" content="b"><meta name="x" content=" &amp;quot;y&amp;quot; ">'
    )
    assert page.meta["article:tag"] == ("a", "b")
    assert page.meta["x"] == ('"y"',)
    assert page.first("nothing", "x") == '"y"'


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "H",}',
        '<!-- {"@type": "NewsArticle", "headline": "H"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "H"}\n//]]>',
        '[{"@graph": [{"@type": "NewsArticle", "headline": "H"}]}]',
        '{"@type": "NewsArticle", "headline": "H", "body": "two\nlines"};',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;H&quot;}",
        '{"@type": "NewsArticle", "headline": "H"} {"@type": "Thing"}',
    ],
)
def test_structured_data_is_mended_where_that_is_cheap(script):
    page = read(f'<script type="application/ld+json">{script}</script><p>x</p>')
    assert [one.get("headline") for one in page.data] == ["H"]
    assert codes(page) == []


@pytest.mark.parametrize("script", ["{", "[" * 100_000, '{"a": nope}', '{"a":' * 5_000])
def test_broken_structured_data_are_remarked_and_lost(script):
    page = read(f'<script type="application/ld+json">{script}</script><p>words</p>')
    assert page.data == ()
    assert codes(page) == ["structured-data-broken"]
    assert page.lines == ("words",)


def test_deep_structured_data_are_cut():
    nested = '{"@type": "A", "x": ' * 100 + "1" + "}" * 100
    page = read(f'<script type="application/ld+json">{nested}</script>')
    assert len(page.data) == 1


def test_microdata_keeps_the_path_and_leaves_other_items_alone():
    page = read(
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">H</h1>'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ada Quill</b></span>'
        '<time itemprop="datePublished" datetime="2024-03-05">5 March</time></div>'
        '<div itemscope itemtype="https://schema.org/Comment"><b itemprop="author">Troll</b></div>'
    )
    assert page.microdata == {
        "headline": ("H",),
        "author": ("Ada Quill",),
        "author.name": ("Ada Quill",),
        "datepublished": ("2024-03-05",),
    }


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://paper.example/a", "https://paper.example/a"),
        ("/a", None),
        ("javascript:alert(1)", None),
        ("https://[broken/", None),
        ("ftp://paper.example/", None),
    ],
)
def test_only_a_web_address_is_the_pages_own(link, url):
    assert read(f'<link rel="canonical" href="{link}"><p>x').url == url


def test_the_container_knows_the_address_better_than_the_page():
    assert (
        read('<link rel="canonical" href="https://paper.example/a">', url="https://other.example/").host
        == "other.example"
    )


def test_plain_text_has_lines_and_no_tree():
    page = read("one\r\n\r\ntwo <b>", media_type="text/plain")
    assert page.lines == ("one", "", "two <b>")
    assert page.tree is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"<",
        b"<!--",
        b"<!-- only -->",
        b"\xef\xbb\xbf",
        b"\x00" * 9,
        b"<?xml version='1.0'?>",
        b"&#0;&#xD800;&#x110000;",
        b"<html/>",
    ],
)
def test_odd_bytes_never_raise(body):
    assert read(body).capture.body == body


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(body):
    read(body)
    read(b'<script type="application/ld+json">' + body + b"</script><meta charset=" + body[:9] + b">")


WORDS = ("date", "tag", " dek", "by-line", "x")


@given(
    st.lists(
        st.tuples(st.sampled_from(["p", "div", "date"]), st.text(st.sampled_from("datgkex-by line\n"))), max_size=8
    )
)
def test_elements_are_found_by_what_they_are_called_as_if_each_were_asked(elements):
    page = read("".join(f'<{tag} class="{name}">x</{tag}>' for tag, name in elements))
    wanted = [marks for marks in page.marked if any(word in marks.partition(" ")[2] for word in WORDS)]
    assert list(page.called(WORDS)) == wanted
    assert list(page.called(())) == list(page.marked)


def test_a_view_of_a_document_is_made_once():
    asked = []

    @document.view
    def length(page, more):
        asked.append(more)
        return len(page.text) + more

    page, other = read("<p>ab</p>"), read("<p>abc</p>")
    assert [length(page, 1), length(page, 1), length(page, 2), length(other, 1)] == [10, 10, 11, 11]
    assert asked == [1, 2, 1]


def test_a_second_head_inside_the_body_does_not_swallow_it():
    page = read("<html><head><title>T</title></head><body><p>One</p><HEAD lang=x><p>Two</p></body></html>")
    assert page.lines == ("One", "Two")
