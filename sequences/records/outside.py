"""What is fetched from outside while a run is under way (CTX-06)."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from sequences.records.base import Record
from sequences.records.crm import CustomerPicture
from sequences.records.people import Org, User


class SourceName(StrEnum):
    """The sources of tier 3. Stored with the jobs, so a name is never given to something else."""

    APOLLO = "apollo"  # enrichment of contacts and companies
    LINKEDIN = "linkedin"
    NEWS = "news"  # about a company
    PROPOSAL_TEMPLATE = "template"
    CAMPAIGN_METRICS = "campaign"


class Question(Record):
    """What a source is told: for whom the run is, whom it is about, and what raised it."""

    org: Org
    user: User
    customer: CustomerPicture = CustomerPicture()
    payload: dict[str, Any] = Field(default_factory=dict)  # of the event
