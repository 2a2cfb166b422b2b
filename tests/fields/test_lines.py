"""One visible line and what it says under its labels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.fields import names
from generator.fields.lines import LENGTH, line_claims


def said(line):
    return {claim.field: claim.values for claim in line_claims(line)}


@pytest.mark.parametrize(
    ("line", "statements"),
    [
        (
            "来源：海滨日报 | 时间：2024-03-05 11:30:28 | 点击：149",
            {"source": ("海滨日报",), "published": ("2024-03-05T11:30:28",), "views": ("149",)},
        ),
        ("责任编辑：沈渡口", {"editors": ("沈渡口",)}),
        ("（责任编辑：沈渡口）", {"editors": ("沈渡口",)}),
        ("作者：陆一帆、何小舟 责编：沈渡", {"byline": ("陆一帆", "何小舟"), "editors": ("沈渡",)}),
        ("文/陆一帆 编辑/沈渡", {"byline": ("陆一帆",), "editors": ("沈渡",)}),
        ("2024年03月05日 10:12 来源：海滨日报 记者 陆一帆", {"source": ("海滨日报",)}),
        ("浏览量: 1.2万", {"views": ("12000",)}),
        ("時間：2024/03/05 來源：港灣社", {"published": ("2024-03-05",), "source": ("港灣社",)}),
        ("By Ada Quill and Tom Reed", {"byline": ("Ada Quill", "Tom Reed")}),
        (
            "Author: Ada Quill | Published on March 5, 2024 | 1,234 views",
            {"byline": ("Ada Quill",), "published": ("2024-03-05",), "views": ("1234",)},
        ),
        ("Published 5 March 2024, 11:30 GMT", {"published": ("2024-03-05T11:30+00:00",)}),
        ("Von Anke Deich und Jens Mole", {"byline": ("Anke Deich", "Jens Mole")}),
        ("Автор: Иван Причалов", {"byline": ("Иван Причалов",)}),
        ("Por Ana Puerto", {"byline": ("Ana Puerto",)}),
        ("Last updated: 5 March 2024", {"modified": ("2024-03-05",)}),
    ],
)
def test_labels_say_what_follows(line, statements):
    got = said(line)
    assert {field: got.get(field) for field in statements} == statements


def test_an_empty_author_is_stated_as_unknown():
    (claim,) = line_claims("【作者：】")
    assert (claim.field, claim.values, claim.confidence) == ("byline", (), 0.0)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By continuing you agree to our terms and conditions",
        "Von hier aus sieht man das Meer",
        "The source of the river lies in the hills",
        "论文作者的来源多种多样",
        "Time and tide wait for nobody",
    ],
)
def test_running_text_states_nothing(line):
    assert line_claims(line) == ()


def test_a_credit_in_brackets_is_found_at_the_end_of_a_long_line():
    assert said("港口" * LENGTH + "。（责任编辑：沈渡口）") == {"editors": ("沈渡口",)}
    assert said("（记者 陆一帆）" + "港口" * LENGTH) == {"byline": ("陆一帆",)}


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="来源：: 作者责任编辑|By Von【】（）12/-、and,;@.\u3000\n", max_size=300))
def test_no_line_raises_and_every_claim_is_well_formed(line):
    for claim in line_claims(line):
        assert 0.0 <= claim.confidence <= 1.0
        assert bool(claim.values) == (claim.confidence > 0)
        assert all(value.strip() for value in claim.values)


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("By Ada Quill, Staff Writer", ("Ada Quill",)),
        ("Ada Quill Senior Harbour Editor", ("Ada Quill",)),
        ("Quill, Ada", ("Ada Quill",)),
        ("Ada Quill, Tom Reed & Bo Lind", ("Ada Quill", "Tom Reed", "Bo Lind")),
        ("Anke Deich und Jens Mole, dpa", ("Anke Deich", "Jens Mole")),
        ("Ada Quill (Reuters) ada@paper.example", ("Ada Quill",)),
        ("本报记者 陆一帆 何小舟", ("陆一帆", "何小舟")),
        ("记者 李 明", ("李明",)),
        ("홍길동 기자", ("홍길동",)),
        ("Redaktion", ()),
        ("The Harbour Gazette", ()),
        ("https://paper.example/ada", ()),
        ("5 March 2024", ()),
        ("admin", ()),
    ],
)
def test_people_are_told_from_what_stands_around_them(raw, people):
    assert names.split(raw, ("The Harbour Gazette",)) == people


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_no_byline_raises_and_names_are_clean(text):
    for name in names.split(text):
        assert name == name.strip()
        assert name in names.split(name) or names.split(name) != ()
