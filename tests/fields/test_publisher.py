"""The publisher: the outlet whose page it is, whatever apps, owners, credited sources and sections are called."""

from __future__ import annotations

import json

import pytest

from generator import document, fields
from generator.model import Capture, Origin

TEXT = "<p>Harbour engineers drove forty new piles into the mud over the winter.</p>"


def read(body: str, head: str = "", url: str | None = "https://www.tideledger.example/a.html") -> fields.Settled:
    page = f"<html><head><title>Night ferry sails again</title>{head}</head><body>{body}<h1>Night ferry sails again</h1>{TEXT}</body></html>"
    return fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0"), url=url))))


def publisher(body: str = "", head: str = "", url: str | None = "https://www.tideledger.example/a.html") -> str | None:
    return read(body, head, url).value("publisher")


def organisation(**said: object) -> str:
    story = {
        "@type": "NewsArticle",
        "headline": "Night ferry sails again",
        "publisher": {"@type": "Organization", **said},
    }
    return f'<script type="application/ld+json">{json.dumps(story)}</script>'


def test_the_name_that_the_domain_spells_is_believed_before_an_owner() -> None:
    assert (
        publisher(
            head=organisation(name="Coastal Media Holding") + "<meta name='application-name' content='Tide Ledger'>"
        )
        == "Tide Ledger"
    )


def test_an_edition_or_an_app_is_called_by_the_outlets_name() -> None:
    head = "<meta property='og:site_name' content='Tide Ledger Premium'>"
    assert publisher("", head + "<meta name='application-name' content='Tide Ledger'>") == "Tide Ledger"


def test_a_word_before_the_one_that_the_domain_spells_belongs_to_the_name() -> None:
    head = organisation(name="Evening Ledger") + "<meta property='og:site_name' content='The Ledger'>"
    assert publisher(head=head, url="https://ledger.example/a.html") == "Evening Ledger"


def test_the_link_home_names_an_outlet_that_data_abbreviate() -> None:
    body = "<a href='/' aria-label='To the Tide Ledger homepage'><img src='logo.png'></a>"
    assert publisher(body, organisation(name="TLG Digital")) == "Tide Ledger"


def test_a_link_home_that_the_domain_does_not_spell_is_no_name() -> None:
    assert publisher("<a href='/'>All the news</a>", organisation(name="Coast Post")) == "Coast Post"


def test_initials_stand_behind_the_name_in_full() -> None:
    head = organisation(name="TL", legalName="Tide Ledger AS")
    assert publisher(head=head, url="https://tl.example/a.html") == "Tide Ledger (TL)"
    assert (
        publisher("<footer>© 2025 Tide Ledger. All rights reserved.</footer>", organisation(name="TL"))
        == "Tide Ledger (TL)"
    )


def test_initials_that_stand_there_already_are_not_said_twice() -> None:
    head = organisation(name="Tide Ledger (TL)") + "<meta name='application-name' content='TL'>"
    assert publisher(head=head, url="https://tl.example/a.html") == "Tide Ledger (TL)"


def test_a_name_in_another_script_than_the_page_yields_to_the_one_that_the_domain_spells() -> None:
    head = organisation(name="潮汐时报") + "<meta name='application-name' content='Tide Ledger'>"
    assert publisher(head=head) == "Tide Ledger"


def test_an_account_names_an_outlet_that_is_else_known_by_its_address_only() -> None:
    head = organisation(name="Ledger.example", sameAs=["https://social.example/tide_ledger"])
    body = "<p>Order back issues of the Tide Ledger from our archive.</p>"
    assert publisher(body, head, "https://ledger.example/a.html") == "Tide Ledger"
    assert publisher("", head, "https://ledger.example/a.html") == "Ledger.example"


def test_a_credited_source_in_the_publishers_markup_is_no_publisher() -> None:
    body = "<p>来源：<span itemprop='publisher' itemscope><a itemprop='name' href='/x'>海湾商讯</a></span></p>"
    page = f"<html><head><title>港口夜间轮渡恢复通航_宁静频道_潮汐网</title></head><body><h1>港口夜间轮渡恢复通航</h1>{body}{TEXT}</body></html>"
    settled = fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0")))))
    assert settled.value("publisher") == "潮汐网"
    assert settled.value("source") == "海湾商讯"


def test_a_disclaimer_names_the_site() -> None:
    assert publisher("<div>免责声明：本文来自自媒体，不代表潮汐网的观点和立场。</div>", url=None) == "潮汐网"
    assert publisher("<div>以上内容不代表本站立场。</div>", url=None) is None


def test_an_owner_behind_a_year_or_before_a_reservation_is_bare() -> None:
    assert (
        publisher(head="<meta name='copyright' content='2020-2025 Coast Post. All rights reserved.'>") == "Coast Post"
    )


def test_names_that_lost_are_kept() -> None:
    settled = read(
        "", organisation(name="Coastal Media Holding") + "<meta name='application-name' content='Tide Ledger'>"
    )
    assert "Coastal Media Holding" in [one.value for one in settled.claims if one.field == "publisher"]


@pytest.mark.parametrize("official", ["官网", "官方网站", "门户网站"])
def test_a_body_is_not_called_like_its_website(official: str) -> None:
    page = f"<html><head><title>湿地年会在湾区开幕--白鹭湾观鸟协会{official}</title></head><body><h1>湿地年会在湾区开幕</h1><p>年会持续三天。</p></body></html>"
    claims = fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0"))))
    assert fields.settle(claims).value("publisher") == "白鹭湾观鸟协会"
