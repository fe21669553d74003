"""Time that is moved forward, by tests and from the page."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import SEED
from workspace.clock import Clock
from workspace.options import Options
from workspace.server import Running, running

WINTER = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


def test_time_moves_forward_only() -> None:
    clock = Clock(lambda: WINTER)
    assert clock.move(timedelta(hours=1)) == datetime(2026, 1, 5, 10, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match="forward"):
        clock.move_to(WINTER)


async def test_what_was_scheduled_is_posted_when_its_time_is_skipped(ws: Running, client: AsyncWebClient) -> None:
    in_a_week = int(ws.ws.clock.now().timestamp()) + 7 * 86_400
    await client.chat_scheduleMessage(channel="C0GEN", post_at=in_a_week, text="a week has passed")
    ws.move_clock(timedelta(days=7, seconds=1))
    message = ws.person("ann").messages("general")[0]
    assert message.text == "a week has passed"
    assert float(message.ts) >= in_a_week


async def test_the_page_moves_to_a_time_of_day_where_somebody_is() -> None:
    async with running(Options(seed=SEED, clock=lambda: WINTER)) as ws, aiohttp.ClientSession(ws.page_url) as session:
        answer = await session.post("/_workspace/clock", json={"at": "08:00", "as": "U0BEN"})
        assert (await answer.json())["now"] == "2026-01-05T13:00:00+00:00"  # 08:00 in New York
        answer = await session.post("/_workspace/clock", json={"at": "08:00", "as": "U0BEN"})
        assert (await answer.json())["now"] == "2026-01-06T13:00:00+00:00"
        answer = await session.post("/_workspace/clock", json={"seconds": 60})
        assert (await answer.json())["ahead_s"] == 27 * 3600 + 30 * 60 + 60
        for wrong in ({}, {"seconds": -1}, {"seconds": "soon"}, {"at": "25:00", "as": "U0BEN"}, {"seconds": 1e300}):
            refused = await session.post("/_workspace/clock", json=wrong)
            assert (refused.status, (await refused.json())["error"]) == (400, "invalid_arguments")
