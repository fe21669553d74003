"""The parts that interaction payloads share."""

from typing import Any

from workspace.core import Workspace
from workspace.model import App, Conversation, Kind, Person
from workspace.wire import Json


def base(ws: Workspace, app: App, person: Person, kind: str) -> Json:
    """What every interaction carries."""
    team = ws.state.team
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": team.id},
        "api_app_id": app.id,
        "token": "legacy-verification-token",
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_part(conversation: Conversation) -> Json:
    names = {Kind.DM: "directmessage", Kind.PRIVATE: "privategroup"}
    return {"id": conversation.id, "name": names.get(conversation.kind, conversation.name)}


def response_url(ws: Workspace, reply_id: str) -> str:
    return f"{ws.base_url}/response/{reply_id}"


def complain(ws: Workspace, person: Person, message: str | None) -> None:
    """The error mark that Slack shows to the person who pressed."""
    if message:
        frame: dict[str, Any] = {"level": "error", "text": message}
        ws.feed.publish("toast", lambda _: frame, to=[person.id])
