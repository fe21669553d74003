"""Single CRM fields: what fills them, and what only sounds as if it did."""

from datetime import date
from decimal import Decimal

import pytest

from sequences.records.insight import CrmObject, FieldUpdate, FieldUpdates
from sequences.skills.extract_crm_fields import EXTRACT_CRM_FIELDS
from sequences.skills.fields.deciding import is_about_others, told_whole, widened
from sequences.skills.fields.names import named_others
from sequences.skills.fields.spending import is_by_the_unit, price_named
from sequences.skills.fields.tools import stays
from sequences.skills.rules.sentences import read_sentences
from tests.skills.meetings import meeting


def fields(*lines: str) -> dict[str, str]:
    material = meeting(*lines)
    found = EXTRACT_CRM_FIELDS.check(material, EXTRACT_CRM_FIELDS.offline(material))
    assert all(item.quote in material.transcript.turns[item.turn].text for item in found.items)
    return {item.field: item.new for item in found.items}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We've been kicking the tires on Tabloom and also Quarry, just so you know.", ["Tabloom", "Quarry"]),
        ("Harrison's will do it for thirty-one without blinking.", ["Harrison"]),
        ("That's what the bloke from AeroPit told us too.", ["AeroPit"]),
        ("SunCrest came back with a lower number last night.", ["SunCrest"]),
        ("The crowd that does our washing, Celtic Linen Care, said so.", ["Celtic Linen Care"]),
        ("I talked to Pure Systems out of Denver before I called you.", ["Pure Systems"]),
        ("There's a place in Sandyford at thirty-one with a canteen.", []),
        ("A company from Pretoria installed one.", []),
        ("Our CFO, Ingrid, has looked at two others.", []),
        ("Eleven hundred a year for a guy named Skip.", []),
        ("I was talking to the Penner brothers.", []),
        ("They want it before Christmas, in English.", []),
        ("We looked at wework and it was lovely.", []),
    ],
)
def test_names_of_rivals_are_told_from_people_places_and_days(text: str, names: list[str]) -> None:
    assert named_others(text) == names


def test_nobody_in_the_room_is_a_rival() -> None:
    assert named_others("We went with Petra on that.", frozenset({"petra", "lind"})) == []


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("So that'd be six hundred and forty all in.", "640"),
        ("The price for new is eleven thousand four hundred.", "11400"),
        ("It comes to $48,300.", "48300"),
        ("That would bring the total to forty-six thousand.", "46000"),
        ("It's 12k a year.", "12000"),
        ("$5 per seat.", None),
        ("Around seventy-two thousand.", None),
        ("Between forty and sixty thousand.", None),
        ("Ten percent off forty thousand.", None),
        ("Four nine then.", None),
        ("Three units for $40,000.", "40000"),
        ("3 units for $40,000.", None),
    ],
)
def test_a_price_is_one_total_or_nothing(text: str, price: str | None) -> None:
    assert price_named(text) == (None if price is None else Decimal(price))


def test_prices_by_the_month_are_no_totals() -> None:
    assert is_by_the_unit(["We pay four hundred and ten a month a van."])
    assert not is_by_the_unit(["It is for the whole theatre."])
    rate = ("P: I pay four hundred and ten a month a van.", "R: We're three hundred and eighty five.")
    assert "amount" not in fields(*rate, "P: The price works for us, go ahead.")


def test_an_amount_needs_our_price_and_their_yes() -> None:
    ours = "R: So that'd be six hundred and forty all in."
    assert fields(ours, "P: That's grand, go ahead with it.").get("amount") == "640"
    assert "amount" not in fields(ours, "P: I see.")
    assert "amount" not in fields(ours, "P: That's grand, go ahead with it.", "P: Though it is too expensive for us.")
    assert "amount" not in fields("P: It would be six hundred and forty all in.", "P: That's grand, go ahead with it.")


def test_beyond_10_no_outsider_sets_what_a_deal_is_worth() -> None:
    material = meeting("P: Our budget is $90,000.", "R: We are at $80,000 for it.", "P: Deal.")

    def checked(new: str, turn: int) -> tuple[FieldUpdate, ...]:
        quote = material.transcript.turns[turn].text
        update = FieldUpdate(object=CrmObject.DEAL, field="amount", new=new, quote=quote, turn=turn)
        return EXTRACT_CRM_FIELDS.check(material, FieldUpdates(items=(update,))).items

    assert checked("90000", 0) == ()
    assert checked("90000", 1) == ()
    assert checked("eighty", 1) == ()
    assert [item.new for item in checked("80000", 1)] == ["80000"]


