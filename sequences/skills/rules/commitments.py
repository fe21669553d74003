"""Promises to act: in the first person, for a named colleague, or as a yes to somebody's request."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sequences.records.meeting import Side
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.imperatives import imperative
from sequences.skills.rules.matching import Rule, apply
from sequences.skills.rules.sentences import Sentence, part_of
from sequences.skills.rules.wording import called

_VERB = (
    r"(?:send|email|mail|share|forward|shoot|ping|text|get|put|prepare|draft|write|set|schedule|book|arrange|organize|check|ask|find|look into|"
    r"confirm|follow up|circle back|call|ring|introduce|connect|talk to|talk with|speak to|speak with|reach out|update|create|build|review|provide|upload|dig|pull|"
    r"loop|invite|bring|add|include|run|test|fix|order|ship|sign|complete|fill|submit|make sure|take|come back|get back|let|work on|work up|raise|chase|document|"
    r"record|pass|hand|print|sync|finalize|revise|resend|return|deliver|drop|collect|gather|track down|sort out|price|quote|verify|discuss|present|propose|"
    r"process|extend|reserve|hold|transfer|configure|enable|activate|install|clean up|compile|summarize|type up|request|apply|register|report back|"
    r"redo|rework|rewrite|draw up|make (?:you|them|it into)|make (?:a|an|the|one) (?:\w+ ){0,3}?(?:offer|quote|list|sheet|plan|summary|copy|proposal)|"
    r"do (?:you|them|him|her) (?:a|an|the|one) \w+|do (?:a|an|the) (?:\w+ ){0,3}?(?:offer|quote|sheet|plan|summary|proposal|write up)|"
    r"have (?:\S+ ){1,9}?(?:to you|over to you|with you|for you|in your inbox)|have a (?:word|chat|yarn|talk) with|"
    r"give (?:you|him|her|them) (?:a|the|an) \S+|tell you (?:after|when|by|what|on|whether|if|tomorrow)|attach|mock up|"
    r"message|phone|photograph|choose|speak with|have a yarn|count|clear|cost|mark|scope|redo|rerun|turn (?:it|that|this) (?:round|around)|go back to|go through|dig up|drop|look (?:it|that) up|have a look|do (?:that|it|this) (?:this|today|tomorrow|tonight|on|by|first|straight)|"
    r"meet with|consult|escalate|file|log|publish|post|export|import|map|estimate|measure|visit|swing by|contact|notify|remind|circulate|nail down)"
)
_MANNER = r"(?:(?:then|now|personally|probably|of course|happily|be sure to|make sure to|try to|try and|go and|go(?! (?:through|back|to|over|into|for|with)\b)|ahead and|obviously|for sure) )*"
# Said about the conversation itself, or with a verb that only sounds like a deed.
_TALK = (
    r"\b(?:share my (?:screen|desktop|view)|pull (?:it |that |this |up )?(?:up|this|here)|walk you through|show you|put (?:myself|it this way|on mute|you on hold|up with|it another way)|"
    r"get (?:to (?:that|it|know|the|see|this)|into|started|going|it(?: now)?$|there|used|through this|lost|back on track|straight|my (?:head|screen|notes)|out of|by\b|some (?:coffee|water)|a (?:coffee|drink)|paid|ready)|"
    r"take (?:that|it)(?: as)?(?: a (?:yes|no|win|compliment|look))?$|take (?:a (?:look|guess|note|minute|second|step)|notes|your word|you through|the blame|credit|questions|five|it from|over|place|care of (?:the kids|my))|"
    r"let (?:me|us|it|them|him|her|hugh|go|that|somebody) (?:\w+ )?(?!know)|let you (?:go|get|run|start|drive|all go|finish|two|talk|speak|continue|in on|choose|decide|know if)|ask you|ask (?:a|the) (?:\w+ )?question|ask this|run (?:you )?through|run late|run out|"
    r"come back to (?:that|this|it|the|those|your)|get back to (?:that|this|it|the|those|work|my)|check (?:out|my watch)|call it(?: a day)?|add (?:that|one thing|to that|value)|put (?:numbers? )?(?:on it|aside|the kettle|my hand)|make sure (?:i|we|that i|that we) (?:understand|got|heard|am|are|have (?:this|that|it) right|understood)|"
    r"hold (?:on|my|you to|off|that thought)|set (?:the stage|aside|expectations)|bring (?:it|this|that|us|me) (?:up|back)|write (?:that|it|this) down|jump|find (?:it|this|that) (?:\w+ )?(?:useful|interesting|hard|strange|odd)|look at (?:it|this|that) now|return to|pass on (?:this|that|it)$|test you|fix (?:it|that)$|record this|"
    r"tell you (?:what|something|this|that|one thing|how it|a secret)|have a look (?:now|here)|go through (?:it|this|that|them)\b|message received|speak (?:up|for)|clear (?:my throat|as)|count (?:on|to|myself)|choose (?:to|my words)|"
    r"set you up for|put you through|add up|run with|sign off (?:now|here)|see)\b"
)
_LATER = r"\b(?:never|not|would have|could have|always|every (?:day|time|week|month)|each (?:day|time|week|month)|usually|normally|typically)\b"

_FIRST_PERSON = Rule(
    rf"(?:(?:i|we|[a-z]+ and i) (?:will|shall|am going to|are going to|promise to|owe you)|i can have|(?:i|we) would be happy to) {_MANNER}{_VERB}",
    f"{_TALK}|{_LATER}",
)
_LET_ME = Rule(
    r"let me (?:\S+ ){1,8}?(?:get back to|come back to|let you know|follow up|send you|email you|circle back|confirm with you|to you by)",
    f"\\blet me (?:see|think|know|say|tell|guess|finish)\\b|{_LATER}",
)
_CAN_BY = Rule(
    r"(?:i|we) can (?:send|email|get|have|share|forward|upload|put together|set up|arrange|prepare|draft|provide|turn) (?:\S+ ){1,9}?(?:by|tomorrow|today|tonight|this (?:afternoon|morning|evening|week)|on (?:monday|tuesday|wednesday|thursday|friday)|right after)",
    f"{_TALK}|{_LATER}|\\bso (?:that )?(?:i|we) can\\b",
)
_NAMED = Rule(
    rf"(?!(?:i|we|you|he|she|they|it|that|this|which|who|there|everyone|nobody|somebody|people)\b)[a-z]+ (?:here |from my team )?(?:will|is going to) {_MANNER}(?:send|email|share|forward|prepare|set|schedule|book|check|call|reach out|follow up|put|get back|come back|revert|provide|upload|draft|write|review|complete|deliver)",
    f"{_TALK}|{_LATER}",
)
_WHEN = (
    r"(?:tomorrow|tonight|today|this (?:morning|aft|afternoon|arvo|evening|week)|next week|(?:on |by |until )?(?:mon|tues|wednes|thurs|fri)day|"
    r"by \w+|until \w+|in (?:\w+ ){1,2}(?:minutes?|hours?|days?)|right after|later today)"
)
# Plans in the present tense count only with their day: "I send it to you tomorrow", "I'm sending it tonight".
_PLANNED = Rule(
    rf"(?:(?:i|we) (?:then )?(?:send|email|mail|call|ring|write|bring|prepare|make|text|forward|share|ask|drop)|(?:i am|we are) (?:sending|emailing|mailing|calling|forwarding|bringing|preparing|writing)) (?:\S+ ){{0,14}}?{_WHEN}",
    f"{_TALK}|{_LATER}|^(?:when|if|before|after|once|did|had|was|were|do|should|shall|can|could|may|would) (?:i|we)\\b|\\b(?:if|should|shall) (?:i|we) (?:send|call|bring|mail)|\\b(?:every|each)\\b",
)
_YOU_WILL_HAVE = Rule(
    rf"you (?:will )?(?:have|get|receive) (?:from (?:me|us) )?(?:the|a|an|both|my|our|all) (?:\S+ ){{1,9}}?{_WHEN}",
    f"{_LATER}|\\b(?:if|when|once|do|did|would|could|can|should) you\\b",
)
# Whatever is done first: the telling at the end makes it a promise to us.
_AND_TELL = Rule(
    rf"(?:(?:i|we) (?:will|am going to|are going to)|let me) {_MANNER}(?!(?:have to|need to|be|not|never|see you)\b)[a-z]+ (?:\S+ ){{0,16}}?(?:and|then) (?:i will |we will |\w+ )?"
    r"(?:let you|get back|come back|call you|e ?mail you|mail you|text you|text yes|drop you|give you (?:a|an|the)|send (?:you|it|that|them)|shoot (?:you|it|that|a|an)|tell you|ping you|write (?:to )?you|ring you|inform you|message you|"
    r"have it (?:over|to|with)|revert|confirm|holler|report back|put it in)",
    f"{_TALK}|{_LATER}|\bif (?:you|we|they|he|she) (?:sign|pay|agree|say)\b",
)
_JOINS = frozenset(("and", "then"))
_LEAD = re.compile(
    rf"^(?:(?:(?!will\b|shall\b|to\b|have\b|you\b)\S+ )+?(?:will|shall|going to|promise to|happy to|have|owe you)|let me|(?:i|we) can) {_MANNER}"
)
_PLAN = re.compile(r"^(?:i|we)(?: am| are)?(?: then)? ")
_RECEIVED = re.compile(r"^you (?:will )?(?:have|get|receive) (?:from (?:me|us) )?")
_REQUEST = re.compile(
    rf"(?:^|\b(?:and|so|then|also|please) )(?:can|could|would|will) you (?:all |both |guys |please |also |maybe |possibly )*(?P<verb>{_VERB})\b|(?:^|\bplease )(?P<bare>(?:please )?(?:send|email|share|forward|mail|flick|shoot|ping|bring|give|text|whack|drop|include|put(?! me through| it this)|add|call|ring|copy)) (?:me|us|it|that|over|the|a|an|in|something|our|my)\b|"
    r"\bwould you mind (?:\w+ )?(?P<gerund>(?:email|send|shar|mail|forward|writ|giv|show|check|bring)ing)\b|"
    r"\b(?:can|could|may) (?:i|we) (?:also |just |maybe |please )*(?P<receive>get|have|see) (?:the|a|an|your|some|that|those)\b"
)
_MOST_WORDS_OF_A_YES = 14
_YES = r"(?:yes|sure|of course|absolutely|certainly|ok|no problem|for sure|definitely|gladly|sure thing|with pleasure|no bother|by all means|not at all|easy|right)"
_ANSWERED = re.compile(
    rf"^(?:{_YES}(?: (?:sir|madam|boss|mate|thing))?(?:$| ))+(?:(?:and )?(?:you will (?:have|get) (?:it|them|that|both|this)\b.*|(?:i|we) will (?:do|send|bring|attach|email|mail|get|share) .*)?)$|^consider it done$|^you will (?:have|get|receive) (?:it|them|that|both|this)\b.*|"
    r"^i will (?:mail|email|send|bring|give|share|forward) (?:you )?(?:it|them|that|\w+)(?: to you)?(?: \w+){0,3}$"
)
_POLITE_NO = re.compile(r"^not at all\b")  # a yes to "would you mind"
_ASSENT = re.compile(
    r"^(?:(?:yes|sure|of course|absolutely|certainly|ok|great|guilty|no problem|for sure|will do|definitely|happy to|you got it|gladly|perfect|right|good|me too|course|can do|consider it done|on it|yes of course|you bet|sure thing|not a problem|fine|understood|noted|done|with pleasure|leave it with me|it is|on its way|no bother|today|tomorrow|by \w+|this \w+|thanks|i|we|that|it|will|do|get)\b ?)+$"
)
_CLEAR_ASSENT = re.compile(
    r"\b(?:will do|of course|sure|absolutely|certainly|no problem|consider it done|on it|can do|happy to|definitely|you bet|you got it|gladly|not a problem|me too|done|with pleasure|leave it with me|it is on its way|on its way|no bother|i will(?: do (?:it|that))?)\b"
)


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """``verb`` is the word where the deed begins; ``promised`` the words in which a due date may stand."""

    spoken: Spoken
    sentence: Sentence
    verb: int
    promised: str
    addressee: str | None
    quote: str
    named: str | None = None
    text: str | None = None  # given when the deed is worded in somebody else's request


def commitments_in(spoken: Spoken) -> Iterator[Commitment]:
    """Every promise of a turn; a yes to a request only when the turn promises nothing by itself."""
    found = [item for sentence in spoken.sentences for item in _promises(spoken, sentence)]
    if found:
        yield from found
        return
    assent = _assent(spoken)
    if assent:
        yield assent


# "Make it seventeen and I'll sign today": nothing is promised until the other side moves.
_BARGAIN = re.compile(
    r"^(?:(?:and|but|so|well|ok|look) )*(?:if\b(?! you (?:like|want|wish|prefer))|unless|make it|call it|knock|at that rate|please send (?:\S+ ){1,6}and i|sign (?:\S+ ){1,4}and i)\b"
)


def is_bargain(sentence: Sentence) -> bool:
    return bool(_BARGAIN.match(sentence.plain))


def _promises(spoken: Spoken, sentence: Sentence) -> Iterator[Commitment]:
    """One for each "I will" of a sentence, as long as nothing speaks against the first."""
    if is_bargain(sentence):
        return
    for part in _parts(sentence):
        promise = _promise(spoken, part)
        if promise is None:
            return
        yield promise


def _parts(sentence: Sentence) -> Iterator[Sentence]:
    """ "I'll send it today, and I'll call on Friday" in two, so that each deed keeps its own date."""
    words = [word.text for word in sentence.words]
    first = 0
    for number in range(2, len(words) - 3):
        again = (
            words[number] in ("and", "then", "plus")
            and words[number + 1] in ("i", "we")
            and words[number + 2] in _BEGINS_A_DEED
        )
        if again and _BEGINS_A_DEED & set(words[first:number]):
            yield part_of(sentence, first, number)
            first = number + 1
    yield part_of(sentence, first, len(words)) if first else sentence


_BEGINS_A_DEED = frozenset(("will", "send", "email", "mail", "call", "ring", "write", "bring", "prepare"))


def _promise(spoken: Spoken, sentence: Sentence) -> Commitment | None:
    for which in (_FIRST_PERSON, _AND_TELL, _LET_ME, _CAN_BY, _NAMED, _PLANNED, _YOU_WILL_HAVE):
        if which is _AND_TELL and not _JOINS & sentence.vocabulary:
            continue
        found = apply(which, sentence)
        if found is None:
            continue
        promised = sentence.plain_of(found.first, len(sentence.words))
        lead = (_PLAN if which is _PLANNED else _LEAD).match(promised + " ")
        verb = found.first + (len(lead[0].split()) if lead else 0)
        return Commitment(
            spoken=spoken,
            sentence=sentence,
            verb=min(verb, len(sentence.words) - 1),
            promised=promised,
            addressee=_addressee(spoken),
            quote=found.quote,
            named=sentence.words[found.first].text if which is _NAMED else None,
            text=_handed_over(sentence, found.first) if which is _YOU_WILL_HAVE else None,
        )
    return None


def _handed_over(sentence: Sentence, first: int) -> str:
    """ "You will have the rate card in five minutes" as what is to be done about it, written as it was said."""
    promised = sentence.plain_of(first, len(sentence.words))
    lead = _RECEIVED.match(promised)
    skipped = len(lead[0].split()) if lead else 0
    thing = _SENDER.sub("", re.sub(rf" {_WHEN}.*$", "", " ".join(promised.split()[skipped:])))
    return f"Send {_written(sentence, first + skipped, len(thing.split()))}"


_SENDER = re.compile(r" (?:off|from|by) (?:me|us|my \w+)\b.*$")


def _written(sentence: Sentence, first: int, count: int) -> str:
    """``count`` words from number ``first`` on as the turn has them."""
    words = sentence.words[first : first + count]
    return " ".join(sentence.source[words[0].start : words[-1].end].split()) if words else "it"


# What a recorder or a script calls people of whom it knows no names.
_ROLES = frozenset(
    ("customer", "client", "prospect", "buyer", "sales", "rep", "seller", "agent", "user", "host", "guest", "manager")
)


def _addressee(spoken: Spoken) -> str | None:
    """Whom "you" means: the last speaker of the other side, by first name."""
    before = spoken.before
    if before is None or (before.side is spoken.side and spoken.side is not Side.REP):
        return None
    return _name_of(before.turn.speaker)


def _name_of(speaker: str) -> str | None:
    """ "Ann" for "Ann Lee"; ``None`` for "Speaker 2" and "Customer"."""
    name = called(speaker)
    is_name = name.replace(".", "").replace(" ", "").replace("-", "").isalpha() and name.casefold() not in _ROLES
    return name if is_name else None


def _assent(spoken: Spoken) -> Commitment | None:
    before = spoken.before
    if before is None or not before.sentences or not spoken.sentences:
        return None
    said = spoken.sentences[0] if len(spoken.sentences) == 1 else None
    first = said or spoken.sentences[0]
    is_plain_yes = len(spoken.plain.split()) <= _MOST_WORDS_OF_A_YES and _ANSWERED.match(first.plain)
    if not is_plain_yes and (not _ASSENT.match(spoken.plain) or not _CLEAR_ASSENT.search(spoken.plain)):
        return None
    for asked in reversed(before.sentences[-2:]):
        match = _REQUEST.search(asked.plain)
        if match:
            if _POLITE_NO.match(spoken.plain) and not match["gerund"]:
                continue
            asked_for = next(name for name, said_so in match.groupdict().items() if said_so)
            verb = asked.word_at(match.start(asked_for))
            requester = _name_of(before.turn.speaker) or "them"
            wish = _deed(imperative(asked, verb, addressee=None, side=Side.REP))
            if before.side is Side.PROSPECT and "they" not in asked.vocabulary:
                wish = re.sub(r"\bthey\b", "we", wish)
            return Commitment(
                spoken=spoken,
                sentence=first,
                verb=0,
                promised=f"{asked.plain} {spoken.plain}",
                addressee=None,
                quote=spoken.turn.text[spoken.sentences[0].start : spoken.sentences[-1].end],
                text=_as_told(wish, requester, before.side),
            )
    return None


def _deed(wish: str) -> str:
    """ "Emailing me the list" and "Get the sheets" as what the asked one does."""
    first, _, rest = wish.partition(" ")
    return f"{_DEEDS.get(first.casefold(), first)} {rest}"


_DEEDS = {
    "get": "Send", "have": "Send", "see": "Send", "flick": "Send", "shoot": "Send",
    "emailing": "Email", "sending": "Send", "sharing": "Share", "mailing": "Mail", "forwarding": "Forward",
    "writing": "Write", "giving": "Give", "showing": "Show", "checking": "Check", "bringing": "Bring",
}  # fmt: skip


def _as_told(wish: str, requester: str, side: Side) -> str:
    """The request in the words of the one who was asked. ``side`` is the requester's: for ours "both of us" stays."""
    wish = re.sub(r"^[Pp]lease (\w)", lambda match: match[1].upper(), wish)
    wish = re.sub(r"(?<!\bof )\b(?:me|us)\b", requester, wish)
    wish = wish if side is Side.REP else re.sub(r"\bof us\b", "of them", wish)
    return re.sub(r"\b(?:my|our)\b", "their", wish)
