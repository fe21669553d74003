"""Pressing and choosing: ``block_actions`` and the suggestions of external selects."""

from dataclasses import dataclass
from typing import Any

from workspace.core import Workspace
from workspace.inputs import STATE_KEYS, carried_over, find_element, full_value, option_of
from workspace.interactions.outcome import Outcome, done, from_ack, refused
from workspace.interactions.payload import base, channel_part, complain, response_url
from workspace.model import App, Message, Person, View
from workspace.wire import Json, SlackError


@dataclass(frozen=True)
class Spot:
    """An element as somebody sees it: in a message or in a view."""

    place: Message | View
    block_id: str | None
    action_id: str


async def press(ws: Workspace, person: Person, spot: Spot, given: Any = None, *, values: Json | None = None) -> Outcome:
    """``given`` is what was chosen, ``values`` what else is filled in there; both are remembered."""
    attachment = _attachment(spot)
    app = _owner(ws, spot.place, attachment)
    block, element = _element(spot)
    chosen = remember(ws, person, spot.place, values or {})
    if element["type"] in STATE_KEYS:
        value = full_value(element, given)
        chosen = remember(ws, person, spot.place, {block["block_id"]: {element["action_id"]: value}})
        if block["type"] == "input" and not block.get("dispatch_action"):
            return done()
    if element["type"] == "workflow_button":
        return done()
    payload = _payload(ws, person, app, spot.place, chosen) | _within(spot, attachment)
    payload["actions"] = [
        {
            "type": element["type"],
            "block_id": block["block_id"],
            "action_id": element["action_id"],
            **_said(element, given),
            "action_ts": ws.ids.ts(),
        }
    ]
    ack = await ws.courier.interact(app, "interactive", payload)
    outcome = from_ack(ack)
    complain(ws, person, outcome.message)
    return outcome


async def suggest(ws: Workspace, person: Person, spot: Spot, query: str) -> Outcome:
    """Asks the app for the options of an external select."""
    attachment = _attachment(spot)
    app = _owner(ws, spot.place, attachment)
    block, element = _element(spot)
    payload = _payload(ws, person, app, spot.place, values_in(ws, person, spot.place)) | _within(spot, attachment)
    payload["type"] = "block_suggestion"
    for absent in ("trigger_id", "response_url", "state"):
        payload.pop(absent, None)
    payload |= {"block_id": block["block_id"], "action_id": element["action_id"], "value": query}
    ack = await ws.courier.interact(app, "interactive", payload)
    answer = ack.payload or {}
    options, groups = answer.get("options") or [], answer.get("option_groups") or []
    if ack.acked and "options" not in answer and "option_groups" not in answer:
        return refused("bad_response", "The app answered without options.", ack, options=[], option_groups=[])
    return from_ack(ack, options=options, option_groups=groups)


def remember(ws: Workspace, person: Person, place: Message | View, values: Json) -> Json:
    """Lays what was filled in over what was known; returns everything that is filled in now."""
    merged = {block_id: dict(actions) for block_id, actions in values_in(ws, person, place).items()}
    for block_id, actions in values.items():
        for action_id, given in actions.items():
            found = find_element(_blocks(place), action_id, block_id)
            if found is not None and found[1]["type"] in STATE_KEYS:
                merged.setdefault(block_id, {})[action_id] = full_value(found[1], given)
    if isinstance(place, View):
        ws.views.values[place.id] = merged
    else:
        ws.state.chosen[place.channel_id + place.ts, person.id] = merged
    return merged


def values_in(ws: Workspace, person: Person, place: Message | View) -> Json:
    if isinstance(place, View):
        return ws.views.values.get(place.id, {})
    chosen = ws.state.chosen.get((place.channel_id + place.ts, person.id), {})
    return carried_over(_blocks(place), chosen, current=place.channel_id)


def _blocks(place: Message | View) -> list[Json]:
    """Everything that can be pressed there: a message's attachments may have blocks of their own."""
    attachments = [] if isinstance(place, View) else place.body.get("attachments") or []
    return [*place.blocks, *(block for one in attachments for block in one.get("blocks") or [])]


