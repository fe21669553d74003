"""Slack's own Python clients, synchronous and asynchronous, take what the Web API says; refusals are Slack's."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import actions, button, modal, plain, text_input
from tests.workspace.conftest import SEED
from workspace.options import Options
from workspace.server import Running, running


async def refused(work: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await work
    return str(caught.value.response["error"])


async def test_the_synchronous_client_works_as_well(ws: Running) -> None:
    client = WebClient(token=ws.bot_token, base_url=ws.api_url)
    me = await asyncio.to_thread(client.auth_test)
    assert (me["team_id"], me["bot_id"], me["user"]) == ("T0TEST", ws.app.bot_id, "testapp")
    posted = await asyncio.to_thread(lambda: client.chat_postMessage(channel="C0GEN", text="hello"))
    assert ws.person("ann").messages("general")[0].ts == posted["ts"]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        (None, "auth.test", "not_authed"),
        ("xoxb-wrong", "auth.test", "invalid_auth"),
        ("xapp-test", "auth.test", "not_allowed_token_type"),
        ("xoxb-test", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-test", "chat.shout", "unknown_method"),
    ],
)
async def test_tokens_and_names_are_checked(ws: Running, token: str | None, method: str, error: str) -> None:
    client = AsyncWebClient(token=token, base_url=ws.api_url)
    assert await refused(client.api_call(method)) == error


async def test_form_json_and_query_mean_the_same(ws: Running) -> None:
    headers = {"Authorization": f"Bearer {ws.bot_token}"}
    async with aiohttp.ClientSession(ws.api_url, headers=headers) as session:
        for arguments in ({"data": {"user": "U0ANN"}}, {"json": {"user": "U0ANN"}}, {"params": {"user": "U0ANN"}}):
            answer = await session.post("users.info", **arguments)  # type: ignore[arg-type]
            assert (await answer.json())["user"]["real_name"] == "Ann Archer"
        broken = await session.post("users.info", data="{", headers={"Content-Type": "application/json"})
        assert (await broken.json())["error"] == "invalid_json"


async def test_places_that_cannot_be_written_to(client: AsyncWebClient) -> None:
    for channel, error in (
        ("C0OUT", "not_in_channel"),
        ("G0SEC", "channel_not_found"),
        ("C0NOPE", "channel_not_found"),
        ("U0OLD", "user_disabled"),
    ):
        assert await refused(client.chat_postMessage(channel=channel, text="hi")) == error
    assert await refused(client.api_call("chat.postMessage", params={"channel": "C0GEN"})) == "no_text"
    assert await refused(client.chat_postEphemeral(channel="C0GEN", user="U0CAT", text="x")) == "user_not_in_channel"


async def test_messages_are_updated_and_deleted_by_their_author_only(ws: Running, client: AsyncWebClient) -> None:
    ann = ws.person("ann")
    posted = await client.chat_postMessage(channel="C0GEN", text="one", blocks=[actions(button("go"))])
    await client.chat_update(channel="C0GEN", ts=posted["ts"], text="two", blocks=[])
    message = ann.messages("general")[0]
    assert (message.text, message.blocks) == ("two", [])
    assert message.edited is not None
    await client.chat_update(channel="C0GEN", ts=posted["ts"], blocks=[actions(button("go"))], text="three")
    message = ann.messages("general")[0]
    assert (message.text, len(message.blocks), message.edited) == ("three", 1, None)
    await client.chat_update(channel="C0GEN", ts=posted["ts"], attachments=[{"text": "more", "fallback": "more"}])
    assert (message.text, len(message.blocks)) == ("three", 1)  # neither text nor blocks: both stay
    assert await refused(client.chat_update(channel="general", ts=posted["ts"], text="x")) == "channel_not_found"
    typed = await ann.say("mine", channel="general")
    assert await refused(client.chat_update(channel="C0GEN", ts=typed.ts, text="x")) == "cant_update_message"
    assert await refused(client.chat_delete(channel="C0GEN", ts=typed.ts)) == "cant_delete_message"
    await client.chat_delete(channel="C0GEN", ts=posted["ts"])
    assert await refused(client.chat_update(channel="C0GEN", ts=posted["ts"], text="x")) == "message_not_found"


async def test_history_is_newest_first_with_pages_threads_and_metadata(client: AsyncWebClient) -> None:
    metadata = {"event_type": "card", "event_payload": {"id": "7"}}
    first = await client.chat_postMessage(channel="C0GEN", text="0", metadata=metadata)
    for number in range(1, 5):
        await client.chat_postMessage(channel="C0GEN", text=str(number))
    await client.chat_postMessage(channel="C0GEN", text="reply", thread_ts=first["ts"])

    page = await client.conversations_history(channel="C0GEN", limit=3)
    assert ([one["text"] for one in page["messages"]], page["has_more"]) == (["4", "3", "2"], True)
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel="C0GEN", limit=3, cursor=cursor)
    assert ([one["text"] for one in rest["messages"]], rest["has_more"]) == (["1", "0"], False)
    assert rest["messages"][1]["metadata"] == {"event_type": "card"}
    assert rest["messages"][1]["reply_count"] == 1

    found = await client.conversations_history(
        channel="C0GEN", oldest=first["ts"], latest=first["ts"], inclusive=True, include_all_metadata=True
    )
    assert found["messages"][0]["metadata"] == metadata
    replies = await client.conversations_replies(channel="C0GEN", ts=first["ts"])
    assert [one["text"] for one in replies["messages"]] == ["0", "reply"]
    assert await refused(client.conversations_history(channel="C0GEN", cursor="???")) == "invalid_cursor"


async def test_people_as_slack_shows_them(client: AsyncWebClient) -> None:
    members = {one["id"]: one for one in (await client.users_list())["members"]}
    assert members["U0CAT"]["is_restricted"] is True
    assert members["U0BEN"]["is_admin"] is True
    assert members["U0OLD"]["deleted"] is True
    assert members["USLACKBOT"]["is_bot"] is False  # as in Slack, where it surprises everybody
    assert members["U0ANN"]["tz"] == "Europe/London"
    assert (await client.users_lookupByEmail(email="ANN@example.com"))["user"]["id"] == "U0ANN"
    assert await refused(client.users_lookupByEmail(email="who@example.com")) == "users_not_found"


async def test_a_dm_is_opened_once(client: AsyncWebClient) -> None:
    first = await client.conversations_open(users="U0ANN")
    second = await client.conversations_open(users=["U0ANN"], return_im=True)
    assert first["channel"]["id"] == second["channel"]["id"]
    assert second["channel"]["user"] == "U0ANN"
    group = await client.conversations_open(users=["U0ANN", "U0BEN"])
    assert group["channel"]["id"].startswith("C")
    assert await refused(client.conversations_open(users="U0NOBODY")) == "user_not_found"


async def test_conversations_are_listed_by_what_the_app_may_see(client: AsyncWebClient) -> None:
    channels = await client.conversations_list(types="public_channel,private_channel", limit=1)
    names = [one["name"] for one in channels["channels"]]
    while cursor := channels["response_metadata"]["next_cursor"]:
        channels = await client.conversations_list(types="public_channel,private_channel", limit=1, cursor=cursor)
        names += [one["name"] for one in channels["channels"]]
    assert names == ["general", "outside"]


async def test_rate_limits_say_how_long_to_wait_and_leave_others_alone(ws: Running) -> None:
    ws.faults.arm("rate_limit", method="chat.postMessage", retry_after=0)
    plain_client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
    with pytest.raises(SlackApiError) as caught:
        await plain_client.chat_postMessage(channel="C0GEN", text="x")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "0"
    await plain_client.chat_postMessage(channel="C0GEN", text="x")

    ws.faults.arm("rate_limit", method="chat.postMessage", retry_after=0)
    patient = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
    patient.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    assert (await patient.chat_postMessage(channel="C0GEN", text="y"))["ok"]


async def test_slacks_own_tiers_when_wanted() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    async with running(Options(seed=SEED, rate_scale=0.1, clock=lambda: now)) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        for _ in range(2):
            await client.users_list()  # tier 2: 20 a minute, times 0.1
        with pytest.raises(SlackApiError) as caught:
            await client.users_list()
        assert caught.value.response.headers["Retry-After"] == "60"
        assert (await client.users_info(user="U0ANN"))["ok"]
        now += timedelta(seconds=60)
        assert (await client.users_list())["ok"]


async def test_messages_are_counted_by_channel() -> None:
    """About one a second, in each channel for itself."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    async with running(Options(seed=SEED, rate_scale=0.02, clock=lambda: now)) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        await client.chat_postMessage(channel="C0GEN", text="x")
        assert await refused(client.chat_postMessage(channel="C0GEN", text="x")) == "ratelimited"
        assert (await client.chat_postMessage(channel="U0ANN", text="x"))["ok"]


