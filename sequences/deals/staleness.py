"""Which deals have gone quiet (STALE-02). The last activity comes from the activities alone (STALE-04, CTX-11)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sequences.records.crm import Stage
from sequences.records.pipeline import DealActivity, StaleDeal

# Days without activity from which on an open deal is stale; a pipeline that moves faster passes its own.
STALE_AFTER_DAYS: Mapping[Stage, int] = {
    Stage.NEW: 14,
    Stage.QUALIFIED: 14,
    Stage.DEMO: 14,
    Stage.PROPOSAL: 14,
    Stage.NEGOTIATION: 14,
}


def stale_deals(
    deals: Iterable[DealActivity], now: datetime, thresholds: Mapping[Stage, int] = STALE_AFTER_DAYS
) -> list[StaleDeal]:
    """The longest quiet first, those of which nothing was ever recorded last. A stage without a threshold is done."""
    stale = [found for found in (_if_stale(deal, now, thresholds) for deal in deals) if found]
    return sorted(stale, key=lambda found: (found.days_quiet is None, -(found.days_quiet or 0), found.deal.name))


def _if_stale(deal: DealActivity, now: datetime, thresholds: Mapping[Stage, int]) -> StaleDeal | None:
    threshold = thresholds.get(deal.stage)
    if threshold is None:
        return None
    days = (now - deal.last_activity_at).days if deal.last_activity_at else None
    if days is not None and days < threshold:
        return None
    return StaleDeal(deal=deal, days_quiet=days, threshold_days=threshold)
