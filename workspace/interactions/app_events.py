"""What an app hears of its own installation."""

from collections.abc import Sequence

from workspace.core import Workspace
from workspace.interactions.events import send_event
from workspace.model import App
from workspace.tokens import Token
from workspace.wire import Json


def tell_revoked(ws: Workspace, app: App, tokens: Sequence[Token]) -> None:
    """``tokens_revoked`` and, when no bot token is left, ``app_uninstalled``: its last event."""
    by_kind = {name: [one.user_id for one in tokens if one.kind == kind] for kind, name in _NAMES.items()}
    event: Json = {"type": "tokens_revoked", "tokens": by_kind, "event_ts": ws.ids.ts()}
    send_event(ws, app, event, even_uninstalled=True)
    if not ws.tokens.is_installed(app):
        send_event(ws, app, {"type": "app_uninstalled", "event_ts": ws.ids.ts()}, even_uninstalled=True)


_NAMES = {"user": "oauth", "bot": "bot"}
