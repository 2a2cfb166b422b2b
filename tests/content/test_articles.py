"""Articles on disk: written once under an address of their own, never over a person's edit."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from generator import content
from generator.content.articles import file_of, permalink_of
from generator.model import Article, Claim, Comment, Held, Moment, Picture, Seen
from tests.samples import Run, Sample, TryOut

ODD = b"/content/articles/x\xff.md"

ARTICLE = Article(
    id="0123456789abcdef",
    headline="渡轮夜航恢复",
    body="第一段。\n\n## 小标题\n\n第二段。",
    kicker="港口",
    standfirst="末班船延至二十三时。",
    byline=("顾南洲", "桑知宁"),
    editors=("闻溪",),
    source="北岸晚报",
    publisher="渡口新闻网",
    outlet="dukou-news.example",
    published=Moment.parse("2025-03-18T11:30:28"),
    modified=Moment.parse("2025-03-19T08:00+08:00"),
    captured=Moment.parse("2025-03-20"),
    section="民生",
    breadcrumb=("渡口新闻网", "民生"),
    region="浙江",
    tags=("渡轮", "夜航"),
    language="zh-Hans",
    url="https://www.dukou-news.example/1.html",
    rights="© 渡口新闻网",
    views=149,
    comments=(Comment("读者", "终于。"), Comment(None, "好。", "2025-03-19")),
    pictures=(Picture(None, "码头", "资料图"),),
    seen=(Seen("另一篇", "摘要…", "https://www.dukou-news.example/2.html", "更多推荐"),),
    captures=(Held("saved/1.html", "ab" * 32, captured=Moment.parse("2025-03-20")),),
    evidence=(
        Claim("published", ("2025-03-18T11:30:28",), "zh:时间", 0.9, "时间:2025-03-18 11:30:28"),
        Claim("byline", ("顾南洲", "桑知宁"), "zh:作者", 0.8),
        Claim("byline", (), "zh:【作者】", 0.0, "【作者:】"),
    ),
)


def free(permalink: str) -> bool:
    """No other article claims an address."""
    return permalink == "taken"


def test_an_address_that_another_article_claims_is_left_to_it(tmp_path: Path) -> None:
    taken = {"2025/03/18/du-lun-ye-hang-hui-fu"}
    assert content.put(tmp_path, ARTICLE, taken.__contains__).endswith("-hui-fu-2.md")


def test_an_article_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    file = content.put(tmp_path, ARTICLE, free)
    assert file == "articles/2025/03/18-du-lun-ye-hang-hui-fu.md"
    held = content.read_article(tmp_path, file)
    assert held.article == replace(ARTICLE, permalink="2025/03/18/du-lun-ye-hang-hui-fu")
    assert held.intact
    assert held.findings == ()


def test_every_field_of_an_article_has_its_place_in_the_front_matter() -> None:
    assert {*content.FIELDS, "body"} == set(Article.__dataclass_fields__)


def test_a_second_article_of_the_same_name_gets_a_number(tmp_path: Path) -> None:
    first, second = (
        content.put(tmp_path, ARTICLE, free),
        content.put(tmp_path, replace(ARTICLE, id="fedcba9876543210"), free),
    )
    assert second == first.replace(".md", "-2.md")


def test_a_long_name_with_a_number_is_read_back(tmp_path: Path) -> None:
    long = replace(ARTICLE, headline="闭馆十四个月的图书馆今天重新开门迎接第一批读者和他们的孩子们")
    content.put(tmp_path, long, free)
    second = content.read_article(tmp_path, content.put(tmp_path, replace(long, id="fedcba9876543210"), free))
    assert second.findings == ()
    assert second.article is not None
    assert second.article.permalink.endswith("-2")


def test_an_article_without_a_date_lies_apart(tmp_path: Path) -> None:
    assert content.put(tmp_path, replace(ARTICLE, published=None), free) == "articles/undated/du-lun-ye-hang-hui-fu.md"


@pytest.mark.parametrize(
    "permalink", ["2025/03/18/ferry", "2025/03/18/17-lu-che", "undated/ferry", "undated/17-lu-che"]
)
def test_addresses_and_files_are_inverse(permalink: str) -> None:
    assert permalink_of(file_of(permalink)) == permalink


def test_another_capture_joins_an_untouched_article(tmp_path: Path) -> None:
    file = content.put(tmp_path, ARTICLE, free)
    other = Held("saved/2.html", "cd" * 32)
    held = content.read_article(tmp_path, file)
    assert held.article is not None
    assert content.rewrite(tmp_path, held, replace(held.article, captures=(other, *held.article.captures)))
    joined = content.read_article(tmp_path, file)
    assert joined.article is not None
    assert joined.article.captures == (other, *ARTICLE.captures)
    assert joined.intact


def test_an_edited_article_is_never_written_again(tmp_path: Path) -> None:
    file = content.put(tmp_path, ARTICLE, free)
    edited = (tmp_path / file).read_text("utf-8").replace("第二段。", "第二段，更正。")
    (tmp_path / file).write_text(edited, "utf-8")
    held = content.read_article(tmp_path, file)
    assert not held.intact
    assert held.article is not None
    assert not content.rewrite(tmp_path, held, replace(held.article, headline="Another"))
    assert (tmp_path / file).read_text("utf-8") == edited


def test_a_persons_own_file_needs_no_more_than_a_headline(tmp_path: Path) -> None:
    file = tmp_path / "articles/2024/05/01-fishing-ban.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\nheadline: Fishing ban begins\n---\nAll boats are in.\n", "utf-8")
    article = content.read_article(tmp_path, "articles/2024/05/01-fishing-ban.md").article
    assert article is not None
    assert article.permalink == "2024/05/01/fishing-ban"
    assert article.body == "All boats are in."


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('published: "soon"', "published: not a date or time"),
        ('tags: "harbour"', "tags: expected a list"),
        ('permalink: "../../etc/passwd"', "permalink: expected an address"),
        ('evidence: {"published": ["x"]}', "evidence: the claims about 'published' are no mappings"),
    ],
)
def test_a_field_of_the_wrong_kind_is_remarked_and_left_unknown(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "x.md").write_text(f'---\nheadline: "Ferry"\n{line}\n---\nBody\n', "utf-8")
    held = content.read_article(tmp_path, "x.md")
    assert [finding.code for finding in held.findings] == ["article-field-invalid"]
    assert message in str(held.findings[0])
    assert held.article is not None


@pytest.mark.parametrize("source", [b"", b"\xff\xfe", b"---\ntags: []\n---\n", b"no front matter"])
def test_an_unreadable_article_is_a_finding(tmp_path: Path, source: bytes) -> None:
    (tmp_path / "x.md").write_bytes(source)
    held = content.read_article(tmp_path, "x.md")
    assert held.article is None
    assert [finding.code for finding in held.findings] == ["article-unreadable"]
    assert held.findings[0].where == "content/x.md"


def test_an_article_whose_name_is_no_text_is_told_by_whoever_goes_through_them_all(run: Run, archive: TryOut) -> None:
    archive.add(archive.save("ferry.html", Sample()))
    archive.build()
    os.rename(archive.root / "content/articles" / archive.articles()[0], os.fsencode(archive.root) + ODD)  # noqa: PTH104 - bytes
    assert content.every_article(archive.settings.content)[0] == []
    for command in (["review"], ["add", "--refresh"], ["check", "--leaks"]):
        said = run("--archive", archive.root, *command)
        assert (said.status, "content/articles/x?.md: error: its name is not text: rename it" in said.err) == (1, True)
