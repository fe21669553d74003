"""Who promised what until when; and everything that only sounds like a promise."""

from datetime import date

import pytest

from sequences.records.insight import ActionItem, ActionItems
from sequences.records.meeting import Side
from sequences.skills.extract_action_items import EXTRACT_ACTION_ITEMS, check_action_items
from tests.skills.meetings import meeting


def items(*lines: str) -> list[ActionItem]:
    material = meeting(*lines)
    return list(EXTRACT_ACTION_ITEMS.check(material, EXTRACT_ACTION_ITEMS.offline(material)).items)


def tasks(*lines: str) -> list[tuple[str | None, str, date | None]]:
    return [(item.owner, item.text, item.due_on) for item in items(*lines)]


@pytest.mark.parametrize(
    ("line", "text", "due"),
    [
        ("I'll send you the case study by Friday.", "Send Petra the case study", date(2026, 11, 20)),
        ("um, yeah, so I'll, I'll send you the case study tomorrow", "Send Petra the case study", date(2026, 11, 18)),
        ("I'll put both quotes side by side by Friday", "Put both quotes side by side", date(2026, 11, 20)),
        ("so ill send you the case study next tuesday", "Send Petra the case study", date(2026, 11, 24)),
        ("We'll prepare the data export by the end of the month.", "Prepare the data export", date(2026, 11, 30)),
        ("I'm going to book the workshop room in two weeks.", "Book the workshop room", date(2026, 12, 1)),
        ("I'll find out when the engineers are back.", "Find out when the engineers are back", None),
        ("I'll email you the price list, would you believe it.", "Email Petra the price list", None),
    ],
)
def test_promises_in_the_first_person(line: str, text: str, due: date | None) -> None:
    assert tasks("P: Fine.", f"R: {line}") == [("Robin Hale", text, due)]


def test_a_prospects_promise_has_a_prospect_as_owner() -> None:
    (item,) = items("R: Fine.", "P: I'll send you our floor plans by Thursday.")
    assert (item.owner, item.owner_side, item.text) == ("Petra Lind", Side.PROSPECT, "Send Robin their floor plans")


def test_the_quote_is_verbatim_and_timed() -> None:
    (item,) = items("P: Fine.", "R: Right, so -- I'll,  I'll send you the case study. Anything else?")
    assert item.quote in "Right, so -- I'll,  I'll send you the case study. Anything else?"
    assert (item.turn, item.start_s) == (1, 10.0)


def test_a_yes_to_a_request_takes_its_words() -> None:
    (item,) = items("P: Could you send me the security questionnaire?", "R: Of course, will do.")
    assert (item.owner, item.text) == ("Robin Hale", "Send Petra the security questionnaire")


def test_an_offer_promised_without_a_deed() -> None:
    (item,) = items("P: Can you put the price in writing?", "R: You'll have the revised quote by Friday.")
    assert (item.owner, item.text, item.due_on) == ("Robin Hale", "Send the revised quote", date(2026, 11, 20))


def test_repeated_promises_are_one() -> None:
    found = tasks(
        "R: I'll send you the case study.", "P: Great.", "R: So, as I said, I'll send you the case study by Friday."
    )
    assert [(owner, due) for owner, _, due in found] == [("Robin Hale", date(2026, 11, 20))]


def test_withdrawn_promises_are_none() -> None:
    assert tasks("R: I'll send you the case study.", "P: Actually, don't worry about that, I found it online.") == []


@pytest.mark.parametrize(
    "line",
    [
        "I sent you the case study on Monday.",
        "If you like, I could send you the case study.",
        "I won't send the case study before we talk.",
        "He said he'd send you the case study.",
        "I'm going to share my screen.",
        "Let me see.",
        "I'll take that under advisement.",
        "I'll drop a link in the chat.",
        "Should I send you the case study?",
        "[laughs] Sure, I'll send you a unicorn.",
    ],
)
def test_what_only_sounds_like_a_promise(line: str) -> None:
    assert tasks("P: Fine.", f"R: {line}") == []


def test_without_certainty_about_the_speaker_there_is_no_owner() -> None:
    assert [item.owner for item in items("R: Hello.", "U: I'll send the floor plans tomorrow.")] == [None]


def test_the_check_drops_what_nobody_said() -> None:
    material = meeting("R: I'll send you the case study.")
    said = ActionItem(
        owner="Robin Hale", owner_side=Side.REP, text="Send it.", quote="i'll  send you THE case study", turn=0
    )
    found = check_action_items(
        material,
        ActionItems(
            items=(
                said,
                said.model_copy(update={"quote": "I'll send you the contract"}),
                said.model_copy(update={"turn": 9}),
                said.model_copy(update={"owner": "Somebody Else"}),
                said.model_copy(update={"due_on": date(2020, 1, 1)}),
            )
        ),
    )
    assert [(item.owner, item.quote, item.text, item.due_on) for item in found.items] == [
        ("Robin Hale", "I'll send you the case study", "Send it", None),
        (None, "I'll send you the case study", "Send it", None),
        ("Robin Hale", "I'll send you the case study", "Send it", None),
    ]


