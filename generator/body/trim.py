"""What Trafilatura leaves around and between the paragraphs, taken away: the headline again, facts about the page, lists of
other stories, buttons.

Drops whole blocks only and never changes a word; asks `phrases`, never names an outlet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from generator import phrases, text
from generator.body.blocks import Block
from generator.phrases import heads

_FULL_STOPS = ("。", "！", "？", ".", "!", "?")
HEAD_BLOCKS = 12  # a headline repeated lower than this belongs to the text
TAIL_BLOCKS = 12
FACTS = 6  # blocks behind the first paragraph among which facts about the page may stand
LAYOUT = 3  # paragraphs of prose in one item: such a list is no list
MAX_FACT = 160
MAX_TOLD = 90  # of a line with a date and one label
MAX_KICKER = 90
MIN_HEADLINE = 12
MAX_CREDIT = 90
MAX_PLEA = 240
MAX_NOTICE = 360
MIN_COPY = 600  # a story of its own accord repeats a line or a recipe, and no more
PIECE = 60
CLOSING_BLOCKS = 4  # at the end, where a line of copyright closes the page
MIN_PROSE = 80
MIN_PROSE_HAN = 40
ENDING_SHARE = 0.45  # a head of lists ends the text only where less than this part of the prose follows

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EDGES = re.compile(r"^[\s\W]+|[\s\W]+$")
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d|\d{1,2}[:：h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^([^:：»>|]{2,40}?)\s?[:：»>|]")
_ADDRESS = re.compile(r"^https?://\S+$")
_LISTED = re.compile(r"\S\s{0,3}(?:19|20)\d\d[-/.]\d\d[-/.]\d\d(?:\s?\d\d:\d\d(?::\d\d)?)?$")
# marks that a template should have replaced: $$AD$$, [ad#2], +++dropcap
_MARKER = re.compile(r"^(?:\$\$[A-Z_]{2,30}\$\$|\[[a-z]{2,12}[#_-][\w-]{1,20}\]|\+{3}[a-z]{0,20})$")
_CREDIT = re.compile(
    r"^(?:photo|image|picture|foto|bild|credit|crédits?(?: photos?)?|fotografie|фото|図|写真)s?(?: credit| by)?\s?[:：]|(?:/|via |^)(?:getty images|afp|reuters|dpa|imago|shutterstock|ap photo)$",
    re.IGNORECASE,
)
_DIGITS = str.maketrans("０１２３４５６７８９：", "0123456789:")
_DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun am pm uhr gmt utc est edt pst pdt cet cest bst ist kl at h min "
    "de del the on um às as a las le o montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo segunda terça quarta quinta sexta feira "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica alle ore maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "понедельник вторник среда четверг пятница суббота воскресенье в 星期 周 上午 下午 星期一 星期二 星期三 星期四 星期五 星期六 星期日 周一 周二 周三 周四 周五 周六 周日"
)
_PLEA = re.compile(
    r"newsletter|sign up|subscribe|follow (?:us|him|her|me|@)|\bdonat(?:e|ion)|support our|all rights reserved|copyright|©|"
    r"letter to the editor|have a tip|affiliate|earn a commission|may be reached at|"
    r"abonnier|folgen sie uns|folge uns|unterstütze|alle rechte vorbehalten|kommentar hinterlassen|"
    r"suscríb|suscrib|síguenos|siguenos|todos los derechos|abonnez-vous|inscrivez-vous|suivez-nous|tous droits|iscriviti|seguici|assine|siga-nos|"
    r"подпи(?:шитесь|сывайтесь)|zapisz się|abonneer|关注.{0,12}公众号|微信公众号|扫一扫|扫描二维码|转载请注明|版权所有|未经授权|禁止转载|"
    r"無断転載|무단\s?전재|재배포\s?금지|免责声明|不构成.{0,6}投资",
    re.IGNORECASE,
)
_TEASER = re.compile(r"[【\[](?:详细|详情|详细内容|全文|阅读全文)[】\]]$")
_OWNED = re.compile(
    r"^(?:copyright\b|©|\(c\)).{0,80}(?:\b(?:19|20)\d\d\b|\brights\b|\brechte\b|\bdroits\b|\bderechos\b)", re.IGNORECASE
)
_REACHED = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,40}")
_COUNT = re.compile(r"\d{1,3}")  # of readers who pressed a button below the story
_DASHES = " -–—*•·"
_SIGNS = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE_END = frozenset('。！？!?…；;.”’」』"»')
_TOLD: tuple[phrases.Kind, ...] = ("time", "modified", "source", "editor", "author", "views")
_LABEL_KINDS = ("time", "modified", "source", "editor", "author", "views", "staff", "tags", "section", "here", "credit")


def trim(blocks: Sequence[Block], headline: str | None) -> tuple[Block, ...]:
    """The blocks of the story alone."""
    flat = _once(_unfolded(blocks), headline)
    kept = _without_tail(_without_lists(_without_head(flat, headline)))
    return tuple(kept) or tuple(flat)


def is_prose(block: Block) -> bool:
    """Whether the block is a paragraph of some length."""
    words = block.words
    return (
        block.kind in ("paragraph", "quote")
        and len(words) >= (MIN_PROSE_HAN if _HAN.search(words) else MIN_PROSE)
        and linked(block) < 0.5
    )


def linked(block: Block) -> float:
    """The part of the block's text that is links, 0..1."""
    total, inside = _linked(block)
    return inside / total if total else 0.0


