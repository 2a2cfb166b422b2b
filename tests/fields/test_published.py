"""When a story was published: where pages state it."""

import pytest

from tests.fields.test_fields import settled

STORY = "<p>The night ferry sails again from Friday, the harbour council said after its meeting.</p>"


@pytest.mark.parametrize(
    ("body", "moment"),
    [
        ("<p>05/03/2024 - 04:30 - Fonte: Agência do Porto - Foto: Ana Cais, em frente ao cais novo</p>", "2024-03-05T04:30"),
        ("<div>Written by <a>Ada Quill</a> in <a>Harbour and the Coast</a> on 5 March 2024 at 08:34 PM EDT. <a>51 Comments</a></div>", "2024-03-05T20:34-04:00"),
        ('<div class="byline__timestamp" datetime="2024-03-05 17:00:00 -0400">Mar 5, 2024</div>', "2024-03-05T17:00:00-04:00"),
        ('<span class="date" data-published-date="2024-03-05 17:00"></span>', "2024-03-05T17:00"),
        ("<p>Published 22:00, 5 July 2024 BST</p>", "2024-07-05T22:00+01:00"),
        ("<div class='created'>تم نشره الجمعة 5 نيسان / أبريل 2024 09:22 مساءً</div>", "2024-04-05T21:22"),
    ],
)  # fmt: skip
def test_a_moment_is_found_however_it_is_printed(body, moment):
    assert str(settled(body=f"<h1>Night ferry returns</h1>{body}{STORY}", url=None).moment("published")) == moment


@pytest.mark.parametrize("label", ["Datum", "Date:", "Fecha:"])
def test_a_list_of_facts_below_the_story_states_the_day(label):
    story = STORY * 40
    facts = f"<ul><li><strong>{label}</strong> 05.03.2024</li></ul>"
    assert (
        str(settled(body=f"<h1>Night ferry returns</h1>{story}{facts}", url=None).moment("published")) == "2024-03-05"
    )


def test_days_of_other_stories_below_the_story_state_nothing():
    others = "<p>Datum: 05.03.2024</p><p>Datum: 06.03.2024</p>"
    found = settled(body=f"<h1>Night ferry returns</h1>{STORY * 40}{others}", url=None)
    assert not [claim for claim in found.claims if claim.basis == "de:Datum"]


def test_the_state_of_a_program_is_read_through_its_quotes():
    state = r'<script>self.__next_f.push([1,"{\"title\":\"x\",\"deployDt\":\"2024.03.05 18:40\"}"])</script>'
    assert str(settled(body=f"<h1>Night ferry returns</h1>{STORY}{state}", url=None).moment("published")) == "2024-03-05T18:40"  # fmt: skip


def test_a_clock_of_twelve_hours_without_its_half_gives_no_zone():
    head = '<meta property="article:published_time" content="2024-03-05T15:48:15Z">'
    got = settled(head, f"<h1>Night ferry returns</h1><p>March 5, 2024, 3:48</p>{STORY}")
    assert str(got.moment("published")) == "2024-03-05T15:48:15+00:00"
