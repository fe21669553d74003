"""What "it", "them" or "him" means stands in the task where that is certain; else in no task and no mail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sequences.meeting_ended import create_tasks
from sequences.records.insight import ActionItem
from sequences.skills.catalogue import EXTRACT_ACTION_ITEMS, EXTRACT_CRM_FIELDS, SUGGEST_NEXT_ACTIONS
from sequences.skills.draft_follow_up import draft_offline
from sequences.skills.rules.wording import called
from tests.skills.meetings import meeting
from tests.skills.test_draft_follow_up import findings


def items(*lines: str) -> list[ActionItem]:
    material = meeting(*lines)
    return list(EXTRACT_ACTION_ITEMS.check(material, EXTRACT_ACTION_ITEMS.offline(material)).items)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ("P: Is there a leaflet about the filters?", "R: I'll send it this evening."),
            "Send the leaflet about the filters",
        ),
        (
            ("P: Could you share your checklist with me?", "R: I'll upload it after lunch."),
            "Upload our checklist after lunch",
        ),
        (
            ("P: Any proof?", "R: There's a study by a hospital in Kent. I'll find it for you."),
            "Find the study by a hospital in Kent for Petra",
        ),
        (
            ("P: Can I see a sample report?", "H: Sure, we have one.", "R: I'll mail it after this call."),
            "Mail the sample report",
        ),
        (
            ("R: Do you still have the test results?", "P: I do. I'll scan them and have them with you tonight."),
            "Scan the test results and have them with us",
        ),
        (
            ("P: the, the um manual would help", "R: yeah there's a there's a quick start guide i'll i'll send that"),
            "Send the quick start guide",
        ),
        (("P: Then comes the tender.", "R: Only the annex is left. We'll submit that by Friday."), "Submit the annex"),
        (("P: If you give me the postcode.", "R: I'll send it to you."), "Send the postcode to Petra"),
        (
            ("P: Our works doctor has to agree.", "R: Could you ask her about June?", "P: I'll ask her today."),
            "Ask their works doctor",
        ),
        (
            ("P: Why?", "R: There's a brewery near Cork that did it. I'll ask them tonight."),
            "Ask the brewery near Cork",
        ),
    ],
)
def test_what_is_meant_is_called_by_its_name(lines: tuple[str, ...], text: str) -> None:
    assert text in [item.text for item in items(*lines)]


@pytest.mark.parametrize(
    "lines",
    [
        ("P: Could you send me the plan?", "Q: I'd take the drawings too.", "R: I'll send both of them."),
        (
            "P: We could meet on the ninth to go through your slides.",
            "R: I'll ask her what she thinks and I'll forward it.",
        ),
        ("P: Our surveyor and our lawyer both want to look.", "R: Ask him then.", "P: I'll ask him."),
        ("R: The lorry is late.", "P: Fine.", "R: I'll put it at eighty."),
        ("P: Nobody tells the drivers.", "R: I'll pass that on."),
    ],
)
async def test_what_nobody_could_tell_afterwards_is_in_no_task_and_no_mail(lines: tuple[str, ...]) -> None:
    found = findings(*lines)
    promised = [item.text for item in found.action_items.items]
    suggested = [action.text for action in SUGGEST_NEXT_ACTIONS.offline(found).items]
    assert not set(promised) & set(suggested)
    assert (await create_tasks.run(found.material, found.action_items)).output.tasks == ()
    assert "next_step" not in {update.field for update in EXTRACT_CRM_FIELDS.offline(found.material).items}
    assert "On our side" not in (body := draft_offline(found).body), body


THINGS = ("price list", "data sheet", "floor plan", "certificate", "training video", "sample contract")
ASKS = (
    "Could you send me {}?", "Do you have {} for us?", "Is there {}?", "I'd like to see {}.", "Please let me have {}.",
    "Can we get {} as well?", "If there's {}, could you forward it?", "We need {} for the file.",
)  # fmt: skip
YESES = (
    "I'll send it tomorrow.",
    "I'll email it to you.",
    "I'll forward that after the call.",
    "I'll get it to you by Friday.",
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ASKS), st.sampled_from(THINGS), st.sampled_from(YESES), st.sampled_from(("a", "the", "your")))
def test_a_promise_names_what_was_asked_for(ask: str, thing: str, yes: str, article: str) -> None:
    found = items(f"P: {ask.format(f'{article} {thing}')}", f"R: {yes}")
    assert [thing in item.text for item in found] == [True], [item.text for item in found]
    assert all("your" not in item.text.split() for item in found)


@pytest.mark.parametrize(
    "line",
    [
        "R: I'll go through them one by one.",
        "P: I'll put my cards on the table.",
        "P: I'll take you at your word.",
    ],
)
def test_a_figure_of_speech_is_no_promise(line: str) -> None:
    assert items("R: Well.", "P: Fine.", line) == []


def test_a_wish_in_a_clause_is_no_offer() -> None:
    found = items("P: Is there a test report that I could get from you?", "R: Yes, please ask me tomorrow.")
    assert not any(item.owner == "Petra Lind" for item in found)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ("P: Fine.", "R: I'll redo that and send the new version of the quote over."),
            "Send the new version of the quote over",
        ),
        (("P: Can we have the safety annex with it?", "R: Of course."), "Send the safety annex"),
        (
            ("P: Could you add the lead times to the sheet last time they were missing", "R: Sure."),
            "Add the lead times to the sheet",
        ),
        (
            ("R: The sheet?", "P: I'll find out how many boxes go into which of the vans."),
            "Find out how many boxes go into which of the vans",
        ),
        (("P: Fine.", "R: I'll send the wording of that clause to you."), "Send the wording of that clause to Petra"),
    ],
)
def test_a_task_is_whole_and_no_more(lines: tuple[str, ...], text: str) -> None:
    assert [item.text for item in items(*lines)] == [text]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ("R: We have a folder for that.", "P: Yes, please send it to me.", "R: Of course."),
            "Send the folder to Petra",
        ),
        (
            ("R: We've a form of words for it.", "P: Send me that.", "R: Consider it done."),
            "Send Petra the form of words",
        ),
        (
            ("P: And the cameras?", "R: We can switch the cameras off. I'll confirm that in writing."),
            "Confirm in writing that we can switch the cameras off",
        ),
    ],
)
def test_what_is_asked_for_by_a_pronoun_is_named_as_well(lines: tuple[str, ...], text: str) -> None:
    assert text in [item.text for item in items(*lines)]


def test_nobody_is_called_big() -> None:
    assert called("Big Dave Muir") == "Big Dave"
    assert called("Dave Muir") == "Dave"


@pytest.mark.parametrize(
    "noise", ["x" * 20_000, "the x " * 4_000, "a list of " * 3_000, "there's a there's a " * 2_000, "it" * 9_000]
)
def test_a_hostile_turn_is_read_like_any_other(noise: str) -> None:
    found = items(
        f"P: Could you send me the price list? {noise}", f"R: {noise}", f"R: There's a {noise}. I'll send it."
    )
    assert all(len(item.text.split()) <= 40 for item in found)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ("P: fine", "R: i'll send you a like a formal quote with the acres"),
            "Send Petra a formal quote with the acres",
        ),
        (("P: can you send us the a data protection pack", "R: sure i will"), "Send Petra a data protection pack"),
        (
            ("P: Fine.", "R: We have two case studies with figures, I'll send both."),
            "Send the two case studies with figures",
        ),
        (
            ("P: Fine.", "R: I'll send a short plan and the price we'd lock in if it goes well."),
            "Send a short plan and the price we'd lock in",
        ),
        (
            ("P: Send me a quote for each.", "R: I'll email both of them across by tomorrow lunchtime."),
            "Email both of them across",
        ),
    ],
)
def test_words_said_twice_and_halves_are_put_right(lines: tuple[str, ...], text: str) -> None:
    assert [item.text for item in items(*lines)] == [text]


def test_the_day_of_something_else_is_not_taken_over() -> None:
    found = items(
        "R: I'll bring my own cup.", "P: Fine.", "R: I'll roll it into the offer and you'll see it before Friday."
    )
    assert all(item.due_on is None for item in found if "cup" in item.text)
