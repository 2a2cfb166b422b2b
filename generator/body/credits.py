"""Captions and picture credits in the words that pages use for them.

Pure functions on short texts; never looks at markup.
"""

from __future__ import annotations

import re

from generator import phrases, text

MAX_CAPTION = 600
MAX_CAPTION_LINE = 200
MAX_CREDIT = 80
MAX_TAKER = 8  # characters: a longer piece before the role is running text

_MARK = re.compile(r"^[△▲▽▼◁◀▷▶↑↓←→►◄]+\s*")
# Words before the name of whoever made or gave the picture: written with blanks around them, and written without.
_SPACED = (
    "(?:file |ap |stock )?photo(?:graph(?:er|y)?)?s?|pictures?|images?|drawings?|illustrations?|illustrators?|graphics?|infographics?|charts?|maps?|stills?|credits?|"
    "(?:photo(?:graph)?|image|picture|illustration|video) (?:credits?|source|courtesy(?: of)?)|courtesy(?: of)?|screenshots?|"
    "(?:symbol|archiv)?fotos?|fotografie|(?:symbol|archiv|titel)?bild(?:er)?|bild(?:quelle|nachweis|rechte)|quelle|grafik|karte|zeichnung|montage|archiv|"
    "photographies?|clichés?|crédits?(?: photos?)?|dessins?|infographie|archives|fotografías?|imagen|imágenes|dibujo|ilustración|gráfico|créditos?|archivo|cortesía(?: de)?|"
    "fotografi[ae]|immagin[ei]|disegno|illustrazione|archivio|imagem|imagens|desenho|ilustração|crédito da foto|arquivo|divulgação|"
    "beeld|tekening|kuva|zdjęci[ae]|fot\\.|snímek|fotoğraf|фото|снимок|рисунок|иллюстрация|графика|архив|світлина|"
    "تصوير|صورة|الصورة|صور|رسم|رسوم|عدسة|أرشيف|من أرشيف|المصدر|사진\\s?제공|사진|그래픽|일러스트|출처|자료사진"
)
_DENSE = (
    "图片来源|圖片來源|图片提供|圖片提供|图片|圖片|图源|圖源|图据|供图|供圖|来源|來源|摄影|攝影|摄|攝|图|圖|漫画|漫畫|制图|製圖|绘图|繪圖|插画|插畫|"
    "写真提供|画像提供|写真|画像|撮影|提供|イラスト|作図"
)
# Words behind the name.
_BEHIND = (
    "摄影|攝影|摄|攝|供图|供圖|图源|图片|供稿|提供|发布|绘制|绘图|制图|漫画|绘|撮影|画像|写真|발행|사진|제공|그래픽"
)
_PEOPLE = "(?:本报|本報|本网|本網|本刊|本台|本社|见习|見習|实习|實習|特约|特約|特派|首席)?(?:记者|記者|通讯员|通訊員|摄影师|攝影師|摄影|攝影|カメラマン|기자)"
# What speaks for a credit in brackets besides a label, by language.
_SIGNS = (
    "资料图|资料照片|資料圖|資料照|资料|資料写真|视觉中国|视频截图|网络截图|截图|網路|配图|檔案照|档案照|photo|picture|image|credit|courtesy|getty|reuters|afp|dpa|file|foto|bild|archiv|"
    "фото"
)
_BRACKETED = re.compile(r"[（(\[【]([^（）()\[\]【】]{1,100})[)）\]】]\s?[。.]?$")
_LABELLED = re.compile(
    rf"(?:(?<![^\W_])(?:{_SPACED})\s{{0,2}}(?:[:：=＝]|(?<=[a-z]) by (?=[A-ZÀ-Þ])|(?:(?<=^)|(?<=[.!?)»] ))[|/])|(?:{_DENSE})\s{{0,2}}[:：=＝/|])\s{{0,2}}([^:：=＝]{{2,80}})$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"^(?:©|Ⓒ|\(c\)|(?:{_SPACED})(?:\s?[:：=＝|]|\s?©|\s(?:by|von|par|de|di)(?=\s)|(?=\s[\u0600-\u06ff]))|(?:{_DENSE})\s?[:：=＝/|]|(?:图片|圖片|图|圖|照片)由)\s{{0,2}}",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"[\s/:：]{{0,2}}(?:{_BEHIND})$")
_REPORTER = re.compile(
    rf"(?:^|(?<=社)|(?<=报)|(?<=報)|(?<=网)|(?<=網)|(?<=[\s/、])){_PEOPLE}[\s:：/]{{0,2}}(?=\S)|[\s]{_PEOPLE}$"
)
_TAKEN_BY = re.compile(r"\s?(?:摄影|[摄攝]|供图|供圖|撮影|提供|제공|[记記]者发|[社報报]发)[。.]?$")
_AFTER_ROLE = re.compile(rf"{_PEOPLE}$")
_SIGN = re.compile(rf"(?:{_SIGNS})", re.IGNORECASE)
_EDGES = " .。;；,，、/|:：=＝-–—"
_PIECE = re.compile(r"[\s。，,；;！？!?）)」”]+")
_PERSON = re.compile(r"^[\u3400-\u9fff·]{2,4}(?:[、/][\u3400-\u9fff·]{2,4}){0,3}$")
_OWNED = re.compile(r"(?:^|[\s.。])([©Ⓒ]\s?[^©]{2,80})$")
_OWNER_OF_PAGE = re.compile(r"^(?:19|20)\d\d\b")
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u200c\u2060\ufeff")
_CAPTION_START = re.compile(
    r"^(?:图[一二三四五六七八九十\d]{0,3}|图片|圖|图说|圖說|图片说明|圖片說明|图片来源|圖片來源|图源|圖源|caption|写真|사진)\s{0,2}[:：]\s{0,2}",
    re.IGNORECASE,
)
_CAPTION_PICTURES = re.compile(
    r"^(?:图为|圖為|这是|這是)[^。]{2,120}(?:[摄攝发]|供图|供圖|资料图|资料照片)[）)]?[。.]?$|^[\u4e00-\u9fff·]{2,16}(?:供图|供圖)$"
)


def caption(words: str) -> tuple[str | None, str | None]:
    """The caption without its leading mark, and the credit that it states; the caption keeps all its words."""
    flat = _MARK.sub("", text.line(words[: MAX_CAPTION * 4]))
    if not flat:
        return None, None
    return text.cut(flat, MAX_CAPTION), _credit(flat[-300:])


def caption_line(words: str) -> bool:
    """Whether a line of text is the caption of a picture that stood there."""
    if not 2 < len(words) <= MAX_CAPTION_LINE:
        return False
    return bool(_MARK.match(words) or _CAPTION_START.match(words) or _CAPTION_PICTURES.match(words))


def _credit(words: str) -> str | None:
    """Whom the end of the caption names, without the word that says what they did for it."""
    found = _BRACKETED.search(words)
    if found and (_speaks(found[1])):
        return _name(found[1])
    for pattern in (_LABELLED, _OWNED):
        found = pattern.search(words)
        if found:
            return None if _OWNER_OF_PAGE.match(found[1].lstrip("©Ⓒ ")) else _name(found[1])
    return _taken(words)


def _speaks(inside: str) -> bool:
    """Whether what stands in brackets is a credit: a label before a name, a role behind it, or a usual word."""
    return bool(_BEFORE.match(inside) or _AFTER.search(inside) or _SIGN.search(inside))


def _name(credit: str) -> str | None:
    """The name alone; where there is no name the words as they are."""
    whole = bare = credit.translate(_UNSEEN).strip(_EDGES)
    for _ in range(3):
        bare = _REPORTER.sub(" ", _AFTER.sub("", _BEFORE.sub("", bare, count=1))).strip(_EDGES)
    bare = text.squeeze(bare) or whole
    return bare if 1 < len(bare) <= MAX_CREDIT else None


def _taken(words: str) -> str | None:
    """The names right before the word that says who took the picture, at the end of a Chinese or Japanese caption."""
    end = _TAKEN_BY.search(words)
    pieces = [piece for piece in _PIECE.split(words[: end.start()]) if piece] if end else []
    if not end or not pieces or len(_name(pieces[-1].rpartition("、")[2]) or "") > MAX_TAKER:
        return None
    names = [pieces.pop()]
    while pieces and (_AFTER_ROLE.search(pieces[-1]) or _is_person(pieces[-1], names)):
        names.insert(0, pieces.pop())
        if _AFTER_ROLE.search(names[0]):
            break
    return _name(" ".join(names))


def _is_person(piece: str, names: list[str]) -> bool:
    """Whether another name stands before the last one: a short one that begins with a usual family name."""
    surnames = phrases.folded("surname", "zh")
    return all(_PERSON.match(one) and len(one) <= 3 and one[0] in surnames for one in (piece, *names))
