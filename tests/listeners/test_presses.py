"""Every press and submission is acknowledged first and survives nonsense, guests and other people's cards."""

import inspect
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt.context.async_context import AsyncBoltContext

from blocks.ids import ActionId, CallbackId, ShortcutId
from blocks.render import Message
from blocks.values import ActionRef, CardRef, CategoryRef, FeedbackRef, JobRef, Rating
from listeners import actions, shortcuts, views
from listeners.commands.sixty import handle_sixty
from listeners.events.app_home_opened import handle_app_home_opened
from listeners.events.message import handle_message
from sequences.actions.spec import version_of
from sequences.front import Front
from sequences.members import Members
from sequences.ports.store import CardRow
from sequences.records.action import ActionStatus, PendingAction
from sequences.records.job import JobStatus
from sequences.records.people import Org
from storage.database import Database
from tests.blocks.reading import all_text
from tests.sequences.people import BOSS, REP
from tests.sequences.world import World, mail_proposal, task_proposal

GUEST = "UGUEST"
NONSENSE = (None, "", "1:action", "2:action:x:y", "1:action:<!channel>:v", "x" * 5_000, "1:card:card_gone", 7)
FILLED: dict[str, Any] = {
    "email_to": {"input": {"value": "a@b.example"}},
    "email_subject": {"input": {"value": "S"}},
    "email_body": {"input": {"value": "B"}},
    "email_send_quick": {"input": {"selected_option": {"value": "1772708400"}}},
    "orch_tasks:0": {"input": {"selected_options": [{"value": "0"}]}},
    "orch_feedback_rating": {"input": {"selected_option": {"value": "thumbs_up"}}},
    "orch_feedback_text": {"input": {"value": "Nice"}},
    "orch_settings_signature": {"input": {"value": "R."}},
    "orch_settings_hourly": {"input": {"value": "5"}},
}
REFUSED, WHY, OPEN = "That did not work", "Why did I get this?", "My open approvals"
# What each shortcut shows to its owner, to a colleague and to a guest, pressed on nonsense and on the owner's card.
SHOWN = {
    (ShortcutId.OPEN_APPROVALS, REP.slack_user_id): {OPEN},
    (ShortcutId.OPEN_APPROVALS, BOSS.slack_user_id): {OPEN},
    (ShortcutId.OPEN_APPROVALS, GUEST): {REFUSED},
    (ShortcutId.MESSAGE_WHY, REP.slack_user_id): {REFUSED, WHY},
    (ShortcutId.MESSAGE_WHY, BOSS.slack_user_id): {REFUSED},
    (ShortcutId.MESSAGE_WHY, GUEST): {REFUSED},
}


@dataclass
class Desk:
    """What Slack would have seen, in order."""

    front: Front
    world: World
    new_front: Callable[[], Front]
    seen: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    events: int = 0

    def noting(self, name: str) -> Callable[..., Any]:
        async def note(*_: Any, **values: Any) -> None:
            self.seen.append((name, values))

        return note

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """As a client: every Web API method is noted."""
        return self.noting(name)

    @property
    def order(self) -> list[str]:
        return [name for name, _ in self.seen]

    async def add_card(self, action: PendingAction) -> None:
        """The row of the card that ``action`` is shown on."""
        card = CardRow(
            id=f"card_{action.job_id}",
            key=f"test:{action.job_id}",
            org_id=action.org_id,
            user_id=action.user_id,
            kind="notice",
            job_id=action.job_id,
            show_at=self.front.now(),
            created_at=self.front.now(),
        )
        async with self.world.store.begin() as tx:
            assert await tx.cards.add(card)

    def said(self) -> str:
        return " ".join(str(values) for name, values in self.seen if name == "respond")

    async def call(self, handler: Callable[..., Any], user_id: str, *, value: Any = None, **values: Any) -> None:
        """With the parameters that the handler asks for by name, as Bolt does."""
        context = AsyncBoltContext({"front": self.front, "actor_key": ("T1", user_id)})
        self.events += 1
        body = {
            "actions": [{"value": value}],
            "event_id": f"Ev{self.events}",
            "message": {"blocks": [{"type": "actions", "elements": [{"action_id": "orch_card_why", "value": value}]}]},
            "state": {"values": {}},
            "trigger_id": "t",
        }
        metadata = value if isinstance(value, str) else ""
        pool: dict[str, Any] = {
            "ack": self.noting("ack"),
            "respond": self.noting("respond"),
            "client": self,
            "context": context,
            "body": body,
            "view": {"private_metadata": metadata, "state": {"values": FILLED}},
            **values,
        }
        await handler(**{name: pool[name] for name in inspect.signature(handler).parameters})


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    database = Database.open(database_url)
    world = World(database)
    await world.settle_in()
    members = Members(
        store=world.store, messenger=world.messenger, defaults=Org(id="", name="", team_id=""), clock=world.clock
    )

    def new_front() -> Front:
        return Front(
            store=world.store,
            gate=world.gate,
            members=members,
            dispatcher=world.dispatcher,
            clock=world.clock,
            engine="offline rules",
        )

    yield Desk(new_front(), world, new_front)
    await database.close()


