"""Plain words about money and rivals are heard wherever they stand, and their look-alikes are not taken for them."""

import pytest

from sequences.records.insight import IntentKind
from sequences.skills.catalogue import DETECT_INTENTS
from sequences.skills.rules.plainly import promises_the_offer, says_plainly
from tests.skills.meetings import meeting

OFFER, MEET, OTHERS = IntentKind.SEND_PROPOSAL, IntentKind.SCHEDULE_MEETING, IntentKind.MULTI_STAKEHOLDER
TIGHT, GRANTED, RIVAL = IntentKind.BUYING_NEGATIVE, IntentKind.BUYING_POSITIVE, IntentKind.COMPETITIVE
WHEN, BACK = IntentKind.TIMELINE, IntentKind.PROSPECT_FOLLOWUP
PLAIN = [
    (OFFER, "R", "I'll send you a proposal by Friday."),
    (OFFER, "R", "Let me put together a quote for you."),
    (OFFER, "R", "You'll have our offer on Monday."),
    (MEET, "R", "Let's schedule a follow-up for next Tuesday."),
    (MEET, "R", "I'll send you an invite for Monday."),
    (MEET, "P", "Could we meet again on Thursday?"),
    (MEET, "P", "Does Wednesday at three work for you?"),
    (OTHERS, "P", "I need to run this by my CFO."),
    (OTHERS, "P", "Our legal team has to review it."),
    (OTHERS, "P", "It's not only my decision."),
    (TIGHT, "P", "Our budget is frozen."),
    (TIGHT, "P", "Our budget is frozen until next year."),
    (TIGHT, "P", "It's more than we budgeted."),
    (TIGHT, "P", "That's above what we had in mind."),
    (TIGHT, "P", "The price is too high."),
    (TIGHT, "P", "Money is tight right now."),
    (TIGHT, "P", "We can't afford that."),
    (TIGHT, "P", "We don't have the budget this year."),
    (TIGHT, "P", "There's no money for it."),
    (GRANTED, "P", "Our budget was approved."),
    (GRANTED, "P", "We have the budget for this."),
    (GRANTED, "P", "That's within our budget."),
    (GRANTED, "P", "We've decided to go ahead."),
    (RIVAL, "P", "We're also talking to two other vendors."),
    (RIVAL, "P", "Your competitor quoted us less."),
    (RIVAL, "P", "We're thinking of building it ourselves."),
    (RIVAL, "P", "Two other agencies."),
    (OTHERS, "P", "Our CFO has the final say."),
    (TIGHT, "P", "There's simply no cash for it before July."),
    (TIGHT, "P", "That's pretty steep."),
    (TIGHT, "P", "That's way over what I can get approved."),
    (RIVAL, "P", "The other bidder includes the training."),
    (RIVAL, "P", "Freshdesk came in at half your price."),
    (WHEN, "P", "We've got until the fifteenth."),
    (WHEN, "P", "We need to be live by March."),
    (WHEN, "P", "Our contract ends in June."),
    (WHEN, "P", "We're not in a hurry."),
    (WHEN, "P", "The deadline is the fifteenth."),
    (BACK, "P", "I'll get back to you by Friday."),
    (BACK, "P", "Let me check and come back to you."),
]
BEFORE = {
    "a question": ("R: Thanks for joining.", "P: Happy to be here.", "R: And where do you stand?"),
    "a price": ("R: Thanks for joining.", "P: What does it cost?", "R: Forty thousand dollars a year."),
    "a demo": ("R: So that is the dashboard.", "P: It looks good.", "R: Great. Anything that could get in the way?"),
}


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("kind", "speaker", "said"), PLAIN)
def test_plain_words_are_heard_whatever_was_said_before(kind: IntentKind, speaker: str, said: str, before: str) -> None:
    talk = meeting(*BEFORE[before], f"{speaker}: {said}", "Q: I see.")
    found = {item.kind: item for item in DETECT_INTENTS.offline(talk).items}
    assert kind in found
    assert found[kind].quote == said


@pytest.mark.parametrize(
    ("kind", "speaker", "said"),
    [
        (OFFER, "R", "If you want one, I'll send you a proposal."),
        (OFFER, "P", "I'll send you a proposal by Friday."),
        (OTHERS, "R", "Our legal team has to review it."),
        (TIGHT, "P", "Is the price too high?"),
        (TIGHT, "P", "If the budget is frozen, we wait."),
        (TIGHT, "P", "Two years ago our budget was frozen."),
        (TIGHT, "P", "The resolution is too high."),
        (TIGHT, "P", "It's too expensive for our customers to return single parts."),
        (TIGHT, "P", "We don't have a budget code for training."),
        (GRANTED, "P", "Last year the budget was approved in May."),
        (GRANTED, "P", "When the budget is approved, we can talk."),
        (GRANTED, "P", "They told me the budget was approved."),
        (RIVAL, "P", "We aren't talking to two other vendors."),
        (RIVAL, "R", "We're also talking to two other vendors."),
        (BACK, "R", "I'll get back to you by Friday."),
    ],
)
def test_what_only_sounds_like_it_is_not_plain(kind: IntentKind, speaker: str, said: str) -> None:
    talk = meeting("R: Right.", "P: Go on.", f"{speaker}: {said}")
    assert kind not in {item.kind for item in DETECT_INTENTS.offline(talk).items}


@pytest.mark.parametrize(
    "said",
    [
        "the whole sum has to go past our managing director",
        "that needs to go through our council",
        "the rest would have to go before our owner",
        "the contract goes to our controller",
    ],
)
def test_who_has_a_say_is_told_by_where_a_thing_has_to_go(said: str) -> None:
    assert says_plainly(OTHERS, said)
    assert not says_plainly(OTHERS, said.replace("our", "your"))


def test_what_is_asked_for_has_no_plain_words() -> None:
    """Weights hear it well, and too much depends on what it is."""
    assert not says_plainly(IntentKind.SEND_CONTENT, "could you send me the deck")


@pytest.mark.parametrize(
    ("promised", "asked", "is_offer"),
    [
        ("i will get that over today", "can you put it into a formal quote for me", True),
        ("ok we will send you that by friday", "then please send us an offer", True),
        ("i will get that over today", "can you send me the deck", False),
        ("i will get that over if they agree", "can you send me a quote", False),
        ("i would get that over", "can you send me a quote", False),
        ("i will get that over today", "the quote was late", False),
    ],
)
def test_a_promise_is_of_the_offer_just_asked_for(promised: str, asked: str, *, is_offer: bool) -> None:
    assert promises_the_offer(promised, asked) is is_offer
