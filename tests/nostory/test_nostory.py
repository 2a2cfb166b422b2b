"""Pages that are no article are recognised by class, told apart, and left out unless a person wants them."""

import pytest

from generator import pipeline
from generator.extract import extract
from generator.intake import Stated
from generator.model import Capture, Origin
from tests.samples import FERRY, Run, Sample, TryOut

PROSE = "".join(f"<p>{paragraph}</p>" for paragraph in FERRY)
NOTE = (
    "<p>Please try again later, or write to the newsroom of the Harbour Ledger, which will gladly help you find it.</p>"
)


def codes(
    markup: str, url: str | None = "https://ledger.example/harbour/a-story", *, anyway: bool = False
) -> list[str]:
    found = extract(Capture(markup.encode(), Origin("page.html", "0" * 64), url=url), anyway=anyway)
    kinds = [one.code for one in found.findings if one.code.startswith("only-")]
    assert (found.article is None) == bool(kinds) or anyway
    return kinds


LEADING = f'{PROSE}<ul><li><a href="/2022/night-ferry">Night ferry sails again</a></li></ul>'


def page(title: str, body: str, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("404 – Page not found | The Ledger", "only-error"),
        ("Seite nicht gefunden", "only-error"),
        ("抱歉 - 页面不存在", "only-error"),
        ("Sign in | The Ledger", "only-login"),
        ("会员登录", "only-login"),
        ("Before you continue", "only-consent"),
        ("Wir schätzen Ihre Privatsphäre", "only-consent"),
    ],
)
def test_what_a_page_says_in_its_title_or_heading_tells_what_it_is(title: str, code: str) -> None:
    assert codes(page(title, NOTE * 3)) == [code]


@pytest.mark.parametrize("title", ["Page not found", "Sign in", "We value your privacy"])
def test_a_story_with_such_a_headline_is_a_story(title: str) -> None:
    assert codes(page(title, PROSE, '<meta property="og:type" content="article">')) == []


CHINESE = "".join(
    f"<p>{line}</p>"
    for line in (
        "渡口轮渡公司昨天说，北岸到南湾的夜航从下周五起恢复，末班船改在晚上十一点开，比停航以前晚了两个小时。",
        "去年秋天的风暴掀翻了栈桥，四十根木桩折断，夜里过河的人只好绕行二十公里外的老桥，一绕就是一年半。",
        "试航那天来了两百多人，船走了十四分钟，比时刻表多一分钟。船长说，是看热闹的人舍不得下甲板。",
        "码头边的店主最高兴，他们说夜市总在收摊前一个小时就散了，往后可以开到最后一班船靠岸。",
        "新栈桥比旧的宽出一半，自行车和轮椅不用再等潮水。工程队说，桩打得比图纸深两米，因为河底的泥比三十年前厚了。",
    )
)


@pytest.mark.parametrize(
    "beside",
    [
        "<svg><title>登录</title></svg>",
        "<svg><title>Error</title></svg>",
        "<h2>用户登录</h2>",
        "<aside><h2>登录</h2></aside>",
    ],
)
def test_what_stands_beside_a_story_says_nothing_of_it(beside: str) -> None:
    assert codes(page("夜航轮渡下周五恢复", CHINESE).replace("<h1>", f"{beside}<h1>")) == []


def test_two_hundred_characters_of_chinese_are_as_long_as_six_hundred_of_english() -> None:
    assert codes(page("请登录", CHINESE)) == []
    assert codes(page("请登录", "<p>登录以后可以收藏文章、发表评论，也可以订阅本报的早晚两份通讯。</p>" * 2)) == [
        "only-login"
    ]


def test_a_front_page_is_no_article_though_prose_stands_on_it() -> None:
    front = page("The Harbour Ledger", LEADING, '<meta property="og:type" content="website">')
    assert codes(front, "https://ledger.example/") == ["only-index"]
    assert codes(front, "https://ledger.example/index.html") == ["only-index"]
    assert codes(front.replace("<head>", '<head><link rel="canonical" href="https://ledger.example/">'), None) == [
        "only-index"
    ]
    assert codes(front, "https://ledger.example/2022/night-ferry") == []


def test_a_story_that_is_dated_as_one_may_stand_at_any_address() -> None:
    assert codes(Sample().html, "https://ledger.example/") == []


def test_a_page_that_calls_itself_a_list_is_one() -> None:
    stated = '<script type="application/ld+json">{"@type": "CollectionPage", "name": "Harbour"}</script>'
    assert codes(page("Harbour", PROSE, stated)) == ["only-index"]


def test_a_bare_video_and_a_bare_gallery_are_told_from_stories_with_them() -> None:
    video = '<script type="application/ld+json">{"@type": "VideoObject", "name": "The trial crossing"}</script>'
    short = "<p>The ferry crosses the harbour in the evening light, filmed from the quay by a reader of the Ledger.</p>"
    assert codes(page("The trial crossing", short, video)) == ["only-video"]
    assert codes(page("The trial crossing", PROSE, video)) == []
    gallery = '<script type="application/ld+json">{"@type": "ImageGallery", "name": "Twenty pictures"}</script>'
    assert codes(page("Twenty pictures", short, gallery)) == ["only-gallery"]


def test_it_is_left_out_and_taken_in_when_a_person_says_so(archive: TryOut, run: Run) -> None:
    front = "<!-- saved from url=(0023)https://ledger.example/ -->" + page("The Harbour Ledger", LEADING)
    file = archive.save("front.html", front)
    report = archive.add(file)
    assert [one.code for one in report.findings] == ["only-index"]
    assert archive.articles() == []
    again = archive.save("again.html", front + "<!-- again -->")
    taken = pipeline.add(archive.settings, [again], Stated(anyway=True), 0, pipeline.Quiet())
    assert taken.verdicts == {"added": 1}
    assert run("--archive", archive.root, "add", "--anyway", archive.save("third.html", front + " ")).status == 0


def test_a_front_page_that_leads_nowhere_on_its_site_is_a_page_like_any_other() -> None:
    lone = f'<html><head><title>A notice</title></head><body><h1>A notice</h1>{PROSE}<p><a href="https://other.example/x">More</a></p></body></html>'
    assert codes(lone, "https://notice.example/") == []
