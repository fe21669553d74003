"""The suite sees what really went wrong: after a real meeting, the ledgers themselves are doctored, one at a time."""

import contextlib
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from decimal import Decimal
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from chaos.house import House, Plan, open_house
from chaos.judge import is_worth_comparing, judge
from chaos.lives import open_nursery
from chaos.meetings import meeting_named
from chaos.rep import Rep
from chaos.tending import Tending
from chaos.traces import card_id_of, messages_of
from storage import tables

MEETING = meeting_named("one", 0)


@contextlib.asynccontextmanager
async def quiet_house(folder: Path) -> AsyncIterator[House]:
    """After one meeting without trouble."""
    plan = Plan(database_url=f"sqlite+aiosqlite:///{folder / 'sixty.db'}", folder=folder)
    async with open_nursery() as nursery, open_house(nursery, plan, [MEETING]) as house:
        await house.end_meeting(MEETING)
        await Tending(house, [Rep(house, MEETING)]).to_the_end()
        yield house


async def lose_the_mail(house: House) -> None:
    house.workspace.mail.mails.pop()


async def double_the_mail(house: House) -> None:
    mails = house.workspace.mail.mails
    mails.append(dataclasses.replace(mails[0], id="M9999"))


async def lose_a_task(house: House) -> None:
    async with house.tables.connection() as connection:
        task = (await connection.execute(select(tables.tasks.c.id))).scalars().first()
        await connection.execute(delete(tables.tasks).where(tables.tasks.c.id == task))
        await connection.commit()


async def double_an_activity(house: House) -> None:
    async with house.tables.connection() as connection:
        row = (await connection.execute(select(tables.activities))).one()
        copied = {column.key: row._mapping[column] for column in tables.activities.c}
        await connection.execute(insert(tables.activities).values({**copied, "id": "activity_again"}))
        await connection.commit()


async def lose_the_card(house: House) -> None:
    card = next(message for message in messages_of(house.workspace) if card_id_of(message))
    del house.workspace.state.messages[card.channel_id][card.ts]


async def double_the_card(house: House) -> None:
    card = next(message for message in messages_of(house.workspace) if card_id_of(message))
    house.workspace.state.messages[card.channel_id]["1.000001"] = dataclasses.replace(card, ts="1.000001")


async def lose_the_trail(house: House) -> None:
    history = tables.agent_action_history
    async with house.tables.connection() as connection:
        await connection.execute(delete(history).where(history.c.what == "approved"))
        await connection.commit()


async def leave_the_run_unfinished(house: House) -> None:
    jobs = tables.sequence_jobs
    async with house.tables.connection() as connection:
        await connection.execute(update(jobs).values(status="in_progress", reserved_usd=Decimal(1)))
        await connection.commit()


async def let_a_stranger_decide(house: House) -> None:
    async with house.tables.connection() as connection:
        await connection.execute(update(tables.pending_agent_actions).values(decided_by="user_stranger"))
        await connection.commit()


Doctor = Callable[[House], Awaitable[None]]
# What is done to the ledgers, and what the judgement must say; each comes on top of those before.
DOCTORS: tuple[tuple[Doctor, str, str], ...] = (
    (lose_the_mail, "lost", "missing: mail"),
    (lose_a_task, "lost", "missing: tasks: "),
    (lose_the_trail, "lost", "missing: trail of send_email: approved"),
    (let_a_stranger_decide, "lost", "missing: send_email decided by its owner"),
    (double_an_activity, "doubled", "too many: activities: email"),
    (double_the_card, "doubled", "too many: card in Slack"),
    (leave_the_run_unfinished, "lost", "instead: budget held"),
)


async def test_beyond_07_doctored_ledgers_are_found_out_one_by_one(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        expected = await house.traces(MEETING)
        assert is_worth_comparing(expected)
        known = judge(expected, expected)
        assert known.is_clean
        for doctor, where, line in DOCTORS:
            await doctor(house)
            verdict = judge(await house.traces(MEETING), expected)
            assert any(said.startswith(line) for said in getattr(verdict, where)), doctor.__name__
            assert not any(said.startswith(line) for said in getattr(known, where)), doctor.__name__
            known = verdict


async def test_beyond_07_a_second_mail_and_a_vanished_card_are_found_out(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        expected = await house.traces(MEETING)
        await double_the_mail(house)
        assert judge(await house.traces(MEETING), expected).doubled == ("too many: mail",)
        await lose_the_card(house)
        assert "missing: card in Slack" in judge(await house.traces(MEETING), expected).lost
