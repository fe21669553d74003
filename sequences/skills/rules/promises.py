"""``commitment:prospect_followup``: the prospect promises to come back, answer, send or arrange something."""

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.fragments import GAP2, GAP3, GAP6
from sequences.skills.rules.matching import rule

_KIND = IntentKind.PROSPECT_FOLLOWUP
_THEIRS = (Side.PROSPECT,)

_WILL = r"(?:(?:i|we|(?:my|our) (?:\w+ ){0,2}?\w+|[a-z]+ and i|somebody|someone|[a-z]+) (?:will|shall|am going to|are going to|is going to)|(?:i|we) (?:promise|plan|intend|need|have|owe you|can) to|let me|i am going to|we are going to|i would be happy to|happy to)"
_MY_WILL = r"(?:(?:i|we|[a-z]+ and i|(?:my|our) (?:\w+ ){0,2}?\w+) (?:will|shall|am going to|are going to|is going to|promise to)|let me)"
_ACT = (
    r"(?:get back|come back|let you (?:\w+ )?know|send|email|mail|forward|share|shoot|drop you|ping|upload|reply|respond|answer|confirm|follow up|circle back|report back|revert|"
    r"get you|put you in touch|introduce|connect you|intro you|give you|reach out|touch base|check (?:with|on|in with|that|if|whether|and|our|my|the|internally|it)|ask(?! (?:you|me|myself|a|the (?:question|obvious))\b)|"
    r"find out|look into|dig (?:out|up)|pull|(?:talk|speak|meet|sit down|check in) (?:to|with)(?! you\b)|run (?:it|this|that) (?:by|past)|bring (?!up\b|it up|that up|this up|you\b|down|back|about)[a-z]+|invite|set (?:it |that |this )?up|arrange|schedule|book|organize|"
    r"(?:have|get|ask) (?!to\b|a look|another|the same|it in|no\b)(?:\w+ ){1,4}(?:to )?(?:send|call|email|reach|contact|get|ready|book|set|look|review|check|fill|forward|join|prepare|share)|make (?:sure|the introduction|an intro)|loop (?:in|you)|cc|copy you|prepare|put together|fill (?:in|out|it)|complete|return|"
    r"sign (?:it|this|that|and)|review (?:it|this|that|the)|read (?:it|this|that|through)|take (?:it|this|that) to|present (?:it|this)|show (?:it|this|that) to|raise (?:it|this|that|the)|get (?:it|that|this|them|those|the \w+(?: \w+)?|an answer|a date|our \w+|his|her|their) (?:to you|over|sent|signed|across|for you|from|by)|call you|ring you|text you|tell you (?:by|on|tomorrow|next)|provide|collect|gather|grab|track down|chase|nudge)"
)
_NOT_A_PROMISE = (
    r"\b(?:i|we) (?:will|am going to|are going to) (?:still )?(?:have|need) to\b|\bsend it over and\b|"
    r"\b(?:think about|think it over|have to think|sleep on|be honest|be frank|be blunt|be direct|tell you (?:what|that|this|a|why|how|something|honestly|straight|right)|give you (?:an example|a bit|some background|a sense|an idea|that|credit|the background|some context|a quick|a hint|the short|my)|"
    r"share (?:my screen|a story|with you that|an example)|show you|ask you|let me ask|let me (?:see|think|guess|explain|rephrase|understand|finish|stop|start|start by|say|give|tell|share my|just say)|answer (?:that|your question|this) (?:now|first|by|with)|"
    r"confirm that (?:we|it|this) (?:is|are|was|do|does)|never|not|wait for|pull (?:up|it up)|bring (?:it|this|that) up|check (?:it|that) now|get back to (?:my|the|our|work|that|this)|come back to (?:that|this|it|the|price|pricing|my)|need to (?:hire|replace|reduce|improve)|"
    r"customers? will|patients? will|guests? will|drivers? will|users? will|people will|staff will|employees will|they will|it will|that will|this will|which will|clients? will|you will|everyone will|everybody will|nobody will|who will|what will|system will|students? will|tenants? will|somebody will|someone will)\b"
)
_DATA_WORK = r"\b(?:and then (?:we|they|he|she) (?:have|has|will)|every (?:day|week|month|time)|each (?:day|week|month|time)|always|usually|normally|typically|whenever|used to|half the time|manually)\b"

