"""The page's API, as the page uses it."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import actions, button, modal, select, text_input
from workspace.server import Running


class Page:
    """A browser's tab, without the browser."""

    def __init__(self, session: aiohttp.ClientSession, user_id: str = "U0ANN") -> None:
        self.session = session
        self.user_id = user_id

    async def get(self, path: str, **query: str) -> Any:
        answer = await self.session.get(f"/_workspace/{path}", params={"as": self.user_id, **query})
        return await answer.json()

    async def post(self, path: str, body: Any) -> Any:
        return await (await self.session.post(f"/_workspace/{path}", json=body)).json()

    async def act(self, kind: str, **more: Any) -> Any:
        return await self.post("act", {"as": self.user_id, "type": kind, **more})


@pytest.fixture
async def page(ws: Running) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession(ws.page_url) as session:
        yield Page(session)


async def test_bootstrap_shows_what_this_person_sees(page: Page) -> None:
    everything = await page.get("bootstrap")
    names = {one["name"] for one in everything["conversations"] if one["kind"] != "im"}
    assert names == {"general", "outside"}
    dms = [one for one in everything["conversations"] if one["kind"] == "im"]
    assert [(one["app_id"], one["with"]) for one in dms] == [("A0TEST", everything["apps"][0]["bot_user_id"])]
    assert everything["apps"][0]["commands"] == [
        {"command": "/ask", "description": "Ask something", "usage_hint": "question"}
    ]
    assert everything["features"] == {"mail": True, "meeting_bot": False}
    guest = await page.get("bootstrap", **{"as": "U0CAT"})
    assert {one["kind"] for one in guest["conversations"]} == {"im"}


async def test_a_message_written_on_the_page_reaches_everybody_who_watches(ws: Running, page: Page) -> None:
    async with (
        page.session.ws_connect("/_workspace/live?as=U0BEN") as ben,
        page.session.ws_connect("/_workspace/live?as=U0CAT") as cat,
    ):
        assert (await ben.receive_json())["type"] == "hello"
        assert (await cat.receive_json())["type"] == "hello"
        answer = await page.act("message", channel="C0GEN", text="hello @ben")
        assert (answer["ok"], answer["acked"]) == (True, True)
        frame = await ben.receive_json()
        assert (frame["type"], frame["message"]["ts"]) == ("message", answer["ts"])
        assert frame["message"]["text"] == "hello <@U0BEN>"
        ws.log.add("http", path="/for-everybody")
        kinds = [(await cat.receive_json())["type"]]
        while kinds[-1] != "http":
            kinds.append((await cat.receive_json())["type"])
        assert "message" not in kinds  # a guest does not see a channel that they are not in


async def test_pressing_and_submitting_on_the_page(ws: Running, app: AsyncApp, page: Page) -> None:
    async def go(ack: Any, client: Any, body: Any) -> None:
        await ack()
        chosen = body["state"]["values"]["acts"]["pick"]["selected_option"]["value"]
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("a"), private_metadata=chosen))

    async def form(ack: Any) -> None:
        await ack(response_action="errors", errors={"a": "Try again."})

    app.action("go")(go)
    app.view("form")(form)
    blocks = [actions(select("pick", "x", "y"), button("go"))]
    posted = await app.client.chat_postMessage(channel="U0ANN", text="hi", blocks=blocks)
    container = {"type": "message", "channel": posted["channel"], "ts": posted["ts"]}
    option = {"type": "static_select", "selected_option": {"value": "y"}}
    pressed = await page.act(
        "block_actions",
        container=container,
        block_id="acts",
        action_id="go",
        values={"acts": {"pick": option}},
    )
    assert pressed["acked"] is True
    await ws.until(lambda: ws.person("ann").modals)
    shown = (await page.get("views"))["modals"][0]
    assert shown["private_metadata"] == "y"
    submitted = await page.act(
        "view_submission",
        view_id=shown["id"],
        values={"a": {"value": {"type": "plain_text_input", "value": "text"}}},
    )
    assert submitted["errors"] == {"a": "Try again."}
    messages = (await page.get(f"conversations/{posted['channel']}/messages"))["messages"]
    assert messages[0]["values"]["acts"]["pick"]["selected_option"]["text"]["text"] == "Y"
    assert (await page.act("view_closed", view_id=shown["id"]))["ok"]
    assert (await page.get("views"))["modals"] == []


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"as": "U0ANN", "type": "dance"}, "unknown_act"),
        ({"as": "nobody", "type": "message"}, "user_not_found"),
        ({"as": "U0ANN", "type": "message"}, "invalid_arguments"),
        ({"as": "U0ANN", "type": "message", "channel": "G0SEC", "text": "x"}, "channel_not_found"),
        ({"as": "U0ANN", "type": "block_actions", "container": {"type": "view", "view_id": "V1"}}, "not_found"),
        ({"as": "U0ANN", "type": "view_submission", "view_id": ["V1"]}, "not_found"),
        ({"as": "U0ANN", "type": "shortcut", "callback_id": "nope"}, "unknown_shortcut"),
    ],
)
async def test_acts_that_make_no_sense_are_refused(page: Page, body: Any, error: str) -> None:
    answer = await page.post("act", body)
    assert (answer["ok"], answer["error"]) == (False, error)


