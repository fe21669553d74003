"""Events of the Events API. Bolt acknowledges them by itself."""

import re

from listeners.events.app_home_opened import handle_app_home_opened
from listeners.events.message import handle_message
from listeners.events.others import handle_others
from listeners.in_flight import Listener

LISTENERS: dict[str, Listener] = {"app_home_opened": handle_app_home_opened, "message": handle_message}

OTHERS = re.compile(rf"^(?!(?:{'|'.join(LISTENERS)})$)")
"""Every event that has no listener of its own, for ``handle_others``."""

__all__ = ["LISTENERS", "OTHERS", "handle_others"]
