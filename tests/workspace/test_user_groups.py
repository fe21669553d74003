"""Groups of people that apps make and change, as a rota does; and who does not want to be disturbed."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.test_web_api import refused
from workspace.server import Running


def heard(ws: Running) -> list[dict[str, Any]]:
    return [sent["payload"]["event"] for sent in ws.log.envelopes("events_api")]


async def test_a_group_is_made_filled_renamed_and_put_away(ws: Running, client: AsyncWebClient) -> None:
    made = (await client.usergroups_create(name="On call", handle="oncall", channels=["C0GEN"]))["usergroup"]
    group = made["id"]
    assert (made["handle"], made["prefs"], made["date_delete"]) == ("oncall", {"channels": ["C0GEN"], "groups": []}, 0)
    filled = await client.usergroups_users_update(usergroup=group, users=["U0ANN", "U0BEN"])
    assert filled["usergroup"]["users"] == ["U0ANN", "U0BEN"]
    changed = await client.usergroups_users_update(usergroup=group, users="U0BEN", include_count=True)
    assert changed["usergroup"]["user_count"] == 1
    assert (await client.usergroups_users_list(usergroup=group))["users"] == ["U0BEN"]
    named = await client.usergroups_update(usergroup=group, name="Night shift")
    assert (named["usergroup"]["name"], named["usergroup"]["handle"]) == ("Night shift", "oncall")

    assert (await client.usergroups_disable(usergroup=group))["usergroup"]["date_delete"] > 0
    assert (await client.usergroups_list())["usergroups"] == []
    assert [one["id"] for one in (await client.usergroups_list(include_disabled=True))["usergroups"]] == [group]
    await client.usergroups_enable(usergroup=group)
    assert [one["id"] for one in (await client.usergroups_list())["usergroups"]] == [group]

    events = heard(ws)
    assert [event["type"] for event in events[:4]] == [
        "subteam_created", "subteam_members_changed", "subteam_members_changed", "subteam_updated",
    ]  # fmt: skip
    assert (events[1]["added_users"], events[2]["removed_users"]) == (["U0ANN", "U0BEN"], ["U0ANN"])
    assert events[3]["subteam"]["name"] == "Night shift"


@pytest.mark.parametrize(
    ("method", "asked", "error"),
    [
        ("usergroups.create", {"name": "ops"}, "name_already_exists"),
        ("usergroups.create", {"name": "Other", "handle": "ops"}, "handle_already_exists"),
        ("usergroups.create", {}, "invalid_arguments"),
        ("usergroups.update", {"usergroup": "S0NOPE", "name": "x"}, "no_such_subteam"),
        ("usergroups.disable", {"usergroup": "S0NOPE"}, "no_such_subteam"),
        ("usergroups.users.update", {"users": ""}, "no_users_provided"),
        ("usergroups.users.update", {"users": "U0NOPE"}, "invalid_users"),
    ],
)
async def test_what_cannot_be_a_group(client: AsyncWebClient, method: str, asked: dict[str, Any], error: str) -> None:
    known = (await client.usergroups_create(name="ops"))["usergroup"]
    assert known["handle"] == "ops"
    assert await refused(client.api_call(method, params={"usergroup": known["id"], **asked})) == error


async def test_nobody_minds_being_disturbed(client: AsyncWebClient) -> None:
    quiet = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    assert (await client.dnd_info(user="U0ANN")).data == {"ok": True, **quiet}
    assert (await client.dnd_teamInfo(users=["U0ANN", "U0BEN"]))["users"] == {"U0ANN": quiet, "U0BEN": quiet}
    assert await refused(client.dnd_info(user="U0NOPE")) == "user_not_found"
