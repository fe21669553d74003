"""What the CRM learns: known fields only, each with the words that justify it."""

import pytest

from sequences.records.crm import Stage
from sequences.records.insight import CrmObject, FieldUpdate, FieldUpdates
from sequences.skills.extract_crm_fields import EXTRACT_CRM_FIELDS, check_fields
from tests.skills.meetings import meeting


def fields(*lines: str) -> dict[str, str]:
    material = meeting(*lines)
    found = EXTRACT_CRM_FIELDS.check(material, EXTRACT_CRM_FIELDS.offline(material))
    for item in found.items:
        assert item.quote in material.transcript.turns[item.turn].text
    return {item.field: item.new for item in found.items}


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("We need to be live by the end of March.", "timeline", "We need to be live by the end of March."),
        (
            "Our CFO, Ingrid, has to sign off on it.",
            "decision_process",
            "Our CFO, Ingrid, has to sign off on it.",
        ),
        ("The budget has been approved, forty thousand.", "budget", "The budget has been approved, forty thousand."),
        ("We looked at Stockwise in the spring.", "competitors", "Stockwise"),
        ("We currently use Ledgerline for that.", "current_tool", "Ledgerline"),
        ("We have about 240 employees.", "employees", "240"),
        ("I'm the head of operations here.", "title", "head of operations"),
    ],
)
def test_plain_statements(line: str, field: str, value: str) -> None:
    found = fields("R: Go on.", f"P: {line}")
    assert found.get(field, "").casefold() == value.casefold()


@pytest.mark.parametrize(
    "line",
    [
        "R: Your CFO has to sign off on it, I guess.",
        "R: We have about 240 employees.",
        "P: Do you need to be live by March?",
        "P: We're going with you.",
        "P: Nice weather today.",
    ],
)
def test_an_empty_field_beats_a_guess(line: str) -> None:
    assert not fields("R: Go on.", line)


def test_a_stage_is_only_proposed_and_only_forward() -> None:
    promise = ("P: Can you put that in writing?", "R: I'll send you a proposal by Friday.")
    early = meeting(*promise, stage=Stage.QUALIFIED)
    found = EXTRACT_CRM_FIELDS.check(early, EXTRACT_CRM_FIELDS.offline(early))
    assert found.stage_proposal is not None
    assert found.stage_proposal.new == "proposal"
    assert "stage" not in {item.field for item in found.items}
    late = meeting(*promise, stage=Stage.NEGOTIATION)
    assert EXTRACT_CRM_FIELDS.offline(late).stage_proposal is None


def test_the_check_drops_unknown_fields_and_words_nobody_said() -> None:
    material = meeting("P: Our budget is forty thousand.")
    good = FieldUpdate(object=CrmObject.DEAL, field="budget", new=" forty  thousand", quote="budget IS forty", turn=0)
    found = check_fields(
        material,
        FieldUpdates(
            items=(
                good,
                good.model_copy(update={"field": "stage"}),
                good.model_copy(update={"field": "owner_user_id"}),
                good.model_copy(update={"quote": "our budget is fifty"}),
                good.model_copy(update={"turn": 5}),
                good.model_copy(update={"new": " "}),
            ),
            stage_proposal=good.model_copy(update={"field": "stage", "new": "moon"}),
        ),
    )
    assert [(item.new, item.quote) for item in found.items] == [("forty thousand", "budget is forty")]
    assert found.stage_proposal is None


def test_whom_they_pay_an_amount_is_what_they_use() -> None:
    material = meeting("R: What do you do today?", "P: We pay 400 to Stockly for the counting.", "R: I see.")
    found = {item.field: item.new for item in EXTRACT_CRM_FIELDS.offline(material).items}
    assert found["current_tool"] == "Stockly"
