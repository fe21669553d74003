"""Machine transcripts write small what people write large: names, weekdays, months and the word for oneself."""

import re

from sequences.records.material import MeetingMaterial

_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = "january february april june july august september october november december"  # may and march are words
_I = re.compile(r"(?<![\w'.])i(?='(?:ll|m|ve|d)\b|\s)(?!\.e)")
# Names that are words as well: small, they stay what they are.
_ALSO_WORDS = """
an archer art baker banks barber bean bell berry best bill bird bishop black bloom bond bridge brown bush butcher
carter case cash chance charity chase chip christian church cook cooper crane cross dale day drew east faith farmer
field fields finch fisher ford fox frank frost gardner gene glass gold good grace grant gray green grey grove guy
hall hawk heath hill hope house hunter jack joy june king knight lamb lance lane law leaf little long major mark
marsh marshal mason may miles moody moss noble north page park parks pat peak penny pool pope porter pound power
price prince read reed rice rich rivers rob robin root rose sage sands sharp shepherd short silver sky small snow
south steel stone storm street strong sue summer swan swift van victor walker ward waters weeks wells west white
will winter wise wolf wood woods young
"""
_WORDS = frozenset(_ALSO_WORDS.split())
_SHORTEST = 3


def capitalised(text: str, material: MeetingMaterial) -> str:
    """Changes nothing but the first letters of these words."""
    people = (*material.sides, *(guest.name for guest in material.meeting.participants))
    names = {part for name in people for part in re.findall(r"[^\W\d_]+", name.casefold())}
    large = {name for name in names if len(name) >= _SHORTEST and name not in _WORDS}
    large |= {*_DAYS.split(), *_MONTHS.split()}
    # A label such as "speaker" is nobody's name.
    large -= {"speaker", "unknown", "guest", "customer", "client", "prospect", "rep", "user", "host", "room"}
    text = re.sub(r"(?<![\w@.'-])[^\W\d_]+(?![\w.+-]*@)(?!\w)", lambda word: _large(word[0], large), text)
    return _I.sub("I", text)


def _large(word: str, large: set[str]) -> str:
    return word[0].upper() + word[1:] if word in large else word
