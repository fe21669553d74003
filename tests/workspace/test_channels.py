"""Channels are made, named, filled, emptied and closed; who is there and which apps are told."""

from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.seeds import changed_seed
from workspace.options import Options
from workspace.server import Running, running
from workspace.wire import Json, SlackError


async def refused(work: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await work
    return str(caught.value.response["error"])


async def heard(ws: Running, *types: str) -> list[Json]:
    """The events of these types, once each has come."""

    def events() -> list[Json]:
        told = [one["payload"]["event"] for one in ws.log.envelopes("events_api")]
        return [event for event in told if {event["type"], event.get("subtype")} & set(types)]

    await ws.until(lambda: {name for event in events() for name in (event["type"], event.get("subtype"))} >= set(types))
    return events()


async def test_a_channel_from_its_beginning_to_its_end(ws: Running, client: AsyncWebClient) -> None:
    bot = ws.app.bot_user_id
    channel = (await client.conversations_create(name="plans"))["channel"]["id"]
    created = (await heard(ws, "channel_created"))[0]["channel"]
    assert (created["id"], created["name"], created["creator"]) == (channel, "plans", bot)

    await client.conversations_invite(channel=channel, users="U0ANN,U0BEN")
    joined = await heard(ws, "member_joined_channel")
    assert [(one["user"], one["inviter"]) for one in joined] == [("U0ANN", bot), ("U0BEN", bot)]

    renamed = await client.conversations_rename(channel=channel, name="big-plans_2")
    assert renamed["channel"]["name"] == "big-plans_2"
    assert (await heard(ws, "channel_rename"))[0]["channel"]["name"] == "big-plans_2"

    topic = await client.conversations_setTopic(channel=channel, topic="What next?")
    assert topic["channel"]["topic"]["value"] == "What next?"
    assert topic["channel"]["topic"]["creator"] == bot
    assert (await client.conversations_setPurpose(channel=channel, purpose="To plan"))["purpose"] == "To plan"
    assert (await heard(ws, "channel_topic"))[0]["topic"] == "What next?"

    await client.conversations_kick(channel=channel, user="U0BEN")
    assert (await heard(ws, "member_left_channel"))[0]["user"] == "U0BEN"
    assert (await client.conversations_members(channel=channel))["members"] == [bot, "U0ANN"]

    await client.conversations_archive(channel=channel)
    assert (await heard(ws, "channel_archive"))[-1]["user"] == bot
    assert await refused(client.chat_postMessage(channel=channel, text="too late")) == "is_archived"
    with pytest.raises(SlackError, match="is_archived"):
        await ws.person("ann").say("too late", channel)
    listed = await client.conversations_list(exclude_archived=True)
    assert channel not in [one["id"] for one in listed["channels"]]
    assert await refused(client.conversations_archive(channel=channel)) == "already_archived"
    await client.conversations_unarchive(channel=channel)
    assert await refused(client.conversations_unarchive(channel=channel)) == "not_archived"

    await client.conversations_leave(channel=channel)
    assert (await heard(ws, "channel_left"))[0]["channel"] == channel
    assert (await client.conversations_leave(channel=channel))["not_in_channel"] is True
    said = [message.subtype for message in ws.person("ann").messages(channel)]
    assert said == [
        f"channel_{change}"
        for change in ("join", "join", "name", "topic", "purpose", "leave", "archive", "unarchive", "leave")
    ]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("---", "invalid_name_punctuation"),
        ("Plans", "invalid_name_specials"),
        ("big plans", "invalid_name_specials"),
        ("p" * 81, "invalid_name_maxlength"),
        ("general", "name_taken"),
    ],
)
async def test_names_have_rules(client: AsyncWebClient, name: str, error: str) -> None:
    assert await refused(client.api_call("conversations.create", params={"name": name})) == error


async def test_names_need_no_english(client: AsyncWebClient) -> None:
    assert (await client.conversations_create(name="büro-東京"))["channel"]["name"] == "büro-東京"


async def test_what_cannot_be_done_to_a_channel(ws: Running, client: AsyncWebClient) -> None:
    bot = ws.app.bot_user_id
    made = (await client.conversations_create(name="alone"))["channel"]["id"]
    dm = (await client.conversations_open(users="U0ANN"))["channel"]["id"]
    group = (await client.conversations_open(users="U0ANN,U0BEN"))["channel"]["id"]
    for work, error in (
        (client.conversations_archive(channel="C0GEN"), "cant_archive_general"),
        (client.conversations_leave(channel="C0GEN"), "cant_leave_general"),
        (client.conversations_kick(channel="C0GEN", user="U0ANN"), "cant_kick_from_general"),
        (client.conversations_kick(channel=made, user=bot), "cant_kick_self"),
        (client.conversations_kick(channel=made, user="U0ANN"), "not_in_channel"),
        (client.conversations_kick(channel=made, user="U0NOPE"), "user_not_found"),
        (client.conversations_leave(channel=made), "last_member"),
        (client.conversations_invite(channel=made, users=bot), "cant_invite_self"),
        (client.conversations_invite(channel=made, users="U0OLD"), "user_not_found"),
        (client.conversations_invite(channel="C0OUT", users="U0CAT"), "not_in_channel"),
        (client.conversations_rename(channel="C0OUT", name="inside"), "not_in_channel"),
        (client.conversations_rename(channel=dm, name="us"), "method_not_supported_for_channel_type"),
        (client.conversations_join(channel=group), "method_not_supported_for_channel_type"),
        (client.conversations_setTopic(channel="C0GEN", topic="t" * 251), "too_long"),
        (client.conversations_mark(channel="C0GEN", ts="now"), "invalid_timestamp"),
    ):
        assert await refused(work) == error


