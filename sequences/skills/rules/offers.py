"""``commitment:send_proposal``: our side will put an offer in writing."""

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.fragments import BY_WHEN, GAP2, GAP3, GAP4, GAP6, GAP8, OFFER, WHEN
from sequences.skills.rules.matching import rule

_KIND = IntentKind.SEND_PROPOSAL
_OURS = (Side.REP,)

SUBJECT = r"(?:i|we|(?:my|our) (?:team|colleague|\w+)|[a-z]+ and i)"
WILL = (
    rf"(?:{SUBJECT} (?:will|shall|am going to|are going to|is going to|am planning to|plan to|promise to|want to|need to|owe you|"
    r"would (?:like|love|be happy|be glad) to|am happy to|are happy to|have to)|let me|let us|going to|happy to|i am|we are|"
    r"my (?:plan|next step|job|action) is to|next step is for me to|\w+ (?:here )?will)"
)
PRODUCE = (
    r"(?:sends?|sending|get|getting|put|putting|have|email|emailing|forward|share|sharing|draft|drafting|write|writing|prepare|preparing|"
    r"pull|pulling|work|working|shoot|ping|drop|turn|build|building|create|creating|generate|issue|submit|deliver|provide|revise|"
    r"update|raise|finalize|circulate|do|draw|drawing|type|make|cut|ship|pass|rework|redo|adjust|reissue|resend|knock|spin|present you with|supply|upload|resubmit|submit|reprice|print|add|include|make|redraw|whatsapp|post|"
    r"come back|come back to you|get back|get back to you|follow up|return|hand)"
)
_NOT_THE_OFFER = (
    rf"{OFFER} (?:template|checklist|link|page|process|deck|recording|tool|calculator|meeting|call|review|stage|slide|slides|"
    r"team|discussion|conversation|question|questions|model works|works|number from|to (?:my|our) (?:boss|team|manager)|from (?:you|your|them|legal))|"
    r"\b(?:approve|approved|signed|sign|received|got your|your (?:quote|proposal)|walk (?:you )?through|talk (?:you )?through|"
    r"look at|discuss|review|go over|go through|went|explain|present|clinical|research|grant)\b"
)

RULES = (
    rule(_KIND, 0.93, _OURS, rf"{WILL} {GAP3}{PRODUCE} {GAP8}{OFFER}", unless=_NOT_THE_OFFER),
    rule(_KIND, 0.88, _OURS, rf"(?:i|we) can {GAP3}{PRODUCE} {GAP8}{OFFER} {GAP8}{BY_WHEN}", unless=_NOT_THE_OFFER),
    rule(_KIND, 0.93, _OURS, rf"(?:you will|you should|you are going to|you can expect to) (?:have|get|receive|see|find) {GAP8}{OFFER}", unless=_NOT_THE_OFFER),
    rule(_KIND, 0.9, _OURS, rf"{OFFER} {GAP4}(?:will|is going to) (?:be (?:with you|in your (?:inbox|hands)|over|sent|on your desk)|go out|come|follow|reach you|land)"),
    rule(_KIND, 0.85, _OURS, rf"(?:expect|look out for|watch for) {GAP4}{OFFER} {GAP4}{BY_WHEN}"),
    rule(_KIND, 0.9, _OURS, rf"{OFFER} {GAP8}(?:you will (?:have|get|receive|see) (?:it|one|that|them)|(?:i|we) will (?:send|get|have|email|shoot|put|share|turn) (?:you |over )?(?:it|one|that|them|this))"),
    rule(_KIND, 0.9, _OURS, rf"(?:i|we) will (?:price (?:it|that|this|both|all|them) {GAP4}(?:up|out|send|for you|{WHEN})|write (?:it|that|this) up {GAP4}(?:price|prices|pricing|offer|numbers))"),
    rule(_KIND, 0.88, _OURS, rf"(?:i|we) will (?:put|get|pull|send|have|run) {GAP3}(?:the |some |those |these |real |final |exact |firm |proper )(?:numbers|figures) {GAP4}(?:in writing|on paper|together for you|(?:over )?to you)"),
    rule(_KIND, 0.85, _OURS, rf"(?:i|we) will quote {GAP4}(?:you|it|that|this|both|the|for|{WHEN})"),
    rule(_KIND, 0.9, _OURS, rf"{WILL} {GAP3}(?:price|cost|quote|scope) {GAP6}(?:and|then) {GAP4}(?:get|send|have|email|shoot|share|come back)", unless=_NOT_THE_OFFER),
    rule(_KIND, 0.9, _OURS, rf"(?:i|we) (?:will|shall|are going to|am going to) {GAP2}(?:submit|send|hand in|deliver|present|write|put|prepare|make|revise|finalize|come back with|get back to you with|come back to you with|follow up with|return with) {GAP4}(?:our|an|a|the|your|you an?|you the|you our) {GAP4}(?:offer|bid|tender|pricing|quote|proposal|revised terms|price|prices|order form)", unless=_NOT_THE_OFFER),
    rule(_KIND, 0.88, _OURS, rf"{WILL} {GAP2}(?:write|put|work|draw|type) (?:that|it|this|all that|all of that|all this) (?:up|out|in writing|on paper|down|into (?:a|an) \S+)(?: (?:for you|for both of you))? {GAP6}(?:email|send|drop|quote|price|pricing|offer|proposal|numbers|mail)"),
    rule(_KIND, 0.86, _OURS, rf"(?:i|we) (?:make|prepare|send|write|mail|do|draft|bring) (?:you |for you )?(?:the|an|a|our|this) {GAP4}(?:{OFFER}|offer)", unless=_NOT_THE_OFFER + r"|\b(?:always|usually|normally|never|every|each|typically|often|when|to|only|customers?|clients?|how|do (?:we|i)|if)\b"),
    rule(_KIND, 0.88, _OURS, rf"(?:{OFFER}|(?:the|an|our) offer) {GAP4}(?:i|we) (?:will|make|send|mail|prepare|can have|shall|am going to|are going to)(?: \S+)?", unless=_NOT_THE_OFFER + r"|\b(?:already|last|sent|yesterday)\b"),
    rule(_KIND, 0.82, _OURS, r"(?:i|we) (?:can|will) (?:write|put) (?:that|it|this|all that|both) (?:all )?(?:up|in writing|on paper)(?: \S+){0,4}? (?:and|for you|then)", unless=_NOT_THE_OFFER + r"|\b(?:notes|minutes|recap|summary|agreed today|actions|ticket|bug)\b"),
    rule(_KIND, 0.86, _OURS, rf"{WILL} {GAP2}(?:send|email|get|share|put together|prepare|forward|work up|work out|pull together) {GAP6}(?:breakdown of (?:the |our |all )?(?:costs?|prices?|pricing|fees)|costs? (?:for|of) (?:all|both|each|the)|prices? (?:for|of|on)|the (?:price|cost|figure|number) (?:for|of|in writing)|(?:firm|final|exact|hard|actual|real|concrete) (?:numbers?|figures?|price|costs?))", unless=_NOT_THE_OFFER),
)  # fmt: skip
