"""The parts of a follow-up mail: facts that can be traced, times as they were said, and the rep's own style."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sequences.records.meeting import Side, Turn
from sequences.records.style import MailStyle
from sequences.skills.catalogue import EXTRACT_ACTION_ITEMS
from sequences.skills.drafting.figures import figures_in
from sequences.skills.drafting.spelling import capitalised
from sequences.skills.drafting.style import over, spoken_style, style_of
from sequences.skills.drafting.times import meeting_time, when_said
from sequences.skills.drafting.traceable import Known, repaired, untraceable
from sequences.skills.rules.sentences import read_sentences
from tests.skills.meetings import meeting

SAID = Known.of(
    [
        "Dana from Acme Corp can do thirty-one grand by Friday, half five.",
        "It was one point two million, eleven thousand four hundred and one forty each, in twenty twenty-six.",
        "Send the SOC 2 report to petra@theirs.example, Ms. O'Neil.",
    ],
    days=[date(2026, 11, 17)],
)


@pytest.mark.parametrize(
    "text",
    [
        "Hi Dana,\n\nThank you for your time. Acme Corp gets the quote for 31,000 by Friday.",
        "It is 31k, or 1.2 million, or 11,400, or 140 in 2026.",
        "We speak at 5:30 on Tuesday 17 November.",
        "Looking forward to it. Please find the SOC 2 report below.",
        "Ms. O'Neil's report goes to petra@theirs.example.",
        "I'll send it. I am glad.",
    ],
)
def test_what_was_said_can_be_traced(text: str) -> None:
    assert untraceable(text, SAID) == ()


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Zenith will call you.", ("Zenith",)),
        ("Dana and Gareth agree.", ("Gareth",)),
        ("- Gareth, you will send it.", ("Gareth",)),
        ("It costs 48,300.", ("48,300",)),
        ("We take thirteen weeks.", ("thirteen",)),
        ("Let us speak on Monday.", ("Monday",)),
        ("See you tomorrow in March.", ("tomorrow", "March")),
        ("See www.evil.example/x for more.", ("www.evil.example/x",)),
        ("Write to evil@bad.example.", ("evil@bad.example",)),
        ("GDPR is covered.", ("GDPR",)),
    ],
)
def test_what_nobody_said_is_found(text: str, foreign: tuple[str, ...]) -> None:
    assert untraceable(text, SAID) == foreign


@given(st.integers(min_value=0, max_value=99_999_999))
def test_a_figure_is_traced_exactly_when_it_was_said(number: int) -> None:
    text = f"The total is {number:,}."
    assert untraceable(text, Known.of([f"so {number} in all"])) == ()
    assert untraceable(text, Known.of([f"so {number + 1} in all"])) != () or number == 0


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_checked_and_traced_to_itself(text: str, source: str) -> None:
    assert set(untraceable(repaired(text, Known.of([source])), Known.of([source]))) <= set(
        untraceable(text, Known.of([source]))
    )
    assert untraceable(text, Known.of([text])) == ()


def test_a_heading_over_nothing_goes_with_what_stood_below_it() -> None:
    text = "Hi Dana,\n\nOn our side:\n- Gareth will call.\n\nSee you on Friday."
    assert repaired(text, SAID) == "Hi Dana,\n\nSee you on Friday."


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("thirty-one grand", "31000"), ("two and a half", "2.5"), ("four nine", "4900"), ("two twenty", "220"),
        ("a hundred and twenty thousand", "120000"),
        ("fifteen lakhs", "1500000"), ("the twenty-first", "21"),
        ("38k", "38000"),
    ],
)  # fmt: skip
def test_spoken_numbers_are_figures(said: str, figure: str) -> None:
    assert figure in set(figures_in(said))


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("I'll come back with it by the close of play on Wednesday.", "by the close of play on Wednesday"),
        ("You'll have both Friday.", "on Friday"),
        ("You'll have the offer on the twenty-eighth, with migration.", "on the twenty-eighth"),
        ("I'll go to the landlord today and have it in writing before Thursday.", "before Thursday"),
        ("I'll have it with you by tomorrow noon.", "by tomorrow noon"),
        ("You'll get it the day after tomorrow.", "the day after tomorrow"),
        ("We can start in the first week of June.", "in the first week of June"),
        ("i'll get it to you by by thursday", "by Thursday"),
        ("I'll see what I can do.", None),
    ],
)
def test_a_time_is_given_as_it_was_said(said: str, when: str | None) -> None:
    assert when_said([said]) == when


def test_a_meetings_time_has_its_hour() -> None:
    sentence = read_sentences(0, "How about we reconvene Monday at eleven to kick it off?")[0]
    assert meeting_time(sentence) == "on Monday at eleven"


MAILS = (
    "Hey Ann,\n\nThanks for the call. I'll send the deck, and you'll tell me what's missing.\n\nCheers,\nRobin Hale",
    "Hey Bo,\n\nthanks again! We're on it:\n- the deck\n- the plan\n\nCheers,\nRobin Hale\nSixty Ltd",
    "Hello Cy,\n\nThank you. I'll call you on Monday.\n\nBest,\nRobin Hale",
)


def test_a_style_is_what_most_mails_have_in_common() -> None:
    style = style_of(MAILS)
    assert (style.greeting, style.closing, style.thanks) == ("Hey", "Cheers", "Thanks")
    assert style.contracts is True
    assert style.lists is False
    assert style.words is not None
    assert 5 < style.words < 20


def test_where_mails_are_at_odds_the_newest_decides() -> None:
    assert style_of(MAILS[1:]).greeting == "Hey"
    assert style_of(MAILS[:0:-1]).greeting == "Hello"


def test_no_mail_no_style() -> None:
    assert style_of(()) == MailStyle()
    assert style_of(("", "  \n ")) == MailStyle()


def test_speech_tells_the_register_where_mails_tell_nothing() -> None:
    def turn(text: str) -> Turn:
        return Turn(index=0, speaker="Robin", text=text)

    casual = spoken_style([turn("I'll do it. We're on it."), turn("That's fine.")], "Robin")
    formal = spoken_style([turn("I will do it. We are on it.")], "Robin")
    assert (casual.contracts, casual.thanks) == (True, "Thanks")
    assert (formal.contracts, formal.thanks) == (False, "Thank you")
    assert over(MailStyle(thanks="Many thanks"), formal) == MailStyle(thanks="Many thanks", contracts=False)


@given(st.lists(st.text(max_size=200), max_size=4))
def test_any_mail_can_be_learnt_from(mails: list[str]) -> None:
    style = style_of(mails)
    assert style.words is None or style.words >= 0


def test_names_and_days_are_written_large_and_nothing_else_changes() -> None:
    material = meeting("R: hello", "Q: hi")
    said = "i'll loop in tomas and i will ask him on monday, in october or may; petra.lind@x.example is not i.e. tomaso"
    assert capitalised(said, material) == (
        "I'll loop in Tomas and I will ask him on Monday, in October or may; petra.lind@x.example is not i.e. tomaso"
    )


def test_it_is_what_was_asked_for_last() -> None:
    material = meeting(
        "Q: I need the contract and the security whitepaper.",
        "R: I'll send the contract today. Hugh, can you send the security whitepaper?",
        "H: Yes, I'll send it to Tomas tomorrow morning.",
    )
    items = EXTRACT_ACTION_ITEMS.offline(material).items
    assert [item.text for item in items if item.owner == "Hugh Penrose"] == ["Send the security whitepaper to Tomas"]


def test_a_name_that_is_a_word_stays_small() -> None:
    material = meeting("P: we spoke about the price with tomas", "Q: fine")
    named = material.model_copy(update={"sides": {"Eleanor Price": Side.PROSPECT, "Tomas Engel": Side.PROSPECT}})
    assert capitalised("prepare an answer on price for eleanor and tomas", named) == (
        "prepare an answer on price for Eleanor and Tomas"
    )