def value_for(action_id: ActionId, action: PendingAction) -> str:
    """What the button of somebody's card would carry."""
    match action_id:
        case ActionId.CARD_FEEDBACK:
            return FeedbackRef("card_job_1", Rating.UP).encode()
        case ActionId.JOB_RETRY:
            return JobRef("job_1").encode()
        case ActionId.HOME_UNMUTE:
            return CategoryRef("meeting_debrief").encode()
        case ActionId.CARD_WHY | ActionId.CARD_LESS | ActionId.CARD_MORE:
            return CardRef("card_job_1").encode()
        case _:
            return ActionRef(action.id, version_of(action.digest)).encode()


@pytest.mark.parametrize("action_id", list(ActionId))
async def test_hitl_09_every_press_is_acknowledged_before_anything_else(desk: Desk, action_id: ActionId) -> None:
    action = await desk.world.park(task_proposal() if "tasks" in action_id else mail_proposal())
    if action_id is ActionId.REP_CONFIRM:
        action = action.model_copy(update={"id": "act_gone"})  # its own kind of action is told in the scenarios
    await desk.call(actions.LISTENERS[action_id], REP.slack_user_id, value=value_for(action_id, action))
    assert desk.order[0] == "ack"
    assert desk.order.count("ack") == 1


@pytest.mark.parametrize("action_id", list(ActionId))
async def test_hitl_11_no_button_stumbles_over_nonsense(desk: Desk, action_id: ActionId) -> None:
    for value in NONSENSE:
        await desk.call(actions.LISTENERS[action_id], REP.slack_user_id, value=value)
    assert desk.order.count("ack") == len(NONSENSE)
    assert "chat_postMessage" not in desk.order


@pytest.mark.parametrize("user_id", [GUEST, BOSS.slack_user_id])
@pytest.mark.parametrize("action_id", list(ActionId))
async def test_beyond_01_nobody_else_moves_anything_by_pressing(desk: Desk, action_id: ActionId, user_id: str) -> None:
    action = await desk.world.park(mail_proposal())
    await desk.call(actions.LISTENERS[action_id], user_id, value=value_for(action_id, action))
    assert await desk.world.action(action.id) == action
    opened = [values for name, values in desk.seen if name == "views_open"]
    assert "sarah@acme.example" not in str(opened)


@pytest.mark.parametrize(("shortcut", "user_id"), list(SHOWN))
async def test_hitl_08_every_shortcut_answers_with_a_modal_and_shows_nobody_elses(
    desk: Desk, shortcut: ShortcutId, user_id: str
) -> None:
    action = await desk.world.park(mail_proposal())
    await desk.add_card(action)
    for value in (*NONSENSE, CardRef(f"card_{action.job_id}").encode()):
        await desk.call(shortcuts.LISTENERS[shortcut], user_id, value=value)
    assert desk.order == ["ack", "views_open"] * (len(NONSENSE) + 1)
    views_shown = [values["view"] for name, values in desk.seen if name == "views_open"]
    assert {view["title"]["text"] for view in views_shown} == SHOWN[shortcut, user_id]
    tells = (shortcut, user_id) == (ShortcutId.OPEN_APPROVALS, REP.slack_user_id)
    assert ("sarah@acme.example" in str(views_shown)) is tells


