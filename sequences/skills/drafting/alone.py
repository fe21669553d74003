"""Whether a sentence taken out of a conversation still says something."""

import re

_REPLY = re.compile(
    r"^(?:(?:(?:I|we|they|it|he|she|there) (?:do|did|does|know|see|is|are|was|can|would|have|could|will)|not really|fair enough|exactly|good|same here|"
    r"me too|she|he|god no|hm|ah)[.!]+\s+)+(?=\S{2,}(?:\s+\S+){3})",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"^(?:(?:and|but|so|or|well|then|because),? )*(?:he|she|they|them|his|her|their|theirs|those|these|that|this|which|neither|same|mine|yours|ours|"
    r"another|the (?:other|others|latter|former|two|three|(?:first|second)(?! (?:of|week|half|quarter))))\b",
    re.IGNORECASE,
)
_IT = re.compile(r"^(?:(?:and|but|so|well),? )*(?:it|not|i know)\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_NAMED_FIRST = re.compile(
    r"(?:\b(?:[Mm]y|[Oo]ur|[Tt]he|[Tt]heir|[Yy]our)\s+(?:[\w'\u2019-]+\s+){0,3}?[\w'\u2019-]+|(?<!^)(?<![.!?]\s)\b[A-Z][a-z]{2,})\b[^.!?]*\b(?:he|she|him|her|his|hers)\b|"
    r"\b(?:he|she|him|her|his)\b[^.]*\b(?:my|our|the)\s+\w+"
)
_BACK = re.compile(
    r"\b(?:(?:do|did|doing|done|say|said|saying) (?:that|so|this|it)|like (?:that|this)|behind (?:his|her|their) back|that one|the same|as well as that)\b|"
    r"\b(?:of|with|for|about|on|to|at) (?:that|those|them|this|these)(?=[.,!?]|$)",
    re.IGNORECASE,
)
# "I'll upload it after the call": a promise of nobody knows what.
_DOES_IT = re.compile(
    r"^(?:(?:and|then|so),? )*(?:I|we)(?:['\u2019]ll| will) \w+ (?:(?:you|him|her|them) )?(?:it|that|them|those|both)(?=$|[.,!]| (?:to|over|on|by|in|at|"
    r"after|before|today|tomorrow|tonight|this|when|once|as|for|straight|for you)\b)",
    re.IGNORECASE,
)
_FIGURE_OR_DAY = re.compile(
    r"\d|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december|"
    r"spring|summer|autumn|winter|christmas|easter|q[1-4]|weeks?|months?|years?|hours?|days?|hundred|thousand|million|percent|\w+teen|\w+ty)\b",
    re.IGNORECASE,
)
_SHORTEST = 25  # characters
_FEWEST = 5  # words


def without_reply(text: str) -> str:
    """Without the words that only answer: "We did. They have to countersign." begins with "They"."""
    return _REPLY.sub("", text)


def weakness(line: str) -> int:
    """0 for a line that says something by itself, more the more it leans on what was said around it."""
    weak = 0
    if len(line) < _SHORTEST or len(line.split()) < _FEWEST:
        weak += 2
    if _POINTS.match(line):
        weak += 2
    elif _IT.match(line):
        weak += 0 if _FIGURE_OR_DAY.search(line) else 1
    if _SOMEBODY.search(line) and not _NAMED_FIRST.search(line):
        weak += 2
    if _DOES_IT.match(line):
        weak += 2
    return weak + (1 if _BACK.search(line) else 0)
