"""``commitment:schedule_meeting``: either side proposes or promises a concrete further conversation."""

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.fragments import GAP2, GAP3, GAP4, GAP6, GAP8, MEETING, MINUTES, WHEN
from sequences.skills.rules.matching import rule

_KIND = IntentKind.SCHEDULE_MEETING
_ANYONE = (Side.REP, Side.PROSPECT, Side.UNKNOWN)

_VAGUE = (
    r"\b(?:some day|someday|one day|one of these days|at some point|sometime|some time (?:soon|later|in the future)|eventually|down the (?:road|line)|"
    r"in the future|right now|real quick|this call|this meeting|now|for a (?:second|minute|moment)|last (?:week|time|month|year)|"
    r"start with|kick (?:it|us|things) off|my screen|share my|the slides|next slide|move on|jump in|dive in|get started|"
    r"internally|with my (?:team|wife|husband|kids)|my wife|my kids|go live|live by|roll ?out|launch|training (?:course|module|material)|ever)\b"
)
_PROPOSE = (
    r"(?:(?:shall|should|can|could|may|might) (?:we|i|you)(?: all| both| two)?|let us|let me|why do not we|why do not i|do you (?:want|fancy|guys want) to|would you (?:want|like|be (?:able|open|up|free|willing|available) to|"
    r"be interested in|be up for|be open to)|"
    r"want to|(?:i|we) (?:will|would (?:like|love|suggest|propose)|suggest|propose|want to|am going to|are going to|need to|should|can)|"
    r"it would be (?:great|good|useful|helpful|worth)(?: to| for us to)?|would it (?:make sense|be (?:useful|helpful|possible|ok|worth))|does it make sense|how about|what about|"
    r"what if we|maybe we (?:should|could|can)|are you (?:ok|happy|open|up for|able) to|happy to|next step (?:is|would be)|can you guys|could you guys|please)"
)
_ARRANGE = (
    r"(?:schedule|book|set up|put|get|grab|find|arrange|block|line up|organize|pencil|pencil in|have|do|hold|hop|jump|plan|fix|"
    r"reconvene|regroup|reconnect|meet|talk|speak|touch base|sync|catch up|connect|chat|come back together|pick this up|pick it up|pick up|"
    r"get together|sit down|invite you|swing by|stop by|come by|come out|visit|check in|follow up|circle up|circle back|join|another|a|throw|drop|carve out|"
    r"call you|give you a call|ring you|continue|show you|show|walk you|walk|run|bring|see each other|demo)"
)
_BOOKING = r"(?:schedule|book|set up|put|get|grab|find|arrange|block|line up|organize|pencil in|have|do|hold|hop on|jump on|plan|fix|throw|carve out|get on|squeeze in|add|lock in|lock)"
_TALK = (
    r"(?:reconvene|regroup|reconnect|meet|talk|speak|touch base|sync|catch up|connect|chat|pick (?:this|it) (?:back )?up|get together|sit down|"
    r"come (?:by|out|over|in|back together)|visit|check in|follow up|circle (?:back|up)|call (?:you|me)|give (?:you|me) a (?:call|ring)|ring (?:you|me)|"
    r"join|swing by|stop by|hop on|jump on|get on|dial in|see (?:it|you|each other)|see you|go (?:over|through)|walk (?:you )?through|review|show (?:you|them|him|her)|present)"
)

