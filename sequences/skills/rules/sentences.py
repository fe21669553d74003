"""Sentences and clauses of a turn, with their normalised words."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from sequences.skills.rules.words import Word, read_words

_END = re.compile(r"(?:[.!?\u2026]+[\"'\u201d\u2019)\]]*(?=\s|$))|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|vs|etc|e\.g|i\.e|approx|inc|ltd|u\.s|u\.k|jr|sr|a\.m|p\.m)|(?<![\w'\u2019])(?-i:[A-HJ-Z]))\.$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"\u201c]([^\"\u201c\u201d\n]{3,400})[\"\u201d]|(?<![\w'])'([^'\n]{8,300})'(?!\w)")
_LONGEST = 60  # words; speech without punctuation is cut at clause starts beyond this
_HARD_LIMIT = 90

_JOINERS = frozenset(("and", "but", "so", "or", "because", "then", "though", "although", "plus", "which", "however"))
_PRONOUNS = frozenset(("i", "we", "you", "he", "she", "they", "it", "there", "let", "that", "this", "who"))
_STARTERS = _PRONOUNS | frozenset(
    (
        "the",
        "our",
        "my",
        "your",
        "can",
        "could",
        "would",
        "will",
        "do",
        "does",
        "is",
        "are",
        "what",
        "how",
        "if",
        "when",
        "once",
        "please",
        "send",
        "maybe",
        "unless",
        "until",
        "before",
        "after",
        "shall",
        "should",
        "why",
        "where",
        "no",
        "not",
        "yes",
        "ok",
        "sure",
        "thanks",
        "depending",
        "assuming",
        "provided",
        "while",
        "since",
        "as",
        "thank",
    )
)
_AUXILIARIES = frozenset(
    ("does", "do", "is", "are", "can", "could", "would", "will", "shall", "should", "did", "have", "has")
)
_INVERTED = frozenset(
    ("i", "we", "you", "it", "that", "this", "they", "he", "she", "there", "your", "our", "the", "any", "anyone")
)
_QUESTION_WORDS = frozenset(("what", "how", "who", "why", "where", "when", "which", "whose", "any"))


@dataclass(frozen=True)
class Sentence:
    """Normalised ``plain`` text ("i will send you the quote") over ``words``; ``source`` is the turn's own text."""

    turn: int
    source: str
    start: int
    end: int
    words: tuple[Word, ...]
    plain: str
    offsets: tuple[int, ...]  # of each word in ``plain``
    clause_starts: tuple[int, ...]  # word numbers, ascending, the first is 0
    has_question_mark: bool
    vocabulary: frozenset[str] = field(repr=False)

    @property
    def text(self) -> str:
        """The sentence verbatim."""
        return self.source[self.start : self.end]

    def word_at(self, position: int) -> int:
        """The number of the word at a position in ``plain``."""
        return max(0, bisect_right(self.offsets, position) - 1)

    def clause_of(self, word: int) -> tuple[int, int]:
        """First word and end (exclusive) of the clause that a word belongs to."""
        place = bisect_right(self.clause_starts, word) - 1
        following = self.clause_starts[place + 1] if place + 1 < len(self.clause_starts) else len(self.words)
        return self.clause_starts[place], following

    def plain_of(self, first: int, end: int) -> str:
        """Normalised text of the words from ``first`` up to ``end``."""
        return " ".join(word.text for word in self.words[first:end])

    def quote(self, first: int, last: int) -> str:
        """The smallest whole clauses around the words ``first`` to ``last``, verbatim; a short sentence whole."""
        if len(self.words) <= 24:
            return self.text
        begin, _ = self.clause_of(first)
        _, end = self.clause_of(last)
        while begin < first and self.words[begin].text in _JOINERS:
            begin += 1
        low = self.words[begin].start if begin else self.start
        high = self.words[end - 1].end
        if end == len(self.words):
            high = self.end
        return self.source[low:high].strip(" ,;\u2013\u2014-")


