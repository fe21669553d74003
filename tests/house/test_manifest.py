"""The Slack app's manifest says exactly what the code needs: no more scopes, no fewer events."""

import ast
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from blocks.ids import ActionId, CallbackId
from listeners import register_listeners
from sequences.front import Front
from tests.house.project import ROOT

# The bot scopes of each method: docs.slack.dev/reference/methods/<method>, "Required scopes". For conversations.*
# only those of direct messages, which are all that Sixty opens and reads.
SCOPES_OF_METHOD: dict[str, set[str]] = {
    "apps_connections_open": set(),  # the app-level token's connections:write
    "auth_test": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_delete": {"chat:write"},
    "conversations_history": {"im:history"},
    "conversations_open": {"im:write"},
    "team_info": {"team:read"},
    "users_list": {"users:read", "users:read.email"},  # without the second, no addresses
    "views_open": set(),
    "views_publish": set(),
}
# docs.slack.dev/reference/events/<event>
SCOPES_OF_EVENT: dict[str, set[str]] = {"app_home_opened": set(), "message.im": {"im:history"}}


def ignore(_: object) -> None:
    """What hangs a listener on an app; the listener itself is not looked at."""


class Register:
    """Stands where Bolt's app stands and writes down what is hung on it."""

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = {kind: [] for kind in ("action", "command", "event", "shortcut", "view")}

    def __getattr__(self, kind: str) -> Callable[[str | re.Pattern[str]], Callable[[Any], None]]:
        def decorate(name: str | re.Pattern[str]) -> Callable[[Any], None]:
            if isinstance(name, str):  # a pattern takes what nobody waits for
                self.ids[kind].append(name)
            return ignore

        return decorate

    middleware = staticmethod(ignore)
    error = staticmethod(ignore)


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def registered() -> dict[str, list[str]]:
    register = Register()
    register_listeners(cast(AsyncApp, register), cast(Front, object()))
    return register.ids


def called_methods() -> set[str]:
    """Web API methods by the name of the client's function, wherever the product calls one."""
    known = {name for name in vars(AsyncWebClient) if "_" in name.strip("_")}
    places = [
        *(ROOT / "listeners").rglob("*.py"),
        *(ROOT / "gateways").rglob("*.py"),
        *(ROOT / "terminal").rglob("*.py"),
    ]
    return {
        node.func.attr
        for path in [*places, ROOT / "app.py"]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in known
    }


def test_each_command_has_a_listener(manifest: dict[str, Any], registered: dict[str, list[str]]) -> None:
    declared = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert declared == registered["command"]


def test_each_command_says_what_it_is_for(manifest: dict[str, Any]) -> None:
    for command in manifest["features"]["slash_commands"]:
        assert command["description"]
        assert command["usage_hint"]
        assert "url" not in command, "Socket Mode needs no address"


def test_each_event_has_a_listener(manifest: dict[str, Any], registered: dict[str, list[str]]) -> None:
    declared = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert sorted({event.partition(".")[0] for event in declared}) == sorted(registered["event"])


def test_each_shortcut_has_a_listener(manifest: dict[str, Any], registered: dict[str, list[str]]) -> None:
    declared = [shortcut["callback_id"] for shortcut in manifest["features"].get("shortcuts", [])]
    assert declared == registered["shortcut"]


@pytest.mark.parametrize("action_id", list(ActionId))
def test_each_button_has_one_listener(action_id: ActionId, registered: dict[str, list[str]]) -> None:
    assert Counter(registered["action"])[action_id.value] == 1


@pytest.mark.parametrize("callback_id", list(CallbackId))
def test_each_modal_has_one_listener(callback_id: CallbackId, registered: dict[str, list[str]]) -> None:
    assert Counter(registered["view"])[callback_id.value] == 1


def test_no_listener_waits_for_what_nothing_sends(registered: dict[str, list[str]]) -> None:
    assert set(registered["action"]) == {action.value for action in ActionId}
    assert set(registered["view"]) == {callback.value for callback in CallbackId}


def test_the_scopes_are_those_that_the_calls_need(manifest: dict[str, Any]) -> None:
    methods = called_methods()
    assert methods == set(SCOPES_OF_METHOD), "add new calls to the table above, with their scopes"
    needed = {"commands"}.union(*(SCOPES_OF_METHOD[method] for method in methods))
    needed = needed.union(
        *(SCOPES_OF_EVENT[event] for event in manifest["settings"]["event_subscriptions"]["bot_events"])
    )
    assert sorted(needed) == manifest["oauth_config"]["scopes"]["bot"]


def test_the_app_is_reached_over_a_socket(manifest: dict[str, Any]) -> None:
    settings = manifest["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"] == {"is_enabled": True}
    assert settings["org_deploy_enabled"] is False
    assert settings["token_rotation_enabled"] is False


def test_a_person_can_write_to_the_app_and_open_its_home(manifest: dict[str, Any]) -> None:
    home = manifest["features"]["app_home"]
    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_the_texts_fit_where_slack_shows_them(manifest: dict[str, Any]) -> None:
    """docs.slack.dev/reference/app-manifest: name 35, description 140, long description 174 to 4,000."""
    shown = manifest["display_information"]
    assert shown["name"] == "Sixty"
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
