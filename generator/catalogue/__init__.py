"""The catalogue: an SQLite index of `content/` that can be thrown away at any time. The only room that holds SQL.

It knows what lists need, where each article belongs, which originals were taken in, what has changed since a site was last
built, and which bytes were written where. It is never migrated: another version, or a damaged file, means an empty one,
filled again from `content/`. One process holds it at a time; that is the archive's lock, and the operating system
frees it when the process dies.
"""

from generator.catalogue.index import Catalogue
from generator.catalogue.lists import Lists
from generator.catalogue.opening import FILE, VERSION, is_large
from generator.catalogue.sitelog import SiteLog
from generator.catalogue.values import (
    UNDATED,
    Entry,
    Facet,
    Ghost,
    Listed,
    Placed,
    Printed,
    Row,
    Story,
    Unit,
    listed,
    seen_as,
)

__all__ = [
    "FILE",
    "UNDATED",
    "VERSION",
    "Catalogue",
    "Entry",
    "Facet",
    "Ghost",
    "Listed",
    "Lists",
    "Placed",
    "Printed",
    "Row",
    "SiteLog",
    "Story",
    "Unit",
    "is_large",
    "listed",
    "seen_as",
]
