"""What a turn most likely means: the words of its sentences and what was said around, weighed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sequences.records.insight import Intent, IntentKind
from sequences.records.meeting import Side
from sequences.skills.odds.features import Heard, Part, features_of
from sequences.skills.odds.weights import chance, is_enough, log_odds, of_turn
from sequences.skills.rules.plainly import promises_the_offer, says_plainly
from sequences.skills.rules.refusals import is_refused

# The kinds that either side, or only ours, can mean; all others are theirs alone.
_BOTH = {IntentKind.SCHEDULE_MEETING}
_OURS = {IntentKind.SEND_PROPOSAL, *_BOTH}

LEAST_LISTED = 0.71  # what is listed says so by its confidence, which must be above 0.7 (INTENT-05)
MOST = 0.97
_JUST_SAID = 2  # sentences
OF_PLAIN_WORDS = 0.9
_UNSAID = frozenset(("CONDITION", "QUOTED"))  # flags of a sentence that nobody says of today and of themselves


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sentence of a turn that speaks most for a kind; ``odds`` are the turn's log odds before calibration."""

    kind: IntentKind
    place: int
    odds: float
    is_plain: bool = False

    @property
    def sure(self) -> float:
        """Of plain words the odds may know less than everybody does."""
        weighed = chance(self.kind, self.odds)
        return max(weighed, OF_PLAIN_WORDS) if self.is_plain else weighed


def weigh(conversation: Sequence[Heard]) -> Iterator[Intent]:
    """Turn by turn; nothing of a joke."""
    for at, heard in enumerate(conversation):
        for weighed in () if heard.spoken.is_joke else most_telling(conversation, at):
            if is_enough(weighed.kind, weighed.sure):
                yield _intent(heard, weighed)


def most_telling(conversation: Sequence[Heard], at: int) -> Iterator[Weighed]:
    """Of each kind that this side can mean, unless every sentence says that it is not meant."""
    heard = conversation[at]
    sentences = list(zip(heard.parts, features_of(conversation, at), strict=True))
    for kind in IntentKind:
        if can_mean(heard.spoken.side, kind):
            odds = {
                place: log_odds(features, kind)
                for place, (part, features) in enumerate(sentences)
                if not is_refused(kind, part.sentence.plain)
            }
            if odds:
                plain = next((place for place in odds if _is_plain(kind, heard, heard.parts[place])), None)
                place = max(odds, key=odds.__getitem__) if plain is None else plain
                yield Weighed(kind, place, of_turn(odds.values()), plain is not None)


def _is_plain(kind: IntentKind, heard: Heard, part: Part) -> bool:
    if _UNSAID.intersection(part.flags) or (part.asks and kind not in _BOTH):  # a time is proposed by asking
        return False
    plain = part.sentence.plain
    return says_plainly(kind, plain) or (
        kind is IntentKind.SEND_PROPOSAL and any(promises_the_offer(plain, asked) for asked in _asked_of(heard))
    )


def _asked_of(heard: Heard) -> Iterator[str]:
    """What the prospect had just said, in plain words."""
    before = heard.spoken.before
    if before is not None and before.side is Side.PROSPECT:
        yield from (sentence.plain for sentence in before.sentences[-_JUST_SAID:])


def can_mean(side: Side, kind: IntentKind) -> bool:
    """Whoever may be on either side can mean only what either side can."""
    if side is Side.UNKNOWN:
        return kind in _BOTH
    return kind in _OURS if side is Side.REP else kind in _BOTH or kind not in _OURS


def _intent(heard: Heard, weighed: Weighed) -> Intent:
    turn = heard.spoken.turn
    return Intent(
        kind=weighed.kind,
        speaker=heard.spoken.side,
        speaker_name=turn.speaker,
        quote=heard.parts[weighed.place].sentence.text,
        turn=turn.index,
        start_s=turn.start_s,
        confidence=round(min(max(weighed.sure, LEAST_LISTED), MOST), 2),
    )
