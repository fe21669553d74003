"""Mail that arrives is what the rep approved, and each way to fail is told apart."""

from datetime import UTC, datetime

import pytest

from gateways import smtp
from gateways.smtp import SmtpMailer
from sequences.ports.outside import Mailer, MailerError
from sequences.records.mail import Mail
from sequences.records.people import User
from tests.gateways.conftest import Certificate
from tests.gateways.mail_server import Mailbox, serving

NOW = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
MESSAGE_ID = "<act_1@sixty.test>"
REP = User(id="u1", org_id="o1", slack_user_id="U1", name="Ann Lee", email="ann@example.com")
MAIL = Mail(to=("sarah.chen@acme.com",), subject="Next steps", body="Hi Sarah,\n\nas promised.\n\nAnn")


async def send(mailbox: Mailbox, mail: Mail = MAIL, *, sender: User = REP) -> None:
    mailer: Mailer = SmtpMailer(mailbox.url)
    await mailer.send(mail, sender=sender, message_id=MESSAGE_ID, now=NOW)


async def failure(mailbox: Mailbox, mail: Mail = MAIL, *, sender: User = REP) -> MailerError:
    with pytest.raises(MailerError) as caught:
        await send(mailbox, mail, sender=sender)
    return caught.value


async def test_headers_and_body_arrive_as_approved() -> None:
    async with serving(Mailbox()) as mailbox:
        await send(mailbox)
    message = mailbox.parsed()
    assert mailbox.stored[0][:2] == ("ann@example.com", ("sarah.chen@acme.com",))
    assert message["From"] == "Ann Lee <ann@example.com>"
    assert message["To"] == "sarah.chen@acme.com"
    assert message["Subject"] == "Next steps"
    assert message["Message-ID"] == MESSAGE_ID
    assert message["MIME-Version"] == "1.0"
    assert message["Date"].datetime == NOW
    assert message.get_content_type() == "text/plain"
    assert mailbox.lines() == MAIL.body.splitlines()


@pytest.mark.parametrize(
    "body",
    [
        "Grüße aus Köln — 日本語 😀",
        "x" * 5_000,
        ".\n..\nFrom here on\n.",
        "line\r\nbreaks\rof all\nkinds",
        "trailing space \n\ttab",
        "",
    ],
)
async def test_any_text_survives_the_journey(body: str) -> None:
    async with serving(Mailbox()) as mailbox:
        await send(mailbox, MAIL.model_copy(update={"body": body}))
    assert mailbox.lines() == (body.splitlines() or [""])
    assert all(len(line) <= 998 for line in mailbox.stored[0][2].split(b"\r\n"))


async def test_text_beyond_ascii_in_headers_is_encoded_and_comes_back() -> None:
    rep = REP.model_copy(update={"name": "Zoë “Z” Müller, Ph.D."})
    async with serving(Mailbox()) as mailbox:
        await send(mailbox, MAIL.model_copy(update={"subject": "Über " + "lange Wörter " * 20}), sender=rep)
    message = mailbox.parsed()
    assert mailbox.stored[0][2].isascii()
    assert message["Subject"] == ("Über " + "lange Wörter " * 20).strip()
    assert message["From"].addresses[0].display_name == rep.name
    assert message["From"].addresses[0].addr_spec == "ann@example.com"


@pytest.mark.parametrize(
    "poison", ["\r\nBcc: eve@evil.test", "\nX-Spam: 1\n\nbody", "\u2028Bcc: eve@evil.test", "\x00"]
)
async def test_names_and_subjects_cannot_add_headers(poison: str) -> None:
    rep = REP.model_copy(update={"name": f"Ann{poison}"})
    async with serving(Mailbox()) as mailbox:
        await send(mailbox, MAIL.model_copy(update={"subject": f"Hello{poison}"}), sender=rep)
    message = mailbox.parsed()
    assert set(message.keys()) <= {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }
    assert mailbox.stored[0][1] == ("sarah.chen@acme.com",)
    assert mailbox.lines() == MAIL.body.splitlines()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sarah",
        "sarah@",
        "@acme.com",
        "sarah chen@acme.com",
        "a@acme.com, b@acme.com",
        "a@acme.com\r\nRCPT TO:<eve@evil.test>",
        "<a@acme.com>",
        "Sarah <a@acme.com>",
        "a@acme..com",
        "ü@acme.com",
        "a" * 65 + "@acme.com",
        "a@" + "b" * 260,
    ],
)
async def test_what_is_no_address_is_refused_before_the_server_is_asked(address: str) -> None:
    error = await failure(Mailbox(port=1), MAIL.model_copy(update={"to": ("a@acme.com", address)}))
    assert error.is_final
    assert "is not an email address" in str(error)


async def test_an_international_domain_travels_in_its_ascii_form() -> None:
    async with serving(Mailbox()) as mailbox:
        await send(mailbox, MAIL.model_copy(update={"to": ("sarah@bücher.example",)}))
    assert mailbox.stored[0][1] == ("sarah@xn--bcher-kva.example",)


async def test_without_a_recipient_nothing_is_sent() -> None:
    assert (await failure(Mailbox(port=1), MAIL.model_copy(update={"to": ()}))).is_final


async def test_a_rep_without_an_address_is_told_what_to_do() -> None:
    error = await failure(Mailbox(port=1), sender=REP.model_copy(update={"email": None}))
    assert error.is_final
    assert "users:read.email" in str(error)
    assert "SMTP_FROM" in str(error)


