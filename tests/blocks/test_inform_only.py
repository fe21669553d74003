"""What only informs has no button that acts."""

import pytest

from blocks.ids import ActionId
from blocks.previews import previews
from tests.blocks.reading import action_ids

PREVIEWS = previews()
# Buttons that show, explain, rate or quieten; none of them decides anything.
HARMLESS = {
    ActionId.CARD_WHY,
    ActionId.CARD_LESS,
    ActionId.CARD_MORE,
    ActionId.CARD_SHOW,
    ActionId.CARD_FEEDBACK,
    ActionId.EMAIL_SHOW_ALL,
}
INFORMING = ("card.notice.budget", "card.meeting_debrief.empty", "reply.brief", "reply.text", "reply.help")


@pytest.mark.parametrize("name", INFORMING)
def test_hitl_04_what_only_informs_has_no_button_that_acts(name: str) -> None:
    assert set(action_ids(PREVIEWS[name])) - HARMLESS == set()


def test_hitl_04_what_asks_has_one() -> None:
    """So that the check above can fail."""
    assert set(action_ids(PREVIEWS["card.meeting_debrief.pending"])) - HARMLESS >= {ActionId.EMAIL_SEND}


def test_hitl_04_what_is_decided_only_informs_from_then_on() -> None:
    left = set(action_ids(PREVIEWS["card.meeting_debrief.all_decided"])) - HARMLESS
    assert left <= {ActionId.CRM_UNDO}
