"""The local workspace refuses what Slack refuses; it takes all that we draw."""

import pytest

from blocks.previews import previews
from blocks.render import Message
from workspace.blockkit.check import problems, view_problems

PREVIEWS = previews()


@pytest.mark.parametrize("name", sorted(PREVIEWS))
def test_the_workspace_takes_it(name: str) -> None:
    drawn = PREVIEWS[name]
    found = problems(drawn.blocks, surface="message") if isinstance(drawn, Message) else view_problems(drawn)
    assert found == []