@pytest.mark.parametrize(
    ("lines", "text", "due_on"),
    [
        (("R: I call you tomorrow at ten when I have read it.",), "Call them", date(2026, 11, 18)),
        (("P: I'm sending you the drawings tonight.",), "Send us the drawings", date(2026, 11, 17)),
        (("R: You'll have the rate card in five minutes.",), "Send the rate card", date(2026, 11, 17)),
        (("R: I'll rework the quote. You'll have it by Thursday.",), "Rework the quote", date(2026, 11, 19)),
        (("R: I'll send the draft by close of play on Thursday.",), "Send the draft", date(2026, 11, 19)),
        (("P: Could I get the tech sheets?", "R: Certainly, you will have them today."), "Send the tech sheets", None),
        (("P: Would you mind emailing me the price list?", "R: Not at all."), "Email Petra the price list", None),
        (("P: Flick me the brochure too.", "R: Will do."), "Send Petra the brochure", None),
    ],
)
def test_promises_in_other_words(lines: tuple[str, ...], text: str, due_on: date | None) -> None:
    found = items(*lines)
    assert [item.text for item in found] == [text]
    assert due_on is None or found[0].due_on == due_on


@pytest.mark.parametrize(
    "lines",
    [
        ("R: We send the invoice every Monday.",),
        ("R: If I call you tomorrow, will you be in?",),
        ("P: Would you mind emailing me the price list?", "R: I would, actually."),
        ("P: Would it run today?", "R: Not at all."),
        ("P: Could I get a discount on the list?", "R: No, I'm afraid."),
    ],
)
def test_habits_conditions_and_refusals_promise_nothing(lines: tuple[str, ...]) -> None:
    assert items(*lines) == []


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("P: Could I get the tech sheets?", "R: I'll email them right after this."), "Email the tech sheets"),
        (("R: I've got a controls matrix, I'll mail you that.",), "Mail them the controls matrix"),
        (("R: Hello.", "P: I'll check with Gareth that he's free and drop you a line."),
         "Check with Gareth that he's free and drop Robin a line"),
        (("R: Hello.", "P: I'll forward to you people the depot list."), "Forward to Robin the depot list"),
        (("R: Hello.", "P: I'll look at whatever you get from legal and call you back."),
         "Look at whatever we get from legal and call Robin back"),
        (("R: Do you want me to quote for the programmes?", "P: Yes please."), "Quote for the programmes"),
        (("R: Shall I send the leaflet?", "P: No, please don't."), None),
        (("P: Have you got the insurance certificate? Send us that one.", "R: Sure."), "Send Petra that one"),
        (("R: Hello.", "P: I'll photograph it and mail the file to you."), "Photograph it and mail the file to Robin"),
        (("R: Hello.", "P: Make it seventeen and I'll sign the form today."), None),
        (("R: Hello.", "P: If it is the oil, I will send you a bottle."), None),
        (("R: Hello.", "P: It's ten o'clock, I'm going to get shouted at."), None),
        (("R: Hello.", "P: And I'll tell you what, it was late."), None),
    ],
)  # fmt: skip
def test_what_is_promised_reads_as_a_task(lines: tuple[str, ...], text: str | None) -> None:
    assert [item.text for item in items(*lines)] == ([] if text is None else [text])


def test_an_offer_that_is_confirmed_is_promised_where_it_was_confirmed() -> None:
    found = items(
        "R: I could write them a two-page summary, if you think it'd help.",
        "P: That would help very much.",
        "R: Consider it done.",
    )
    assert [(item.text, item.turn, item.quote) for item in found] == [
        ("Write them a two-page summary", 2, "Consider it done.")
    ]


def test_sending_it_is_part_of_what_was_promised_before() -> None:
    found = items("R: I'll prepare the offer with the doors, and I'll send it to you tomorrow.", "P: Fine.")
    assert [(item.text, item.due_on) for item in found] == [("Prepare the offer with the doors", date(2026, 11, 18))]


def test_a_day_named_in_the_next_breath_is_the_due_date() -> None:
    found = items("R: I'll write up the monthly report.", "P: The report, yes?", "R: The report, yes. By tomorrow.")
    assert [item.due_on for item in found] == [date(2026, 11, 18)]


def test_an_offer_is_called_what_they_called_it() -> None:
    found = items("P: Kindly mail us the quotation.", "R: Quotation you will have this evening itself.")
    assert all("proposal" not in item.text for item in found)


