"""Selects that begin with the conversation that somebody looks at, and what a view says of its own texts."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import modal, plain
from workspace.server import Running

WHERE: dict[str, Any] = {
    "type": "input",
    "block_id": "where",
    "label": plain("Where"),
    "element": {
        "type": "conversations_select",
        "action_id": "value",
        "default_to_current_conversation": True,
        "initial_conversation": "C0OUT",
        "response_url_enabled": True,
    },
}
EVERYWHERE: dict[str, Any] = {
    "type": "input",
    "block_id": "everywhere",
    "label": plain("Everywhere"),
    "element": {
        "type": "multi_conversations_select",
        "action_id": "value",
        "default_to_current_conversation": True,
    },
}


async def test_a_select_begins_with_the_conversation_that_somebody_looks_at(ws: Running, app: AsyncApp) -> None:
    async def ask(ack: Any, body: Any, client: AsyncWebClient) -> None:
        await ack()
        opened = await client.views_open(trigger_id=body["trigger_id"], view=modal(WHERE, EVERYWHERE))
        titles = [opened["view"][key] for key in ("title", "submit", "close")]
        assert all(title["emoji"] is True for title in titles)

    async def form(ack: Any, respond: Any) -> None:
        await ack()
        await respond("Here", response_type="in_channel")

    app.command("/ask")(ask)
    app.view("form")(form)
    ann = ws.person("ann")
    await ann.command("/ask", channel="general")
    await ws.until(lambda: ann.modals)
    submitted = await ann.submit()
    assert submitted.acked
    view = ws.log.envelopes("interactive")[-1]["payload"]
    assert view["view"]["state"]["values"] == {
        "where": {"value": {"type": "conversations_select", "selected_conversation": "C0GEN"}},
        "everywhere": {"value": {"type": "multi_conversations_select", "selected_conversations": ["C0GEN"]}},
    }
    assert [one["channel_id"] for one in view["response_urls"]] == ["C0GEN"]
    await ws.until(lambda: ann.messages("general")[-1:] and ann.messages("general")[-1].text == "Here")


async def test_in_a_message_it_is_the_messages_own(hasty: Running) -> None:
    client = AsyncWebClient(token=hasty.bot_token, base_url=hasty.api_url)
    element = {**EVERYWHERE["element"], "action_id": "pick"}
    button = {"type": "button", "action_id": "go", "text": plain("Go")}
    blocks = [{"type": "actions", "block_id": "acts", "elements": [element, button]}]
    await client.chat_postMessage(channel="C0GEN", text="x", blocks=blocks)
    ann = hasty.person("ann")
    await ann.press(ann.messages("general")[0], "go")
    state = hasty.log.envelopes("interactive")[-1]["payload"]["state"]["values"]
    assert state["acts"]["pick"]["selected_conversations"] == ["C0GEN"]
