"""What the modals offer comes back as it was chosen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.answers import MailEdit, Values, read_chosen_tasks, read_feedback, read_mail_edit, read_rep, read_send_at
from blocks.contexts.card_views import ChooseTasksView, FeedbackView, FindingsView, WhyView
from blocks.contexts.mail_views import OTHER_TIME, EditMailView, SendLaterView, body_parts
from blocks.examples.debriefs import SAID, debrief
from blocks.examples.others import choose_rep_cards, views
from blocks.examples.states import debriefs
from blocks.ids import INPUT, ActionId, BlockId, CallbackId
from blocks.render import render_card, render_view
from blocks.text import clean
from blocks.values import ActionRef, CardRef, Rating
from sequences.records.card import TaskLine
from tests.blocks.reading import all_text, button, objects

REF = ActionRef("act_1", "3f9a1c7be204")
NOW = datetime(2026, 11, 19, 15, 2, tzinfo=UTC)  # a Thursday


def submitted(view: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """The state that Slack sends when nothing was changed."""
    return {
        block["block_id"]: {INPUT: _state(block["element"])} for block in view["blocks"] if block["type"] == "input"
    }


def _state(element: dict[str, Any]) -> dict[str, Any]:
    match element["type"]:
        case "plain_text_input":
            return {"value": element.get("initial_value")}
        case "checkboxes":
            return {"selected_options": element.get("initial_options", [])}
        case "datetimepicker":
            return {"selected_date_time": element.get("initial_date_time")}
    return {"selected_option": element.get("initial_option")}


def test_an_unchanged_mail_comes_back_unchanged() -> None:
    view = render_view(
        EditMailView(ref=REF, to=("a@x.example", "b@y.example"), subject="Hi & bye", body="One\n\nTwo <3")
    )
    assert read_mail_edit(submitted(view)) == MailEdit(
        to=("a@x.example", "b@y.example"), subject="Hi & bye", body="One\n\nTwo <3"
    )
    assert view["callback_id"] == CallbackId.EMAIL_EDIT_SUBMIT
    assert ActionRef.decode(view["private_metadata"]) == REF


@given(st.text(alphabet="ab \n.é😀", max_size=400), st.integers(min_value=2, max_value=50))
def test_a_body_in_parts_is_the_same_body(body: str, longest: int) -> None:
    parts = body_parts(body, longest)
    assert all(len(part.text) <= longest for part in parts)
    values: Values = {part.block_id: {INPUT: {"value": part.text}} for part in parts}
    if all(part.text for part in parts):
        assert read_mail_edit(values).body == clean(body)
    else:  # an empty part leaves no seam, so only blank space can differ
        assert read_mail_edit(values).body.split() == clean(body).split()


def test_a_mail_of_12_000_characters_can_be_edited() -> None:
    mail = debriefs()["maximal"].mail
    assert mail
    view = render_view(EditMailView(ref=REF, to=mail.mail.to, subject="S", body=mail.mail.body))
    assert sum(block["block_id"].startswith(BlockId.EMAIL_BODY) for block in view["blocks"] if "block_id" in block) > 3
    assert read_mail_edit(submitted(view)).body == clean(mail.mail.body)


def test_addresses_may_be_separated_as_people_do() -> None:
    values: Values = {BlockId.EMAIL_TO: {INPUT: {"value": " a@x.example; b@y.example,\nc@z.example, "}}}
    assert read_mail_edit(values) == MailEdit(to=("a@x.example", "b@y.example", "c@z.example"), subject="", body="")


def test_send_later_offers_an_hour_the_next_workday_and_monday() -> None:
    view = SendLaterView(ref=REF, now=NOW, timezone="Europe/London")
    assert [quick.label for quick in view.quick] == [
        "In an hour (16:05)",
        "Tomorrow, Fri 20 Nov, 09:00",
        "Mon 23 Nov, 09:00",
        "At the time chosen below",
    ]


def test_on_a_friday_the_next_workday_is_monday() -> None:
    view = SendLaterView(ref=REF, now=NOW + timedelta(days=1), timezone="America/New_York")
    assert [quick.label for quick in view.quick] == [
        "In an hour (11:05)",
        "Mon 23 Nov, 09:00",
        "At the time chosen below",
    ]


def test_nine_in_the_morning_stays_nine_when_the_clocks_change() -> None:
    view = SendLaterView(ref=REF, now=datetime(2026, 10, 23, 12, tzinfo=UTC), timezone="Europe/London")
    assert view.quick[1].value == str(int(datetime(2026, 10, 26, 9, tzinfo=UTC).timestamp()))  # GMT by then


def test_the_suggested_time_comes_back() -> None:
    view = render_view(SendLaterView(ref=REF, now=NOW, timezone="Europe/London"))
    assert read_send_at(submitted(view)) == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_another_time_is_the_pickers() -> None:
    chosen: Values = {BlockId.SEND_QUICK: {INPUT: {"selected_option": {"value": OTHER_TIME}}}}
    at = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    picked: Values = {BlockId.SEND_AT: {INPUT: {"selected_date_time": int(at.timestamp())}}}
    assert read_send_at({**chosen, **picked}) == at
    assert read_send_at(chosen) is None
    assert read_send_at({}) is None


def test_all_tasks_are_ticked_ten_to_a_group() -> None:
    tasks = tuple(TaskLine(title=f"Task {n}", due_on="2026-11-20", quote="…") for n in range(23))
    view = render_view(ChooseTasksView(ref=REF, tasks=tasks))
    assert [len(block["element"]["options"]) for block in view["blocks"]] == [10, 10, 3]
    assert read_chosen_tasks(submitted(view)) == tuple(range(23))


def test_tasks_that_were_unticked_are_left_out() -> None:
    ticks = {"selected_options": [{"value": "12"}]}
    values = {"orch_tasks:1": {INPUT: ticks}, "orch_tasks:0": {INPUT: {"selected_options": [{"value": "3"}]}}}
    assert read_chosen_tasks(values) == (3, 12)
    assert read_chosen_tasks({"orch_tasks:0": {INPUT: {"selected_options": []}}}) == ()


def test_a_batch_without_tasks_still_opens() -> None:
    assert "There is no task to choose from." in all_text(render_view(ChooseTasksView(ref=REF, tasks=())))


def test_feedback_comes_back() -> None:
    view = render_view(FeedbackView(card_id="card_1", rating=Rating.DOWN))
    values = submitted(view)
    values[BlockId.FEEDBACK_TEXT][INPUT]["value"] = " too long "
    assert CardRef.decode(view["private_metadata"]) == CardRef("card_1")
    assert read_feedback(values).rating is Rating.DOWN
    assert read_feedback(values).text == "too long"
    assert read_feedback({}).rating is None


@pytest.mark.parametrize("state", ["pending", "many"])
def test_the_chosen_rep_comes_back(state: str) -> None:
    card = render_card(choose_rep_cards()[state], card_id="card_1")
    chosen = button(card, ActionId.REP_SELECT)["options"][1]
    assert read_rep({BlockId.REP: {ActionId.REP_SELECT: {"selected_option": chosen}}}) == "U0BEN0002"
    assert read_rep({BlockId.REP: {ActionId.REP_SELECT: {"selected_option": None}}}) is None


def test_a_crowded_meeting_still_fits() -> None:
    crowd = tuple((f"U0COLL{n:04}", f"{'A long name ' * 6}{n}") for n in range(120))
    card = choose_rep_cards()["pending"].model_copy(update={"options": crowd})
    assert "70 more names do not fit here" in all_text(render_card(card, card_id="card_1"))


def test_a_chosen_rep_ends_the_question() -> None:
    text = all_text(render_card(choose_rep_cards()["chosen"], card_id="card_1"))
    assert "Maya Patel gets the debrief, chosen by you at 14:02" in text
    assert "Confirm selection" not in text


def test_why_names_event_evidence_engine_sureness_and_cost() -> None:
    text = all_text(render_view(WhyView.of(debrief())))
    assert "Your meeting “Acme Corp: pilot follow-up” ended" in text
    assert f"Proposal promised · Maya Patel · 32:10 · 88% sure\n>“{SAID['proposal']}”" in text
    assert "Who read it: offline rules\nWhat it cost: no model cost" in text


def test_why_tells_what_was_left_out() -> None:
    text = all_text(render_view(WhyView.of(debriefs()["degraded"])))
    assert "What it cost: $0.02" in text
    assert "*Left out or failed*\n• No follow-up draft: the model did not answer in time." in text


def test_findings_show_what_the_card_left_out() -> None:
    card = debriefs()["maximal"]
    text = all_text(render_view(FindingsView.of(card)))
    assert text.count("Proposal promised") == sum(i.kind.value == "commitment:send_proposal" for i in card.intents)
    assert "more moment" not in text


def test_no_view_can_be_submitted_without_a_listener() -> None:
    submits = {name: drawn for name, view in views().items() if "submit" in (drawn := render_view(view))}
    assert {drawn["callback_id"] for drawn in submits.values()} == set(CallbackId)
    for drawn in submits.values():
        assert [item for item in objects(drawn["blocks"]) if item.get("type") == "input"]
