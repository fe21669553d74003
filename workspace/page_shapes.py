"""People and apps as the page wants them."""

from workspace.core import Workspace
from workspace.methods.users import zone_facts
from workspace.model import App, Person
from workspace.wire import Json


def app_shape(ws: Workspace, app: App) -> Json:
    return {
        "id": app.id,
        "name": app.name,
        "description": app.description,
        "bot_id": app.bot_id,
        "bot_user_id": app.bot_user_id,
        "color": f"#{app.color}",
        "has_home": app.has_home,
        "takes_messages": app.takes_messages,
        "connected": app.request_url is not None or ws.sockets.count(app.id) > 0,
        "commands": [
            {"command": one.command, "description": one.description, "usage_hint": one.usage_hint}
            for one in app.commands
        ],
        "shortcuts": [{"type": one.type, "name": one.name, "callback_id": one.callback_id} for one in app.shortcuts],
    }


def person_shape(person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "display_name": person.real_name,
        "title": person.title,
        "email": person.email,
        **zone_facts(person),
        "is_bot": person.is_bot,
        "is_admin": person.is_admin,
        "is_guest": person.is_guest,
        "deleted": person.deleted,
        "color": f"#{person.color}",
    }