def is_fact(words: str) -> bool:
    """Whether the line only states a fact about the page: a date, a name behind a label, a breadcrumb."""
    if not words or len(words) > MAX_FACT:
        return False
    if words.isdecimal() or (" | " in words and _DATE.match(words)):
        return True  # how often it was read; when, and then sections and buttons
    if words[0] > "\u2e7f" and _writers().match(words):
        return True
    if not words.isascii():
        words = words.translate(_DIGITS)
    if words[0] in "（(【[" and words[-1] in ")）】]" and len(words) < 60:
        words = words[1:-1].strip() or words
    bare = _DATE.sub(" ", words)
    left = [word for word in _LETTERS.findall(bare) if text.fold(word) not in _date_words()]
    if bare != words and sum(map(len, left)) <= 3:
        return True
    folded = text.fold(_DATE.sub(" ", words[:40]) + words[40:]).lstrip(" -–—|·,")
    if any(folded.rstrip(" :") in phrases.folded(kind) for kind in _TOLD):
        return True  # the value itself was put there by a script, or stands in the next line
    labels = _labels()
    if folded.startswith(labels) and any(
        folded.startswith(label) and _closes(folded[len(label) :]) for label in labels
    ):
        return words[-1] not in "。！？!?" or len(words) < 40
    if words[-1] not in "。！？!?" and (":" in words or "：" in words):
        told = len(_labelled().findall(text.fold(words)))
        if told > 1 or (told and bare != words and len(words) < MAX_TOLD):
            return True
    named = folded.startswith(_by()) and len(words.split()) <= 12
    return named and words[-1] not in _SENTENCE_END and words[:1].isupper()


@cache
def _writers() -> re.Pattern[str]:
    """A line of its own that says who wrote a Chinese story: a newsroom's reporter, and names."""
    kinds: tuple[phrases.Kind, ...] = ("role", "author")
    roles = "|".join(re.escape(one.text) for kind in kinds for one in phrases.phrases(kind, "zh") if len(one.text) > 1)
    return re.compile(rf"[\u4e00-\u9fff]{{0,10}}(?:{roles})\s?[/／:：\s]\s?[\u4e00-\u9fff·、，&\s]{{2,40}}$")


def _closes(rest: str) -> bool:
    return bool(re.match(r"\s?[:：|丨]", rest))


@cache
def _labels() -> tuple[str, ...]:
    return tuple(
        sorted(
            {text.fold(one.text) for kind in _LABEL_KINDS for one in phrases.phrases(kind)},
            key=lambda label: (-len(label), label),
        )
    )


@cache
def _labelled() -> re.Pattern[str]:
    """A label of a source, a time, a person and a colon, anywhere in a line."""
    words = {text.fold(one.text) for kind in _TOLD for one in phrases.phrases(kind) if len(one.text) > 1}
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})\s?[:：]")


@cache
def _by() -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                text.fold(one.text) + " "
                for kind in ("author", "time", "modified")
                for one in phrases.phrases(kind)
                if not _HAN.search(one.text)
            }
        )
    )


