"""Meetings and their transcripts, kept apart so that listing meetings never reads what was said."""

from sqlalchemy import Index, Table, UniqueConstraint

from storage.tables.base import METADATA, document, identity, moment, organization, reference, words

meetings = Table(
    "meetings",
    METADATA,
    identity(),
    organization(),
    words("title"),
    moment("started_at"),
    moment("ended_at", nullable=True),
    words("source"),
    words("external_id"),
    document("participants"),
    reference("rep_user_id", "users.id", nullable=True),
    UniqueConstraint("org_id", "source", "external_id"),
)
Index(None, meetings.c.rep_user_id, meetings.c.started_at)

transcripts = Table(
    "transcripts",
    METADATA,
    reference("meeting_id", "meetings.id", primary_key=True),
    words("source_format"),
    words("title", nullable=True),
    moment("started_at", nullable=True),
    document("participants"),
    document("turns"),
)
