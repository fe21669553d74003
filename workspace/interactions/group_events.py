"""What apps hear of groups of people: that one was made or changed, and who came or went."""

from workspace.core import Workspace
from workspace.interactions.events import send_event
from workspace.model import UserGroup
from workspace.wire import Json


def subteam_changed(ws: Workspace, kind: str, subteam: Json) -> None:
    """``kind`` is ``subteam_created`` or ``subteam_updated``."""
    _tell(ws, {"type": kind, "subteam": subteam})


def members_changed(ws: Workspace, before: UserGroup, after: UserGroup) -> None:
    added = [user_id for user_id in after.members if user_id not in before.members]
    removed = [user_id for user_id in before.members if user_id not in after.members]
    event: Json = {
        "type": "subteam_members_changed",
        "subteam_id": after.id,
        "team_id": ws.state.team.id,
        "date_previous_update": before.updated or before.created,
        "date_update": after.updated,
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }
    _tell(ws, event)


def _tell(ws: Workspace, event: Json) -> None:
    for app in ws.state.apps.values():
        send_event(ws, app, {**event, "event_ts": ws.ids.ts()})
