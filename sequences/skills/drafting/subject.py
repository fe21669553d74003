"""What a follow-up mail is about: the thing that was promised or asked for, in the words in which it was spoken of."""

import re
from collections.abc import Iterator

from sequences.records.insight import ActionItem, IntentKind
from sequences.records.meeting import Side
from sequences.skills.extract_action_items import is_withdrawn
from sequences.skills.rules.endings import rounded_off
from sequences.skills.rules.offered import offered_thing, wished_thing
from sequences.skills.skill import MeetingFindings

_LONGEST = 45  # characters of a topic
_SHORTEST = 4
_OBJECT = re.compile(
    r"^(?:send|share|email|mail|forward|prepare|put together|draft|draw up|write|write up|build|create|provide|upload|finalize|compile|"
    r"rework|redo|revise|include|print out|do|get|have|bring|type up|work up)(?: over| up| out)?(?: [A-Z][a-z]+(?: [A-Z][a-z]+)?| them| you)?(?: over)? "
    r"(?:the|a|an|our|some|that|your|their) (?P<topic>[\w'&/-]+(?: [\w'&/-]+){0,9})",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s+(?:and (?:send|share|email|get|put|have|ping|mail|i|we)\b.*|to (?:you|them|the|be|[A-Z]\w+)\b.*|over\b.*|with\b.*|so\b.*|"
    r"that\b.*|which\b.*|in it\b.*|in a\b.*|in writing\b.*|from\b.*|after\b.*|before\b.*|by\b.*|together\b.*|across\b.*|ready\b.*|on (?:paper|the|it|a)\b.*|off\b.*|"
    r"at\b.*|as\b.*|when\b.*|if\b.*|not\b.*|no\b.*|both\b.*|for (?:you|them|that|it|[A-Z]\w+)\b.*|out\b.*|now\b.*|per\b.*|(?:we|you|they|I|he|she)(?:'\w+)?\b.*)$"
)
_NO_TOPIC = re.compile(
    r"^(?:it|contact|invit\w*|e?mail|calendar|word|yarn|look|line|bell|call|shout|ring|list for|one|ones|lot|bit|thing|stuff|text|message|link|both|"
    r"formal one|underwriter|boss|name|number|time|day|way|cut|move|chance|go)\b|\b(?:ones?|itself|paragraph)$",
    re.IGNORECASE,
)
_STARTED = re.compile(
    r"^(?=(?:wee|quick|short|little|proper|clean|fresh|whole|full|new|actual|nice|simple|entire|complete) )",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:a|an|the|our|your|two|some) (?:(?:wee|quick|short|little|proper|clean|fresh|whole|full|new|actual|nice|simple|entire|complete) )*",
    re.IGNORECASE,
)


def topics(findings: MeetingFindings) -> Iterator[str]:
    """Without article, the most telling first: offers, other things of ours, what they asked for, things of theirs."""
    ours = [item for item in findings.action_items.items if item.owner_side is Side.REP]
    offered = {item.turn for item in findings.intents.items if item.kind is IntentKind.SEND_PROPOSAL}
    for item in ours:
        thing = offered_thing(item.quote) if item.turn in offered else None
        yield from _bare(thing or "")
    yield from (topic for item in ours for topic in _topic(item))
    turns = findings.material.transcript.turns
    for intent in findings.intents.items:
        is_wish = intent.kind is IntentKind.SEND_CONTENT
        thing = wished_thing(turns[intent.turn].text, intent.quote) if is_wish else None
        if thing and not is_withdrawn(findings.material, intent.turn, thing):
            yield from _bare(thing)


def _topic(item: ActionItem) -> Iterator[str]:
    match = _OBJECT.match(item.text)
    yield from _bare(match["topic"] if match else "")


def _bare(thing: str) -> Iterator[str]:
    topic = rounded_off(_END.sub("", _ARTICLE.sub("", _STARTED.sub("the ", thing))).strip(" ,."))
    topic = topic.split(" and ")[0] if len(topic) > _LONGEST else topic
    if _SHORTEST <= len(topic) <= _LONGEST and not _NO_TOPIC.search(topic):
        yield topic
