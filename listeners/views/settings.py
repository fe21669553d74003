"""What a rep set for themselves."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from blocks.answers import SettingsEdit, read_settings
from blocks.ids import BlockId
from listeners.answering import actor_of
from listeners.home import publish_home
from sequences.front import Front

MOST_PER_HOUR = 60
MOST_MAILS = 50  # a rep may only lower the default (GUARD-01)


async def handle_orch_settings_submit(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    edit = read_settings(view["state"]["values"])
    errors = _errors_of(edit)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    await ack()
    actor = await actor_of(context)
    if actor is None:
        return
    front: Front = context["front"]
    changes = {
        "signature": edit.signature,
        "quiet_hours_start": edit.quiet_start,
        "quiet_hours_end": edit.quiet_end,
        "max_notifications_per_hour": edit.hourly,
        "daily_send_limit": edit.daily_mails,
    }
    await publish_home(client, front, await front.change_settings(actor, changes))


def _errors_of(edit: SettingsEdit) -> dict[str, str]:
    errors: dict[str, str] = {}
    if (edit.quiet_start is None) != (edit.quiet_end is None):
        missing = BlockId.SETTINGS_QUIET_END if edit.quiet_start else BlockId.SETTINGS_QUIET_START
        errors[missing.value] = "Quiet hours need a beginning and an end. Leave both empty for none."
    if edit.hourly is None or not 1 <= edit.hourly <= MOST_PER_HOUR:
        errors[BlockId.SETTINGS_HOURLY.value] = f"A whole number from 1 to {MOST_PER_HOUR}."
    if edit.daily_mails is None or not 1 <= edit.daily_mails <= MOST_MAILS:
        errors[BlockId.SETTINGS_DAILY_MAILS.value] = f"A whole number from 1 to {MOST_MAILS}."
    return errors
