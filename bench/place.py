"""A workspace with the running app in it, as the demo has them, for measurements in one process."""

import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from app import App, running
from config import Settings
from sequences.records.people import User
from workspace.options import Options
from workspace.server import Running
from workspace.server import running as running_workspace

MANIFEST = Path(__file__).resolve().parents[1] / "manifest.json"
REP = "Robin Hale"


@dataclass(frozen=True, kw_only=True)
class Place:
    workspace: Running
    app: App
    rep: User


@contextlib.asynccontextmanager
async def open_place(*, slack_mode: str = "socket") -> AsyncIterator[Place]:
    """On a fresh SQLite file, offline. Slack's rate limits and the rep's own are out of the way."""
    with tempfile.TemporaryDirectory(prefix="sixty-bench-") as folder:
        async with running_workspace(Options(manifest=MANIFEST, rate_scale=1000.0)) as workspace:
            settings = Settings.model_validate({
                "slack_bot_token": workspace.bot_token,
                "slack_app_token": workspace.app_token,
                "slack_signing_secret": workspace.app.signing_secret,
                "sixty_slack_mode": slack_mode,
                "slack_api_url": workspace.api_url,
                "sixty_database_url": f"sqlite+aiosqlite:///{folder}/sixty.db",
                "sixty_model": "offline",
                "sixty_http_port": 0,
                "smtp_url": workspace.smtp_url,
            })  # fmt: skip
            async with running(settings) as app:
                if slack_mode == "http":
                    workspace.app.request_url = f"http://127.0.0.1:{app.http_port}/slack/events"
                yield Place(workspace=workspace, app=app, rep=await _patient_rep(app))


async def _patient_rep(app: App) -> User:
    """A rep who may be told things at any hour, any number of times."""
    async with app.core.store.begin() as tx:
        orgs = await tx.people.orgs()
        found = next(user for user in await tx.people.users(orgs[0].id) if user.name == REP)
        patient = found.model_copy(
            update={"quiet_hours_start": None, "quiet_hours_end": None, "max_notifications_per_hour": 1_000_000}
        )
        await tx.people.save_user(patient)
    return patient