RULES = (
    rule(_KIND, 0.93, _ANYONE, rf"{_PROPOSE} {GAP3}{_BOOKING} {GAP6}(?:{MINUTES}|{MEETING}|time|something|a slot|half an hour|an hour) {GAP8}(?:{WHEN}|with \w+|on the (?:calendar|books)|in the calendar|together|follow up)",
         unless=_VAGUE, may_ask=True),
    rule(_KIND, 0.9, _ANYONE, rf"{_PROPOSE} {GAP3}{_TALK} {GAP8}{WHEN}", unless=_VAGUE, may_ask=True),
    rule(_KIND, 0.88, _ANYONE, rf"{_PROPOSE} {GAP2}(?:schedule|book|set up|arrange|line up|organize|calendar|pencil in) {GAP6}{MEETING}", unless=_VAGUE, may_ask=True),
    rule(_KIND, 0.88, _ANYONE, rf"{_PROPOSE} {GAP3}(?:have|do|get|grab|hold|jump on|hop on|plan) (?:a|an|another|one more|that) {GAP3}(?:follow up|second|next|further|separate|technical|deeper|longer|proper|joint|scoping|working) {GAP2}{MEETING}",
         unless=_VAGUE, may_ask=True),
    rule(_KIND, 0.92, _ANYONE, rf"(?:i|we) (?:will|shall|can|am going to|are going to) {GAP2}(?:send|put|get|drop|shoot|fire|throw|pop|issue|create) {GAP4}(?:calendar|invite|invites|invitation|calendar hold|meeting link|zoom link|teams link|placeholder|calendly|booking link|scheduling link)",
         unless=r"\bmeeting link to (?:him|her|them)\b"),
    rule(_KIND, 0.92, _ANYONE, r"(?:i|we) (?:will|shall|am going to|are going to) \S* ?(?:schedule|book|set up|arrange|calendar|get) (?:\S+ ){0,4}(?:in|on (?:the|your|our) (?:calendar|books)|call|meeting|demo|session|visit|workshop|follow up)",
         unless=_VAGUE),
    rule(_KIND, 0.9, _ANYONE, rf"(?:are you|is \w+|would you be|will you be) (?:\w+ )?(?:free|available|around) {GAP4}{WHEN}", may_ask=True, unless=_VAGUE),
    rule(_KIND, 0.88, _ANYONE, rf"(?:does|would|will|do|could|is|how is|how does|how would) {GAP4}{WHEN} {GAP4}(?:work|suit|good|ok|too (?:early|late|soon)|look|sound|be (?:ok|good|possible))", may_ask=True,
         unless=r"\b(?:deadline|live|launch|deliver|install\w*|delivery|pricing|budget|contract|start|timeline|roll ?out|implementation)\b"),
    rule(_KIND, 0.85, _ANYONE, rf"(?:can|could) you (?:do|make|join|come|meet|talk|spare) {GAP4}{WHEN}", may_ask=True, unless=_VAGUE + r"|\bmake (?:that|it|the) (?:work|happen|deadline|change)\b|\bprice\b|\bdo (?:it|that) for\b"),
    rule(_KIND, 0.85, _ANYONE, rf"(?:how about|what about|shall we say|let us say|say) (?:we say )?(?:on |for |at )?{WHEN}", may_ask=True,
         unless=r"\b(?:budget|live|delivery|price|start date|launch|rollout|discount|last|numbers?|revenue|target)\b"),
    rule(_KIND, 0.85, _ANYONE, rf"what does your (?:calendar|schedule|week|{WHEN}) look like|when (?:are you|would you be|could you be) (?:free|available)|what time (?:works|suits)|when (?:would|could|can) (?:we|you) (?:meet|talk|speak|do (?:a|the) (?:call|demo))|what (?:day|days) (?:works?|suits?)", may_ask=True),
    rule(_KIND, 0.86, _ANYONE, rf"(?:let us|we (?:will|shall|should)|i would like to|i will) {GAP3}(?:meet|talk|speak|reconnect|regroup|touch base|catch up|sync|call (?:you|me)) {GAP3}(?:again )?(?:on |at |in )?{WHEN}", unless=_VAGUE),
    rule(_KIND, 0.85, _ANYONE, rf"(?:would|do) you {GAP3}(?:join|come to|attend) {GAP6}{MEETING}", may_ask=True, unless=_VAGUE),
    rule(_KIND, 0.84, _ANYONE, rf"(?:{MINUTES}|(?:a |another )(?:follow up |short |quick )?{MEETING}) {GAP4}{WHEN}", may_ask=True,
         unless_sentence=r"\b(?:had|was|were|took|takes|take|last|already|every|each|works for (?:me|us)|every|per|our|my|has|have|is|are|see|if|when|spend|spent|lose|save|saves|wait|waiting)\b"),
)  # fmt: skip
