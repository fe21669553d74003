"""The Home tab is drawn anew each time it is opened."""

from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from listeners.answering import first_actor_of
from listeners.home import publish_home


async def handle_app_home_opened(
    event: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    if event.get("tab", "home") != "home":
        return
    actor = await first_actor_of(body, context)
    if actor:
        await publish_home(client, context["front"], actor)
