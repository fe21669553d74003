"""Events of the Events API. Bolt acknowledges them by itself."""

from slack_bolt.async_app import AsyncApp

from listeners.events.app_home_opened import handle_app_home_opened
from listeners.events.message import handle_message


def register(app: AsyncApp) -> None:
    app.event("app_home_opened")(handle_app_home_opened)
    app.event("message")(handle_message)