def read_sentences(turn: int, text: str) -> list[Sentence]:
    """All sentences of a turn; pieces without words are left out."""
    quoted = (
        [match.span() for match in _QUOTED.finditer(text)] if '"' in text or "\u201c" in text or "'" in text else []
    )
    found = []
    for start, end in _spans(text):
        words = read_words(text, start, end, quoted)
        pieces = list(_pieces(words))
        for number, piece in enumerate(pieces):
            low = start if number == 0 else piece[0].start
            high = end if number == len(pieces) - 1 else piece[-1].end
            found.append(_sentence(turn, text, (low, high), piece))
    return found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if (
            match[0].startswith(".")
            and len(match[0]) == 1
            and _ABBREVIATION.search(text[max(0, match.end() - 8) : match.end()])
        ):
            continue
        if text[start : match.end()].strip():
            yield _stripped(text, start, match.end())
        start = match.end()
    if text[start:].strip():
        yield _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _pieces(words: list[Word]) -> Iterator[list[Word]]:
    while len(words) > _LONGEST:
        starts = [number for number in _clause_starts(words[:_HARD_LIMIT]) if number >= _LONGEST // 2]
        cut = starts[0] if starts else _LONGEST
        yield words[:cut]
        words = words[cut:]
    if words:
        yield words


def _sentence(turn: int, source: str, span: tuple[int, int], words: list[Word]) -> Sentence:
    offsets, position = [], 0
    for word in words:
        offsets.append(position)
        position += len(word.text) + 1
    start, end = span
    return Sentence(
        turn=turn,
        source=source,
        start=start,
        end=end,
        words=tuple(words),
        plain=" ".join(word.text for word in words),
        offsets=tuple(offsets),
        clause_starts=tuple(_clause_starts(words)),
        has_question_mark="?" in source[max(start, end - 3) : end],
        vocabulary=frozenset(word.text for word in words),
    )


def part_of(sentence: Sentence, first: int, end: int) -> Sentence:
    """The words from ``first`` up to ``end`` as a sentence of their own."""
    words = list(sentence.words[first:end])
    low = words[0].start if first else sentence.start
    high = words[-1].end if end < len(sentence.words) else sentence.end
    return _sentence(sentence.turn, sentence.source, (low, high), words)


def _clause_starts(words: list[Word]) -> list[int]:
    starts = [0]
    for number in range(1, len(words)):
        if number - starts[-1] >= 2 and _starts_clause(words, number):
            starts.append(number)
    return starts


def _starts_clause(words: list[Word], number: int) -> bool:
    word = words[number].text
    following = words[number + 1].text if number + 1 < len(words) else ""
    before = words[number - 1].text
    if words[number].breaks and (word in _STARTERS or word in _JOINERS):
        return True
    if word in ("and", "but", "so", "because", "though", "plus"):
        return following in _PRONOUNS or following in ("if", "our", "my", "can", "could", "then", "maybe")
    inverted = word in _AUXILIARIES and following in _INVERTED
    return inverted and before not in _QUESTION_WORDS and before not in _JOINERS and before not in _PRONOUNS


def is_question(sentence: Sentence, first: int = 0, end: int | None = None) -> bool:
    """Whether the clause asks: inverted or with a question word in front; a lone question mark is enough only for
    short sentences ("so Friday?")."""
    words = [word.text for word in sentence.words[first:end]]
    while words and words[0] in (
        *_JOINERS,
        "yes",
        "no",
        "ok",
        "sure",
        "right",
        "great",
        "well",
        "now",
        "cool",
        "perfect",
    ):
        words.pop(0)
    if (
        len(words) >= 2
        and words[0] in _AUXILIARIES
        and words[1] in (*_INVERTED, "not", "my", "these", "those", "anybody")
    ):
        return words[:2] not in (["do", "not"], ["have", "the"], ["have", "any"])
    return bool(words) and words[0] in _QUESTION_WORDS and sentence.has_question_mark
