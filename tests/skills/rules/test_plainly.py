"""Plain words about money and rivals are heard wherever they stand, and their look-alikes are not taken for them."""

import pytest

from sequences.records.insight import IntentKind
from sequences.skills.catalogue import DETECT_INTENTS
from sequences.skills.rules.plainly import says_plainly
from tests.skills.meetings import meeting

TIGHT, GRANTED, RIVAL = IntentKind.BUYING_NEGATIVE, IntentKind.BUYING_POSITIVE, IntentKind.COMPETITIVE
PLAIN = [
    (TIGHT, "Our budget is frozen."),
    (TIGHT, "It's more than we budgeted."),
    (TIGHT, "That's above what we had in mind."),
    (TIGHT, "The price is too high."),
    (TIGHT, "Money is tight right now."),
    (TIGHT, "We can't afford that."),
    (TIGHT, "We don't have the budget this year."),
    (TIGHT, "There's no money for it."),
    (GRANTED, "Our budget was approved."),
    (GRANTED, "We have the budget for this."),
    (GRANTED, "We've decided to go ahead."),
    (RIVAL, "We're also talking to two other vendors."),
    (RIVAL, "Your competitor quoted us less."),
    (RIVAL, "Two other agencies."),
]
BEFORE = {
    "a question": ("R: Thanks for joining.", "P: Happy to be here.", "R: And where do you stand?"),
    "a price": ("R: Thanks for joining.", "P: What does it cost?", "R: Forty thousand dollars a year."),
    "a demo": ("R: So that is the dashboard.", "P: It looks good.", "R: Great. Anything that could get in the way?"),
}


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("kind", "said"), PLAIN)
def test_plain_words_are_heard_whatever_was_said_before(kind: IntentKind, said: str, before: str) -> None:
    talk = meeting(*BEFORE[before], f"P: {said}", "R: I see.")
    found = {item.kind: item for item in DETECT_INTENTS.offline(talk).items}
    assert kind in found
    assert found[kind].quote == said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (TIGHT, "Is the price too high?"),
        (TIGHT, "If the budget is frozen, we wait."),
        (TIGHT, "Two years ago our budget was frozen."),
        (TIGHT, "The resolution is too high."),
        (TIGHT, "It's too expensive for our customers to return single parts."),
        (TIGHT, "We don't have a budget code for training."),
        (GRANTED, "Last year the budget was approved in May."),
        (GRANTED, "When the budget is approved, we can talk."),
        (GRANTED, "They told me the budget was approved."),
        (RIVAL, "We aren't talking to two other vendors."),
    ],
)
def test_what_only_sounds_like_it_is_not_plain(kind: IntentKind, said: str) -> None:
    talk = meeting("R: Right.", "P: Go on.", f"P: {said}")
    assert kind not in {item.kind for item in DETECT_INTENTS.offline(talk).items}


@pytest.mark.parametrize("kind", [kind for kind in IntentKind if kind not in (TIGHT, GRANTED, RIVAL)])
def test_what_depends_on_the_talk_around_has_no_plain_words(kind: IntentKind) -> None:
    assert not says_plainly(kind, "i will send you the proposal by friday and we should meet in june")
