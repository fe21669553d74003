"""Sentences of a turn, word for word, and the words in them that carry meaning."""

import re
from functools import cache

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORD = re.compile(r"[a-z][a-z'\u2019-]*[a-z]|[a-z]")
_EMPTY = """
a about after all also am an and any are as at be because been before but by can could did do does doing don't
for from get go going good got had has have he her here him his how i i'd i'll i'm i've if in into is it it's
its just know let like me more most much my no not now of off okay on one or our out over really right say she
should so some than that that's the their them then there these they they're thing things think this those to
too up us very want was we we'd we'll we're we've well were what when where which who why will with would yeah
yes you you'd you'll you're you've your
"""


def sentences(text: str) -> list[str]:
    """Parts of ``text`` as they stand in it, without the space around them. A decimal point ends none."""
    marked = re.sub(r"(?<=\d)[.](?=\d)", "\0", text)
    found = (match.group().strip() for match in _SENTENCE.finditer(marked))
    return [part.replace("\0", ".") for part in found if part]


def content_words(text: str) -> set[str]:
    """Lower case, cut to a stem of six letters, so that "plan" and "planning" have "plan" in common at least."""
    words = _WORD.findall(text.casefold())
    empty = _empty_words()
    return {word[:6].rstrip("s") for word in words if word not in empty and len(word) > 2}


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(_EMPTY.split())
