"""Meetings and what was said in them."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.records.meeting import Meeting, Transcript
from storage.rows import Shape, insert_into, insert_new
from storage.tables import meetings, transcripts

MEETING = Shape(Meeting, meetings)
TRANSCRIPT = Shape(Transcript, transcripts)
col = meetings.c


class StoredMeetings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, meeting: Meeting, transcript: Transcript) -> str:
        unique = ("org_id", "source", "external_id")
        if await insert_new(self._connection, meetings, MEETING.values(meeting), unique=unique):
            values = TRANSCRIPT.values(transcript) | {"meeting_id": meeting.id}
            await self._connection.execute(insert_into(transcripts), values)
            return meeting.id
        known = select(col.id).where(
            col.org_id == meeting.org_id, col.source == meeting.source, col.external_id == meeting.external_id
        )
        return str((await self._connection.execute(known)).scalar_one())

    async def get(self, meeting_id: str) -> Meeting | None:
        rows = await self._connection.execute(MEETING.select().where(col.id == meeting_id))
        return MEETING.read_one(rows.first())

    async def transcript(self, meeting_id: str) -> Transcript | None:
        statement = TRANSCRIPT.select().where(transcripts.c.meeting_id == meeting_id)
        return TRANSCRIPT.read_one((await self._connection.execute(statement)).first())

    async def set_rep(self, meeting_id: str, user_id: str) -> None:
        await self._connection.execute(update(meetings).where(col.id == meeting_id).values(rep_user_id=user_id))

    async def latest_for(self, user_id: str) -> Meeting | None:
        statement = (
            MEETING.select().where(col.rep_user_id == user_id).order_by(col.started_at.desc(), col.id.desc()).limit(1)
        )
        return MEETING.read_one((await self._connection.execute(statement)).first())
