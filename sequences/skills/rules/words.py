"""Speech to plain words: lower case, contractions spelt out, fillers and stammers dropped.

Every word keeps the span of the original text that it came from, so that whatever a rule finds can be
quoted verbatim.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"[$€£]?\d+(?:[.,:]\d+)*(?:%|(?:st|nd|rd|th|k|m|am|pm|h)\b)?|[^\W\d_]+(?:['\u2019][^\W\d_]+)*", re.IGNORECASE
)
_STAGE = re.compile(r"\[[^\]\n]{0,60}\]|\([^()\n]{0,40}\)|\*[^*\n]{1,40}\*|<[^<>\n]{0,60}>")
_STAGE_WORDS = re.compile(
    r"laugh|chuckl|giggl|inaudible|crosstalk|pause|silence|music|applause|cough|sigh|background|noise|unclear|joking|"
    r"kidding|sarcas|typing|shar(?:es|ing)|muted|joins|leaves|smil|grin",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;:()\u2013\u2014]|\.\.|\u2026|(?:^|\s)-+(?:\s|$)|-$")

_CONTRACTIONS: dict[str, tuple[str, ...]] = {
    "won't": ("will", "not"),
    "wont": ("will", "not"),
    "can't": ("can", "not"),
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "lets": ("let", "us"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("have", "to"),
    "gotcha": ("ok",),
    "lemme": ("let", "me"),
    "gimme": ("give", "me"),
    "dunno": ("do", "not", "know"),
    "okay": ("ok",),
    "yep": ("yes",),
    "yup": ("yes",),
    "yeah": ("yes",),
    "yea": ("yes",),
    "ya": ("yes",),
    "cos": ("because",),
    "cuz": ("because",),
    "cause": ("because",),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "weve": ("we", "have"),
    "youre": ("you", "are"),
    "youll": ("you", "will"),
    "theyre": ("they", "are"),
    "theyll": ("they", "will"),
    "theyve": ("they", "have"),
    "thats": ("that", "is"),
    "whats": ("what", "is"),
    "heres": ("here", "is"),
    "theres": ("there", "is"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wasnt": ("was", "not"),
    "havent": ("have", "not"),
    "hasnt": ("has", "not"),
    "wouldnt": ("would", "not"),
    "couldnt": ("could", "not"),
    "shouldnt": ("should", "not"),
    "itll": ("it", "will"),
    "thatll": ("that", "will"),
    "alright": ("all", "right"),
    "e-mail": ("email",),
    "organise": ("organize",),
    "prioritise": ("prioritize",),
    "finalise": ("finalize",),
    "finalising": ("finalizing",),
    "authorise": ("authorize",),
    "authorisation": ("authorization",),
    "authorised": ("authorized",),
    "programme": ("program",),
    "cheque": ("check",),
    "cheques": ("checks",),
    "licence": ("license",),
    "licences": ("licenses",),
    "diary": ("calendar",),
    "diaries": ("calendars",),
    "ringfenced": ("ring", "fenced"),
    "onepager": ("one", "pager"),
    "signoff": ("sign", "off"),
    "followup": ("follow", "up"),
    "inhouse": ("in", "house"),
}
_ENDINGS: tuple[tuple[str, str], ...] = (
    ("n't", "not"),
    ("'ll", "will"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'m", "am"),
    ("'d", "would"),
)
_IS_SUBJECT = re.compile(
    r"^(?:it|that|there|here|what|who|where|when|how|he|she|this|everything|everyone|everybody|one)$"
)
_FILLERS = re.compile(r"^(?:um+|uh+|umm+|uhm+|erm?|err+|hm+|mm+|mhm|ah+|eh|huh)$")
_ADVERBS = re.compile(
    r"^(?:just|also|actually|definitely|certainly|really|quickly|happily|gladly|basically|obviously|literally|honestly|"
    r"quite)$"
)
_BARE_VERB = re.compile(
    r"^(?:send|get|put|have|do|be|book|set|schedule|need|let|check|share|email|find|bring|text|ping|speak|ask|run|pull|dig|drop|shoot|pass|pop|chase|sort|write|prepare|leave|start|keep|raise|sign|meet|report|revert|arrange|organise|organize|introduce|connect|tell|show|add|draft|follow|circle|come|give|take|go|"
    r"make|look|see|talk|discuss|review|reach|forward|call|try|bring|confirm|also|just|definitely|probably|get|reply)$"
)
_GERUND = re.compile(r"^(?:\w{2,}ing|not|gonna|also|currently|all|good|still)$")


@dataclass(frozen=True, slots=True)
class Word:
    """A normalised word and where in the original text it comes from. ``breaks``: a comma or dash stands before it."""

    text: str
    start: int
    end: int
    breaks: bool = False
    quoted: bool = False


def read_words(text: str, start: int, end: int, quoted: list[tuple[int, int]]) -> list[Word]:
    """Normalise ``text[start:end]``; ``quoted`` are spans in which somebody else's words are repeated."""
    return _without_stammer(_spelt_out(_raw_words(text, start, end, quoted)))