@cache
def _date_words() -> frozenset[str]:
    named = {
        word for one in (*phrases.phrases("time"), *phrases.phrases("modified")) for word in text.fold(one.text).split()
    }
    days = _DAYS.split()
    return frozenset({*phrases.months(), *named, *days})


def _linked(block: Block) -> tuple[int, int]:
    total = sum(len(run.text.strip()) for run in block.runs)
    inside = sum(len(run.text.strip()) for run in block.runs if run.href)
    for child in block.children:
        one, two = _linked(child)
        total, inside = total + one, inside + two
    return total, inside


def _same(words: str, headline: str | None) -> bool:
    if not headline or not words:
        return False
    one, two = _EDGES.sub("", text.fold(words)), _EDGES.sub("", text.fold(headline))
    if one == two or _SIGNS.sub("", one) == _SIGNS.sub("", two) != "":
        return True
    if len(one) > len(two) and words.rstrip().endswith(_FULL_STOPS):
        return False  # a sentence that happens to hold the headline
    short, long = sorted((one, two), key=len)
    if long.endswith(short) and len(short) >= MIN_HEADLINE and len(long) - len(short) <= MAX_KICKER:
        return True
    return len(short) >= 10 and len(short) * 3 >= len(long) * 2 and (long.startswith(short) or long.endswith(short))


def _unfolded(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without lists that only lay out the page: those with an item that holds paragraphs of prose."""
    flat: list[Block] = []
    for block in blocks:
        if block.kind == "list" and any(
            sum(is_prose(child) for child in item.children) >= LAYOUT for item in block.children
        ):
            flat += _unfolded(
                [
                    child
                    for item in block.children
                    for child in (Block("paragraph", item.runs), *item.children)
                    if child.words
                ]
            )
        else:
            flat.append(block)
    return flat


def _once(blocks: list[Block], headline: str | None) -> list[Block]:
    """The blocks without a second copy of a long one, as pages hold the story again for machines, and its headline."""
    kept: list[Block] = []
    before, titled = "", False
    wanted = text.fold(headline or "")
    for block in blocks:
        words = text.fold(block.words)
        again = len(words) >= MIN_COPY and all(words[at : at + PIECE] in before for at in _pieces(len(words)))
        if not again and not (titled and words == wanted):
            kept.append(block)
            before += f" {words}"
        titled = titled or words == wanted
    return kept


def _pieces(length: int) -> tuple[int, ...]:
    """Where the pieces begin by which a copy is known: at the beginning, in the middle, at the end."""
    return 0, (length - PIECE) // 2, length - PIECE


def _without_head(blocks: list[Block], headline: str | None) -> list[Block]:
    start = 0
    blocks = _headed(blocks, headline)
    for index, block in enumerate(blocks[:HEAD_BLOCKS]):
        begun = any(is_prose(one) for one in blocks[:index])
        titled = block.kind == "heading" and block.level == 1 and not begun
        asked = begun and block.kind == "heading" and text.fold(block.words) != text.fold(headline or "")
        if titled or (_same(block.words, headline) and not asked):  # a subhead may ask what the headline asks
            start = index + 1
        elif is_prose(block) and index >= 3:
            break
    prose = next((index for index, block in enumerate(blocks) if index >= start and _is_story(block)), start)
    above = [block for block in blocks[start:prose] if not _tells(block) and heads.head(block.words) != "share"]
    # below a standfirst, which reads as a paragraph
    behind = next((at for at in range(prose + 1, min(prose + FACTS, len(blocks))) if not _tells(blocks[at])), prose + 1)
    return above + blocks[prose : prose + 1] + blocks[behind:]


def _tells(block: Block) -> bool:
    """Whether the block only states facts about the page: a line, or a list of which half the items do."""
    if block.kind == "list" and block.children:
        return 2 * sum(is_fact(item.words) for item in block.children) >= len(block.children)
    return is_fact(block.words)


def _is_story(block: Block) -> bool:
    return is_prose(block) and not is_fact(block.words)


def _headed(blocks: list[Block], headline: str | None) -> list[Block]:
    """The blocks in their order again, where most of the story stands before its headline: it was found last."""
    at = next((place for place, block in enumerate(blocks) if _same(block.words, headline)), 0)
    if not at or blocks[at].kind != "heading":
        return blocks
    before, after = (sum(len(one.words) for one in part if is_prose(one)) for part in (blocks[:at], blocks[at:]))
    return [*blocks[at:], *blocks[:at]] if before > after else blocks


def _without_lists(blocks: list[Block]) -> list[Block]:
    prose = [len(block.words) if is_prose(block) else 0 for block in blocks]
    total = sum(prose)
    kept: list[Block] = []
    skipping = False
    for index, block in enumerate(blocks):
        words = block.words
        head = heads.head(words) if block.kind in ("paragraph", "heading", "quote") else None
        if any(_signed(one) for one in (words, *(item.words for item in block.children))) and 2 * sum(
            prose[:index]
        ) > sum(prose[index + 1 :]):
            break  # the editor's name closes a Chinese story
        if head and head != "share" and total and sum(prose[index:]) < total * ENDING_SHARE and sum(prose[:index]):
            if head == "comments" or not any(prose[index:]) or sum(prose[index:]) < total * 0.2:
                break
            skipping = True
            continue
        if head:
            skipping = head != "share"
            continue
        if skipping and (linked(block) > 0.6):
            continue
        skipping = False
        if _aside(block):
            continue
        kept.append(block)
    return kept


def _aside(block: Block) -> bool:
    """Whether the block points to another story: a whole paragraph of link, or a related label before a link."""
    if block.kind not in ("paragraph", "heading", "quote", "list"):
        return False
    share = linked(block)
    words = block.words
    teasers = (
        block.kind == "list"
        and share > 0.7
        and all(linked(item) > 0.5 and len(item.words) > 20 for item in block.children)
    )
    dated = block.kind == "list" and all(_LISTED.search(item.words) for item in block.children)
    if _MARKER.match(words) or _TEASER.search(words) or _notice(words):
        return True
    if teasers or dated or (share > 0.9 and len(words) > 12):
        return True
    if len(words) <= MAX_CREDIT and (_ADDRESS.match(words) or _CREDIT.search(words) or _LISTED.search(words)):
        return True
    label = _LABEL.match(words)
    return bool(label and heads.head(label[1]) in ("related", "hot") and (share > 0.4 or len(words) < 200))


def _notice(words: str) -> bool:
    """Whether the line is one of the outlet's own notices: how it earns, who translated, whose opinion it is."""
    return len(words) <= MAX_NOTICE and bool(_notices().search(text.fold(words)))


@cache
def _notices() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(text.fold(one.text)) for one in phrases.phrases("notice")))


