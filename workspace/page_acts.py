"""``POST /_workspace/act``: what somebody does on the page, as calls of the interactions."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from workspace.core import Workspace
from workspace.interactions import commands, modals, talking
from workspace.interactions.assistants import look_at, open_assistant
from workspace.interactions.events import dispatch_home_opened
from workspace.interactions.outcome import Outcome, done
from workspace.interactions.press import Spot, press, suggest
from workspace.model import Message, Person, View
from workspace.wire import Json, SlackError

Act: TypeAlias = Callable[[Workspace, Person, Json], Awaitable[Outcome]]


async def act(ws: Workspace, body: Json) -> Outcome:
    """Does it as the person named in ``as``. Raises SlackError for what cannot be done."""
    person = ws.state.person(str(body.get("as")))
    known = ACTS.get(str(body.get("type")))
    if known is None:
        raise SlackError("unknown_act", f"type must be one of {', '.join(ACTS)}")
    try:
        return await known(ws, person, body)
    except (KeyError, TypeError, AttributeError) as error:
        raise SlackError("invalid_arguments", f"missing or malformed: {error}") from error
    except LookupError as error:
        raise SlackError("no_such_option", str(error)) from error


async def _message(ws: Workspace, person: Person, body: Json) -> Outcome:
    conversation = ws.state.conversation(body["channel"])
    thread_ts = body.get("thread_ts") or None
    files = [ws.files.to_slack(ws.files.get(str(file_id))) for file_id in body.get("files") or []]
    message = talking.say(ws, person, conversation, str(body["text"]), thread_ts=thread_ts, files=files)
    return done(ts=message.ts)


async def _message_edit(ws: Workspace, person: Person, body: Json) -> Outcome:
    talking.edit(ws, person, _seen(ws, person, body), str(body["text"]))
    return done()


async def _message_delete(ws: Workspace, person: Person, body: Json) -> Outcome:
    talking.delete(ws, person, _seen(ws, person, body))
    return done()


async def _reaction(ws: Workspace, person: Person, body: Json) -> Outcome:
    message = _seen(ws, person, body)
    talking.react(ws, person, message, str(body["name"]).strip(":"), remove=bool(body.get("remove")))
    return done()


async def _open_dm(ws: Workspace, person: Person, body: Json) -> Outcome:
    conversation = ws.state.dm(person.id, ws.state.person(body["user"]).id)
    return done(conversation=ws.state.describe(conversation, person.id))


async def _command(ws: Workspace, person: Person, body: Json) -> Outcome:
    conversation = ws.state.conversation(body["channel"])
    return await commands.command(ws, person, conversation, name=str(body["command"]), text=str(body.get("text") or ""))


async def _block_actions(ws: Workspace, person: Person, body: Json) -> Outcome:
    given = body.get("action") or {}
    plain = given.get("value") if set(given) == {"value"} else given
    return await press(ws, person, _spot(ws, person, body), plain or None, values=body.get("values"))


async def _suggestions(ws: Workspace, person: Person, body: Json) -> Outcome:
    return await suggest(ws, person, _spot(ws, person, body), str(body.get("query") or ""))


async def _view_submission(ws: Workspace, person: Person, body: Json) -> Outcome:
    return await modals.submit(ws, person, ws.views.find(body["view_id"]), body.get("values") or {})


async def _view_closed(ws: Workspace, person: Person, body: Json) -> Outcome:
    view = ws.views.find(body["view_id"])
    return await modals.close(ws, person, view, is_cleared=bool(body.get("is_cleared")))


async def _home_opened(ws: Workspace, person: Person, body: Json) -> Outcome:
    dispatch_home_opened(ws, ws.state.app(body.get("app_id")), person, str(body.get("tab") or "home"))
    return done()


async def _assistant_opened(ws: Workspace, person: Person, body: Json) -> Outcome:
    app = ws.state.app(body.get("app_id"))
    thread_ts = open_assistant(ws, app, person, context_channel=body.get("channel"))
    return done(channel=ws.state.dm(app.bot_user_id, person.id).id, thread_ts=thread_ts)


async def _assistant_looks(ws: Workspace, person: Person, body: Json) -> Outcome:
    place = ws.state.conversation(body["channel"])
    look_at(ws, ws.state.app(body.get("app_id")), person, str(body["thread_ts"]), place.id)
    return done()


async def _shortcut(ws: Workspace, person: Person, body: Json) -> Outcome:
    return await commands.shortcut(ws, person, body["callback_id"])


async def _message_action(ws: Workspace, person: Person, body: Json) -> Outcome:
    return await commands.message_action(ws, person, _seen(ws, person, body), body["callback_id"])


def _seen(ws: Workspace, person: Person, body: Json) -> Message:
    """A message that this person sees."""
    conversation = ws.state.conversation(body["channel"])
    message = ws.state.message(conversation.id, str(body["ts"]))
    if not ws.state.can_see(person.id, conversation) or message.visible_to not in (None, person.id):
        raise SlackError("message_not_found")
    return message


def _spot(ws: Workspace, person: Person, body: Json) -> Spot:
    container = body["container"]
    place: Message | View
    if container["type"] == "view":
        place = ws.views.find(container["view_id"])
        if place.user_id != person.id:
            raise SlackError("view_not_found")
    else:
        place = _seen(ws, person, container)
    return Spot(place, body.get("block_id"), str(body["action_id"]))


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "message": _message,
        "message_edit": _message_edit,
        "message_delete": _message_delete,
        "reaction": _reaction,
        "open_dm": _open_dm,
        "command": _command,
        "block_actions": _block_actions,
        "suggestions": _suggestions,
        "view_submission": _view_submission,
        "view_closed": _view_closed,
        "home_opened": _home_opened,
        "assistant_opened": _assistant_opened,
        "assistant_looks": _assistant_looks,
        "shortcut": _shortcut,
        "message_action": _message_action,
    }
)
