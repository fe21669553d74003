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
    r"(?:(?:shall|should|can|could|may|might) (?:we|i|you)(?: all| both| two)?|let us|let me|why do not we|why do not i|do you (?:want|fancy|guys want)(?: me| us)? to|do you want|fancy|shall i|should i|would you (?:want|like|be (?:able|open|up|free|willing|available) to|"
    r"be interested in|be up for|be open to)|"
    r"want (?:me |us )?to|(?:i|we) (?:will|would (?:like|love|suggest|propose)|suggest|propose|want to|am going to|are going to|need to|should|can)|"
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

# Somebody's talk with their own people is not ours.
_THEIR_OWN = (
    r"|\b(?:i|we) (?:will|shall|should|can|need to|have to|am going to|are going to|want to|would like to|could) (?:\w+ )?(?:talk|speak|meet|chat|check in|follow up|present|review|go over|catch up|show|call|sync|"
    r"touch base|sit down|discuss|go through|check) (?:up )?(?:(?:to|with|it|this|that|it to|this to|it with|this with) )?(?:him|her|them|my|our|his|their|the (?:team|board|boss|partners)|[a-z]+ (?:in|from|about))\b(?! (?:\w+ )?you\b)"
)

RULES = (
    rule(_KIND, 0.93, _ANYONE, rf"{_PROPOSE} {GAP3}{_BOOKING} {GAP6}(?:{MINUTES}|{MEETING}|time|something|a slot|half an hour|an hour) {GAP8}(?:{WHEN}|with \w+|on the (?:calendar|books)|in the calendar|together|follow up)",
         unless=_VAGUE + _THEIR_OWN, may_ask=True),
    rule(_KIND, 0.9, _ANYONE, rf"{_PROPOSE} {GAP3}{_TALK} {GAP8}{WHEN}", unless=_VAGUE + _THEIR_OWN, may_ask=True),
    rule(_KIND, 0.88, _ANYONE, rf"{_PROPOSE} {GAP2}(?:schedule|book|set up|arrange|line up|organize|calendar|pencil in) {GAP6}{MEETING}", unless=_VAGUE + r"|\b(?:meeting|call|chat|session|time) (?:with|for) (?:my|our|his|her|their)\b(?! (?:and your|and you))", may_ask=True),
    rule(_KIND, 0.88, _ANYONE, rf"{_PROPOSE} {GAP3}(?:have|do|get|grab|hold|jump on|hop on|plan) (?:a|an|another|one more|that) {GAP3}(?:follow up|second|next|further|separate|technical|deeper|longer|proper|joint|scoping|working) {GAP2}{MEETING}",
         unless=_VAGUE + _THEIR_OWN, may_ask=True),
    rule(_KIND, 0.92, _ANYONE, rf"(?:i|we) (?:will|shall|can|am going to|are going to) {GAP2}(?:send|put|get|drop|shoot|fire|throw|pop|issue|create) {GAP4}(?:calendar|invite|invites|invitation|calendar hold|meeting link|zoom link|teams link|placeholder|calendly|booking link|scheduling link)",
         unless=r"\bmeeting link to (?:him|her|them)\b"),
    rule(_KIND, 0.92, _ANYONE, r"(?:i|we) (?:will|shall|am going to|are going to) \S* ?(?:schedule|book|set up|arrange|calendar|get) (?:\S+ ){0,4}(?:in|on (?:the|your|our) (?:calendar|books)|call|meeting|demo|session|visit|workshop|follow up)",
         unless=_VAGUE),
    rule(_KIND, 0.9, _ANYONE, rf"(?:are you|would you be|will you be) (?:\w+ )?(?:free|available|around) {GAP4}{WHEN}", may_ask=True, unless=_VAGUE + _THEIR_OWN),
    rule(_KIND, 0.88, _ANYONE, rf"(?:does|would|will|do|could|is|how is|how does|how would) {GAP4}{WHEN} {GAP4}(?:work|suit|good|ok|too (?:early|late|soon)|look|sound|be (?:ok|good|possible))", may_ask=True,
         unless=r"\b(?:deadline|live|launch|deliver|install\w*|delivery|pricing|budget|contract|start|timeline|roll ?out|implementation)\b"),
    rule(_KIND, 0.85, _ANYONE, rf"(?:can|could) you (?:do|make|join|come|meet|talk|spare) {GAP4}{WHEN}", may_ask=True, unless=_VAGUE + r"|\bmake (?:that|it|the) (?:work|happen|deadline|change)\b|\bprice\b|\bdo (?:it|that) for\b"),
    rule(_KIND, 0.85, _ANYONE, rf"(?:how about|what about|shall we say|let us say|say) (?:we say )?(?:on |for |at )?{WHEN}", may_ask=True,
         unless=r"\b(?:budget|live|delivery|price|start date|launch|rollout|discount|last|numbers?|revenue|target)\b"),
    rule(_KIND, 0.85, _ANYONE, rf"what does your (?:calendar|schedule|week|{WHEN}) look like|when (?:are you|would you be|could you be) (?:free|available)|what time (?:works|suits)|when (?:would|could|can) (?:we|you) (?:meet|talk|speak|do (?:a|the) (?:call|demo))|what (?:day|days) (?:works?|suits?)", may_ask=True),
    rule(_KIND, 0.86, _ANYONE, rf"(?:let us|we (?:will|shall|should)|i would like to|i will) {GAP3}(?:meet|talk|speak|reconnect|regroup|touch base|catch up|sync|call (?:you|me)) {GAP3}(?:again )?(?:on |at |in )?{WHEN}", unless=_VAGUE),
    rule(_KIND, 0.85, _ANYONE, rf"(?:would|do) you {GAP3}(?:join|come to|attend) {GAP6}{MEETING}", may_ask=True, unless=_VAGUE + _THEIR_OWN),
    rule(_KIND, 0.9, _ANYONE, rf"(?:how is|how does|how would|how about|what about|shall we say|why do not we say|can we say|let us say|can we do|could we do|shall we do) {GAP2}(?:for )?{WHEN}", may_ask=True,
         unless=_VAGUE + r"|\b(?:business|sales|numbers|revenue|budget|going|look(?:ing)? for|price|discount|live|launch|delivery|deliver|rollout|install|weather|christmas|holidays?|things|everything|last)\b"),
    rule(_KIND, 0.9, _ANYONE, rf"(?:{_PROPOSE}|want me to|do you want me to|would you like me to|how about (?:i|we)|what if (?:i|we)|why do not (?:i|we)) {GAP2}(?:walk (?:\S+ ){{1,4}}through|take (?:\S+ ){{1,4}}through|show (?:\S+ ){{1,3}}|present|swing by|stop by|come by|come out|come over|drive (?:out|over|up|down)|get (?:\S+ ){{1,8}}?(?:on|together|on the phone|in a room|on a call)|join|meet|bring (?:\S+ ){{1,5}}?(?:in|along|over)|call you|sit down|go through|go over|talk) {GAP8}{WHEN}", may_ask=True,
         unless=_VAGUE + r"|\b(?:get (?:it|this|that|you|them|him|her|the \w+|those|these) (?:over|sent|done|signed|back|to|live|installed|in|out)|do (?:it|that|this) (?:by|before)|together (?:a|the|some)|go live)\b"),
    rule(_KIND, 0.9, _ANYONE, r"(?:i|we) (?:will|can|am going to|are going to) {0,1}(?:send|email|text|shoot|give|offer|propose|suggest|share|get|find|drop)(?: \w+)?(?: over)? (?:a couple of |a couple |some |a few |two |three |my |our |his |her |their |possible |available )+(?:slots|times|dates|availability|options for (?:a call|a meeting|times)|time slots|openings)"),
    rule(_KIND, 0.88, _ANYONE, r"(?:(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next week|the week after)(?: \w+)?) (?:would|might|could|is|works|may) (?:be |work |suit )?(?:much )?(?:better|best|easier|more convenient)(?: for (?:me|us|him|her|them))?", unless=r"\b(?:delivery|delivered|than)\b"),
    rule(_KIND, 0.86, _ANYONE, rf"(?:there is|we have|we are having|i am hosting|we are hosting|we host) (?:a|an|our) (?:site visit|open day|webinar|workshop|site walk|bidders? meeting|pre bid meeting|user group|demo day) {GAP4}{WHEN}"),
    rule(_KIND, 0.88, _ANYONE, r"(?:let us|we should|we could|can we|could we|shall we) (?:\w+ )?(?:get|put|have|find|set) (?:\S+ ){0,8}?(?:on the calendar|in the calendar|on the books|on a call|on the phone|in a room|in the same room|around (?:the|a) table)", may_ask=True, unless=r"\bnow\b"),
    rule(_KIND, 0.9, _ANYONE, rf"(?:would|could|can|do|will|might) (?:you|we|they|he|she|[a-z]+)(?: and \S+(?: \S+)?)? (?:\w+ )?(?:have|spare|find|free up) {GAP2}{MINUTES} {GAP6}{WHEN}", may_ask=True, unless=_VAGUE + _THEIR_OWN),
    rule(_KIND, 0.88, _ANYONE, rf"(?:shall|should|can|could|may|might|how about|what about|would it (?:help|be \w+|make sense|suit)(?: if| for)?|let us|let me|why do not|do you want|would you|i could|we could|i can|we can|perhaps|maybe|i would like to|i would love to|happy to|then) {GAP6}(?:meet|come|pop|join|joined|sit down|sat down|get together|got together|fly|drive|walk|visit|reconvene|reconvened|pick (?:this|it) up|tasting|site walk|site visit|present|swing|look (?:around|round)|see (?:it|him|her|them|the)|have you|have us|see you|be (?:there|over|in)|stop by|drop (?:by|in)|host|open it up) {GAP8}(?:{WHEN}|thursday week|friday week|monday week|tuesday week|wednesday week)", may_ask=True, may_be_conditional=True,
         unless=_VAGUE + _THEIR_OWN + r"|\b(?:come (?:down|up with|in at|with|back to you)|drive (?:down|up) (?:the )?(?:cost|price|sales|numbers)|join (?:the|our) (?:team|company|staff)|present (?:value|day)|customers?|support|deliver|delivery|installer|install|how (?:can|could|do)|orders?|see (?:it|the \w+) (?:work|go live|live|happen)|every|each)\b"),
    rule(_KIND, 0.86, _ANYONE, rf"(?:bring|come) (?:him|her|them|\w+|by|over|along|in|down|to \w+)(?: (?:for|to|with) (?:\S+ ){{1,4}}?)?{WHEN}", may_ask=True, unless=_VAGUE + r"|\b(?:i|they|he|she|customers?|people|drivers?) (?:will |would |can )?(?:bring|come)s?\b|\bused to\b|\bcome (?:up|in at|out)\b"),
    rule(_KIND, 0.86, _ANYONE, rf"i (?:call|ring|phone|visit|meet) you (?:back )?(?:again )?(?:on )?{WHEN}"),
    rule(_KIND, 0.87, _ANYONE, rf"(?:i|we) (?:can|could) do {WHEN}(?: \S+){{0,3}}? or (?:on |at )?{WHEN}|(?:put|set up|have|do) a (?:recurring|weekly|standing|regular|biweekly|monthly) (?:\w+ )?(?:slot|call|meeting|check in|catch up|time|invite|session)", may_ask=True, unless=_VAGUE),
    rule(_KIND, 0.87, _ANYONE, rf"(?:how are you (?:fixed|placed|set|looking|doing for time)|are you (?:about|in|around|there|in the office|free|at your desk)|(?<!\S )you (?:about|around|free|available)|pencil (?:me|us|it|that) in|put (?:me|us) (?:in|down)|shall we say|do this again|have another go|same (?:time|place)) {GAP4}{WHEN}", may_ask=True, unless=_VAGUE),
    rule(_KIND, 0.86, _ANYONE, rf"(?:i|we) (?:will|can|could|am going to|shall) (?:pop (?:in|over|round|by|down|up)|drop (?:in|by|over)|call (?:round|in|by|you)|come (?:over|round|by|in|out|up|down|to you)|ring you|phone you|give you a (?:call|ring|bell)|be (?:there|over|round|with you)|stop (?:by|in)|swing by|drive (?:over|up|down)|fly (?:in|over|out)) {GAP6}{WHEN}",
         unless=_VAGUE + r"|\b(?:either way|with (?:an answer|a decision|a yes)|yes or no|whether)\b"),
    rule(_KIND, 0.84, _ANYONE, rf"^(?:\S+ ){{0,3}}?(?:{WHEN}) (?:\S+ ){{0,3}}?(?:my (?:office|place)|your (?:office|place)|here|at yours|at ours|over (?:coffee|lunch|zoom|teams))$", may_ask=True, unless=_VAGUE),
)  # fmt: skip