def test_a_models_items_state_nothing_that_nobody_said() -> None:
    material = meeting("R: I'll send you the plan.", "P: Great.")
    good = ActionItem(
        owner="Robin Hale", owner_side=Side.REP, text="Send Petra the plan", quote="I'll send you the plan.", turn=0
    )
    guessed = good.model_copy(update={"due_on": date(2026, 11, 20)})
    invented = good.model_copy(update={"text": "Send Gareth the plan for 300 stores"})
    found = EXTRACT_ACTION_ITEMS.check(material, ActionItems(items=(guessed, invented)))
    assert found.items == (good.model_copy(update={"start_s": 0.0}),)
    dated = meeting("R: I'll send you the plan by Friday.", "P: Great.")
    by_friday = guessed.model_copy(update={"quote": "I'll send you the plan by Friday."})
    assert EXTRACT_ACTION_ITEMS.check(dated, ActionItems(items=(by_friday,))).items[0].due_on == date(2026, 11, 20)


def test_what_they_call_yours_is_ours_when_we_say_yes_to_it() -> None:
    (found,) = items("P: Could you include something on your security certificates?", "R: Will do.")
    assert found.text == "Include something on our security certificates"
    assert found.owner_side is Side.REP


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("I'll send both of you the price list.", "Send both of them the price list"),
        ("I'll send the two of you the price list.", "Send the two of them the price list"),
        ("I'll email the pair of you a summary.", "Email the pair of them a summary"),
        ("I'll send each of you a login.", "Send each of them a login"),
        ("I'll send every one of you a survey.", "Send every one of them a survey"),
        ("I'll send most of you the agenda.", "Send most of them the agenda"),
        ("I'll send the notes to all of you.", "Send the notes to all of them"),
        ("I'll send the notes to the three of you.", "Send the notes to the three of them"),
        ("I'll send the notes to you both.", "Send the notes to Petra"),
        ("I'll put the two of you in touch with Leeds.", "Put the two of them in touch with Leeds"),
        ("I'll let you know whether the two of you qualify.", "Let Petra know whether the two of them qualify"),
        ("I'll ask how many of you can log in at once.", "Ask how many of them can log in at once"),
        ("I'll send you all the notes.", "Send Petra all the notes"),
        ("I'll send you all of our notes.", "Send Petra all of our notes"),
        ("I'll invite you all to the workshop.", "Invite Petra to the workshop"),
        ("I'll send you one of our case studies.", "Send Petra one of our case studies"),
        ("I'll make you a copy for you and your boss.", "Make Petra a copy for them and their boss"),
        ("I'll write the summary myself.", "Write the summary"),
        ("I'll send a list of the scanners you support.", "Send a list of the scanners they support"),
        ("I'll get back to both of you by tomorrow evening with a number.", "Get back to both of them with a number"),
        ("I'll draft the plan and brief you on Monday.", "Draft the plan and brief Petra"),
        ("I'll ask our engineer to call you back.", "Ask our engineer to call Petra back"),
        ("I'll have a look at your file by then.", "Have a look at their file"),
        ("I'll call you myself about the order form.", "Call Petra about the order form"),
        ("We'll prepare the quote ourselves.", "Prepare the quote"),
        ("I'll introduce myself to your director.", "Introduce myself to their director"),
        ("I'll share the plan with you yourself.", "Share the plan with Petra"),
    ],
)  # fmt: skip
def test_a_name_stands_for_one_and_once(line: str, text: str) -> None:
    assert [task for _, task, _ in tasks("P: Fine.", f"R: {line}")] == [text]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("R: Fine.", "P: I'll send both of you our floor plans."), "Send both of us their floor plans"),
        (("R: Fine.", "P: I'll share the file with the two of you."), "Share the file with the two of us"),
        (("R: Fine.", "P: I'll get you the order history myself."), "Get Robin the order history"),
        (("R: Fine.", "P: We'll test it ourselves and let you know."), "Test it and let Robin know"),
        (("R: Fine.", "P: I'll introduce myself to your director."), "Introduce themselves to our director"),
        (("R: Fine.", "P: I'll find out what you need for the audit."), "Find out what we need for the audit"),
        (("R: Fine.", "P: I'll send you all our usage reports."), "Send Robin all their usage reports"),
        (("R: Fine.", "Q: Fine.", "P: I'll check with Henrik and let you know."), "Check with Henrik and let us know"),
        (("P: Could you send both of us the contract?", "R: Of course, will do."), "Send both of them the contract"),
        (("R: Could you send both of us the floor plans?", "P: Yes, will do."), "Send both of us the floor plans"),
        (("P: Could you send me your price list and yours too?", "R: Will do."), "Send Petra our price list and ours"),
        (
            ("P: Could you send us the list of scanners you support?", "R: Will do."),
            "Send Petra the list of scanners we support",
        ),
        (("R: Could you send us the list of tools you run?", "P: Will do."), "Send Robin the list of tools they run"),
        (("H: Could you all fix yours by tomorrow noon?", "R: Will do."), "Fix ours"),
    ],
)
def test_a_prospects_promise_is_told_from_our_side(lines: tuple[str, ...], text: str) -> None:
    assert [task for _, task, _ in tasks(*lines)] == [text]
