"""Slash commands, global shortcuts and message shortcuts."""

from workspace.core import Workspace
from workspace.interactions.builtin import BUILT_IN, Work
from workspace.interactions.outcome import Outcome, done, from_ack, refused
from workspace.interactions.payload import base, channel_part, complain, response_url
from workspace.interactions.talking import escaped
from workspace.model import SLACKBOT, App, Command, Conversation, Message, Person
from workspace.posting import checked_content, post
from workspace.wire import Json, SlackError


async def command(ws: Workspace, person: Person, conversation: Conversation, *, name: str, text: str) -> Outcome:
    """Types ``/name text`` into a conversation."""
    app, known = _find_command(ws, name)
    if app is None and (own := BUILT_IN.get(name)):
        return _done_by_slack(ws, person, conversation, own, text=text.strip())
    if app is None or known is None:
        said = f"{name} is not a valid command."
        _slackbot_says(ws, person, conversation, said)
        return refused("unknown_command", said)
    team = ws.state.team
    payload = {
        "token": "legacy-verification-token",
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": conversation.id,
        "channel_name": channel_part(conversation)["name"],
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": escaped(ws, text.strip()) if known.should_escape else text.strip(),
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        "response_url": response_url(ws, ws.response_urls.issue(app.id, person.id, conversation.id)),
        "trigger_id": ws.triggers.issue(person.id, app.id, channel_id=conversation.id),
    }
    ack = await ws.courier.interact(app, "slash_commands", payload)
    if not ack.acked:
        reason = "operation_timeout" if ack.error == "no_answer" else "dispatch_failed"
        said = f'{name} failed with the error "{reason}"'
        _slackbot_says(ws, person, conversation, said)
        return refused(ack.error or reason, said, ack)
    try:
        _show_answer(ws, conversation, ack.payload or {}, app=app, person=person)
    except SlackError as error:
        return refused("bad_response", str(error), ack)
    return from_ack(ack)


async def shortcut(ws: Workspace, person: Person, callback_id: str) -> Outcome:
    app = _shortcut_owner(ws, callback_id, "global")
    payload = base(ws, app, person, "shortcut") | {
        "callback_id": callback_id,
        "trigger_id": ws.triggers.issue(person.id, app.id),
        "action_ts": ws.ids.ts(),
    }
    outcome = from_ack(await ws.courier.interact(app, "interactive", payload))
    complain(ws, person, outcome.message)
    return outcome


async def message_action(ws: Workspace, person: Person, message: Message, callback_id: str) -> Outcome:
    app = _shortcut_owner(ws, callback_id, "message")
    conversation = ws.state.conversations[message.channel_id]
    reply = ws.response_urls.issue(app.id, person.id, conversation.id, message_ts=message.ts)
    payload = base(ws, app, person, "message_action") | {
        "callback_id": callback_id,
        "trigger_id": ws.triggers.issue(person.id, app.id, channel_id=conversation.id),
        "response_url": response_url(ws, reply),
        "message_ts": message.ts,
        "channel": channel_part(conversation),
        "message": ws.state.to_slack(message),
        "action_ts": ws.ids.ts(),
    }
    outcome = from_ack(await ws.courier.interact(app, "interactive", payload))
    complain(ws, person, outcome.message)
    return outcome


def _done_by_slack(ws: Workspace, person: Person, conversation: Conversation, work: Work, *, text: str) -> Outcome:
    """What goes wrong is said to the person alone, by Slackbot."""
    try:
        work(ws, person, conversation, text)
    except SlackError as error:
        said = error.messages[0] if error.messages else f"Nobody here is called {text}."
        _slackbot_says(ws, person, conversation, said)
        return refused(error.code, said)
    return done()


def _show_answer(ws: Workspace, conversation: Conversation, answer: Json, *, app: App, person: Person) -> None:
    if answer:
        everybody = answer.get("response_type") == "in_channel"
        post(ws, conversation, checked_content(answer), app=app, visible_to=None if everybody else person.id)


def _slackbot_says(ws: Workspace, person: Person, conversation: Conversation, text: str) -> None:
    post(ws, conversation, checked_content({"text": text}), user_id=SLACKBOT, visible_to=person.id)


def _find_command(ws: Workspace, name: str) -> tuple[App, Command] | tuple[None, None]:
    for app in ws.state.apps.values():
        for known in app.commands:
            if known.command == name:
                return app, known
    return None, None


def _shortcut_owner(ws: Workspace, callback_id: str, kind: str) -> App:
    for app in ws.state.apps.values():
        if any(known.callback_id == callback_id and known.type == kind for known in app.shortcuts):
            return app
    raise SlackError("unknown_shortcut", f"no app has a {kind} shortcut {callback_id!r}")


def where(ws: Workspace, person: Person, app: App | None = None) -> Conversation:
    """The DM with the app: where somebody is who names no conversation."""
    return ws.state.dm((app or ws.state.app()).bot_user_id, person.id)
