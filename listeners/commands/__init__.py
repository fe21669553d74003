"""Slash commands."""

from listeners.commands.sixty import handle_sixty
from listeners.in_flight import Listener

LISTENERS: dict[str, Listener] = {"/60": handle_sixty}
