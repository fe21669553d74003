"""Send a mail as the rep. Always asks, waits out the undo window, and is logged on the CRM timeline."""

import re
from datetime import timedelta
from typing import Any

from sequences.actions.spec import ActionSpec, Performing, RefusedError, TryLaterError, UnknownOutcomeError
from sequences.ids import new_id
from sequences.ports.outside import MailerError
from sequences.ports.store import Transaction
from sequences.records.action import ActionType, ErrorCode, Risk
from sequences.records.crm import Activity
from sequences.records.mail import Mail
from sequences.records.people import User

# One address, as a person types it: no spaces, one @, a dot in the domain. Providers judge the rest.
ADDRESS = re.compile(r"[^\s@<>,;\"()]+@[^\s@<>,;\"()]+\.[^\s@<>,;\"().]{2,}")
MAX_RECIPIENTS = 10
NO_MAILER = "No outgoing mail is set up. Ask your admin to set SMTP_URL, then try again."
HARD_DAILY_CEILING = 200  # no setting raises it (GUARD-01)


def check_mail(mail: Mail) -> None:
    """RefusedError unless the mail could be sent as it stands."""
    if not mail.to:
        raise RefusedError(ErrorCode.INVALID_RECIPIENT, "This mail has no recipient yet. Press Edit and add one.")
    if len(mail.to) > MAX_RECIPIENTS:
        raise RefusedError(ErrorCode.INVALID_RECIPIENT, f"At most {MAX_RECIPIENTS} recipients. Press Edit to shorten.")
    wrong = [address for address in mail.to if not ADDRESS.fullmatch(address)]
    if wrong:
        raise RefusedError(
            ErrorCode.INVALID_RECIPIENT, f"Not a mail address: {', '.join(wrong)}. Press Edit to mend it."
        )
    if not mail.subject.strip() or not mail.body.strip():
        raise RefusedError(ErrorCode.INVALID_RECIPIENT, "The mail needs a subject and a text. Press Edit to add them.")


def message_id_for(action_id: str, sender: User) -> str:
    """A Message-ID of our own, the same at every try, so that the mail can be found again."""
    domain = sender.email.rpartition("@")[2] if sender.email else "sixty.invalid"
    return f"<{action_id.replace('_', '.')}@{domain}>"


async def _perform(doing: Performing[Mail]) -> dict[str, Any]:
    if doing.mailer is None:
        raise RefusedError(ErrorCode.SERVICE_UNAVAILABLE, NO_MAILER)
    message_id = message_id_for(doing.effect_key, doing.owner)
    try:
        await doing.mailer.send(doing.payload, sender=doing.owner, message_id=message_id, now=doing.now)
    except MailerError as error:
        if error.is_unknown:
            raise UnknownOutcomeError(str(error)) from error
        if error.is_final:
            raise RefusedError(ErrorCode.SERVICE_UNAVAILABLE, str(error)) from error
        raise TryLaterError(str(error)) from error
    return {"message_id": message_id}


async def _look_up(doing: Performing[Mail]) -> bool | None:
    if doing.mailer is None:
        return None
    return await doing.mailer.was_sent(message_id_for(doing.effect_key, doing.owner))


async def _log_activity(tx: Transaction, doing: Performing[Mail]) -> dict[str, Any]:
    """SEND-12. Written with the record of the sending, so neither is there without the other."""
    mail = doing.payload
    activity = Activity(
        id=new_id("activity"),
        kind="email",
        summary=f"Sent to {', '.join(mail.to)}: {mail.subject}",
        at=doing.now,
        contact_id=mail.contact_id,
        deal_id=mail.deal_id,
    )
    await tx.crm_writer.log_activity(doing.owner.org_id, activity, effect_key=f"{doing.effect_key}:activity")
    return {}


SEND_EMAIL = ActionSpec(
    action_type=ActionType.SEND_EMAIL,
    payload=Mail,
    risk=Risk.CRITICAL,
    always_asks=True,
    undo=True,
    needs_mailer=True,
    expires_after=timedelta(hours=24),
    check=check_mail,
    daily_limit=lambda user: min(user.daily_send_limit, HARD_DAILY_CEILING),
    perform=_perform,
    apply=_log_activity,
    look_up=_look_up,
)
