"""Which mails a machine wrote, and when whoever is away will be back."""

from datetime import date

import pytest

from sequences.records.mail import AutomaticKind
from sequences.skills.mails.days import returns_on
from tests.skills.mails import SENT_AT, mail

K = AutomaticKind


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"AUTO_SUBMITTED": "Auto-Replied; owner-email=x"}, K.ABSENCE),
        ({"precedence": "auto-reply"}, K.ABSENCE),
        ({"X_AutoReply": "yes"}, K.ABSENCE),
        ({"X_Autorespond": "Re: hello"}, K.ABSENCE),
        ({"Auto_Submitted": "auto-generated"}, K.CONFIRMATION),
        ({"List_Unsubscribe": "<mailto:x@y.example>"}, K.BULK),
        ({"Precedence": "bulk"}, K.BULK),
        ({"Content_Type": 'multipart/report; report-type="delivery-status"'}, K.BOUNCE),
        ({"Content_Type": "text/calendar; charset=utf-8; method=REPLY"}, K.CALENDAR),
        ({"Auto_Submitted": "no"}, None),
        ({"Content_Type": "text/calendar; method=REQUEST"}, None),
        ({"X_Auto_Response_Suppress": "DR, OOF"}, None),
        ({"X_Auto_Response_Suppress": "All"}, None),
        ({"List_Id": "<sales.x.example>", "List_Post": "<mailto:sales@x.example>"}, None),
    ],
)
def test_email_01_headers_give_machines_away(headers: dict[str, str], kind: AutomaticKind | None) -> None:
    found = mail("We shall see what comes of it.", "Hello", **headers).automatic
    assert (found.kind if found else None) is kind


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Automatic reply: Quick idea", "Thank you for your message."),
        ("Re: Quick idea", "I'm on annual leave until 2 February. For anything urgent please call the office."),
        ("Re: Quick idea", "Ich bin nicht im Büro und ab dem 21.1. zurück."),
        ("Réponse automatique : idée", "Je suis en congés."),
        ("OOO", "Gone climbing. Back on Monday."),
        ("Fora do escritório", "Estarei em viagem de 16 a 20 de janeiro."),
        ("Re: ideia", "Estarei ausente de 16 a 20 de janeiro, voltando no dia 23."),
        ("Автоответ: идея", "По срочным вопросам обращайтесь к Ирине."),
        ("Re: idea", "Я в отпуске до 30 января."),
        ("Re: idea", "23 Ocak'a kadar izindeyim."),
        ("Re: idea", "Olen puhkusel kuni 27. jaanuar."),
    ],
)
def test_camp_03_an_absence_without_headers_is_known_by_its_phrases(subject: str, body: str) -> None:
    found = mail(body, subject).automatic
    assert found is not None
    assert found.kind is K.ABSENCE
    assert found.quote in f"{subject}\n{body}"


@pytest.mark.parametrize(
    "body",
    [
        "I'm out of the office until Monday, but could we talk on Tuesday?",
        "I am away next week. Send me the quote and I'll look at it when I'm back.",
        "I was on holiday, sorry. Yes, we'd like to see it.",
        "Our office is closed on Fridays. How about Thursday?",
        "No nos interesa. Por favor, den de baja esta dirección y no vuelvan a escribirnos.",
    ],
)
def test_camp_03_a_person_who_mentions_being_away_is_no_machine(body: str) -> None:
    assert mail(body).automatic is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Back on Monday.", date(2026, 1, 19)),
        ("I am away until 5 January 2027 and will answer then.", date(2027, 1, 5)),
        ("I'm out until 5 January.", None),  # long past for a mail of 14 January
        ("ab dem 3.11. wieder erreichbar", date(2026, 11, 3)),
        ("from 12.01 to 20.01 inclusive", date(2026, 1, 21)),
        ("Out from Jan 12 through Friday Jan 16, 2026", date(2026, 1, 19)),
        ("absent du 12 au 16 janvier inclus", date(2026, 1, 19)),
        ("Je serai de retour lundi", date(2026, 1, 19)),
        ("fino al 23 agosto compreso", date(2026, 8, 24)),
        ("out from Monday 12/1 and return Thursday 22/1", date(2026, 1, 22)),
        ("I am away on 15 and 16 January. Back on the 19th.", date(2026, 1, 19)),
        ("I return on 28/02.", date(2026, 2, 28)),
        ("Jeg har ferie og er tilbake på kontoret mandag 9. desember 2026.", date(2026, 12, 9)),
        ("Jag är tjänstledig och åter på kontoret den 6 mars 2026.", date(2026, 3, 6)),
        ("Olen lomalla 31.1. asti.", date(2026, 1, 31)),
        ("Jestem na urlopie do 20 stycznia włącznie.", date(2026, 1, 21)),
        ("Jeg er på ferie til og med 23. januar.", date(2026, 1, 26)),
        ("Annual leave 15.01.26 - 30.01.26 incl.", date(2026, 2, 2)),
        ("Out of office starting 01/19/2026 and will not return until 01/26/2026.", date(2026, 1, 26)),
        ("I am away on Thursday 15th and Friday 16th January and will be back on Monday.", date(2026, 1, 19)),
        ("I'm out today (14 January) and tomorrow, returning Friday.", date(2026, 1, 16)),
        ("Ich bin bis einschließlich 18.01.2026 nicht im Büro.", date(2026, 1, 19)),
        ("2月2日まで休暇をいただいております。", date(2026, 2, 2)),
        ("您好，我正在休假，1月30日返回办公室。", date(2026, 1, 30)),  # noqa: RUF001
        ("Я в отпуске до 30 января.", date(2026, 1, 30)),
        ("23 Ocak'a kadar izindeyim.", date(2026, 1, 23)),
        ("Olen puhkusel kuni 27. jaanuar.", date(2026, 1, 27)),
        ("Estarei ausente de 19 a 23 de janeiro, voltando no dia 26.", date(2026, 1, 26)),
        ("My last day was 9 January 2026, I have left the company.", None),
        ("I'll be back 02/03/2026", None),  # 2 March or 3 February
        ("I'll be back soon, call +44 20 7946 0000", None),
        ("back on 31 February", None),
    ],
)
def test_camp_03_the_day_of_return_is_read_against_the_day_of_the_mail(text: str, day: date | None) -> None:
    assert returns_on(text, SENT_AT.date()) == day


def test_camp_03_without_a_date_only_a_year_makes_a_day() -> None:
    assert returns_on("Back on 5 January.", None) is None
    assert returns_on("Back on 5 January 2027.", None) == date(2027, 1, 5)
