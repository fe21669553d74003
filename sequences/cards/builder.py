"""Which card a row stands for, and when it wants to be shown again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sequences.actions.choose_rep import RepChoice
from sequences.cards.debrief import build_debrief
from sequences.cards.decision import decision_of
from sequences.cards.digest import build_digest
from sequences.cards.failure import build_failure
from sequences.cards.sensitive import build_sensitive
from sequences.holding import DIGEST
from sequences.ports.store import CardRow, Transaction
from sequences.records.card import Card, ChooseRepCard, DebriefCard, Explanation, NoticeCard
from sequences.records.job import Job
from sequences.records.people import User

COUNTDOWN_STEP = 5  # seconds between two showings of a running undo window


@dataclass(frozen=True, kw_only=True)
class Built:
    """``again_at`` asks for one more showing, for a countdown."""

    card: Card
    again_at: datetime | None = None


async def build_card(tx: Transaction, row: CardRow, owner: User, now: datetime) -> Built | None:
    """None when what the card was about is gone; its row is then left as it is."""
    if row.kind == "choose_rep":
        return await _choose_rep(tx, row, owner)
    if row.kind == DIGEST:
        return await _digest(tx, row, owner, now)
    if row.job_id is None:
        return Built(card=NoticeCard.model_validate(row.subject))
    job = await tx.jobs.get(row.job_id)
    if job is None:
        return None
    if row.kind == "notice":
        return Built(card=await build_failure(tx, job))
    return await _after_meeting(tx, job, owner, now)


async def _after_meeting(tx: Transaction, job: Job, owner: User, now: datetime) -> Built | None:
    question = await build_sensitive(tx, job, owner)
    if question:
        return Built(card=question)
    card = await build_debrief(tx, job, owner, now)
    return Built(card=card, again_at=_next_tick(card, now)) if card else None


def _next_tick(card: DebriefCard, now: datetime) -> datetime | None:
    left = card.mail.undo_seconds if card.mail else None
    if not left:
        return None
    return now + timedelta(seconds=min(COUNTDOWN_STEP, left))


async def _digest(tx: Transaction, row: CardRow, owner: User, now: datetime) -> Built | None:
    async def draw(member: CardRow) -> Card | None:
        built = await build_card(tx, member, owner, now)
        return built.card if built else None

    digest = await build_digest(tx, row, owner, draw, now)
    return Built(card=digest) if digest else None


async def _choose_rep(tx: Transaction, row: CardRow, owner: User) -> Built | None:
    action = await tx.actions.get(row.subject["action_id"])
    if action is None:
        return None
    choice = RepChoice.model_validate(action.action_payload)
    names = {user.id: user.name for user in await tx.people.users(row.org_id)}
    return Built(
        card=ChooseRepCard(
            decision=decision_of(action, slack_user_id=owner.slack_user_id),
            title=choice.title,
            started_at=datetime.fromisoformat(choice.started_at),
            timezone=owner.timezone,
            options=tuple((user_id, names.get(user_id, "somebody who left")) for user_id in choice.options),
            chosen=names.get(choice.chosen) if choice.chosen else None,
            explanation=Explanation(
                event=f"The meeting “{choice.title}” ended, several of you were there and none of you organised it.",
                engine="no model was asked",
            ),
        )
    )
