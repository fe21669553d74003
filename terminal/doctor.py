"""``sixty doctor``: what is configured, reachable, granted and missing, with the next step for each."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from config import Settings, environment
from gateways.model.engine import check, make_model
from gateways.slack.client import make_slack_client
from gateways.smtp import SmtpMailer
from sequences.ports.model import ModelError
from sequences.ports.outside import MailerError
from sequences.ports.store import StoreError
from storage.database import Database
from terminal.printing import CommandError, say

MANIFEST = Path(__file__).resolve().parent.parent / "manifest.json"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """``next_step`` is empty when there is nothing to do. ``is_needed`` findings make the command fail."""

    name: str
    ok: bool
    text: str
    next_step: str = ""
    is_needed: bool = True


Check = Callable[[Settings], Awaitable[Finding]]


async def handle_doctor(settings: Settings) -> None:
    findings = [await look(settings) for look in (_database, _slack_bot, _slack_app, _mail, _model, _webhook, _http)]
    for finding in findings:
        mark = "ok  " if finding.ok else ("FAIL" if finding.is_needed else "note")
        say(f"{mark}  {finding.name}: {finding.text}")
        if finding.next_step:
            say(f"      → {finding.next_step}")
    broken = sum(not finding.ok and finding.is_needed for finding in findings)
    if broken:
        raise CommandError(f"{broken} of {len(findings)} checks need your attention.")
    say("Sixty is ready: `sixty run`.")


async def _database(settings: Settings) -> Finding:
    name = "Database"
    store = Database.open(settings.sixty_database_url)
    try:
        await store.ping()
    except StoreError as error:
        return Finding(name=name, ok=False, text=str(error), next_step="Set SIXTY_DATABASE_URL, or leave it out.")
    finally:
        await store.close()
    return Finding(name=name, ok=True, text=f"{store.url.get_backend_name()} answers")


async def _slack_bot(settings: Settings) -> Finding:
    name = "Slack bot token"
    if settings.slack_bot_token is None:
        step = "Create the app from manifest.json, install it, and set SLACK_BOT_TOKEN (OAuth & Permissions)."
        return Finding(name=name, ok=False, text="SLACK_BOT_TOKEN is not set", next_step=step)
    client = make_slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        answer = await client.auth_test()
    except (SlackApiError, aiohttp.ClientError, OSError) as error:
        step = "Check SLACK_BOT_TOKEN, and reinstall the app if it was removed."
        return Finding(name=name, ok=False, text=f"Slack refused it: {_slack_reason(error)}", next_step=step)
    granted = str(answer.headers.get("x-oauth-scopes") or answer.headers.get("X-OAuth-Scopes") or "")
    missing = _missing_scopes(granted)
    if missing:
        step = "Update the app from manifest.json and reinstall it to the workspace."
        return Finding(name=name, ok=False, text=f"scopes missing: {', '.join(missing)}", next_step=step)
    told = "all scopes granted" if granted else "Slack did not tell its scopes"
    return Finding(name=name, ok=True, text=f"{answer.get('user')} in {answer.get('team')}, {told}")


def _missing_scopes(granted: str) -> list[str]:
    if not granted:
        return []
    wanted: list[str] = json.loads(MANIFEST.read_text())["oauth_config"]["scopes"]["bot"]
    have = {scope.strip() for scope in granted.split(",")}
    return [scope for scope in wanted if scope not in have]


async def _slack_app(settings: Settings) -> Finding:
    name = "Slack app token"
    if settings.slack_app_token is None:
        step = "Basic Information → App-Level Tokens: make one with connections:write and set SLACK_APP_TOKEN."
        return Finding(name=name, ok=False, text="SLACK_APP_TOKEN is not set", next_step=step)
    client: AsyncWebClient = make_slack_client(None, settings.slack_api_url)
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except (SlackApiError, aiohttp.ClientError, OSError) as error:
        step = "Switch Socket Mode on, and check that the token has connections:write."
        return Finding(name=name, ok=False, text=f"no socket: {_slack_reason(error)}", next_step=step)
    return Finding(name=name, ok=True, text="Socket Mode opens")


def _slack_reason(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return type(error).__name__


async def _mail(settings: Settings) -> Finding:
    name = "Outgoing mail"
    if settings.smtp_url is None:
        step = "Set SMTP_URL (smtp://user:password@host:587) so that approved mails can leave."
        return Finding(name=name, ok=False, text="SMTP_URL is not set", next_step=step, is_needed=False)
    try:
        await SmtpMailer(settings.smtp_url.get_secret_value()).check()
    except MailerError as error:
        step = "Check host, port, user and password in SMTP_URL."
        return Finding(name=name, ok=False, text=str(error), next_step=step)
    return Finding(name=name, ok=True, text="the server takes our login")


async def _model(settings: Settings) -> Finding:
    name = "Understanding"
    try:
        model = make_model(settings.sixty_model, environment())
        if model is None:
            return Finding(name=name, ok=True, text="offline rules: no key, no cost, no transcript leaves this machine")
        await check(model)
    except ModelError as error:
        return Finding(name=name, ok=False, text=str(error), next_step="Mend it, or set SIXTY_MODEL=offline.")
    return Finding(name=name, ok=True, text=f"{model.engine} answers")


async def _webhook(settings: Settings) -> Finding:
    name = "Meeting bot"
    if settings.meetingbaas_webhook_secret is None:
        step = "Set MEETINGBAAS_WEBHOOK_SECRET; until then every webhook is refused."
        text = "MEETINGBAAS_WEBHOOK_SECRET is not set"
        return Finding(name=name, ok=False, text=text, next_step=step, is_needed=False)
    return Finding(name=name, ok=True, text="webhooks are checked against your secret")


async def _http(settings: Settings) -> Finding:
    name = "Webhook address"
    base = f"http://{settings.sixty_http_host}:{settings.sixty_http_port}"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as session,
            session.get(f"{base}/healthz") as answer,
        ):
            if answer.status == 200:
                return Finding(name=name, ok=True, text=f"{base}/webhooks/meetingbaas is served")
    except (aiohttp.ClientError, OSError):
        step = "Start `sixty run`, then point your bot at https://YOUR-HOST/webhooks/meetingbaas."
        return Finding(name=name, ok=False, text="Sixty is not running here yet", next_step=step, is_needed=False)
    return Finding(
        name=name, ok=False, text=f"{base} is taken by another program", next_step="Choose another SIXTY_HTTP_PORT."
    )
