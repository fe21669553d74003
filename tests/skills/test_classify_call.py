"""The sort of conversation; internal is a matter of who spoke."""

import pytest

from sequences.records.insight import CallKind, CallType
from sequences.skills.classify_call import CLASSIFY_CALL, check_call_type
from tests.skills.meetings import meeting


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (
            ("R: How do you handle returns today?", "P: By hand.", "R: How many of them, and who else is involved?"),
            CallKind.DISCOVERY,
        ),
        (
            ("R: Let me share my screen. As you can see, this screen shows stock.", "P: I see.", "R: If I click here."),
            CallKind.DEMO,
        ),
        (
            ("P: We need a discount, it's too expensive.", "R: What about payment terms?", "P: Legal review is next."),
            CallKind.NEGOTIATION,
        ),
        (
            ("R: How's it going since you went live?", "P: Usage is up.", "R: Any issues with onboarding?"),
            CallKind.CHECK_IN,
        ),
        (("R: Hello.", "P: Hello."), CallKind.OTHER),
        (("R: Too expensive, they say.", "H: Give them a discount."), CallKind.INTERNAL),
    ],
)  # fmt: skip
def test_kinds(lines: tuple[str, ...], kind: CallKind) -> None:
    material = meeting(*lines, title="A call")
    assert CLASSIFY_CALL.offline(material).kind is kind


def test_a_model_cannot_call_a_customer_meeting_internal() -> None:
    outside = meeting("R: Hi.", "P: Hi.")
    assert check_call_type(outside, CallType(kind=CallKind.INTERNAL, confidence=0.9)).kind is CallKind.OTHER
    inside = meeting("R: Hi.", "H: Hi.")
    assert check_call_type(inside, CallType(kind=CallKind.DEMO, confidence=0.9)).kind is CallKind.INTERNAL
