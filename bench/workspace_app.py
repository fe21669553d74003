"""A small Bolt app in a process of its own, for ``bench.workspace``: acknowledges, then answers as apps do.

Talks over Socket Mode; with ``BENCH_HTTP`` set it is called over signed HTTP and prints the port that it listens on.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Ack = Callable[..., Awaitable[None]]
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Note"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "label": {"type": "plain_text", "text": "Note"},
            "element": {"type": "plain_text_input", "action_id": "value"},
        }
    ],
}


async def handle_command(ack: Ack, command: dict[str, Any]) -> None:
    await ack(f"heard {command['text']}")


async def handle_press(ack: Ack, body: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    message = body["message"]
    await client.chat_update(channel=body["channel"]["id"], ts=message["ts"], text="Pressed", blocks=message["blocks"])


async def handle_shortcut(ack: Ack, body: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=MODAL)


async def main() -> None:
    logging.disable(logging.WARNING)
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])
    app.command("/bench")(handle_command)
    app.action("press")(handle_press)
    app.shortcut("note")(handle_shortcut)
    if "BENCH_HTTP" in os.environ:
        runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(runner.addresses[0][1], flush=True)
    else:
        await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).connect_async()  # type: ignore[no-untyped-call]
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
