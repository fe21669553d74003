"""What a person reads when a listener failed."""

from typing import Any

import pytest
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from listeners.errors import TOO_LATE, handle_error


class Respond:
    """``broken``: what comes of saying anything."""

    def __init__(
        self, response_url: str | None = "https://hooks.slack.example/1", *, broken: Exception | None = None
    ) -> None:
        self.response_url = response_url
        self.broken = broken
        self.said: list[dict[str, Any]] = []

    async def __call__(self, **values: Any) -> None:
        if self.broken:
            raise self.broken
        self.said.append(values)


def refused(code: str) -> Exception:
    error: Exception = SlackApiError("no", {"ok": False, "error": code})  # type: ignore[no-untyped-call]
    return error


async def failed_with(error: Exception, respond: Respond) -> list[dict[str, Any]]:
    context = AsyncBoltContext({"respond": respond})
    await handle_error(error, context, {"type": "block_actions"})
    return respond.said


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id"])
async def test_hitl_09_a_modal_that_came_too_late_asks_to_press_again(code: str) -> None:
    [said] = await failed_with(refused(code), Respond())
    assert said == {"text": TOO_LATE, "response_type": "ephemeral", "replace_original": False}


@pytest.mark.parametrize("error", [ValueError("secret"), refused("fatal_error")])
async def test_flag_07_anything_else_is_named_by_a_reference_only(error: Exception) -> None:
    [said] = await failed_with(error, Respond())
    assert "nothing was sent" in said["text"]
    assert "secret" not in said["text"]


async def test_err_09_whoever_cannot_be_told_breaks_nothing() -> None:
    assert await failed_with(ValueError("broken"), Respond(broken=ConnectionResetError())) == []


async def test_flag_07_where_nobody_can_be_told_only_the_log_knows() -> None:
    assert await failed_with(ValueError("broken"), Respond(None)) == []