RULES = (
    rule(_KIND, 0.92, _THEIRS, rf"{_MY_WILL} {GAP3}{_ACT}", unless=_NOT_A_PROMISE, unless_sentence=_DATA_WORK),
    rule(_KIND, 0.86, _THEIRS, rf"(?:i|we) can {GAP2}(?:send|email|forward|share|upload|get (?:you|that|it|those)|put you in touch|introduce|set (?:it|that|this) up|arrange|provide|have (?:it|that|them|those)|check|ask (?!you)|find out|confirm) {GAP6}(?:to you|you|it|by|today|tomorrow|tonight|this|next|monday|tuesday|wednesday|thursday|friday|over|across|for you)",
         unless=_NOT_A_PROMISE + r"|\bso (?:that )?(?:i|we) can\b|\bwhere (?:i|we) can\b|\bthat (?:i|we) can\b|\bi can (?:check|ask|confirm) you\b|\b(?:which|what|how) (?:i|we) can\b", unless_sentence=_DATA_WORK),
    rule(_KIND, 0.9, _THEIRS, r"you will (?:have (?:it|that|them|an answer|our answer|my answer|a decision|our decision|the \w+) (?:from (?:me|us) )?(?:by|on|before|tomorrow|tonight|today|this|next|monday|tuesday|wednesday|thursday|friday|in|within)|hear (?:back )?from (?:me|us)|get (?:it|that|an answer|a (?:yes|no|decision)|our answer|my feedback) (?:from (?:me|us) )?(?:by|on|before|tomorrow|tonight|today|this|next|monday|tuesday|wednesday|thursday|friday|in|within))"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:i|we) (?:will|shall|am going to|are going to) {GAP2}(?:have|get) (?!to\b)(?:\S+ ){{1,5}}?(?:send (?:you|it|that|over)|reach out|call you|email you|contact you|get in touch|in touch with you|over to you|to you)", unless=_NOT_A_PROMISE),
    rule(_KIND, 0.86, _THEIRS, r"leave (?:it|that|this) (?:with|to) me|i am on it|i will take care of (?:it|that|this)|consider it done|i will (?:handle|sort|take|own|do) (?:it|that|this)(?: one)?(?: (?:today|tomorrow|tonight|this \w+|by \w+|on \w+))?$",
         unless=r"\bnot\b|\bif\b|\btake it or leave it\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:i|we) (?:will|am going to|are going to) {GAP2}(?:put|add) (?:it|that|this|you) {GAP3}(?:on the agenda|in front of|on (?:our|the) (?:list|calendar))"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:i|we) (?:will|am going to|are going to) {GAP2}(?:shoot|drop|text|send|email|ping) you", unless=_NOT_A_PROMISE),
    rule(_KIND, 0.9, _THEIRS, rf"{_MY_WILL} (?:\S+ ){{0,8}}?(?:send|email|give|tell|call|text|ping|forward|get back to|come back to|get|show|bring|drop) you (?:the|a|an|our|my|some|that|those|it|back|over|by|when|as soon|what|how|with|on|tomorrow|tonight|today|this|next)", unless=_NOT_A_PROMISE, unless_sentence=_DATA_WORK),
    rule(_KIND, 0.88, _THEIRS, r"(?!(?:it|that|this|you|which|who|they|system|software|app|there|what|nobody|everyone|somebody|people|customers?)\b)[a-z]+ (?:will|is going to) (?:revert|get back|come back|be in touch|reach out|(?:send|email|call|forward|share|get|give|contact|ping|text|reach out to|be in touch with|get back to) (?:you|it to you|that to you|them to you|those to you))(?! (?:guys )?(?:in trouble|into|killed|fired|a headache))",
         unless=_NOT_A_PROMISE, unless_sentence=_DATA_WORK),
    rule(_KIND, 0.88, _THEIRS, rf"(?:i|we) (?:can|will|should be able to) have {GAP6}(?:for you|to you|ready|over to you|in your inbox|back to you) {GAP3}(?:by|on|before|tomorrow|tonight|today|this|next|monday|tuesday|wednesday|thursday|friday|in|within)", unless=_NOT_A_PROMISE),
    rule(_KIND, 0.9, _THEIRS, rf"{_MY_WILL} (?:\S+ ){{0,9}}?(?:and|then) (?:\w+ )?(?:come back|get back|let you know|report back|revert|call you|ring you|text|email|send|tell you|he will|she will|they will)(?: \S+)?", unless=_NOT_A_PROMISE, unless_sentence=_DATA_WORK),
    rule(_KIND, 0.88, _THEIRS, rf"{_MY_WILL} {GAP3}(?:have a (?:word|chat|quick word|conversation|yarn)|get on to|get onto|sound (?:him|her|them) out|sound out|pass (?:it|this|that|them|on)|slack|message|fetch|chase|dig|revert|put (?:you|the two of you|them|him|her) (?:in touch|in contact|together)|drop you|give you (?:a|an) (?:bell|call|ring|shout|answer|buzz|date|decision)|have (?:it|that|them|those|the \w+(?: \w+)?) (?:over to you|to you|with you|back to you|sent|ready)|get (?:my|our|the) (?:\w+ )?(?:assistant|pa|team|office|secretary|people|guy|guys) to)", unless=_NOT_A_PROMISE, unless_sentence=_DATA_WORK),
    rule(_KIND, 0.86, _THEIRS, r"(?:i|we) (?:write|call|ring|send|mail|email|text|bring|ask|answer|inform|confirm|check) (?:it |that |them |him |her |this )?(?:to )?(?:you|it|him|her|them) (?:\S+ ){0,4}?(?:today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|next week|this week|by|later|afterwards|in the (?:morning|evening))", unless=_NOT_A_PROMISE + r"|\b(?:if|that|who|how|always|often)\b", unless_sentence=_DATA_WORK),
    rule(_KIND, 0.86, _THEIRS, r"^(?:yes |ok |sure |so |right )*(?:going to|will) (?:check|ask|talk|get back|come back|let you|send|find out|speak|run|circle|confirm|look|ping|email|call)(?: \S+){0,12}", unless=_NOT_A_PROMISE + r"|\bwill (?:ask|call) you\b"),
    rule(_KIND, 0.86, _THEIRS, r"(?:leave (?:it|that|this|him|her|them) (?:with|to) me|give me (?:until|till|a (?:day|week|couple)|two days) (?:\S+ ){0,4}?(?:and i|i will|to))", unless=r"\bif\b"),
)  # fmt: skip