async def test_the_fallback_address_stands_in() -> None:
    async with serving(Mailbox()) as mailbox:
        mailer = SmtpMailer(mailbox.url, fallback_address="sales@example.com")
        await mailer.send(MAIL, sender=REP.model_copy(update={"email": None}), message_id=MESSAGE_ID, now=NOW)
    assert mailbox.parsed()["From"] == "Ann Lee <sales@example.com>"


@pytest.mark.parametrize("command", ["MAIL", "sarah.chen@acme.com", "DATA"])
@pytest.mark.parametrize(("reply", "is_final"), [("550 5.1.1 No such user", True), ("451 4.7.1 Greylisted", False)])
async def test_refusals_are_final_or_for_later(command: str, reply: str, is_final: bool) -> None:
    async with serving(Mailbox(answers={command: reply})) as mailbox:
        error = await failure(mailbox)
    assert (error.is_final, error.is_unknown) == (is_final, False)
    assert reply[4:] in str(error)
    assert mailbox.stored == []


async def test_one_refused_recipient_keeps_the_mail_from_all() -> None:
    async with serving(Mailbox(answers={"tom@acme.com": "550 Unknown"})) as mailbox:
        error = await failure(mailbox, MAIL.model_copy(update={"to": ("sarah.chen@acme.com", "tom@acme.com")}))
    assert error.is_final
    assert mailbox.stored == []


async def test_a_line_that_drops_after_the_text_leaves_nobody_sure() -> None:
    async with serving(Mailbox(drop_after_data=True)) as mailbox:
        error = await failure(mailbox)
    assert (error.is_final, error.is_unknown) == (False, True)
    assert len(mailbox.stored) == 1


@pytest.mark.parametrize("answers", [{}, {"QUIT": "hang up"}])
async def test_the_client_says_goodbye_and_does_not_mind_the_answer(answers: dict[str, str]) -> None:
    async with serving(Mailbox(answers=answers)) as mailbox:
        await send(mailbox)
    assert mailbox.goodbyes == 1
    assert len(mailbox.stored) == 1


async def test_an_unreachable_server_is_for_later() -> None:
    async with serving(Mailbox()) as mailbox:
        pass
    error = await failure(mailbox)
    assert (error.is_final, error.is_unknown) == (False, False)


async def test_the_login_of_the_url_is_used_decoded() -> None:
    async with serving(Mailbox(), with_login=True) as mailbox:
        url = f"smtp://ann%40example.com:s3%3Acret%2Fword@127.0.0.1:{mailbox.port}"
        await SmtpMailer(url).send(MAIL, sender=REP, message_id=MESSAGE_ID, now=NOW)
        await SmtpMailer(url).check()
    assert mailbox.logins[0] == (b"ann@example.com", b"s3:cret/word")
    assert len(mailbox.stored) == 1


async def test_a_wrong_login_is_final_and_names_the_setting_not_the_password() -> None:
    async with serving(Mailbox(), with_login=True) as mailbox:
        with pytest.raises(MailerError, match="SMTP_URL") as caught:
            await SmtpMailer(f"smtp://ann:wr0ng@127.0.0.1:{mailbox.port}").check()
    assert caught.value.is_final
    assert "wr0ng" not in str(caught.value)


async def test_mail_to_another_machine_never_travels_unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "_is_this_machine", lambda _host: False)
    async with serving(Mailbox(), with_login=True) as mailbox:
        with pytest.raises(MailerError, match="SMTP_URL") as caught:
            await SmtpMailer(f"smtp://ann:secret@127.0.0.1:{mailbox.port}").send(
                MAIL, sender=REP, message_id=MESSAGE_ID, now=NOW
            )
    assert caught.value.is_final
    assert (mailbox.stored, mailbox.logins) == ([], [])


async def test_mail_travels_over_starttls(monkeypatch: pytest.MonkeyPatch, certificate: Certificate) -> None:
    monkeypatch.setattr(smtp, "_is_this_machine", lambda _host: False)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    async with serving(Mailbox(), start_tls=certificate.server) as mailbox:
        await send(mailbox)
    assert len(mailbox.stored) == 1


async def test_mail_travels_over_implicit_tls(monkeypatch: pytest.MonkeyPatch, certificate: Certificate) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    async with serving(Mailbox(), implicit_tls=certificate.server) as mailbox:
        mailer = SmtpMailer(f"smtps://127.0.0.1:{mailbox.port}")
        await mailer.send(MAIL, sender=REP, message_id=MESSAGE_ID, now=NOW)
    assert len(mailbox.stored) == 1


async def test_a_certificate_that_cannot_be_trusted_is_final(certificate: Certificate) -> None:
    async with serving(Mailbox(), implicit_tls=certificate.server) as mailbox:
        with pytest.raises(MailerError, match="certificate") as caught:
            await SmtpMailer(f"smtps://127.0.0.1:{mailbox.port}").check()
    assert caught.value.is_final


async def test_nobody_can_ask_smtp_what_was_sent() -> None:
    assert await SmtpMailer("smtp://127.0.0.1").was_sent(MESSAGE_ID) is None


@pytest.mark.parametrize("url", ["http://mail.test", "smtp://", "mail.test:25"])
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL"):
        SmtpMailer(url)
