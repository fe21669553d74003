"""The fault suite in short: a few points of a fixed seed, of every family on every database."""

from chaos.points import plan
from chaos.report import told
from chaos.run import try_points

SEED = 60
POINTS = 15


async def test_beyond_07_nothing_is_lost_and_nothing_doubled_whatever_strikes() -> None:
    report = await try_points(plan(SEED, POINTS), SEED, is_quiet=True)
    bad = [told(result) for result in report.results if result.verdict is None or not result.verdict.is_clean]
    assert bad == [], "\n".join(bad)
    assert report.is_clean
    assert len(report.judged) >= POINTS * 2 // 3, "too many points struck nothing"
