"""Mails for the tests, in the shape in which they come in."""

from datetime import UTC, datetime

from sequences.records.mail import MailMaterial, ReceivedMail
from sequences.skills.mails.reading import material_of

SENT_AT = datetime(2026, 1, 14, 9, tzinfo=UTC)  # a Wednesday


def mail(body: str, subject: str = "Re: Quick idea", **headers: str) -> MailMaterial:
    """``headers`` by name, with underscores for dashes."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    received = ReceivedMail(
        subject=subject, sender="Ann Oak <ann@oak.example>", headers=named, body=body, received_at=SENT_AT
    )
    return material_of(received)
