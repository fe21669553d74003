"""Three hours of talk: nothing is cut off, and what is written about it stays short."""

from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Transcript, Turn
from sequences.skills.catalogue import (
    DETECT_INTENTS,
    DRAFT_FOLLOW_UP,
    EXTRACT_ACTION_ITEMS,
    EXTRACT_CRM_FIELDS,
    SUGGEST_NEXT_ACTIONS,
    SUMMARISE_MEETING,
)
from sequences.skills.rules.conversation import HELD, read_conversation
from sequences.skills.skill import MeetingFindings
from tests.skills.meetings import meeting

START = ("R: What brings you here?", "P: Our people count the shelves by hand, it takes us two days every month.")
MIDDLE = ("R: I'll send you the security questionnaire tomorrow.", "P: Our CFO has to sign off on it.")
END = ("P: We need to be live by the first of March.", "R: I'll write the offer for four stores by Friday.")
CHAT = (
    "R: The bridge was closed again this morning, and the detour went past the old mill.",
    "P: The children like the mill, there are ducks on the pond and a swing behind the fence.",
)


def long_call(words: int) -> MeetingMaterial:
    """``words`` of talk with two turns that matter at the start, in the middle and at the end."""
    each = words // sum(len(line.split()) - 1 for line in CHAT) // 2
    small = meeting(*START, *MIDDLE, *END, *CHAT)
    said = list(small.transcript.turns)
    chat = said[6:]
    order = [*said[:2], *chat * each, *said[2:4], *chat * each, *said[4:6]]
    turns = tuple(Turn(index=at, speaker=turn.speaker, text=turn.text) for at, turn in enumerate(order))
    return small.model_copy(update={"transcript": Transcript(turns=turns)})


def test_start_middle_and_end_of_forty_thousand_words_are_heard() -> None:
    material = long_call(40_000)
    assert sum(len(turn.text.split()) for turn in material.transcript.turns) > 39_000
    findings = MeetingFindings(
        material=material,
        action_items=EXTRACT_ACTION_ITEMS.check(material, EXTRACT_ACTION_ITEMS.offline(material)),
        intents=DETECT_INTENTS.check(material, DETECT_INTENTS.offline(material)),
    )
    assert [item.text for item in findings.action_items.items] == [
        "Send Petra the security questionnaire",
        "Write the offer for four stores",
    ]
    lines = SUMMARISE_MEETING.offline(material).lines
    assert len(lines) <= 5
    assert any("by hand" in line for line in lines)
    assert any("CFO" in line for line in lines)
    assert any("first of March" in line for line in lines)
    assert {item.field for item in EXTRACT_CRM_FIELDS.offline(material).items} >= {
        "pain",
        "timeline",
        "decision_process",
    }
    draft = DRAFT_FOLLOW_UP.check(findings, DRAFT_FOLLOW_UP.offline(findings))
    assert len(draft.body.split()) <= 150
    assert "security questionnaire" in draft.body
    assert "offer for four stores by Friday" in draft.body
    assert len(SUGGEST_NEXT_ACTIONS.offline(findings).items) <= 5


def test_what_is_too_long_to_be_held_is_read_all_the_same() -> None:
    material = long_call(80_000)
    assert sum(len(turn.text) for turn in material.transcript.turns) > HELD
    assert sum(1 for _ in read_conversation(material)) == len(material.transcript.turns)
    last = [spoken.turn.index for spoken in read_conversation(material)][-1]
    assert last == len(material.transcript.turns) - 1
