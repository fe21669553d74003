"""The sequences that can run, and those that are declared. Loading it checks every wire."""

from sequences.meeting_ended import MEETING_ENDED
from sequences.runner.loading import CONTEXT_TYPES
from sequences.sequence import Catalogue, Sequence
from sequences.triggers import ALL_TRIGGERS

ALL_SEQUENCES: tuple[Sequence, ...] = (MEETING_ENDED,)


def load_catalogue() -> Catalogue:
    """WiringError when a sequence cannot run as written."""
    payloads = {sequence.payload for sequence in ALL_SEQUENCES}
    return Catalogue(ALL_SEQUENCES, CONTEXT_TYPES | payloads, declared=ALL_TRIGGERS)
