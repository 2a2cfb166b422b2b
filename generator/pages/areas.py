"""In which part of the country a province lies, as Chinese atlases and news sites set them: for an index of regions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from generator.catalogue import Facet

FEWEST = 5  # provinces from which on an index is set by areas
_AREAS = {
    "north": "北京 天津 河北 山西 内蒙古 內蒙古",
    "northeast": "辽宁 遼寧 吉林 黑龙江 黑龍江",
    "east": "上海 江苏 江蘇 浙江 安徽 福建 江西 山东 山東",
    "central": "河南 湖北 湖南",
    "south": "广东 廣東 广西 廣西 海南",
    "southwest": "重庆 重慶 四川 贵州 貴州 云南 雲南 西藏",
    "northwest": "陕西 陝西 甘肃 甘肅 青海 宁夏 寧夏 新疆",
    "offshore": "香港 澳门 澳門 台湾 臺灣 台灣",
}
_RANK = MappingProxyType({name: at for at, name in enumerate(" ".join(_AREAS.values()).split())})
_AREA = MappingProxyType({name: area for area, names in _AREAS.items() for name in names.split()})
_ENDING = re.compile(r"(?:省|市|(?:壮族|壯族|回族|维吾尔|維吾爾)?自治[区區]|特别行政区|特別行政區)$")


def by_area(facets: Sequence[Facet]) -> tuple[list[tuple[str, tuple[Facet, ...]]], tuple[Facet, ...]]:
    """The provinces by area, both in their usual order, and all other names; no area where there are few provinces."""
    found = {facet.slug: _ENDING.sub("", facet.name) for facet in facets}
    provinces = sorted(
        (one for one in facets if found[one.slug] in _AREA), key=lambda one: (_RANK[found[one.slug]], one.slug)
    )
    if len(provinces) < FEWEST:
        return [], tuple(facets)
    groups = [(area, tuple(one for one in provinces if _AREA[found[one.slug]] == area)) for area in _AREAS]
    return [one for one in groups if one[1]], tuple(one for one in facets if found[one.slug] not in _AREA)