@pytest.mark.parametrize(
    ("lines", "tool"),
    [
        (("R: What are you on today?", "P: MediBook. It crashes every Monday."), "MediBook"),
        (("R: Go on.", "P: We're still on Cardloop, for now."), "Cardloop"),
        (("R: Go on.", "P: It's better than the Sorvan we've got now."), "Sorvan"),
        (("R: What do you use?", "P: Eleven people and a wall planner."), None),
        (("R: How is it different from what you're on now?", "P: Speed, mostly."), None),
        (("R: Go on.", "P: We used Lexigen years ago."), None),
        (("R: Go on.", "P: I've got one, Bonnie, she's been here twenty-six years."), None),
    ],
)
def test_the_tool_in_use(lines: tuple[str, ...], tool: str | None) -> None:
    assert fields(*lines).get("current_tool") == tool


@pytest.mark.parametrize(
    ("line", "budget"),
    [
        ("We can spend up to thirty thousand this year.", True),
        ("The grant has fifty-five for equipment, and that's the whole of it.", True),
        ("This year there is a freeze on all new spends.", True),
        ("That's steep for a wool shop.", False),
        ("I spend more than that on beer mats.", False),
        ("If we had the budget we would spend ten thousand.", False),
        ("Twelve seconds I can do.", False),
        ("I can spend four without asking anybody.", True),
        ("The portals take eleven percent from us on every ticket.", False),
        ("You spend the night at minus ten up there.", False),
        ("I can't sign for three, only until next March.", False),
        ("That one's approved, as you know.", False),
    ],
)
def test_a_budget_is_money_that_is_there_or_is_not(line: str, budget: bool) -> None:
    assert ("budget" in fields("R: Go on.", f"P: {line}")) is budget


@pytest.mark.parametrize(
    "line",
    [
        "They took eleven weeks over the last approval.",
        "On paper we're a modern company.",
        "I guess it's only right to say so.",
        "We can't be a week late with it.",
        "The trouble is that the parents get a say.",
        "I need the mileage by cost centre, first working day of the month.",
    ],
)
def test_what_is_no_trouble_of_theirs_is_no_pain(line: str) -> None:
    assert "pain" not in fields("R: Go on.", f"P: {line}")


def test_what_goes_wrong_is_a_pain() -> None:
    assert "pain" in fields("R: Go on.", "P: It takes every applicant fifteen minutes to fill in the form.")


def test_when_their_guests_come_is_no_date_of_the_deal() -> None:
    assert is_about_others("Our visitors plan their trips between Easter and the end of May.")
    assert not is_about_others("Our customers need it by the end of May.")
    assert not is_about_others("We need it before our visitors come in May.")


def test_a_few_words_take_what_is_said_behind_them() -> None:
    turn = meeting("P: Our head of care. If she is for it, the money gets found.").transcript.turns[0]
    assert told_whole("Our head of care.", turn) == turn.text
    assert told_whole("Fifth of May.", meeting("P: Fifth of May.").transcript.turns[0]) is None
    assert told_whole("It has to be live by the fifth of May.", turn) == "It has to be live by the fifth of May."


def test_a_tool_that_stays_is_no_rival() -> None:
    (sentence,) = read_sentences(0, "We use Ledgerly for the invoices, and it has to fit in with that.")
    assert stays(sentence)
    (sentence,) = read_sentences(0, "We use Ledgerly for the invoices, and we are sick of it.")
    assert not stays(sentence)


def test_hundreds_may_be_thousands_where_thousands_are_spoken_of() -> None:
    ours, yes = "R: So that would be one hundred and ninety all in.", "P: That's fine, we'll take it. Go ahead."
    assert fields(ours, yes).get("amount") == "190"
    assert "amount" not in fields("P: Our ceiling is two hundred thousand a year.", ours, yes)
    assert price_named("So you have six hundred and forty for it?") is None


def test_he_is_explained_by_the_sentence_before() -> None:
    turn = meeting("P: My husband's name is on the business too. I'd need to talk him round.").transcript.turns[0]
    assert widened("I'd need to talk him round.", turn) == turn.text
    assert widened("My husband's name is on the business too.", turn) == "My husband's name is on the business too."


def test_a_closing_date_is_when_they_sign() -> None:
    found = fields("R: Go on.", "P: The purchase order has to be cut by December fifteenth.")
    assert found["close_on"] == date(2026, 12, 15).isoformat()
    assert "close_on" not in fields("R: Go on.", "P: The committee sits on the fourth, and we want to sign later.")
    assert "close_on" not in fields("R: Go on.", "P: If the board agreed, we would sign by Friday.")
