"""All payloads that are judged: typical ones, every kind of block and element, every limit from both sides."""

from collections.abc import Iterator

from tests.workspace import corpus
from tests.workspace.corpus import Case
from tests.workspace.corpus_facts import facts
from tests.workspace.corpus_kinds import kinds
from tests.workspace.corpus_limits import limits


def cases() -> Iterator[Case]:
    yield from corpus.cases()
    yield from kinds()
    yield from limits()
    yield from facts()
