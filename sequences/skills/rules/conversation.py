"""A meeting as the rules read it: each turn with its side, its sentences and what was said just before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side, Turn
from sequences.skills.machine_talk import is_for_machines
from sequences.skills.rules.matching import is_joke
from sequences.skills.rules.once import once_per_meeting
from sequences.skills.rules.sentences import Sentence, is_question, read_sentences

# Of one turn. Nobody speaks for longer without a breath; what follows is not conversation.
LONGEST_TURN = 40_000
# Characters of a conversation that is kept read while its skills ask: four hours of talk, some 60 MB.
HELD = 300_000


@dataclass(frozen=True)
class Spoken:
    """A turn as it was heard. ``before`` is the last turn of another speaker, ``None`` at the start."""

    turn: Turn
    side: Side
    before: "Spoken | None" = field(repr=False, compare=False)  # a chain as long as the meeting
    people: frozenset[str] = frozenset()  # names that are no company's, in small letters

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(read_sentences(self.turn.index, self.turn.text[:LONGEST_TURN]))

    @cached_property
    def is_joke(self) -> bool:
        text = self.turn.text[:LONGEST_TURN]
        return is_for_machines(text) or is_joke(text, self.sentences)

    @cached_property
    def plain(self) -> str:
        return " ".join(sentence.plain for sentence in self.sentences)

    @property
    def asks(self) -> bool:
        """Whether its last sentence is a question."""
        return bool(self.sentences) and (self.sentences[-1].has_question_mark or is_question(self.sentences[-1]))


def people_of(material: MeetingMaterial) -> frozenset[str]:
    """Names that are no rival's: of everybody in the room and of the two companies."""
    names = [*material.sides, *(guest.name for guest in material.meeting.participants), material.org.name]
    names += [contact.name for contact in material.customer.contacts]
    names += [material.customer.company.name] if material.customer.company else []
    return frozenset(part for name in names for part in re.findall(r"\w+", name.casefold()))


def read_conversation(material: MeetingMaterial) -> Iterator[Spoken]:
    """The turns in order. What several skills of one meeting ask for is read once, unless it is too long to be held."""
    if sum(len(turn.text) for turn in material.transcript.turns) <= HELD:
        return iter(_held(material))
    return _read(material)


@once_per_meeting
def _held(material: MeetingMaterial) -> tuple[Spoken, ...]:
    return tuple(_read(material))


def _read(material: MeetingMaterial) -> Iterator[Spoken]:
    last: dict[str, Spoken] = {}
    order: list[str] = []
    people = people_of(material)
    for turn in material.transcript.turns:
        before = next((last[name] for name in reversed(order) if name != turn.speaker), None)
        side = material.sides.get(turn.speaker, Side.UNKNOWN)
        spoken = Spoken(turn, side, before, people)
        last[turn.speaker] = spoken
        order = [name for name in order if name != turn.speaker] + [turn.speaker]
        yield spoken


def spoken_at(material: MeetingMaterial, position: int) -> Spoken:
    """One turn as :func:`read_conversation` hands it out, without reading the others."""
    turns, sides = material.transcript.turns, material.sides
    turn = turns[position]
    earlier = (other for other in reversed(turns[:position]) if other.speaker != turn.speaker)
    before = next((Spoken(other, sides.get(other.speaker, Side.UNKNOWN), None) for other in earlier), None)
    return Spoken(turn, sides.get(turn.speaker, Side.UNKNOWN), before, people_of(material))
