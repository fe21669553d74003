"""The outside world: Slack, outgoing mail, transcripts that a webhook only names."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sequences.records.base import Record
from sequences.records.card import Card
from sequences.records.mail import Mail
from sequences.records.people import User


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a message stands in Slack."""

    channel_id: str
    message_ts: str


class Messenger(Protocol):
    """Slack, for messages to our own people. Raises MessengerError."""

    async def post(self, user: User, card: Card, *, card_id: str) -> Place: ...
    async def update(self, place: Place, card: Card, *, card_id: str, user: User) -> None: ...
    async def delete(self, place: Place, *, card_id: str, user: User) -> None:
        """Take a message back; one that is gone already is no error."""

    async def find(self, user: User, *, card_id: str, since: datetime) -> Place | None:
        """The message that ``post`` with this card id left, after a crash that lost the answer."""

    async def members(self) -> "Workspace":
        """The workspace and everybody who may own a meeting: no bots, guests or deactivated people."""


class Workspace(Record):
    team_id: str
    name: str
    members: tuple["Member", ...]


class Member(Record):
    slack_user_id: str
    name: str
    email: str | None
    timezone: str
    is_admin: bool


class MessengerError(Exception):
    """Slack did not take it. ``retry_after`` when Slack said how long; ``is_final`` when trying again is pointless."""

    def __init__(self, message: str, *, retry_after: float | None = None, is_final: bool = False) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.is_final = is_final


class Mailer(Protocol):
    """Hands a mail over. Reached through the gate only."""

    async def send(self, mail: Mail, *, sender: User, message_id: str, now: datetime) -> None:
        """Raises MailerError; after ``is_unknown`` nobody can say whether it left."""

    async def was_sent(self, message_id: str) -> bool | None:
        """Whether the provider knows the Message-ID; None when it cannot tell (plain SMTP)."""


class MailerError(Exception):
    """``is_final``: refused for good. ``is_unknown``: the line dropped after the message was handed over."""

    def __init__(self, message: str, *, is_final: bool = False, is_unknown: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final
        self.is_unknown = is_unknown


class TranscriptSource(Protocol):
    """Fetches what a webhook only names. Raises TranscriptSourceError."""

    async def fetch(self, url: str) -> bytes: ...


class TranscriptSourceError(Exception):
    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final
