"""Who and what a workspace consists of. Mutable on purpose: this is the server's memory, not a record of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from workspace.wire import Json

SLACKBOT = "USLACKBOT"


class Kind(StrEnum):
    """What sort of conversation it is."""

    CHANNEL = "channel"
    PRIVATE = "private"
    DM = "im"
    GROUP_DM = "mpim"


@dataclass
class Team:
    id: str
    name: str
    domain: str


@dataclass
class Person:
    """A member: somebody real, or the bot user of an app. ``name`` is the handle, unique in the team."""

    id: str
    name: str
    real_name: str
    email: str | None = None
    title: str = ""
    tz: str = "UTC"
    is_admin: bool = False
    is_owner: bool = False
    is_guest: bool = False
    is_bot: bool = False
    deleted: bool = False
    is_away: bool = False
    app_id: str | None = None
    color: str = "4a154b"


@dataclass(frozen=True)
class Command:
    command: str
    description: str = ""
    usage_hint: str = ""
    request_url: str | None = None
    should_escape: bool = False  # mentions in its text arrive as ids


@dataclass(frozen=True)
class Shortcut:
    """``type`` is ``global`` or ``message``."""

    type: str
    name: str
    callback_id: str


@dataclass
class App:
    """An installed app. With ``request_url`` it is served over signed HTTP, otherwise over Socket Mode."""

    id: str
    name: str
    bot_id: str
    bot_user_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    description: str = ""
    color: str = "4a154b"
    client_id: str = ""
    client_secret: str = ""
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    scopes: frozenset[str] | None = None  # None: everything is granted
    events: frozenset[str] | None = None  # None: subscribed to everything
    request_url: str | None = None
    options_url: str | None = None
    redirect_urls: tuple[str, ...] = ()
    has_home: bool = True
    takes_messages: bool = True  # people may write to it in its DM
    webhook_channel: str = ""  # where its incoming webhook posts; empty: it has none
    unfurl_domains: tuple[str, ...] = ()  # it hears of links to these
    rotates_tokens: bool = False  # an installation gives out tokens that expire
    is_public_client: bool = False  # may exchange a code by PKCE, without its secret


@dataclass(frozen=True)
class UserGroup:
    id: str
    name: str
    handle: str
    description: str = ""
    members: tuple[str, ...] = ()
    created: int = 0
    updated: int = 0
    deleted: int = 0  # 0: it is in use
    made_by: str | None = None
    channels: tuple[str, ...] = ()  # where its members are put


@dataclass
class Conversation:
    id: str
    kind: Kind
    name: str = ""
    topic: str = ""
    purpose: str = ""
    members: list[str] = field(default_factory=list)
    creator: str = ""
    created: int = 0
    app_id: str | None = None
    is_open: bool = True
    is_archived: bool = False
    last_read: dict[str, str] = field(default_factory=dict)  # by person: how far they have read
    described_by: dict[str, Json] = field(default_factory=dict)  # who set topic and purpose, and when


@dataclass
class Message:
    """One message. ``body`` holds what its author chose: text, blocks, attachments, metadata, username …"""

    channel_id: str
    ts: str
    user_id: str
    body: Json
    app_id: str | None = None
    bot_id: str | None = None
    thread_ts: str | None = None
    visible_to: str | None = None  # ephemeral when set
    subtype: str | None = None
    edited: Json | None = None
    broadcast: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    facts: Json = field(default_factory=dict)  # what Slack itself says of it, in lines about joining and the like
    rich_text: list[Json] = field(default_factory=list)  # what Slack makes of an app's text that has no blocks

    @property
    def text(self) -> str:
        return str(self.body.get("text") or "")

    @property
    def blocks(self) -> list[Json]:
        return list(self.body.get("blocks") or [])

    @property
    def is_ephemeral(self) -> bool:
        return self.visible_to is not None

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class View:
    """A modal or a Home tab as one person has it. ``body`` is what the app sent, checked."""

    id: str
    app_id: str
    user_id: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    channel_id: str | None = None  # where the interaction that led to it took place
    is_open: bool = True

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.body.get("blocks") or [])

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id") or "")

    @property
    def title(self) -> str:
        return str((self.body.get("title") or {}).get("text") or "")


@dataclass(frozen=True)
class MailHook:
    """Which app is told of mail that arrives, and how. ``url`` and the texts in ``body`` are templates."""

    url: str = ""
    secret: str | None = None
    body: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Seed:
    """A workspace as read from its YAML file; ``samples`` is the directory of recorded meetings, if any."""

    team: Team
    people: list[Person]
    conversations: list[Conversation]
    apps: list[App]
    samples: Path | None = None
    hint: str | None = None
    meeting_extra: dict[str, Any] = field(default_factory=dict)
    letters: tuple[Json, ...] = ()  # mails to receive when somebody wants to try: from, subject, text
    mail_hook: MailHook | None = None
    user_groups: tuple[UserGroup, ...] = ()
    emoji: dict[str, str] = field(default_factory=dict)  # the workspace's own: picture, or ``alias:name``
    google: Json = field(default_factory=dict)  # calendars, groups and events; vendors/google/seeding.py reads it
