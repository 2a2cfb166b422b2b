"""Articles as they lie in an archive, without a saved page: for what lists show of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator import content
from generator.model import Article, Held, Moment, Seen
from tests.samples import TryOut

Shelve = Callable[..., str]


@pytest.fixture
def shelve(archive: TryOut) -> Shelve:
    """Put an article into the archive; its file."""

    def put(headline: str, day: str = "2025-03-18", **fields: object) -> str:
        listed = fields.pop("seen", ())
        seen = tuple(one if isinstance(one, Seen) else Seen(one) for one in listed)  # type: ignore[attr-defined]
        copies, saved = fields.pop("copies", 1), fields.pop("saved", None)
        captures = tuple(
            Held(f"saved/{headline}-{number}.html", f"{headline}-{number}", captured=Moment.parse(str(saved)) if saved else None)
            for number in range(copies)  # type: ignore[call-overload]
        )  # fmt: skip
        article = Article(
            f"id-{headline}-{fields.get('publisher')}", headline, f"{headline} begins here, and goes on for a while.", captures=captures,
            published=Moment.parse(day), seen=seen, **{"publisher": "The Ledger", "section": "Harbour", "language": "en", **fields},  # type: ignore[arg-type]
        )  # fmt: skip
        return content.put(archive.root / "content", article, lambda _: False)

    return put
