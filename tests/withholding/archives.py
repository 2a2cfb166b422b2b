"""An archive of articles written straight to disk, and a second hand that looks for what it withholds.

Shares no line with `check --leaks`: every file of the site is read, its escapes undone, and each run looked up.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from generator import content
from generator.model import Article
from tests.samples import TryOut, tree

RUN = 12


def put(archive: TryOut, *articles: Article) -> list[str]:
    """The articles as files of the archive."""
    return [content.put(archive.settings.content, article, lambda _: False) for article in articles]


def page(archive: TryOut, permalink: str) -> str:
    return (archive.root / f"site/{permalink}.html").read_text("utf-8")


def everything(site: Path) -> str:
    """All that can be read in a site, a file a line: as it is, and without tags and escapes."""
    lines = []
    for name, body in tree(site).items():
        raw = body.decode("utf-8", "replace")
        bare = html.unescape(re.sub(r"<[^>]*>", "", raw))
        loaded = json.dumps(json.loads(raw), ensure_ascii=False) if name.endswith(".json") else ""
        lines += [" ".join(form.split()) for form in (name, raw, html.unescape(raw), bare, loaded)]
    return "\n".join(lines).casefold()


def words(article: Article) -> str:
    """What an article says, on one line for each field."""
    said = [article.headline, article.standfirst or "", article.body]
    said += [comment.text for comment in article.comments] + [one.caption or "" for one in article.pictures]
    return "\n".join(" ".join(one.split()) for one in said).casefold()


def left_over(site: Path, withheld: list[Article], shown: list[Article]) -> list[str]:
    """Every run of twelve characters that only withheld articles hold and that stands in the site."""
    legit = "\n".join(map(words, shown))
    read = everything(site)
    runs = {
        line[at : at + RUN] for one in withheld for line in words(one).split("\n") for at in range(len(line) - RUN + 1)
    }
    return sorted(run for run in runs if run in read and run not in legit)
