"""The Home tab is drawn anew each time it is opened."""

from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from listeners.answering import actor_of
from listeners.home import publish_home


async def handle_app_home_opened(event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext) -> None:
    if event.get("tab", "home") != "home":
        return
    actor = await actor_of(context)
    if actor:
        await publish_home(client, context["front"], actor)
