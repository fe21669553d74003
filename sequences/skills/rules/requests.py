"""``request:send_content``: the prospect asks for something to read, see or sign."""

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.fragments import CONTENT, GAP2, GAP3, GAP4, GAP6, GAP8
from sequences.skills.rules.matching import rule

_KIND = IntentKind.SEND_CONTENT
_THEIRS = (Side.PROSPECT,)

_SEND = r"(?:send|share|email|forward|shoot|get|give|provide|drop|pass|ping|fire|supply|submit|slide|text|mail|circulate|show (?:me|us)|resend|post|put|include|attach)"
_NOT_CONTENT = (
    r"\b(?:invite|invitation|calendar|engineer|technician|someone|somebody|discount|credit|time|minute|minutes|second|moment|hand|shout|call|heads up|"
    r"budget|approval|feedback|a day|sense|idea of|rough idea|ballpark|break|guarantee|your word|refund|access to (?:our|my)|demo of)\b"
)
_THING = rf"(?:(?!(?:not|never)\b)\S+ ){{0,7}}?{CONTENT}"

RULES = (
    rule(_KIND, 0.93, _THEIRS, rf"(?:can|could|would|will) (?:you|somebody|someone|you guys|your \w+) (?:be able to |maybe |please |possibly |perhaps )?{GAP2}{_SEND} {GAP3}{_THING}", may_ask=True, unless=_NOT_CONTENT),
    rule(_KIND, 0.9, _THEIRS, rf"(?:can|could|would|will) you (?:please |maybe )?(?:send|email|forward|share|shoot) {GAP3}(?:that|this|those|these|it|them|something|anything|one)", may_ask=True,
         unless=_NOT_CONTENT),
    rule(_KIND, 0.9, _THEIRS, rf"(?:please |yes |yes please |sure )?{_SEND} (?:me|us|it|that|them|those|over|along) (?:over |across |through |along |to (?:me|us) )?{GAP6}{CONTENT}",
         unless=_NOT_CONTENT + r"|\b(?:they|he|she|will|to|would|did|does|always|never|i|we|people|vendors|which|that (?:gives?|gets?|puts?)|it) (?:\w+ )?(?:send|share|give|gave|gives|get|put|provide|show|pass|drop)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:please|yes please|and|then|so|ok|sure|great|perfect|good|just) (?:do )?(?:send|email|forward|share|shoot|ping) (?:me |us |over |that |it |them |those |the |your |a |an |whatever |everything ){GAP4}"
         r"(?:over|through|across|to (?:me|us|him|her|them|[a-z]+)|my way|along|by|when|and|link|deck|proposal|quote|contract|details|info|information|doc|pdf)",
         unless=_NOT_CONTENT + r"|\bi will\b|\bwe will\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:i|we) (?:would|will|do|am going to|are going to)? ?(?:need|want|like|love|appreciate|require|have to have|would need) (?:to (?:see|get|have|read|look at|review|receive) )?{GAP4}(?:a copy of |the |your |a |an |some |any |those |that |two |three )"
         rf"{GAP4}{CONTENT} (?:from you|before|so|first|for|to (?:show|share|take|read|review|look|circulate|give|forward|pass|hand|put)|by|in writing|that i can|that we can|i can|we can)",
         unless=_NOT_CONTENT + r"|\b(?:data|report|reports|numbers) (?:to be|is|are)\b|\b(?:our|my) (?:own )?(?:data|reports?|numbers|plan|team)\b|\bfrom our\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:i|we) (?:would (?:like|love|want|need|appreciate)|need|want|will need) (?:to (?:see|get|have|read|receive) )?(?:a copy of|something in writing|it in writing|that in writing|this in writing|your|the) ?{GAP4}(?:{CONTENT}|writing)",
         unless=_NOT_CONTENT + r"|\b(?:our|my) \w+|\byour (?:\w+ )?(?:data|team|plan)\b.*\bto\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:can|could|may|might) (?:i|we) (?:please |maybe |also )?(?:get|have|see|grab|ask (?:you )?for|request|trouble you for) {GAP6}{CONTENT}", may_ask=True,
         unless=_NOT_CONTENT + r"|\b(?:see|get|have) (?:\S+ ){0,6}(?:data|report|reports|numbers|schedule|list) (?:in|on|from|across|by|per|for each|right|here|live|within)\b|\bdiscount\b"),
    rule(_KIND, 0.85, _THEIRS, rf"do you (?:guys )?(?:\w+ )?have (?:a|an|any|some|the|something like a) {GAP4}(?:case stud(?:y|ies)|references?|reference customers?|datasheet|data sheet|one pager|brochure|white ?paper|deck|recording|pdf|soc 2|security (?:\w+ )?(?:doc|docs|documentation|pack|questionnaire|paper|whitepaper)|spec sheets?|"
         rf"sample (?:contract|report|agreement)|template|write up|document|documentation|link|video|customers? (?:i|we) (?:can|could) (?:talk|speak) to)", may_ask=True),
    rule(_KIND, 0.85, _THEIRS, rf"(?:any chance|is there any chance|would it be possible|is it possible|would you mind|do you mind|mind) (?:of |to |for you to |you |i |we |you could |we could |i could |you can )?{GAP2}(?:send|sending|share|sharing|get|getting|have|having|see|seeing|email|emailing|forwarding|forward|shooting|giving|give) {GAP6}(?:{CONTENT}|that|it|those|them)",
         may_ask=True, unless=_NOT_CONTENT),
    rule(_KIND, 0.85, _THEIRS, rf"(?:is there|are there|have you got|got) (?:a|an|any|some) {GAP3}(?:case stud(?:y|ies)|references?|datasheet|one pager|brochure|white ?paper|deck|recording|pdf|document|documentation|write up|paper|link|page|website|summary|spec sheet|sample) {GAP3}(?:i|we|you|that|on|for|to|about)", may_ask=True,
         unless=r"\bin the (?:system|app|tool|product)\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:can|could|would) you (?:please )?(?:put|write|get) (?:that|this|it|all of that|all that|those|something|everything|the \w+) {GAP3}(?:in writing|in an email|on paper|down for (?:me|us)|in a (?:doc|document|mail|pdf)|together for (?:me|us))", may_ask=True),
    rule(_KIND, 0.84, _THEIRS, rf"(?:it |that )?would (?:be (?:great|good|helpful|useful|handy|nice|ideal|fantastic|lovely|wonderful)|help)(?: us| me| a lot)? (?:to (?:have|see|get|receive|read)|if (?:you|i|we) (?:could|can|had|got) (?:send|share|have|get|see|forward|email)?) ?{GAP6}{CONTENT}",
         may_be_conditional=True, unless=_NOT_CONTENT + r"|\b(?:one place|dashboard|real time|our data|my data)\b"),
    rule(_KIND, 0.85, _THEIRS, rf"if you (?:could|can|would) (?:\w+ )?(?:send|share|email|forward|shoot|get) (?:me |us |that |it |over |those ){GAP8}(?:{CONTENT}|over|that would|great|would be|today|tomorrow|i would|by)", may_be_conditional=True, unless=_NOT_CONTENT),
    rule(_KIND, 0.84, _THEIRS, rf"(?:something|it|that) in writing (?:with|about|on|for|from|so|that|before|would)", unless=r"\b(?:have|got|had|put|has|already)\b (?:\w+ )?(?:something|it|that) in writing"),
    rule(_KIND, 0.84, _THEIRS, rf"(?:looking forward to|waiting for|wait for|look out for|i will (?:look|watch|keep an eye out) for) {GAP2}(?:the|your|that) {GAP2}{CONTENT}", unless=r"\bstill\b|\b(?:our|my)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:still )?(?:need|want|would like|waiting for|waiting on|missing|require|looking for) (?:\S+ ){{0,5}}?{CONTENT} (?:\S+ ){{0,5}}?from (?:you|your (?:side|team|end|people))", unless=_NOT_CONTENT),
    rule(_KIND, 0.88, _THEIRS, rf"(?:what|all|one thing|the (?:one|only|other) thing) (?:\w+ )?(?:i|we) (?:would )?(?:really |still |also )?need (?:from you )?(?:is|are|would be) {GAP4}{CONTENT}", unless=_NOT_CONTENT),
    rule(_KIND, 0.86, _THEIRS, rf"(?:and )?(?:the|your|a|an|some|those) {GAP4}{CONTENT} (?:too |as well |also )?please", unless=_NOT_CONTENT + r"|\bplease (?:tell|explain|wait|let|do not)\b|\bshow\b"),
    rule(_KIND, 0.87, _THEIRS, r"(?:(?:please |then |so |just |and |yes |ok )?send (?:me|us|it|that|them|those|her|him) (?:something|anything|whatever|what|over|everything|the thing|the details|that|it|the|all|an?|your|some|those|both|through|across)|(?:get|shoot|drop|email|text) (?:it|that|those|them|me (?:something|that|the|a|your)) ?(?:over |across )?(?:to (?:me|us)|before|by|today|tomorrow|tonight|when|and i|so i|$))",
         unless=_NOT_CONTENT + r"|\b(?:i will|we will|they|he|she|people|vendors|customers|ask us to|to send|could not|did not|will|always|would|used to|i can|we can|you can|we have to|i have to) (?:\w+ )?(?:send|get|shoot|drop|email|text|give)\b|\b(?:someone|somebody|people|team|staff|stores?|drivers?) (?:to )?(?:send|email|get)\b"),
    rule(_KIND, 0.86, _THEIRS, r"(?:talk|speak|chat|hear|put (?:me|us) in touch|connect (?:me|us)) (?:to|with|from) (?:\w+ )?(?:somebody|someone|a customer|customers|a client|a reference|a couple of (?:customers|references|clients)|another (?:customer|client)|one of your (?:customers|clients)|existing (?:customers|clients)|other (?:customers|clients)) (?:who|that|of yours|like us|using|in|our size|of)?", may_ask=True,
         unless=r"\b(?:i|we) (?:talked|spoke|chatted) (?:to|with)\b|\bsupport\b|\bour customers\b|\bwe talk\b"),
    rule(_KIND, 0.85, _THEIRS, rf"(?:do you|you guys|would you) (?:\w+ )?(?:have|got) (?:something|anything|any material|some material|any data|numbers|any numbers|an example|examples|some examples) {GAP3}(?:i|we) (?:can|could|might) (?:show|share|give|forward|take|read|use|pass|look at|put)", may_ask=True),
    rule(_KIND, 0.87, _THEIRS, rf"(?:can|could|would|will) you (?:\w+ )?(?:draft|write|prepare|put together|write up|do|make|pull together|work up|draw up|prep) (?:me |us )?(?:one|that|something|it|{GAP4}(?:{CONTENT}))", may_ask=True,
         unless=_NOT_CONTENT + r"|\b(?:do (?:it|that|something|one)|make (?:it|that|something|sure))\b"),
    rule(_KIND, 0.9, _THEIRS, rf"(?:please|kindly) (?:\w+ )?(?:supply|send|provide|share|forward|submit|attach|include|mail|email|let (?:me|us) have|furnish|give) {GAP8}(?:{CONTENT}|it|them|that)", unless=_NOT_CONTENT),
    rule(_KIND, 0.88, _THEIRS, rf"(?:let (?:me|us) have|flick (?:me|us|it)|whack|chuck (?:me|us|it)|bung|stick|sling (?:me|us)|fling (?:me|us)|fire (?:me|us|over|across)|pop|put) {GAP8}(?:{CONTENT}|price|prices|numbers?|costs?) ?(?:{GAP6}(?:email|mail|writing|paper|over|across|to me|to us|envelope|post))?",
         unless=_NOT_CONTENT + r"|\b(?:i|we|they|he|she|who|you|to|will|would|did|can|it) (?:\w+ )?(?:put|pop|stick|flick|fire|chuck)\b|\bput (?:in|on|it|this|that) (?:a|the|your|our|my|us|me)\b|\bput (?:a |the )?(?:number|price|date|plan|proposal|data|schedule|list|numbers|report)s? (?:on|in) (?:it|that|place)\b"),
    rule(_KIND, 0.87, _THEIRS, rf"(?:have you|have you got|do you have|do you guys have|is there|are there|you would not have|do you happen to have) (?:like |maybe |perhaps |by chance )?(?:anything|something|any|a|an|the|some) {GAP4}(?:on|about|for|i|we|that|in writing|{CONTENT})(?: {GAP4}(?:show|take|share|send|read|give|look|pass|works|works?|case|print|forward|for (?:that|this|it|the)|on (?:that|this|how)|about))",
         may_ask=True, unless=_NOT_CONTENT + r"|\b(?:feature|setting|field|option|integration|api|button|support for|way to|limit|discount|minimum|any (?:customers|experience|plans|idea|questions|clients|limits?|restrictions?)|plan (?:for|to)|time)\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:do|have) you (?:\w+ )?(?:have |got )?the (?:\S+ ){{0,3}}?(?:{CONTENT}) (?:for|of|on|from) (?:that|this|it|the|those)", may_ask=True, unless=_NOT_CONTENT),
    rule(_KIND, 0.86, _THEIRS, rf"(?:i|we) would (?:need|like|want|love|require|appreciate) (?:to have |to see |to get |to receive )?(?:the|that|those|your|a|an|some|two|three|copies of) {GAP4}{CONTENT}(?! (?:to be|that (?:shows?|does|tells|gives|works)|in (?:the|one) (?:app|system|place)|inside|view|live|feature))", unless=_NOT_CONTENT + r"|\b(?:automatic|automatically|real time|dashboard|button|if)\b|\b(?:plan|schedule|data|list|figures|numbers) to\b"),
    rule(_KIND, 0.86, _THEIRS, rf"what (?:i|we) (?:would |do )?(?:need|want|would like) (?:from you |to see )?(?:is|are|would be) (?:a|an|the|your|some|to see)? ?{GAP4}{CONTENT}", unless=_NOT_CONTENT),
    rule(_KIND, 0.86, _THEIRS, rf"(?:can|could|would|may) (?:i|we|you) (?:\w+ )?(?:get|have|see|grab|borrow|take|talk to|speak to|show (?:me|us)|let (?:me|us) have|let (?:me|us) see) (?:to )?(?:the|a|an|one of|some|your|those|copies of|all|them|that) ?{GAP4}(?:{CONTENT}|customers?|references?|client)", may_ask=True,
         unless=_NOT_CONTENT + r"|\b(?:in (?:the|one|a) (?:app|system|screen|view|dashboard)|on (?:the|one) screen|again|here|now|go back|at (?:a|the) time|per|by (?:store|region|month|day|user)|customers? (?:see|get|have)|my own|our own)\b|\bour (?:customers?|data|plan|numbers|reports?)\b|\bmy (?:numbers|report|data)\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:if you (?:can|could|would|will)|you can|you could) (?:put|write|get|send|email|mail) (?:me |us )?{GAP6}(?:number|numbers|price|prices|cost|costs|it|that|something|quote|proposal|offer) {GAP4}(?:on paper|in writing|in an email|over to (?:me|us)|by email|to me)", may_be_conditional=True),
    rule(_KIND, 0.86, _THEIRS, rf"(?:right|ok|so|well|then|good|and|great|cool|now|also|please|hey)? ?(?:[a-z]+ )?send (?:me|us) (?:a|an|the|your|that|those|some|over) {GAP6}(?:\w+)", unless=_NOT_CONTENT + r"|\b(?:they|he|she|people|vendors?|suppliers?|customers?|to|will|would|did|does|always|never|used|who|you|it|systems?|i|we|can|could|should|must|not) (?:\w+ )?send\b|\bsend (?:me|us) (?:a |the |an )?(?:bill|invoice|message|text|reminder|alert|notification)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:are you able to|feel free to|make sure (?:you|to)|be sure to|do not forget to|remember to|could you guys|would you be able to|are you guys able to|you (?:can|could) (?:\w+ )?(?:please )?) ?(?:send|share|email|forward|include|attach|shoot|get (?:me|us)|give (?:me|us)|provide) {GAP8}(?:{CONTENT}|it|that|those|them)", may_ask=True, may_be_negative=True, unless=_NOT_CONTENT + r"|\byou can (?:share|send|email) (?:a|the|your) (?:\w+ )?(?:with|to) (?:your|customers?|anyone)\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:would|do) you (?:\w+ )?(?:happen to )?have (?:a|an|any|some) {GAP3}{CONTENT} {GAP2}(?:you|i|we|that)", may_ask=True),
    rule(_KIND, 0.86, _THEIRS, rf"(?:i|we) (?:will|would|am going to|are going to)? ?(?:need|want|like|love) (?:something|anything|some material|some paperwork) (?:in writing|written|(?:that )?(?:i|we) can (?:\w+ )?(?:forward|show|share|take|bring|circulate|give|send|put|pass|leave|hand|sign))"),
    rule(_KIND, 0.85, _THEIRS, rf"(?:throw|put|stick|drop|pop|write|get|summarize) (?:that|this|it|those|all of that|all that|everything|them) (?:\w+ )?(?:into|in|on) (?:an?|one) (?:email|mail|doc|document|pdf|page|sheet|one pager)", unless=r"\b(?:i|we|they|he|she|to|will) (?:\w+ )?(?:throw|put|stick|drop|pop|write|get|summarize)\b"),
    rule(_KIND, 0.85, _THEIRS, rf"(?:can|could|would) you (?:\w+ )?(?:dig|find|pull|look) (?:\S+ ){{0,4}}?(?:up|out|together) and (?:send|share|email|forward)", may_ask=True),
)  # fmt: skip
