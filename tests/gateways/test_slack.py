"""Cards in Slack through the real SDK: posted, updated, found again, and refused in every way that Slack knows."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateways.slack.client import make_slack_client
from gateways.slack.messenger import METADATA_EVENT_TYPE, SlackMessenger
from sequences.ports.outside import Messenger, MessengerError, Place
from sequences.records.card import NoticeCard
from sequences.records.people import User
from tests.gateways.slack_server import TOKEN, Failure, SlackServer, serving

REP = User(id="u1", org_id="o1", slack_user_id="U1", name="Ann Lee", email="ann@example.com")
CARD = NoticeCard(title="Calendar", text="The calendar could not be read.")
SINCE = datetime.fromtimestamp(1_800_000_000, tz=UTC)
PLACE = Place(channel_id="DU1", message_ts="1800000000.000100")


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with serving(SlackServer()) as server:
        yield server


@pytest.fixture
def messenger(slack: SlackServer) -> Messenger:
    return SlackMessenger(make_slack_client(TOKEN, slack.url))


async def post_failure(messenger: Messenger) -> MessengerError:
    with pytest.raises(MessengerError) as caught:
        await messenger.post(REP, CARD, card_id="card_1")
    return caught.value


def person(user_id: str, **values: Any) -> dict[str, Any]:
    profile = {"real_name": f"Name of {user_id}", "email": f"{user_id}@Example.com"}
    return {"id": user_id, "name": user_id.lower(), "tz": "Europe/Berlin", "profile": profile, **values}


async def test_a_card_is_posted_into_the_direct_message(slack: SlackServer, messenger: Messenger) -> None:
    place = await messenger.post(REP, CARD, card_id="card_1")
    assert place.channel_id == "DU1"
    (call,) = slack.called("chat.postMessage")
    assert call["channel"] == "DU1"
    assert "calendar could not be read" in call["text"]
    assert json.dumps(call["blocks"])
    assert slack.messages[0]["metadata"] == {
        "event_type": METADATA_EVENT_TYPE,
        "event_payload": {"card_id": "card_1"},
    }


async def test_the_direct_message_is_opened_once(slack: SlackServer, messenger: Messenger) -> None:
    await messenger.post(REP, CARD, card_id="card_1")
    await messenger.post(REP, CARD, card_id="card_2")
    assert len(slack.called("conversations.open")) == 1


async def test_the_channel_that_posting_named_is_remembered(slack: SlackServer, messenger: Messenger) -> None:
    slack.fail("conversations.open", Failure(error="missing_scope"))
    place = await messenger.post(REP, CARD, card_id="card_1")
    assert await messenger.find(REP, card_id="card_1", since=SINCE) == place


@pytest.mark.parametrize("error", ["missing_scope", "unknown_method"])
async def test_without_the_right_to_open_it_the_user_id_is_the_channel(
    slack: SlackServer, messenger: Messenger, error: str
) -> None:
    slack.fail("conversations.open", Failure(error=error))
    place = await messenger.post(REP, CARD, card_id="card_1")
    assert slack.called("chat.postMessage")[0]["channel"] == "U1"
    assert place.channel_id == "DU1"


async def test_an_answer_that_names_no_place_leaves_the_one_that_was_meant(
    slack: SlackServer, messenger: Messenger
) -> None:
    """Servers that stand in for Slack say little."""
    slack.leave_out("conversations.open", "channel")
    slack.leave_out("chat.postMessage", "channel")
    place = await messenger.post(REP, CARD, card_id="card_1")
    assert slack.called("chat.postMessage")[0]["channel"] == "U1"
    assert place.channel_id == "U1"


async def test_a_surplus_message_is_taken_back(slack: SlackServer, messenger: Messenger) -> None:
    await messenger.delete(PLACE, card_id="card_1", user=REP)
    (call,) = slack.called("chat.delete")
    assert (call["channel"], call["ts"]) == (PLACE.channel_id, PLACE.message_ts)


async def test_a_message_that_is_gone_need_not_be_taken_back(slack: SlackServer, messenger: Messenger) -> None:
    slack.fail("chat.delete", Failure(error="message_not_found"))
    await messenger.delete(PLACE, card_id="card_1", user=REP)
    slack.fail("chat.delete", Failure(error="cant_delete_message"))
    with pytest.raises(MessengerError, match="cant_delete_message"):
        await messenger.delete(PLACE, card_id="card_1", user=REP)


async def test_an_update_stays_in_place(slack: SlackServer, messenger: Messenger) -> None:
    await messenger.update(PLACE, CARD, card_id="card_1", user=REP)
    (call,) = slack.called("chat.update")
    assert (call["channel"], call["ts"]) == ("DU1", "1800000000.000100")
    assert call["text"]
    assert call["blocks"]


async def test_a_message_that_is_gone_is_final(slack: SlackServer, messenger: Messenger) -> None:
    slack.fail("chat.update", Failure(error="message_not_found"))
    with pytest.raises(MessengerError, match="message_not_found") as caught:
        await messenger.update(PLACE, CARD, card_id="card_1", user=REP)
    assert caught.value.is_final


async def test_a_posted_card_is_found_by_its_id_across_pages(slack: SlackServer, messenger: Messenger) -> None:
    places = [await messenger.post(REP, CARD, card_id=f"card_{number}") for number in range(5)]
    assert await messenger.find(REP, card_id="card_0", since=SINCE) == places[0]
    assert len(slack.called("conversations.history")) == 3
    assert await messenger.find(REP, card_id="card_9", since=SINCE) is None


async def test_a_card_is_found_though_our_clock_is_hours_ahead_of_slacks(
    slack: SlackServer, messenger: Messenger
) -> None:
    """A machine whose clock was set wrong must not post a second card because it looks for the first in its future."""
    place = await messenger.post(REP, CARD, card_id="card_1")
    ahead = SINCE + timedelta(hours=12)
    assert await messenger.find(REP, card_id="card_1", since=ahead) == place


async def test_messages_of_others_and_older_ones_are_not_found(slack: SlackServer, messenger: Messenger) -> None:
    payload = {"event_payload": {"card_id": "card_1"}}
    slack.messages = [
        {"ts": "1800000005.0", "metadata": {"event_type": "other", **payload}},
        {"ts": "1800000004.0", "metadata": None},
        {"ts": "1800000003.0"},
        {"ts": "1700000000.0", "metadata": {"event_type": METADATA_EVENT_TYPE, **payload}},
    ]
    assert await messenger.find(REP, card_id="card_1", since=SINCE) is None


async def test_a_search_that_is_not_allowed_finds_nothing(slack: SlackServer, messenger: Messenger) -> None:
    slack.fail("conversations.history", Failure(error="missing_scope", extra={"needed": "im:history"}))
    assert await messenger.find(REP, card_id="card_1", since=SINCE) is None


async def test_a_search_without_the_right_to_open_the_conversation_finds_nothing(
    slack: SlackServer, messenger: Messenger
) -> None:
    slack.fail("conversations.open", Failure(error="missing_scope"))
    slack.fail("conversations.history", Failure(error="channel_not_found"))
    assert await messenger.find(REP, card_id="card_1", since=SINCE) is None


async def test_a_search_that_fails_is_not_taken_for_absence(slack: SlackServer, messenger: Messenger) -> None:
    slack.fail("conversations.history", Failure(error="internal_error"))
    with pytest.raises(MessengerError, match="internal_error") as caught:
        await messenger.find(REP, card_id="card_1", since=SINCE)
    assert not caught.value.is_final


@pytest.mark.parametrize(
    ("error", "is_final"),
    [
        ("account_inactive", True),
        ("cannot_dm_bot", True),
        ("channel_not_found", True),
        ("invalid_blocks", True),
        ("is_archived", True),
        ("msg_too_long", True),
        ("not_in_channel", True),
        ("fatal_error", False),
        ("internal_error", False),
        ("request_timeout", False),
        ("service_unavailable", False),
        ("invalid_auth", False),
        ("something_new", False),
    ],
)
async def test_each_refusal_is_final_or_for_later(
    slack: SlackServer, messenger: Messenger, error: str, is_final: bool
) -> None:
    slack.fail("chat.postMessage", Failure(error=error))
    caught = await post_failure(messenger)
    assert (caught.is_final, caught.retry_after) == (is_final, None)
    assert error in str(caught)


async def test_a_missing_scope_is_named(slack: SlackServer, messenger: Messenger) -> None:
    slack.fail(
        "chat.postMessage", Failure(error="missing_scope", extra={"needed": "chat:write", "provided": "im:read"})
    )
    assert "chat:write" in str(await post_failure(messenger))


async def test_what_is_wrong_with_the_blocks_is_said(slack: SlackServer, messenger: Messenger) -> None:
    detail = {"response_metadata": {"messages": ["[ERROR] must be more than 0 characters [json-pointer:/blocks/0]"]}}
    slack.fail("chat.postMessage", Failure(error="invalid_blocks", extra=detail))
    assert "/blocks/0" in str(await post_failure(messenger))


async def test_a_short_rate_limit_is_waited_out(slack: SlackServer, messenger: Messenger) -> None:
    slack.fail("chat.postMessage", Failure(error="ratelimited", status=429, headers={"Retry-After": "0"}))
    assert (await messenger.post(REP, CARD, card_id="card_1")).channel_id == "DU1"
    assert len(slack.called("chat.postMessage")) == 2


async def test_a_long_rate_limit_comes_back_as_a_time_to_try_again(slack: SlackServer, messenger: Messenger) -> None:
    slack.fail("chat.postMessage", Failure(error="ratelimited", status=429, headers={"Retry-After": "30"}))
    caught = await post_failure(messenger)
    assert (caught.retry_after, caught.is_final) == (30, False)
    assert len(slack.called("chat.postMessage")) == 1


async def test_a_rate_limit_without_words_still_says_when(slack: SlackServer, messenger: Messenger) -> None:
    slack.fail("chat.postMessage", Failure(text="slow down", status=429, headers={"Retry-After": "30"}))
    caught = await post_failure(messenger)
    assert (caught.retry_after, caught.is_final) == (30, False)


@pytest.mark.parametrize(
    "failure",
    [
        Failure(drop=True),
        Failure(status=500, text="<html>oops</html>"),
        Failure(status=200, text="<html>proxy</html>"),
        Failure(status=503, error="service_unavailable"),
    ],
)
async def test_a_slack_that_is_down_is_for_later(slack: SlackServer, messenger: Messenger, failure: Failure) -> None:
    slack.fail("chat.postMessage", failure)
    assert not (await post_failure(messenger)).is_final


async def test_an_unreachable_slack_is_for_later(slack: SlackServer) -> None:
    caught = await post_failure(SlackMessenger(make_slack_client(TOKEN, "http://127.0.0.1:1/api/")))
    assert (caught.is_final, caught.retry_after) == (False, None)


async def test_members_are_people_of_our_own(slack: SlackServer, messenger: Messenger) -> None:
    slack.members = [
        person("U1", is_admin=True),
        person("U2", is_owner=True),
        person("U3"),
        person("USLACKBOT"),
        person("U4", is_bot=True),
        person("U5", deleted=True),
        person("U6", is_restricted=True),
        person("U7", is_ultra_restricted=True),
        person("U8", is_stranger=True),
        person("U9", is_workflow_bot=True),
    ]
    workspace = await messenger.members()
    assert (workspace.team_id, workspace.name) == ("T1", "Acme")
    assert [(member.slack_user_id, member.is_admin) for member in workspace.members] == [
        ("U1", True),
        ("U2", True),
        ("U3", False),
    ]
    first = workspace.members[0]
    assert (first.name, first.email, first.timezone) == ("Name of U1", "u1@example.com", "Europe/Berlin")
    assert len(slack.called("users.list")) == 5


async def test_members_may_lack_an_address_a_name_and_a_zone(slack: SlackServer, messenger: Messenger) -> None:
    slack.members = [{"id": "U1", "name": "ann", "profile": {"real_name": "", "email": ""}}, {"id": "U2"}]
    members = (await messenger.members()).members
    assert [(member.name, member.email, member.timezone) for member in members] == [
        ("ann", None, "UTC"),
        ("U2", None, "UTC"),
    ]


async def test_the_name_of_the_workspace_comes_from_auth_test_when_team_info_is_not_allowed(
    slack: SlackServer, messenger: Messenger
) -> None:
    slack.fail("team.info", Failure(error="missing_scope", extra={"needed": "team:read"}))
    assert (await messenger.members()).name == "Acme (auth.test)"


async def test_members_that_may_not_be_listed_are_an_error_that_names_the_scope(
    slack: SlackServer, messenger: Messenger
) -> None:
    slack.fail("users.list", Failure(error="missing_scope", extra={"needed": "users:read"}))
    with pytest.raises(MessengerError, match="users:read"):
        await messenger.members()


async def test_a_proxy_of_the_environment_is_not_used_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    assert make_slack_client(TOKEN, "http://127.0.0.1:9/api/").proxy is None
    assert make_slack_client(TOKEN, "https://slack.com/api/").proxy == "http://proxy.test:3128"
    monkeypatch.setenv("NO_PROXY", "intranet.test,.local.test")
    assert make_slack_client(TOKEN, "http://slack.local.test:8065/api/").proxy is None
    assert make_slack_client(TOKEN, "https://slack.com/api/").proxy == "http://proxy.test:3128"
