"""Why there are so few times, in a sentence."""

from collections import Counter

from sequences.records.scheduling import Refused, TimesFound

WORDS = {
    Refused.TOO_SOON: "too soon",
    Refused.AFTER_HOURS: "running past working hours",
    Refused.QUIET_HOURS: "in quiet hours",
    Refused.OUT_OF_OFFICE: "out of office",
    Refused.ALL_DAY: "on a day that is taken",
    Refused.BUSY: "busy",
    Refused.BUFFER: "too close to another meeting",
    Refused.UNKNOWN: "in a calendar that could not be read",
    Refused.OUTSIDE_THEIR_HOURS: "outside the other side's business hours",
}


def explain(found: TimesFound) -> str:
    """What stood in the way, the most frequent first, for people."""
    if not found.refused:
        return "There are no working hours in these days." if not found.slots else "Every time in these days is free."
    counts = Counter(refusal.reason for refusal in found.refused)
    told = sorted(counts, key=lambda reason: (-counts[reason], list(Refused).index(reason)))
    reasons = ", ".join(f"{counts[reason]} {WORDS[reason]}" for reason in told)
    total = len(found.refused)
    return f"{total} possible {'start is' if total == 1 else 'starts are'} not free: {reasons}."
