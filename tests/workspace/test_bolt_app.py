"""A real Bolt app over real Socket Mode: what people press, it hears; what it answers, they see."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import actions, button, modal, plain, select, text_input
from tests.workspace.conftest import connected
from workspace.server import Running


async def test_a_button_press_carries_everything_and_its_answer_replaces_the_message(
    ws: Running, app: AsyncApp
) -> None:
    bodies: list[Any] = []

    async def go(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        bodies.append(body)
        await respond(text="done", replace_original=True)

    app.action("go")(go)
    ann = ws.person("ann")
    choice = select("pick", "tea", "coffee", kind="radio_buttons")
    await app.client.chat_postMessage(channel=ann.id, text="hello", blocks=[actions(choice, button("go"))])
    message = ann.dms()[0]
    ann.fill(message, {"acts": {"pick": "coffee"}})

    outcome = await ann.press(message, "go")

    assert outcome.acked
    await ws.until(lambda: ann.dms()[0].text == "done")
    body = bodies[0]
    assert body["actions"][0]["value"] == "1"
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel_id,
        "is_ephemeral": False,
    }
    assert body["message"]["blocks"][0]["block_id"] == "acts"
    assert body["state"]["values"]["acts"]["pick"]["selected_option"]["value"] == "coffee"
    assert body["response_url"].startswith("http://127.0.0.1:")
    assert body["channel"] == {"id": message.channel_id, "name": "directmessage"}


async def test_choosing_in_a_select_is_an_action_of_its_own(ws: Running, app: AsyncApp) -> None:
    chosen: list[str] = []

    async def pick(ack: Any, action: Any) -> None:
        await ack()
        chosen.append(action["selected_option"]["value"])

    app.action("pick")(pick)
    ann = ws.person("ann")
    await app.client.chat_postMessage(channel=ann.id, text="hi", blocks=[actions(select("pick", "a", "b"))])
    assert (await ann.select(ann.dms()[0], "pick", "b")).acked
    assert chosen == ["b"]


async def test_a_press_that_nobody_acknowledges_is_shown_to_the_person(hasty: Running) -> None:
    async def lazy() -> None:
        """Never acknowledges."""

    app = AsyncApp(client=AsyncWebClient(token=hasty.bot_token, base_url=hasty.api_url))
    app.action("lazy")(lazy)
    ann = hasty.person("ann")
    async with connected(hasty, app):
        await app.client.chat_postMessage(channel=ann.id, text="hi", blocks=[actions(button("lazy"))])
        with hasty.ws.feed.subscribe(ann.id) as frames:
            outcome = await ann.press(ann.dms()[0], "lazy")
            shown = [frames.get_nowait() for _ in range(frames.qsize())]
    assert (outcome.acked, outcome.error) == (False, "no_answer")
    assert {"type": "toast", "level": "error", "text": outcome.message} in shown
    assert hasty.log.envelopes("interactive")[-1]["state"] == "no_answer"
    assert len(hasty.log.envelopes("interactive")) == 1  # interactions are never sent again


async def test_without_a_connection_nothing_can_be_pressed(ws: Running, client: AsyncWebClient) -> None:
    ann = ws.person("ann")
    await client.chat_postMessage(channel=ann.id, text="hi", blocks=[actions(button("go"))])
    outcome = await ann.press(ann.dms()[0], "go")
    assert outcome.error == "not_connected"


async def test_a_command_is_answered_for_its_author_alone(ws: Running, app: AsyncApp) -> None:
    async def ask(ack: Any, command: Any) -> None:
        await ack(f"You asked: {command['text']}")

    app.command("/ask")(ask)
    ann, ben = ws.person("ann"), ws.person("ben")
    outcome = await ann.command("/ask", " why ", channel="general")
    assert outcome.acked
    assert [message.text for message in ann.messages("general")] == ["You asked: why"]
    assert ben.messages("general") == []


async def test_a_command_may_answer_for_everybody_and_later(ws: Running, app: AsyncApp) -> None:
    async def ask(ack: Any, respond: Any) -> None:
        await ack()
        await respond("first", response_type="in_channel")
        await respond("second")

    app.command("/ask")(ask)
    ann, ben = ws.person("ann"), ws.person("ben")
    await ann.command("/ask", channel="outside")
    await ws.until(lambda: len(ann.messages("outside")) == 2)
    assert [message.text for message in ben.messages("outside")] == ["first"]


async def test_commands_that_fail_are_explained_by_slackbot(hasty: Running) -> None:
    app = AsyncApp(client=AsyncWebClient(token=hasty.bot_token, base_url=hasty.api_url))
    ann = hasty.person("ann")
    async with connected(hasty, app):
        assert (await ann.command("/nope")).error == "unknown_command"
        assert (await ann.command("/ask")).error == "no_answer"  # nobody listens: Bolt does not acknowledge
    texts = [message.text for message in ann.dms()]
    assert texts == ["/nope is not a valid command.", '/ask failed with the error "operation_timeout"']


async def test_a_modal_refuses_corrects_pushes_and_closes(ws: Running, app: AsyncApp) -> None:
    async def start(ack: Any, client: Any, body: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("name")))

    async def form(ack: Any, view: Any) -> None:
        name = view["state"]["values"]["name"]["value"]["value"]
        if name == "bad":
            await ack(response_action="errors", errors={"name": "Not that one."})
        elif name == "next":
            await ack(response_action="push", view=modal(text_input("more"), callback_id="second"))
        else:
            await ack(response_action="update", view=modal(text_input("name"), title=plain("Again")))

    async def second(ack: Any) -> None:
        await ack(response_action="clear")

    app.shortcut("start")(start)
    app.view("form")(form)
    app.view("second")(second)
    ann = ws.person("ann")
    assert (await ann.shortcut("start")).acked
    await ws.until(lambda: ann.modals)

    assert (await ann.submit()).error == "missing_input"
    assert (await ann.submit(values={"name": {"value": "bad"}})).errors == {"name": "Not that one."}
    assert (await ann.submit(values={"name": {"value": "again"}})).error is None
    assert ann.modal.title == "Again"
    await ann.submit(values={"name": {"value": "next"}})
    assert [view.callback_id for view in ann.modals] == ["form", "second"]
    assert ann.modals[1].previous_id == ann.modals[0].id
    await ann.submit(values={"more": {"value": "x"}})
    assert ann.modals == []


async def test_errors_for_blocks_that_are_no_inputs_are_a_mistake_of_the_app(ws: Running, app: AsyncApp) -> None:
    async def start(ack: Any, client: Any, body: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("name")))

    async def form(ack: Any) -> None:
        await ack(response_action="errors", errors={"value": "keyed by action id"})

    app.shortcut("start")(start)
    app.view("form")(form)
    ann = ws.person("ann")
    await ann.shortcut("start")
    await ws.until(lambda: ann.modals)
    outcome = await ann.submit(values={"name": {"value": "x"}})
    assert outcome.error == "bad_response"
    assert "'value' is not the block_id" in str(outcome.message)
    assert len(ann.modals) == 1


async def test_closing_is_told_only_when_asked_for(ws: Running, app: AsyncApp) -> None:
    closed: list[Any] = []

    async def start(ack: Any, client: Any, body: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("name"), notify_on_close=True))

    async def close(ack: Any, body: Any) -> None:
        await ack()
        closed.append(body["is_cleared"])

    app.shortcut("start")(start)
    app.view_closed("form")(close)
    ann = ws.person("ann")
    await ann.shortcut("start")
    await ws.until(lambda: ann.modals)
    assert (await ann.close()).acked
    assert closed == [False]
    assert ann.modals == []


async def test_home_is_published_when_it_is_opened(ws: Running, app: AsyncApp) -> None:
    async def opened(event: Any, client: Any) -> None:
        view = {"type": "home", "blocks": [{"type": "header", "text": plain("Hello")}]}
        await client.views_publish(user_id=event["user"], view=view)

    app.event("app_home_opened")(opened)
    ann = ws.person("ann")
    await ann.open_home()
    await ws.until(ann.home)
    home = ann.home()
    assert home is not None
    assert home.blocks[0]["text"]["text"] == "Hello"
    assert ws.person("ben").home() is None


async def test_mentions_and_direct_messages_reach_the_app(ws: Running, app: AsyncApp) -> None:
    heard: list[tuple[str, str]] = []

    async def mention(event: Any, say: Any) -> None:
        heard.append(("mention", event["text"]))
        await say("at your service", thread_ts=event["ts"])

    async def message(event: Any) -> None:
        if "bot_id" not in event and "subtype" not in event:
            heard.append((event["channel_type"], event["text"]))

    app.event("app_mention")(mention)
    app.event("message")(message)
    ann = ws.person("ann")
    root = await ann.say("@testapp are you < there?", channel="general")
    await ann.say("hello")
    await ws.until(lambda: len(heard) == 3)
    bot = ws.app.bot_user_id
    assert set(heard) == {
        ("mention", f"<@{bot}> are you &lt; there?"),
        ("channel", f"<@{bot}> are you &lt; there?"),
        ("im", "hello"),
    }
    await ws.until(lambda: len(ann.messages("general")) == 2)
    assert ann.messages("general")[1].thread_ts == root.ts


async def test_a_message_shortcut_carries_its_message(ws: Running, app: AsyncApp) -> None:
    kept: list[str] = []

    async def keep(ack: Any, shortcut: Any, respond: Any) -> None:
        await ack()
        kept.append(shortcut["message"]["text"])
        await respond("kept")

    app.message_shortcut("keep")(keep)
    app.event("message")(_ignore)
    ann = ws.person("ann")
    message = await ann.say("worth keeping", channel="general")
    assert (await ann.message_action(message, "keep")).acked
    await ws.until(lambda: any(one.text == "kept" for one in ann.messages("general")))
    assert kept == ["worth keeping"]


async def test_external_selects_ask_the_app_for_options(ws: Running, app: AsyncApp) -> None:
    async def options(ack: Any, payload: Any) -> None:
        await ack(options=[{"text": plain(payload["value"]), "value": "x"}])

    app.options("find")(options)
    ann = ws.person("ann")
    element = {"type": "external_select", "action_id": "find", "min_query_length": 1}
    await app.client.chat_postMessage(channel=ann.id, text="hi", blocks=[actions(element)])
    outcome = await ann.suggest(ann.dms()[0], "find", "wal")
    assert outcome.facts["options"][0]["text"]["text"] == "wal"


async def test_ephemeral_messages_are_seen_by_one_and_can_be_replaced(ws: Running, app: AsyncApp) -> None:
    async def go(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        assert "message" not in body
        await respond(replace_original=True, text="gone")

    app.action("go")(go)
    ann, ben = ws.person("ann"), ws.person("ben")
    await app.client.chat_postEphemeral(channel="C0GEN", user=ann.id, text="psst", blocks=[actions(button("go"))])
    assert ben.messages("general") == []
    outcome = await ann.press(ann.messages("general")[0], "go")
    assert outcome.acked
    await ws.until(lambda: ann.messages("general")[0].text == "gone")
    assert ben.messages("general") == []


async def _ignore() -> None:
    """Acknowledges events that a test does not look at."""
