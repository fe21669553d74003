"""From "I'll, um, I'll send you the case study by Friday" to "Send Tomas the case study"."""

import re
from collections.abc import Callable, Iterable, Sequence

from sequences.records.meeting import Side
from sequences.skills.rules.endings import rounded_off
from sequences.skills.rules.fragments import CONTENT, WHEN
from sequences.skills.rules.persons import Persons, subordinates
from sequences.skills.rules.sentences import Sentence
from sequences.skills.rules.words import Word

_LONGEST = 22  # words
_SHORTEST_CLAUSE = 3
# What is handed over is a thing; "check it is right" is a clause.
_HANDED = frozenset(("find", "send", "get", "share", "forward", "upload", "mail", "email", "bring", "post", "attach"))
_PREPOSITIONS = frozenset(
    ("of", "to", "for", "with", "from", "by", "at", "into", "in", "on", "under", "about", "between")
)
_CUT = re.compile(
    r"^(?:so that|so (?:i|we|you|they|he|she|it)|because|since|which|though|although|but|if|when|once|unless|then we|"
    r"and then (?:we|you)|and (?:we|you|they|he|she|it|that|maybe)\b|and (?:i|we) (?:can|could|think|hope)|ok|all right|"
    r"right(?! back)|please|thanks|i think|i guess|i hope|hopefully|for sure|no problem|does that|how does|is that|sounds|"
    r"(?:shes|hes|thats|theyre|youve|youre|ive)\b|(?:my|our|his|her) \w+ (?:will|can|is|has|would|makes)\b|"
    r"i (?:will|am going|have got)\b|so (?:youve|youre|theyve)\b|shall (?:i|we)\b|otherwise\b|though\b|last (?:year|month|week|time) (?:i|we|you|they|he|she|it)\b|"
    r"(?:would|could|can|will) (?:you|ya|yes)$|(?:would|could|can|will) (?:you|they|them)\b|and i (?:will|am)|and we will|let (?:me|us))\b"
)
# A clause of its own, unless it hangs on "that", "if" or a question word.
_CLAUSE = re.compile(r"(?:there|that|she|he|they|it) (?:is|are|has|will)\b")
_PREDICATES = frozenset(
    (
        "s",
        "is",
        "are",
        "will",
        "has",
        "have",
        "asks",
        "needs",
        "wants",
        "likes",
        "says",
        "makes",
        "takes",
        "does",
        "requires",
        "insists",
    )
)
_WHEN_AT_END = re.compile(
    rf"(?:^| )(?:(?:by|before|on|in|until|for|no later than|first thing|at|later|sometime)(?: the)? )*(?:the )?(?:end of )?"
    rf"{WHEN}(?: (?:morning|afternoon|evening|night|at the latest|latest|at \w+))*$"
)
# A question after these verbs is their object: "find out when they meet".
_ASKING = re.compile(r"(?:find out|check|see|ask \w+|confirm|know|figure out|look into|work out|tell \w+)$")
_WHEN_INSIDE = re.compile(
    r"(?:,? (?:by|before|at|on|until)(?: the)? (?:end|close) of (?:the |this |next )?(?:day|play|business|week|month)|,? (?:(?:by|before|until) )?(?:today|tonight|tomorrow)"
    r"(?: (?:morning|afternoon|evening|night|noon|midday|lunch|lunchtime)(?: itself)?)?(?! at)|,? (?:this|later this|first thing this) (?:morning|afternoon|aft|arvo|evening|week)|"
    r",? (?:straight |right )?after (?:this|the|our) (?:call|meeting)|,? after this|,? in the mean ?(?:while|time)|,? right (?:now|away|after)|,? well before that)\b",
    re.IGNORECASE,
)
_TWO_ARTICLES = re.compile(r"\b(?:an?|the) (?:like )?((?:an?|the|our|your) )", re.IGNORECASE)  # "send the a data sheet"
_RESTART = re.compile(r"\b(\w+) (?:an?|the) \1 (an?|the)\b", re.IGNORECASE)  # "like a like an actual form"
_DANGLING = re.compile(
    r"(?:[ ,]+(?:so|and|but|then|by|until|or|too|as well|probably|anyway|because|though|right))+$", re.IGNORECASE
)
_DONE_HERE = re.compile(
    r"(?:(?:put (?:\S+ ){0,2}cards on the table|take \S+ (?:\S+ )?at (?:\S+ )?word|keep (?:\S+ )?fingers crossed|get from \w+$|get (?:shouted|fired|killed|yelled|in trouble|going|started)|find (?:some|something|myself)(?: \w+)?$|put (?:\S+ ){1,2}on (?:the )?(?:speaker|hold|mute|loudspeaker)|tell \S+ what$|let the \w+ speak|take an? \w+$)\b|take (?:care|(?:that|it) (?:under advisement|on board|away))|(?:drop|put|post|share) (?:\S+ ){1,4}in the chat|"
    r"share (?:\S+ )?(?:screen|desktop)|pull (?:\S+ ){1,3}up|be (?:quick|brief|honest|right back)|make sure(?: of (?:it|that))?)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"(?:get|come|report|circle) back\b|let \w+ know\b|(?:reply|answer|confirm)\b", re.IGNORECASE)
_ERRANDS = frozenset(
    ("ask", "forward", "send", "email", "mail", "call", "ring", "post", "upload", "sign", "check", "resend")
)
# "Send it over", "ask her today": in writing nobody knows what or whom.
_POINTS = re.compile(
    r"^\w+ (?:(?:\w+ ){1,2}of (?:(?:it|them)\b|(?:that|those|these)(?=$|,| (?:now|to|over|by|on|in|at|for|and|today|tomorrow|too)\b))|(?:it|em)\b|(?:that|this) one\b|them(?! (?:the|an?|our|your|my|their|some|two|three|all|of)\b)\b|(?:that|this|those|these|both|her|him|one)(?=$|,| (?:over|along|across|"
    r"to|on|by|and|in|at|as|with|for|if|about|whether|what|which|how|when|where|why|today|tomorrow|tonight|straight|out|up|back|off|now|this|next|before|after|right|"
    r"properly|then|again|either|down|through|of (?:them|those|these)(?= (?:to|over|on|by|in|at|straight)\b|$))\b))",
    re.IGNORECASE,
)
_TELLS_MORE = re.compile(rf" (?:and|then) \w+ (?:\w+ ){{0,4}}?{CONTENT}\b|\bwith (?:\S+ )*?\w+", re.IGNORECASE)
_REACHES = r"(?:call|ring|phone|text|write|email|mail|message|meet|see|visit|talk|speak|ping|contact|remind|chase|ask|invite|thank)"
_SMALL_WORDS = frozenset(
    ("a", "an", "the", "it", "that", "this", "them", "em", "him", "her", "those", "these", "one", "two", "three", "both", "all",
     "first", "out", "up", "in", "on", "over", "off", "back", "about", "of", "for", "to", "with", "and", "so", "anyway",
     "you", "us", "me", "know", "sure", "shout", "something", "everything", "anything", "now", "then", "there", "here", "their", "either", "way")
)  # fmt: skip
_GERUNDS = {
    "sending": "send", "emailing": "email", "mailing": "mail", "calling": "call", "forwarding": "forward", "bringing": "bring",
    "preparing": "prepare", "writing": "write", "drafting": "draft", "booking": "book", "sharing": "share", "putting": "put",
    "getting": "get", "checking": "check", "working": "work", "updating": "update", "setting": "set", "making": "make",
}  # fmt: skip
_NOTHING_IN_PARTICULAR = frozenset(
    (
        "thing",
        "things",
        "stuff",
        "my",
        "own",
        "bit",
        "lot",
        "some",
        "across",
        "yourself",
        "page",
        "sentence",
        "line",
        "each",
        "point",
        "afterwards",
    )
)
_COUNTED = re.compile(
    r"(?:\d[\d.,]*|plus|minus|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|four|five|six|seven|eight|nine|ten)$"
)
_OPENERS = frozenset(
    ("just", "also", "definitely", "certainly", "probably", "quickly", "gladly", "happily", "then", "go")
)


def imperative(sentence: Sentence, verb: int, *, addressee: str | None, side: Side) -> str:
    """The words from number ``verb`` on as a task of ours: what the rep's side calls "our" stays "our".

    ``addressee`` is a first name for "you", ``side`` the one that speaks.
    """
    cut = _until_cut(sentence, verb)
    words = _without_time(cut)
    text = without_time(_joined(sentence.source, words, Persons(words, addressee=addressee, side=side).shown))
    text = bare_verb(_ended(text, is_cut=_is_cut(sentence, cut)))
    return text[:1].upper() + text[1:]


def bare_verb(deed: str) -> str:
    """ "Sending it tonight" as "send it tonight"."""
    first, space, rest = deed.partition(" ")
    return f"{_GERUNDS.get(first.casefold(), first)}{space}{rest}"


def as_said(sentence: Sentence, verb: int) -> str:
    """The words from number ``verb`` on as they were said, with "I" and "you" and the time, up to where something else begins."""
    words = _until_cut(sentence, verb)
    text = _joined(sentence.source, words, lambda _, written: written)
    return _ended(text, is_cut=_is_cut(sentence, words)).strip(" ,;:.-")


def _is_cut(sentence: Sentence, words: Sequence[Word]) -> bool:
    return words[-1].end < sentence.words[-1].end


def _ended(text: str, *, is_cut: bool) -> str:
    """Without what begins something else, or waits for it."""
    return rounded_off(_DANGLING.sub("", text), is_cut=is_cut)


def without_time(text: str) -> str:
    """The deed alone: "tomorrow" means another day once it is read in a task or a mail."""
    shorter = " ".join(_WHEN_INSIDE.sub(" ", text).split()).replace(" ,", ",").strip(" ,")
    return shorter if len(shorter.split()) >= 2 else text


def _until_cut(sentence: Sentence, verb: int) -> list[Word]:
    words = list(sentence.words[verb:])
    if len(words) > _SHORTEST_CLAUSE and words[0].text in _HANDED and _CLAUSE.match(_plain(words[1:3])):
        return words[:2]  # "I'll find it it's a mattress company", as recognisers write it
    for number in range(2, len(words)):
        rest = " ".join(word.text for word in words[number : number + 4])
        asks = words[number].text in ("when", "if", "which") and _ASKING.search(_plain(words[:number]))
        is_clause = _CLAUSE.match(rest) and not subordinates(words[number - 1].text)
        if (
            number >= _LONGEST
            or is_clause
            or (_CUT.match(rest) and not asks and not _is_at_once(words, number) and not _hangs_on(words, number))
            or (words[number].breaks and _starts_anew(words, number))
        ):
            return words[:number]
    return words


def _hangs_on(words: Sequence[Word], number: int) -> bool:
    """ "Into which of the three", "as soon as my boss has signed": what stands before is nothing without it."""
    before = words[number - 1].text
    return before in ("as", "than") or (before in _PREPOSITIONS and words[number].text == "which")


def _is_at_once(words: Sequence[Word], number: int) -> bool:
    return words[number].text == "once" and words[number - 1].text in ("at", "more", "than")


def _plain(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _starts_anew(words: Sequence[Word], number: int) -> bool:
    following = words[number + 1].text if number + 1 < len(words) else ""
    verb = words[number + 2].text if number + 2 < len(words) else ""
    if words[number].text in ("the", "my", "our", "his", "her", "their") and verb in _PREDICATES:
        return True
    return words[number].text in (
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "that",
        "it",
        "there",
        "as",
        "together",
        "with",
    ) and not _goes_on(words[number].text, following)


def _goes_on(word: str, following: str) -> bool:
    """ "Together with a plan", "as a spreadsheet"."""
    return (word in ("together", "with") and following != "the") or (word == "as" and following in ("a", "an", "one"))


def _without_time(words: list[Word]) -> list[Word]:
    """The due date has a field of its own."""
    plain = _plain(words)
    match = _WHEN_AT_END.search(plain)
    if not match:
        return words
    kept = len(plain[: match.start()].split())
    return words[:kept] if kept >= 2 else words


def _joined(source: str, words: Sequence[Word], show: Callable[[int, str], str]) -> str:
    """``show`` is asked for each word, by its number, how it stands in the text; "" leaves it out."""
    text, end = "", -1
    for number, word in enumerate(words):
        if word.start < end:  # the second half of a contraction
            continue
        shown = show(number, source[word.start : word.end])
        if not shown:
            continue
        between = source[end : word.start] if end >= 0 else ""
        text += (between if between.strip(" ,-:") == "" and len(between) <= 2 else " ") + shown if text else shown
        end = word.end
    return _TWO_ARTICLES.sub(r"\1", _RESTART.sub(r"\1 \2", " ".join(text.split()))).strip(" ,;:.-")


def is_empty(task: str) -> bool:
    """Whether nothing remains to be done after the call: "Share", "Find out", "Drop a link in the chat"."""
    words = [word.strip(".,'").lower() for word in task.split()]
    return (
        bool(_DONE_HERE.match(task))
        or task.split(maxsplit=1)[0].endswith(",")
        or words[0] in ("that", "it", "them", "this", "both")
        or (words[0] not in _ERRANDS and not _named_things(words))
    )


def is_vague(task: str) -> bool:
    """Whether only the quote tells what is meant: "Ask him", "Forward it"."""
    words = [word.strip(".,'").lower() for word in task.split()]
    things = [word for word in _named_things(words) if not _COUNTED.match(word)]
    return not _ANSWER.match(task) and not set(things) - _NOTHING_IN_PARTICULAR


def points_back(task: str) -> bool:
    """Whether its object is a word that nobody can place afterwards: "Put it at eighty", "Share that with Ann"."""
    return bool(_POINTS.match(task))


def tells_nothing(task: str, names: Iterable[str]) -> bool:
    """Whether nobody could tell afterwards what is to be done. ``names`` are those of the people in the meeting."""
    if _ANSWER.match(task) and not points_back(task):
        return False
    people = "|".join(re.escape(name) for name in names) or r"(?!)"
    if re.match(rf"{_REACHES} (?:to |with )?(?:the \w+|{people})\b", task, re.IGNORECASE):
        return False
    bare = re.sub(rf"\s+(?:to |with |for )?(?:{people})(?![\w'])", "", task)
    return is_vague(bare) or (points_back(bare) and not _TELLS_MORE.search(bare))


def _named_things(words: Sequence[str]) -> list[str]:
    return [word for word in words[1:] if word not in _SMALL_WORDS]


def stripped(words: Sequence[str]) -> list[str]:
    """Words that carry an action's meaning, for comparing two of them."""
    return [word for word in words if len(word) > 3 and word not in _OPENERS]
