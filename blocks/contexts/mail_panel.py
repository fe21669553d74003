"""The follow-up mail: what would leave, and where its approval stands."""

from dataclasses import dataclass
from datetime import timedelta

from blocks.contexts.caps import Caps
from blocks.contexts.outcome import Closing, Setting, Stand, Words, closing, reference, stand
from blocks.text import clean, cut_lines, one_line
from sequences.records.card import MailPanel

_SHOWN_RECIPIENTS = 10
_CLOSED_BODY = 400  # once it is decided the card makes room; what failed stays whole, to be copied
_WORDS = Words(
    done="Sent",
    cancelled="Cancelled",
    failed="Not sent",
    expired="Nothing was sent.",
)


@dataclass(frozen=True, kw_only=True)
class MailContext:
    stand: Stand
    ref: str
    recipient: str  # a name, else the first address, else empty
    to: tuple[str, ...]
    to_hidden: int
    subject: str
    body: str
    is_cut: bool
    edited: bool
    undo_seconds: int
    scheduled: str  # "on Fri 20 Nov at 09:00 GMT"
    approved: str  # when it was approved, for mails that wait for their time
    approved_by: str
    expires: str  # "Sat 21 Nov 13:30"
    closing: Closing | None

    @classmethod
    def of(cls, panel: MailPanel, setting: Setting, caps: Caps) -> "MailContext":
        decision, mail = panel.decision, panel.mail
        body = clean(mail.body).strip()
        closed = closing(decision, _WORDS, setting)
        shown = cut_lines(body, min(caps.body, _CLOSED_BODY) if closed and closed.mark != "warn" else caps.body)
        to = tuple(shown_address for address in mail.to if (shown_address := one_line(address, 100)))
        return cls(
            stand=stand(decision),
            ref=reference(decision),
            recipient=one_line(panel.recipient_name or "", 80) or (to[0] if to else ""),
            to=to[:_SHOWN_RECIPIENTS],
            to_hidden=max(0, len(to) - _SHOWN_RECIPIENTS),
            subject=one_line(mail.subject, 200),
            body=shown,
            is_cut=shown != body or len(to) > _SHOWN_RECIPIENTS or len(mail.subject) > 200,
            edited=panel.edited,
            undo_seconds=_undo_seconds(panel),
            scheduled=setting.moment_with_zone(decision.execute_at),
            approved=setting.moment(decision.at),
            approved_by=setting.who(decision.decided_by),
            expires=setting.soon(decision.expires_at),
            closing=closed,
        )


def _undo_seconds(panel: MailPanel) -> int:
    """Seconds left; from the record's own times when it was not counted for us."""
    if panel.undo_seconds is not None:
        return max(0, panel.undo_seconds)
    decision = panel.decision
    if decision.execute_at is None or decision.at is None:
        return 0
    return max(0, (decision.execute_at - decision.at) // timedelta(seconds=1))
