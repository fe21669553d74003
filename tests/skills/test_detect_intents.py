"""What counts as which intent, and what does not, in the words of people on the telephone."""

import pytest

from sequences.records.insight import Intent, IntentKind, Intents
from sequences.records.meeting import Side
from sequences.skills.detect_intents import DETECT_INTENTS, LEAST_CONFIDENCE
from tests.skills.meetings import NAMES, meeting

REP, PROSPECT = "R", "P"


def kinds(*turns: tuple[str, str]) -> set[IntentKind]:
    """Of the last turn."""
    material = meeting(*(f"{speaker}: {said}" for speaker, said in turns))
    found = DETECT_INTENTS.check(material, DETECT_INTENTS.offline(material))
    return {item.kind for item in found.items if item.turn == len(turns) - 1}


YES: list[tuple[IntentKind, str, str]] = [
    (IntentKind.SEND_PROPOSAL, REP, "I'll put a written offer together, you'll have it Wednesday."),
    (IntentKind.SEND_PROPOSAL, REP, "um yeah so i'll i'll get that quote over to you tomorrow"),
    (IntentKind.SCHEDULE_MEETING, REP, "Do you want to grab twenty minutes with him and me next week?"),
    (IntentKind.SCHEDULE_MEETING, PROSPECT, "Could we do a demo for the whole team on Thursday at two?"),
    (IntentKind.SEND_CONTENT, PROSPECT, "Could you send me the security questionnaire?"),
    (IntentKind.MULTI_STAKEHOLDER, PROSPECT, "My director has to sign off on anything above ten thousand."),
    (IntentKind.COMPETITIVE, PROSPECT, "We've had a quote from one of your competitors."),
    (IntentKind.COMPETITIVE, PROSPECT, "Our engineers want to build it in-house."),
    (IntentKind.BUYING_POSITIVE, PROSPECT, "The budget has been approved."),
    (IntentKind.BUYING_POSITIVE, PROSPECT, "We've decided to go ahead with the pilot."),
    (IntentKind.BUYING_NEGATIVE, PROSPECT, "Honestly, that's too expensive for us."),
    (IntentKind.BUYING_NEGATIVE, PROSPECT, "All new spending is frozen."),
    (IntentKind.TIMELINE, PROSPECT, "It has to be live by the end of March."),
    (IntentKind.TIMELINE, PROSPECT, "We're not in any rush."),
    (IntentKind.PROSPECT_FOLLOWUP, PROSPECT, "I'll check with my boss and get back to you on Monday."),
]


@pytest.mark.parametrize(("kind", "speaker", "said"), YES)
def test_heard(kind: IntentKind, speaker: str, said: str) -> None:
    assert kind in kinds((REP, "Right."), (PROSPECT, "Go on."), (speaker, said))


NO: list[tuple[IntentKind, str, str]] = [
    (IntentKind.SEND_PROPOSAL, REP, "I sent you the proposal on Tuesday."),
    (IntentKind.SEND_PROPOSAL, REP, "If you decided to go ahead, I would send you a proposal."),
    (IntentKind.SEND_PROPOSAL, REP, "I won't send you a quote before we know the scope."),
    (IntentKind.SEND_PROPOSAL, REP, "I'll send you the deck and the link to the checklist."),
    (IntentKind.SEND_PROPOSAL, PROSPECT, "I'll send you the proposal that we got last year."),
    (IntentKind.SCHEDULE_MEETING, PROSPECT, "Tuesday works for me."),
    (IntentKind.SCHEDULE_MEETING, REP, "We could do a demo some day."),
    (IntentKind.SEND_CONTENT, REP, "Could you send me the export?"),
    (IntentKind.SEND_CONTENT, PROSPECT, "What does it cost?"),
    (IntentKind.MULTI_STAKEHOLDER, PROSPECT, "Maria from finance was in the meeting as well."),
    (IntentKind.COMPETITIVE, PROSPECT, "Our competitors opened a shop across the street."),
    (IntentKind.COMPETITIVE, REP, "Most people compare us with two other vendors."),
    (IntentKind.BUYING_POSITIVE, PROSPECT, "That looks really nice, I love the colours."),
    (IntentKind.BUYING_POSITIVE, PROSPECT, "The budget hasn't been approved."),
    (IntentKind.BUYING_NEGATIVE, PROSPECT, "I'm worried about the training."),
    (IntentKind.TIMELINE, REP, "We can have it live by the end of March."),
    (IntentKind.PROSPECT_FOLLOWUP, PROSPECT, "I'll think about it."),
    (IntentKind.SCHEDULE_MEETING, REP, "Shall I show you what the store manager would see in the morning?"),
    (IntentKind.PROSPECT_FOLLOWUP, REP, "I'll get back to you on Monday."),
    (IntentKind.SEND_PROPOSAL, REP, 'My old boss used to say, "I\'ll send you a quote tomorrow," and never did.'),
]


