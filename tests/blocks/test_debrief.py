"""The debrief card: its words, its order, and the end of every decision."""

from datetime import timedelta

import pytest

from blocks.examples.debriefs import DECIDED_AT, OWNER, SAID, debrief, decision, mail_panel
from blocks.examples.states import debriefs
from blocks.ids import ActionId
from blocks.marks import marks
from blocks.previews import previews
from blocks.render import Message, render_card
from blocks.values import ActionRef, CardRef, FeedbackRef, Rating
from sequences.records.action import ActionStatus, ErrorCode
from sequences.records.card import DebriefCard, MailPanel
from sequences.records.insight import IntentKind
from tests.blocks.reading import action_ids, all_text, button, objects

MAIL = {name for name in ActionId if name.startswith("email_")}
DECIDING = MAIL | {name for name in ActionId if name.startswith(("orch_tasks", "orch_stage", "orch_crm"))}


def draw(state: str) -> Message:
    return render_card(debriefs()[state], card_id="card_1")


def draw_mail(panel: MailPanel) -> Message:
    return render_card(debrief().model_copy(update={"mail": panel}), card_id="card_1")


def in_order(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def test_tells_the_meeting_from_top_to_bottom() -> None:
    assert in_order(
        all_text(draw("pending")),
        "Acme Corp: pilot follow-up",
        "Thu 19 Nov 2026, 13:30 GMT · with Sarah Chen and James Okafor · Acme Corp · Demo",
        "For you to decide: deal stage · 2 tasks · follow-up mail",
        "Sarah wants a pilot for two teams",
        "Action items",
        "What I heard",
        "Updated in the CRM",
        "Demo → Proposal?",
        "Shall I create these tasks?",
        "Ready to send follow-up to Sarah Chen:",
        "Suggested next",
        "offline rules",
        "Why did I get this?",
        "Less of this",
    )


def test_what_was_heard_comes_in_plain_words_with_the_exact_quote_and_its_time() -> None:
    text = all_text(draw("pending"))
    assert f"Proposal promised · Maya Patel · 32:10\n>“{SAID['proposal']}”" in text
    assert not [kind for kind in IntentKind if kind.value in text]


def test_action_items_name_owner_and_due_day_and_admit_an_unknown_owner() -> None:
    text = all_text(draw("pending"))
    assert "• Maya Patel: Send the pilot proposal for two teams, due Fri 20 Nov (32:10)" in text
    assert "• Owner unclear: Ask Tom for a slot" in text


def test_crm_fields_show_old_new_quote_and_the_undo() -> None:
    card = draw("pending")
    assert f"Acme Corp pilot · Timeline: next year → before January\n>“{SAID['quarter']}” (05:09)" in all_text(card)
    assert "Acme Corp pilot · Decision process: CFO signs off above $30,000" in all_text(card)  # no old value, no arrow
    assert ActionRef.decode(button(card, ActionId.CRM_UNDO)["value"]) == ActionRef("act_fields", "77aa01bc93de")


def test_each_button_carries_the_action_and_the_version_that_was_shown() -> None:
    card = draw("pending")
    for name, action in (("EMAIL_SEND", "act_mail"), ("TASKS_CREATE", "act_tasks"), ("STAGE_APPROVE", "act_stage")):
        value = button(card, ActionId[name])["value"]
        assert ActionRef.decode(value) == ActionRef(action, "3f9a1c7be204")
    assert CardRef.decode(button(card, ActionId.CARD_WHY)["value"]) == CardRef("card_1")


def test_only_send_now_is_the_primary_button_and_none_asks_back() -> None:
    found = list(objects(draw("pending").blocks))
    assert [item["action_id"] for item in found if item.get("style") == "primary"] == [ActionId.EMAIL_SEND]
    assert not [item for item in found if "confirm" in item]


def test_what_a_screen_reader_says_begins_with_what_is_seen() -> None:
    spoken = [item for item in objects(draw("maximal").blocks) if "accessibility_label" in item and "action_id" in item]
    assert len(spoken) == 8
    assert all(item["accessibility_label"].startswith(item["text"]["text"]) for item in spoken)


def test_thumbs_know_their_card() -> None:
    thumbs = button(draw("pending"), ActionId.CARD_FEEDBACK)
    assert FeedbackRef.decode(thumbs["positive_button"]["value"]) == FeedbackRef("card_1", Rating.UP)
    assert FeedbackRef.decode(thumbs["negative_button"]["value"]) == FeedbackRef("card_1", Rating.DOWN)


@pytest.mark.parametrize("name", sorted(previews()))
def test_hitl_19_thumbs_stand_where_there_is_a_suggestion_to_keep_them_with(name: str) -> None:
    """A notice, a digest or a debrief without a proposal has none: pressing would lead nowhere."""
    drawn = previews()[name]
    suggests = name.startswith("card.") and not name.startswith(("card.notice", "card.digest"))
    suggests = suggests and name not in ("card.meeting_debrief.empty", "card.meeting_debrief.internal")
    assert (ActionId.CARD_FEEDBACK in action_ids(drawn)) is suggests


@pytest.mark.parametrize(
    ("state", "says", "buttons"),
    [
        ("pending", "Ready to send follow-up to Sarah Chen:", {"send", "edit", "schedule", "cancel"}),
        ("edited", "Edited by you.", {"send", "edit", "schedule", "cancel"}),
        ("no_recipient", "I found no address: press Edit and add one.", {"edit", "cancel"}),
        ("maximal", "Shortened here, sent in full.", {"send", "edit", "schedule", "cancel", "show_all"}),
        ("counting", "Sending in 30 s", {"cancel_send"}),
        ("scheduled", "Will be sent on Fri 20 Nov at 09:00 GMT · approved by you at 14:02", {"cancel_send"}),
        ("sending", "Sending now…", set()),
        ("sent", "Sent at 14:02 · approved by you", set()),
        ("all_decided", "Sent at 14:02 · approved by you · as you edited it", set()),
        ("cancelled", "Cancelled by you at 14:02", set()),
        ("expired", "Expired without a decision at 14:02\nNothing was sent.", set()),
        ("failed", "Not sent (tried at 14:02)\nThe recipient's address was refused.", set()),
        ("refused", "Not sent (tried at 14:02)\nYour team's policy does not allow it.", set()),
        ("unknown_outcome", "Outcome unknown (tried at 14:02)\nI cannot tell whether it went through.", set()),
    ],
)
def test_the_mail_in_every_state(state: str, says: str, buttons: set[str]) -> None:
    card = draw(state)
    assert says in all_text(card)
    assert {found for found in action_ids(card) if found in MAIL} == {f"email_{name}" for name in buttons}


@pytest.mark.parametrize("status", [ActionStatus.EXECUTED, ActionStatus.CANCELLED, ActionStatus.EXPIRED])
def test_the_whole_of_a_decided_mail_can_still_be_read(status: ActionStatus) -> None:
    panel = mail_panel(status)
    long = panel.mail.model_copy(update={"body": "Hi Sarah,\n\n" + "One more line of it.\n" * 60})
    card = draw_mail(panel.model_copy(update={"mail": long}))
    assert {found for found in action_ids(card) if found in MAIL} == {ActionId.EMAIL_SHOW_ALL}
    assert "One more line of it.\n…" in all_text(card)


def test_a_decided_card_has_nothing_left_to_decide() -> None:
    card = draw("all_decided")
    assert not DECIDING & set(action_ids(card))
    for end in ("Undone by you", "Left at Demo by you", "Created by you"):
        assert f"{end} at 14:02" in all_text(card)


def test_what_is_under_way_cannot_be_pressed_again() -> None:
    card = draw("under_way")
    assert "Moving…" in all_text(card)
    assert "Creating…" in all_text(card)
    assert not {found for found in action_ids(card) if found.startswith(("orch_tasks", "orch_stage"))}


def test_an_undo_under_way_is_not_offered_again() -> None:
    panel = debrief().fields
    assert panel
    undone = panel.model_copy(update={"undone": decision(ActionStatus.EXECUTING, name="undo")})
    card = render_card(debrief().model_copy(update={"fields": undone}), card_id="card_1")
    assert "Undoing…" in all_text(card)
    assert ActionId.CRM_UNDO not in action_ids(card)


def test_somebody_elses_decision_names_them() -> None:
    panel = mail_panel(ActionStatus.CANCELLED)
    other = panel.decision.model_copy(update={"decided_by": "U0BOSS001"})
    assert "Cancelled by <@U0BOSS001> at 14:02" in all_text(draw_mail(panel.model_copy(update={"decision": other})))


def test_an_expiry_that_nobody_noted_names_when_it_was_due() -> None:
    panel = mail_panel(ActionStatus.EXPIRED)
    unnoted = panel.decision.model_copy(update={"at": None})
    text = all_text(draw_mail(panel.model_copy(update={"decision": unnoted})))
    assert "Expired without a decision on Sat 21 Nov at 13:30\nNothing was sent." in text


def test_a_later_decision_names_its_day() -> None:
    panel = mail_panel(ActionStatus.EXECUTED)
    later = panel.decision.model_copy(update={"at": DECIDED_AT + timedelta(days=1)})
    text = all_text(draw_mail(panel.model_copy(update={"decision": later})))
    assert "Sent on Fri 20 Nov at 14:02 · approved by you" in text


@pytest.mark.parametrize("code", [*ErrorCode, None])
def test_every_failure_says_what_to_do(code: ErrorCode | None) -> None:
    assert "(tried at 14:02)\n" in all_text(draw_mail(mail_panel(ActionStatus.FAILED, code=code)))


def test_a_failure_without_a_code_shows_the_error_itself() -> None:
    panel = mail_panel(ActionStatus.FAILED)
    broken = panel.decision.model_copy(update={"error": "550 no such <user>"})
    assert "550 no such <user>" in all_text(draw_mail(panel.model_copy(update={"decision": broken})))


def test_the_body_is_shown_letter_by_letter() -> None:
    panel = mail_panel()
    body = "Hi *Sarah*,\n<https://x.example|click> & :smile: `code`\n<!channel>"
    card = draw_mail(panel.model_copy(update={"mail": panel.mail.model_copy(update={"body": body})}))
    assert {"type": "rich_text_quote", "elements": [{"type": "text", "text": body}]} in list(objects(card.blocks))


def test_without_emoji_not_one_is_left_and_the_words_are_the_same() -> None:
    plain, emoji = all_text(draw("without_emoji")), all_text(draw("pending"))
    for mark in marks(True).values():
        assert mark.strip() not in plain
        emoji = emoji.replace(mark, "")
    assert plain == emoji


def test_a_meeting_that_left_nothing_says_so() -> None:
    assert "I heard no promise, request or date in this one, and changed nothing." in all_text(draw("empty"))
    assert not DECIDING & set(action_ids(draw("empty")))


def test_an_internal_meeting_is_called_one() -> None:
    text = all_text(draw("internal"))
    assert "· Internal" in text
    assert "follow-up to" not in text


def test_a_step_that_failed_is_told_and_the_engine_is_named() -> None:
    text = all_text(draw("degraded"))
    assert "No follow-up draft: the model did not answer in time." in text
    assert "anthropic:claude-haiku-5-5" in text


def test_what_does_not_fit_is_counted_and_reachable() -> None:
    card = draw("maximal")
    assert "more moments" in all_text(card)
    assert CardRef.decode(button(card, ActionId.CARD_MORE)["value"]) == CardRef("card_1")


@pytest.mark.parametrize(
    ("state", "title", "news"),
    [
        (
            "pending",
            "Acme Corp: pilot follow-up",
            "Follow-up to Sarah Chen ready to send, 2 tasks to confirm, move to Proposal?, 3 action items",
        ),
        (
            "no_recipient",
            "Acme Corp: pilot follow-up",
            "Follow-up drafted, its address is missing, 2 tasks to confirm, move to Proposal?, 3 action items",
        ),
        ("all_decided", "Acme Corp: pilot follow-up", "3 action items"),
        ("internal", "Pipeline review", "Nothing waits for you."),
    ],
)
def test_the_phone_shows_what_matters(state: str, title: str, news: str) -> None:
    assert draw(state).text == f"Debrief: {title}. {news}"


def test_without_an_owner_on_the_card_the_decider_is_you() -> None:
    card = debrief().model_copy(update={"owner": None, "mail": mail_panel(ActionStatus.CANCELLED)})
    assert f"<@{OWNER}>" not in all_text(render_card(card, card_id="card_1"))
    assert "Cancelled by you at 14:02" in all_text(render_card(card, card_id="card_1"))


def test_the_undo_window_counts_from_the_times_when_nobody_counted() -> None:
    panel = mail_panel(ActionStatus.CONFIRMED)
    until = panel.decision.model_copy(update={"execute_at": DECIDED_AT + timedelta(seconds=12)})
    assert "Sending in 12 s" in all_text(draw_mail(panel.model_copy(update={"decision": until})))


def test_a_card_is_drawn_the_same_each_time() -> None:
    card: DebriefCard = debrief()
    assert render_card(card, card_id="card_1") == render_card(card, card_id="card_1")