@pytest.mark.parametrize("callback_id", list(CallbackId))
async def test_beyond_01_nobody_else_moves_anything_by_submitting(desk: Desk, callback_id: CallbackId) -> None:
    action = await desk.world.park(mail_proposal())
    value = ActionRef(action.id, version_of(action.digest)).encode()
    for user_id in (GUEST, BOSS.slack_user_id):
        if callback_id is not CallbackId.FEEDBACK_SUBMIT:
            await desk.call(views.LISTENERS[callback_id], user_id, value=value)
    assert await desk.world.action(action.id) == action


@pytest.mark.parametrize("callback_id", list(CallbackId))
async def test_hitl_11_no_modal_stumbles_over_a_value_of_another_version(desk: Desk, callback_id: CallbackId) -> None:
    """A modal may stay open over a deploy."""
    await desk.call(views.LISTENERS[callback_id], REP.slack_user_id, value="9:whatever")
    assert desk.order[0] == "ack"
    assert desk.order.count("ack") == 1


async def test_hitl_01_send_approves_what_is_shown(desk: Desk) -> None:
    action = await desk.world.park(mail_proposal())
    press = actions.LISTENERS[ActionId.EMAIL_SEND]
    await desk.call(press, REP.slack_user_id, value=value_for(ActionId.EMAIL_SEND, action))
    assert (await desk.world.action(action.id)).status is ActionStatus.CONFIRMED
    assert desk.said() == ""
    await desk.call(press, REP.slack_user_id, value=value_for(ActionId.EMAIL_SEND, action))
    assert "It is already approved by you" in desk.said()
    assert all(values.get("replace_original") is False for name, values in desk.seen if name == "respond")


@pytest.mark.parametrize("rating", list(Rating))
async def test_hitl_19_a_thumb_that_arrives_twice_is_one_opinion(desk: Desk, rating: Rating) -> None:
    action = await desk.world.park(mail_proposal())
    await desk.add_card(action)
    value = FeedbackRef(f"card_{action.job_id}", rating).encode()
    for _ in range(2):
        await desk.call(actions.LISTENERS[ActionId.CARD_FEEDBACK], REP.slack_user_id, value=value)
    async with desk.world.store.read() as tx:
        kept = [one.feedback_type for one in await tx.actions.feedback(action.id)]
    assert kept == [rating.value]


async def test_hitl_19_feedback_belongs_to_the_owner_of_the_card(desk: Desk) -> None:
    action = await desk.world.park(mail_proposal())
    await desk.add_card(action)
    value = FeedbackRef(f"card_{action.job_id}", Rating.DOWN).encode()
    await desk.call(actions.LISTENERS[ActionId.CARD_FEEDBACK], BOSS.slack_user_id, value=value)
    assert "Only the person this was prepared for" in desk.said()
    async with desk.world.store.read() as tx:
        assert await tx.actions.feedback(action.id) == []


async def test_hitl_19_a_question_without_a_run_can_be_rated(desk: Desk) -> None:
    """Whose meeting it was is asked before there is a run."""
    action = await desk.world.park(mail_proposal())
    asked = CardRow(
        id="card_rep_1",
        key="choose_rep:1",
        org_id=action.org_id,
        user_id=action.user_id,
        kind="choose_rep",
        subject={"action_id": action.id},
        show_at=desk.front.now(),
        created_at=desk.front.now(),
    )
    async with desk.world.store.begin() as tx:
        assert await tx.cards.add(asked)
    value = FeedbackRef(asked.id, Rating.UP).encode()
    await desk.call(actions.LISTENERS[ActionId.CARD_FEEDBACK], REP.slack_user_id, value=value)
    assert desk.order == ["ack", "views_open"]
    async with desk.world.store.read() as tx:
        assert [one.feedback_type for one in await tx.actions.feedback(action.id)] == ["thumbs_up"]


