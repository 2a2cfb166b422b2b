"""Claims weighed against each other: one winner a field, the rest kept behind it.

The rules: the highest confidence wins; another kind of evidence that says the same raises it by `AGREEMENT`, at most twice;
ties go to the earlier claim. Of moments on the winner's day the most precise is taken. A winner in UTC
gets the offset of the outlet where another claim prints the same minute on the outlet's own clock. A moment before 1990 or later than
a day after the saving never wins. Deterministic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from types import MappingProxyType

from generator.model import Claim, Moment
from generator.text import fold

FIELDS = (
    "headline", "kicker", "standfirst", "byline", "editors", "source", "publisher", "published", "modified", "section", "breadcrumb",
    "region", "tags", "language", "rights", "views",
)  # fmt: skip
AGREEMENT = 0.03
LEAST = 0.25  # what is believed less wins nothing
EARLIEST_YEAR = 1990
SURE = 0.7  # least confidence of a claim that adds persons to the winner
PRECISE = 0.5  # least confidence of a claim that lends its clock to the winner's day
# twelve hours back is no zone that people live in, but a clock of twelve hours without its half of the day
QUARTER, WEST, EAST = timedelta(minutes=15), timedelta(hours=-11), timedelta(hours=14)
KEPT = 24  # claims kept of one field

PRINTED = ("html:byline", "zh:")  # a line that says who wrote the story
CORRESPONDENTS = ("通讯员", "通訊員", "实习生", "實習生")

_MOMENTS = frozenset({"published", "modified"})


@dataclass(frozen=True, slots=True)
class Settled:
    """The winners by field, and all claims in the order of fields, winners first."""

    winners: Mapping[str, Claim]
    claims: tuple[Claim, ...]

    def value(self, field: str) -> str | None:
        """The winning value, or None where nothing is known."""
        return self.winners[field].value if field in self.winners else None

    def values(self, field: str) -> tuple[str, ...]:
        """The winning values, none where nothing is known."""
        return self.winners[field].values if field in self.winners else ()

    def moment(self, field: str) -> Moment | None:
        """The winning value as a moment."""
        value = self.value(field)
        return Moment.parse(value) if value else None


def settle(claims: Iterable[Claim], captured: Moment | None = None) -> Settled:
    """Pick a winner for each field."""
    by_field: dict[str, list[Claim]] = {}
    for claim in claims:
        by_field.setdefault(claim.field, []).append(claim)
    winners: dict[str, Claim] = {}
    ordered: list[Claim] = []
    for field in (*FIELDS, *sorted(set(by_field) - set(FIELDS))):
        found = by_field.get(field, [])
        winner = _winner(field, found, captured)
        if winner:
            winners[field] = winner
            ordered.append(winner)
        rest = sorted((claim for claim in found if claim is not winner), key=lambda claim: -claim.confidence)
        ordered += rest[: KEPT - 1]
    return Settled(MappingProxyType(winners), tuple(ordered))


def _winner(field: str, found: list[Claim], captured: Moment | None) -> Claim | None:
    able = [
        claim
        for claim in found
        if claim.values and claim.confidence >= LEAST and (field not in _MOMENTS or _possible(claim.value, captured))
    ]
    if not able:
        return None
    voices: dict[tuple[str, ...], set[str]] = {}  # who says the same
    for claim in able:
        voices.setdefault(_key(claim), set()).add(_voice(claim))
    weighed = [
        (claim.confidence + AGREEMENT * min(len(voices[_key(claim)] - {_voice(claim)}), 2), -number, claim)
        for number, claim in enumerate(able)
    ]
    best = max(weighed)[2]
    if field == "byline":
        return _fuller(best, able)
    return _local(_sharpest(best, able), able) if field in _MOMENTS else best


def _fuller(best: Claim, able: list[Claim]) -> Claim:
    """The claim itself, or one that names all its persons and more of them, where the page says so twice.

    A Chinese line that names correspondents too is enough: data leave those out.
    """
    named = {fold(name) for name in best.values}
    more = [claim for claim in able if claim.confidence >= SURE and named < {fold(name) for name in claim.values}]
    agreed = [
        claim for claim in more if any(_key(other) == _key(claim) and _voice(other) != _voice(claim) for other in more)
    ]
    if agreed:
        return max(agreed, key=lambda claim: claim.confidence)
    fuller = (
        claim
        for claim in able
        if claim.basis.startswith(PRINTED)
        and claim.confidence >= PRECISE
        and named < {fold(name) for name in claim.values}
        and any(role in claim.snippet for role in CORRESPONDENTS)
    )
    return max(fuller, key=lambda claim: claim.confidence, default=best)


def _key(claim: Claim) -> tuple[str, ...]:
    if claim.field in _MOMENTS:
        return (claim.value[:10],)
    return tuple(sorted(map(fold, claim.values)))


def _voice(claim: Claim) -> str:
    return claim.basis.partition(":")[0]


def _possible(value: str, captured: Moment | None) -> bool:
    try:
        moment = Moment.parse(value)
        if moment.at.year < EARLIEST_YEAR:
            return False
        return captured is None or moment.instant() <= captured.instant() + timedelta(days=1, hours=14)
    except (ValueError, OverflowError):
        return False


def _sharpest(best: Claim, able: list[Claim]) -> Claim:
    """The claim itself, or where it states a day only, the surest one that states a time on it."""
    if len(best.value) > 10:
        return best
    timed = [
        claim
        for claim in able
        if len(claim.value) > 10 and claim.value[:10] == best.value and claim.confidence >= PRECISE
    ]
    return max(timed, key=lambda claim: claim.confidence, default=best)


def _local(best: Claim, able: list[Claim]) -> Claim:
    """A moment stated in UTC, on the clock of the outlet: where another claim prints the same minute without a zone.

    Normalising to UTC moves the day of publication; the printed clock brings it back. So does the same clock with a zone:
    then the statement of UTC was a slip.
    """
    moment = Moment.parse(best.value)
    if moment.precision == "day" or moment.at.utcoffset() != timedelta():
        return best
    wall = moment.at.replace(tzinfo=None, second=0)
    for claim in able:
        other = Moment.parse(claim.value)
        if other.precision == "day" or claim.confidence < PRECISE:
            continue
        printed, offset = other.at.replace(tzinfo=None, second=0), other.at.utcoffset()
        if offset is None:
            offset = printed - wall
            if offset and WEST <= offset <= EAST and not offset % QUARTER:
                at = (moment.at.replace(tzinfo=None) + offset).replace(tzinfo=timezone(offset))
                return _moved(best, Moment(at, moment.precision), claim)
        elif offset and printed == wall:
            return _moved(best, other, claim)
    return best


def _moved(best: Claim, moment: Moment, witness: Claim) -> Claim:
    return replace(best, values=(str(moment),), basis=f"{best.basis} + {witness.basis}")
