"""A made-up conversation of any length, the same every time, with something to find in it now and then."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle

from sequences.records.meeting import Participant, Transcript, Turn

REP, PROSPECT = "Robin Hale", "Petra Lindqvist"
SECONDS_PER_WORD = 0.4  # 150 words a minute

_SMALL_TALK = (
    "Let me walk you through how the counts move from the shop floor into the weekly plan.",
    "We count every second Thursday, and the warehouse sends a file that somebody types in again.",
    "That is close to what the other regional teams told us when we looked at their week.",
    "The part that hurts is the reconciliation, because nobody trusts the number after a delivery.",
    "So the first screen shows you what arrived, what was sold, and what does not add up.",
    "Right, and who looks at that on a Monday morning, is it the store or the head office?",
    "Mostly the store managers, and then it lands with me when two of them disagree.",
    "Understood. How many people would work with it in the first month, roughly?",
    "Eleven or twelve, if you include the two who help out in the warehouse before the holidays.",
    "Good. The import takes about an hour for a catalogue of that size, and you can repeat it.",
)
_FINDINGS = (
    "I'll send you a written proposal for the four stores by Tuesday.",
    "Could you send me the security questionnaire that you mentioned?",
    "Tomas, our finance director, has to agree before anything is signed.",
    "We are also looking at a cheaper tool that our sister company uses.",
    "We want to be live before the first of March, that is fixed.",
    "Shall we put half an hour in on Thursday with the two of you?",
)


def lines(minutes: float) -> Iterator[tuple[str, str, float, float]]:
    """Speaker, text, start and end in seconds."""
    at, small, findings, number = 0.0, cycle(_SMALL_TALK), cycle(_FINDINGS), 0
    while at < minutes * 60:
        text = next(findings) if number % 12 == 11 else next(small)
        end = at + len(text.split()) * SECONDS_PER_WORD
        yield (REP, PROSPECT)[number % 2], text, at, end
        at, number = end + 0.3, number + 1


def as_transcript(minutes: float) -> Transcript:
    turns = tuple(
        Turn(index=index, speaker=speaker, text=text, start_s=start, end_s=end)
        for index, (speaker, text, start, end) in enumerate(lines(minutes))
    )
    return Transcript(
        turns=turns,
        participants=(Participant(name=REP), Participant(name=PROSPECT, email="petra@example.com")),
        title="A conversation",
        started_at=datetime(2026, 11, 18, 9, 30, tzinfo=UTC),
        source_format="webvtt",
    )


def as_webvtt(minutes: float) -> str:
    cues = (f"{_clock(start)} --> {_clock(end)}\n<v {speaker}>{text}" for speaker, text, start, end in lines(minutes))
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
