"""Who held the floor, for how long, and who took it from whom."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from sequences.records.coaching import Basis, Interruption, Monologue, TalkShare
from sequences.records.meeting import Side, Turn

_SLOWEST_WORDS_PER_S = 1.3  # where a turn has no end, a silence after it is not counted as talk
_NOISE_WORDS = 3  # "yes", "right, okay": hearing, not taking the floor
_OVERLAP_S = 0.5  # less is how people ordinarily take turns, or how recorders round

Sides = dict[str, Side]


def talk_share(turns: Sequence[Turn], sides: Sides) -> TalkShare | None:
    """None when neither side said anything."""
    ours, theirs = _of_side(turns, sides, Side.REP), _of_side(turns, sides, Side.PROSPECT)
    for basis in Basis:
        sizes = _sizes(turns, basis)
        if sizes is None:
            continue
        rep, prospect = (sum(sizes[at] for at in positions) for positions in (ours, theirs))
        if rep + prospect > 0:
            share = rep / (rep + prospect)
            return TalkShare(
                basis=basis,
                rep=share,
                prospect=1 - share,
                rep_turns=tuple(turns[at].index for at in ours),
                prospect_turns=tuple(turns[at].index for at in theirs),
            )
    return None


def longest_monologue(turns: Sequence[Turn], sides: Sides) -> Monologue | None:
    """Of our side: by time where every turn has one, else by words. None when our side said nothing."""
    sizes = _sizes(turns, Basis.TIME) or _sizes(turns, Basis.WORDS) or []
    runs = [run for run in _runs(turns) if sides.get(turns[run[0]].speaker) is Side.REP]
    if not runs:
        return None
    longest = max(runs, key=lambda run: sum(sizes[at] for at in run))
    first, last = turns[longest[0]], longest[-1]
    timed = _sizes(turns, Basis.TIME)
    start = first.start_s
    length = None
    if timed is not None and start is not None:
        length = max(0.0, (turns[last].start_s or start) + timed[last] - start)
    return Monologue(
        speaker=first.speaker,
        turns=tuple(turns[at].index for at in longest),
        words=sum(word_count(turns[at]) for at in longest),
        start_s=start,
        length_s=length,
    )


def interruptions(turns: Sequence[Turn], sides: Sides) -> tuple[Interruption, ...] | None:
    """None when the file does not say when turns end."""
    if not any(turn.start_s is not None and turn.end_s is not None for turn in turns):
        return None
    found = (_interruption(before, turn, sides) for before, turn in pairwise(turns))
    return tuple(item for item in found if item)


def word_count(turn: Turn) -> int:
    return len(turn.text.split())


def is_noise(turn: Turn) -> bool:
    """Whether it only says that somebody listens."""
    return word_count(turn) <= _NOISE_WORDS and "?" not in turn.text


def _interruption(before: Turn, turn: Turn, sides: Sides) -> Interruption | None:
    if before.end_s is None or turn.start_s is None or before.speaker == turn.speaker or is_noise(turn):
        return None
    overlap = min(before.end_s, turn.end_s or before.end_s) - max(turn.start_s, before.start_s or 0)
    if overlap < _OVERLAP_S or turn.start_s < (before.start_s or 0):
        return None
    side = sides.get(turn.speaker, Side.UNKNOWN)
    return Interruption(turn=turn.index, interrupted_turn=before.index, side=side, overlap_s=round(overlap, 2))


def _of_side(turns: Sequence[Turn], sides: Sides, side: Side) -> list[int]:
    return [at for at, turn in enumerate(turns) if sides.get(turn.speaker) is side]


def _runs(turns: Sequence[Turn]) -> Iterable[list[int]]:
    """Positions of turns in which one speaker goes on; the noises of others neither end nor lengthen it."""
    run: list[int] = []
    for at, turn in enumerate(turns):
        if run and turn.speaker == turns[run[0]].speaker:
            run.append(at)
        elif not run or not is_noise(turn):
            if run:
                yield run
            run = [at]
    if run:
        yield run


def _sizes(turns: Sequence[Turn], basis: Basis) -> list[float] | None:
    """Seconds or words of each turn; None when some turn has no time."""
    if basis is Basis.WORDS:
        return [float(word_count(turn)) for turn in turns]
    if any(turn.start_s is None for turn in turns):
        return None
    following = [*(turn.start_s for turn in turns), None][1:]
    return [_seconds(turn, after) for turn, after in zip(turns, following, strict=True)]


def _seconds(turn: Turn, next_start: float | None) -> float:
    start = turn.start_s or 0.0
    if turn.end_s is not None:
        return max(0.0, turn.end_s - start)
    slowest = word_count(turn) / _SLOWEST_WORDS_PER_S
    return slowest if next_start is None else min(slowest, max(0.0, next_start - start))
