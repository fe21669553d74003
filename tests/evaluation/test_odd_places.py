"""Plain sentences are heard where nothing of the kind was expected: what was said around does not drown them."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.train import PHRASES, training_set
from sequences.evaluation.material import material_of
from sequences.records.insight import IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.catalogue import DETECT_INTENTS

SENTENCES = Path(__file__).with_name("plain_sentences.txt")
SEED = 5
OURS = (IntentKind.SEND_PROPOSAL,)
LEAST_HEARD = 0.85
LEAST_HEARD_OF_A_KIND = 0.6


def said() -> Iterator[tuple[IntentKind, str]]:
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        kind, _, sentence = line.partition(" | ")
        yield IntentKind(kind), sentence


def places() -> list[tuple[MeetingMaterial, frozenset[int]]]:
    """Meetings, and which of their turns carry nothing."""
    data = training_set()
    found = []
    for transcript in data.transcripts:
        material = material_of(transcript)
        if transcript.split != PHRASES and not material.is_internal:
            labels = data.labels[transcript.id]
            carrying = {place for place, _ in labels.certain | labels.borderline}
            found.append((material, frozenset(range(2, len(material.transcript.turns))) - carrying))
    return found


def in_place(material: MeetingMaterial, place: int, sentence: str) -> MeetingMaterial:
    turns = list(material.transcript.turns)
    turns[place] = turns[place].model_copy(update={"text": sentence})
    transcript = material.transcript.model_copy(update={"turns": tuple(turns)})
    return material.model_copy(update={"transcript": transcript})


@pytest.fixture(scope="module")
def heard() -> dict[IntentKind, list[bool]]:
    """Of each kind, whether its sentences were heard, each in a meeting of its own."""
    choose = random.Random(SEED)  # noqa: S311 - a place, no secret
    found: dict[IntentKind, list[bool]] = {}
    everywhere = places()
    for kind, sentence in said():
        side = Side.REP if kind in OURS else Side.PROSPECT
        material, place = choose.choice(
            [
                (material, place)
                for material, free in everywhere
                for place in sorted(free)
                if material.sides.get(material.transcript.turns[place].speaker) is side
            ]
        )
        changed = in_place(material, place, sentence)
        listed = DETECT_INTENTS.check(changed, DETECT_INTENTS.offline(changed)).items
        turn = changed.transcript.turns[place].index
        found.setdefault(kind, []).append(any((item.turn, item.kind) == (turn, kind) for item in listed))
    return found


def test_plain_sentences_are_heard_wherever_they_stand(heard: dict[IntentKind, list[bool]]) -> None:
    assert set(heard) == set(IntentKind)
    everything = [each for kind in heard.values() for each in kind]
    assert sum(everything) / len(everything) >= LEAST_HEARD
    shares = {kind: sum(each) / len(each) for kind, each in heard.items()}
    assert {kind.value: share for kind, share in shares.items() if share < LEAST_HEARD_OF_A_KIND} == {}
