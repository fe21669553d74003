"""People come and change while the workspace runs; the apps hear ``team_join`` and ``user_change``."""

from dataclasses import replace
from typing import Any

from workspace.core import Workspace
from workspace.interactions.channel_events import joined
from workspace.interactions.events import send_event
from workspace.methods.call import Call
from workspace.methods.users import described
from workspace.model import Person
from workspace.wire import SlackError


def add_person(ws: Workspace, real_name: str, **facts: Any) -> Person:
    """A new member, in #general and with a DM for each app; ``facts`` as in the seed."""
    name = facts.pop("name", None) or real_name.lower().replace(" ", ".")
    if any(known.name == name for known in ws.state.people.values()):
        raise SlackError("name_taken")
    person = Person(facts.pop("id", None) or ws.ids.new("U"), name, real_name, **facts)
    ws.state.people[person.id] = person
    _tell(ws, person, "team_join")
    for app in ws.state.apps.values():
        ws.state.dm(app.bot_user_id, person.id)
    general = next((one for one in ws.state.conversations.values() if one.name == "general"), None)
    if general is not None and not person.is_guest:
        joined(ws, general, person.id)
    return person


def change_person(ws: Workspace, person: Person, **facts: Any) -> Person:
    """Another title, name, zone or email, an account that was closed (``deleted=True``)."""
    changed = replace(person, **facts)
    vars(person).update(vars(changed))
    _tell(ws, person, "user_change")
    return person


def _tell(ws: Workspace, person: Person, kind: str) -> None:
    """Each app as it may see them: the email only with the scope for it. The page loads anew."""
    for app in ws.state.apps.values():
        shown = described(Call(ws, app, {}), person) | {"locale": "en-US"}
        send_event(ws, app, {"type": kind, "user": shown, "cache_ts": ws.ids.epoch(), "event_ts": ws.ids.ts()})
    ws.feed.publish("reset", lambda _: {})
