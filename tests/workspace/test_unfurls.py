"""Links: apps hear of those to their domains and draw previews; names and looks that an app borrows."""

from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import actions, button
from tests.workspace.conftest import connected
from tests.workspace.seeds import changed_seed
from tests.workspace.test_channels import heard, refused
from workspace.options import Options
from workspace.server import Running, running

URL = "https://crm.example.com/deals/7?a=1&b=2"


async def test_an_app_draws_a_preview_whose_button_works(tmp_path: Path) -> None:
    async with running(Options(seed=changed_seed(tmp_path, unfurl_domains=["example.com"]))) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        app = AsyncApp(client=client)
        pressed: list[str] = []

        async def preview(event: Any) -> None:
            unfurls = {event["links"][0]["url"]: {"blocks": [actions(button("open_deal"))]}}
            await client.chat_unfurl(unfurl_id=event["unfurl_id"], source=event["source"], unfurls=unfurls)

        async def open_deal(ack: Any, body: Any) -> None:
            await ack()
            pressed.append(body["app_unfurl"]["app_unfurl_url"])

        app.event("link_shared")(preview)
        app.action("open_deal")(open_deal)
        async with connected(ws, app):
            ann = ws.person("ann")
            message = await ann.say(f"Look: {URL} and https://example.org/", channel="general")
            await ws.until(lambda: message.body.get("attachments"))
            event = (await heard(ws, "link_shared"))[0]
            assert event["links"] == [{"url": URL, "domain": "example.com"}]
            assert (event["message_ts"], event["is_bot_user_member"]) == (message.ts, True)
            assert (await ann.press(message, "open_deal")).acked
            await ws.until(lambda: pressed)
            assert pressed == [URL]


async def test_what_cannot_be_unfurled(tmp_path: Path) -> None:
    async with running(Options(seed=changed_seed(tmp_path, unfurl_domains=["example.com"]))) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        message = await ws.person("ann").say(f"{URL} https://example.org/", channel="general")
        place = {"channel": "C0GEN", "ts": message.ts}

        async def error(**given: Any) -> str:
            return await refused(client.api_call("chat.unfurl", json=given))

        assert await error(**place) == "missing_unfurls"
        assert await error(**place, unfurls="{") == "invalid_unfurls_format"
        assert await error(**place, unfurls={URL: "x"}) == "cannot_parse_attachment"
        assert await error(**place, unfurls={"https://example.org/": {"text": "x"}}) == "cannot_unfurl_url"
        assert await error(channel="C0GEN", ts="1.1", unfurls={URL: {"text": "x"}}) == "cannot_find_message"
        assert await error(channel="C0NOPE", ts="1.1", unfurls={URL: {"text": "x"}}) == "cannot_find_channel"
        assert await error(unfurl_id="x", source="composer", unfurls={URL: {"text": "x"}}) == "cannot_find_message"
        for text in ("first", "second"):
            await client.chat_unfurl(channel="C0GEN", ts=message.ts, unfurls={URL: {"text": text}})
        assert [one["text"] for one in message.body["attachments"]] == ["second"]


async def test_an_apps_own_links_are_not_told_to_it(tmp_path: Path) -> None:
    async with running(Options(seed=changed_seed(tmp_path, unfurl_domains=["example.com"]))) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        await client.chat_postMessage(channel="C0GEN", text=f"<{URL}|mine>")
        await ws.person("ann").say("https://sub.example.com/", channel="general")
        await heard(ws, "link_shared")
        assert len(await heard(ws, "link_shared")) == 1


async def test_names_are_linked_when_asked_for(ws: Running, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0GEN", text="@ann in #outside", link_names=True)
    await client.chat_postMessage(channel="C0GEN", text="@ann")
    texts = [one.text for one in ws.person("ann").messages("general")]
    assert texts == ["<@U0ANN> in <#C0OUT|outside>", "@ann"]


@pytest.mark.parametrize(("scopes", "name"), [(["chat:write", "chat:write.customize"], "Robo"), (["chat:write"], None)])
async def test_another_name_needs_its_scope(tmp_path: Path, scopes: list[str], name: str | None) -> None:
    """Slack leaves it out without a word."""
    async with running(Options(seed=changed_seed(tmp_path, scopes=scopes))) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        icon = "https://example.com/i.png"
        posted = await client.chat_postMessage(channel="C0GEN", text="hi", username="Robo", icon_url=icon)
        assert posted["message"].get("username") == name
        assert ("icons" in posted["message"]) is (name is not None)


async def test_what_a_screen_reader_would_miss_is_remarked_upon(client: AsyncWebClient) -> None:
    divider = {"type": "divider"}
    assert (await client.api_call("chat.postMessage", json={"channel": "C0GEN", "blocks": [divider]}))["warning"] == (
        "missing_text_in_message"
    )
    given = {"channel": "C0GEN", "attachments": [{"text": "x"}]}
    assert (await client.api_call("chat.postMessage", json=given))["response_metadata"]["warnings"] == [
        "missing_fallback_text_in_attachment"
    ]


async def test_files_in_a_channel_are_announced(ws: Running, client: AsyncWebClient) -> None:
    await client.files_upload_v2(channel="C0GEN", filename="a.txt", content="x")
    event = (await heard(ws, "file_shared"))[0]
    assert (event["channel_id"], event["file_id"]) == ("C0GEN", event["file"]["id"])


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("files.upload", "method_deprecated"),
        ("rtm.start", "method_deprecated"),
        ("dialog.open", "unknown_method"),
        ("workflows.stepCompleted", "unknown_method"),
        ("functions.completeSuccess", "unknown_method"),
        ("canvases.create", "unknown_method"),
    ],
)
@pytest.mark.filterwarnings("ignore:.* is deprecated:UserWarning")  # slack_sdk knows some of them, too
async def test_what_is_over_and_what_is_not_here(client: AsyncWebClient, method: str, error: str) -> None:
    assert await refused(client.api_call(method)) == error
