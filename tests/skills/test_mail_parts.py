"""What was said anew, apart from history, signature and small print; and where the signature's clock stands."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sequences.skills.mails.parts import parts_of
from sequences.skills.mails.plain import plain_text
from sequences.skills.mails.zones import timezone_of


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Yes, works.\n\nOn Mon, 12 Jan 2026 at 09:14, Tom <t@x.example>\nwrote:\n> hi\n> there", "Yes, works."),
        ("> Shall we meet?\nYes, Tuesday.\n> Budget?\n10k", "Yes, Tuesday.\n10k"),
        ("On Mon Tom wrote:\n> Can you come?\n\nSure, at 10.", "Sure, at 10."),
        ("Fine.\nFrom: Tom\nSent: Monday\nTo: me\nSubject: x\nOld text", "Fine."),
        ("Gut.\n\nVon: Tom\nGesendet: Montag\nAn: mich\nBetreff: x\n\nAlt", "Gut."),
        ("OK\n\nLe lun. 12 janv. 2026 à 09:14, Tom <t@x.example> a écrit :\n> vieux", "OK"),
        ("See below.\n\n-----Original Message-----\nFrom: x\nold", "See below."),
        ("Ja gern.\n________________________________\nFrom: Tom\nSent: now\n\nold", "Ja gern."),
    ],
)
def test_email_01_quoted_history_is_cut_off_wherever_the_answer_stands(body: str, said: str) -> None:
    assert parts_of(body).said == said


@pytest.mark.parametrize(
    ("body", "said", "signature"),
    [
        ("Send it.\n--\nAnn Lee\nFoo Ltd", "Send it.", "Ann Lee"),
        ("Send it.\n\nKind regards,\nAnn\nFoo Ltd, Leeds", "Send it.", "Leeds"),
        ("Bitte senden.\n\nMit freundlichen Grüßen\nUte Lang", "Bitte senden.", "Ute Lang"),
        ("Send it.\n\nAnn Lee\nHead of Ops, Foo Ltd\nT: 0161 496 0134", "Send it.", "0161"),
        ("Send it.\nSent from my iPhone", "Send it.", ""),
        ("Schick es.\nVon meinem iPhone gesendet", "Schick es.", ""),
        (
            "Send it.\n\nThis e-mail and any attachments are confidential and intended for the addressee.",
            "Send it.",
            "",
        ),
        ("CAUTION: This email originated from outside the organization.\n\nCan you call?", "Can you call?", ""),
    ],
)
def test_email_06_the_signature_stands_apart_and_small_print_is_gone(body: str, said: str, signature: str) -> None:
    parts = parts_of(body)
    assert parts.said == said
    assert signature in parts.signature


def test_a_list_with_dashes_is_no_signature() -> None:
    assert parts_of("- one thing\n- two things\nCan you do both?").said.endswith("Can you do both?")


def test_thanks_in_the_middle_end_nothing() -> None:
    body = "Could you add a page?\n\nThanks\nJo\n\nP.S. call me when done, it is really urgent today."
    assert "urgent today" in parts_of(body).said


def test_a_forward_without_a_word_counts_as_said() -> None:
    body = "---------- Forwarded message ---------\nFrom: A <a@x.example>\n\nCan you quote?"
    assert "Can you quote?" in parts_of(body, "Fwd: quote").said


def test_html_loses_scripts_styles_hidden_text_and_quotes() -> None:
    body = (
        "<html><head><style>p{}</style></head><body><p>Hello &amp; <b>hi</b></p><script>bad()</script>"
        "<span style='display:none'>secret</span><div class='gmail_quote'>On x Tom wrote:"
        "<blockquote>old</blockquote></div></body></html>"
    )
    assert parts_of(body).said == "Hello & hi"


def test_a_lesser_sign_is_no_tag() -> None:
    assert plain_text("budget < 10k and > 5k") == "budget < 10k and > 5k"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab <>p/\n>-:On wrote@.\ue000\ue0011", max_size=300))
def test_any_text_at_all_can_be_taken_apart(body: str) -> None:
    parts = parts_of(body)
    assert len(parts.said) <= len(body) + body.count("\n")


@pytest.mark.parametrize(
    ("signature", "zone"),
    [
        ("Ann, Berlin", "Europe/Berlin"),
        ("Jo | +44 161 496 0134", "Europe/London"),
        ("Jo, GMT+2", "Etc/GMT-2"),
        ("Chicago, IL 60601", "America/Chicago"),
        ("Offices in London and New York", None),
        ("Phone +49 30 1234567, Mobile +43 660 1234567", None),
        ("Jo | +1 312 555 0100", None),
        ("Paris, Texas 75460", None),
        ("Rome, GA", None),
        ("Manchester, NH 03101", "America/New_York"),
        ("Sydney Carter\nOak Ltd", None),
        ("Milan Italy", "Europe/Rome"),
        ("+90 212 555 0100", "Europe/Istanbul"),
        ("www.london.example", None),
        ("", None),
    ],
)
def test_email_06_a_signature_gives_a_zone_only_when_it_is_clear(signature: str, zone: str | None) -> None:
    assert timezone_of(signature) == zone
    assert zone is None or ZoneInfo(zone)
