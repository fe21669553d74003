"""What a detection is, whichever engine found it: who said it, how surely, in which words."""

import pytest

from sequences.records.insight import Intent, IntentKind, Intents
from sequences.records.meeting import Side
from sequences.skills.detect_intents import DETECT_INTENTS
from tests.skills.meetings import NAMES, meeting

MATERIAL = meeting(
    "R: I'll send you the proposal by Friday.",
    "P: Our budget for this is approved.",
    "U: We need to be live before June.",
)


def found(kind: IntentKind, turn: int, confidence: float = 0.9) -> Intents:
    text = MATERIAL.transcript.turns[turn].text
    item = Intent(
        kind=kind, speaker=Side.UNKNOWN, speaker_name="somebody", quote=text, turn=turn, confidence=confidence
    )
    return Intents(items=(item,))


@pytest.mark.parametrize(
    ("kind", "turn", "speaker"),
    [
        (IntentKind.SEND_PROPOSAL, 0, Side.REP),
        (IntentKind.BUYING_POSITIVE, 1, Side.PROSPECT),
    ],
)
def test_intent_03_whoever_an_engine_names_the_turn_says_who_spoke(kind: IntentKind, turn: int, speaker: Side) -> None:
    (item,) = DETECT_INTENTS.check(MATERIAL, found(kind, turn)).items
    assert (item.speaker, item.speaker_name) == (speaker, MATERIAL.transcript.turns[turn].speaker)


@pytest.mark.parametrize("kind", [IntentKind.SEND_PROPOSAL, IntentKind.BUYING_POSITIVE])
def test_intent_03_a_promise_or_a_signal_of_nobody_knows_whom_is_none(kind: IntentKind) -> None:
    assert MATERIAL.sides[NAMES["U"]] is Side.UNKNOWN
    assert DETECT_INTENTS.check(MATERIAL, found(kind, 2)) == Intents()


@pytest.mark.parametrize(("confidence", "listed"), [(0.7, 0), (0.71, 1)])
def test_intent_05_what_is_no_surer_than_seven_in_ten_is_not_listed(confidence: float, listed: int) -> None:
    checked = DETECT_INTENTS.check(MATERIAL, found(IntentKind.SEND_PROPOSAL, 0, confidence))
    assert len(checked.items) == listed


def test_intent_05_the_offline_engine_lists_nothing_that_the_check_would_drop() -> None:
    heard = DETECT_INTENTS.offline(MATERIAL)
    assert heard.items
    assert DETECT_INTENTS.check(MATERIAL, heard) == heard
