"""From a mail as it came in to what the skills read of it."""

from sequences.records.mail import MailMaterial, ReceivedMail
from sequences.skills.mails.automatic import automatic_of
from sequences.skills.mails.parts import parts_of

LONGEST_LINE = 300  # characters of a subject or a sender; whoever writes more hides something


def material_of(mail: ReceivedMail) -> MailMaterial:
    """Takes a few milliseconds; never raises, whatever the body holds."""
    short = {"subject": mail.subject[:LONGEST_LINE], "sender": mail.sender[:LONGEST_LINE]}
    mail = mail.model_copy(update=short)
    parts = parts_of(mail.body, mail.subject)
    return MailMaterial(mail=mail, parts=parts, automatic=automatic_of(mail, parts))
