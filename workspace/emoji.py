"""The emoji that a workspace knows: everybody's by Slack's short names, and its own from the seed."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_NAMES = Path(__file__).with_name("emoji.txt")


@cache
def code_points() -> Mapping[str, str]:
    """Short name to code points as Slack writes them: ``1f44b``, ``26a0-fe0f``."""
    rows = (line.split() for line in _NAMES.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {name: code for code, *names in rows for name in names}


def is_emoji(name: str, own: Mapping[str, str]) -> bool:
    """``name`` may end in a skin tone; ``own`` are the workspace's."""
    base = name.partition("::skin-tone-")[0]
    return base in code_points() or base in own
