"""The Web API beside an independent emulator of it (npm ``emulate``): the same calls, the same results.

The emulator has no Socket Mode, no interactions and no Block Kit rules; there it has no opinion. Where the two differ
although both have one, ``DIFFERENT`` says why ours stays.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import modal
from tests.workspace.judges import NODE_PROJECT, need_node, node
from workspace.server import Running

NOWHERE, NOBODY, NO_TS = "C0NOPE", "U0NOPE", "1.000001"
LINK = "https://example.com/"
HOME = {"type": "home", "blocks": []}
# name of the step -> (method, arguments); {channel}, {user} and {ts} are filled in
STEPS: Mapping[str, tuple[str, dict[str, Any]]] = MappingProxyType(
    {
        "who am I": ("auth.test", {}),
        "post": ("chat.postMessage", {"channel": "{channel}", "text": "hi", "blocks": [{"type": "divider"}]}),
        "post nowhere": ("chat.postMessage", {"channel": NOWHERE, "text": "hi"}),
        "post nothing": ("chat.postMessage", {"channel": "{channel}"}),
        "post without a channel": ("chat.postMessage", {"text": "hi"}),
        "reply": ("chat.postMessage", {"channel": "{channel}", "text": "r", "thread_ts": "{ts}"}),
        "update": ("chat.update", {"channel": "{channel}", "ts": "{ts}", "text": "new"}),
        "update what is not there": ("chat.update", {"channel": "{channel}", "ts": NO_TS, "text": "new"}),
        "delete what is not there": ("chat.delete", {"channel": "{channel}", "ts": NO_TS}),
        "permalink": ("chat.getPermalink", {"channel": "{channel}", "message_ts": "{ts}"}),
        "permalink of nothing": ("chat.getPermalink", {"channel": "{channel}", "message_ts": NO_TS}),
        "history": ("conversations.history", {"channel": "{channel}"}),
        "replies": ("conversations.replies", {"channel": "{channel}", "ts": "{ts}"}),
        "replies to nothing": ("conversations.replies", {"channel": "{channel}", "ts": NO_TS}),
        "channel": ("conversations.info", {"channel": "{channel}"}),
        "no channel": ("conversations.info", {"channel": NOWHERE}),
        "channels": ("conversations.list", {}),
        "members": ("conversations.members", {"channel": "{channel}"}),
        "people": ("users.list", {}),
        "person": ("users.info", {"user": "{user}"}),
        "no person": ("users.info", {"user": NOBODY}),
        "by email": ("users.lookupByEmail", {"email": "ann@example.com"}),
        "by an unknown email": ("users.lookupByEmail", {"email": "no@example.com"}),
        "react": ("reactions.add", {"channel": "{channel}", "timestamp": "{ts}", "name": "eyes"}),
        "react twice": ("reactions.add", {"channel": "{channel}", "timestamp": "{ts}", "name": "eyes"}),
        "reactions": ("reactions.get", {"channel": "{channel}", "timestamp": "{ts}"}),
        "take back no reaction": ("reactions.remove", {"channel": "{channel}", "timestamp": "{ts}", "name": "tada"}),
        "schedule in the past": ("chat.scheduleMessage", {"channel": "{channel}", "post_at": 1, "text": "x"}),
        "schedule too far": ("chat.scheduleMessage", {"channel": "{channel}", "post_at": 9_999_999_999, "text": "x"}),
        "scheduled": ("chat.scheduledMessages.list", {}),
        "unschedule nothing": (
            "chat.deleteScheduledMessage",
            {"channel": "{channel}", "scheduled_message_id": "Q1"},
        ),
        "open with a wrong trigger": ("views.open", {"trigger_id": "1.1.1", "view": modal()}),
        "update no view": ("views.update", {"view_id": "V0NOPE", "view": modal()}),
        "publish": ("views.publish", {"user_id": "{user}", "view": HOME}),
        "publish for nobody": ("views.publish", {"user_id": NOBODY, "view": HOME}),
        "open a DM": ("conversations.open", {"users": "{user}"}),
        "open a DM with nobody named": ("conversations.open", {}),
        "open a DM with nobody": ("conversations.open", {"users": NOBODY}),
        "create": ("conversations.create", {"name": "plans"}),
        "create again": ("conversations.create", {"name": "plans"}),
        "team": ("team.info", {}),
        "create badly": ("conversations.create", {"name": "Two Words"}),
        "join": ("conversations.join", {"channel": "{channel}"}),
        "topic": ("conversations.setTopic", {"channel": "{channel}", "topic": "t"}),
        "topic nowhere": ("conversations.setTopic", {"channel": NOWHERE, "topic": "t"}),
        "purpose": ("conversations.setPurpose", {"channel": "{channel}", "purpose": "p"}),
        "pin": ("pins.add", {"channel": "{channel}", "timestamp": "{ts}"}),
        "pin twice": ("pins.add", {"channel": "{channel}", "timestamp": "{ts}"}),
        "pins": ("pins.list", {"channel": "{channel}"}),
        "unpin": ("pins.remove", {"channel": "{channel}", "timestamp": "{ts}"}),
        "unpin twice": ("pins.remove", {"channel": "{channel}", "timestamp": "{ts}"}),
        "who is there": ("users.getPresence", {"user": "{user}"}),
        "kick nobody": ("conversations.kick", {"channel": "{channel}", "user": NOBODY}),
        "archive nowhere": ("conversations.archive", {"channel": NOWHERE}),
        "rename nowhere": ("conversations.rename", {"channel": NOWHERE, "name": "x"}),
        "mark": ("conversations.mark", {"channel": "{channel}", "ts": "{ts}"}),
        "bookmark": ("bookmarks.add", {"channel_id": "{channel}", "title": "t", "type": "link", "link": LINK}),
        "bookmark a file": ("bookmarks.add", {"channel_id": "{channel}", "title": "t", "type": "file"}),
        "bookmark nowhere": ("bookmarks.add", {"channel_id": NOWHERE, "title": "t", "type": "link", "link": LINK}),
        "edit no bookmark": ("bookmarks.edit", {"channel_id": "{channel}", "bookmark_id": "Bk1", "title": "t"}),
        "remove no bookmark": ("bookmarks.remove", {"channel_id": "{channel}", "bookmark_id": "Bk1"}),
        "bookmarks": ("bookmarks.list", {"channel_id": "{channel}"}),
        "profile": ("users.profile.get", {"user": "{user}"}),
        "no profile": ("users.profile.get", {"user": NOBODY}),
        "files": ("files.list", {}),
        "no file": ("files.info", {"file": "F0NOPE"}),
        "upload": ("files.getUploadURLExternal", {"filename": "a.txt", "length": 3}),
        "delete": ("chat.delete", {"channel": "{channel}", "ts": "{ts}"}),
    }
)
DIFFERENT = MappingProxyType(
    {
        "replies to nothing": "Slack's page lists thread_not_found; the emulator answers ok",
        "create badly": "Slack's page lists invalid_name_specials; the emulator takes spaces",
    }
)


async def _results(client: AsyncWebClient, channel: str, user: str) -> dict[str, str]:
    """``ok`` or the error of every step, in order."""
    known = {"channel": channel, "user": user, "ts": ""}
    results: dict[str, str] = {}
    for name, (method, arguments) in STEPS.items():
        filled = {key: value.format(**known) if isinstance(value, str) else value for key, value in arguments.items()}
        try:
            answer = await client.api_call(method, json=filled)
            results[name] = "ok"
            known["ts"] = answer["ts"] if name == "post" else known["ts"]
        except SlackApiError as error:
            results[name] = str(error.response["error"])
    return results


@pytest.fixture
async def emulator(tmp_path: Path, unused_port: int) -> AsyncIterator[AsyncWebClient]:
    need_node()
    (tmp_path / "seed.yaml").write_text(
        "slack:\n  users:\n    - {name: ann, real_name: Ann Archer, email: ann@example.com}\n"
        "    - {name: ben, real_name: Ben Boyd}\n  channels:\n    - {name: general}\n"
        "tokens: {xoxb-test: {login: ann}}\n"
    )
    arguments = ["start", "--service", "slack", "--port", str(unused_port), "--seed", "seed.yaml"]
    script = str(NODE_PROJECT / "node_modules/.bin/emulate")
    process = await asyncio.create_subprocess_exec(
        str(node()), script, *arguments, cwd=tmp_path, env=dict(os.environ), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async for line in process.stdout:
        if b"Ready" in line:
            break
    yield AsyncWebClient(token="xoxb-test", base_url=f"http://localhost:{unused_port}/api/")
    process.terminate()
    await process.communicate()


async def test_an_independent_emulator_agrees(ws: Running, client: AsyncWebClient, emulator: AsyncWebClient) -> None:
    channels = (await emulator.api_call("conversations.list", json={}))["channels"]
    people = (await emulator.api_call("users.list", json={}))["members"]
    channel = next(one["id"] for one in channels if one["name"] == "general")
    user = next(one["id"] for one in people if one["name"] == "ben")
    theirs = await _results(emulator, channel, user)
    ours = await _results(client, "C0GEN", "U0ANN")
    assert {name for name in STEPS if ours[name] != theirs[name]} == set(DIFFERENT), (ours, theirs)
