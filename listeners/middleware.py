"""Turns a raw payload into who is asking. What it puts in ``context`` a listener asks for by name."""

from collections.abc import Awaitable, Callable

from slack_bolt.context.async_context import AsyncBoltContext

from sequences.front import Front
from sequences.tracing import begin, carried


class Introduce:
    """Sets ``front`` and ``actor`` (the member who acts; None for guests, bots and strangers)."""

    def __init__(self, front: Front) -> None:
        self._front = front

    async def __call__(self, context: AsyncBoltContext, next: Callable[[], Awaitable[None]]) -> None:
        if "correlation_id" not in carried():  # the way in has begun one, and the listener's task inherits it
            begin()
        context["front"] = self._front
        # Looked up by the listener, after its ack: a database that is slow must not cost the three seconds.
        installed = context.authorize_result.team_id if context.authorize_result else None
        context["actor_key"] = (context.team_id or installed, context.user_id)
        await next()
