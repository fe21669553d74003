"""Learn the weights of ``sequences/skills/odds`` from the dev meetings and the phrases: ``python -m evaluation.train``.

A turn carries a kind when one of its sentences does, and nobody says which: each round takes the sentence that speaks
most for it, and learns again. Then the same without one writer's meetings at a time, to see how far the odds can be
trusted on meetings of somebody new; that is printed. Takes some minutes. The held-out meetings are never read.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from evaluation.compile import HERE
from evaluation.learn_intents import (
    IS_PHRASE,
    LEAST_PRECISION,
    LEAST_PRECISION_OF,
    NEW_WRITERS,
    Example,
    Judged,
    Learnt,
    enough,
    kept,
    platt,
    settle,
    task_of,
    unseen,
)
from sequences.evaluation.figures import Score
from sequences.evaluation.labelled import IntentSet, LabelledTranscript
from sequences.evaluation.material import material_of
from sequences.evaluation.reading import read_intent_set
from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.detect_intents import hear_conversation
from sequences.skills.odds.features import features_of, is_of_other_turns
from sequences.skills.odds.weights import FILE, logistic

PHRASES = "phrases"
SPLITS = ("dev", PHRASES)
TARGET = HERE.parent / "sequences" / "skills" / "odds" / FILE


def examples(data: IntentSet) -> Iterator[Example]:
    """Jokes and turns of unknown sides teach nothing, since the odds are not asked about them."""
    for transcript in data.transcripts:
        material = material_of(transcript)
        if material.is_internal:
            continue
        labels = data.labels[transcript.id]
        conversation = hear_conversation(material)
        for at, heard in enumerate(conversation):
            if heard.spoken.side is Side.UNKNOWN or heard.spoken.is_joke or not heard.parts:
                continue
            yield Example(
                transcript_id=transcript.id,
                side=heard.spoken.side,
                sentences=tuple(_taught(transcript, features) for features in features_of(conversation, at)),
                certain=frozenset(kind for place, kind in labels.certain if place == at),
                borderline=frozenset(kind for place, kind in labels.borderline if place == at),
            )


def _taught(transcript: LabelledTranscript, features: Sequence[str]) -> tuple[str, ...]:
    if transcript.split != PHRASES:
        return tuple(features)
    return (*(feature for feature in features if not is_of_other_turns(feature)), IS_PHRASE)


def training_set() -> IntentSet:
    content = {name: (HERE / name).read_text(encoding="utf-8") for name in ("intents.jsonl", "transcripts.jsonl")}
    data = read_intent_set(content["intents.jsonl"], content["transcripts.jsonl"])
    chosen = tuple(transcript for transcript in data.transcripts if transcript.split in SPLITS)
    return IntentSet(transcripts=chosen, labels={transcript.id: data.labels[transcript.id] for transcript in chosen})


def digest(seen: Sequence[Example]) -> str:
    """Of what the weights were learnt from; a test compares it with what there is to learn from."""
    told = hashlib.sha256()
    for turn in seen:
        labels = "\t".join([*sorted(turn.certain), "|", *sorted(turn.borderline)])
        told.update("\n".join([turn.transcript_id, labels, *map("\t".join, turn.sentences)]).encode())
    return told.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is learnt of a kind, and what its weights gave to writers whom they had not seen."""

    kind: IntentKind
    learnt: Learnt
    calibration: tuple[float, float]
    enough: float
    judged: tuple[Judged, ...]

    def score(self, writer: str = "") -> Score:
        slope, shift = self.calibration
        theirs = [each for each in self.judged if each.writer.startswith(writer)]
        listed = [each.is_right for each in theirs if logistic(slope * each.odds + shift) > self.enough]
        there = sum(each.is_right for each in theirs)
        return Score(right=sum(listed), false=len(listed) - sum(listed), missed=there - sum(listed))


def know(seen: Sequence[Example], kind: IntentKind) -> Known:
    task = task_of(seen, kind)
    descent = settle(task)
    learnt = kept(task, descent)
    judged = tuple(unseen(task, descent))
    calibration = platt(judged)
    chance = enough(judged, calibration, LEAST_PRECISION_OF.get(kind, LEAST_PRECISION))
    return Known(kind=kind, learnt=learnt, calibration=calibration, enough=chance, judged=judged)


def document_of(seen: Sequence[Example], known: Sequence[Known]) -> dict[str, object]:
    return {
        "learnt_from": digest(seen),
        "bias": {each.kind.value: each.learnt[0] for each in known},
        "calibration": {each.kind.value: each.calibration for each in known},
        "enough": {each.kind.value: each.enough for each in known},
        "weights": {each.kind.value: each.learnt[1] for each in known},
    }


def told(known: Sequence[Known]) -> Iterator[str]:
    """Lines with precision and recall on writers whom the weights have not seen."""
    yield _line("all", sum((each.score() for each in known), Score()))
    for each in known:
        yield _line(f"{each.kind} above {each.enough:.2f}", each.score())
    for writer in NEW_WRITERS:
        yield _line(writer, sum((each.score(writer) for each in known), Score()))


def _line(name: str, score: Score) -> str:
    return f"{name:40} {score.precision or 0:4.0%} {score.recall or 0:4.0%} of {score.right + score.missed}"


def main() -> None:
    seen = list(examples(training_set()))
    with ProcessPoolExecutor() as pool:
        known = list(pool.map(partial(know, seen), IntentKind))
    content = json.dumps(document_of(seen, known), ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(content + "\n", encoding="utf-8")
    sys.stdout.writelines(f"{line}\n" for line in told(known))


if __name__ == "__main__":
    main()
