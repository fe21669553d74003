"""A text without blocks gets the rich text that Slack makes of it; emoji are known by Slack's names or the seed's."""

from pathlib import Path

import yaml
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import actions, button
from tests.workspace.conftest import SEED
from tests.workspace.test_web_api import refused
from workspace.options import Options
from workspace.server import Running, running
from workspace.wire import Json


def said(blocks: list[Json]) -> list[Json]:
    [block] = blocks
    assert block["type"] == "rich_text"
    assert block["block_id"]
    [section] = block["elements"]
    return list(section["elements"])


async def test_an_apps_text_has_blocks_wherever_it_is_shown(ws: Running, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GEN", text="*Hi* <@U0ANN>")
    blocks = posted["message"]["blocks"]
    assert said(blocks) == [
        {"type": "text", "text": "Hi", "style": {"bold": True}},
        {"type": "text", "text": " "},
        {"type": "user", "user_id": "U0ANN"},
    ]
    assert (await client.conversations_history(channel="C0GEN"))["messages"][0]["blocks"] == blocks
    changed = (await client.chat_update(channel="C0GEN", ts=posted["ts"], text="Bye"))["message"]
    assert said(changed["blocks"]) == [{"type": "text", "text": "Bye"}]
    assert changed["edited"]["user"]
    first, second = (sent["payload"]["event"] for sent in ws.log.envelopes("events_api"))
    assert first["blocks"] == second["previous_message"]["blocks"] == blocks
    assert second["message"]["blocks"] == changed["blocks"]


async def test_blocks_of_ones_own_take_its_place(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GEN", text="one")
    own = [actions(button("go"))]
    shown = (await client.chat_update(channel="C0GEN", ts=posted["ts"], text="two", blocks=own))["message"]
    assert [block["type"] for block in shown["blocks"]] == ["actions"]
    shown = (await client.chat_update(channel="C0GEN", ts=posted["ts"], text="three", blocks=[]))["message"]
    assert said(shown["blocks"]) == [{"type": "text", "text": "three"}]


async def test_what_is_not_mrkdwn_is_read_as_it_stands(ws: Running, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GEN", text="*Hi* &amp; bye", mrkdwn=False)
    assert said(posted["message"]["blocks"]) == [{"type": "text", "text": "*Hi* & bye"}]
    [message] = ws.person("ann").messages("general")
    assert ws.state.show(message, "U0ANN")["blocks"] == posted["message"]["blocks"]


async def test_other_messages_have_none(ws: Running, client: AsyncWebClient) -> None:
    with_attachment = await client.chat_postMessage(channel="C0GEN", text="x", attachments=[{"text": "y"}])
    assert "blocks" not in with_attachment["message"]
    await client.chat_meMessage(channel="C0GEN", text="waves")
    [line] = (await client.conversations_history(channel="C0GEN", limit=1))["messages"]
    assert (line["subtype"], "blocks" in line) == ("me_message", False)
    posted = await client.chat_postMessage(channel="C0GEN", text="x")
    await client.chat_postMessage(channel="C0GEN", text="below", thread_ts=posted["ts"])
    await client.chat_delete(channel="C0GEN", ts=posted["ts"])
    [buried] = (await client.conversations_history(channel="C0GEN", limit=1))["messages"]
    assert (buried["subtype"], "blocks" in buried) == ("tombstone", False)


async def test_what_people_write_is_read_the_same_way(ws: Running, client: AsyncWebClient) -> None:
    await ws.person("ann").say("_Hi_ @ben :wave:", channel="general")
    [message] = (await client.conversations_history(channel="C0GEN"))["messages"]
    assert said(message["blocks"]) == [
        {"type": "text", "text": "Hi", "style": {"italic": True}},
        {"type": "text", "text": " "},
        {"type": "user", "user_id": "U0BEN"},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "wave", "unicode": "1f44b"},
    ]


async def test_reactions_need_an_emoji_that_there_is(tmp_path: Path) -> None:
    path = tmp_path / "seed.yaml"
    own = {"partyparrot": "https://example.com/parrot.gif", ":hurra:": "alias:tada"}
    path.write_text(yaml.safe_dump({**yaml.safe_load(SEED.read_text()), "emoji": own}))
    async with running(Options(seed=path)) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        posted = await client.chat_postMessage(channel="C0GEN", text=":partyparrot:")
        assert said(posted["message"]["blocks"]) == [{"type": "emoji", "name": "partyparrot"}]
        ts = posted["ts"]
        names = ["+1", "flag-fr", "wave::skin-tone-4", "partyparrot", "hurra"]
        for name in names:
            await client.reactions_add(channel="C0GEN", timestamp=ts, name=name)
        assert await refused(client.reactions_add(channel="C0GEN", timestamp=ts, name="no_such")) == "invalid_name"
        shown = (await client.reactions_get(channel="C0GEN", timestamp=ts))["message"]["reactions"]
        assert [one["name"] for one in shown] == names
        listed = (await client.emoji_list())["emoji"]
        assert listed == {"partyparrot": own["partyparrot"], "hurra": "alias:tada"}
