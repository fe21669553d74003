"""Incoming webhooks: an address that posts into one channel. Answers are plain text, as Slack's are."""

import json
from hashlib import sha256
from typing import Any

from aiohttp import web

from workspace.core import Workspace
from workspace.model import App, Conversation
from workspace.posting import checked_content, post
from workspace.wire import Json, SlackError

REFUSALS = {
    "channel_is_archived": 410,
    "channel_not_found": 404,
    "no_team": 404,
    "no_service": 404,
    "invalid_token": 403,
    "rate_limited": 429,
}


def address(ws: Workspace, app: App) -> str:
    """The webhook of this app; empty when the seed gives it none."""
    return f"{ws.base_url}/services/{ws.state.team.id}/{app.bot_id}/{_secret(app)}" if app.webhook_channel else ""


def granted(ws: Workspace, app: App) -> Json:
    """What ``oauth.v2.access`` says of it."""
    channel = _channel(ws, app)
    named = {"channel": f"#{channel.name}", "channel_id": channel.id}
    return {**named, "configuration_url": f"{ws.base_url}/services/{app.bot_id}", "url": address(ws, app)}


class IncomingWebhooks:
    def __init__(self, ws: Workspace) -> None:
        self._ws = ws

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/services/{team}/{service}/{secret}", self.take)]

    async def take(self, request: web.Request) -> web.Response:
        said = "ok"
        status = 200
        wait = ""
        content: Json | None = None
        try:
            app = self._app(request)
            self._keep_pace(app)
            content = await content_of(request)
            post(self._ws, _channel(self._ws, app), checked_content(content), app=app)
        except SlackError as error:
            said, status = error.code, REFUSALS.get(error.code, 400)
            wait = str(error.extra.get("retry_after", ""))
        path = request.path.rpartition("/")[0]  # the rest is the secret
        entry = self._ws.log.add("http", method="POST", path=path, request=content, response=None, status=None)
        self._ws.log.complete(entry, status=status, response=said)
        return web.Response(text=said, status=status, headers={"Retry-After": wait} if wait else None)

    def _keep_pace(self, app: App) -> None:
        """Raises ``rate_limited`` with the seconds to wait."""
        if wait := self._ws.rates.seconds_to_wait(app.id, "incoming webhook", "webhook"):
            raise SlackError("rate_limited", retry_after=wait)

    def _app(self, request: web.Request) -> App:
        told = request.match_info
        if told["team"] != self._ws.state.team.id:
            raise SlackError("no_team")
        app = next((app for app in self._ws.state.apps.values() if app.bot_id == told["service"]), None)
        if app is None or not app.webhook_channel:
            raise SlackError("no_service")
        if told["secret"] != _secret(app):
            raise SlackError("invalid_token")
        return app


def _channel(ws: Workspace, app: App) -> Conversation:
    channel = ws.state.conversation(app.webhook_channel)
    if channel.is_archived:
        raise SlackError("channel_is_archived")
    return channel


def _secret(app: App) -> str:
    """Always the same one for the same seed."""
    return sha256(f"{app.id} {app.signing_secret} webhook".encode()).hexdigest()[:24]


async def content_of(request: web.Request) -> Json:
    """JSON, or a form with the same JSON in ``payload``. Raises ``invalid_payload``."""
    try:
        text = await request.text()
        if request.content_type == "application/x-www-form-urlencoded" and not text.lstrip().startswith("{"):
            text = str((await request.post()).get("payload", ""))
        content: Any = json.loads(text)
    except ValueError:
        raise SlackError("invalid_payload") from None
    if not isinstance(content, dict):
        raise SlackError("invalid_payload")
    return content
