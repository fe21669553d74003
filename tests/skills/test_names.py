"""Companies that are named in a call, and what the rest of the call tells of them."""

import pytest

from sequences.records.meeting import Side
from sequences.skills.odds.features import Heard
from tests.skills.test_odds import conversation, features


def named(heard: list[Heard]) -> list[tuple[str, ...]]:
    """Of each turn."""
    return [tuple(name for part in turn.parts for name in part.named) for turn in heard]


def test_a_capital_inside_a_sentence_names_a_company() -> None:
    assert named(conversation("We left them for Corvid.", "We left Corvid.", "we left corvid.")) == [
        ("corvid",),
        ("corvid",),
        (),
    ]


def test_what_is_also_written_small_is_a_word() -> None:
    assert named(conversation("We bought The Label.", "Label printers are slow.", "No label is."))[1] == ()


def test_a_name_is_known_at_the_start_of_a_sentence_from_elsewhere() -> None:
    heard = conversation("Corvid is fine.", "We pay Corvid too much.", "Nothing is fine.")
    assert named(heard) == [("corvid",), ("corvid",), ()]


def test_a_capital_inside_a_word_is_enough() -> None:
    assert named(conversation("LogVault's contract is up.", "USB is up.")) == [("logvault",), ()]


@pytest.mark.parametrize("text", ["I asked Petra.", "She is in Rotterdam.", "Then Ann called.", "It was on Monday."])
def test_people_places_and_days_are_no_companies(text: str) -> None:
    assert named(conversation(text)) == [()]


def test_a_name_stands_for_any_other() -> None:
    shared = features(conversation("We switched from Corvid.")) & features(
        conversation("We switched from Bellweather.")
    )
    assert "w:from_NAME" in shared
    assert not {"w:corvid", "w:bellweather"} & features(conversation("We switched from Corvid."))


def test_a_rival_is_known_when_named_again() -> None:
    heard = conversation("We currently use Corvid.", ("Ann", "I see."), "The girls like Corvid.")
    again = features(heard)
    assert {"known:RIVAL", "known:2", f"known:{Side.PROSPECT}"} <= again
    first = features(heard, turn=0)
    assert {"known:new", "known:2"} <= first
    assert "known:RIVAL" not in first, "nothing else tells so but the sentence itself"


def test_whom_our_side_named_first_is_told_apart() -> None:
    heard = conversation(("Ann", "We work with Corvid as well."), "The girls like Corvid.")
    assert f"known:{Side.REP}" in features(heard)


def test_a_stance_belongs_to_the_topic() -> None:
    said = conversation(("Ann", "The price is nine hundred a month."), ("Ann", "Hm."), "I can live with that.")
    assert "topic:MONEY|ACCEPT" in features(said)
    forgotten = conversation(("Ann", "The price is nine hundred a month."), *["Hm."] * 4, "I can live with that.")
    assert not {feature for feature in features(forgotten) if feature.startswith("topic:MONEY")}
