"""Rules and odds together: what the odds are sure of is added, what they find absurd is dropped."""

import re
from collections.abc import Iterator

from sequences.records.insight import Intent, IntentKind, Intents
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side, Turn
from sequences.skills.odds.features import features_of
from sequences.skills.odds.weights import probabilities, score
from sequences.skills.rules.conversation import LONGEST_TURN
from sequences.skills.rules.matching import Found, is_conditional, is_joke
from sequences.skills.rules.sentences import read_sentences
from sequences.skills.rules.vetoes import is_vetoed

SURE = 0.75
ABSURD = 0.02
ABSURD_WHEN_SURE = 0.004  # for what a rule is very sure of
VERY_SURE = 0.9
MOST_CONFIDENCE = 0.9  # odds alone never speak with more certainty than a rule

_SENTENCE = re.compile(r"[^.!?\u2026\s][^.!?\u2026]*[.!?\u2026]*")
# The kinds that either side, or only ours, can mean; all others are theirs alone.
_BOTH = {IntentKind.SCHEDULE_MEETING}
_OURS = {IntentKind.SEND_PROPOSAL, *_BOTH}
_CONDITIONS_SPOIL = {IntentKind.SEND_PROPOSAL, IntentKind.BUYING_POSITIVE, IntentKind.PROSPECT_FOLLOWUP}


# A rival needs more than a name and a place.
_CHOOSING = re.compile(
    r"\b(?:quot|offer|pric|pitch|demo|cheap|vendor|suppl|provid|compet|altern|shortlist|trial|switch|renew|instead|rival|bid|"
    r"tender|us(?:e|es|ed|ing)\b|with\b|from\b|buil[dt]|in house|ourselves|other|else|compar|incumbent|agenc|tool|"
    r"system|software|evaluat|look|talk|spoke|tried|guy|outfit|they\b)"
)


def weigh(material: MeetingMaterial, intents: Intents) -> Intents:
    """``intents`` are what the rules found. A speaker whose side is unknown is left to the rules."""
    by_turn: dict[int, dict[IntentKind, Intent]] = {}
    for item in intents.items:
        by_turn.setdefault(item.turn, {})[item.kind] = item
    kept: list[Intent] = []
    before = ""
    for turn in material.transcript.turns:
        side = material.sides.get(turn.speaker, Side.UNKNOWN)
        found = by_turn.get(turn.index, {})
        kept.extend(found.values() if side is Side.UNKNOWN else _weighed(turn, before, side, found))
        before = turn.text
    return Intents(items=tuple(kept))


def _weighed(turn: Turn, before: str, side: Side, found: dict[IntentKind, Intent]) -> Iterator[Intent]:
    features = features_of(turn.text[:LONGEST_TURN], before[-LONGEST_TURN:], is_ours=side is Side.REP)
    for kind, chance in probabilities(features).items():
        if kind in found:
            if chance > (ABSURD_WHEN_SURE if found[kind].confidence >= VERY_SURE else ABSURD):
                yield found[kind]
        elif chance > SURE and _can_mean(side, kind):
            added = _intent(turn, side, kind, chance)
            if _is_meant(added, turn):
                yield added


def _is_meant(added: Intent, turn: Turn) -> bool:
    """Odds are deaf to jokes, conditions and other people's words; the rules are not."""
    sentences = read_sentences(turn.index, turn.text)
    if is_joke(turn.text, sentences):
        return False
    sentence = next((part for part in sentences if added.quote in part.text or part.text in added.quote), None)
    if sentence is None:
        return False
    if added.kind is IntentKind.COMPETITIVE and not _CHOOSING.search(sentence.plain):
        return False
    last = len(sentence.words) - 1
    if any(word.quoted for word in sentence.words) or is_vetoed(Found(added.kind, sentence, 0, last, added.confidence)):
        return False
    return not (added.kind in _CONDITIONS_SPOIL and is_conditional(sentence, 0, last))


def _can_mean(side: Side, kind: IntentKind) -> bool:
    return kind in _OURS if side is Side.REP else kind in _BOTH or kind not in _OURS


def _intent(turn: Turn, side: Side, kind: IntentKind, chance: float) -> Intent:
    return Intent(
        kind=kind,
        speaker=side,
        speaker_name=turn.speaker,
        quote=_telling(turn.text[:LONGEST_TURN], side, kind),
        turn=turn.index,
        start_s=turn.start_s,
        confidence=round(min(chance, MOST_CONFIDENCE), 2),
    )


def _telling(text: str, side: Side, kind: IntentKind) -> str:
    """The sentence that speaks most for it."""
    sentences = [match.group().strip() for match in _SENTENCE.finditer(text)] or [text.strip()]
    return max(sentences, key=lambda part: score(kind, features_of(part, "", is_ours=side is Side.REP)))