async def test_hitl_12_a_press_says_what_in_which_version_who_and_where_to_answer(desk: Desk) -> None:
    """Where the card stands is known from the tables, so nothing depends on the place of the press."""
    first, second = await desk.world.park(mail_proposal()), await desk.world.park(mail_proposal(subject="Other"))
    press = actions.LISTENERS[ActionId.EMAIL_SEND]
    await desk.call(press, REP.slack_user_id, value=ActionRef(first.id, "0" * 12).encode())
    await desk.call(press, BOSS.slack_user_id, value=value_for(ActionId.EMAIL_SEND, first))
    assert (await desk.world.action(first.id)).status is ActionStatus.PENDING
    await desk.call(press, REP.slack_user_id, value=value_for(ActionId.EMAIL_SEND, first))
    decided = await desk.world.action(first.id)
    assert (decided.status, decided.decided_by) == (ActionStatus.CONFIRMED, REP.id)
    assert await desk.world.action(second.id) == second
    answers = [values for name, values in desk.seen if name == "respond"]
    assert [values["response_type"] for values in answers] == ["ephemeral", "ephemeral"]
    assert ["changed since" in str(answers[0]), "Only the person" in str(answers[1])] == [True, True]


async def test_beyond_01_somebody_else_is_refused_where_only_they_see_it(desk: Desk) -> None:
    action = await desk.world.park(mail_proposal())
    value = value_for(ActionId.EMAIL_SEND, action)
    await desk.call(actions.LISTENERS[ActionId.EMAIL_SEND], BOSS.slack_user_id, value=value)
    assert "Only the person this was prepared for" in desk.said()
    assert [values["response_type"] for name, values in desk.seen if name == "respond"] == ["ephemeral"]


@pytest.mark.parametrize("opens", [ActionId.EMAIL_EDIT, ActionId.EMAIL_SCHEDULE])
async def test_pend_12_nothing_is_typed_into_what_could_not_be_kept(desk: Desk, opens: ActionId) -> None:
    """An outdated button and an expired offer open no modal; they say what is the matter."""
    action = await desk.world.park(mail_proposal())
    await desk.call(actions.LISTENERS[opens], REP.slack_user_id, value=ActionRef(action.id, "0" * 12).encode())
    assert "changed since" in desk.said()
    desk.world.clock.now = action.expires_at
    await desk.call(actions.LISTENERS[opens], REP.slack_user_id, value=value_for(opens, action))
    assert "expired" in desk.said()
    assert "views_open" not in desk.order


async def test_hitl_18_a_submitted_edit_is_kept_and_still_asks(desk: Desk) -> None:
    action = await desk.world.park(mail_proposal())
    value = ActionRef(action.id, version_of(action.digest)).encode()
    await desk.call(views.LISTENERS[CallbackId.EMAIL_EDIT_SUBMIT], REP.slack_user_id, value=value)
    after = await desk.world.action(action.id)
    assert (after.status, after.action_payload["subject"]) == (ActionStatus.PENDING, "S")
    assert desk.seen == [("ack", {})]


@pytest.mark.parametrize("text", ["", "help", "HELP?", "status", "brief of my last meeting", "<!channel>", "x" * 4_000])
async def test_env_15_every_word_after_the_command_gets_an_answer(desk: Desk, text: str) -> None:
    await desk.call(handle_sixty, REP.slack_user_id, command={"text": text})
    assert desk.order == ["ack", "respond"]
    assert "<!channel>" not in desk.seen[-1][1]["text"]
    assert await desk.world.events() == []


async def test_chain_07_a_retry_on_the_home_tab_is_shown_there(desk: Desk) -> None:
    """There is no response_url on the Home tab; answering through one would raise."""
    async with desk.world.database.begin() as tx:
        job = await desk.world.add_job(tx, status=JobStatus.FAILED)
    body = {"actions": [{"value": JobRef(job.id).encode()}], "view": {"type": "home"}}
    await desk.call(actions.LISTENERS[ActionId.JOB_RETRY], REP.slack_user_id, body=body)
    assert desk.order == ["ack", "views_publish"]
    assert (await desk.world.job(job.id)).status is not JobStatus.FAILED


