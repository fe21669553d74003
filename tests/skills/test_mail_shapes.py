"""Mails of every shape: nothing raises, nothing that was said is lost, nothing takes long."""

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.train_mails import training_mails
from sequences.evaluation.labelled_mails import LabelledMail
from sequences.records.mail import ReceivedMail
from sequences.skills.classify_reply import reply_offline
from sequences.skills.mails.concepts import concepts_of
from sequences.skills.mails.parts import parts_of
from sequences.skills.mails.plain import LONGEST_BODY
from sequences.skills.mails.reading import LONGEST_LINE, material_of
from sequences.skills.mails.sentences import flowed, sentences_of
from sequences.skills.mails.zones import timezone_of
from sequences.skills.triage_mail import triage_offline

STRANGERS = ("dev-third", "dev-fourth", "dev-fifth", "dev-sixth", "dev-seventh", "dev-eighth")
HISTORIES = (
    "On Mon, 12 Jan 2026 at 10:00, Tom <tom@sixty.example> wrote:\n> Would this help?\n> Reply STOP to hear no more.",
    "-----Original Message-----\nFrom: Tom\nSent: Monday\nTo: Ann\nSubject: idea\n\nNot for you? Say unsubscribe.",
    "Am 12.01.2026 um 10:00 schrieb Tom <tom@sixty.example>:\n> Passt das?",
    "Le lun. 12 janv. 2026 à 10:00, Tom <tom@sixty.example> a écrit :\n> Une idée\n> Désinscription ici",
    "________________________________\nFrom: Tom <tom@sixty.example>\nSent: 12 January\nTo: Ann\nSubject: x\n\nHi",
)
PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "> ",
        ">> ",
        "-- \n",
        "<p>",
        "</div>",
        "<blockquote>",
        "<style>",
        "&nbsp;",
        "&#x",
        "On ",
        " wrote:",
        "From: a\n",
        "stop",
        "Please remove me.",
        "I am away until 5/1.",
        "31.02.2026",
        "\u200b",
        "\u00a0",
        "İ",
        "\ud83d\ude00",
        "\x00",
        "()",
        "[",
        "\\",
        "+44 20 7946 0000",
        "UTC+14",
        "?" * 20,
        "." * 20,
        "—",
        "Kind regards",
        "Sent from my phone",
        "\ue000",
        "\ue0001\ue001",
        "a" * 500,
    ]
)
BODIES = st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25).map("".join)


@cache
def strangers() -> tuple[LabelledMail, ...]:
    return tuple(mail for mail in training_mails() if mail.id.startswith(STRANGERS))


def test_a_letter_that_becomes_two_when_it_is_made_small_parts_no_word() -> None:
    assert concepts_of("İsent something") == [None, None]


@settings(max_examples=150, deadline=None)
@given(body=BODIES, subject=st.text(max_size=40))
def test_no_shape_of_a_mail_raises(body: str, subject: str) -> None:
    material = material_of(ReceivedMail(subject=subject, sender="ann@oak.example", body=body))
    for found in (reply_offline(material), triage_offline(material)):
        assert 0 <= found.confidence <= 1
        assert found.quote in subject or found.quote in material.parts.said
    assert timezone_of(material.parts.signature) is None or "/" in str(timezone_of(material.parts.signature))


@settings(max_examples=150, deadline=None)
@given(body=BODIES)
def test_sentences_stand_in_what_was_said_word_for_word(body: str) -> None:
    assert len(flowed(body)) == len(body)
    assert all(sentence in body for sentence in sentences_of(body))


@pytest.mark.parametrize("history", HISTORIES, ids=range(len(HISTORIES)))
def test_email_01_history_behind_a_strangers_mail_is_cut_and_the_mail_itself_kept(history: str) -> None:
    for mail in strangers():
        alone = parts_of(mail.mail.body, mail.mail.subject)
        if alone.quoted or "<" in mail.mail.body or "Sent:" in mail.mail.body:
            continue  # it has a history of its own
        followed = parts_of(f"{mail.mail.body}\n\n{history}", mail.mail.subject)
        assert followed.said == alone.said, mail.id


def test_email_01_a_strangers_mail_is_never_eaten() -> None:
    """Of what a person wrote above any history, at least the first line is always there."""
    assert len(strangers()) == 510
    for mail in strangers():
        assert material_of(mail.mail).parts.said.strip(), mail.id


def test_email_01_styles_and_comments_in_front_do_not_push_the_message_out() -> None:
    styles = "<style>" + "p.MsoNormal {margin: 0cm}\n" * 3_000 + "</style><!-- " + "x" * 20_000 + " -->"
    parts = parts_of(f"<html><head>{styles}</head><body><p>Please take me off your list.</p></body></html>")
    assert parts.said == "Please take me off your list."


HOSTILE = (
    "?",
    ".",
    ". ",
    "!\n",
    "\n",
    "> ",
    "<!--",
    "<p a=",
    "<p a=\"b' ",
    "<a href='",
    "<style>",
    "<div>",
    "&#x",
    "a",
    "1/",
    "a@",
    "don't ",
    "remove from ",
    "On Mon wrote ",
    "From: a\n",
    "> a\nb\n",
    "regards\n",
    "- ",
    "+1 ",
    "Re: ",
)


@pytest.mark.parametrize("unit", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_costs_in_proportion_to_its_length(unit: str) -> None:
    """Eight times the text may cost eight times the work, not sixty-four; a megabyte is read no further than that."""
    short, long = (min(_cost(unit * (size // len(unit))) for _ in range(2)) for size in (1_500, LONGEST_BODY))
    assert long < 0.3 + 24 * short
    assert _cost(unit * (1_000_000 // len(unit))) < 1 + 4 * long


def _cost(body: str) -> float:
    """Seconds of this process alone."""
    started = time.process_time()
    material = material_of(ReceivedMail(subject=body, sender=body, body=body))
    assert len(material.parts.said) <= LONGEST_BODY
    assert len(material.mail.subject) <= LONGEST_LINE
    reply_offline(material)
    triage_offline(material)
    return time.process_time() - started
