"""Settings from the environment: read once, typed, failing by name with what is expected and where to get it."""

import os
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_DATABASE_URL = "sqlite+aiosqlite:///.sixty/sixty.db"


class Role(StrEnum):
    """What a process of Sixty does; one may have several."""

    SLACK = "slack"
    WEB = "web"
    WORKER = "worker"
    SCHEDULER = "scheduler"


ALL_ROLES = frozenset(Role)


class SettingsError(Exception):
    """A setting is missing or wrong. The message names each one and says how to mend it."""


class Settings(BaseSettings):
    """Every variable that Sixty reads; ``.env.example`` lists the same ones (a test compares them)."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", case_sensitive=False)

    slack_bot_token: SecretStr | None = Field(
        default=None, description="xoxb-…, from your Slack app: OAuth & Permissions → Bot User OAuth Token"
    )
    slack_app_token: SecretStr | None = Field(
        default=None, description="xapp-… with connections:write, from Basic Information → App-Level Tokens"
    )
    sixty_slack_mode: Literal["socket", "http"] = Field(
        default="socket",
        description="socket (Sixty calls Slack; nothing is open to outsiders) or http (Slack posts to /slack/events)",
    )
    sixty_socket_connections: int = Field(
        default=2,
        ge=1,
        le=10,
        description="open sockets per process, 1 to 10; Slack allows one app ten, on all machines together",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="the secret from your Slack app: Basic Information → App Credentials → Signing Secret"
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="base address of Slack's Web API; change it only for a local one"
    )
    sixty_database_url: str = Field(
        default=DEFAULT_DATABASE_URL,
        description="sqlite+aiosqlite:///path/to/file.db or postgresql+asyncpg://user:password@host/name",
    )
    sixty_dispatcher: Literal["in_process", "procrastinate"] = Field(
        default="in_process",
        description="in_process (everything in one process) or procrastinate (several processes; needs PostgreSQL)",
    )
    sixty_drain_seconds: int = Field(
        default=20, ge=0, le=600, description="how long a process that is told to stop may finish what is in hand"
    )
    sixty_model: str = Field(
        default="offline",
        description="offline, anthropic:MODEL (with ANTHROPIC_API_KEY) or google:MODEL (with GEMINI_API_KEY)",
    )
    sixty_http_host: str = Field(default="127.0.0.1", description="address that the webhooks listen on")
    sixty_http_port: int = Field(default=8060, ge=0, le=65535, description="port that the webhooks listen on")
    smtp_url: SecretStr | None = Field(
        default=None, description="smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465"
    )
    smtp_from: str | None = Field(
        default=None, description="sender address when a rep's Slack profile shows no email address"
    )
    meetingbaas_webhook_secret: SecretStr | None = Field(
        default=None,
        description="the whsec_… of the MeetingBaaS account webhook or the secret of your bots' callbacks; "
        "several separated by commas",
    )
    sixty_jobs_at_once: int = Field(
        default=8, ge=1, le=64, description="how many jobs one process has in hand; most of them wait for answers"
    )
    sixty_undo_seconds: int = Field(default=30, ge=0, le=600, description="how long a send can be taken back")
    sixty_daily_budget_usd: Decimal = Field(default=Decimal(20), ge=0, description="model spend of the org per day")
    sixty_monthly_budget_usd: Decimal = Field(default=Decimal(200), ge=0, description="and per month")
    sixty_metrics_address: str | None = Field(
        default=None, description="HOST:PORT of the Prometheus figures, such as 127.0.0.1:9464; empty for none"
    )
    sixty_migrate_on_start: bool | None = Field(
        default=None, description="1 or 0; empty for the default of the dispatcher: 1 in_process, 0 procrastinate"
    )
    sixty_log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator(
        "slack_bot_token",
        "slack_app_token",
        "slack_signing_secret",
        "smtp_url",
        "meetingbaas_webhook_secret",
        "smtp_from",
        "sixty_metrics_address",
        "sixty_migrate_on_start",
        mode="before",
    )
    @classmethod
    def _empty_is_absent(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("slack_api_url")
    @classmethod
    def _slack_base_address(cls, value: str) -> str:
        parts = urlsplit(value.strip())
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("must be an http(s) address such as https://slack.com/api/")
        path = parts.path if parts.path.strip("/") else "/api/"
        return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}/"

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith("xoxb-"):
            raise ValueError("must start with xoxb-")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _app_token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("must start with xapp-")
        return value

    @field_validator("sixty_database_url")
    @classmethod
    def _database_driver(cls, value: str) -> str:
        for plain, driver in (("postgres://", "postgresql+asyncpg://"), ("postgresql://", "postgresql+asyncpg://")):
            if value.startswith(plain):
                value = driver + value.removeprefix(plain)
        if value.startswith("sqlite://"):
            value = "sqlite+aiosqlite://" + value.removeprefix("sqlite://")
        if not value.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            raise ValueError("must be a sqlite or postgresql address")
        return value

    @field_validator("sixty_model")
    @classmethod
    def _known_engine(cls, value: str) -> str:
        engine, _, model = value.strip().partition(":")
        if engine == "offline" and not model:
            return "offline"
        if engine in ("anthropic", "google") and model:
            return f"{engine}:{model}"
        raise ValueError("must be offline, anthropic:MODEL or google:MODEL")

    @field_validator("smtp_url")
    @classmethod
    def _smtp_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parts = urlsplit(value.get_secret_value())
            if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
                raise ValueError("must look like smtp://user:password@host:587")
        return value

    @field_validator("sixty_metrics_address")
    @classmethod
    def _host_and_port(cls, value: str | None) -> str | None:
        if value is not None:
            host, _, port = value.strip().rpartition(":")
            if not host or not port.isdecimal() or int(port) > 65535:
                raise ValueError("must look like 127.0.0.1:9464")
        return value

    @field_validator("sixty_log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        level = value.strip().upper()
        if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return level

    @property
    def migrates_on_start(self) -> bool:
        """Several processes must not meet a schema that one of them changes under the others unannounced."""
        chosen = self.sixty_migrate_on_start
        return self.sixty_dispatcher == "in_process" if chosen is None else chosen

    @property
    def metrics_address(self) -> tuple[str, int] | None:
        """Host and port; an IPv6 host may stand in brackets."""
        if self.sixty_metrics_address is None:
            return None
        host, _, port = self.sixty_metrics_address.strip().rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def drain(self) -> timedelta:
        return timedelta(seconds=self.sixty_drain_seconds)

    @property
    def _slack_proof(self) -> str:
        """What the role slack cannot do without: how we prove ourselves to Slack, or Slack itself to us."""
        return "slack_signing_secret" if self.sixty_slack_mode == "http" else "slack_app_token"

    def check_roles(self, roles: frozenset[Role]) -> None:
        """SettingsError when a process with these roles cannot do its work as configured."""
        self.require("slack_bot_token", *([self._slack_proof] if Role.SLACK in roles else []))
        if self.sixty_dispatcher == "procrastinate" and not self.sixty_database_url.startswith("postgresql"):
            raise SettingsError(
                _explain([("sixty_database_url", "must be PostgreSQL when SIXTY_DISPATCHER is procrastinate")])
            )
        if self.sixty_dispatcher == "in_process" and not roles >= {Role.WORKER, Role.SCHEDULER}:
            named = ", ".join(sorted(roles))
            reason = f"is in_process, so nobody would do the work that a process with --role {named} takes in"
            raise SettingsError(_explain([("sixty_dispatcher", reason)]))

    def require(self, *names: str) -> None:
        """Raise SettingsError that lists each of ``names`` that is not set."""
        missing = [name for name in names if getattr(self, name) is None]
        if missing:
            raise SettingsError(_explain([(name, "is not set") for name in missing]))


def environment(env_file: Path | None = Path(".env")) -> dict[str, str]:
    """The process environment over ``env_file``: for the variables that belong to vendors' SDKs and not to us."""
    stored = dotenv_values(env_file) if env_file else {}
    return {**{name: value for name, value in stored.items() if value is not None}, **os.environ}


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment and ``env_file``; SettingsError names everything that is wrong at once."""
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        problems = [(str(detail["loc"][0]), _reason(detail["msg"])) for detail in error.errors(include_input=False)]
        raise SettingsError(_explain(problems)) from None


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")


def _explain(problems: list[tuple[str, str]]) -> str:
    lines = [
        f"  {name.upper()} {reason}.\n      Expected: {Settings.model_fields[name].description}."
        for name, reason in problems
    ]
    return "Some settings need your attention (environment or .env):\n" + "\n".join(lines)
