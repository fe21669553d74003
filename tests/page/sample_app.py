"""A Bolt app, as anybody would write one, that answers every control of the gallery."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import aiosmtplib
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.page.gallery import CARD, CONTROLS, HOME, HOSTILE, INPUTS, Json, mrkdwn, option, plain, small_modal
from workspace.server import Running

Ack = Callable[..., Awaitable[None]]
REST = ("more", "pick", "radio", "boxes", "day", "time", "who", "many", "rate", "bin")


class SampleApp:
    """What the app received, for the tests to look at."""

    def __init__(self, workspace: Running) -> None:
        self.workspace = workspace
        self.submitted: list[Json] = []
        self.actions: list[Json] = []
        self.closed: list[Json] = []
        client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)
        self.bolt = AsyncApp(client=client, request_verification_enabled=False)
        self._register()

    def _register(self) -> None:
        bolt = self.bolt
        bolt.command("/gallery")(self.handle_gallery)
        bolt.event("app_home_opened")(self.handle_home_opened)
        bolt.event("message")(self.handle_message)
        bolt.shortcut("note_new")(self.handle_note)
        bolt.shortcut("note_from_message")(self.handle_note)
        bolt.action("card_send")(self.handle_send)
        bolt.action("card_edit")(self.handle_edit)
        bolt.action("card_cancel")(self.handle_cancel)
        bolt.action("card_silent")(self.handle_silent)
        bolt.action("modal_push")(self.handle_push)
        bolt.action("home_look")(self.handle_look)
        bolt.options("value")(self.handle_options)
        bolt.view("inputs")(self.handle_inputs)
        bolt.view_closed("inputs")(self.handle_closed)
        for action_id in REST:
            bolt.action(action_id)(self.handle_any)

    async def handle_gallery(self, ack: Ack, command: Json, client: AsyncWebClient, say: Any, respond: Any) -> None:
        await ack()
        match command["text"].strip():
            case "modal":
                await client.views_open(trigger_id=command["trigger_id"], view=INPUTS)
            case "controls":
                await say(text="Controls", blocks=CONTROLS)
            case "hostile":
                await say(text="Hostile", blocks=HOSTILE)
            case "secret":
                await respond(text="Just for you :eyes:")
            case _:
                await say(text="Halden Foods, discovery call", blocks=CARD)

    async def handle_home_opened(self, event: Json, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=HOME)

    async def handle_message(self, event: Json, client: AsyncWebClient) -> None:
        """Answers people in a thread."""
        if not event.get("bot_id") and not event.get("thread_ts"):
            root = {"channel": event["channel"], "thread_ts": event["ts"]}
            await client.chat_postMessage(text=f"You said: {event.get('text', '')}", **root)

    async def handle_note(self, ack: Ack, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=small_modal(1))

    async def handle_send(self, ack: Ack, body: Json, client: AsyncWebClient) -> None:
        await ack()
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "robin@quill.example", "priya@halden.example", "The price list"
        mail["Message-ID"] = make_msgid(domain="quill.example")
        mail.set_content("Hi Priya,\n\nhere is the price list.\n\nRobin")
        host, port = self.workspace.smtp_url.removeprefix("smtp://").split(":")
        await aiosmtplib.send(mail, hostname=host, port=int(port.rstrip("/")))
        sent = [*CARD[:4], {"type": "context", "elements": [mrkdwn(":white_check_mark: Sent to Priya Nair")]}]
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Sent", blocks=sent)

    async def handle_edit(self, ack: Ack, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=INPUTS)

    async def handle_cancel(self, ack: Ack, respond: Any) -> None:
        await ack()
        await respond(text="Cancelled.", replace_original=False)

    async def handle_silent(self) -> None:
        """Never acknowledges: the person must be told."""

    async def handle_push(self, ack: Ack, body: Json, client: AsyncWebClient) -> None:
        await ack()
        number = int(body["view"]["private_metadata"] or 1) + 1
        await client.views_push(trigger_id=body["trigger_id"], view=small_modal(number))

    async def handle_look(self, ack: Ack, body: Json, client: AsyncWebClient) -> None:
        await ack()
        seen = {**HOME, "blocks": [HOME["blocks"][0], {"type": "section", "text": plain("Nothing waits for you.")}]}
        await client.views_publish(user_id=body["user"]["id"], view=seen)

    async def handle_options(self, ack: Ack, payload: Json) -> None:
        await ack(options=[option(f"{payload['value']} {number}") for number in (1, 2)])

    async def handle_inputs(self, ack: Ack, view: Json) -> None:
        name = view["state"]["values"]["name"]["value"]["value"]
        if name == "nobody":
            await ack(response_action="errors", errors={"name": "Nobody cannot be a name."})
            return
        self.submitted.append(view["state"]["values"])
        await ack()

    async def handle_closed(self, ack: Ack, body: Json) -> None:
        await ack()
        self.closed.append(body)

    async def handle_any(self, ack: Ack, action: Json) -> None:
        await ack()
        self.actions.append(action)


@asynccontextmanager
async def connected(workspace: Running) -> AsyncIterator[SampleApp]:
    """The app, connected over Socket Mode for as long as the block lasts."""
    sample = SampleApp(workspace)
    handler = AsyncSocketModeHandler(sample.bolt, workspace.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await workspace.app_connected()
    try:
        yield sample
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


class MeetingReceiver:
    """Where the meeting bot reports. Each meeting becomes one card for Robin."""

    def __init__(self) -> None:
        self.sample: SampleApp | None = None

    async def handle_meeting(self, request: web.Request) -> web.Response:
        await request.read()
        if self.sample is None:
            return web.json_response({"error": "no app"}, status=503)
        robin = self.sample.workspace.person("robin").person
        await self.sample.bolt.client.chat_postMessage(channel=robin.id, text="A meeting ended", blocks=CARD)
        return web.json_response({"ok": True})

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Yields the address for meeting webhooks."""
        application = web.Application()
        application.router.add_post("/meetings", self.handle_meeting)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/meetings"
        finally:
            await runner.cleanup()
