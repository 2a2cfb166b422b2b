"""Mailboxes in one file: where a letter ends and the next begins, and that none is held longer than needed."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Finding
from generator.model import Origin
from generator.readers import eml, mbox
from generator.readers.found import Member, alone

LETTER = b"From: Tide News <a@tide.example>\nSubject: Night ferry\n\nWords of the letter.\n"
BETWEEN = b"From a@tide.example Fri Mar 18 06:00:00 2022\n"


def read(raw):
    return list(mbox.read(io.BytesIO(raw), Origin("letters.mbox", "0" * 64), alone))


def letters(raw):
    return [(one.name, one.file.read()) for one in read(raw) if isinstance(one, Member)]


@pytest.mark.parametrize(
    "between",
    [
        BETWEEN,
        b"From - Fri Mar 18 06:00:00 2022\n",
        b"From 1747@xxx Fri Mar 18 06:00:00 +0000 2022\r\n",
        b"From a@tide.example  Fri, 18 Mar 2022 06:00:00 -0400\n",
    ],
)
def test_each_letter_is_a_file_of_its_own(between):
    raw = between + LETTER + b"\n" + between + LETTER
    assert mbox.accepts(raw, "Letters")
    assert letters(raw) == [("message-1.eml", LETTER + b"\n"), ("message-2.eml", LETTER)]
    assert eml.accepts(LETTER, "message-1.eml")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (LETTER, "a.mbox"),
        (b"From the harbour on Friday at 10:30 the ferry sails.\n\nWords.", "a.txt"),
        (BETWEEN + b"\n<html>", "a"),
        (BETWEEN + LETTER, "a.eml"),
        (b"", "a.mbox"),
    ],
)
def test_a_letter_alone_and_a_sentence_are_no_mailbox(head, name):
    assert not mbox.accepts(head, name)


def test_a_sentence_that_begins_like_the_line_between_does_not_part_a_letter():
    words = b"\nFrom Friday on the ferry sails at 10:30.\n\nFrom here.\n"
    assert letters(BETWEEN + LETTER + words) == [("message-1.eml", LETTER + words)]
    assert letters(BETWEEN + LETTER + BETWEEN) == [
        ("message-1.eml", LETTER + BETWEEN)
    ]  # without an empty line above it


def test_a_quoted_line_is_unquoted():
    assert letters(BETWEEN + LETTER + b"\n>From here.\n>>From there.\n> From\n") == [
        ("message-1.eml", LETTER + b"\nFrom here.\n>From there.\n> From\n")
    ]


def test_a_letter_that_is_too_large_is_named_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(mbox, "MAX_MESSAGE", 100)
    first, second = read(BETWEEN + LETTER + b"words\n" * 40 + b"\n" + BETWEEN + LETTER)
    assert isinstance(first, Finding)
    assert (first.code, first.where) == ("too-large", "letters.mbox#message-1.eml")
    assert isinstance(second, Member)
    assert second.name == "message-2.eml"


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_give_members(raw, begun):
    given_raw = BETWEEN + raw if begun else raw
    mbox.accepts(given_raw, "a.mbox")
    assert all(isinstance(one, Member | Finding) for one in read(given_raw))