async def test_src_05_an_event_that_slack_sends_again_is_heard_once_on_any_node(desk: Desk) -> None:
    event = {"channel_type": "im", "channel": "D1", "text": "hello", "user": "U1"}
    again = {"event_id": "Ev0SAME", "event": event}
    for _ in range(3):
        await desk.call(handle_message, REP.slack_user_id, event=event, body=again)
        # Another node: nothing is shared but the database.
        desk.front = desk.new_front()
    assert desk.order == ["chat_postEphemeral"]
    await desk.call(handle_app_home_opened, REP.slack_user_id, event={"tab": "home"}, body={"event_id": "Ev0HOME"})
    await desk.call(handle_app_home_opened, REP.slack_user_id, event={"tab": "home"}, body={"event_id": "Ev0HOME"})
    assert desk.order == ["chat_postEphemeral", "views_publish"]


async def test_src_12_an_answer_stands_where_the_question_stood(desk: Desk) -> None:
    """In the thread; and also when the event came without an id of its own."""
    event = {"channel_type": "im", "channel": "D1", "text": "hello", "user": "U1", "thread_ts": "1700.1"}
    await desk.call(handle_message, REP.slack_user_id, event=event, body={"event": event})
    await desk.call(handle_message, REP.slack_user_id, event=event | {"thread_ts": None})
    assert [values["thread_ts"] for _, values in desk.seen] == ["1700.1", None]


async def test_env_15_chat_starts_no_run(desk: Desk) -> None:
    event = {"channel_type": "im", "channel": "D1", "text": "please run meeting_ended <!here>", "user": "U1"}
    await desk.call(handle_message, REP.slack_user_id, event=event)
    assert desk.order == ["chat_postEphemeral"]
    assert "<!here>" not in desk.seen[-1][1]["text"]
    for noise in ({"bot_id": "B1"}, {"subtype": "message_changed"}, {"channel_type": "channel"}):
        await desk.call(handle_message, REP.slack_user_id, event=event | noise)
    assert len(desk.seen) == 1
    assert await desk.world.events() == []


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("hello", "I am Sixty."),
        ("Hi Sixty, what can you do?", "I am Sixty."),
        ("status", "Nothing. You are up to date."),
        ("Show me the brief of my last meeting, please!", "I have not seen a meeting of yours yet."),
        ("buy milk", "I don't know “buy milk”."),
    ],
)
async def test_a_direct_message_is_answered_as_the_command_is(desk: Desk, said: str, answered: str) -> None:
    event = {"channel_type": "im", "channel": "D1", "text": said, "user": "U1"}
    await desk.call(handle_message, REP.slack_user_id, event=event)
    assert answered in all_text(Message(text="", blocks=desk.seen[-1][1]["blocks"]))


async def test_show_them_again_is_answered_below_the_answer_that_offered_it(desk: Desk) -> None:
    value = CategoryRef("meeting_debrief").encode()
    await desk.call(actions.LISTENERS[ActionId.HOME_UNMUTE], REP.slack_user_id, value=value)
    assert "You will get these again: Meeting debriefs." in desk.said()


async def test_show_them_again_on_the_home_tab_is_shown_there(desk: Desk) -> None:
    """There is no response_url."""
    body = {"actions": [{"value": CategoryRef("meeting_debrief").encode()}], "view": {"type": "home"}}
    await desk.call(actions.LISTENERS[ActionId.HOME_UNMUTE], REP.slack_user_id, body=body)
    assert desk.order == ["ack", "views_publish"]


@pytest.mark.parametrize(
    ("user_id", "title"), [(REP.slack_user_id, "Thank you"), (BOSS.slack_user_id, "That did not work")]
)
async def test_hitl_19_whoever_sends_feedback_is_told_what_became_of_it(desk: Desk, user_id: str, title: str) -> None:
    action = await desk.world.park(mail_proposal())
    await desk.add_card(action)
    value = FeedbackRef(f"card_{action.job_id}", Rating.UP).encode()
    await desk.call(views.LISTENERS[CallbackId.FEEDBACK_SUBMIT], user_id, value=value)
    (name, answer) = desk.seen[-1]
    assert (name, answer["response_action"], answer["view"]["title"]["text"]) == ("ack", "update", title)
