"""Which sentences ask something, how, how deep, and which of them nobody answers; what is objected, and the answer."""

import pytest

from sequences.coaching.facts import coaching_facts
from sequences.coaching.objections import objections_of
from sequences.coaching.questions import questions_of, unanswered
from sequences.records.coaching import CoachingFacts, Handling, ObjectionKind, QuestionForm
from sequences.records.meeting import Side
from tests.skills.meetings import meeting


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("How do you plan your routes today?", QuestionForm.OPEN),
        ("Petra, what happens when a van breaks down?", QuestionForm.OPEN),
        ("So why did you change it?", QuestionForm.OPEN),
        ("Tell me about your week.", QuestionForm.OPEN),
        ("Could you walk me through your process?", QuestionForm.OPEN),
        ("How many vans do you have?", QuestionForm.CLOSED),
        ("Do you use a spreadsheet for that?", QuestionForm.CLOSED),
        ("What time do you start?", QuestionForm.CLOSED),
    ],
)
def test_coach_06_open_or_closed(said: str, form: QuestionForm) -> None:
    given = meeting(f"R: {said}", "P: We do it by hand.")
    (found,) = questions_of(given.transcript.turns, given.sides, Side.REP)
    assert (found.form, found.quote, found.turn) == (form, said, 0)


@pytest.mark.parametrize(
    "said", ["Right?", "Can you hear me now?", "How are you today, Petra?", "I know what you plan."]
)
def test_courtesies_and_tags_ask_nothing(said: str) -> None:
    given = meeting(f"R: {said}")
    assert questions_of(given.transcript.turns, given.sides, Side.REP) == ()


@pytest.mark.parametrize(
    "asked",
    [
        "Have you got half a minute?",
        "Should we do a proper demo for your team in two weeks?",
        "Would it be worth a look before you renew?",
        "When would you like to kick off?",
        "Are you free on the ninth?",
        "Can I show you the app on your own data?",
        "Would you like to see it with your data?",
    ],
)
def test_coach_06_asking_for_a_step_discovers_nothing(asked: str) -> None:
    given = meeting("P: We count by hand.", f"R: {asked}", "P: Yes.")
    (found,) = questions_of(given.transcript.turns, given.sides, Side.REP)
    assert found.depth == 0


def test_coach_06_depth_grows_while_a_question_follows_the_answer() -> None:
    given = meeting(
        "R: How do you plan your routes today?",
        "P: In a spreadsheet, and it takes most of Monday.",
        "R: And what does that Monday cost you?",
        "P: Two people and a lot of overtime.",
        "R: Why the overtime?",
        "P: Because changes come in late.",
        "R: Who looks after your vans?",
        "P: My brother does.",
        "R: Does Tuesday at ten work for you?",
        "P: Yes, it does.",
    )
    asked = questions_of(given.transcript.turns, given.sides, Side.REP)
    assert [question.depth for question in asked] == [1, 2, 3, 1, 0]
    facts = coaching_facts(given)
    assert (facts.discovery_questions, facts.deepest) == (4, 3)


@pytest.mark.parametrize(
    ("lines", "turns"),
    [
        (("P: Who signs the contract on your side?", "R: I do, with our director."), []),
        (("P: Who signs the contract on your side?", "R: Let's come back to that. Our product began in 2012."), [0]),
        (("P: Is the data kept in Europe?",), [0]),
        (("P: Is the data kept in Europe?", "P: Never mind the data.", "P: We have time."), [0]),
        (("R: What would you change first?", "P: How big is your team?", "R: Twelve people."), [0]),
        (("R: What would you change first?", "P: Change in which sense?", "R: In planning."), []),
        (("R: What would you change? I would take the routes.", "R: And the vans."), []),
    ],
)
def test_coach_10_unanswered_questions(lines: tuple[str, ...], turns: list[int]) -> None:
    given = meeting(*lines)
    assert [question.turn for question in unanswered(given.transcript.turns, given.sides)] == turns


