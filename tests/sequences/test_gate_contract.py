"""The safety contract as a property (BEYOND-01): whatever happens in whatever order, no mail leaves without an unused,
unexpired approval by its owner of exactly that content; and none leaves twice.

Random stories of proposals, presses by anybody on any version, edits, tampering, expiry, crashes and replays run
through the real gate on a real database; a model of a few lines says what may leave.
"""

import asyncio
import shutil
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from sequences.actions.send_email import message_id_for
from sequences.actions.spec import digest_of, version_of
from sequences.records.action import ActionStatus, PendingAction
from sequences.records.mail import Mail
from sequences.records.people import User
from storage.database import Database
from tests.sequences.fakes import Killed, busy_mail, lost_mail, refused_mail
from tests.sequences.people import BOSS, REP, STRANGER
from tests.sequences.world import World, mail_proposal

T = TypeVar("T")
PEOPLE = st.sampled_from([REP, REP, REP, REP, BOSS, STRANGER])
SELDOM = st.sampled_from([False, False, False, False, True])
SPANS = st.sampled_from([timedelta(seconds=s) for s in (1, 15, 31, 121, 121, 3_600, 13 * 3_600)])
TEMPLATE: list[Path] = []


class Contract(RuleBasedStateMachine):
    """``allowed`` holds, by action id, every content that its owner has approved and not taken back."""

    actions = Bundle("actions")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name) / "sixty.db"
        shutil.copyfile(TEMPLATE[0], path)
        self.world = World(Database.open(f"sqlite:///{path}"))
        self.do(self.world.settle_in())
        self.allowed: dict[str, dict[str, Any]] = {}
        self.broken: list[str] = []  # not raised where it happens: the gate would take it for a mailer's trouble
        self.number = 0
        self.watch()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def watch(self) -> None:
        """Judge every mail at the very moment at which it is handed over."""
        send = self.world.mailer.send

        async def judged(mail: Mail, *, sender: User, message_id: str, now: Any) -> None:
            found = [key for key in self.allowed if message_id_for(key, sender) == message_id]
            if not found:
                self.broken.append("a mail left without an approval")
            elif mail.model_dump(mode="json") != self.allowed[found[0]]:
                self.broken.append("a mail left that was not what was approved")
            if message_id in self.world.mailer.handed_over:
                self.broken.append("a mail left twice")
            await send(mail, sender=sender, message_id=message_id, now=now)

        self.world.mailer.send = judged  # type: ignore[method-assign]

    def teardown(self) -> None:
        self.do(self.world.database.close())
        self.loop.close()
        self.folder.cleanup()

    def now(self, action_id: str) -> PendingAction:
        return self.do(self.world.action(action_id))

    @initialize(knows=st.booleans())
    def provider(self, knows: bool) -> None:
        self.world.mailer.knows = knows

    @rule(target=actions)
    def propose(self) -> str:
        self.number += 1
        return self.do(self.world.park(mail_proposal(subject=f"Mail {self.number}"))).id

    @rule(action_id=actions, actor=PEOPLE, stale=SELDOM, later=st.sampled_from([None, None, None, timedelta(hours=1)]))
    def approve(self, action_id: str, actor: User, stale: bool, later: timedelta | None) -> None:
        before = self.now(action_id)
        version = "0" * 12 if stale else version_of(before.digest)
        at = self.world.clock() + later if later else None
        ruling = self.do(self.world.gate.approve(action_id, actor, version, at=at))
        may = (
            before.status is ActionStatus.PENDING
            and actor.id == before.user_id
            and not stale
            and before.expires_at > self.world.clock()
        )
        assert not ruling.ok or may, "an approval counted that must not"
        if ruling.ok:
            self.allowed[action_id] = before.action_payload

    @rule(action_id=actions, actor=PEOPLE, subject=st.sampled_from(["A", "B", "C"]), stale=SELDOM)
    def edit(self, action_id: str, actor: User, subject: str, stale: bool) -> None:
        before = self.now(action_id)
        version = "0" * 12 if stale else version_of(before.digest)
        ruling = self.do(self.world.gate.edit(action_id, actor, version, {"subject": subject}))
        assert not ruling.ok or (before.status is ActionStatus.PENDING and actor.id == before.user_id and not stale)

    @rule(action_id=actions, actor=PEOPLE)
    def cancel(self, action_id: str, actor: User) -> None:
        ruling = self.do(self.world.gate.cancel(action_id, actor, version_of(self.now(action_id).digest)))
        assert not ruling.ok or actor.id == REP.id
        if ruling.ok:
            self.allowed.pop(action_id, None)

    @rule(action_id=actions, fully=st.booleans())
    def tamper(self, action_id: str, fully: bool) -> None:
        """Something writes other content into the row, behind the gate's back."""
        before = self.now(action_id)
        payload = before.action_payload | {"to": ["mallory@evil.example"]}
        changes: dict[str, Any] = {"action_payload": payload}
        if fully:
            changes["digest"] = digest_of(before.action_type, payload)

        async def write() -> None:
            async with self.world.database.begin() as tx:
                await tx.actions.change(action_id, expected=before.status, expected_digest=before.digest, **changes)

        if before.status is not ActionStatus.PENDING:  # before an approval it is simply what is shown
            self.do(write())

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self.world.clock.advance(span)

    @rule(action_id=actions)
    def replay(self, action_id: str) -> None:
        """A wake that came late, twice, or for nothing."""
        self.do(self.world.gate.execute(action_id))

    @rule(
        error=st.sampled_from([None, None, "before", "after", "after", "busy", "lost", "refused"]),
        dies_after=st.sampled_from([None, None, None, 1, 2, 3]),
        wait=st.sampled_from([timedelta(seconds=31), timedelta(seconds=121)]),
    )
    def work(self, error: str | None, dies_after: int | None, wait: timedelta) -> None:
        """Everything due is done by a process that may die at any moment."""
        self.world.clock.advance(wait)
        mailer, store = self.world.mailer, self.world.store
        made = {"before": Killed(), "busy": busy_mail(), "lost": lost_mail(), "refused": refused_mail()}
        mailer.errors = [made[error]] if error in made else []
        mailer.die_after = error == "after"
        store.commits, store.dies_after = 0, dies_after
        self.do(self.world.work_until_killed())
        mailer.errors, mailer.die_after, store.dies_after = [], False, None

    @rule(target=actions)
    def approve_and_wait(self) -> Any:
        """The common case, so that stories reach deep."""
        action_id = self.propose()
        self.approve(action_id, REP, stale=False, later=None)
        return multiple(action_id)

    @rule()
    def another_process_works(self) -> None:
        """And lives."""
        self.world.clock.advance(timedelta(seconds=121))
        self.do(self.world.work())

    @invariant()
    def the_contract_holds(self) -> None:
        assert self.broken == []


def test_beyond_01_no_story_gets_a_mail_out_without_its_approval(
    sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.TEMPLATE", [sqlite_template])
    run_state_machine_as_test(
        Contract,
        settings=settings(
            max_examples=30,
            stateful_step_count=40,
            deadline=None,
            phases=(Phase.generate,),  # each story is a database of its own: shrinking one takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
