"""What was said before a promise, in which its "it" and its "him" may have been named."""

from collections.abc import Iterator

from sequences.records.meeting import Side
from sequences.skills.rules.commitments import Commitment
from sequences.skills.rules.offered import Heard
from sequences.skills.rules.sentences import is_question

_ANSWERS_WITHIN = 3  # turns before a promise in which its thing may have been asked for
_SPOKEN_OF_WITHIN = 4  # turns before a promise in which "him" may have been named


def heard_before(commitment: Commitment) -> Iterator[Heard]:
    """Where "it" may have its name from: the same turn up to the promise, and what it answers, the last words first.

    What was said before the question that it answers is something else.
    """
    spoken, start = commitment.spoken, commitment.sentence.words[commitment.verb].start
    same = [one for one in spoken.sentences if one.start < start]
    yield from (
        Heard(spoken.turn.text[one.start : min(one.end, start)], spoken.side, True, True) for one in reversed(same)
    )
    before = spoken.before
    for _ in range(_ANSWERS_WITHIN):
        if before is None:
            return
        for sentence in reversed(before.sentences):
            yield Heard(sentence.text, before.side, before.side is spoken.side)
            if sentence.has_question_mark or is_question(sentence):
                return
        before = before.before


def spoken_of(commitment: Commitment) -> Iterator[tuple[str, Side]]:
    """The words before a promise in which somebody may have been named, with who said them."""
    spoken = commitment.spoken
    yield spoken.turn.text[: commitment.sentence.words[commitment.verb].start], spoken.side
    before = spoken.before
    for _ in range(_SPOKEN_OF_WITHIN):
        if before is None:
            return
        yield before.turn.text, before.side
        before = before.before
