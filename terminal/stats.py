"""``sixty stats``: what became of the runs of the last days (OBS-03), for a person or as JSON."""

from datetime import datetime, timedelta

from config import Settings
from scheduler.clock import utc_now
from sequences.records.figures import RunFigures, Tally
from storage.database import Database
from storage.metrics import StoredFigures
from storage.schema import require_schema
from terminal.printing import say

RANGES = (7, 30, 90)
BAR = 30  # characters of the busiest day
DAY = timedelta(days=1)


async def handle_stats(settings: Settings, *, days: int, as_json: bool) -> None:
    """``days`` back from now. DatabaseError when the tables are missing or old."""
    store = Database.open(settings.sixty_database_url)
    now = utc_now()
    try:
        await require_schema(store)
        figures = await StoredFigures(store).runs(since=now - days * DAY, until=now)
    finally:
        await store.close()
    say(figures.model_dump_json(indent=2) if as_json else "\n".join(told(figures, days, now)))


def told(figures: RunFigures, days: int, now: datetime) -> list[str]:
    """Line by line."""
    rate, average = figures.success_rate, figures.avg_duration_ms
    return [
        f"The last {days} days, until {now:%Y-%m-%d %H:%M} UTC",
        "",
        f"  runs            {figures.total_sequences}",
        f"  success rate    {'none yet' if rate is None else f'{rate:.1%}'}",
        f"  from start to end, pauses included: {'none yet' if average is None else _span(average)} on average",
        f"  models cost     ${figures.ai_cost_usd:.2f}",
        f"  stuck           {', '.join(figures.stuck_jobs) or 'none'}",
        *_counted("By sequence", figures.by_sequence),
        *_counted("By source", figures.by_source),
        *_counted("By status", figures.by_status),
        *_days(figures),
        *_tallies("Slowest steps", figures.top_steps),
        *_tallies("Skills by use", figures.top_skills),
        *_errors(figures),
    ]


def _span(milliseconds: int) -> str:
    return f"{milliseconds} ms" if milliseconds < 1000 else str(timedelta(seconds=round(milliseconds / 1000)))


def _counted(title: str, counts: dict[str, int]) -> list[str]:
    return ["", title, *(f"  {count:>7}  {name}" for name, count in counts.items())] if counts else []


def _days(figures: RunFigures) -> list[str]:
    if not figures.daily_counts:
        return []
    most = max(day.total for day in figures.daily_counts)
    return [
        "",
        "By day (UTC): runs, completed, failed",
        *(
            f"  {day.on}  {day.total:>6} {day.completed:>6} {day.failed:>6}  {'▇' * max(1, day.total * BAR // most)}"
            for day in figures.daily_counts
        ),
    ]


def _tallies(title: str, tallies: tuple[Tally, ...]) -> list[str]:
    if not tallies:
        return []
    rows = (f"  {_span(tally.avg_ms):>10}  {tally.count:>6} {tally.failed:>6}  {tally.name}" for tally in tallies)
    return ["", f"{title}: average, count, failed", *rows]


def _errors(figures: RunFigures) -> list[str]:
    if not figures.error_summary:
        return []
    rows = (f"  {item.count:>5}  {item.sequence}: {item.error}" for item in figures.error_summary)
    return ["", "Errors that ended runs", *rows]
