"""The one place where an unexpected failure becomes a plain sentence and a short reference that the log knows too."""

import logging
from typing import Any

from slack_bolt.async_app import AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from sequences.tracing import begin, carried

log = logging.getLogger(__name__)

# Slack opens a modal within three seconds of the press, and not any more after that.
_TOO_LATE = frozenset(("expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"))
TOO_LATE = "That took me too long, so Slack did not let me open it any more. Nothing was changed. Please press again."


async def handle_error(error: Exception, context: AsyncBoltContext, body: dict[str, Any]) -> None:
    """Log the traceback under the correlation id and tell the person, when there is a way to."""
    reference = carried().get("correlation_id") or begin()
    kind = body.get("type") or body.get("command") or "event"
    log.error("listener failed", extra={"kind": kind}, exc_info=error)
    respond: AsyncRespond | None = context.respond
    if respond is None or not respond.response_url:
        return
    text = f"Something went wrong on my side, and nothing was sent. Your admin can find it in the log as {reference}."
    if isinstance(error, SlackApiError) and error.response.get("error") in _TOO_LATE:
        text = TOO_LATE
    try:
        await respond(text=text, response_type="ephemeral", replace_original=False)
    except Exception:
        log.exception("nobody could be told")
