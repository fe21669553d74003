"""What exactly is offered: "the revised quote for eleven shops"."""

import re

_OFFER = (
    r"(?:proposals?|quotes?|quotations?|estimates?|offers?|order forms?|bids?|tenders?|pricing|prices|statement of work|"
    r"commercials|cost breakdown)"
)
_THING = re.compile(
    rf"\b(?:a|an|the|our|your|one|that|two)\s+(?:[\w'\u2019-]+\s+){{0,4}}?{_OFFER}\b"
    r"(?:\s+(?:for|with|on)\s+(?:the\s+|both\s+|all\s+)?[\w'\u2019-]+(?:\s+(?!by\b|on\b|before\b|and\b|this\b|next\b|tomorrow\b|today\b|tonight\b|"
    r"ready\b|as\b|in\b|so\b|to\b|over\b|if\b|that\b)[\w'\u2019-]+){0,3})?",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"\b(?:you|i|we|he|she|they|ready|day|friday|monday|tuesday|wednesday|thursday|send|have|get|together)\b", re.IGNORECASE
)


def offered_thing(text: str) -> str | None:
    """The first offer named, with its article; "your" becomes "the" because it is ours until it is sent."""
    for match in _THING.finditer(text):
        thing = " ".join(match[0].split())
        if not _NO_THING.search(thing):
            return re.sub(r"^(?:your|our|that|one) ", "the ", thing, flags=re.IGNORECASE)
    return None
