"""Every example is drawn, is what it was, and is accepted by Slack's own models."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from blocks.ids import INPUT, ActionId
from blocks.limits import Surface, check, size
from blocks.limits.numbers import MESSAGE_JSON
from blocks.previews import previews
from blocks.render import Message
from tests.blocks.reading import Drawn, action_ids, blocks_of

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"
PREVIEWS = previews()
NAMES = sorted(PREVIEWS)


@pytest.fixture(params=NAMES)
def named(request: pytest.FixtureRequest) -> tuple[str, Drawn]:
    return request.param, PREVIEWS[request.param]


def test_is_what_it_was(named: tuple[str, Drawn]) -> None:
    """Run with UPDATE_GOLDEN=1 to accept a change, then read the difference."""
    name, drawn = named
    content: dict[str, Any] = {"text": drawn.text, "blocks": drawn.blocks} if isinstance(drawn, Message) else drawn
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"{name}.json"
    if UPDATE:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_times_stand_in_their_sentences(named: tuple[str, Drawn]) -> None:
    """A moment brings its own "on" or "at"; behind "by" and "until" it must not."""
    content = json.dumps(named[1].blocks if isinstance(named[1], Message) else named[1])
    assert not re.search(r"\b(?:by|until) (?:on|at) [A-Z0-9]", content)


def test_no_golden_file_is_left_behind() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(NAMES)


def test_slack_models_take_it_unchanged(named: tuple[str, Drawn]) -> None:
    _, drawn = named
    blocks = blocks_of(drawn)
    assert [block.to_dict() for block in Block.parse_all(blocks)] == blocks
    if isinstance(drawn, dict):
        assert View(**drawn).to_dict()["type"] == drawn["type"]


def test_is_within_the_limits(named: tuple[str, Drawn]) -> None:
    _, drawn = named
    if isinstance(drawn, Message):
        check(drawn.blocks, Surface.MESSAGE)
        assert size(drawn.blocks) <= MESSAGE_JSON
        assert 0 < len(drawn.text) <= 4_000
    else:
        check(drawn, Surface(drawn["type"]))


def test_every_id_is_drawn_and_every_drawn_id_is_known() -> None:
    drawn = {action_id for shown in PREVIEWS.values() for action_id in action_ids(shown)}
    assert drawn == {*ActionId, INPUT}