async def test_some_of_the_invited_may_already_be_there(client: AsyncWebClient) -> None:
    channel = (await client.conversations_create(name="plans"))["channel"]["id"]
    await client.conversations_invite(channel=channel, users="U0ANN")
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_invite(channel=channel, users="U0ANN,U0BEN")
    assert caught.value.response["errors"] == [{"ok": False, "user": "U0ANN", "error": "already_in_channel"}]
    forced = await client.conversations_invite(channel=channel, users="U0ANN,U0BEN", force=True)
    assert [one["user"] for one in forced["errors"]] == ["U0ANN"]
    assert "U0BEN" in (await client.conversations_members(channel=channel))["members"]


async def test_joining_twice_is_remarked_upon(client: AsyncWebClient) -> None:
    await client.conversations_join(channel="C0OUT")
    again = await client.conversations_join(channel="C0OUT")
    assert (again["warning"], again["response_metadata"]["warnings"]) == ("already_in_channel", ["already_in_channel"])


async def test_how_far_was_read_is_kept(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0GEN", text="hi"))["ts"]
    await client.conversations_mark(channel="C0GEN", ts=ts)
    assert (await client.conversations_info(channel="C0GEN"))["channel"]["last_read"] == ts


async def test_a_mention_in_a_line_of_slacks_own_is_no_mention(ws: Running, client: AsyncWebClient) -> None:
    await client.conversations_join(channel="C0OUT")
    await ws.person("ann").say("@testapp now you", channel="outside")
    mentions = await heard(ws, "app_mention")
    assert [mention["text"] for mention in mentions] == [f"<@{ws.app.bot_user_id}> now you"]


async def test_private_channels_keep_their_events_to_themselves(ws: Running, client: AsyncWebClient) -> None:
    channel = (await client.conversations_create(name="quiet", is_private=True))["channel"]
    assert channel["is_private"] is True
    await client.conversations_invite(channel=channel["id"], users="U0ANN")
    await client.conversations_rename(channel=channel["id"], name="quieter")
    await heard(ws, "group_rename", "channel_join")
    assert not [one for one in ws.log.envelopes("events_api") if one["payload"]["event"]["type"] == "channel_created"]


@pytest.mark.parametrize(
    ("scopes", "works"),
    [(["channels:manage"], True), (["channels:write.topic"], True), (["channels:read"], False)],
)
async def test_a_narrow_scope_does_for_a_topic(tmp_path: Path, scopes: list[str], works: bool) -> None:
    async with running(Options(seed=changed_seed(tmp_path, scopes=scopes))) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        setting = client.conversations_setTopic(channel="C0GEN", topic="x")
        if works:
            assert (await setting)["ok"]
        else:
            with pytest.raises(SlackApiError) as caught:
                await setting
            assert caught.value.response["error"] == "missing_scope"
            assert caught.value.response["needed"] == "channels:manage"


async def test_pins_are_announced_and_shown(ws: Running, client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0GEN", text="Keep this"))["ts"]
    await client.pins_add(channel="C0GEN", timestamp=ts)
    assert (await heard(ws, "pin_added"))[0]["item"]["message"]["text"] == "Keep this"
    assert await refused(client.pins_add(channel="C0GEN", timestamp=ts)) == "already_pinned"
    page = await client.conversations_history(channel="C0GEN")
    assert (page["pin_count"], page["messages"][0]["pinned_to"]) == (1, ["C0GEN"])
    await client.pins_remove(channel="C0GEN", timestamp=ts)
    assert (await heard(ws, "pin_removed"))[0]["has_pins"] is False
    assert await refused(client.pins_remove(channel="C0GEN", timestamp=ts)) == "no_pin"


async def test_people_come_change_and_are_away(ws: Running, client: AsyncWebClient) -> None:
    dee = ws.add_person("Dee Dale", email="dee@example.com", tz="Asia/Tokyo")
    assert (await heard(ws, "team_join"))[0]["user"]["profile"]["email"] == "dee@example.com"
    assert dee.id in (await client.conversations_members(channel="C0GEN"))["members"]
    await client.chat_postMessage(channel=dee.id, text="Welcome")
    assert dee.dms()[-1].text == "Welcome"
    ws.change_person("ann", title="Head of sales")
    assert (await heard(ws, "user_change"))[0]["user"]["profile"]["title"] == "Head of sales"
    ws.change_person("ben", deleted=True)
    assert await refused(client.users_lookupByEmail(email="ben@example.com")) == "users_not_found"

    assert (await client.users_getPresence(user="U0ANN"))["presence"] == "active"
    await client.users_setPresence(presence="away")
    assert (await client.users_getPresence(user=ws.app.bot_user_id))["manual_away"] is True
    assert await refused(client.users_setPresence(presence="asleep")) == "invalid_presence"


async def test_a_reply_that_is_also_sent_to_the_channel(ws: Running, client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GEN", text="root"))["ts"]
    await client.chat_postMessage(channel="C0GEN", text="aside", thread_ts=root)
    await client.chat_postMessage(channel="C0GEN", text="loud", thread_ts=root, reply_broadcast=True)
    shown = (await client.conversations_history(channel="C0GEN"))["messages"]
    assert [one["text"] for one in shown] == ["loud", "root"]
    assert (shown[0]["subtype"], shown[0]["root"]["text"]) == ("thread_broadcast", "root")


async def test_what_somebody_reacted_to(ws: Running, client: AsyncWebClient) -> None:
    for text in ("one", "two", "three"):
        ts = (await client.chat_postMessage(channel="C0GEN", text=text))["ts"]
        if text != "two":
            await client.reactions_add(channel="C0GEN", timestamp=ts, name="eyes")
    listed = await client.reactions_list(limit=1)
    assert [one["message"]["text"] for one in listed["items"]] == ["three"]
    rest = await client.reactions_list(limit=1, cursor=listed["response_metadata"]["next_cursor"])
    assert [one["message"]["text"] for one in rest["items"]] == ["one"]
    assert (await client.reactions_list(user="U0ANN"))["items"] == []
    assert await refused(client.reactions_add(channel="C0GEN", timestamp=ts, name="no such :)")) == "invalid_name"


async def test_people_bring_apps_in_with_slacks_own_commands(ws: Running, client: AsyncWebClient) -> None:
    ann = ws.person("ann")
    assert (await ann.command("/invite", "@testapp @cat", channel="outside")).acked
    joined = [one["user"] for one in await heard(ws, "member_joined_channel")]
    assert ws.app.bot_user_id in joined
    assert (await client.chat_postMessage(channel="C0OUT", text="Here I am"))["ok"]
    await ann.command("/topic", "What is new", channel="outside")
    assert (await client.conversations_info(channel="C0OUT"))["channel"]["topic"]["value"] == "What is new"
    await ann.command("/me", "waves", channel="outside")
    assert (await heard(ws, "me_message"))[0]["text"] == "waves"
    await ann.command("/leave", channel="outside")
    assert "U0ANN" not in (await client.conversations_members(channel="C0OUT"))["members"]


@pytest.mark.parametrize(
    ("name", "text", "channel", "error"),
    [
        ("/invite", "", "outside", "no_user"),
        ("/invite", "@nobody", "outside", "user_not_found"),
        ("/invite", "@ben", None, "not_a_channel"),
        ("/leave", "", "general", "cant_leave_general"),
        ("/shout", "", "general", "unknown_command"),
    ],
)
async def test_slackbot_says_what_cannot_be_done(
    ws: Running, name: str, text: str, channel: str | None, error: str
) -> None:
    ann = ws.person("ann")
    outcome = await ann.command(name, text, channel=channel)
    assert outcome.error == error
    said = (ann.messages(channel) if channel else ann.dms())[-1]
    assert (said.user_id, said.visible_to, said.text) == ("USLACKBOT", "U0ANN", outcome.message)


async def test_an_apps_own_command_comes_before_slacks(tmp_path: Path) -> None:
    async with running(Options(seed=changed_seed(tmp_path, commands=[{"command": "/topic"}]), ack_seconds=0.1)) as ws:
        await ws.person("ann").command("/topic", "mine", channel="general")
        assert ws.log.envelopes("slash_commands")[0]["payload"]["text"] == "mine"
        assert ws.state.conversation("general").topic == ""


async def test_a_deleted_root_leaves_a_line_as_long_as_it_has_replies(ws: Running, client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GEN", text="root"))["ts"]
    reply = (await client.chat_postMessage(channel="C0GEN", text="reply", thread_ts=root))["ts"]
    await client.chat_delete(channel="C0GEN", ts=root)
    left = (await client.conversations_replies(channel="C0GEN", ts=root))["messages"]
    assert [(one["text"], one.get("subtype")) for one in left] == [
        ("This message was deleted.", "tombstone"),
        ("reply", None),
    ]
    assert (await heard(ws, "message_changed"))[-1]["message"]["subtype"] == "tombstone"
    assert await refused(client.chat_delete(channel="C0GEN", ts=root)) == "message_not_found"
    await client.chat_delete(channel="C0GEN", ts=reply)
    assert (await client.conversations_history(channel="C0GEN"))["messages"] == []
