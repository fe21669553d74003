"""Bolt is told who we are: once, from our own token, and never at the cost of an acknowledgement."""

import asyncio
import logging
from typing import Any

import pytest
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from gateways.slack.client import make_slack_client
from listeners.authorizing import OneInstallation
from listeners.bolt import Bolt
from tests.gateways.slack_server import TOKEN, Failure, SlackServer, serving

PRESS = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1", "team_id": "T1"},
    "actions": [{"action_id": "go", "block_id": "b", "type": "button"}],
}


async def told(authorize: OneInstallation) -> Any:
    return await authorize(context=AsyncBoltContext(), enterprise_id=None, team_id="T9", user_id="U1")


async def test_slack_is_asked_until_it_has_answered_once() -> None:
    async with serving(SlackServer()) as slack:
        authorize = OneInstallation(make_slack_client(TOKEN, slack.url))
        slack.fail("auth.test", Failure(error="internal_error"), Failure(status=503, text="<html>"))
        before = [await told(authorize) for _ in range(2)]
        after = [await told(authorize) for _ in range(3)]
        assert len(slack.called("auth.test")) == 3
    assert [(one.team_id, one.bot_token) for one in before] == [("T9", TOKEN)] * 2
    assert [(one.team_id, one.bot_id, one.bot_user_id) for one in after] == [("T1", "B1", "UBOT")] * 3


class Silent(AsyncWebClient):
    """Slack never answers."""

    async def auth_test(self, **_: Any) -> Any:
        await asyncio.Event().wait()


async def acknowledged(bolt: Bolt) -> int:
    done = asyncio.Event()

    async def go(ack: Any) -> None:
        await ack()
        done.set()

    bolt.action("go")(go)
    response = await bolt.async_dispatch(AsyncBoltRequest(body=PRESS, mode="socket_mode"))
    await done.wait()
    return response.status


async def test_hitl_09_a_press_is_acknowledged_while_slack_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("listeners.authorizing.ASK_S", 0.01)
    assert await acknowledged(Bolt(Silent(token=TOKEN))) == 200


async def test_what_the_environment_holds_of_another_app_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Bolt would look for installations that nobody has stored, and press after press would be turned away."""
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "another")
    with caplog.at_level(logging.WARNING):
        async with serving(SlackServer()) as slack:
            assert await acknowledged(Bolt(make_slack_client(TOKEN, slack.url))) == 200
            assert len(slack.called("auth.test")) == 1
    assert caplog.messages == []
