"""Meetings that nobody wants processed without being asked: personnel, law, health, private life (BEYOND-10).

Looked at before any model is called. A sales conversation may well be about hospitals or contracts, so one word is
never enough: what counts is talk about particular people or cases, several times over, or one unmistakable sentence.
"""

import re

from sequences.records.meeting import Transcript

_LONGEST_TURN = 40_000  # characters that are looked at

_UNMISTAKABLE: dict[str, re.Pattern[str]] = {
    "a personnel matter": re.compile(
        r"\b(?:performance improvement plan|disciplinary (?:hearing|meeting|action|procedure)|grievance (?:hearing"
        r"|meeting|procedure)|"
        r"(?:terminat\w+|end(?:ing)?) (?:your|his|her|their) employment|(?:we(?:'re| are) (?:letting (?:you|him|"
        r"her) go|making your (?:role|position) redundant))|"
        r"your (?:severance|redundancy) (?:package|pay)|exit interview|sexual harassment (?:complaint|allegation|"
        r"claim)|your (?:annual )?performance (?:review|rating))\b",
        re.IGNORECASE,
    ),
    "legal advice": re.compile(
        r"\b(?:attorney[- ]client privilege[d]?|legally privileged|privileged and confidential|without prejudice|"
        r"(?:as|i am|i'm) your (?:lawyer|attorney|solicitor|counsel)|"
        r"settlement (?:offer|talks) (?:with|from|in) (?:the )?(?:plaintiff|claimant|lawsuit)|the (?:plaintiff|"
        r"deposition|subpoena))\b",
        re.IGNORECASE,
    ),
    "somebody's health": re.compile(
        r"\b(?:(?:your|his|her|my) (?:biopsy|test results|diagnosis|chemotherapy|prescription|therapist|"
        r"psychiatrist|medication|blood pressure|pregnancy|miscarriage|antidepressants?)|"
        r"(?:i was|i've been|she was|he was|you(?:'ve| have) been) diagnosed with|suicidal|"
        r"(?:how long have you had|where does it hurt|any allergies to))\b",
        re.IGNORECASE,
    ),
    "private life": re.compile(
        r"\b(?:(?:my|our|your) divorce|custody (?:hearing|battle|of the (?:kids|children))|(?:my|your) (?:marriage"
        r"|affair)|domestic (?:violence|abuse)|"
        r"funeral arrangements|rehab for|(?:my|your) (?:addiction|bankruptcy))\b",
        re.IGNORECASE,
    ),
}
_TITLE = re.compile(
    r"\b(?:performance review|disciplinary|grievance|1:1|one[- ]on[- ]one|termination|exit interview|"
    r"legal advice|privileged|"
    r"medical|therapy|doctor|counsell?ing|hr (?:meeting|investigation)|salary review|compensation review|"
    r"interview with)\b",
    re.IGNORECASE,
)
_ENOUGH = 2  # different turns, or one with a title that says the same


def sensitivity(transcript: Transcript) -> str | None:
    """What the meeting seems to be about, as a noun phrase ("a personnel matter"), or ``None``."""
    is_titled = bool(transcript.title and _TITLE.search(transcript.title))
    for reason, pattern in _UNMISTAKABLE.items():
        turns = sum(1 for turn in transcript.turns if pattern.search(turn.text[:_LONGEST_TURN]))
        if turns >= _ENOUGH or (turns and is_titled):
            return reason
    return None