async def test_other_faults(ws: Running, client: AsyncWebClient) -> None:
    ws.faults.arm("error", method="chat.postMessage", error="fatal_error")
    assert await refused(client.chat_postMessage(channel="C0GEN", text="x")) == "fatal_error"
    ws.faults.arm("status", method="chat.postMessage", status=503)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0GEN", text="x")
    assert caught.value.response.status_code == 503
    ws.faults.arm("lost_answer", method="chat.postMessage")
    client.retry_handlers.clear()
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C0GEN", text="done all the same")
    assert [one.text for one in ws.person("ann").messages("general")] == ["done all the same"]


async def test_views_need_a_fresh_trigger() -> None:
    now = datetime.now(UTC)
    async with running(Options(seed=SEED, clock=lambda: now, trigger_lifetime=timedelta(seconds=3))) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        view = modal(text_input("a"))
        triggers = ws.ws.triggers
        assert await refused(client.views_open(trigger_id="1.2.3", view=view)) == "invalid_trigger_id"
        used = triggers.issue("U0ANN", "A0TEST")
        await client.views_open(trigger_id=used, view=view)
        assert await refused(client.views_open(trigger_id=used, view=view)) == "exchanged_trigger_id"
        late = triggers.issue("U0ANN", "A0TEST")
        now += timedelta(seconds=4)
        assert await refused(client.views_open(trigger_id=late, view=view)) == "expired_trigger_id"