def _attachment(spot: Spot) -> Json | None:
    """The attachment that holds the element; ``None`` when it is in the message or view itself."""
    if isinstance(spot.place, View) or find_element(spot.place.blocks, spot.action_id, spot.block_id):
        return None
    known = spot.place.body.get("attachments") or []
    return next((one for one in known if find_element(one.get("blocks") or [], spot.action_id, spot.block_id)), None)


def _within(spot: Spot, attachment: Json | None) -> Json:
    """What the payload says of the attachment, and of the link that it is the preview of."""
    if attachment is None or isinstance(spot.place, View):
        return {}
    unfurl = (
        {"is_app_unfurl": True, "app_unfurl_url": attachment["app_unfurl_url"]}
        if "app_unfurl_url" in attachment
        else {}
    )
    container = {
        "type": "message_attachment",
        "message_ts": spot.place.ts,
        "attachment_id": attachment["id"],
        "channel_id": spot.place.channel_id,
        "is_ephemeral": spot.place.is_ephemeral,
        "is_app_unfurl": bool(unfurl),
        **unfurl,
    }
    return {"container": container, **({"app_unfurl": attachment} if unfurl else {})}


def _owner(ws: Workspace, place: Message | View, attachment: Json | None = None) -> App:
    if isinstance(place, View) and not place.is_open:
        raise SlackError("view_not_found")
    app_id = (attachment or {}).get("app_id") or place.app_id
    if app_id is None:
        raise SlackError("not_an_app_message")
    return ws.state.apps[app_id]


def _element(spot: Spot) -> tuple[Json, Json]:
    found = find_element(_blocks(spot.place), spot.action_id, spot.block_id)
    if found is None:
        raise SlackError("no_such_element", f"nothing with action_id {spot.action_id} to press here")
    return found


def _payload(ws: Workspace, person: Person, app: App, place: Message | View, values: Json) -> Json:
    payload = base(ws, app, person, "block_actions")
    if isinstance(place, View):
        trigger_id = ws.triggers.issue(person.id, app.id, view_id=place.id)
        container: Json = {"type": "view", "view_id": place.id}
        return payload | {"container": container, "trigger_id": trigger_id, "view": ws.views.to_slack(place, values)}
    conversation = ws.state.conversations[place.channel_id]
    reply = ws.response_urls.issue(
        app.id, person.id, place.channel_id, message_ts=place.ts, thread_ts=place.thread_ts if place.is_reply else None
    )
    container = {
        "type": "message",
        "message_ts": place.ts,
        "channel_id": place.channel_id,
        "is_ephemeral": place.is_ephemeral,
    }
    if place.is_reply:
        container["thread_ts"] = place.thread_ts
    payload |= {
        "container": container,
        "trigger_id": ws.triggers.issue(person.id, app.id, channel_id=place.channel_id),
        "channel": channel_part(conversation),
        "state": {"values": values},
        "response_url": response_url(ws, reply),
    }
    if not place.is_ephemeral:
        payload["message"] = ws.state.to_slack(place)
    return payload


def _said(element: Json, given: Any) -> Json:
    """What the action says about itself, by type of element."""
    kind = element["type"]
    if kind in STATE_KEYS:
        extra = {key: element[key] for key in ("placeholder",) if key in element}
        return {**{key: value for key, value in full_value(element, given).items() if key != "type"}, **extra}
    if kind == "overflow":
        chosen = given.get("selected_option") or given.get("value") if isinstance(given, dict) else given
        return {"selected_option": option_of(element, chosen)}
    if kind == "feedback_buttons":
        value = given.get("value") if isinstance(given, dict) else given
        for side in ("positive_button", "negative_button"):
            if value in (element[side]["value"], side):
                return {"text": element[side]["text"], "value": element[side]["value"]}
        raise SlackError("no_such_element", f"feedback is one of the two buttons, not {value!r}")
    return {key: element[key] for key in ("text", "value", "style", "icon") if key in element}
