"""Articles that nobody wrote, always the same ones: number N depends on N alone, in our form and in Hugo's.

Six hundred words in two scripts (three in ten are Chinese), twenty sections, two thousand tags by Zipf's law, fifty
sources, three hundred writers, ten years: the shape of a news archive, with words drawn from syllables.
"""

from __future__ import annotations

import bisect
import itertools
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from generator import content
from generator.model import Article, Held, Moment

SEED = 20261122
END = datetime(2026, 11, 22, tzinfo=UTC)
SPAN = timedelta(days=3650)
EXTRA = 9_999_999  # the number of the article that is added; by itself it is dated after all others
CHINESE = 0.3
SECTIONS = (
    *("World", "Politics", "Business", "Markets", "Technology", "Science", "Health", "Climate", "Energy", "Sport"),
    *("Culture", "Opinion", "Education", "Travel", "Law", "Media", "North", "South", "East", "West"),
)
SYLLABLES = [a + b for a in "bdfgklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "in", "or", "al")]


def _zipf(count: int, shift: float) -> list[float]:
    return list(itertools.accumulate(1 / (rank + shift) for rank in range(count)))


_drawn = random.Random(SEED)
WORDS = list(dict.fromkeys("".join(_drawn.choices(SYLLABLES, k=_drawn.choice((1, 2, 2, 3)))) for _ in range(20_000)))
CHARACTERS = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
_drawn.shuffle(CHARACTERS)
TAGS = list(dict.fromkeys(" ".join(_drawn.sample(WORDS[100:5000], _drawn.choice((1, 2, 2)))) for _ in range(2100)))[
    :2000
]
SOURCES = [
    f"{word.capitalize()} {kind}" for word in WORDS[300:310] for kind in ("Herald", "Post", "Gazette", "Star", "Mail")
]
WRITERS = [f"{one.capitalize()} {two.capitalize()}" for one in WORDS[400:420] for two in WORDS[500:515]]
WORD_LAW, CHARACTER_LAW = _zipf(len(WORDS), 2.7), _zipf(len(CHARACTERS), 30)
TAG_LAW, SOURCE_LAW = _zipf(len(TAGS), 10), _zipf(len(SOURCES), 3)


@dataclass(frozen=True, slots=True)
class Story:
    """An article as both are given it."""

    number: int
    headline: str
    when: datetime
    slug: str
    tags: tuple[str, ...]
    section: str
    source: str
    writer: str
    language: str
    standfirst: str
    body: str

    @property
    def url(self) -> str:
        return f"https://news.example/{self.when:%Y}/{self.number}"


class _Text:
    """Words, sentences and paragraphs of one article, in its language."""

    def __init__(self, drawn: random.Random) -> None:
        self._drawn = drawn
        self.chinese = drawn.random() < CHINESE

    def words(self, count: int) -> str:
        if self.chinese:
            return "".join(self._drawn.choices(CHARACTERS, cum_weights=CHARACTER_LAW, k=2 * count))
        return " ".join(self._drawn.choices(WORDS, cum_weights=WORD_LAW, k=count))

    def title(self) -> str:
        return self.words(7) if self.chinese else self.words(self._drawn.randint(6, 10)).capitalize()

    def sentence(self) -> str:
        long = self._drawn.randint(9, 28)
        if self.chinese:
            return f"{self.words(long // 4)}，{self.words(long // 4)}。"
        return f"{self.words(long // 2).capitalize()}, {self.words(long - long // 2)}."

    def paragraph(self, count: int) -> str:
        said = [self.sentence() for _ in range(count)]
        kind = self._drawn.random()
        if kind < 0.35:
            said.insert(1, f"[{self.words(3)}](https://elsewhere.example/{self._drawn.randrange(10**6)}?a=1&b=2).")
        elif kind < 0.55:
            said[0] = f"**{said[0]}**"
        elif kind < 0.7:
            said[-1] = f"*{said[-1]}*"
        return ("" if self.chinese else " ").join(said)


def story(number: int) -> Story:
    """The article of that number."""
    drawn, text, when = _begun(number)
    tags: dict[str, None] = {}
    wanted = drawn.choice((2, 3, 4, 4, 5, 6))
    while len(tags) < wanted:
        tags[_by(TAGS, TAG_LAW, drawn)] = None
    headline = text.title()
    return Story(
        number, headline, when, f"{number:07}", tuple(tags), drawn.choice(SECTIONS), _by(SOURCES, SOURCE_LAW, drawn),
        drawn.choice(WRITERS), "zh-Hans" if text.chinese else "en", text.sentence(), _body(text, drawn),
    )  # fmt: skip


def newest(count: int) -> datetime:
    """The moment of the newest of so many articles."""
    return max(_begun(number)[2] for number in range(count))


def _begun(number: int) -> tuple[random.Random, _Text, datetime]:
    drawn = random.Random(SEED * 1_000_003 + number)
    text = _Text(drawn)
    if number == EXTRA:
        return drawn, text, END + timedelta(hours=12)
    return drawn, text, END - timedelta(seconds=drawn.randrange(int(SPAN.total_seconds())))


def _by(names: list[str], law: list[float], drawn: random.Random) -> str:
    return names[bisect.bisect(law, drawn.random() * law[-1])]


def _body(text: _Text, drawn: random.Random) -> str:
    blocks = [text.paragraph(3)]
    for part in range(4):
        blocks += [f"## {text.title()}", text.paragraph(drawn.randint(2, 4)), text.paragraph(drawn.randint(2, 3))]
        if part == 1:
            blocks.append("\n".join(f"- {text.sentence()}" for _ in range(4)))
        if part == 2:
            blocks.append(f"> {text.sentence()}")
    return "\n\n".join(blocks)


def put(root: Path, one: Story) -> Path:
    """Write it as an article of ours into `content/`."""
    article = Article(
        id=f"{one.number:016x}",
        headline=one.headline,
        body=one.body,
        byline=(one.writer,),
        publisher=one.source,
        published=Moment.parse(f"{one.when:%Y-%m-%dT%H:%M:%SZ}"),
        section=one.section,
        tags=one.tags,
        language=one.language,
        url=one.url,
        standfirst=one.standfirst,
        captures=(Held(f"saved/{one.number}.html", f"{one.number:064x}"),),
    )
    return root / content.put(root, article, lambda permalink: False)  # noqa: ARG005 - no two headlines are alike


def put_for_hugo(root: Path, one: Story) -> Path:
    """Write it as a page of Hugo's below `root`, with the taxonomies that its templates list."""
    front = {
        "title": one.headline, "date": f"{one.when:%Y-%m-%dT%H:%M:%SZ}", "slug": one.slug, "tags": one.tags,
        "desk": [one.section], "source": [one.source], "year": [f"{one.when:%Y}"], "month": [f"{one.when:%Y-%m}"],
        "author": one.writer, "language": one.language, "original_url": one.url, "description": one.standfirst,
    }  # fmt: skip
    file = root / f"{one.when:%Y/%m}" / f"{one.slug}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items())
    file.write_text(f"---\n{lines}\n---\n\n{one.body}\n", "utf-8")
    return file