@pytest.mark.parametrize(("kind", "speaker", "said"), NO)
def test_not_heard(kind: IntentKind, speaker: str, said: str) -> None:
    assert kind not in kinds((REP, "Right."), (PROSPECT, "Go on."), (speaker, said))


TURNED_ROUND: list[tuple[IntentKind, str, str, str]] = [
    (IntentKind.SEND_PROPOSAL, REP, "I'll send you the proposal tonight.", "I won't send you the proposal tonight."),
    (IntentKind.SEND_PROPOSAL, REP, "We'll write you an offer.", "If you had a budget, we'd write you an offer."),
    (IntentKind.SCHEDULE_MEETING, REP, "Let's book a call for Monday.", "There's no need to book a call for Monday."),
    (IntentKind.SEND_CONTENT, PROSPECT, "Please send me the white paper.", "You've already sent me the white paper."),
    (IntentKind.SEND_CONTENT, PROSPECT, "Could you send the deck?", "You don't need to send the deck."),
    (IntentKind.MULTI_STAKEHOLDER, PROSPECT, "My boss has to sign it.", "Nobody else has to sign it."),
    (
        IntentKind.COMPETITIVE,
        PROSPECT,
        "We're also talking to two other vendors.",
        "We aren't talking to any other vendors.",
    ),
    (IntentKind.BUYING_POSITIVE, PROSPECT, "The money is approved.", "If the money is approved, we could talk."),
    (IntentKind.BUYING_POSITIVE, PROSPECT, "Our budget was approved.", "Our budget hasn't been approved."),
    (IntentKind.BUYING_NEGATIVE, PROSPECT, "That's too expensive.", "I'm not saying that's too expensive."),
    (IntentKind.TIMELINE, PROSPECT, "We have to go live in May.", "Last year we went live in May."),
    (IntentKind.PROSPECT_FOLLOWUP, PROSPECT, "I'll call you on Friday.", "I won't be able to call you on Friday."),
    (IntentKind.PROSPECT_FOLLOWUP, PROSPECT, "I'll ask my boss tomorrow.", "I asked my boss last week."),
]


@pytest.mark.parametrize(("kind", "speaker", "meant", "turned"), TURNED_ROUND)
def test_what_turns_words_round_is_heard(kind: IntentKind, speaker: str, meant: str, turned: str) -> None:
    """A refusal, a condition, the past."""
    before = ((REP, "Right."), (PROSPECT, "Go on."))
    assert kind in kinds(*before, (speaker, meant))
    assert kind not in kinds(*before, (speaker, turned))


def test_a_joke_is_no_commitment() -> None:
    assert (
        kinds((REP, "So?"), (PROSPECT, "Sure, I'll pay with my lottery winnings, send me the contract. [laughs]"))
        == set()
    )


def test_a_yes_means_what_was_offered() -> None:
    offered = (REP, "I can send you the case study from Leeds, shall I?")
    assert IntentKind.SEND_CONTENT in kinds(offered, (PROSPECT, "Please do."))
    assert kinds(offered, (PROSPECT, "No, please don't.")) == set()
    assert kinds((REP, "I can share my screen."), (PROSPECT, "Please do.")) == set()


