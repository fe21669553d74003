"""Promises by date first, then open requests, then what the signals call for; each with its reason."""

import pytest

from sequences.records.insight import NextAction, NextActions
from sequences.skills.suggest_next_actions import SUGGEST_NEXT_ACTIONS
from tests.skills.meetings import meeting
from tests.skills.test_draft_follow_up import CALL, findings


def test_ranked_with_reasons() -> None:
    found = findings(*CALL)
    actions = SUGGEST_NEXT_ACTIONS.check(found, SUGGEST_NEXT_ACTIONS.offline(found)).items
    assert 2 <= len(actions) <= 5
    assert actions[0].text.startswith("Send Petra the questionnaire by Wednesday 18 November")
    assert all(action.reason for action in actions)


def test_signals_call_for_something() -> None:
    found = findings("R: Go on.", "P: It's too expensive for us.", "P: We also looked at Stockwise in the spring.")
    texts = [action.text for action in SUGGEST_NEXT_ACTIONS.offline(found).items]
    assert "Prepare an answer on price before you talk to Petra again" in texts
    assert "Prepare what sets you apart from Stockwise" in texts


def test_no_signals_are_read_into_an_internal_meeting() -> None:
    found = findings("R: They say it's too expensive.", "H: I'll send the report by Friday.")
    assert [action.text for action in SUGGEST_NEXT_ACTIONS.offline(found).items] == [
        "Send the report by Friday 20 November"
    ]
    assert found.material == meeting("R: They say it's too expensive.", "H: I'll send the report by Friday.")


def test_the_check_drops_what_has_no_reason() -> None:
    found = NextActions(items=(NextAction(text="Do it", reason=" "), NextAction(text="Call", reason="They asked.")))
    assert len(SUGGEST_NEXT_ACTIONS.check(findings("P: Hi."), found).items) == 1


def test_a_models_suggestion_about_what_nobody_said_is_dropped() -> None:
    good = NextAction(text="Send Petra the quote by Friday", reason="You promised it: “a firm quote for four stores”")
    bad = NextAction(text="Call Gareth at Zenith", reason="He asked for 300 licences.")
    assert SUGGEST_NEXT_ACTIONS.check(findings(*CALL), NextActions(items=(bad, good))).items == (good,)


def test_what_was_asked_for_is_named() -> None:
    found = findings("P: Could you send me the floor plans as well?", "R: Let us look at the stock first.", "P: Fine.")
    assert "Send Petra the floor plans" in [action.text for action in SUGGEST_NEXT_ACTIONS.offline(found).items]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Is there a list of the sizes you stock?", "Send Petra a list of the sizes"),
        ("If you could pass the handout on, I'd read it tonight.", "Send Petra the handout"),
        ("The drawings for the east wing, please.", "Send Petra the drawings for the east wing"),
        ("And could you mail me those slides as well?", "Send Petra the slides"),
        ("I'd want to see the lab reports behind that. Could we have the last four?", "Send Petra the lab reports"),
        ("Can you send over the um the warranty terms bit?", "Send Petra the warranty terms"),
    ],
)
def test_a_request_in_any_words_names_its_thing(asked: str, text: str) -> None:
    suggested = [action.text for action in SUGGEST_NEXT_ACTIONS.offline(findings(f"P: {asked}", "R: I see.")).items]
    assert text in suggested


def test_nothing_vague_is_suggested() -> None:
    lines = ("R: Shall I show you one?", "P: Go on, please send it.", "R: I'll ask.", "P: We are in no rush at all.")
    suggested = [action.text for action in SUGGEST_NEXT_ACTIONS.offline(findings(*lines)).items]
    assert not any(text.startswith(("Ask", "Send", "Check that your plan")) for text in suggested), suggested
