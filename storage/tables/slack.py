"""What Slack shows: cards, the ledger of notifications, and what people have muted."""

from sqlalchemy import Index, Table

from storage.tables.base import (
    METADATA,
    document,
    identity,
    moment,
    number,
    organization,
    partial_index,
    reference,
    words,
)

# The conditions of partial indexes, which queries repeat.
UNSHOWN = "rev > shown_rev"
IN_DIGEST = "digest_id IS NOT NULL"

cards = Table(
    "cards",
    METADATA,
    identity(),
    words("key", unique=True),
    organization(),
    reference("user_id", "users.id"),
    words("kind"),
    reference("job_id", "sequence_jobs.id", nullable=True),
    document("subject"),
    words("channel_id", nullable=True),
    words("message_ts", nullable=True),
    number("rev"),
    number("shown_rev"),
    number("attempts"),
    moment("show_at"),
    moment("lease_until", nullable=True),
    moment("held_since", nullable=True),
    moment("open_until", nullable=True),
    words("digest_id", nullable=True),  # the card that tells of this one in its place
    moment("asked_at", nullable=True),
    moment("created_at"),
)
partial_index("ix_cards_unshown", cards.c.org_id, cards.c.show_at, cards.c.id, where=UNSHOWN)
partial_index("ix_cards_unshown_of_user", cards.c.user_id, cards.c.created_at, cards.c.id, where=UNSHOWN)
partial_index("ix_cards_in_digest", cards.c.digest_id, cards.c.created_at, cards.c.id, where=IN_DIGEST)

slack_notifications_sent = Table(
    "slack_notifications_sent",
    METADATA,
    identity(),
    organization(),
    reference("user_id", "users.id"),
    words("category"),
    words("card_id", nullable=True),
    moment("at"),
)
Index(None, slack_notifications_sent.c.user_id, slack_notifications_sent.c.at)

slack_mutes = Table(
    "slack_mutes",
    METADATA,
    reference("user_id", "users.id", primary_key=True),
    words("category", primary_key=True),
    moment("muted_at"),
)
