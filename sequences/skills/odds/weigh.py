"""What a turn most likely means: the words of its sentences, the rules' finds and what was said around, weighed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sequences.records.insight import Intent, IntentKind
from sequences.records.meeting import Side
from sequences.skills.odds.features import Heard, features_of
from sequences.skills.odds.weights import chance, log_odds
from sequences.skills.rules.matching import Found, is_conditional
from sequences.skills.rules.vetoes import is_vetoed

# The kinds that either side, or only ours, can mean; all others are theirs alone.
_BOTH = {IntentKind.SCHEDULE_MEETING}
_OURS = {IntentKind.SEND_PROPOSAL, *_BOTH}
_CONDITIONS_SPOIL = {IntentKind.SEND_PROPOSAL, IntentKind.BUYING_POSITIVE, IntentKind.PROSPECT_FOLLOWUP}

ENOUGH = 0.5  # a chance above it is worth listing
# Where a half would let too much through, by the writers that the weights had not seen.
_ENOUGH_OF = {IntentKind.BUYING_NEGATIVE: 0.6}
LEAST_LISTED = 0.71  # what is listed says so by its confidence, which must be above 0.7 (INTENT-05)
MOST = 0.97


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sentence of a turn that speaks most for a kind; ``odds`` are log odds before calibration."""

    kind: IntentKind
    place: int
    odds: float


def weigh(conversation: Sequence[Heard]) -> Iterator[Intent]:
    """Turn by turn. A speaker whose side is unknown is left to the rules."""
    for at, heard in enumerate(conversation):
        if heard.spoken.side is Side.UNKNOWN:
            yield from heard.found
        elif not heard.spoken.is_joke:
            for weighed in most_telling(conversation, at):
                sure = chance(weighed.kind, weighed.odds)
                ruled = next((intent for intent in heard.found if intent.kind is weighed.kind), None)
                if sure > _ENOUGH_OF.get(weighed.kind, ENOUGH) and (ruled or _is_meant(weighed, heard)):
                    yield _intent(heard, weighed, sure, ruled)


def most_telling(conversation: Sequence[Heard], at: int) -> Iterator[Weighed]:
    """Of each kind that this side can mean."""
    best: dict[IntentKind, Weighed] = {}
    side = conversation[at].spoken.side
    for place, features in enumerate(features_of(conversation, at)):
        for kind, odds in log_odds(features).items():
            if can_mean(side, kind) and (kind not in best or odds > best[kind].odds):
                best[kind] = Weighed(kind, place, odds)
    yield from best.values()


def can_mean(side: Side, kind: IntentKind) -> bool:
    return kind in _OURS if side is Side.REP else kind in _BOTH or kind not in _OURS


def _is_meant(weighed: Weighed, heard: Heard) -> bool:
    """Odds are deaf to conditions, refusals and other people's words; the rules are not, nor is what they heard."""
    sentence = heard.parts[weighed.place].sentence
    last = len(sentence.words) - 1
    if any(word.quoted for word in sentence.words) or is_vetoed(Found(weighed.kind, sentence, 0, last, 1.0)):
        return False
    return not (weighed.kind in _CONDITIONS_SPOIL and is_conditional(sentence, 0, last))


def _intent(heard: Heard, weighed: Weighed, sure: float, ruled: Intent | None) -> Intent:
    """Quoted as the rule has it that heard the same: it knows the clause."""
    turn = heard.spoken.turn
    return Intent(
        kind=weighed.kind,
        speaker=heard.spoken.side,
        speaker_name=turn.speaker,
        quote=ruled.quote if ruled else heard.parts[weighed.place].sentence.text,
        turn=turn.index,
        start_s=turn.start_s,
        confidence=round(min(max(sure, LEAST_LISTED), MOST), 2),
    )
