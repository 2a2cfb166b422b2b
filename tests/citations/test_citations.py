"""Citations: what each style asks for, in any script, and nothing that breaks out of its place."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from generator.citations import bibtex, chicago, cited, gb_t_7714
from generator.model import Article, Moment

FERRY = Article(
    id="4f1c2d3e4f5a6b7c", headline="渡轮改点 末班延至二十三时", body="", byline=("林一舟", "周渡"), publisher="河口晚报",
    published=Moment.parse("2024-05-06T07:08"), captured=Moment.parse("2024-05-09"), url="https://news.hekou.example/2024/1.html",
)  # fmt: skip
WELL = Article(
    id="0a1b2c3d4e5f6071", headline="Town & county dig 100% of a “wishing” well", body="", byline=("Ada Brook",),
    publisher="The Bend", published=Moment.parse("2023-11-02"),
)  # fmt: skip
PAGE = "https://archive.example/2024/05/06/du-lun.html"


def test_a_chinese_paper_is_cited_as_the_standard_has_it() -> None:
    assert gb_t_7714(FERRY) == (
        "林一舟, 周渡. 渡轮改点 末班延至二十三时[N/OL]. 河口晚报, 2024-05-06[2024-05-09]. https://news.hekou.example/2024/1.html."
    )


def test_of_many_authors_three_are_named() -> None:
    four = replace(FERRY, byline=("甲一", "乙二", "丙三", "丁四"))
    assert gb_t_7714(four).startswith("甲一, 乙二, 丙三, 等. ")
    assert gb_t_7714(replace(four, headline="Ferry")).startswith("甲一, 乙二, 丙三, et al. ")


def test_what_stood_in_no_paper_is_an_electronic_bulletin() -> None:
    bare = replace(FERRY, byline=(), publisher=None)
    assert gb_t_7714(bare) == (
        "渡轮改点 末班延至二十三时[EB/OL]. (2024-05-06)[2024-05-09]. https://news.hekou.example/2024/1.html."
    )


def test_a_note_after_chicago_names_the_author_as_printed_and_the_page_in_the_archive() -> None:
    assert chicago(WELL) == "Ada Brook, “Town & county dig 100% of a ‘wishing’ well,” The Bend, November 2, 2023."
    assert chicago(FERRY, PAGE).endswith(
        f"河口晚报, May 6, 2024, https://news.hekou.example/2024/1.html, captured May 9, 2024, {PAGE}."
    )


def test_bibtex_keeps_names_whole_and_special_characters_harmless() -> None:
    assert bibtex(replace(WELL, byline=("Ada Brook", "The #1 {crew}"))) == (
        "@online{0a1b2c3d4e5f6071,\n"
        "  author = {{Ada Brook} and {The \\#1 \\{crew\\}}},\n"
        "  title = {{Town \\& county dig 100\\% of a “wishing” well}},\n"
        "  organization = {The Bend},\n"
        "  date = {2023-11-02}\n}"
    )
    assert f"  note = {{Archived at \\url{{{PAGE}}}}}" in bibtex(FERRY, PAGE)


TEXT = st.text(max_size=40)


@given(TEXT, st.lists(TEXT, max_size=5), st.none() | TEXT, st.none() | TEXT)
def test_whatever_a_page_says_there_is_a_citation_in_one_line_and_braces_are_paired(
    headline: str, byline: list[str], publisher: str | None, url: str | None
) -> None:
    odd = Article(id="x", headline=headline, body="", byline=tuple(byline), publisher=publisher, url=url)
    for style, words in cited(odd, ("gb-t-7714", "chicago", "bibtex"), PAGE):
        assert words
        if style == "BibTeX":
            bare = words.replace("\\{", "").replace("\\}", "")
            assert bare.count("{") == bare.count("}")
