"""Cards for others than the rep, made when the rep's own card is ready. Each person is told once."""

from datetime import datetime

from sequences.policy.recipients import also_told, wants_manager
from sequences.ports.store import CardRow, Transaction
from sequences.records.card import Card, DebriefCard, Explanation, NoticeCard
from sequences.records.people import User

KIND = "notice"


async def tell_others(tx: Transaction, row: CardRow, card: Card, owner: User, now: datetime) -> None:
    """Their card is theirs: it keeps to their quiet hours, their limit and their "Less of this"."""
    if not isinstance(card, DebriefCard) or owner.manager_id is None:
        return
    reader = also_told(card.intents, owner, await tx.people.user(owner.manager_id))
    if reader is None or await tx.notifications.is_muted(reader.id, KIND):
        return
    await tx.cards.add(
        CardRow(
            id=f"{row.id}_manager",
            key=f"signal:{row.key}:{reader.id}",
            org_id=reader.org_id,
            user_id=reader.id,
            kind=KIND,
            subject=_signal(card, owner).model_dump(mode="json"),
            show_at=now,
            created_at=now,
        )
    )


def _signal(card: DebriefCard, owner: User) -> NoticeCard:
    signals = wants_manager(card.intents)
    quotes = " ".join(f"{signal.speaker_name}: “{signal.quote}”" for signal in signals[:3])
    whom = f" with {card.company}" if card.company else ""
    return NoticeCard(
        title=f"A concern about price or budget in {owner.name}'s meeting",
        text=f"“{card.title}”{whom}. {quotes}",
        next_step=f"{owner.name} has the whole debrief.",
        explanation=Explanation(
            event=f"A meeting of {owner.name}, whom you lead, ended with a sign against buying.",
            engine=card.explanation.engine,
            evidence=tuple(f"“{signal.quote}” ({signal.speaker_name})" for signal in signals),
        ),
    )
