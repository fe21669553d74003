"""Events of the Events API. Bolt acknowledges them by itself."""

from listeners.events.app_home_opened import handle_app_home_opened
from listeners.events.message import handle_message
from listeners.in_flight import Listener

LISTENERS: dict[str, Listener] = {"app_home_opened": handle_app_home_opened, "message": handle_message}
