"""Fourteen days without anything make a deal stale, counted in whole days."""

from datetime import UTC, datetime, timedelta

import pytest

from sequences.deals.staleness import STALE_AFTER_DAYS, stale_deals
from sequences.records.crm import Stage
from sequences.records.pipeline import DealActivity

NOW = datetime(2026, 3, 20, 8, tzinfo=UTC)
OPEN_STAGES = [stage for stage in Stage if stage not in (Stage.WON, Stage.LOST)]


def deal(name: str, quiet: timedelta | None, stage: Stage = Stage.DEMO) -> DealActivity:
    return DealActivity(deal_id=name, name=name, stage=stage, last_activity_at=None if quiet is None else NOW - quiet)


@pytest.mark.parametrize(
    ("quiet", "days"),
    [
        (timedelta(days=13, hours=23, minutes=59), None),
        (timedelta(days=14), 14),
        (timedelta(days=14, hours=23), 14),
        (timedelta(days=15), 15),
        (timedelta(0), None),
    ],
)
def test_stale_02_fourteen_days_or_more_without_activity(quiet: timedelta, days: int | None) -> None:
    found = stale_deals([deal("a", quiet)], NOW)
    assert [stale.days_quiet for stale in found] == ([] if days is None else [days])


@pytest.mark.parametrize("stage", OPEN_STAGES)
def test_stale_02_every_open_stage_has_a_threshold(stage: Stage) -> None:
    (found,) = stale_deals([deal("a", timedelta(days=30), stage)], NOW)
    assert found.threshold_days == STALE_AFTER_DAYS[stage]


def test_stale_02_what_is_won_or_lost_is_never_stale() -> None:
    assert stale_deals([deal("a", timedelta(days=99), Stage.WON), deal("b", None, Stage.LOST)], NOW) == []


def test_stale_03_the_longest_quiet_comes_first_and_the_unknown_last() -> None:
    deals = [deal("never", None), deal("b", timedelta(days=20)), deal("a", timedelta(days=40))]
    found = stale_deals([*deals, deal("c", timedelta(days=20))], NOW)
    assert [(stale.deal.name, stale.days_quiet) for stale in found] == [
        ("a", 40),
        ("b", 20),
        ("c", 20),
        ("never", None),
    ]


def test_stale_02_a_stage_may_have_a_threshold_of_its_own() -> None:
    deals = [deal("slow", timedelta(days=8), Stage.NEW), deal("fast", timedelta(days=8), Stage.NEGOTIATION)]
    found = stale_deals(deals, NOW, {Stage.NEW: 14, Stage.NEGOTIATION: 7})
    assert [(stale.deal.name, stale.threshold_days) for stale in found] == [("fast", 7)]
