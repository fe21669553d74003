"""At most five lines, each in the words of the one who said it."""

import pytest

from sequences.records.insight import MeetingSummary
from sequences.skills.drafting.alone import weakness, without_reply
from sequences.skills.rules.wording import tidy
from sequences.skills.summarise_meeting import SUMMARISE_MEETING
from tests.skills.meetings import meeting
from tests.skills.test_draft_follow_up import CALL


def test_it_names_the_problem_the_date_and_the_promises() -> None:
    lines = SUMMARISE_MEETING.offline(meeting(*CALL)).lines
    assert 2 <= len(lines) <= 5
    assert "Petra: Our people count the shelves by hand, it takes us two days every month." in lines
    assert "Petra: We need it live by the first of March." in lines
    assert any(line.startswith("Robin: ") and "quote" in line for line in lines)


def test_every_line_was_said() -> None:
    material = meeting(*CALL)
    said = {turn.speaker.split()[0]: turn.text for turn in material.transcript.turns}
    spoken = " ".join(turn.text for turn in material.transcript.turns)
    for line in SUMMARISE_MEETING.offline(material).lines:
        who, _, words = line.partition(": ")
        assert who in said
        assert words.rstrip(".!?").lower() in spoken.lower()


def test_a_meeting_without_findings_still_says_something() -> None:
    chat = (
        "R: The canal bridge project is on the second page.",
        "P: The canal bridge looks impressive in the photographs you took.",
    )
    assert SUMMARISE_MEETING.offline(meeting(*chat)).lines


def test_the_check_keeps_it_short() -> None:
    found = SUMMARISE_MEETING.check(meeting("P: Hi."), MeetingSummary(lines=("- a\nb", "", *["x"] * 9)))
    assert found.lines == ("a b", "x", "x", "x", "x")


def test_a_models_line_about_what_nobody_said_is_dropped() -> None:
    material = meeting(*CALL)
    lines = ("Petra: They need it live by the first of March.", "Gareth: He wants a 15% discount on Monday.")
    assert SUMMARISE_MEETING.check(material, MeetingSummary(lines=lines)).lines == lines[:1]


def test_he_is_introduced_by_the_sentence_before() -> None:
    lines = SUMMARISE_MEETING.offline(
        meeting("R: Who signs?", "P: My husband is on the papers too. I'd need to talk him round.")
    ).lines
    assert any("My husband is on the papers too." in line for line in lines)


def test_a_yes_to_the_price_is_told_with_the_price() -> None:
    lines = SUMMARISE_MEETING.offline(
        meeting(
            "R: So the total for the four stores over three years comes to 92,000 euros.",
            "P: 92,000 is fine for us. Let's go ahead.",
            "R: Wonderful. I'll send the order form today.",
        )
    ).lines
    assert "Petra: 92,000 is fine for us. Let's go ahead." in lines


def test_what_was_asked_for_and_is_not_needed_is_left_out() -> None:
    lines = SUMMARISE_MEETING.offline(
        meeting(
            "P: Could you send me the training video for the new people?",
            "R: Let me see.",
            "P: Actually, we found the training video. No need to send it.",
        )
    ).lines
    assert not any("Could you send" in line for line in lines)


@pytest.mark.parametrize(
    "line",
    [
        "The trustees vote on anything over thirty thousand.",
        "It has to be live before the first of March.",
        "My wife does the books, and nothing is bought until she agrees.",
        "We have a written offer from Boxmore.",
        "I'll draw up the quote for the two mills by Friday.",
    ],
)
def test_a_line_that_says_something_by_itself(line: str) -> None:
    assert weakness(line) == 0


@pytest.mark.parametrize(
    "line",
    [
        "They have to countersign.",
        "She wants a say in all of it.",
        "Which is funny when one thinks of it.",
        "That's higher than we paid last year.",
        "I'll upload it after the call.",
        "Deal then.",
        "The other is a lot less money.",
    ],
)
def test_a_line_that_leans_on_its_neighbours(line: str) -> None:
    assert weakness(line) > 1


def test_what_only_answers_is_left_out() -> None:
    assert without_reply("We did. The auditors have to sign it as well.") == "The auditors have to sign it as well."
    assert without_reply("I know, and so does the offer from Barmont.") == "I know, and so does the offer from Barmont."
    assert tidy("No problem, that's quick") == "No problem, that's quick."
    assert tidy("No, we use paper") == "We use paper."


def test_need_money_decision_rival_and_date_come_first_in_that_order() -> None:
    lines = SUMMARISE_MEETING.offline(
        meeting(
            "R: Shall we speak again next Tuesday at ten?",
            "P: We need it live by the first of March.",
            "P: We also have a quote from Stockwise.",
            "P: The board has to approve anything over twenty thousand.",
            "P: Our budget of thirty thousand is approved.",
            "P: Our people count the shelves by hand, it takes us two days every month.",
            "P: That one, maybe. They would have to agree.",
        )
    ).lines
    cues = ("by hand", "budget", "board", "Stockwise", "first of March")
    assert [next(cue for cue in cues if cue in line) for line in lines] == list(cues)
