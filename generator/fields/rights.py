"""What the page says about who may use its text.

A statement is kept as printed; nothing is inferred from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.document import Document
from generator.fields import elements, story
from generator.model import SNIPPET, Claim
from generator.text import cut

LENGTH = 300
TAIL = 60

_META = (
    ("copyright", 0.7),
    ("rights", 0.7),
    ("dc.rights", 0.74),
    ("dcterms.rights", 0.74),
    ("dcterms.license", 0.7),
    ("rights-standard", 0.5),
)
_LINE = re.compile(
    r"^(?:©|\(c\)\s|copyright\b|版权所有|版權所有|著作権|all rights reserved|alle rechte vorbehalten|tous droits réservés)",
    re.IGNORECASE,
)


def claims(document: Document) -> Iterator[Claim]:
    """Statements of rights."""
    about = story.find(document)
    for key, strength in (("license", 0.8), ("copyrightNotice", 0.8), ("usageInfo", 0.6), ("copyrightHolder", 0.66)):
        for text, _ in about.texts(key):
            if len(text) <= LENGTH:
                yield Claim("rights", (text,), f"jsonld:{key}", strength, cut(text, SNIPPET))
                break
    for name, strength in _META:
        for text in document.meta.get(name, ())[:1]:
            if len(text) <= LENGTH:
                yield Claim("rights", (text,), f"meta:{name}", strength, cut(text, SNIPPET))
    licensed = (one for one in elements.marked(document, "license") if one.get("rel") == "license")
    for element in islice(licensed, 1):
        address = element.get("href")
        if address and address.startswith(("http://", "https://")) and len(address) <= LENGTH:
            yield Claim("rights", (address,), "html:rel=license", 0.76, cut(address, SNIPPET))
    for one in document.lines[-TAIL:]:
        if len(one) <= LENGTH and _LINE.match(one):
            yield Claim("rights", (one,), "line:copyright", 0.5, cut(one, SNIPPET))
            break
