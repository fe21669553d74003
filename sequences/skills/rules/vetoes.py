"""What rules out a kind of intent whichever rule heard it: routine work, other people's markets, habits."""

import re

from sequences.records.insight import IntentKind
from sequences.skills.rules.matching import Found

_OWN_THINGS = r"(?:tool|system|app|software|database|solution|platform|version|thing|one|script|portal|model|dashboard|bot|api|crm|in house)"

_VETOES: dict[IntentKind, re.Pattern[str]] = {
    IntentKind.MULTI_STAKEHOLDER: re.compile(
        r"\b(?:timesheets?|expenses?|each (?:chart|order|invoice|shift|job|ticket|visit|delivery)|every (?:chart|order|invoice|shift|job|ticket|"
        r"visit|delivery|week|morning|day|month)|(?:nobody|no one) (?:else )?(?:needs|has|have|must|wants)|without (?:having|needing) to ask|"
        r"see the (?:sun\w*|game|match|film|view|sea)|"
        r"(?:see|use|read|get) the (?:reports?|dashboards?|numbers|data) (?:every|each|on|in))\b"
    ),
    IntentKind.COMPETITIVE: re.compile(
        r"\b(?:set aside|same time (?:next|on|tomorrow)|the last (?:tool|system)|(?:came|joined|hired|poached|moved|worked|works) (?:\w+ )?(?:from|for|at) (?:a|our|another|the) "
        r"(?:\w+ )?competitors?|(?:have|deal with|work with) (?:about |around |over |some )*(?:\d+|a hundred|two hundred|dozens of|hundreds of|a lot of|many) suppliers|"
        r"other companies (?:our|like|in our|of our)|(?:lost|lose|losing|loses) (?:\S+ ){0,5}?to (?:a|an|our|another|the) (?:\w+ )?(?:rival|competitor|competition)s?|"
        rf"(?:built|made|make|grow|grew|bake) our own (?!{_OWN_THINGS})|(?:went|gone|go) with (?:the )?(?:blue|red|green|white|black|gr[ae]y|oak|wood|"
        r"flow|option|smaller|bigger|larger|first|second|monday|friday))\b"
    ),
    IntentKind.BUYING_NEGATIVE: re.compile(
        r"\b(?:(?:gym|staff|employee|student|member|loyalty|senior|our) discounts?|i get a discount|(?:we|they) (?:offer|give|gave|offered) (?:\S+ ){0,4}?"
        r"discounts?|our (?:own )?prices are|(?:we|they) charge (?:our|them|customers|clients))\b"
    ),
    IntentKind.BUYING_POSITIVE: re.compile(
        r"\b(?:not in the budget|not (?:been )?approved|take it (?:upstairs|to|away|from|back|with|up|over|off|slow)|the budget (?:meeting|holder|owner|season)|"
        r"years ago|(?:want|need|like) (?:this|it) (?:\w+ )?(?:sorted|there|in|live|done|installed|running|up|working|finished)|a fair bit)\b"
    ),
    IntentKind.TIMELINE: re.compile(
        r"\b(?:(?:i|we|he|she|they) (?:was|were) at (?:a|the|this) |(?:mon|tues|wednes|thurs|fri|satur|sun)days|(?:open|close|start|finish|shut) at (?:\w+ )?(?:on|every|in the)|let you know (?:after|by|before|on))\b"
    ),
    IntentKind.SCHEDULE_MEETING: re.compile(r"\bcome back to (?:you|that|this|it|me|us)\b"),
    IntentKind.SEND_PROPOSAL: re.compile(
        r"\b(?:will|would|can|could|do|did|shall) not (?:\w+ )?(?:send|put|get|give|do|quote|write|draft|prepare|issue|have)\b"
    ),
    IntentKind.SEND_CONTENT: re.compile(
        r"\b(?:i|we) (?:will|am going to|are going to|can|could|would) (?:\S+ ){1,6}?and (?:send|e ?mail|share|forward) (?:it|them|that|those|you)\b|"
        r"\bsame time (?:next|on|tomorrow)\b|\bto see the (?:reports?|dashboards?|numbers|data) (?:every|each|on|in)\b"
    ),
}


def is_vetoed(found: Found) -> bool:
    """Whether the sentence holds something that its kind never comes with."""
    veto = _VETOES.get(found.kind)
    return veto is not None and bool(veto.search(found.sentence.plain))
