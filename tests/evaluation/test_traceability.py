"""Over many meetings of many writers: what is written about them was said in them."""

import re
from functools import cache
from pathlib import Path

import pytest

from sequences.evaluation.material import material_of
from sequences.evaluation.reading import read_intent_set
from sequences.records.insight import FollowUpDraft
from sequences.records.material import MeetingMaterial
from sequences.skills.catalogue import (
    DETECT_INTENTS,
    DRAFT_FOLLOW_UP,
    EXTRACT_ACTION_ITEMS,
    EXTRACT_CRM_FIELDS,
    SUGGEST_NEXT_ACTIONS,
    SUMMARISE_MEETING,
)
from sequences.skills.draft_follow_up import known_of
from sequences.skills.drafting.traceable import untraceable
from sequences.skills.skill import MeetingFindings

HERE = Path(__file__).parents[2] / "evaluation"
SPLITS = {"dev": 5, "heldout": 2}  # of how many meetings one is taken: all of them take minutes


@cache
def meetings(split: str) -> tuple[MeetingFindings, ...]:
    transcripts = read_intent_set("", (HERE / "transcripts.jsonl").read_text(encoding="utf-8")).transcripts
    chosen = [item for item in transcripts if item.split == split][:: SPLITS[split]]
    return tuple(findings_of(material_of(item)) for item in chosen)


def findings_of(material: MeetingMaterial) -> MeetingFindings:
    return MeetingFindings(
        material=material,
        action_items=EXTRACT_ACTION_ITEMS.check(material, EXTRACT_ACTION_ITEMS.offline(material)),
        intents=DETECT_INTENTS.check(material, DETECT_INTENTS.offline(material)),
    )


def drafts(split: str) -> list[tuple[MeetingFindings, FollowUpDraft]]:
    with_prospect = (found for found in meetings(split) if not found.material.is_internal)
    return [(found, DRAFT_FOLLOW_UP.offline(found)) for found in with_prospect]


@pytest.mark.parametrize("split", SPLITS)
def test_every_fact_of_every_draft_was_said(split: str) -> None:
    written = drafts(split)
    assert len(written) >= 25
    for found, draft in written:
        # Not even a date that was reckoned: only the words in which it was given.
        known = known_of(found.model_copy(update={"action_items": type(found.action_items)()}))
        assert untraceable(f"{draft.subject}\n{draft.body}", known) == (), found.material.meeting.title


@pytest.mark.parametrize("split", SPLITS)
def test_every_draft_is_short_whole_and_passes_the_check_unchanged(split: str) -> None:
    for found, draft in drafts(split):
        assert len(draft.body.split()) <= 150
        assert not re.search(r"\[|\]|\{|\}|<|\bTBD\b|\bXX+\b|Speaker|spk_|None", draft.subject + draft.body)
        assert "  " not in draft.body
        assert DRAFT_FOLLOW_UP.check(found, draft) == draft


@pytest.mark.parametrize("split", SPLITS)
def test_every_quote_is_verbatim(split: str) -> None:
    for found in meetings(split):
        turns = found.material.transcript.turns
        fields = EXTRACT_CRM_FIELDS.offline(found.material).items
        quotes = [(item.quote, item.turn) for item in found.action_items.items]
        quotes += [(item.quote, item.turn) for item in found.intents.items]
        quotes += [(item.quote, item.turn) for item in fields]
        assert [quote for quote, turn in quotes if quote not in turns[turn].text] == []


@pytest.mark.parametrize("split", SPLITS)
def test_summaries_and_suggestions_state_nothing_else(split: str) -> None:
    for found in meetings(split):
        known = known_of(found)
        lines = SUMMARISE_MEETING.offline(found.material).lines
        assert len(lines) <= 5
        assert [line for line in lines if untraceable(line, known)] == []
        actions = SUGGEST_NEXT_ACTIONS.offline(found).items
        assert len(actions) <= 5
        assert all(action.reason for action in actions)
        assert [action for action in actions if untraceable(action.text, known)] == []
