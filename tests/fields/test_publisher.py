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


def test_an_address_is_the_name_where_three_places_of_the_page_say_so() -> None:
    site = json.dumps({"@type": "WebSite", "name": "Tideledger.example"})
    head = organisation(name="Coastal Holding Ltd") + f'<script type="application/ld+json">{site}</script>'
    head += "<meta property='og:site_name' content='Tideledger.example'>"
    assert publisher(head=head) == "Coastal Holding"
    assert publisher(head=head + "<meta name='application-name' content='Tideledger.example'>") == "Tideledger.example"


def test_a_person_who_wrote_the_story_is_not_its_publisher() -> None:
    story = {
        "@type": "NewsArticle",
        "headline": "Night ferry sails again",
        "author": {"@type": "Person", "name": "Ada Quill"},
    }
    story["publisher"] = {"@type": "Person", "name": "Ada Quill"}
    head = f'<script type="application/ld+json">{json.dumps(story)}</script><meta property="og:site_name" content="Harbour Notes">'
    assert publisher(head=head) == "Harbour Notes"


def test_a_newsroom_that_signs_its_stories_is_the_publisher_all_the_same() -> None:
    story = {"@type": "NewsArticle", "headline": "Night ferry sails again", "author": {"name": "Harbour Notes"}}
    story["publisher"] = {"name": "Harbour Notes"}
    head = f'<script type="application/ld+json">{json.dumps(story)}</script><meta property="og:site_name" content="Harbour Notes">'
    assert publisher(head=head + "<meta name='copyright' content='Coastal Holding'>") == "Harbour Notes"


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Tide Ledger – the coast every day", "Tide Ledger"),
        ("tideledger.example - jobs, homes and news", "tideledger.example"),
        ("@TideLedger", "TideLedger"),
        ("&amp;copy; 2016 Tide Ledger", "Tide Ledger"),
        ("Tide Ledger GmbH, Musterstadt, Germany", "Tide Ledger"),
        ("Tide Ledger e. V.", "Tide Ledger"),
    ],
)
def test_a_slogan_a_sign_and_a_legal_form_are_no_part_of_the_name(stated: str, name: str) -> None:
    assert publisher(head=f"<meta property='og:site_name' content='{stated}'>") == name


def test_a_place_that_a_template_left_unfilled_is_no_name() -> None:
    head = "<meta property='og:site_name' content='{$site.name}'><meta name='application-name' content='Harbour Notes'>"
    assert publisher(head=head) == "Harbour Notes"


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("Süddorfer Bote", "sueddorferbote.example"),
        ("Bjørnøy Avis", "bjornoyavis.example"),
        ("Новая Гавань", "novayagavan.example"),
        ("Ámbar", "ambar.example"),
    ],
)
def test_a_domain_spells_names_without_accents_and_in_latin_letters(name: str, host: str) -> None:
    head = organisation(name="Media Holding") + f"<meta name='application-name' content='{name}'>"
    assert publisher(head=head, url=f"https://www.{host}/a.html") == name


def test_a_name_of_which_the_domain_spells_all_but_the_edition_is_believed_before_a_section() -> None:
    head = "<meta property='og:site_name' content='Technology'><meta name='application-name' content='Ledger Online'>"
    assert publisher(head=head, url="https://www.ledger.example/a.html") == "Ledger Online"


def test_the_pages_own_spelling_of_its_domain_is_its_name_where_nothing_states_one() -> None:
    assert publisher("<p>Write to the Tide Ledger, Quay 4.</p>") == "Tide Ledger"
    assert publisher("<p>Write to desk@tideledger.example.</p>") == "tideledger.example"


@pytest.mark.parametrize("tail", ["02.11.2021", "How does it work?", "By Ada Quill", "Choir)", "6. Jahrgang"])
def test_what_cannot_be_a_name_at_the_end_of_a_title_is_none(tail: str) -> None:
    page = f"<html><head><title>Night ferry sails again | {tail}</title></head><body><h1>Night ferry sails again</h1>{TEXT}</body></html>"
    capture = Capture(page.encode(), Origin("a.html", "0"), url="https://www.quay.example/a.html")
    assert fields.settle(fields.claims(document.read(capture))).value("publisher") == "quay.example"


def test_a_title_ends_in_its_section_where_the_page_links_to_one() -> None:
    page = f"<html><head><title>Night ferry sails again | Harbours</title></head><body><a href='/harbours/'>Harbours</a><h1>Night ferry sails again</h1>{TEXT}<footer>© 2025 Quay Press</footer></body></html>"
    capture = Capture(page.encode(), Origin("a.html", "0"), url="https://www.coast.example/a.html")
    assert fields.settle(fields.claims(document.read(capture))).value("publisher") == "Quay Press"


def test_who_made_a_picture_is_no_publisher() -> None:
    assert (
        publisher("<footer>© 2024 Bo Lund / Stockpictures</footer>", url="https://www.quay.example/a.html")
        == "quay.example"
    )


def test_an_organisation_that_a_story_comes_from_is_its_source_and_no_name_of_the_site() -> None:
    story = {
        "@type": "NewsArticle",
        "headline": "Night ferry sails again",
        "sourceOrganization": {"name": "Coast Wire Agency"},
    }
    story["publisher"] = {"name": "Harbour Notes"}
    settled = read("", f'<script type="application/ld+json">{json.dumps(story)}</script>')
    assert settled.value("source") == "Coast Wire Agency"
    assert settled.value("publisher") == "Harbour Notes"


def test_a_desk_of_the_outlet_is_no_source() -> None:
    story = {"@type": "NewsArticle", "headline": "Night ferry sails again", "sourceOrganization": {"name": "Security"}}
    settled = read(
        "<a href='/security/'>Security</a>", f'<script type="application/ld+json">{json.dumps(story)}</script>'
    )
    assert settled.value("source") is None
