"""The one place where an unexpected failure becomes a plain sentence and a short reference that the log knows too."""

import logging
from typing import Any

from slack_bolt.async_app import AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext

from sequences.tracing import begin, carried

log = logging.getLogger(__name__)


async def handle_error(error: Exception, context: AsyncBoltContext, body: dict[str, Any]) -> None:
    """Log the traceback under the correlation id and tell the person, when there is a way to."""
    reference = carried().get("correlation_id") or begin()
    kind = body.get("type") or body.get("command") or "event"
    log.error("listener failed", extra={"kind": kind}, exc_info=error)
    respond: AsyncRespond | None = context.respond
    if respond is None or not respond.response_url:
        return
    text = f"Something went wrong on my side, and nothing was sent. Your admin can find it in the log as {reference}."
    await respond(text=text, response_type="ephemeral", replace_original=False)
