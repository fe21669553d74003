"""kill -9: after any statement, around any commit, and at any moment of any call to the outside."""

import random
import signal

from chaos.line import Line, Trap
from chaos.orders import Death, Place
from chaos.tending import Tending
from chaos.trial import Deed, Trial

LONGEST_COMMIT_US = 1_500
# Each moment of each effect. Cards are updated several times in a run, so the moment may be that of a later update.
CALLS = tuple(
    f"{call} {moment}"
    for call in ("transcript", "chat.postMessage", "chat.update")
    for moment in ("asked", "answered", "told")
)
MAILS = ("mail from", "mail to", "mail data", "mail text", "mail taken", "mail told")
KINDS = (*Place, "call", "mail")
SHARES = (25, 15, 10, 20, 20, 15)  # of the kinds above


async def inflict(trial: Trial) -> Deed:
    """In one of four, the app is killed again while it recovers; in one of four, the webhook comes twice."""
    draw, house = trial.draw(), trial.house
    kind = draw.choices(KINDS, SHARES)[0]
    again = _second_death(draw) if draw.random() < 0.25 else None
    comes_twice = draw.random() < 0.25
    deaths = len(house.endings)
    deed = _set(trial, kind, draw)
    sent = await house.end_meeting(trial.rep.meeting)
    if comes_twice:
        await house.workspace.meeting_bot.deliver(sent)
    await trial.rest(Tending(house, trial.reps, next_orders={"death": again}))
    has_struck = await _clear(trial, deaths)
    notes = [deed.what, *(["and again while recovering"] if again else []), *(["webhook twice"] if comes_twice else [])]
    return Deed(fault=deed.fault, what=", ".join(notes), has_struck=has_struck)


def _set(trial: Trial, kind: str, draw: random.Random) -> Deed:
    house = trial.house
    if kind in ("call", "mail"):
        moment = draw.choice(CALLS if kind == "call" else MAILS)
        nth = draw.randint(1, 2) if moment.startswith("chat.update") else 1
        line = house.calls if kind == "call" else house.mail
        set_trap(trial, line, moment, nth, signal.SIGKILL)
        where = "a call to Slack or for a transcript" if kind == "call" else "the hand-over of a mail"
        return Deed(fault=f"kill -9 inside {where}", what=f"{moment} ({nth})")
    place = Place(kind)
    counts = trial.quiet.counts
    most = counts.statements if place is Place.AFTER_STATEMENT else counts.commits
    death = Death(place=place, nth=draw.randint(1, most), delay_us=draw.randint(0, LONGEST_COMMIT_US))
    house.orders.give(death=death)
    return Deed(fault=f"kill -9 {place}", what=f"the {death.nth}. of about {most}")


def set_trap(trial: Trial, line: Line, moment: str, nth: int, number: signal.Signals) -> Trap:
    """The present life gets a signal when the talk on ``line`` comes to ``moment``."""
    life = trial.house.life

    def spring() -> None:
        if life is not None:
            life.signal(number)

    line.trap = Trap(moment, nth, spring)
    return line.trap


def _second_death(draw: random.Random) -> Death:
    """Recovering writes less than a run: the first few commits are likely to come."""
    place = draw.choice((Place.AFTER_STATEMENT, Place.BEFORE_COMMIT, Place.AFTER_COMMIT))
    return Death(place=place, nth=draw.randint(1, 8))


async def _clear(trial: Trial, deaths: int) -> bool:
    """Take back what did not come to be. Whether somebody died."""
    house = trial.house
    house.calls.trap = house.mail.trap = None
    house.orders.give(death=None)
    if house.life and house.life.is_over:  # the last commit of the run was its moment
        await house.keep_alive()
        await trial.rest()
    return len(house.endings) > deaths
