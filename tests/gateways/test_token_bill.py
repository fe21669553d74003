"""The bill of a whole run with the product's own prompts, as the benchmark counts it."""

import pytest

from bench.tokens import AT_MOST_PERCENT, bill_of


@pytest.mark.parametrize("minutes", [20, 60])
async def test_a_meeting_is_billed_at_most_two_fifths_of_what_each_skill_by_itself_would_cost(minutes: int) -> None:
    billed = await bill_of(minutes)
    assert billed.alone > billed.shared > 0
    assert billed.percent <= AT_MOST_PERCENT


async def test_a_very_short_meeting_has_nothing_to_share() -> None:
    """Below what the provider caches at all, both ways cost the same."""
    assert (await bill_of(5)).percent == pytest.approx(100, abs=1)  # the mark itself has a few characters
