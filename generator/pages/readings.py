"""Under which letter a reader looks for a name: its first in Latin letters, 重庆 under C.

Characters of several readings are data: at the head of a name, and as family names, where they differ from the usual one.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from generator import text

OTHER = "#"  # what begins with no letter
_HEADS = {
    "chang": "长 長",
    "zhang": "长大 长辈 长子 长女 长孙 长老 长官 长者 长高 长相 長大 長輩 長子 長女 長孫 長老 長官 長者 長高 長相",
    "chong qing": "重庆 重慶",
    "chong": "重阳 重返 重逢 重建 重启 重修 重复 重新 重现 重组 重生 重开 重演 重叠 重陽 重啟 重複 重現 重組 重開 重疊",
    "xia men": "厦门 廈門",
    "xi zang": "西藏",
    "zang": "藏族 藏语 藏传 藏历 藏文 藏族 藏語 藏傳 藏曆",
    "yin yue": "音乐 音樂",
    "yue": "乐队 乐团 乐器 乐坛 乐曲 樂隊 樂團 樂器 樂壇 樂曲",
    "yin hang": "银行 銀行",
    "hang ye": "行业 行業",
    "du": "都市 都江堰 都会",
    "tai zhou": "台州",
    "lu an": "六安",
    "bo": "薄弱",
    "zhai": "翟",
    "jiang": "降水 降温 降雨",
}
_FAMILIES = {
    "zeng": "曾", "shan": "单 單", "xie": "解", "zha": "查", "qiu": "仇", "ou": "区 區", "piao": "朴", "yue": "乐 樂", "miao": "缪 繆",
    "ge": "盖 蓋", "bo": "薄", "chong": "种", "zhai": "翟", "qin": "覃", "wei": "隗", "mo qi": "万俟 萬俟", "yu chi": "尉迟 尉遲", "pang": "逄",
}  # fmt: skip
_PEOPLE = "people"
_HAN = re.compile("[\u3400-\u9fff]")


def _by_head(table: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType({head: spelt for spelt, heads in table.items() for head in heads.split()})


_ANY, _PERSON = (_by_head(_HEADS),), (_by_head(_FAMILIES), _by_head(_HEADS))


def reading(kind: str, name: str) -> str:
    """The name as it is spelt in Latin letters, for putting names in order; `#` where it cannot be."""
    if _HAN.match(name):
        for heads in _PERSON if kind == _PEOPLE else _ANY:
            for length in (3, 2, 1):
                if name[:length] in heads:
                    return f"{heads[name[:length]]} {text.slug(name[length:], '')}"
    return text.slug(name, OTHER).replace("-", " ")


def letter(spelt: str) -> str:
    """The letter under which that reading stands."""
    return spelt[0].upper() if spelt[0].isalpha() else OTHER
