"""A button that this version does not know is acknowledged, and says so to whoever pressed it."""

from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond

from listeners.actions.others import UNKNOWN, handle_others


class Answers(AsyncRespond):
    """Notes what would be posted to the response URL."""

    def __init__(self, response_url: str | None) -> None:
        super().__init__(response_url=response_url)
        self.said: list[dict[str, Any]] = []

    async def __call__(self, *_: Any, **answer: Any) -> Any:
        self.said.append(answer)


async def pressed(action: dict[str, Any], response_url: str | None = "https://hooks.example/1") -> list[dict[str, Any]]:
    acknowledged = []

    async def ack() -> None:
        acknowledged.append(True)

    respond = Answers(response_url)
    await handle_others(cast(AsyncAck, ack), {"actions": [action]}, respond)
    assert acknowledged == [True]
    return respond.said


async def test_hitl_11_who_presses_a_button_of_another_version_alone_hears_why_nothing_happens() -> None:
    (said,) = await pressed({"action_id": "orch_of_next_year", "value": "1:x"})
    assert UNKNOWN in said["text"]
    assert (said["response_type"], said["replace_original"]) == ("ephemeral", False)


@pytest.mark.parametrize(
    ("action", "response_url"),
    [
        ({"action_id": "a_link", "url": "https://acme.example"}, "https://hooks.example/1"),
        ({"action_id": "in_a_modal"}, None),
    ],
    ids=["a link", "no place to answer"],
)
async def test_hitl_09_what_needs_no_word_is_only_acknowledged(
    action: dict[str, Any], response_url: str | None
) -> None:
    assert await pressed(action, response_url) == []