@pytest.mark.parametrize(
    ("objection", "answer", "kind", "handling"),
    [
        (
            "Honestly, it's too expensive for us.",
            "Most of our customers had the money back within 5 months.",
            ObjectionKind.PRICE,
            Handling.WITH_EVIDENCE,
        ),
        (
            "It would be too complicated for the drivers.",
            "I understand. We can train them in the first week.",
            ObjectionKind.EFFORT,
            Handling.ANSWERED,
        ),
        (
            "We're worried about lock-in.",
            "Okay, anyway, let me show you the map.",
            ObjectionKind.RISK,
            Handling.PASSED_OVER,
        ),
        ("We already use Routely for that.", "Mm.", ObjectionKind.COMPETITION, Handling.PASSED_OVER),
        ("I don't see the need.", "The weather has been so nice this week.", ObjectionKind.NEED, Handling.PASSED_OVER),
    ],
)
def test_coach_08_objections_and_how_they_were_handled(
    objection: str, answer: str, kind: ObjectionKind, handling: Handling
) -> None:
    given = meeting("R: That is the offer.", f"P: {objection}", f"R: {answer}")
    (found,) = objections_of(given.transcript.turns, given.sides)
    assert (found.turn, found.kind, found.handling, found.quote) == (1, kind, handling, objection)
    assert found.answer_turn == (None if handling is Handling.PASSED_OVER else 2)


@pytest.mark.parametrize("said", ["It is not too expensive, fine.", "We paid the invoice.", "The budget is approved."])
def test_no_objection(said: str) -> None:
    given = meeting("R: That is the offer.", f"P: {said}", "R: Great.")
    assert objections_of(given.transcript.turns, given.sides) == ()


def test_our_own_doubts_are_no_objections() -> None:
    given = meeting("R: Some say that it's too expensive.", "P: I see.")
    assert objections_of(given.transcript.turns, given.sides) == ()


def test_a_meeting_among_ourselves_is_not_counted() -> None:
    assert coaching_facts(meeting("R: How do you plan it?", "H: By hand.")) == CoachingFacts()


def test_coach_08_a_concern_that_the_offline_rules_hear_is_an_objection() -> None:
    said = "They've cut my budget by forty percent across every channel."
    given = meeting("R: It is nine thousand a month.", f"P: {said}", "R: What if we did half of it? We can do that.")
    (found,) = coaching_facts(given).objections
    assert (found.kind, found.turn, found.handling) == (ObjectionKind.PRICE, 1, Handling.ANSWERED)
    assert found.quote in said


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("I'm not sure that it plays well with our website system.", ObjectionKind.INTEGRATION),
        ("It won't talk to our payroll.", ObjectionKind.INTEGRATION),
        ("That makes me nervous.", ObjectionKind.SECURITY),
        ("Our patient data cannot leave the country.", ObjectionKind.SECURITY),
        ("The dealers always say three years and then it's finished.", ObjectionKind.TRUST),
        ("I'll believe it when I see it.", ObjectionKind.TRUST),
        ("It's not only my decision, my co-director looks after that.", ObjectionKind.AUTHORITY),
        ("I can't approve that without my manager.", ObjectionKind.AUTHORITY),
        ("That's aggressive, given that third-party risk takes six weeks.", ObjectionKind.TIMING),
        ("It's the wrong time for us.", ObjectionKind.TIMING),
        ("Harrison's will do it for thirty-one.", ObjectionKind.COMPETITION),
    ],
)
def test_coach_08_objections_other_than_price(said: str, kind: ObjectionKind) -> None:
    given = meeting("R: That is the offer.", f"P: {said}", "R: What would help you with that?")
    (found,) = coaching_facts(given).objections
    assert (found.kind, found.handling, found.answer_turn) == (kind, Handling.ANSWERED, 2)


@pytest.mark.parametrize(
    "said",
    [
        "You said next Thursday works?",
        "As far as I am concerned we can start.",
        "It's a bad time, the dog is barking.",
        "They are cheaper than us, but people are not happy there.",
        "If it ends in tears I know where you live.",
    ],
)
def test_what_only_sounds_like_an_objection(said: str) -> None:
    given = meeting("R: That is the offer.", f"P: {said}", "R: Great.")
    assert coaching_facts(given).objections == ()


@pytest.mark.parametrize(
    ("answer", "handling"),
    [
        ("What does too much mean to you?", Handling.ANSWERED),
        ("It is more, that's true. Your man does not do the VAT.", Handling.ANSWERED),
        ("Ouch. Okay.", Handling.PASSED_OVER),
        ("Ha. So what happens next on your side?", Handling.PASSED_OVER),
    ],
)
def test_coach_08_asking_back_is_an_answer_and_moving_on_is_none(answer: str, handling: Handling) -> None:
    given = meeting("R: That is the offer.", "P: That is too expensive for us.", f"R: {answer}")
    (found,) = coaching_facts(given).objections
    assert found.handling is handling
