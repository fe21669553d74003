"""The embedded CRM.

``email`` is lower case and ``name_key`` is the name folded for comparing (``storage.crm.fold``), both made in
Python: what SQL calls lower case differs between the two databases.
"""

from sqlalchemy import Column, Date, Index, Table

from storage.tables.base import (
    METADATA,
    amount,
    document,
    identity,
    moment,
    number,
    organization,
    partial_index,
    reference,
    words,
)

companies = Table(
    "companies",
    METADATA,
    identity(),
    organization(),
    words("name"),
    words("name_key"),
    words("domain", nullable=True),
    words("industry", nullable=True),
    number("employees", nullable=True),
    words("current_tool", nullable=True),
)
Index(None, companies.c.org_id, companies.c.name_key)
Index(None, companies.c.org_id, companies.c.domain, unique=True)

contacts = Table(
    "contacts",
    METADATA,
    identity(),
    organization(),
    words("name"),
    words("name_key"),
    words("email", nullable=True),
    words("title", nullable=True),
    words("phone", nullable=True),
    words("timezone", nullable=True),
    reference("company_id", "companies.id", nullable=True),
)
Index(None, contacts.c.org_id, contacts.c.name_key)
Index(None, contacts.c.org_id, contacts.c.email, unique=True)
Index(None, contacts.c.company_id)

deals = Table(
    "deals",
    METADATA,
    identity(),
    organization(),
    words("name"),
    words("name_key"),
    reference("company_id", "companies.id", nullable=True),
    reference("owner_user_id", "users.id", nullable=True),
    words("stage"),
    amount("amount", nullable=True),
    words("currency"),
    Column("close_on", Date),
    words("budget", nullable=True),
    words("timeline", nullable=True),
    words("decision_process", nullable=True),
    words("competitors", nullable=True),
    words("next_step", nullable=True),
    words("pain", nullable=True),
)
OPEN = "stage NOT IN ('won', 'lost')"
Index(None, deals.c.company_id)
Index(None, deals.c.org_id, deals.c.name_key)
partial_index("ix_deals_open", deals.c.org_id, where=OPEN)

activities = Table(
    "activities",
    METADATA,
    identity(),
    organization(),
    words("kind"),
    words("summary"),
    moment("at"),
    reference("contact_id", "contacts.id", nullable=True),
    reference("company_id", "companies.id", nullable=True),
    reference("deal_id", "deals.id", nullable=True),
)
Index(None, activities.c.contact_id, activities.c.at)
Index(None, activities.c.company_id, activities.c.at)
Index(None, activities.c.deal_id, activities.c.at)
# What passed between people; a note or a task about somebody is no sign of life from them.
EXCHANGED = "kind IN ('meeting', 'email', 'call')"
partial_index("ix_activities_exchanged", activities.c.contact_id, activities.c.at, where=EXCHANGED)

tasks = Table(
    "tasks",
    METADATA,
    identity(),
    organization(),
    words("title"),
    reference("owner_user_id", "users.id"),
    Column("due_on", Date),
    reference("deal_id", "deals.id", nullable=True),
    reference("contact_id", "contacts.id", nullable=True),
    moment("done_at", nullable=True),
)
Index(None, tasks.c.contact_id)
Index(None, tasks.c.deal_id)
UNDONE = "done_at IS NULL"
partial_index("ix_tasks_undone", tasks.c.owner_user_id, where=UNDONE)
partial_index("ix_tasks_next", tasks.c.deal_id, tasks.c.due_on, where=UNDONE)

notes = Table(
    "notes",
    METADATA,
    identity(),
    organization(),
    words("body"),
    reference("author_user_id", "users.id", nullable=True),
    reference("contact_id", "contacts.id", nullable=True),
    reference("company_id", "companies.id", nullable=True),
    reference("deal_id", "deals.id", nullable=True),
    moment("at"),
)
Index(None, notes.c.deal_id, notes.c.at)
Index(None, notes.c.contact_id, notes.c.at)

emails = Table(
    "emails",
    METADATA,
    identity(),
    organization(),
    reference("user_id", "users.id", nullable=True),
    words("message_id"),  # the Message-ID header
    words("direction"),  # in | out
    words("sender"),
    document("recipients"),
    words("subject"),
    words("body"),
    reference("contact_id", "contacts.id", nullable=True),
    reference("deal_id", "deals.id", nullable=True),
    moment("at"),
)
Index(None, emails.c.org_id, emails.c.message_id, unique=True)
Index(None, emails.c.contact_id, emails.c.at)

crm_effects = Table(
    "crm_effects",
    METADATA,
    words("effect_key", primary_key=True),
    organization(primary_key=True),
    words("result"),
)