async def test_a_stack_holds_three_views_and_a_hash_guards_updates(ws: Running, client: AsyncWebClient) -> None:
    def trigger() -> str:
        return ws.ws.triggers.issue("U0ANN", "A0TEST")

    opened = await client.views_open(trigger_id=trigger(), view=modal(text_input("a"), external_id="one"))
    await client.views_push(trigger_id=trigger(), view=modal(text_input("b")))
    await client.views_push(trigger_id=trigger(), view=modal(text_input("c")))
    assert await refused(client.views_push(trigger_id=trigger(), view=modal())) == "push_limit_reached"
    view_id, old_hash = opened["view"]["id"], opened["view"]["hash"]
    updated = await client.views_update(view_id=view_id, hash=old_hash, view=modal(text_input("a")))
    assert updated["view"]["hash"] != old_hash
    again = client.views_update(view_id=view_id, hash=old_hash, view=modal(text_input("a")))
    assert await refused(again) == "hash_conflict"
    assert await refused(client.views_update(view_id="V0NOPE", view=modal())) == "not_found"


async def test_what_was_typed_survives_an_update_where_ids_stay(ws: Running, client: AsyncWebClient) -> None:
    trigger = ws.ws.triggers.issue("U0ANN", "A0TEST")
    opened = await client.views_open(trigger_id=trigger, view=modal(text_input("a"), text_input("b")))
    ann = ws.person("ann")
    ann.fill(ann.modal, {"a": {"value": "kept"}, "b": {"value": "lost"}})
    await client.views_update(
        view_id=opened["view"]["id"], view=modal(text_input("a"), text_input("b", action_id="other"))
    )
    values = ws.ws.views.values[ann.modal.id]
    assert values["a"]["value"]["value"] == "kept"
    assert values["b"]["other"]["value"] is None


