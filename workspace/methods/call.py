"""One call of the Web API: who calls, with what, and how arguments are read from forms and JSON alike."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from workspace.core import Workspace
from workspace.model import App, Conversation, Kind
from workspace.wire import Json, SlackError

_TIMESTAMP = re.compile(r"\d+\.\d+")


@dataclass(frozen=True)
class Call:
    """``args`` are native values from a JSON body or strings from a form; the readers below take both."""

    ws: Workspace
    app: App
    args: Json
    basic_auth: str = ""
    token: str = ""
    user_id: str = ""  # as whom: the bot, or whoever a user token speaks for

    def text(self, name: str, *, error: str | None = None) -> str:
        """Empty when absent, unless ``error`` is given: then its absence is refused with that code."""
        value = self.args.get(name)
        if value in (None, ""):
            if error is not None:
                raise SlackError(error, *_missing(name, error))
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def optional(self, name: str) -> str | None:
        return self.text(name) or None

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.args.get(name)
        return default if value in (None, "") else str(value).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        value = self.args.get(name)
        try:
            return default if value in (None, "") else int(str(value))
        except ValueError:
            raise SlackError("invalid_arguments", f"[ERROR] must be an integer [json-pointer:/{name}]") from None

    def timestamp(self, name: str) -> str:
        """Of a message. Raises ``no_item_specified`` or ``bad_timestamp``."""
        value = self.text(name, error="no_item_specified")
        if not _TIMESTAMP.fullmatch(value):
            raise SlackError("bad_timestamp")
        return value

    def data(self, name: str, *, error: str = "invalid_arguments") -> Any:
        """A structure, given as such or as JSON in a string; ``None`` when absent."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def names(self, name: str) -> list[str]:
        """A list, or a string of parts separated by commas."""
        value = self.args.get(name)
        if isinstance(value, list):
            return [str(part) for part in value]
        return [part.strip() for part in str(value or "").split(",") if part.strip()]

    def channel(self, name: str = "channel", *, scope: str | None = None, by_name: bool = False) -> Conversation:
        """A conversation that the bot may know of, by its id; ``by_name`` where Slack takes a channel's name as well.

        ``scope`` is the part after the colon: ``read``, ``history``, ``write``, ``write.topic``, ``write.invites``.
        """
        wanted = self.text(name, error="channel_not_found")
        if not by_name and wanted not in self.ws.state.conversations:
            raise SlackError("channel_not_found")
        found = self.ws.state.conversation(wanted)
        if found.kind is not Kind.CHANNEL and self.app.bot_user_id not in found.members:
            raise SlackError("channel_not_found")
        if scope is not None and scope.startswith("write"):
            self.need_one_of(*writing_scopes(found.kind, scope))
        elif scope is not None:
            self.need_scopes(f"{SCOPE_PREFIXES[found.kind]}:{scope}")
        return found

    def need_scopes(self, *scopes: str) -> None:
        """Raises ``missing_scope`` with what is needed and what was granted."""
        granted = self.app.scopes
        missing = [] if granted is None else [scope for scope in scopes if scope not in granted]
        if missing:
            raise SlackError("missing_scope", needed=",".join(missing), provided=",".join(sorted(granted or ())))

    def need_one_of(self, *scopes: str) -> None:
        """Any of them will do; the refusal names the first."""
        granted = self.app.scopes
        if granted is not None and not granted.intersection(scopes):
            self.need_scopes(scopes[0])


def writing_scopes(kind: Kind, scope: str) -> tuple[str, ...]:
    """Bots manage public channels; each kind of conversation has a narrow scope for each narrow thing."""
    prefix = SCOPE_PREFIXES[kind]
    broad = ("channels:manage", "channels:write") if kind is Kind.CHANNEL else (f"{prefix}:write",)
    return broad if scope == "write" else (*broad, f"{prefix}:{scope}")


SCOPE_PREFIXES = MappingProxyType(
    {Kind.CHANNEL: "channels", Kind.PRIVATE: "groups", Kind.DM: "im", Kind.GROUP_DM: "mpim"}
)
Handler: TypeAlias = Callable[[Call], Awaitable[Json]]


@dataclass(frozen=True)
class Method:
    """``tier`` is Slack's (1 to 4, ``post`` or ``special``).

    ``token`` is ``bot``, ``app``, ``user``, several of them with ``|`` between, ``signed-in`` or ``none``.
    """

    handler: Handler
    tier: int | str = 3
    scopes: tuple[str, ...] = ()
    token: str = "bot"  # noqa: S105 - a kind of token, not one


def _missing(name: str, error: str) -> tuple[str, ...]:
    return (f"[ERROR] missing required field: {name}",) if error == "invalid_arguments" else ()
