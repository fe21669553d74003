"""Bolt's own Assistant, with its own way to keep the context, holds a conversation here as it does on Slack."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp, AsyncAssistant
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import connected
from workspace.server import Running

GREETING, ANSWER = "How can I help?", "Like this."


class Helper:
    """Greets, gives the conversation a title, and answers with what was said so far in view."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.contexts: list[Any] = []
        self.heard: list[list[str]] = []
        self.app = AsyncApp(client=client)
        assistant = AsyncAssistant()
        assistant.thread_started(self.greet)
        assistant.user_message(self.answer)
        self.app.use(assistant)

    async def greet(self, say: Any, set_suggested_prompts: Any) -> None:
        await say(GREETING)
        await set_suggested_prompts(prompts=[{"title": "Try", "message": "Try this"}])

    async def answer(
        self, payload: Any, say: Any, set_status: Any, set_title: Any, get_thread_context: Any, client: Any
    ) -> None:
        await set_status("is thinking…")
        await set_title(payload["text"])
        self.contexts.append(await get_thread_context())
        replies = await client.conversations_replies(channel=payload["channel"], ts=payload["thread_ts"])
        self.heard.append([one["text"] for one in replies["messages"] if one.get("subtype") != "assistant_app_thread"])
        await say(ANSWER)


@pytest.mark.parametrize("channel", [None, "general"])
async def test_an_assistant_holds_a_conversation(ws: Running, client: AsyncWebClient, channel: str | None) -> None:
    ann, helper = ws.person("ann"), Helper(client)
    async with connected(ws, helper.app):
        thread = await ann.open_assistant(channel=channel)
        await ws.until(lambda: GREETING in [one.text for one in ann.dms()])
        await ann.say("What now?", thread_ts=thread)
        await ws.until(lambda: ANSWER in [one.text for one in ann.dms()])
    assert helper.heard == [[GREETING, "What now?"]]
    assert [context and context["channel_id"] for context in helper.contexts] == [channel and "C0GEN"]


async def test_the_thread_has_a_line_of_slacks_own_that_carries_the_title(ws: Running, client: AsyncWebClient) -> None:
    ann = ws.person("ann")
    thread = await ann.open_assistant()
    place = ann.dms()[0].channel_id
    await client.assistant_threads_setTitle(channel_id=place, thread_ts=thread, title="Trips")
    [root] = (await client.conversations_replies(channel=place, ts=thread))["messages"]
    assert (root["subtype"], root["user"], root["ts"]) == ("assistant_app_thread", ws.app.bot_user_id, thread)
    assert root["assistant_app_thread"]["title"] == "Trips"
    events = [sent["payload"]["event"] for sent in ws.log.envelopes("events_api")]
    assert [one.get("subtype", one["type"]) for one in events] == ["assistant_thread_started", "message_changed"]


async def test_a_thread_without_a_title_stays_as_it_is(ws: Running, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="U0ANN", text="hi")
    await client.assistant_threads_setTitle(channel_id=posted["channel"], thread_ts=posted["ts"], title="Trips")
    [root] = (await client.conversations_replies(channel=posted["channel"], ts=posted["ts"]))["messages"]
    assert "assistant_app_thread" not in root


async def test_an_assistant_hears_where_somebody_goes_meanwhile(ws: Running, client: AsyncWebClient) -> None:
    ann, helper = ws.person("ann"), Helper(client)
    async with connected(ws, helper.app):
        thread = await ann.open_assistant(channel="general")
        await ws.until(lambda: GREETING in [one.text for one in ann.dms()])
        await ann.look_at("outside", thread_ts=thread)
        await ws.until(lambda: ws.log.calls("chat.update"))
        await ann.say("What now?", thread_ts=thread)
        await ws.until(lambda: ANSWER in [one.text for one in ann.dms()])
    assert helper.contexts[0]["channel_id"] == "C0OUT"
    started, changed = (
        sent["payload"]["event"]
        for sent in ws.log.envelopes("events_api")
        if sent["payload"]["event"]["type"].startswith("assistant_thread")
    )
    assert changed["type"] == "assistant_thread_context_changed"
    assert changed["assistant_thread"]["thread_ts"] == started["assistant_thread"]["thread_ts"] == thread
