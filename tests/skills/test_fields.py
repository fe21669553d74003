"""Single CRM fields: what fills them, and what only sounds as if it did."""

from datetime import date
from decimal import Decimal

import pytest

from sequences.records.insight import CrmObject, FieldUpdate, FieldUpdates
from sequences.skills.extract_crm_fields import EXTRACT_CRM_FIELDS
from sequences.skills.fields.deciding import widened
from sequences.skills.fields.names import named_others
from sequences.skills.fields.spending import is_by_the_unit, price_named
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
    ],
)
def test_a_budget_is_money_that_is_there_or_is_not(line: str, budget: bool) -> None:
    assert ("budget" in fields("R: Go on.", f"P: {line}")) is budget


def test_he_is_explained_by_the_sentence_before() -> None:
    turn = meeting("P: My husband's name is on the business too. I'd need to talk him round.").transcript.turns[0]
    assert widened("I'd need to talk him round.", turn) == turn.text
    assert widened("My husband's name is on the business too.", turn) == "My husband's name is on the business too."


def test_a_closing_date_is_when_they_sign() -> None:
    found = fields("R: Go on.", "P: The purchase order has to be cut by December fifteenth.")
    assert found["close_on"] == date(2026, 12, 15).isoformat()
    assert "close_on" not in fields("R: Go on.", "P: The committee sits on the fourth, and we want to sign later.")
    assert "close_on" not in fields("R: Go on.", "P: If the board agreed, we would sign by Friday.")
