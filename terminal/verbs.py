"""A command group that loads a command when it is typed: a short question must not wait for all that Sixty is made of.

The only place of the command line that imports by name.
"""

import gc
from importlib import import_module
from typing import Any

import click


def named(where: str) -> Any:
    """What ``module:name`` names, imported now. Modules stay as long as the process: the garbage collector neither
    looks among them while they are made nor later, which saves a third of a short command's time."""
    module, _, name = where.partition(":")
    was_on = gc.isenabled()
    gc.disable()
    try:
        return getattr(import_module(module), name)
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class Verb(click.Command):
    """Stands for the command that ``where`` names; ``help`` is that command's own first sentence."""

    def __init__(self, name: str, where: str, help: str) -> None:
        super().__init__(name, help=help)
        self._where = where

    def load(self) -> click.Command:
        found: click.Command = named(self._where)
        return found


class Verbs(click.Group):
    """A group of ``Verb``s: their names and sentences are all that ``--help`` needs."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, found, rest = super().resolve_command(ctx, args)
        return name, found.load() if isinstance(found, Verb) else found, rest
