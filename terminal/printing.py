"""How the command line speaks: plain sentences on standard output, problems on standard error."""

import click


class CommandError(click.ClickException):
    """A problem that its reader can mend. The message says how; the exit code is 1."""


def say(text: str = "") -> None:
    click.echo(text)


def warn(text: str) -> None:
    click.echo(text, err=True)
