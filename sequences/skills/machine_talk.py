"""Words that are meant for a machine that listens, and not for anybody in the room. They commit nobody and ask nobody.

A transcript is data, whatever it says; the offline rules obey nothing anyway. Here it is about what such words would
look like among the findings: "send the price list to …" reads like a customer's request.
"""

import re

_MACHINE = (
    r"(?:ai(?: (?:assistant|model|agent|bot|note-?taker))?|assistant|language model|llm|chat-?bot|note-?taker|"
    r"summari[sz]er)"
)
_HAILED = (
    r"(?:dear |hey |hi |hello |attention,? |note to (?:the |any )?|message (?:to|for) (?:the |any )?)?(?:the )?"
    rf"{_MACHINE}\s?[,:\u2013\u2014-]\s?"
)
_ORDER = (
    r"(?:please |you |as |now |ignore|do|send|e-?mail|add|set|mark|write|create|delete|forward|update|include|output|"
    r"reply|when)"
)
_TO_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.?!]{0,40}"
    r"\b(?:your|previous|prior|above|earlier|preceding|all)\b[^.?!]{0,20}"
    r"\b(?:instructions?|prompts?|guidelines|directives|programming|system message)\b"
    r"|</?\s*(?:system|assistant|user|transcript|instructions?|prompt|tool|function|admin)\b[^>]{0,40}>"
    r"|<\|[a-z_]{2,20}\|>|\[/?(?:INST|SYSTEM|ASSISTANT)\]"
    r"|(?:^|\n)\W*(?:system|developer|assistant|admin)\s*(?:prompt|message|note|override|instructions?)?\s*:"
    r"|(?:^|\n)\s*#{2,}\s*(?:system|instructions?|prompt)\b"
    rf"|\b(?:as|you are|you're) an? {_MACHINE},? (?:and )?(?:you|i|must|will|should|that)\b"
    rf"|(?:^|[.!?]\s+){_HAILED}{_ORDER}"
    r"|\b(?:reveal|print|repeat|show|output) (?:\w+ )?your (?:system )?(?:prompt|instructions)\b"
    r"|\b(?:developer|jailbreak|god) mode\b"
    r"|^\s*[\[{].{0,200}\"(?:intents?|action_items|crm_updates|kind|role|tool|function|turn)\"\s*:"
    r"|\bset (?:the )?\w+\.(?:stage|amount|owner)\b",
    re.IGNORECASE | re.DOTALL,
)
_LOOKED_AT = 4_000  # characters of a turn


def is_for_machines(text: str) -> bool:
    return bool(_TO_MACHINE.search(text[:_LOOKED_AT]))
