"""What this workspace sends as events, judged by the types that Slack publishes for them."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import actions, button
from tests.workspace.judges import compile_lines, need_node
from tests.workspace.seeds import changed_seed
from tests.workspace.test_documents import DOCS
from workspace.files import File
from workspace.interactions import talking
from workspace.options import Options
from workspace.server import Running, running
from workspace.wire import Json

# Through a type parameter, so that what Slack sends beyond its types (``team``, ``event_ts``) is let pass.
JUDGE = (
    'import type { SlackEvent } from "@slack/types"; '
    "declare function take<Event extends SlackEvent>(event: Event): void;"
)
# event -> why the types refuse it although Slack sends it so
DIFFERENT: Mapping[str, str] = MappingProxyType(
    {
        "message.channel_join": "Slack's page: somebody who came of their own accord has no inviter",
        "message.message_changed.tombstone": "what Slack leaves of a deleted root, which the types do not list",
    }
)
BEYOND_MORE = r"^judged\.ts\((\d+),\d+\): error TS(?!2353)"  # 2353: Slack sends more than its types know


async def test_events_have_the_shape_that_slacks_types_describe(tmp_path: Path) -> None:
    need_node()
    seed = changed_seed(tmp_path, unfurl_domains=["example.com"])
    async with running(Options(seed=seed)) as ws:
        await _much_happens(ws, AsyncWebClient(token=ws.bot_token, base_url=ws.api_url))
        events = _one_of_each([one["payload"]["event"] for one in ws.log.envelopes("events_api")])
    lines = [JUDGE, *map(_judged, events.values())]
    judged = tmp_path / "judged"
    judged.mkdir()
    _, output = compile_lines(lines, judged)
    wrong = {int(number) for number in re.findall(BEYOND_MORE, output, re.MULTILINE)}
    refused = {name for line, name in enumerate(events, start=2) if line in wrong}
    assert refused == set(DIFFERENT), output
    assert len(events) > 25
    # A broken event is noticed: the judge is awake.
    broken = {**events["reaction_added"], "item": "this one"}
    second = tmp_path / "second"
    second.mkdir()
    assert compile_lines([JUDGE, _judged(broken)], second)[0] == {2}


async def test_the_document_lists_what_is_sent(tmp_path: Path) -> None:
    async with running(Options(seed=changed_seed(tmp_path, unfurl_domains=["example.com"]))) as ws:
        await _much_happens(ws, AsyncWebClient(token=ws.bot_token, base_url=ws.api_url))
        events = [one["payload"]["event"] for one in ws.log.envelopes("events_api")]
    listed = (DOCS / "methods.md").read_text().partition("## Events")[2]
    types, subtypes = (set(re.findall(r"`(\w+)`", part)) for part in listed.split("A `message` may"))
    assert {event["type"] for event in events} == types
    assert {event["subtype"] for event in events if "subtype" in event} == subtypes


async def _much_happens(ws: Running, client: AsyncWebClient) -> None:
    ann = ws.person("ann")
    for private in (False, True):
        name = "private" if private else "public"
        channel = (await client.conversations_create(name=name, is_private=private))["channel"]["id"]
        await client.conversations_invite(channel=channel, users="U0ANN,U0BEN")
        await client.conversations_setTopic(channel=channel, topic="t")
        await client.conversations_setPurpose(channel=channel, purpose="p")
        await client.conversations_rename(channel=channel, name=f"{name}-2")
        await client.conversations_kick(channel=channel, user="U0BEN")
        await client.conversations_archive(channel=channel)
        await client.conversations_unarchive(channel=channel)
        await client.conversations_leave(channel=channel)
    posted = await client.chat_postMessage(channel="C0GEN", text="hi", blocks=[actions(button("a"))])
    await client.chat_postMessage(channel="C0GEN", text="loud", thread_ts=posted["ts"], reply_broadcast=True)
    await client.chat_update(channel="C0GEN", ts=posted["ts"], text="changed")
    await client.reactions_add(channel="C0GEN", timestamp=posted["ts"], name="eyes")
    await client.reactions_remove(channel="C0GEN", timestamp=posted["ts"], name="eyes")
    await client.pins_add(channel="C0GEN", timestamp=posted["ts"])
    await client.pins_remove(channel="C0GEN", timestamp=posted["ts"])
    await client.chat_meMessage(channel="C0GEN", text="waves")
    await client.chat_delete(channel="C0GEN", ts=posted["ts"])  # leaves a line, since there is a reply
    alone = await client.chat_postMessage(channel="C0GEN", text="gone")
    await client.chat_delete(channel="C0GEN", ts=alone["ts"])
    await client.files_upload_v2(channel="C0GEN", filename="a.txt", content="x")
    await client.views_publish(user_id="U0ANN", view={"type": "home", "blocks": []})
    await ann.say("@testapp see https://example.com/1", channel="general")
    await ann.say("in a DM")
    talking.say(ws.ws, ann.person, ws.state.conversation("general"), "", files=[ws.ws.files.to_slack(_file(ws))])
    await ann.open_home()
    thread = await ann.open_assistant()
    await ann.look_at("general", thread_ts=thread)
    group = (await client.usergroups_create(name="Ops"))["usergroup"]["id"]
    await client.usergroups_users_update(usergroup=group, users=["U0ANN"])
    await client.usergroups_update(usergroup=group, name="Operations")
    ws.add_person("Dee Dale", email="dee@example.com")
    ws.change_person("ben", title="Boss")
    await client.auth_revoke()


def _file(ws: Running) -> File:
    return ws.ws.files.add("b.txt", b"x", "U0ANN")


def _judged(event: Json) -> str:
    """One call. The types want it said that an ordinary message has no subtype."""
    plain = ", subtype: undefined" if event["type"] == "message" and "subtype" not in event else ""
    return f"take({json.dumps(event)[:-1]}{plain}}});"


def _one_of_each(events: list[Json]) -> dict[str, Json]:
    """The last one of each kind."""

    def kind(event: Json) -> str:
        inner = event["message"] if event.get("subtype") == "message_changed" else {}
        return ".".join(filter(None, (event["type"], event.get("subtype"), inner.get("subtype"))))

    return {kind(event): event for event in events}
