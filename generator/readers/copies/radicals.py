"""Signs that a print uses for others that look the same: ligatures, radicals of Han characters; undone.

A font's table may name a glyph by the radical although the text has the character; browsers' prints do.
"""

from __future__ import annotations

import re
import unicodedata

# CJK Radicals Supplement with the character that each stands for, after Unicode's EquivalentUnifiedIdeograph
_RADICALS = (
    "⺁厂⺄乙⺇几⺈刀⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺛旡⺜日⺝月⺟母⺠民⺩王⺪疋⺬示⺮竹⺰纟⺶羊⺷羊⺼肉⺽臼⻁虎⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻐钅⻑長⻓长⻔门"
    "⻕阜⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
# a radical of Kangxi's whose shape is that of the simplified character; its normal form is the traditional one
_SIMPLIFIED = {"⼾": "户"}
_SIGNS = str.maketrans(dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)) | _SIMPLIFIED)
_KANGXI = re.compile("[\u2f00-\u2fd5]")
_LIGATURES = re.compile("[\ufb00-\ufb06]")


def plain(words: str) -> str:
    """The words with each such sign as the one that is meant."""
    if words.isascii():
        return words
    spelled = _LIGATURES.sub(_normal, words.translate(_SIGNS))
    return _KANGXI.sub(_normal, spelled).replace("\u00ad", "")


def _normal(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])
