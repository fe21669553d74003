"""The webhook over real HTTP on a real database."""

from tests.databases import *  # noqa: F403 (fixtures)
