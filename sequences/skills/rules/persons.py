"""Who "you", "we" and "myself" are, once a promise is read as somebody's task."""

from collections.abc import Sequence

from sequences.records.meeting import Side
from sequences.skills.rules.words import Word

_YOU = frozenset(("you", "ya"))
_OURS = {"your": "our", "yours": "ours", "yourself": "ourselves", "yourselves": "ourselves"}
_THEIRS = {"your": "their", "yours": "theirs", "yourself": "themselves", "yourselves": "themselves"}
_SPEAKERS = {
    "my": "their", "our": "their", "mine": "theirs", "ours": "theirs", "me": "them", "us": "them", "myself": "themselves",
    "ourselves": "themselves",
}  # fmt: skip
# Behind these, or before these, "you" does something itself: "whatever you want", "the rules that you use".
_SUBORDINATE = frozenset(
    ("what", "whatever", "where", "wherever", "when", "how", "that", "which", "who", "whether", "if", "because", "as", "than", "once")
)  # fmt: skip
_DEEDS = frozenset(
    ("want", "need", "normally", "usually", "like", "have", "are", "were", "said", "think", "can", "could", "use", "used", "see", "saw",
     "sent", "asked", "get", "got", "prefer", "mentioned", "showed", "will", "would", "do", "did", "had", "wanted", "gave", "made")
)  # fmt: skip
_HELPED = frozenset(("let", "help", "have", "make", "see", "get"))  # "let you have it": here "you" is no subject
_EVERYBODY = frozenset(("people", "guys", "all", "lot", "folks", "lads"))
_BOTH = frozenset(("both", "two"))
_AFTER_BOTH = frozenset(
    ("", "on", "by", "at", "to", "in", "with", "before", "a", "an", "the", "and", "over", "tomorrow", "today", "tonight", "know")
)  # fmt: skip
_DETERMINERS = frozenset(("the", "a", "an", "our", "my", "your", "their", "these", "those", "this", "that", "of"))
_ONESELF = frozenset(("myself", "ourselves"))
# Behind these a reflexive is meant: "introduce myself", "keep a copy for myself"; elsewhere it only stresses who.
_NEEDS_A_PERSON = frozenset(
    ("to", "for", "with", "by", "about", "of", "between", "at", "on", "from", "and", "than", "introduce", "familiarise", "familiarize",
     "acquaint", "remind", "teach", "give", "get", "ask", "help", "commit", "satisfy", "convince", "prepare", "organise", "organize",
     "set", "inform", "add", "put", "include", "make")
)  # fmt: skip

_TAKES_A_PERSON = _NEEDS_A_PERSON | frozenset(
    ("send", "email", "mail", "share", "forward", "shoot", "ping", "text", "show", "tell", "call", "ring", "bring", "book", "connect",
     "invite", "let", "have", "see", "meet", "join", "update", "brief", "loop", "copy", "cc", "refer", "write", "hand", "offer", "lend",
     "charge", "bill", "pay", "visit", "reach", "contact", "notify", "walk", "take", "drop", "pass", "do", "find", "message", "phone",
     "order", "buy", "draft", "prepare", "build", "quote", "sell", "keep", "support", "serve", "guide", "train", "into", "over", "or",
     "after", "before", "behind", "without", "through", "around", "near", "beside", "except", "including", "both", "all", "also", "like")
)  # fmt: skip
_BEHIND_A_PERSON = _AFTER_BOTH | _DETERMINERS | frozenset(
    ("all", "both", "two", "guys", "people", "folks", "lot", "some", "any", "more", "one", "three", "four", "my", "his", "her", "its",
     "about", "for", "from", "of", "into", "up", "out", "back", "off", "down", "through", "after", "until", "or", "but", "so",
     "what", "whether", "if", "how", "when", "where", "which", "who", "why", "there", "here", "then", "again", "directly", "personally",
     "first", "later", "soon", "now", "next", "this", "as", "too", "also", "please", "morning", "yourself", "yourselves", "it", "them",
     "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "anyway", "though", "because", "once", "via", "per")
)  # fmt: skip


def subordinates(word: str) -> bool:
    """Whether a clause with a subject of its own begins behind this word."""
    return word in _SUBORDINATE


class Persons:
    """The pronouns of one promise, in the order of its words. ``addressee`` is the first name of whom "you" means."""

    def __init__(self, words: Sequence[Word], *, addressee: str | None, side: Side) -> None:
        self._words = [word.text for word in words]
        self._addressee = addressee
        self._side = side

    def shown(self, number: int, written: str) -> str:
        """What stands in the task for word ``number``, written so in the transcript; "" when it is left out."""
        word, known = self._words[number], written.lower()
        if self._is_left_out(number):
            return ""
        if known in _YOU:
            return self._you(number)
        whose = _OURS if self._side is Side.PROSPECT else _THEIRS
        if known in whose and known == word:
            return whose[known]
        return written if self._side is Side.REP else _SPEAKERS.get(word, written)

    def _is_left_out(self, number: int) -> bool:
        """The second half of "you guys", the "we" of "and we", the "myself" of "do it myself"."""
        word, before, after = self._words[number], self._at(number - 1), self._at(number + 1)
        if word in _ONESELF:
            return number > 1 and before not in _NEEDS_A_PERSON
        if before == "you":
            both = word in _BOTH and after in _AFTER_BOTH
            everybody = word in _EVERYBODY and not (word == "all" and after in _DETERMINERS)
            return both or everybody or word in ("yourself", "yourselves")
        return word in ("i", "we") and before == "and"

    def _you(self, number: int) -> str:
        """A name stands for one of them: not behind "both of", and once is enough."""
        is_ours = self._side is Side.PROSPECT  # they speak to us
        before, after = self._at(number - 1), self._at(number + 1)
        if before == "of":
            return "us" if is_ours else "them"
        if before in _SUBORDINATE or (after in _DEEDS and before not in _HELPED) or self._is_relative(number):
            return "we" if is_ours else "they"
        name, self._addressee = self._addressee, None
        return name or ("us" if is_ours else "them")

    def _is_relative(self, number: int) -> bool:
        """The "you" of "the scanners you support": behind a thing, before what can only be a deed."""
        before, after = self._at(number - 1), self._at(number + 1)
        return number > 1 and before not in _TAKES_A_PERSON and bool(after) and after not in _BEHIND_A_PERSON

    def _at(self, number: int) -> str:
        return self._words[number] if 0 <= number < len(self._words) else ""
