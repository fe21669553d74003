"""Nothing that is written ends on a word that waits for another."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sequences.records.meeting import Side
from sequences.skills.rules.commitments import commitments_in
from sequences.skills.rules.conversation import read_conversation
from sequences.skills.rules.endings import rounded_off
from sequences.skills.rules.imperatives import as_said, imperative
from sequences.skills.rules.offered import asked_thing, offer_named
from tests.skills.meetings import meeting


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("Send the price list for the", "Send the price list"),
        ("Rework the plan as soon as", "Rework the plan"),
        ("Count how many desks go into", "Count how many desks go"),
        ("Draw up a sheet with the rooms and", "Draw up a sheet with the rooms"),
        ("Send the list of parts that we", "Send the list of parts"),
        ("Find something cheaper than", "Find something cheaper"),
        ("Write to the people who are", "Write to the people"),
        ("Put a note in the", "Put a note"),
        ("Find out and check who's the", "Find out and check"),
    ],
)
def test_a_cut_text_is_trimmed_back_to_its_last_whole_thought(cut: str, whole: str) -> None:
    assert rounded_off(cut) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Ask when she's in",
        "Find out where it is",
        "Send her that",
        "Hand it in",
        "Tell us what it looks like",
        "Call back later on",
    ],
)
def test_what_is_whole_stays(text: str) -> None:
    assert rounded_off(text, is_cut=False) == text


def test_the_end_of_what_was_said_may_be_a_preposition() -> None:
    assert rounded_off("Introduce the people I work with", is_cut=False) == "Introduce the people I work with"
    assert rounded_off("Introduce the people and the", is_cut=False) == "Introduce the people"


DEEDS = ("send you", "email you", "put together", "draft", "write you", "prepare", "get you", "bring")
THINGS = (
    "the revised figures",
    "a plan for the annex",
    "our price sheet",
    "the floor plan of the mill",
    "a list of the spare parts",
)
TAILS = (
    "",
    " for the two sites",
    " with both",
    ", with the steps written into it",
    " as soon as my director has signed it",
    " as soon as the board has met",
    ", which is the part you liked",
    " so that you can compare",
    " because the old one is wrong",
    " when the auditors are gone",
    ", as a spreadsheet",
    ", and then we can talk about the rest",
    " into which of the three it falls",
    ", the way that she explained it",
    " by Thursday",
    " on Monday, if that suits",
    " with eight and a half percent off",
    ", but only for the people who are on site",
    " once it has gone through our legal department",
    " like a like an actual order form",
)
WAITS = re.compile(
    r"\b(?:a|an|the|my|our|your|their|its|and|or|but|than|as|of|to|for|with|from|by|at|into|because|if|which|who|while|so|such)\.?$",
    re.IGNORECASE,
)
TWICE = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(DEEDS),
    st.sampled_from(THINGS),
    st.lists(st.sampled_from(TAILS), min_size=1, max_size=3),
    st.booleans(),
)
def test_no_task_and_no_line_of_a_mail_ends_halfway(deed: str, thing: str, tails: list[str], machine: bool) -> None:
    said = f"I'll {deed} {thing}{''.join(tails)}"
    line = f"{said}." if not machine else re.sub(r"[.,]", "", f"{said} right").lower().replace("the ", "the the ", 1)
    *_, spoken = read_conversation(meeting("P: Fine.", f"R: {line}"))
    for promise in commitments_in(spoken):
        task = imperative(promise.sentence, promise.verb, addressee="Petra", side=Side.REP)
        for text in (task, as_said(promise.sentence, promise.verb)):
            assert not WAITS.search(text), (line, text)
            assert not TWICE.search(text), (line, text)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(("a fresh quote", "the final offer", "our proposal")), st.lists(st.sampled_from(TAILS), max_size=3)
)
def test_no_name_of_an_offer_or_a_wish_ends_halfway(offer: str, tails: list[str]) -> None:
    tail = "".join(tails)
    assert not WAITS.search(offer_named((f"I'll draw up {offer}{tail}.",)))
    asked = asked_thing(f"Could you send me your price list{tail}?")
    assert asked is None or not WAITS.search(asked)


def test_half_a_number_is_not_written() -> None:
    assert (
        offer_named(("Then I'll make out the final offer with nine and a half for the training.",)) == "the final offer"
    )
    assert (
        offer_named(("I'll draw up a fresh quote for one shop with the dates in it.",)) == "a fresh quote for one shop"
    )
