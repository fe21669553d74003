"""Listeners called as Bolt calls them, on a real database."""

from tests.databases import *  # noqa: F403 (fixtures)
