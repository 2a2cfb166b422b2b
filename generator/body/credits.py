"""Captions and picture credits in the words that pages use for them.

Pure functions on short texts; never looks at markup.
"""

from __future__ import annotations

import re

from generator import text

MAX_CAPTION = 600
MAX_CAPTION_LINE = 200
MAX_CREDIT = 80

_MARK = re.compile(r"^[△▲▽▼◁◀▷▶↑↓←→►◄]+\s*")
# Words that make the end of a caption a credit, by language: after an opening bracket, or before the last full stop.
_CREDIT_WORDS = (
    "资料图|资料图片|资料照片|資料圖|資料照片|资料|摄|攝|供图|供圖|图源|图片来源|圖片來源|视觉中国|视频截图|网络截图|截图|網路|发布|提供|图据|配图|制图|"
    "撮影|提供写真|資料写真|写真|사진|제공|photo|photograph|picture|image|images|credit|file|getty|reuters|afp|dpa|foto|photos|crédit|bild|archiv|фото"
)
_BRACKETED = re.compile(
    rf"[（(\[【]([^（）()\[\]【】]{{0,60}}(?:{_CREDIT_WORDS})[^（）()\[\]【】]{{0,60}})[)）\]】]\s*[。.]?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:图片来源|圖片來源|图源|图据|供图|来源|來源|摄影|攝影|写真提供|写真|撮影|사진\s?제공|사진|출처|photo(?:graph)? ?credit|picture credit|image credit|"
    r"photographs?|photos?|images?|pictures?|credits?|fotos?|bild|crédits?|фото)\s{0,2}"
    r"(?:[:：=＝/|]|(?<=[a-z]) by (?=[A-Z]))\s{0,2}([^:：=＝]{2,80})$",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"(?:^|[\s。，,；;）)」”])((?:[^\s。，,；;：:（）()]{2,12}[\s/、]{0,2}){0,3}(?:记者|通讯员|記者)?\s?[^\s。，,；;：:（）()]{2,8}\s?(?:[摄攝发]|供图|供圖|撮影|提供))[。.]?$"
)
_OWNED = re.compile(r"(?:^|[\s.。])([©Ⓒ]\s?[^©]{2,80})$")
_CAPTION_START = re.compile(
    r"^(?:图[一二三四五六七八九十\d]{0,3}|图片|圖|图说|圖說|图片说明|圖片說明|caption|写真|사진)\s{0,2}[:：]\s{0,2}",
    re.IGNORECASE,
)
_CAPTION_PICTURES = re.compile(
    r"^(?:图为|圖為|这是|這是)[^。]{2,120}(?:[摄攝发]|供图|供圖|资料图|资料照片)[）)]?[。.]?$"
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
    for pattern in (_BRACKETED, _LABELLED, _TAKEN, _OWNED):
        found = pattern.search(words)
        if found:
            credit = found[1].strip(" .。;；,，©Ⓒ")
            return credit if 1 < len(credit) <= MAX_CREDIT else None
    return None
