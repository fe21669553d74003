"""Slack comes in. Each package is a table of id → function; ``register_listeners`` hangs them all on the app."""

from slack_bolt.async_app import AsyncApp

from listeners import actions, commands, events, shortcuts, views
from listeners.errors import handle_error
from listeners.in_flight import InFlight
from listeners.middleware import Introduce
from sequences.front import Front
from sequences.ports.observing import Observer


def register_listeners(app: AsyncApp, front: Front, observer: Observer | None = None) -> InFlight:
    """Every listener of Sixty, behind one middleware that says who is there. Answers what a stop must wait for."""
    in_flight = InFlight(observer or Observer())
    app.middleware(Introduce(front))
    app.error(handle_error)
    for action_id, listener in actions.LISTENERS.items():
        app.action(action_id.value)(in_flight.track(listener, action_id.value))
    app.action(actions.OTHERS)(in_flight.track(actions.handle_others, "other buttons"))
    for command, listener in commands.LISTENERS.items():
        app.command(command)(in_flight.track(listener, command))
    for event, listener in events.LISTENERS.items():
        app.event(event)(in_flight.track(listener, event))
    app.event(events.OTHERS)(in_flight.track(events.handle_others, "other events"))
    for shortcut, listener in shortcuts.LISTENERS.items():
        app.shortcut(shortcut.value)(in_flight.track(listener, shortcut.value))
    for callback_id, listener in views.LISTENERS.items():
        app.view(callback_id.value)(in_flight.track(listener, callback_id.value))
    return in_flight
