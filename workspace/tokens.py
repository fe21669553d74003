"""The tokens that apps hold: the seed's, those that an installation gave out, and which of them still count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from workspace.model import App
from workspace.wire import Json, SlackError

LIFETIME = timedelta(hours=12)  # of an access token that rotates
PUBLIC_REFRESH_LIFETIME = timedelta(days=30)  # of a refresh token of a public client (PKCE)


@dataclass
class Token:
    """``kind`` is ``bot``, ``app`` or ``user``; ``user_id`` is whom it speaks for, empty for an app's own."""

    value: str
    app_id: str
    kind: str
    user_id: str = ""
    scopes: str = ""
    expires_at: datetime | None = None
    refresh_token: str = ""
    is_revoked: bool = False
    is_exchanged: bool = False


class Tokens:
    """Tokens of the seed never expire. With ``rotates_tokens`` an installation gives out such that do."""

    def __init__(self, apps: Iterable[App], clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._known: dict[str, Token] = {}
        self._refreshable: dict[str, tuple[Token, datetime | None]] = {}  # refresh token -> what it renews, until when
        for app in apps:
            self._keep(Token(app.bot_token, app.id, "bot", app.bot_user_id))
            self._keep(Token(app.app_token, app.id, "app"))

    def by_value(self, value: str) -> Token:
        """Raises ``invalid_auth``, ``token_revoked`` or ``token_expired``."""
        token = self._known.get(value)
        if token is None:
            raise SlackError("invalid_auth")
        if token.is_revoked:
            raise SlackError("token_revoked")
        if token.expires_at is not None and self._clock() >= token.expires_at:
            raise SlackError("token_expired")
        return token

    def is_installed(self, app: App) -> bool:
        """Whether any bot token of this app still counts, be it one that has to be renewed."""
        return any(token.kind == "bot" and not token.is_revoked for token in self._of(app))

    def issue(self, app: App, kind: str, *, user_id: str, scopes: str) -> Json:
        """What an installation answers: ``access_token`` and, when it rotates, how long it lasts and what renews it."""
        if app.rotates_tokens:
            return self._rotating(app, kind, user_id=user_id, scopes=scopes)
        if kind == "bot":
            self._known[app.bot_token].is_revoked = False
            return {"access_token": app.bot_token}
        held = [one for one in self._of(app) if one.kind == "user" and one.user_id == user_id and not one.is_revoked]
        return {
            "access_token": (held or [self._keep(Token(f"xoxp-{token_hex(16)}", app.id, kind, user_id, scopes))])[
                0
            ].value
        }

    def renew(self, app: App, refresh_token: str) -> tuple[Token, Json]:
        """A refresh token works once. Raises ``invalid_refresh_token``."""
        before, until = self._refreshable.pop(refresh_token, (None, None))
        is_late = until is not None and self._clock() >= until
        if before is None or before.app_id != app.id or before.is_revoked or is_late:
            raise SlackError("invalid_refresh_token")
        return before, self._rotating(app, before.kind, user_id=before.user_id, scopes=before.scopes)

    def exchange(self, app: App, value: str) -> tuple[Token, Json]:
        """A token that lasts for ever for a pair that rotates, once."""
        if not app.rotates_tokens:
            raise SlackError("token_rotation_not_enabled")
        token = self._known.get(value)
        if token is None or token.app_id != app.id or token.kind == "app" or token.expires_at is not None:
            raise SlackError("invalid_token")
        if token.is_exchanged:
            raise SlackError("token_already_exchanged")
        if token.is_revoked:
            raise SlackError("authorization_not_found")
        token.is_exchanged = True
        return token, self._rotating(app, token.kind, user_id=token.user_id, scopes=token.scopes)

    def revoke(self, token: Token) -> None:
        """This token, and those that renewed it or that it renewed: the whole authorization ends."""
        for one in self._known.values():
            if (one.app_id, one.kind, one.user_id) == (token.app_id, token.kind, token.user_id):
                one.is_revoked = True

    def revoke_all(self, app: App) -> list[Token]:
        """All but the app's own token; returns those that counted."""
        ended = [token for token in self._of(app) if token.kind != "app" and not token.is_revoked]
        for token in ended:
            token.is_revoked = True
        return ended

    def _rotating(self, app: App, kind: str, *, user_id: str, scopes: str) -> Json:
        now = self._clock()
        letter = {"bot": "b", "user": "p"}[kind]
        token = Token(f"xoxe.xox{letter}-1-{token_hex(24)}", app.id, kind, user_id, scopes, now + LIFETIME)
        token.refresh_token = f"xoxe-1-{token_hex(24)}"
        self._keep(token)
        until = now + PUBLIC_REFRESH_LIFETIME if app.is_public_client else None
        self._refreshable[token.refresh_token] = (token, until)
        return {
            "access_token": token.value,
            "expires_in": int(LIFETIME.total_seconds()),
            "refresh_token": token.refresh_token,
        }

    def _keep(self, token: Token) -> Token:
        self._known[token.value] = token
        return token

    def _of(self, app: App) -> list[Token]:
        return [token for token in self._known.values() if token.app_id == app.id]
