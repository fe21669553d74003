"""Words that mean it together, in whatever order they come: for sayings that no pattern foresees.

Looser than the patterns and therefore less sure; a sentence must be short, meant, and free of what would turn it round.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.fragments import OFFER, ROLE, WHEN
from sequences.skills.rules.matching import Found, has_name, is_conditional, is_reported
from sequences.skills.rules.sentences import Sentence, is_question

_SHORT = 16  # words of each of two sentences that belong together
_LONGEST = 32  # words; in a longer sentence words need not belong together

_PAST = r"\b(?:was|were|did|ago|last (?:year|month|week|quarter|time|spring|summer|fall|winter)|yesterday|used to|back then|sent|went|came|told|closed|raised|bought|opened|moved|started|launched|found|spent|made|took|kept|lost|saw)\b"
_DOCUMENT = (
    r"\b(?:proposals?|quotes?|quotations?|estimates?|contracts?|agreements?|brochures?|decks?|slides|pdfs?|data ?sheets?|spec(?:ification)?s?|spec sheets?|case stud(?:y|ies)|references?|referees|"
    r"certificates?|certs?|recordings?|links?|one pagers?|two pagers?|leaflets?|white ?papers?|documentation|docs|questionnaires?|soc ?2|dpa|msa|nda|sow|price lists?|rate cards?|order forms?|"
    r"floor ?plans?|drawings?|catalogu?es?|breakdown|write ups?|test results|manuals?|checklists?|samples?|in writing|on paper|in an email|paperwork|tariffs?|method statements?|risk assessments?|"
    r"worked examples?|templates?|screenshots?|testimonials?|accreditations?|accounts|statements?|terms|swatch(?:es)?|mock ?ups?|photos?|videos?|invoices?|syllabus|portfolio|cvs?|resumes?|itinerar(?:y|ies))\b"
)
_ASK = (
    r"\b(?:please|(?:can|could|would|will|might) (?:you|i|we)|send|(?:give|get|show|bring|mail|email|text|whatsapp|forward|pass|drop|slide|hand|lend|fax|ping|shoot|leave|print) (?:me|us)|let (?:me|us) (?:have|see)|"
    rf"(?:i|we) (?:would |will |do |really |still |also |am going to |are going to )*(?:need|want|like|love|appreciate|require) (?:to (?:see|have|get|read|receive) )?(?:(?!it\b|them\b|to\b|you\b|our\b|my\b)\S+ ){{0,4}}?{_DOCUMENT}|"
    r"have you|do you have|any chance|mind|missing|owe (?:me|us)|promised (?:me|us)|waiting (?:for|on)|chase you for)\b"
)
_POWER = (
    r"\b(?:approval|approves?|approved|sign ?off|signs? (?:it )?off|signs?|agrees?|buy in|green ?light|veto|ratif(?:y|ies)|blessing|decides?|decision|final say|last word|vote|votes|consensus|convinced?|persuaded?|on board|"
    r"weigh in|a say|by (?:him|her|them)|past (?:him|her|them)|consult|permission|authori[sz]e|nod|sold on|objects?|thumbs up|purse strings|holds the|gatekeeper|skeptical|sceptical|talked round|overrule|answer to|rubber stamp)\b"
)
_MUST = r"\b(?:has|have|needs?|must|will|would|wants?|gets|got to|is the one|makes?|before|until|till|without|unless|depends|up to|down to|both|either|goes|require[sd]?)\b"
_THIRD = rf"\b(?:{ROLE}|he|she|they|him|her|them|everybody|everyone|others|both of (?:us|them)|all (?:three|four|five) of (?:us|them))\b"
_MONEY = r"(?:\b(?:price|prices|pricing|cost|costs|budgets?|money|quote|figure|fees?|rates?|spend|spending|cash|funds?|funding|premium|rent|margin|thousand|grand|dollars|pounds|euros|quid|bucks|lakhs?|k|charge|charges|invoice|bill|increase)\b|[$\u20ac\u00a3]\d|\b\d+k\b)"
_AGAINST = (
    r"\b(?:too (?:much|high|expensive|steep|rich|dear)|expensive|steep|pricey|tight|frozen|freeze|slashed|over budget|stretch|stretching|hefty|eye watering|ouch|shock|choke|gulp|ceiling|maxed?|tops|skint|broke|strapped|"
    r"squeeze|squeezed|cheaper|lower|come down|knock|shave|trim|haggle|(?:can|could|do|did|will) not (?:\w+ )?(?:afford|justify|pay|stretch|spend|have|go|do|get|make|take)|cannot (?:\w+ )?(?:afford|justify|pay|stretch|spend|go|do|get)|no way|hurts?|sting|stings|painful|scary|daunting|blew|blown|nervous|double|twice|bleeding|cutting|pinch|short of|gone|dried up|nothing left|not a penny|no more)\b"
)
_FOR = (
    r"\b(?:approved|signed off|allocated|earmarked|ring fenced|set aside|put aside|fine|fair|reasonable|happy|comfortable|no problem|not a problem|agreed|accept|accepted|go ahead|going ahead|green light|secured|covered|available|doable|works|"
    r"acceptable|manageable|stands|can do|can live with|on the table|authori[sz]ed|confirmed|got the (?:money|budget|funds|funding|cash)|have the (?:money|budget|funds|funding|cash))\b"
)
_RIVAL = (
    r"\b(?:quoted|a quote|quotes from|offer(?:s|ed|ing)?|price[ds]?|pitch(?:ed|es|ing)?|cheaper|vendors?|suppliers?|providers?|competitors?|alternatives?|shortlist|trial(?:ed|led)?|switch(?:ed|ing)?|renew(?:al|ing)?|"
    r"instead|versus|compared?|comparing|rivals?|salesman|salespeople|sales guy|rep|proposal|bid|tender|undercut|poach|incumbent|contract with|currently|at the moment|years with|stay with|stick with)\b"
)
_PROJECT = (
    r"\b(?:need|needs|have to|has to|must|deadline|launch(?:es|ing)?|live|start(?:s|ing)?|opens?|opening|closes?|finish(?:ed)?|done|ready|decide[sd]?|decision|expires?|lapses?|ends|is up|season|latest|window|target|plan(?:s|ned|ning)?|"
    r"aim(?:ing)?|hop(?:e|ing)|running|in place|in time|otherwise|at least|not before|rush|hurry|urgent|switch|move|moving|kick off|cut over|due|runs out|no later|wait|too late|earliest|sorted|handover|inspection|audit|busy)\b"
)
_TALKING = (
    r"\b(?:meet|meeting|call|demo|visit|session|talk|speak|chat|sit down|coffee|lunch|zoom|teams|video|catch up|pop (?:round|over|in|by)|come (?:by|over|round|in|to|out|down|back)|swing by|walk (?:you|him|her|them|through)|slot|calendar|"
    r"invite|book|pencil|tasting|tour|workshop|get together|regroup|reconvene|phone|ring|go through (?:it|this|that)|viewing|showing|half an hour|an hour|round two|conversation|present|join)\b"
)
_PROPOSED = r"\b(?:shall|should|could|can|would|let us|how about|what about|why do not|want|fancy|suggest|propose|free|available|suits?|work for|works? for you|maybe|perhaps|happy to|love to|like to|say)\b"


@dataclass(frozen=True, kw_only=True)
class _Together:
    kind: IntentKind
    side: Side | None  # None: anybody
    all_of: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str]
    confidence: float
    may_ask: bool = False
    needs_name: bool = False
    longest: int = _LONGEST


def _all(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_RULES = (
    _Together(
        kind=IntentKind.SEND_CONTENT,
        side=Side.PROSPECT,
        all_of=_all(_DOCUMENT, _ASK),
        unless=re.compile(
            r"\b(?:(?:our|my|their|his|her) (?:\w+ )?(?:proposals?|quotes?|contracts?|agreements?|slides|invoices?|letters?|accounts|terms|menus?|drawings?|photos?|checklists?|templates?|references?|samples?|manuals?)|(?:i|we|he|she|they|[a-z]+) (?:will|can|could|have) (?:send|share|show|forward|email|get you|give you|sent)|"
            r"customers?|clients?|patients?|tenants?|parents|not (?:need|want)|already|does it|can it|will it|could it|discount|invite|they (?:send|want|need|ask)|we send|i send|in terms|long term|short term|sign (?:the|a) contract|under contract|link (?:it|to|with|up)|terms of|accounts? (?:for|manager|payable)|change|edit|upload|store|scan)\b|"
            + _PAST
        ),
        confidence=0.77,
        may_ask=True,
    ),
    _Together(
        kind=IntentKind.MULTI_STAKEHOLDER,
        side=Side.PROSPECT,
        all_of=_all(_POWER, _MUST, _THIRD),
        unless=re.compile(
            r"\b(?:customers?|clients?|patients?|tenants?|parents|drivers?|your (?:\w+ )?(?:team|lawyers?|legal|boss|manager|cto|ceo|engineers?)|for you to|you decide|you sign|every (?:order|invoice|shift|day|time)|each (?:order|invoice|shift)|timesheets?|invoices?|claims?|sign(?:s|ed)? (?:in|up|on|out)|stop signs?|road signs?|happy with (?:it|you|the (?:service|product))|"
            r"(?:we|i) (?:\w+ )?(?:want|need|have|hope|plan|will|would|can|could|may|might) (?:to )?(?:\w+ )?(?:sign|agree|decide|vote)|(?:i|we) will sign|we have agreed|has approved|have approved|was approved|got approved|already)\b|"
            + _PAST
        ),
        confidence=0.78,
    ),
    _Together(
        kind=IntentKind.BUYING_NEGATIVE,
        side=Side.PROSPECT,
        all_of=_all(_MONEY, _AGAINST),
        unless=re.compile(
            r"\b(?:(?:cut|reduce|save|lower|saving|cutting|reducing|bring down|control) (?:on )?(?:our |the |some |their |its )?(?:\w+ )?(?:costs?|money|spend|bills?|fees|rates?|invoice)|save|saves|saving|costs? us|cost me|costing us|downtime|fuel|labor|labour|wages|salar(?:y|ies)|rent (?:is|for our)|customers?|clients?|patients?|tenants?|guests?|turnover|error|returns?|waste|scrap|"
            r"send|quote (?:from|me|us)|ask (?:him|her|them|you|my|our|the|about|for)|at any rate|churn|not (?:the|a|an|our|my) (?:problem|issue|price|money|budget)|no problem|not about (?:the )?(?:price|money)|per cent of|percent of|can not ask|do not ask|let you know|get back|double check|orders?|tickets?)\b|"
            + _PAST
        ),
        confidence=0.76,
        longest=20,
    ),
    _Together(
        kind=IntentKind.BUYING_POSITIVE,
        side=Side.PROSPECT,
        all_of=_all(_MONEY.replace("|ask|bill|increase|percent|per cent", ""), _FOR),
        unless=re.compile(
            r"\b(?:not (?:approved|signed|fine|fair|happy|comfortable|yet)|but|however|if|unless|until|once|when|before|need|needs|has to|have to|must|hope|should|might|could|whether|never|nobody|no one|who|still|would be|to be approved|gets? approved|only|used to|works for|fine print|customers?|clients?|fair trade|trade fair|world)\b"
        ),
        confidence=0.76,
        longest=18,
    ),
    _Together(
        kind=IntentKind.COMPETITIVE,
        side=Side.PROSPECT,
        all_of=_all(_RIVAL),
        unless=re.compile(
            r"\b(?:your (?:quote|offer|price|proposal|demo|bid|trial)|you quoted|you offered|our (?:\w+ )?(?:customers?|clients?|competitors?|rivals?)|my (?:\w+ )?(?:competitors?|rivals?)|than us|undercut us|customers?|send|introduce|ask|connect|meeting|leave (?:it|that|him|her|at|the|for|me|you)|on leave|leaving (?:at|the|for|on|early)|retir\w+|hired|colleague|boss|"
            r"currently (?:in|on|at)|at the moment (?:he|she|i)|offer(?:ed)? (?:him|her|me) a|job|rep (?:for|of) us)\b"
        ),
        confidence=0.76,
        needs_name=True,
        longest=24,
    ),
    _Together(
        kind=IntentKind.TIMELINE,
        side=Side.PROSPECT,
        all_of=_all(
            rf"\b(?:by|before|until|till|on|in|from|this|next|end of|start of|mid|early|late|for|at|after|around|come|than|through|to|is|are|s) (?:the )?(?:end of |start of |middle of |beginning of )?(?!(?:today|tonight|tomorrow|this (?:morning|afternoon|evening))\b)(?:{WHEN})",
            _PROJECT,
        ),
        unless=re.compile(
            r"\b(?:i will|let me|we will (?:send|get|let|call|talk|come back|answer|reply|have)|i can (?:send|do|make|get)|call|meet|meeting|chat|talk|speak|invite|calendar|demo|send|sent|email|let you know|get back|reach out|works for|suits|free|available|around|on (?:holiday|leave|vacation)|i am (?:out|off|in|away|traveling)|he is|she is|"
            r"every|each|usually|always|normally|typically|snow|rain|weather|kids?|daughter|son|flight|train|dentist|lunch|dinner|birthday|wedding|school run|gym|home|weekend|hired|since|report|reports|minutes|you|your|shift|at (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)|am|pm|o'clock)\b|"
            + _PAST
        ),
        confidence=0.78,
        longest=26,
    ),
    _Together(
        kind=IntentKind.SCHEDULE_MEETING,
        side=None,
        all_of=_all(rf"\b(?:{WHEN})\b", _TALKING, _PROPOSED),
        unless=re.compile(
            r"\b(?:i will (?:talk|speak|meet|ask|present|discuss|check|raise|go through) (?:to|with|it|this|that)? ?(?!you)|let you know|get back|come back to|have (?:him|her|them) call|get you|works for (?:me|us)|suits me|is (?:fine|good|perfect|great)|every|each|usually|live|launch|roll ?out|install|deliver\w*|deadline|quote|proposal|send you|email you|budget|right now|now|today we|not|never|"
            r"customers?|patients?|clients?|their|my (?:team|boss|manager|wife|husband|director)|our (?:team|board|boss)|his|he is|she is|if|report|training|support|call center|calls? (?:per|a) (?:day|week)|site (?:is|was|opens)|on site|would like to (?:launch|start|go)|contract|decision|decide|finish|start (?:the|with|in|on))\b|"
            + _PAST
        ),
        confidence=0.78,
        may_ask=True,
        longest=26,
    ),
    _Together(
        kind=IntentKind.SEND_PROPOSAL,
        side=Side.REP,
        all_of=_all(
            rf"\b(?:{OFFER}|offer)\b",
            r"\b(?:send|get|put|have|email|mail|forward|share|draft|write|prepare|pull|work|shoot|turn|build|create|issue|submit|deliver|provide|revise|update|upload|resubmit|redo|rework|draw|print|hand|drop|bring|come back|make)\b",
            r"\b(?:i will|we will|let me|i am going to|we are going to|you will|i shall|we shall|i promise|my next|on my list|tonight|tomorrow|by (?:monday|tuesday|wednesday|thursday|friday|end|close))\b",
        ),
        unless=re.compile(
            r"\b(?:offers? (?:you|them|him|her|that|this|a|an)|template|checklist|link|deck|recording|review|approve|sign|signed|received|your (?:quote|proposal|bid|tender)|go through|walk|discuss|talk|meet|call|only|not|never|customers?|if|once|when|unless|whether|always|usually|every|each|sent|was|were|have offered|we offer|i offer|on offer|special offer|job offer)\b"
        ),
        confidence=0.8,
    ),
)


def detect_together(spoken: Spoken) -> Iterator[Found]:
    """At most one for each kind and sentence."""
    yield from _proposed_in_two(spoken)
    for sentence in spoken.sentences:
        for rule in _RULES:
            if rule.side in (None, spoken.side) and 4 <= len(sentence.words) <= rule.longest:
                found = _found(rule, sentence, spoken)
                if found:
                    yield found


def _proposed_in_two(spoken: Spoken) -> Iterator[Found]:
    """ "Would a working session help? I'm thinking Monday." """
    rule = next(rule for rule in _RULES if rule.kind is IntentKind.SCHEDULE_MEETING)
    day, talking, proposed = rule.all_of
    for one, other in pairwise(spoken.sentences):
        if max(len(one.words), len(other.words)) > _SHORT or rule.unless.search(f"{one.plain} {other.plain}"):
            continue
        if (
            one.has_question_mark
            and talking.search(one.plain)
            and proposed.search(one.plain)
            and day.search(other.plain)
        ):
            yield Found(rule.kind, one, 0, len(one.words) - 1, rule.confidence)


def _found(rule: _Together, sentence: Sentence, spoken: Spoken) -> Found | None:
    matches = [pattern.search(sentence.plain) for pattern in rule.all_of]
    if not all(matches) or rule.unless.search(sentence.plain):
        return None
    if rule.needs_name and not has_name(sentence, spoken.people):
        return None
    if not rule.may_ask and (sentence.has_question_mark or is_question(sentence)):
        return None
    first = min(sentence.word_at(match.start()) for match in matches if match)
    last = max(sentence.word_at(match.end() - 1) for match in matches if match)
    if is_conditional(sentence, first, last) or is_reported(sentence, first, rule.kind):
        return None
    if any(word.quoted for word in sentence.words[first : last + 1]):
        return None
    return Found(rule.kind, sentence, first, last, rule.confidence)
