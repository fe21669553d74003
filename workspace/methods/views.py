"""views.*: modals and Home tabs."""

from types import MappingProxyType

from workspace.blockkit.check import check_view
from workspace.methods.call import Call, Method
from workspace.wire import Json, SlackError


async def views_open(call: Call) -> Json:
    trigger_id = call.text("trigger_id", error="invalid_arguments")
    body = check_view(call.data("view"), kind="modal")
    trigger = call.ws.triggers.redeem(trigger_id, call.app.id)
    view = call.ws.views.open(body, app_id=call.app.id, user_id=trigger.user_id, channel_id=trigger.channel_id)
    return {"view": call.ws.views.to_slack(view)}


async def views_push(call: Call) -> Json:
    trigger_id = call.text("trigger_id", error="invalid_arguments")
    body = check_view(call.data("view"), kind="modal")
    trigger = call.ws.triggers.redeem(trigger_id, call.app.id)
    view = call.ws.views.push(body, app_id=call.app.id, user_id=trigger.user_id)
    return {"view": call.ws.views.to_slack(view)}


async def views_update(call: Call) -> Json:
    view_id, external_id = call.optional("view_id"), call.optional("external_id")
    if view_id is None and external_id is None:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: view_id")
    view = call.ws.views.find(view_id, external_id=external_id, app_id=call.app.id)
    body = check_view(call.data("view"), kind=view.type)
    call.ws.views.update(view, body, hash=call.optional("hash"))
    return {"view": call.ws.views.to_slack(view)}


async def views_publish(call: Call) -> Json:
    user_id = call.text("user_id", error="invalid_arguments")
    body = check_view(call.data("view"), kind="home")
    if not call.app.has_home:
        raise SlackError("not_enabled")
    person = call.ws.state.people.get(user_id)
    if person is None or person.is_bot or person.deleted:
        raise SlackError("user_not_found")
    view = call.ws.views.publish(body, app_id=call.app.id, user_id=user_id, hash=call.optional("hash"))
    return {"view": call.ws.views.to_slack(view)}


METHODS = MappingProxyType(
    {
        "views.open": Method(views_open, tier=4),
        "views.push": Method(views_push, tier=4),
        "views.update": Method(views_update, tier=4),
        "views.publish": Method(views_publish, tier=4),
    }
)
