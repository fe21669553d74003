"""Answers that mean what the question asked: "Who else are you looking at?" makes a rival of "Two others"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.fragments import CLOCK, ROLE, WHEN
from sequences.skills.rules.matching import Found, is_conditional
from sequences.skills.rules.sentences import Sentence

_REACH = 2  # sentences of an answer


@dataclass(frozen=True, kw_only=True)
class _Question:
    kind: IntentKind
    asked: re.Pattern[str]
    answered: re.Pattern[str]
    denied: re.Pattern[str]
    confidence: float
    is_statement: bool = False  # asked by naming something, not by a question


_NO = r"^(?:no|nope|not$|nobody|no one|none|nothing|not yet|not that|not at the moment|only you|you are the only|do not know|i do not|not sure|hard to say|good question|why|what)\b"
_NUMBER = r"(?:[$\u20ac\u00a3]?\d[\d.,]*k?|a hundred|hundred|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|two|three|four|five|six|seven|eight|nine)(?: (?:hundred|thousand|grand|k|lakhs?|million|\w+ty|one|two|three|four|five|six|seven|eight|nine))*"
# A price that we named: a number with what makes it money.
_PRICED = re.compile(
    rf"[$\u20ac\u00a3]\d|\b{_NUMBER} (?:\w+ )?(?:thousand|grand|k|dollars?|pounds?|euros?|quid|bucks|lakhs?|a (?:month|year|seat|head|user|day|unit|piece|week|night|bottle|box|ton)|per (?:month|year|seat|head|user|day|unit|piece|week|night)|each|plus (?:vat|tax)|an hour|apiece|all in|monthly|annually)\b|"
    rf"\b(?:price|cost|costs|fee|quote|rate|total|comes to|comes out at|works out at|we are at|we charge|that would be|it would be|it is around|come down to|go down to|i can do|we can do) (?:\S+ ){{0,6}}?{_NUMBER}\b"
)

_QUESTIONS = (
    _Question(
        kind=IntentKind.BUYING_POSITIVE,
        asked=_PRICED,
        answered=re.compile(
            rf"^(?:ok |yes |right |oh |well |hm |good |great |fine |all |so |then |actually |honestly |for (?:me|us) |and )*(?:(?:that|it|this|which|{_NUMBER}(?: a \w+)?) (?:is|s|sounds|seems|looks|would be) (?:\w+ ){{0,2}}?(?:fine|grand|doable|(?:ok|good|great) (?:for|with|by) (?:me|us)|reasonable|fair|no problem|not a problem|all right|cheap|affordable|manageable|acceptable|workable|perfect|in line|within|less than|better than|not bad|not too bad|not as bad|cheaper|lower|ok for us)\b|(?:i|we) (?:can|could) (?:get comfortable|make (?:that|it) work|live)|(?:nobody|no one)(?: \w+){{0,3}} (?:going to )?argue|(?:do|does) not have a problem with (?:that|it)|(?:no|not a) problem with (?:that|it)|"
            rf"(?:that|it|this) works\b|(?:i|we) can (?:do|live with|work with|sign|manage|swing|afford|stretch to|find) (?:that|it|this|{_NUMBER})|(?:done|sold|deal|agreed|accepted)\b|{_NUMBER} (?:i|we) can (?:do|manage|find|live)|(?:this|that|your) (?:price|number|figure) (?:is|works)|we have a deal|you have a deal|less than (?:i|we)|(?:i|we) (?:had |was |were )?(?:expected|feared|imagined|thought))"
        ),
        denied=re.compile(
            r"\b(?:but|if|depends|too (?!bad)|however|unless|until|maybe|good to know|good question|great question|fair (?:enough|question|point)|not (?:fine|ok|good|great|cheap|acceptable|in|within|possible|doable)|still|more than|good news|good point|just|only|per user or|would have been|less)\b"
        ),
        confidence=0.8,
        is_statement=True,
    ),
    _Question(
        kind=IntentKind.BUYING_NEGATIVE,
        asked=_PRICED,
        answered=re.compile(
            rf"^(?:ouch|oof|jesus|christ|blimey|crikey|yikes|whoa|good lord|dear me|ay|sheesh|wow|phew|hell|my goodness|good grief)\b|^(?:\w+ )?how much$|\b(?:that|it|this|you|which|{_NUMBER}(?: a \w+)?) (?:is|are|s|sounds|seems|looks) (?:\w+ ){{0,2}}?(?:steep|dear|a lot|a bit much|rich|too much|hefty|more than|high|higher|expensive|pricey|over|a stretch|tough|out of|beyond|above|not possible|a big (?:number|ask)|serious money|real money)\b|"
            r"\b(?:made of money|sell (?:the|my|a) (?:van|car|house|kidney)|out of (?:my|our) league|a lot (?:of money|for)|no way|not a chance|not going to (?:fly|happen|work)|heart attack|choke|sticker shock|more than (?:we|i)|double what|not in (?:the|our|my) budget|(?:can not|cannot|could not) (?:do|afford|justify|stretch|go|find|pay|get) )"
        ),
        denied=re.compile(
            r"\b(?:cheap|good|great|impressive|impressed|less|fine|not a lot|not much|not too|not bad|not (?:so|that) (?:bad|much|expensive)|ok|reasonable|nice|wow that is (?:quick|fast))\b"
        ),
        confidence=0.82,
        is_statement=True,
    ),
    _Question(
        kind=IntentKind.COMPETITIVE,
        asked=re.compile(
            r"\b(?:(?:who|what|anyone|anybody|anything|which|any) (?:\w+ )?(?:else|other|others|alternatives?|vendors?|suppliers?|providers?|companies|tools|options)\b.*\b(?:look|looking|talk|talking|consider|considering|evaluat\w+|compar\w+|speak|speaking|in the (?:mix|running|frame)|bid|invited|seen|for this)|"
            r"(?:looking at|talking to|considering|evaluating|comparing|speaking to|up against) (?:\w+ )?(?:anyone|anybody|others?|other \w+|alternatives)|who are we (?:up|competing) against|"
            r"who else (?:are you|have you|is|did you)|how many (?:companies|vendors|suppliers|agencies|bidders|firms)|"
            r"(?:what|which|who) (?:\w+ )?(?:are you|do you|is your|are you guys) (?:\w+ )?(?:us(?:e|ing)|with|on|supplied|sourcing|renting|buying|working with|paying)\b.*\b(?:now|right now|today|currently|at the moment|for (?:this|that)|moment)|what are you using|who do you (?:use|work with|buy from)|what are you paying)"
        ),
        answered=re.compile(
            r"\b(?:(?:two|three|four|five|a few|a couple|several|some|one|both|couple of|few) (?:of )?(?:\w+ )?(?:others?|producers?|sources|distributors?|manufacturers?|agencies|vendors?|companies|suppliers?|firms|providers?|quotes?|bids?|more|options|tools|alternatives|competitors)|"
            r"(?:we|i) (?:are )?(?:rent|buy|lease|use|using|pay|work|renting|buying|go|went|looked|spoke|talked|saw|tried|on|with|have been) (?:\w+ )?(?:from|with|at|to|on)? ?(?!a (?:spreadsheet|notebook|whiteboard|manual)|spreadsheets?|excel|paper|pen|nothing|a lot|our own|google sheets|email|it\b|that\b|this\b)[a-z]+|"
            r"in house|ourselves|incumbent|current (?:vendor|provider|supplier|agency))\b"
        ),
        denied=re.compile(
            _NO
            + r"|\b(?:spreadsheets?|excel|paper|by hand|whiteboard|pen and|nothing (?:formal|at)|no one|nobody|not (?:looking|talking|considering)|just you|only you|haphazard|manually)\b"
        ),
        confidence=0.84,
    ),
    _Question(
        kind=IntentKind.TIMELINE,
        asked=re.compile(
            r"\b(?:when (?:would|do|does|did|are|is|will|should|could|might) (?!we (?:talk|speak|meet|have another)|i (?:call|ring|expect)|you (?:free|available|two free)|you like to (?:talk|meet|speak))(?:\S+ ){1,8}|when s (?:that|it|this|the|your) |(?:go live|deadline|target|launch|timeline|timing|start date|end date)\b.*\b(?:moved|changed|still|same|the same|slip|slipped|hold|fixed|realistic|firm)|(?:what|how) (?:is|about|does) (?:\w+ )?(?:your |the )?(?:timing|timeline|time frame|timeframe|deadline|timescale|target date)|by when|what (?:is|s) (?:your|the) (?:\w+ )?(?:deadline|timing|timeline|target|date)|how (?:soon|urgent|quickly)|(?:and )?timing\b|latest date|start date)"
        ),
        answered=re.compile(
            rf"\b(?:{WHEN}|no (?:rush|hurry)|not in a (?:rush|hurry)|as soon as possible|asap|yesterday|(?:two|three|four|six|\d+) (?:weeks|months)|after (?:the )?{WHEN}|soon as)\b"
        ),
        denied=re.compile(
            rf"^(?:do not know|i do not|not sure|hard to say|good question|why|what|nobody knows|no idea)\b|\b(?:last (?:year|month|week|spring|summer|quarter)|ago|started|works for me|{CLOCK}|free|available|vacation|holiday|meet|call)\b"
        ),
        confidence=0.84,
    ),
    _Question(
        kind=IntentKind.MULTI_STAKEHOLDER,
        asked=re.compile(
            r"\b(?:who (?:else |all |ultimately |finally |in the end )*(?:approves?|signs?|decides?|needs? to|has to|have to|would (?:need|have|want) to|is involved|makes the|holds the|owns the|would be involved|should be|gets a say|has a say|has the final)|"
            r"(?:is it|is that|would that be|can you) (?:just )?(?:you|your decision|yours|your call)|are you the (?:one|decision maker|only)|decision (?:process|making)|how (?:do|does|are|is) (?:\w+ )?(?:decisions?|decide)|(?:does|do|would) (?:anyone|anybody|someone) else|who do you (?:report|need)|how do you decide)\b"
        ),
        answered=re.compile(
            rf"\b(?:(?:our|my|the|his|her) (?:\w+ ){{0,2}}?{ROLE}|both of us|we both|all (?:three|four|five) of us|{ROLE} (?:does|decides|signs|and)|(?:he|she|they) (?:does|do|decides?|signs?))\b"
        ),
        denied=re.compile(
            _NO
            + r"|\b(?:just me|it is me|that is me|i (?:do|decide|sign|am the one|can sign)|my (?:decision|call)|myself|only me)\b"
        ),
        confidence=0.84,
    ),
    _Question(
        kind=IntentKind.BUYING_NEGATIVE,
        asked=re.compile(
            r"\b(?:is there|do you have|have you got|any|what about|how about|and) (?:\S+ ){0,3}?(?:budget|money|funding|funds)\b"
        ),
        answered=re.compile(
            r"^(?:no|nope|not$|not much|not yet|not (?:this|right|at|until|for)|none|nothing|zero|very little|hardly|barely)\b"
        ),
        denied=re.compile(r"\b(?:not (?:a problem|an issue|worried)|no (?:problem|issue|worries|limit))\b"),
        confidence=0.84,
    ),
    _Question(
        kind=IntentKind.BUYING_POSITIVE,
        asked=re.compile(
            r"\b(?:is|do you have|have you got|has|does) (?:\S+ ){0,4}?(?:budget|money|funding|funds)\b(?:\S| ){0,40}|\b(?:budget|money|funding) (?:been )?(?:approved|there|available|set aside|in place|allocated)|\b(?:does|would|is) (?:that|the|this) (?:\w+ )?(?:price|number|figure|budget)(?:\S| ){0,20}(?:work|ok|fit|workable|doable)"
        ),
        answered=re.compile(
            r"^(?:(?:yes|sure|absolutely|definitely) ?)?(?:it is|we do|there is|it has|that works|that is fine|it does|yes|absolutely|definitely)(?: \S+){0,4}$"
        ),
        denied=re.compile(
            r"\b(?:but|not|if|depends|until|once|maybe|however|tight|though|unless|pending|still|needs?|has to|what)\b"
        ),
        confidence=0.8,
    ),
)


def detect_answers(spoken: Spoken) -> Iterator[Found]:
    """From a prospect's first sentences after a question of ours."""
    before = spoken.before
    if spoken.side is not Side.PROSPECT or before is None or before.side is not Side.REP or not before.sentences:
        return
    asked = [part.plain for part in before.sentences[-2:] if part.has_question_mark or part is before.sentences[-1]]
    for question in _QUESTIONS:
        heard = [part.plain for part in before.sentences[-4:]] if question.is_statement else asked
        if any(question.asked.search(plain) for plain in heard):
            found = _answer(question, spoken)
            if found:
                yield found


def _answer(question: _Question, spoken: Spoken) -> Found | None:
    for sentence in spoken.sentences[:_REACH]:
        if question.denied.search(sentence.plain) or (sentence.has_question_mark and not question.is_statement):
            return None
        match = question.answered.search(sentence.plain)
        if match and (question.kind is IntentKind.TIMELINE or not _doubtful(sentence, match)):
            first, last = sentence.word_at(match.start()), sentence.word_at(max(match.start(), match.end() - 1))
            return Found(question.kind, sentence, first, last, question.confidence)
    return None


def _doubtful(sentence: Sentence, match: re.Match[str]) -> bool:
    first, last = sentence.word_at(match.start()), sentence.word_at(max(match.start(), match.end() - 1))
    return is_conditional(sentence, first, last)
