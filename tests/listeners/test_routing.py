"""Whatever Slack may send finds exactly one listener (HITL-08, HITL-10, HITL-11), asked of Bolt itself."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from blocks.ids import ActionId, CallbackId, ShortcutId
from listeners import events, register_listeners
from sequences.front import Front

MANIFEST = json.loads((Path(__file__).resolve().parents[2] / "manifest.json").read_text(encoding="utf-8"))
PREFIXES = ("orch_", "prop_", "cal_", "email_", "camp_")  # HITL-10
TYPES = {"global": "shortcut", "message": "message_action"}

Body = dict[str, Any]


def press(action_id: str) -> Body:
    return {"type": "block_actions", "actions": [{"action_id": action_id, "block_id": "b", "type": "button"}]}


def submission(callback_id: str) -> Body:
    return {"type": "view_submission", "view": {"type": "modal", "callback_id": callback_id}}


def of_the_manifest() -> Iterator[tuple[str, Body]]:
    """Each entry with a body that Slack sends for it."""
    for shortcut in MANIFEST["features"]["shortcuts"]:
        callback_id = shortcut["callback_id"]
        yield callback_id, {"type": TYPES[shortcut["type"]], "callback_id": callback_id, "message": {}}
    for command in MANIFEST["features"]["slash_commands"]:
        yield command["command"], {"command": command["command"], "text": ""}
    for name in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
        kind, _, channel_type = name.partition(".")
        for subtype in (None, "message_changed", "message_deleted", "file_share") if channel_type else (None,):
            event = {"type": kind, "channel_type": channel_type, **({"subtype": subtype} if subtype else {})}
            yield f"{name} {subtype or ''}".strip(), {"type": "event_callback", "event": event}


EVERYTHING: dict[str, Body] = {
    **{action_id.value: press(action_id.value) for action_id in ActionId},
    **{callback_id.value: submission(callback_id.value) for callback_id in CallbackId},
    **dict(of_the_manifest()),
}


@pytest.fixture(scope="module")
def bolt() -> AsyncApp:
    app = AsyncApp(client=AsyncWebClient(token="xoxb-none"), request_verification_enabled=False)
    register_listeners(app, cast(Front, object()))
    return app


async def heard_by(bolt: AsyncApp, body: Body) -> int:
    """How many listeners Bolt would find; it runs the first only."""
    request = AsyncBoltRequest(body=body, mode="socket_mode")
    response = BoltResponse(status=200)
    return sum([await one.async_matches(req=request, resp=response) for one in bolt._async_listeners])


@pytest.mark.parametrize("name", list(EVERYTHING))
async def test_hitl_11_everything_that_slack_may_send_has_exactly_one_listener(bolt: AsyncApp, name: str) -> None:
    assert await heard_by(bolt, EVERYTHING[name]) == 1


@pytest.mark.parametrize("body", [submission("nothing"), {"command": "/61"}])
async def test_hitl_11_what_is_not_ours_has_none(bolt: AsyncApp, body: Body) -> None:
    assert await heard_by(bolt, body) == 0


async def test_hitl_11_a_button_of_another_version_has_a_listener_too(bolt: AsyncApp) -> None:
    assert await heard_by(bolt, press("orch_of_next_year")) == 1


@pytest.mark.parametrize("kind", ["app_mention", "team_join", "app_uninstalled", "message_metadata_posted"])
async def test_src_12_an_event_that_nobody_waits_for_is_acknowledged(bolt: AsyncApp, kind: str) -> None:
    """Slack switches an app's events off that answers too few of them."""
    body = {"type": "event_callback", "event_id": "Ev1", "event": {"type": kind, "user": "U1"}}
    assert await heard_by(bolt, body) == 1
    await events.handle_others()


@pytest.mark.parametrize("known", [one.value for kind in (ActionId, CallbackId, ShortcutId) for one in kind])
def test_hitl_10_each_id_says_by_its_prefix_which_area_answers(known: str) -> None:
    assert known.startswith(PREFIXES)


def test_hitl_08_all_four_kinds_of_payload_are_heard() -> None:
    kinds = {body["type"] for body in EVERYTHING.values() if "type" in body}
    assert {"block_actions", "view_submission", "shortcut", "message_action"} <= kinds
    assert {shortcut["callback_id"] for shortcut in MANIFEST["features"]["shortcuts"]} == set(ShortcutId)
