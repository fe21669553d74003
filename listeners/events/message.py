"""Somebody writes to the app. Chat starts no sequence (ENV-15); the answer says what does."""

from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from blocks.contexts.replies import HelpReply
from listeners.answering import first_actor_of, whisper


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
            reply=HelpReply(unknown=event.get("text", "")),
            thread_ts=event.get("thread_ts"),
        )
