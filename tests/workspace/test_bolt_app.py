"""A real Bolt app over real Socket Mode."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from workspace.options import Options
from workspace.server import Running, running


@pytest.fixture
async def ws() -> AsyncIterator[Running]:
    async with running(Options(ack_seconds=1.0)) as workspace:
        yield workspace


@pytest.fixture
async def app(ws: Running) -> AsyncIterator[AsyncApp]:
    app = AsyncApp(client=AsyncWebClient(token=ws.bot_token, base_url=ws.api_url))
    handler = AsyncSocketModeHandler(app, ws.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await ws.app_connected()
    yield app
    await handler.close_async()  # type: ignore[no-untyped-call]


BUTTON = {
    "type": "actions",
    "block_id": "b",
    "elements": [{"type": "button", "action_id": "go", "value": "1", "text": {"type": "plain_text", "text": "Go"}}],
}


async def test_a_button_press_updates_the_message(ws: Running, app: AsyncApp) -> None:
    seen: list[Any] = []

    async def go(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        seen.append(body)
        await respond(text="done", replace_original=True)

    app.action("go")(go)
    robin = ws.person("robin")
    await app.client.chat_postMessage(channel=robin.id, text="hello", blocks=[BUTTON])
    outcome = await robin.press(robin.dms()[0], "go")
    assert outcome.acked
    await ws.until(lambda: robin.dms()[0].text == "done")
    assert seen[0]["actions"][0]["value"] == "1"
    assert seen[0]["message"]["blocks"][0]["block_id"] == "b"
