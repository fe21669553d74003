"""Digests: what a rep finds in the morning, and what is left of it later."""

from datetime import UTC, datetime, timedelta

from sequences.records.card import DigestCard, DigestItem, Explanation, ItemState

ARRIVED_AT = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
_WHY = Explanation(
    event="These came in your quiet hours, or when your limit of cards an hour was used up.",
    engine="no model was asked",
)


def digest_cards() -> dict[str, DigestCard]:
    def card(*items: DigestItem, shown: int = 0, undrawn: int = 0) -> DigestCard:
        return DigestCard(
            title=f"{len(items) + shown + undrawn} things waited for you since 18:00",
            since=ARRIVED_AT - timedelta(hours=14),
            arrived_at=ARRIVED_AT,
            timezone="Europe/London",
            items=items,
            shown=shown,
            undrawn=undrawn,
            explanation=_WHY,
        )

    debrief = DigestItem(card_id="card_acme", kind="meeting_debrief", title="Acme Corp: pilot follow-up", decisions=3)
    notice = DigestItem(card_id="card_stop", kind="notice", title="I had to stop after “TechFlow demo”")
    asked = DigestItem(
        card_id="card_rep",
        kind="choose_rep",
        title="Pipeline review",
        state=ItemState.CLOSED,
        why_closed="the offer has expired",
    )
    gone = DigestItem(
        card_id="card_gone",
        kind="meeting_debrief",
        title="",
        state=ItemState.CLOSED,
        why_closed="what it was about is gone",
        can_be_shown=False,
    )
    flood = tuple(
        DigestItem(card_id=f"card_{n}", kind="meeting_debrief", title=f"Meeting {n} {'of many ' * 20}", decisions=3)
        for n in range(60)
    )
    lapsed = tuple(asked.model_copy(update={"card_id": f"card_old{n}"}) for n in range(20))
    return {
        "morning": card(debrief, notice, asked),
        "worked_through": card(gone, shown=2),
        "flood": card(*flood, *lapsed, undrawn=100),
    }
