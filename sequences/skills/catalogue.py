"""Every skill there is: those of a meeting, and those of a mail."""

from typing import Any

from sequences.skills.classify_call import CLASSIFY_CALL
from sequences.skills.classify_reply import CLASSIFY_REPLY
from sequences.skills.detect_intents import DETECT_INTENTS
from sequences.skills.draft_follow_up import DRAFT_FOLLOW_UP
from sequences.skills.extract_action_items import EXTRACT_ACTION_ITEMS
from sequences.skills.extract_crm_fields import EXTRACT_CRM_FIELDS
from sequences.skills.skill import Skill
from sequences.skills.suggest_next_actions import SUGGEST_NEXT_ACTIONS
from sequences.skills.summarise_meeting import SUMMARISE_MEETING
from sequences.skills.triage_mail import TRIAGE_MAIL

# In the order in which a meeting uses them.
ALL_SKILLS: tuple[Skill[Any, Any], ...] = (
    CLASSIFY_CALL,
    EXTRACT_ACTION_ITEMS,
    DETECT_INTENTS,
    SUGGEST_NEXT_ACTIONS,
    DRAFT_FOLLOW_UP,
    EXTRACT_CRM_FIELDS,
    SUMMARISE_MEETING,
)
MAIL_SKILLS: tuple[Skill[Any, Any], ...] = (TRIAGE_MAIL, CLASSIFY_REPLY)

__all__ = [
    "ALL_SKILLS",
    "CLASSIFY_CALL",
    "CLASSIFY_REPLY",
    "DETECT_INTENTS",
    "DRAFT_FOLLOW_UP",
    "EXTRACT_ACTION_ITEMS",
    "EXTRACT_CRM_FIELDS",
    "MAIL_SKILLS",
    "SUGGEST_NEXT_ACTIONS",
    "SUMMARISE_MEETING",
    "TRIAGE_MAIL",
]
