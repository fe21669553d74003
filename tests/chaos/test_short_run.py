"""The fault suite in short: a few points of a fixed seed, of every family on every database."""

from chaos.points import only, plan
from chaos.report import Report, told
from chaos.run import settings_of, try_points

SEED = 60
POINTS = 15


async def test_beyond_07_nothing_is_lost_and_nothing_doubled_whatever_strikes() -> None:
    report = await try_points(plan(SEED, POINTS), SEED, is_quiet=True)
    assert_clean(report)
    assert len(report.judged) >= POINTS * 2 // 3, "too many points struck nothing"


async def test_beyond_07_nor_where_work_travels_over_a_queue_and_slack_calls_over_http() -> None:
    points = only(plan(SEED, POINTS), "kill.postgres.1,sigterm.postgres,hostile.postgres")
    assert len(points) == 3
    report = await try_points(points, SEED, is_quiet=True, settings=settings_of("procrastinate", "http"))
    assert_clean(report)
    assert len(report.judged) >= 2, "too many points struck nothing"


def assert_clean(report: Report) -> None:
    bad = [told(result) for result in report.results if result.verdict is None or not result.verdict.is_clean]
    assert bad == [], "\n".join(bad)
    assert report.is_clean