def stage_directions(text: str) -> list[tuple[int, int]]:
    """Spans that nobody said: ``[laughs]``, ``(crosstalk)``, ``*shares screen*``, tags."""
    return [match.span() for match in _STAGE.finditer(text) if match[0][0] in "[<*" or _STAGE_WORDS.search(match[0])]


def _raw_words(text: str, start: int, end: int, quoted: list[tuple[int, int]]) -> Iterator[Word]:
    hidden = list(stage_directions(text[start:end])) if any(mark in text for mark in "[(<*") else []
    last = start
    for match in _TOKEN.finditer(text, start, end):
        first, final = match.span()
        if any(low <= first - start < high for low, high in hidden):
            continue
        breaks = last > start and bool(_BREAK.search(text[last:first]))
        inside = any(low <= first < high for low, high in quoted)
        last = final
        yield Word(_lowered(match[0]), first, final, breaks, inside)


def _lowered(written: str) -> str:
    """The department keeps apart from the pronoun."""
    return "itdept" if written == "IT" else written.lower().replace("\u2019", "'")


def _spelt_out(words: Iterator[Word]) -> list[Word]:
    out: list[Word] = []
    pending = list(words)
    breaks = False  # a dropped filler hands its comma on
    for index, word in enumerate(pending):
        following = pending[index + 1].text if index + 1 < len(pending) else ""
        parts = _expand(word.text, following)
        breaks = breaks or word.breaks
        for part in parts:
            out.append(Word(part, word.start, word.end, breaks, word.quoted))
            breaks = False
    return out


def _expand(word: str, following: str) -> tuple[str, ...]:
    if _FILLERS.match(word) or _ADVERBS.match(word):
        return ()
    if word in _CONTRACTIONS:
        return _CONTRACTIONS[word]
    if "'" not in word:
        return _missing_apostrophe(word, following)
    for ending, full in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            return (word.removesuffix(ending), full)
    if word.endswith("'s"):  # possessive or "is": where it is not clear, rules allow for both
        return (word[:-2], "is" if _IS_SUBJECT.match(word[:-2]) else "s")
    return (word.replace("'", ""),)


def _missing_apostrophe(word: str, following: str) -> tuple[str, ...]:
    """Recognisers often write "ill send" and "well get": only what follows can tell."""
    if word == "ill" and (_BARE_VERB.match(following) or following in ("i'll", "ill")):
        return ("i", "will")
    if word == "well" and _BARE_VERB.match(following) and following not in ("go", "let", "look", "do", "see", "just"):
        return ("we", "will")
    if word == "id" and re.match(r"^(?:love|like|want|need|prefer|be|say|rather|have)$", following):
        return ("i", "would")
    if word == "were" and _GERUND.match(following):
        return ("we", "are") if following.endswith("ing") else ("were",)
    return (word,)


def _without_stammer(words: list[Word]) -> list[Word]:
    """ "I'll, I'll get that" is said once; so is "you know" and "I mean"."""
    out: list[Word] = []
    index = 0
    while index < len(words):
        pair = (words[index].text, words[index + 1].text if index + 1 < len(words) else "")
        if pair in (("you", "know"), ("i", "mean"), ("sort", "of"), ("kind", "of")) and _is_filler_pair(words, index):
            index += 2
            continue
        if pair == ("go", "ahead") and index + 2 < len(words) and words[index + 2].text == "and":
            index += 3
            continue
        out.append(words[index])
        index += 1
        for size in (3, 2, 1):
            if len(out) >= 2 * size and [w.text for w in out[-size:]] == [w.text for w in out[-2 * size : -size]]:
                if not any(w.text[0].isdigit() for w in out[-size:]) and not (size > 1 and out[-1].text == "by"):
                    del out[-size:]  # but "side by side by Friday" says each once
                break
    return out


def _is_filler_pair(words: list[Word], index: int) -> bool:
    """ "You know" before a clause of its own, not "do you know when" and not "you know Maria"."""
    if words[index].text in ("sort", "kind"):
        return index == 0 or words[index - 1].text not in ("what", "some", "that", "this", "any", "same", "the", "a")
    before = words[index - 1].text if index else ""
    after = words[index + 2] if index + 2 < len(words) else None
    if before in ("do", "did", "let", "if", "as", "what", "when"):
        return False
    return after is None or after.breaks or words[index].breaks or after.text in ("i", "we", "it", "the", "that", "so")
