"""The clock moves: jumps, both clock changes of the year, and sleep so long that somebody else took over the work."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chaos.faults.kill import set_trap
from chaos.faults.stop import LONGEST_STOP_S
from chaos.house import AFTER_A_KILL, House, free_port, request_url
from chaos.line import Trap
from chaos.lives import Life
from chaos.tending import NoQuietError, Tending
from chaos.trial import Deed, Trial

# One second before clocks change where most of the reps live.
SPRING = datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC)
AUTUMN = datetime(2027, 10, 31, 0, 59, 59, tzinfo=UTC)
KINDS = ("asleep at a call", "forward", "back", "asleep at a mail", "spring", "autumn", "asleep")
WITHOUT_THE_SLEEPER_S = 6.0  # it may hold what the other one needs; then it has to wake up first
TRIES = 200
# Not before a call is heard: what is on its way to Slack when its sender falls asleep still arrives, after the other
# one's, and Slack knows no key that would tell them apart. docs/reliability.md says so.
CALLS = ("transcript answered", "chat.postMessage answered", "chat.update answered")
MAILS = ("mail from", "mail data", "mail text", "mail taken")


async def inflict(trial: Trial) -> Deed:
    kind = KINDS[(trial.point.number - 1) % len(KINDS)]
    if kind.startswith("asleep"):
        return await _sleep(trial, kind)
    draw, house = trial.draw(), trial.house
    if kind in ("spring", "autumn"):
        target = SPRING if kind == "spring" else AUTUMN
        house.move_clock(target - house.now())
        await trial.begin()
        await trial.rest()
        return Deed(fault="over a clock change", what=kind)
    share = draw.uniform(0, 0.9)
    by = timedelta(minutes=draw.randint(30, 90)) * (1 if kind == "forward" else -1)
    await trial.until_share(share)
    has_struck = await trial.is_running()
    house.move_clock(by)
    await trial.rest()
    minutes = by.total_seconds() / 60
    return Deed(
        fault=f"the clock jumps {kind}", what=f"{minutes:+.0f} minutes, {share:.0%} into the run", has_struck=has_struck
    )


async def _sleep(trial: Trial, kind: str) -> Deed:
    """SIGSTOP, another process takes over, and then the sleeper wakes up and goes on where it was."""
    house, sleeper = trial.house, trial.house.life
    assert sleeper is not None  # noqa: S101  # a house has a life between its points
    what, trap = await _fall_asleep(trial, sleeper, kind)
    async with _replaced(house):
        with contextlib.suppress(NoQuietError):
            await Tending(house, trial.reps).to_the_end(WITHOUT_THE_SLEEPER_S)
        sleeper.signal(signal.SIGCONT)
        if trap and trap.hold:
            trap.hold.set()
        await trial.rest()
        # It finishes what it has in hand before it goes: by then it has tried to write whatever it wanted to.
        sleeper.signal(signal.SIGTERM)
        async with asyncio.timeout(LONGEST_STOP_S):
            await sleeper.ended
        await trial.rest()
    house.calls.trap = house.mail.trap = None
    return Deed(fault="asleep for longer than its leases", what=what, has_struck=trap is None or trap.sprung.is_set())


async def _fall_asleep(trial: Trial, sleeper: Life, kind: str) -> tuple[str, Trap | None]:
    draw, house = trial.draw(), trial.house
    if kind == "asleep":
        share = draw.uniform(0, 0.9)
        await trial.until_share(share)
        sleeper.signal(signal.SIGSTOP)
        return f"{share:.0%} into the run", None
    is_mail = kind == "asleep at a mail"
    moment = draw.choice(MAILS if is_mail else CALLS)
    trap = set_trap(trial, house.mail if is_mail else house.calls, moment, 1, signal.SIGSTOP)
    trap.hold = asyncio.Event()
    await trial.begin()
    for _ in range(TRIES):
        if trap.sprung.is_set():
            break
        await trial.after(0.05)
    sleeper.signal(signal.SIGSTOP)
    return moment, trap


@contextlib.asynccontextmanager
async def _replaced(house: House) -> AsyncIterator[None]:
    """Another process serves the house, at another port and some time later; the house as it was after that."""
    before, bot = house.home, house.workspace.meeting_bot
    target, port = bot.target, free_port()
    app = house.workspace.app
    calls_go_to = app.request_url
    house.home = replace(before, settings={**before.settings, "sixty_http_port": port})
    bot.target = f"http://127.0.0.1:{port}/webhooks/meetingbaas"
    if not house.has_sockets:
        app.request_url = request_url(port)
    house.pass_time(AFTER_A_KILL)
    try:
        await house.begin_life()
        yield
    finally:
        await house.end_life()
        house.home, bot.target, app.request_url = before, target, calls_go_to
        await house.begin_life()
