"""A prospect's yes to something that we asked them to do: "Could you send me the floor plan?" "Sure."."""

import re
from collections.abc import Iterator

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.matching import Found

_ASKED = re.compile(
    r"\b(?:can|could|would|will) you (?:\w+ ){0,2}?(?:send|share|e ?mail|forward|get (?:me|us|back)|check|ask|find out|confirm|let (?:me|us) know|introduce|"
    r"put (?:me|us) in touch|connect|fill|sign|return|upload|look into|provide|dig|pull|arrange|set up|drop|text|shoot|ping)\b|"
    r"\b(?:would you mind|do you mind|mind) (?:sending|sharing|forwarding|checking|asking|confirming|introducing|filling)\b"
)
_YES = re.compile(
    r"^(?:(?:yes|sure|of course|absolutely|certainly|ok|no problem|will do|definitely|happy to|gladly|no worries|sure thing|course|fine|great|right|not a problem|"
    r"you bet|consider it done|on it|can do|for sure|all right|that is (?:fine|no problem)|i (?:will|can)(?: do (?:that|it|so))?|leave it with me|"
    r"today|tomorrow|tonight|now|this (?:afternoon|morning|week|evening)|by \w+|on \w+|first thing|straight after|after this|right away|get that (?:to you|over)|"
    r"i will (?:get|send|find|check|ask|forward|email) (?:you )?(?:it|that|them|those|him|her|out|one)(?: over| across| to you| for you)?)\b ?)+$"
)
_CLEAR = re.compile(
    r"\b(?:will do|sure|of course|absolutely|certainly|no problem|definitely|happy to|gladly|i will|can do|consider|on it|yes)\b"
)
_LONGEST = 14  # words


def detect_errand(spoken: Spoken) -> Iterator[Found]:
    """Only a plain yes in the first sentence, right after our request."""
    before = spoken.before
    if spoken.side is not Side.PROSPECT or before is None or before.side is not Side.REP or spoken.is_joke:
        return
    if not spoken.sentences or not before.sentences or not _ASKED.search(before.sentences[-1].plain):
        return
    answer = spoken.sentences[0]
    if len(answer.words) <= _LONGEST and _YES.match(answer.plain) and _CLEAR.search(answer.plain):
        yield Found(IntentKind.PROSPECT_FOLLOWUP, answer, 0, len(answer.words) - 1, 0.86)
