"""A line of facts below the headline says who wrote the story, when, and when it was changed, in one line and in any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.fields import facts, line_claims

DAY, NEXT = "2022-03-18", "2022-03-19"
LINES = [
    ("By Jane Roe, March 18, 2022", ("Jane Roe",), DAY, None),
    ("By Jane Roe Published March 18, 2022, updated March 19, 2022 9:15 a.m.", ("Jane Roe",), DAY, f"{NEXT}T09:15"),
    ("Posted by Jane Roe on March 18, 2022 at 2:05 pm", ("Jane Roe",), f"{DAY}T14:05", None),
    ("By Jane Roe for The Ledger — 18 March 2022, 14:05 GMT", ("Jane Roe",), f"{DAY}T14:05+00:00", None),
    ("Posted by Jane Roe on Friday, March 18, 2022", ("Jane Roe",), DAY, None),
    ("By Jane de Boer, March 18, 2022", ("Jane de Boer",), DAY, None),
    ("Stars 18.03.2022 14:05 von Olga Symbolbild imago", (), f"{DAY}T14:05", None),
    ("WoB 18. März 2022-24. März 2022", (), DAY, None),
    ("Von Jane Roe · 18.03.2022, 14:05 Uhr", ("Jane Roe",), f"{DAY}T14:05", None),
    ("Veröffentlicht am 18.03.2022 von Jane Roe, aktualisiert am 19.03.2022", ("Jane Roe",), DAY, NEXT),
    ("18.03.2022, 14:05 Uhr, aktualisiert am Samstag, 19.03.2022, 08:10 Uhr", (), f"{DAY}T14:05", f"{NEXT}T08:10"),
    ("记者 张三 2022年3月18日", ("张三",), DAY, None),
    ("记者张三 2022-03-18 14:05", ("张三",), f"{DAY}T14:05", None),
    ("2022年03月18日 14:05 来源：河湾日报 记者 张三", ("张三",), f"{DAY}T14:05", None),
    ("文 | 张三 2022年3月18日 14:05 更新于2022年3月19日", ("张三",), f"{DAY}T14:05", NEXT),
    ("Par Jeanne Roux, publié le 18 mars 2022 à 14h05, mis à jour le 19 mars 2022 à 09h10", ("Jeanne Roux",), f"{DAY}T14:05", f"{NEXT}T09:10"),
    ("Publié le 18 mars 2022 à 14h05 par Jeanne Roux (mis à jour le 19 mars 2022)", ("Jeanne Roux",), f"{DAY}T14:05", NEXT),
    ("Por Juana Ruiz, publicado el 18 de marzo de 2022 a las 14:05, actualizado el 19 de marzo de 2022 a las 9:10", ("Juana Ruiz",), f"{DAY}T14:05", f"{NEXT}T09:10"),
    ("Por Joana Reis — 18/03/2022 14h05, atualizado em 19/03/2022 09h10", ("Joana Reis",), f"{DAY}T14:05", f"{NEXT}T09:10"),
    ("Di Gianna Rossi, pubblicato il 18 marzo 2022, aggiornato il 19 marzo 2022", ("Gianna Rossi",), DAY, NEXT),
    ("Door Janneke Roos, gepubliceerd op 18 maart 2022, bijgewerkt op 19 maart 2022", ("Janneke Roos",), DAY, NEXT),
    ("Av Jane Roe, publisert 18. mars 2022 kl. 14:05, oppdatert 19. mars 2022 kl. 09:10", ("Jane Roe",), f"{DAY}T14:05", f"{NEXT}T09:10"),
    ("Jan Rok, 18. března 2022, aktualizováno 19. března 2022", (), DAY, NEXT),
    ("Автор: Иван Роев, 18 марта 2022, 14:05, обновлено 19 марта 2022, 09:10", ("Иван Роев",), f"{DAY}T14:05", f"{NEXT}T09:10"),
    ("Írta: Kovács Jenő, 2022. március 18., frissítve: 2022. március 19.", ("Kovács Jenő",), DAY, NEXT),
    ("Του Γιάννη Ρωμαίου, 18 Μαρτίου 2022, ενημερώθηκε 19 Μαρτίου 2022", ("Γιάννη Ρωμαίου",), DAY, NEXT),
    ("홍길동 기자 입력 2022.03.18 14:05 수정 2022.03.19 09:10", ("홍길동",), f"{DAY}T14:05", f"{NEXT}T09:10"),
    ("بقلم: سالم رويد، نشر في 18 مارس 2022، آخر تحديث 19 مارس 2022", ("سالم رويد",), DAY, NEXT),
    ("Oleh Joko Rahman, 18 Maret 2022, diperbarui 19 Maret 2022", ("Joko Rahman",), DAY, NEXT),
]  # fmt: skip


@pytest.mark.parametrize(("line", "people", "published", "modified"), LINES)
def test_one_line_says_who_and_when(line: str, people: tuple[str, ...], published: str, modified: str | None) -> None:
    best: dict[str, tuple[float, tuple[str, ...]]] = {}
    for claim in line_claims(line):
        best[claim.field] = max(best.get(claim.field, (0.0, ())), (claim.confidence, claim.values))
    assert best.get("byline", (0, ()))[1] == people
    assert best.get("modified", (0, (None,)))[1] == (modified,)
    if "published" in best:  # a bare date in a line with nothing else is read by its place on the page
        assert best["published"][1] == (published,)
    else:
        assert facts.read(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "The law was published on March 18, 2022 and changed a year later",
        "Am 18. März 2022 wurde der Fahrplan von Jane Roe vorgestellt, am 19. März wieder eingezogen.",
        "She said the bridge, last updated in 1961, would close on 18 March 2022 for the whole of the summer",
        "© 2022 The Ledger. All rights reserved",
    ],
)
def test_a_sentence_is_no_line_of_facts(line: str) -> None:
    assert not [claim for claim in line_claims(line) if claim.field in ("byline", "modified", "published")]


@given(st.text(max_size=200))
def test_no_line_raises(line: str) -> None:
    facts.read(line)
