"""Somebody writes to the app: answered as /60 would be. Chat starts no sequence (ENV-15)."""

from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from listeners.answering import first_actor_of, whisper
from listeners.commands.sixty import reply_to


async def handle_message(
    event: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    is_person = event.get("channel_type") == "im" and not event.get("bot_id") and not event.get("subtype")
    actor = await first_actor_of(body, context) if is_person else None
    if actor:
        await whisper(
            client,
            channel_id=event["channel"],
            user_id=actor.slack_user_id,
            reply=await reply_to(str(event.get("text") or "").strip(), context["front"], actor),
            thread_ts=event.get("thread_ts"),
        )
