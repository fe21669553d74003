"""Slack is away, or busy, when the app starts: it begins nevertheless, and is whole as soon as Slack answers."""

from typing import Any

import pytest

from app import running
from sequences.ports.outside import MessengerError
from tests.scenarios.house import House, acked, text_of

SAMPLE = "marlow-finch-pilot"
AWAY: dict[str, dict[str, Any]] = {
    "out of order": {"kind": "status", "method": "auth.test", "status": 503},
    "in trouble": {"kind": "error", "method": "users.list", "error": "internal_error"},
    "busy": {"kind": "rate_limit", "method": "users.list", "retry_after": 4},  # longer than a call waits in place
}


@pytest.mark.parametrize("name", list(AWAY))
async def test_beyond_07_a_start_while_slack_is_away_loses_nothing(house: House, name: str) -> None:
    """What had been approved before still leaves, and the next meeting is heard."""
    await house.stop_app()
    house.ws.faults.arm(**AWAY[name])
    await house.start_app()
    await house.ws.app_connected()
    card = await house.card_after(SAMPLE, house.rep())
    assert "follow-up" in text_of(card)
    assert acked(await house.rep().command("/60", "help"))


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "missing_scope"])
async def test_flag_06_a_start_with_a_token_that_is_no_good_says_so(house: House, code: str) -> None:
    await house.stop_app()
    house.ws.faults.arm("error", method="auth.test", error=code)
    with pytest.raises(MessengerError, match=code):
        async with running(house.settings):
            pytest.fail("it began")