async def test_response_addresses_are_good_for_five_uses_in_thirty_minutes() -> None:
    now = datetime.now(UTC)
    async with running(Options(seed=SEED, clock=lambda: now)) as ws, aiohttp.ClientSession() as session:
        address = f"{ws.ws.base_url}/response/" + ws.ws.response_urls.issue("A0TEST", "U0ANN", "C0GEN")
        for _ in range(5):
            assert (await session.post(address, json={"text": "hi"})).status == 200
        spent = await session.post(address, json={"text": "hi"})
        assert (spent.status, (await spent.json())["error"]) == (404, "used_url")
        old = f"{ws.ws.base_url}/response/" + ws.ws.response_urls.issue("A0TEST", "U0ANN", "C0GEN")
        now += timedelta(minutes=31)
        assert (await (await session.post(old, json={"text": "hi"})).json())["error"] == "expired_url"
        assert len(ws.person("ann").messages("general")) == 5
        assert ws.person("ben").messages("general") == []


async def test_scheduled_messages_wait_for_their_time() -> None:
    now = datetime.now(UTC)
    async with running(Options(seed=SEED, clock=lambda: now)) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        soon = int(now.timestamp()) + 3600
        kept = await client.chat_scheduleMessage(channel="C0GEN", post_at=soon, text="later")
        dropped = await client.chat_scheduleMessage(channel="C0GEN", post_at=soon, text="never")
        await client.chat_deleteScheduledMessage(channel="C0GEN", scheduled_message_id=dropped["scheduled_message_id"])
        listed = await client.chat_scheduledMessages_list()
        assert [one["id"] for one in listed["scheduled_messages"]] == [kept["scheduled_message_id"]]
        past = client.chat_scheduleMessage(channel="C0GEN", post_at=soon - 7200, text="x")
        assert await refused(past) == "time_in_past"
        now += timedelta(hours=1)
        ws.ws.scheduled.post_due()
        assert [one.text for one in ws.person("ann").messages("general")] == ["later"]


async def test_files_travel_by_the_external_flow(ws: Running, client: AsyncWebClient) -> None:
    uploaded = await client.files_upload_v2(
        channel="C0GEN", filename="notes.txt", content="some text", title="Notes", initial_comment="here"
    )
    message = ws.person("ann").messages("general")[0]
    assert (message.text, message.files[0]["title"]) == ("here", "Notes")
    async with aiohttp.ClientSession() as session:
        address = uploaded["files"][0]["url_private"]
        stranger = await session.get(address)  # what Slack answers to a forgotten token looks like success
        assert (stranger.status, stranger.content_type) == (200, "text/html")
        answer = await session.get(address, headers={"Authorization": f"Bearer {ws.bot_token}"})
        assert await answer.read() == b"some text"
        assert answer.headers["Content-Disposition"] == "attachment"


async def test_reactions_and_pins(ws: Running, client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0GEN", text="hi"))["ts"]
    await client.reactions_add(channel="C0GEN", timestamp=ts, name="eyes")
    assert await refused(client.reactions_add(channel="C0GEN", timestamp=ts, name="eyes")) == "already_reacted"
    ann = ws.person("ann")
    await ann.react(ann.messages("general")[0], "eyes")
    shown = await client.reactions_get(channel="C0GEN", timestamp=ts)
    assert shown["message"]["reactions"][0]["count"] == 2
    await client.pins_add(channel="C0GEN", timestamp=ts)
    assert len((await client.pins_list(channel="C0GEN"))["items"]) == 1


async def test_a_home_tab_is_replaced_as_a_whole(ws: Running, client: AsyncWebClient) -> None:
    def home(text: str) -> dict[str, Any]:
        return {"type": "home", "blocks": [{"type": "header", "text": plain(text)}]}

    first = await client.views_publish(user_id="U0ANN", view=home("one"))
    await client.views_publish(user_id="U0ANN", view=home("two"))
    stale = client.views_publish(user_id="U0ANN", view=home("three"), hash=first["view"]["hash"])
    assert await refused(stale) == "hash_conflict"
    shown = ws.person("ann").home()
    assert shown is not None
    assert shown.blocks[0]["text"]["text"] == "two"