async def test_another_person_can_neither_see_nor_press(page: Page, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="U0BEN", text="hi", blocks=[actions(button("go"))])
    container = {"type": "message", "channel": posted["channel"], "ts": posted["ts"]}
    answer = await page.act("block_actions", container=container, block_id="acts", action_id="go")
    assert answer["error"] == "message_not_found"
    assert (await page.get(f"conversations/{posted['channel']}/messages"))["error"] == "channel_not_found"


async def test_only_this_machine_and_this_origin_may_act(ws: Running, page: Page) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}):
        answer = await page.session.post("/_workspace/act", json={}, headers=headers)
        assert answer.status == 403
    foreign = {"Origin": "https://evil.example", "Authorization": f"Bearer {ws.bot_token}"}
    assert (await page.session.post("/api/auth.test", headers=foreign)).status == 403
    form = await page.session.post("/_workspace/act", data={"as": "U0ANN"})
    assert (await form.json())["error"] == "invalid_content_type"
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await page.session.ws_connect("/_workspace/live?as=U0ANN", headers={"Origin": "http://evil.example"})


async def test_files_of_the_page_and_nothing_beside_them(ws: Running, page: Page) -> None:
    index = await page.session.get("/")
    assert (index.status, index.content_type) == (200, "text/html")
    for path in ("/%2e%2e/server.py", "/..%2fserver.py", "/missing.js"):
        assert (await page.session.get(path)).status == 404
    permalink = await page.session.get("/archives/C0GEN/p1700000000123456", allow_redirects=False)
    assert permalink.headers["Location"] == "/#/c/C0GEN/1700000000.123456"


async def test_faults_are_armed_and_shown(page: Page, client: AsyncWebClient) -> None:
    armed = await page.post("faults", {"kind": "error", "method": "auth.test", "error": "oops", "times": 0})
    assert armed["fault"]["error"] == "oops"
    answer = await client.api_call("api.test")
    assert answer["ok"]
    shown = await page.get("faults")
    assert [one["kind"] for one in shown["faults"]] == ["error"]
    await page.post("faults/clear", {})
    assert (await client.auth_test())["ok"]
    assert (await page.post("faults", {"kind": "earthquake"}))["error"] == "unknown_fault"


async def test_the_log_shows_calls_with_timings_and_no_tokens(page: Page, client: AsyncWebClient) -> None:
    await client.api_call("auth.test", params={"token": "xoxb-test", "x": "1"})
    entries = (await page.get("log"))["entries"]
    call = next(one for one in entries if one["kind"] == "api_call")
    assert (call["method"], call["request"], call["status"]) == ("auth.test", {"x": "1"}, 200)
    assert call["ms"] > 0
    assert (await page.get("log", after=str(entries[-1]["n"])))["entries"] == []


async def test_a_file_is_attached_to_a_message(page: Page) -> None:
    form = aiohttp.FormData({"as": "U0ANN"}, quote_fields=False)
    form.add_field("file", b"<script>alert(1)</script>", filename="../a b.html", content_type="text/html")
    added = await (await page.session.post("/_workspace/files", data=form)).json()
    assert added["file"]["name"] == "a b.html"
    await page.act("message", channel="C0GEN", text="", files=[added["file"]["id"]])
    message = (await page.get("conversations/C0GEN/messages"))["messages"][0]
    browser = {"Sec-Fetch-Site": "same-origin"}
    served = await page.session.get(message["files"][0]["url_private"], headers=browser)
    assert served.content_type == "application/octet-stream"  # never as a page of this origin
