"""Where words that were cut out of speech may end: never on one that needs another behind it."""

import re

# Nobody ends a thought on these.
_UNFINISHED = "a an the my our your their its every and or but nor than as because although unless whereas i we he they"
# Nor on these, unless nothing more was said: "the people I work with", "what it looks like".
_LEADING_ON = """of to for with without from by at into onto upon per via between among against towards toward till during including
concerning regarding under while which who whom whose very such like if whether"""
# These end a question that is somebody's task, and else wait for more: "find out where it is".
_AUXILIARIES = "is are was were am be been will would can could should shall may might must has have had do does did"
_ASKS = re.compile(r"\b(?:what|where|when|how|which|who|why|whether|that)\b", re.IGNORECASE)
_HALF_A_CLAUSE = re.compile(r"\b(?:what|where|when|how|which|who|why|whether|that) \w+$", re.IGNORECASE)
_PAIRED = re.compile(
    r"[ ,]+(?:as|so|just as) (?:soon|long|much|many|far|well|often|quickly|fast|simply|easily|early)(?: as)?$|"
    r"[ ,]+(?:along|together) with$|[ ,]+(?:instead|because|ahead|as part) of$|[ ,]+(?:such as|in the way|in case|even if|so that|so)$",
    re.IGNORECASE,
)
_IN_OR_ON = re.compile(r"[ ,]+(?:in|on)$", re.IGNORECASE)
# Behind these "in" and "on" belong to the verb: "send it in", "when she's in".
_HELD = re.compile(
    r"(?:\b(?:it|them|that|this|those|these|you|him|her|us|everything|carry|move|go|come|log|sign|get|hand|send|pass|set|put|fill|"
    r"follow|call|check|look|early|later|back|is|are)|['\u2019](?:s|re)|(?:we|you|they|i|he|she)(?:['\u2019]\w+)? \w+)\s+(?:in|on)$",
    re.IGNORECASE,
)
_THAT = re.compile(
    r"(?:\S+\s+){3,}(?<!\bsend )(?<!\bsend us )(?<!\bsend them )(?<!\bgive )(?<!\bshow )(?<!\btell )(?<!\bdo )(?<!\bget )that$",
    re.IGNORECASE,
)  # behind fewer words it is the thing itself: "send her that"
_LAST = re.compile(r"[\s,;:\u2013\u2014-]*(?<![\w'\u2019-])(?P<word>[\w'\u2019]+)[.,;:]*$")

_WHO_IS = re.compile(r"(?:who|what|where|when|how|it|that|there|he|she)['\u2019](?:s|re|ll|d|ve)$")
_OPEN = frozenset(_UNFINISHED.split())
_OPEN_WHEN_CUT = _OPEN | frozenset(_LEADING_ON.split())
_VERBS = frozenset(_AUXILIARIES.split())


def rounded_off(text: str, *, is_cut: bool = True) -> str:
    """``text`` without the words at its end that wait for more; ``is_cut`` when more was said behind it."""
    while True:
        shorter = _shortened(text, is_cut=is_cut)
        if shorter == text:
            return text
        text, is_cut = shorter, True


def with_time(deed: str, when: str) -> str:
    """Behind an aside the time stands apart: "a quote for the four sites, without the annex, by Friday"."""
    if not when:
        return deed
    return f"{deed}{',' if _ASIDE.search(deed) else ''} {when}"


_ASIDE = re.compile(
    r", (?:with|without|for|at|so|including|starting|as|from|one way|in|on|if|like|subject to|split|both|by)\b[^,]*$",
    re.IGNORECASE,
)


def _shortened(text: str, *, is_cut: bool) -> str:
    if is_cut:
        paired = _PAIRED.sub("", text)
        if paired != text:
            return paired
        if _IN_OR_ON.search(text) and not _HELD.search(text):
            return _IN_OR_ON.sub("", text)
    last = _LAST.search(text)
    if last is None or last.start() == 0:
        return text
    return text[: last.start()] if _waits(text, last["word"].casefold(), is_cut=is_cut) else text


def _waits(text: str, word: str, *, is_cut: bool) -> bool:
    if _WHO_IS.match(word):
        return is_cut
    if word in _VERBS:
        return is_cut and (_ASKS.search(text) is None or _HALF_A_CLAUSE.search(text) is not None)
    if word == "that":
        return is_cut and _THAT.match(text) is not None
    return word in (_OPEN_WHEN_CUT if is_cut else _OPEN)
