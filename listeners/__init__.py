"""Slack comes in. Each package is a table of id → function; ``register_listeners`` hangs them all on the app."""

from slack_bolt.async_app import AsyncApp

from listeners import actions, commands, events, views
from listeners.errors import handle_error
from listeners.middleware import Introduce
from sequences.front import Front


def register_listeners(app: AsyncApp, front: Front) -> None:
    """Every listener of Sixty, behind one middleware that says who is there."""
    app.middleware(Introduce(front))
    app.error(handle_error)
    for package in (actions, commands, events, views):
        package.register(app)