def _signed(words: str) -> bool:
    """Whether the line names the editor in charge, as Chinese pages do below the text."""
    if len(words) >= 60:
        return False
    folded = text.fold(words).lstrip("([【（")
    signs = _signs()
    return folded.startswith(signs) and any(folded.startswith(one) and _closes(folded[len(one) :]) for one in signs)


@cache
def _signs() -> tuple[str, ...]:
    return tuple(text.fold(one.text) for one in phrases.phrases("editor", "zh"))


def _plea(words: str) -> bool:
    """Whether the line asks the reader for something, or says who owns the page."""
    return len(words) <= MAX_PLEA and bool(_PLEA.search(words))


def _without_tail(blocks: list[Block]) -> list[Block]:
    end = len(blocks)
    closing = range(max(1, end - CLOSING_BLOCKS), end)
    end = next((index for index in closing if _OWNED.match(blocks[index].words)), end)
    last = max(0, end - TAIL_BLOCKS)
    for index in range(end - 1, last - 1, -1):
        words = blocks[index].words
        if (
            is_fact(words)
            or text.fold(words).strip(_DASHES) in phrases.folded("end")
            or heads.head(words)
            or not words
            or blocks[index].kind == "heading"
            or _plea(words)
            or (len(words) <= MAX_CREDIT and _REACHED.search(words))
            or text.fold(words).rstrip(" :") in phrases.folded("tags")
            or _COUNT.fullmatch(words)
            or (blocks[index].kind == "list" and all(heads.head(item.words) for item in blocks[index].children))
        ):
            end = index
        else:
            break
    return blocks[:end]
