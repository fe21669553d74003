"""Submitting and closing modals, and what the app's answer does to them."""

from workspace.blockkit.check import check_view
from workspace.core import Workspace
from workspace.delivery.ack import Ack
from workspace.inputs import is_empty
from workspace.interactions.outcome import Outcome, done, from_ack, refused
from workspace.interactions.payload import base, complain
from workspace.interactions.press import remember
from workspace.model import Person, View
from workspace.wire import Json, SlackError


async def submit(ws: Workspace, person: Person, view: View, values: Json) -> Outcome:
    """Presses the submit button. The client's own checks come first; the app is asked only when they pass."""
    _check_open(ws, person, view)
    filled = remember(ws, person, view, values)
    if errors := client_errors(view, filled):
        return refused("missing_input", "Some inputs need another look.", errors=errors)
    app = ws.state.apps[view.app_id]
    payload = base(ws, app, person, "view_submission") | {
        "trigger_id": ws.triggers.issue(person.id, app.id, view_id=view.id),
        "view": ws.views.to_slack(view, filled),
        "response_urls": _response_urls(ws, person, view, filled),
    }
    ack = await ws.courier.interact(app, "interactive", payload)
    outcome = _follow(ws, person, view, ack) if ack.acked else from_ack(ack)
    complain(ws, person, outcome.message)
    return outcome


async def close(ws: Workspace, person: Person, view: View, *, is_cleared: bool = False) -> Outcome:
    """Closes one modal, or with ``is_cleared`` the whole stack; the app hears of it if it asked to."""
    _check_open(ws, person, view)
    told = ws.views.stack(person.id)[0] if is_cleared else view
    values = ws.views.values.get(told.id, {})
    app = ws.state.apps[told.app_id]
    shown = ws.views.to_slack(told, values)
    if is_cleared:
        ws.views.clear(person.id)
    else:
        ws.views.close(view)
    if not told.body.get("notify_on_close"):
        return done()
    payload = base(ws, app, person, "view_closed") | {"view": shown, "is_cleared": is_cleared}
    return from_ack(await ws.courier.interact(app, "interactive", payload))


def client_errors(view: View, values: Json) -> dict[str, str]:
    """What Slack's client itself refuses to submit, by block id."""
    errors: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = values.get(block["block_id"], {}).get(element["action_id"], {})
        if is_empty(value):
            if not block.get("optional"):
                errors[block["block_id"]] = "Please complete this required field."
        elif message := _refusal(element, value):
            errors[block["block_id"]] = message
    return errors


def _refusal(element: Json, value: Json) -> str | None:
    said = value.get("value")
    if isinstance(said, str):
        if len(said) < element.get("min_length", 0):
            return f"Please enter at least {element['min_length']} characters."
        if len(said) > element.get("max_length", 3000):
            return f"Please enter at most {element.get('max_length', 3000)} characters."
        if element["type"] == "number_input":
            return _number_refusal(element, said)
        if element["type"] == "email_text_input" and not (0 < said.find("@") < len(said) - 1):
            return "Please enter a valid email address."
        if element["type"] == "url_text_input" and "://" not in said:
            return "Please enter a valid URL."
    return None


def _number_refusal(element: Json, said: str) -> str | None:
    try:
        number = float(said) if element.get("is_decimal_allowed") else int(said)
    except ValueError:
        return "Please enter a number." if element.get("is_decimal_allowed") else "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < float(least):
        return f"Please enter {least} or more."
    if most is not None and number > float(most):
        return f"Please enter {most} or less."
    return None


def _follow(ws: Workspace, person: Person, view: View, ack: Ack) -> Outcome:
    answer = ack.payload or {}
    action = answer.get("response_action")
    try:
        if action == "errors":
            return from_ack(ack, response_action=action, errors=_checked_errors(view, answer.get("errors")))
        _apply(ws, person, view, answer)
    except SlackError as error:
        return refused("bad_response", str(error), ack)
    return from_ack(ack, response_action=action)


def _apply(ws: Workspace, person: Person, view: View, answer: Json) -> None:
    action = answer.get("response_action")
    if action in ("update", "push"):
        _replace(ws, person, view, check_view(answer.get("view"), kind="modal"), push=action == "push")
    elif action == "clear" or (action is None and view.body.get("clear_on_close")):
        ws.views.clear(person.id)
    elif action is None:
        ws.views.close(view)
    else:
        raise SlackError("invalid_response_action", f"unknown response_action {action!r}")


def _replace(ws: Workspace, person: Person, view: View, body: Json, *, push: bool) -> None:
    if push:
        ws.views.push(body, app_id=view.app_id, user_id=person.id)
    else:
        ws.views.update(view, body)


def _checked_errors(view: View, errors: object) -> dict[str, str]:
    """Errors must be texts under the ids of input blocks of this view; anything else Slack drops with a shrug."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise SlackError("invalid_errors", "errors must map block ids to texts")
    for block_id, text in errors.items():
        if block_id not in inputs:
            raise SlackError("invalid_errors", f"{block_id!r} is not the block_id of an input of this view")
        if not isinstance(text, str) or not text:
            raise SlackError("invalid_errors", f"the error of {block_id!r} is not a text")
    return dict(errors)


def _response_urls(ws: Workspace, person: Person, view: View, values: Json) -> list[Json]:
    """One address for each conversation chosen in a select that asked for one."""
    found = []
    for block in view.blocks:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        value = values.get(block["block_id"], {}).get(element["action_id"], {})
        channel_id = value.get("selected_conversation") or value.get("selected_channel")
        if channel_id:
            reply = ws.response_urls.issue(view.app_id, person.id, channel_id)
            found.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel_id,
                    "response_url": f"{ws.base_url}/response/{reply}",
                }
            )
    return found


def _check_open(ws: Workspace, person: Person, view: View) -> None:
    if view not in ws.views.stack(person.id):
        raise SlackError("view_not_found")
