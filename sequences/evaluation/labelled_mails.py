"""Labelled mails, as people hand them over."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sequences.records.base import Record
from sequences.records.mail import MailClass, ReceivedMail, ReplyClass


class MailKind(StrEnum):
    INBOX = "inbox"
    CAMPAIGN_REPLY = "campaign_reply"


class LabelledMail(Record):
    """``acceptable`` holds further classes that count as right, of either question."""

    id: str
    kind: MailKind
    mail: ReceivedMail
    triage: MailClass | None = None
    reply_class: ReplyClass | None = None
    acceptable: frozenset[str] = frozenset()
    return_on: date | None = None
    split: str | None = None


@dataclass(frozen=True, kw_only=True)
class MailSet:
    mails: tuple[LabelledMail, ...]
    notes: tuple[str, ...] = ()

    def of_split(self, split: str) -> "MailSet":
        """Only the mails that say they are of this split."""
        chosen = tuple(mail for mail in self.mails if mail.split == split.casefold())
        return MailSet(mails=chosen, notes=self.notes)
