"""``sixty run``."""

import click

from app import serve
from config import ALL_ROLES, Role
from terminal.doing import do, read_settings


@click.command("run")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(["all", *(role.value for role in Role)]),
    default=["all"],
    show_default=True,
    help="What this process does; may be repeated.",
)
def run(roles: tuple[str, ...]) -> None:
    """Run the app against your Slack workspace."""
    do(serve(read_settings(quiet=False), ALL_ROLES if "all" in roles else frozenset(map(Role, roles))))
