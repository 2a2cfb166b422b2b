"""Short isolated lines between paragraphs become the subheads that they were.

Looks only at blocks and their order; never at words of a particular page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.body.blocks import Block, Run

MAX_HAN = 32
MAX_LETTERS = 90
MAX_WORDS = 14
MAX_RUN = 2  # subheads that follow each other; three short lines are a list

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDS = frozenset("。！？!?…；;：:，,、.—-")
_CLOSING = "”’」』\"')）]】》"
_INSIDE = re.compile(r"[。！？；]|[.!?;] ")
_LETTER = re.compile(r"[^\W\d_]")
_CREDITED = re.compile(r"(?:[摄攝]|供图|供圖|记者|記者|通讯员|撮影|기자|资料图|电|訊|讯|[)）】\]])$")


def is_chinese(blocks: Sequence[Block]) -> bool:
    """Whether most of the text is written in Han characters."""
    words = "".join(block.words for block in blocks)[:20_000]
    return len(re.findall(r"[\u3400-\u9fff]", words)) * 3 > len(words) and not re.search(r"[\u3040-\u30ff]{3}", words)


def promote(blocks: Sequence[Block], *, bold_only: bool) -> tuple[Block, ...]:
    """The blocks with subheads made headings: wholly bold short lines, and plain ones too unless `bold_only`."""
    found = _marked(blocks, _bold)
    if not bold_only:
        plain = _marked(blocks, _short)
        texts = sum(block.kind == "paragraph" for block in blocks)
        found |= plain if len(plain) * 2 <= texts else set()
    return tuple(_heading(block) if index in found else block for index, block in enumerate(blocks))


def is_short(words: str) -> bool:
    """Whether the line could be a subhead: short, with letters, without the punctuation of a sentence."""
    if not words or words.rstrip(_CLOSING)[-1:] in _ENDS or _INSIDE.search(words) or _CREDITED.search(words):
        return False
    if _HAN.search(words):
        return 3 <= len(words) <= MAX_HAN
    return len(words) <= MAX_LETTERS and len(words.split()) <= MAX_WORDS and bool(_LETTER.search(words))


def _marked(blocks: Sequence[Block], accepts: Callable[[Block, int], bool]) -> set[int]:
    """Positions of the blocks accepted, in runs of at most `MAX_RUN`, each run followed by a paragraph."""
    found: set[int] = set()
    run: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind == "paragraph" and accepts(block, index):
            run.append(index)
        elif block.kind != "picture":
            if len(run) <= MAX_RUN and (block.kind in ("list", "table", "quote") or _is_text(block)):
                found.update(run)
            run = []
    return found


def _is_text(block: Block) -> bool:
    words = block.words
    return block.kind == "paragraph" and (
        words.rstrip(_CLOSING)[-1:] in _ENDS or len(words) > (MAX_HAN if _HAN.search(words) else MAX_LETTERS)
    )


def _bold(block: Block, _index: int) -> bool:
    inked = [run for run in block.runs if run.text.strip()]
    words = block.words
    return (
        bool(inked) and all(run.strong and run.href is None for run in inked) and (is_short(words) or _question(words))
    )


def _question(words: str) -> bool:
    return words[-1:] in "?？" and is_short(words.rstrip("?？"))


def _short(block: Block, index: int) -> bool:
    return index > 0 and all(run.href is None for run in block.runs) and is_short(block.words)


def _heading(block: Block) -> Block:
    runs = tuple(Run(run.text.replace("\n", " "), emphasis=run.emphasis) for run in block.runs)
    return replace(block, kind="heading", level=2, runs=runs)