def test_will_do_means_the_quote_just_asked_for() -> None:
    asked = (PROSPECT, "Can you put the two phases into a formal quote for me?")
    assert IntentKind.SEND_PROPOSAL in kinds((REP, "Right."), asked, (REP, "Will do, I'll get that over today."))
    assert IntentKind.SEND_PROPOSAL not in kinds((PROSPECT, "Say hello to Jo."), (REP, "Will do."))


def test_an_answer_means_what_the_question_asked() -> None:
    assert IntentKind.COMPETITIVE in kinds((REP, "Who else are you talking to?"), (PROSPECT, "Two other vendors."))
    assert IntentKind.COMPETITIVE not in kinds((REP, "Who else are you talking to?"), (PROSPECT, "Nobody, just you."))
    assert IntentKind.BUYING_NEGATIVE in kinds((REP, "Do you have the money for it?"), (PROSPECT, "No, not this year."))


def test_one_turn_may_carry_several_kinds() -> None:
    said = "The price is too high for us, and our CFO has to approve anything like that."
    assert {IntentKind.BUYING_NEGATIVE, IntentKind.MULTI_STAKEHOLDER} <= kinds((REP, "So?"), (PROSPECT, said))


def test_internal_meetings_carry_none() -> None:
    material = meeting("R: I'll send you the proposal by Friday.")
    assert DETECT_INTENTS.offline(material) == Intents()
    found = Intents(items=(intent("I'll send you the proposal by Friday.", turn=0),))
    assert DETECT_INTENTS.check(material, found) == Intents()


def intent(quote: str, *, turn: int, confidence: float = 0.9, kind: IntentKind = IntentKind.SEND_PROPOSAL) -> Intent:
    return Intent(
        kind=kind, speaker=Side.UNKNOWN, speaker_name="?", quote=quote, turn=turn, start_s=None, confidence=confidence
    )


MATERIAL = meeting("R: Yes. I'll send you, um, the proposal by Friday.", "P: Good, thank you.")


def test_a_quote_is_put_into_the_words_of_the_turn() -> None:
    found = Intents(items=(intent("i'll send you um the proposal", turn=0),))
    (kept,) = DETECT_INTENTS.check(MATERIAL, found).items
    assert kept.quote == "I'll send you, um, the proposal"
    assert (kept.speaker, kept.speaker_name) == (Side.REP, NAMES[REP])


@pytest.mark.parametrize(
    "wrong",
    [
        intent("I'll send you the contract", turn=0),  # nobody said it
        intent("Good, thank you.", turn=7),  # nobody spoke then
        intent("", turn=0),
        intent("Good, thank you.", turn=1),  # not theirs to promise
        intent("I'll send you, um, the proposal by Friday.", turn=0, confidence=LEAST_CONFIDENCE),
    ],
)
def test_what_is_not_proved_is_dropped(wrong: Intent) -> None:
    assert DETECT_INTENTS.check(MATERIAL, Intents(items=(wrong,))) == Intents()


def test_one_detection_per_turn_and_kind() -> None:
    found = Intents(items=(intent("the proposal", turn=0, confidence=0.8), intent("by Friday", turn=0, confidence=0.9)))
    (kept,) = DETECT_INTENTS.check(MATERIAL, found).items
    assert kept.quote == "by Friday"


@pytest.mark.parametrize(
    "text",
    [
        "we need it by friday and " * 40_000,
        "if " * 300_000,
        "a" * 1_000_000,
        "<!channel> " * 50_000,
        "Can you send me the, " * 20_000,
        "\u200b\u0000\ufeff \n\n ...",
        "",
    ],
)
def test_hostile_turns_end(text: str) -> None:
    material = meeting("R: Hello.", f"P: {text}")
    for item in DETECT_INTENTS.check(material, DETECT_INTENTS.offline(material)).items:
        assert item.quote in text
