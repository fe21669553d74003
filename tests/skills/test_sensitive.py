"""Meetings to leave alone until somebody says otherwise; sales talk about hospitals and contracts is not among them."""

from pathlib import Path

import pytest

from sequences.evaluation.material import material_of
from sequences.evaluation.reading import read_intent_set
from sequences.skills.sensitive import sensitivity
from tests.skills.meetings import meeting

MEETINGS = Path(__file__).parents[2] / "evaluation" / "transcripts.jsonl"

CONVERSATIONS = [
    (about, tuple(lines.strip().split("\n")))
    for block in (Path(__file__).parent / "conversations.txt").read_text(encoding="utf-8").split("=== ")[1:]
    for about, _, lines in (block.partition("\n"),)
]

HR = "a personnel matter"
LAW = "legal advice"
HEALTH = "somebody's health"
PRIVATE = "private life"


@pytest.mark.parametrize(
    ("lines", "title", "reason"),
    [
        (("R: This is a disciplinary meeting.", "H: We're letting you go."), None, HR),
        (("R: We start your performance review.", "H: Fine."), "Performance review Hugh", HR),
        (("R: A complaint was made against you.", "H: By whom?", "R: The witness statement says."), None, HR),
        (("R: You are being made redundant.", "H: What is my notice period?"), None, HR),
        (("R: We are putting you on a performance improvement plan.", "H: Is that a disciplinary?"), None, HR),
        (("H: My boss keeps bullying me.", "R: Do you want to raise a grievance?"), None, HR),
        (("R: This call is attorney-client privileged.", "P: The deposition is on Monday."), None, LAW),
        (("P: As your lawyer I would wait.", "R: And opposing counsel?", "P: Let them ask the judge."), None, LAW),
        (("P: I was diagnosed with it in May.", "R: How long have you had this?"), None, HEALTH),
        (("P: Your biopsy came back.", "R: And the side effects?"), None, HEALTH),
        (("P: Your test results are here.", "R: Tell me."), "Consultation", HEALTH),
        (("P: My divorce is through.", "P: The custody hearing is next."), None, PRIVATE),
        (("P: My divorce is hard.", "R: And the kids?"), None, PRIVATE),
    ],
)
def test_beyond_10_personal_talk_is_recognised(lines: tuple[str, ...], title: str | None, reason: str) -> None:
    assert _judged(lines, title) == reason


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("P: Our clinics use your scheduling for patients.", "R: Diagnosis codes are in the demo."), None),
        (("P: Legal has to review the contract.", "R: We send the terms."), "Contract review"),
        (("P: HR needs the payroll export.", "R: We'll add performance reviews to the product."), None),
        (("P: My divorce is through, so I'm in a good mood.", "R: Ha. About the quote."), None),
        (("P: How long have you had this problem?", "R: Since May. Where do the symptoms show?"), None),
        (("P: The plaintiff's deposition goes into your system.", "R: And the subpoena into the archive."), "Legal"),
        (("P: We litigate: defendant, claimant, damages.", "R: Then the litigation module."), "Litigation software"),
        (("P: A grievance is logged by HR.", "R: And exit interviews?", "P: Also misconduct."), "HR software demo"),
        (
            ("P: Prescription data and dosage need an audit trail.", "R: Side effects, too."),
            "Medical practice software",
        ),
        (
            (
                "R: In the demo an employee reads: we start your performance review.",
                "P: Does the platform track a disciplinary, too?",
                "R: Yes, and the price per user stays the same.",
                "P: And exit interviews in your product?",
                "R: In the next release. The proposal lists it.",
                "P: Send us the pricing.",
            ),
            "HR software demo",
        ),
        ((), None),
    ],
)
def test_beyond_10_a_law_firm_a_clinic_or_an_hr_vendor_is_a_customer(lines: tuple[str, ...], title: str | None) -> None:
    assert _judged(lines, title) is None


@pytest.mark.parametrize(("about", "lines"), CONVERSATIONS)
def test_beyond_10_what_it_is_about_and_not_which_words_it_has(about: str, lines: tuple[str, ...]) -> None:
    assert (_judged(lines, None) or "nothing") == about


def test_beyond_10_an_aside_in_a_long_meeting_stops_nothing() -> None:
    aside = ("P: My wife is in hospital, she was diagnosed with cancer in May.", "R: I'm so sorry. How are you coping?")
    rest = tuple(f"P: Point {number} is the same as in the other shops." for number in range(60))
    assert _judged(aside, None) == HEALTH
    assert _judged((*aside, *rest), None) is None


def test_beyond_10_a_joke_about_oneself_tells_nothing() -> None:
    before = "R: Every clinic has its own dashboard, and the tool shows whether its rota is full."
    after = ("P: Our auditors want the evidence for the tribunal.", "R: The system writes that by itself.")
    assert _judged((before, "P: My divorce was quicker than our last rota.", *after), None) is not None
    assert _judged((before, "P: My divorce was quicker than our last rota. Just kidding.", *after), None) is None


def test_shop_talk_does_not_hide_a_review_among_ourselves() -> None:
    lines = (
        "R: Let us begin your performance review.",
        "H: My demos went well, the pricing less so.",
        "R: Your customers say the same. The quote came late.",
        "H: Procurement was slow, and so was the pilot.",
        "R: The performance rating is a four.",
    )
    assert _judged(lines, None, is_internal=True) == HR


def test_no_meeting_written_for_the_evaluation_is_taken_for_personal() -> None:
    known = read_intent_set("", MEETINGS.read_text(encoding="utf-8")).transcripts
    assert len(known) >= 60
    alarms = {one.id: found for one in known if (found := sensitivity(material_of(one).transcript, is_internal=True))}
    assert alarms == {}


def _judged(lines: tuple[str, ...], title: str | None, *, is_internal: bool = False) -> str | None:
    return sensitivity(meeting(*lines).transcript, title=title or "", is_internal=is_internal)
