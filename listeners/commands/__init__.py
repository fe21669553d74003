"""Slash commands."""

from slack_bolt.async_app import AsyncApp

from listeners.commands.sixty import handle_sixty


def register(app: AsyncApp) -> None:
    app.command("/60")(handle_sixty)
