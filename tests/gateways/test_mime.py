"""Whatever a rep approves becomes one well-formed mail, and nothing in it becomes a header."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.mime import write_mail
from sequences.ports.outside import MailerError
from sequences.records.mail import Mail
from sequences.records.people import User

NOW = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
REP = User(id="u1", org_id="o1", slack_user_id="U1", name="Ann Lee", email="ann@example.com")
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]


def written(
    *,
    subject: str = "Hi",
    body: str = "Hello",
    name: str = "Ann Lee",
    to: str = "s@acme.com",
    message_id: str = "<1@x>",
) -> EmailMessage:
    mail = Mail(to=(to,), subject=subject, body=body)
    sender = REP.model_copy(update={"name": name})
    result = write_mail(mail, sender=sender, fallback_address=None, message_id=message_id, now=NOW)
    assert (result.sender, result.recipients) == ("ann@example.com", (to,))
    message = message_from_bytes(result.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert sorted(message.keys()) == sorted(HEADERS)
    assert not message.defects
    assert all(len(line) <= 998 for line in result.content.split(b"\r\n"))
    return message


def shown(text: str) -> str:
    """A header holds one line; what a reader sees of several spaces is one."""
    return " ".join(text.split())


@given(subject=st.text(), body=st.text(), name=st.text())
def test_any_text_becomes_one_mail(subject: str, body: str, name: str) -> None:
    message = written(subject=subject, body=body, name=name)
    assert message["From"].addresses[0].addr_spec == "ann@example.com"
    assert message["To"].addresses[0].addr_spec == "s@acme.com"
    lines = body.encode().splitlines()
    assert message.get_content().encode().splitlines() == (lines or [b""])


@given(subject=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=300))
def test_a_subject_comes_back_as_it_was(subject: str) -> None:
    assert shown(written(subject=subject)["Subject"]) == shown(subject)


@pytest.mark.parametrize("length", [1, 60, 100, 200])
def test_a_message_id_is_never_rewritten(length: int) -> None:
    message_id = f"<act.{'0' * length}@mail.some-long-company-name.example.com>"
    assert written(message_id=message_id)["Message-ID"] == message_id


@pytest.mark.parametrize("length", [0, 100, 200])
def test_a_long_address_is_never_rewritten(length: int) -> None:
    labels = ".".join(["d" * 50] * (length // 50))
    address = f"someone@{labels + '.' if labels else ''}acme.com"
    assert written(to=address)["To"].addresses[0].addr_spec == address


def test_unpaired_surrogates_are_an_error_not_a_crash() -> None:
    with pytest.raises(MailerError) as caught:
        written(body="\ud800")
    assert caught.value.is_final
