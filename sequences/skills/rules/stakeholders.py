"""``signal:multi_stakeholder``: somebody else must agree, be convinced or be consulted."""

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.fragments import GAP2, GAP3, GAP4, GAP6, ROLE, WHEN, WHO_ROLE
from sequences.skills.rules.matching import rule

_KIND = IntentKind.MULTI_STAKEHOLDER
_THEIRS = (Side.PROSPECT,)

_MUST = r"(?:has to|have to|needs to|need to|will need to|will have to|would need to|would have to|must|will want to|wants to|want to|would want to|is going to (?:want|have|need) to|are going to (?:want|have|need) to|still has to|still have to|still needs to|still need to|gets to|should)"
_DECIDE = (
    r"(?:agree|agrees|approve|sign|sign off|signs off|be comfortable|be convinced|be persuaded|be on board|be on side|buy in|weigh in|bless|ok|say yes|be happy|be involved|have a say|give \w+ (?:blessing|approval|ok|sign off|nod)|"
    r"be part of|be in the (?:room|loop|decision)|vet|green light|greenlight|clear it|clear this|clear that|get comfortable|decide|authorize|countersign|give the (?:nod|ok|go ahead|green light)|be sold|"
    r"look (?:at|over|it over) (?:it|this|that|the)|review (?:it|this|that|the (?:contract|agreement|terms|deal|proposal|security))|see (?:it|this|that|the (?:proposal|numbers|demo|contract|price))|put (?:his|her|their) name)"
)
_NOT_YOU = r"(?!i\b|we\b|you\b|it\b|that\b|this\b|which\b|what\b|things?\b)"

_OTHERS = (
    r"(?!(?:i|we|you|it|that|this|which|what|there|data|systems?|software|things?|stores?|orders?|prices?|everything|something|anything|nothing|vans?|parts?|products?|tools?|to|will|would|"
    r"and|or|but|so|not|really|all|just|contract|agreement|budget|money|answer|project|numbers?|one|machine|line|app|apps|report|reports|pilot|tests?|customers?|clients?|patients?|drivers?|users?|"
    r"guests?|students?|parents|tenants?|visitors?|operators?|people|everybody|everyone|somebody|staff|employees|workers|your|who|where|when|how|if|still|then|both sides)\b)[a-z]+ "
)
_OBLIGED = (
    r"(?:has to|have to|had to|must|needs to|need to|will need to|would need to|(?:is |are |s |has |have )?got to|s have to|is have to|will have to|would have to|will want to|would want to|would like to|"
    r"wants to|is going to want to|are going to want to)"
)
_CONSENT = (
    r"(?:approve|agree|sign (?:off|it|this|that|the contract|for)|pass (?:it|this|that|anything|a resolution|everything)|ok|ratify|greenlight|green light|bless|vote|sanction|endorse|countersign|authorize|buy in|say yes|weigh in|"
    r"be (?:\w+ )?(?:happy (?:with|about)|on board|convinced|comfortable|satisfied|won over|talked round|talked into|brought along|consulted|involved|in the loop|persuaded|sold on|brought in|signed up|in agreement|squared)|"
    r"(?:read|see|review|check|vet|go through|look at|look over) (?:it|this|that|the (?:contract|terms|proposal|offer|numbers|agreement|quote|small print|pricing))|tick the box|have (?:a|their|his|her) (?:view|say|look|blessing)|"
    r"give (?:it |us |me |this )?(?:the|a|their|his|her) (?:nod|green light|ok|blessing|go ahead|thumbs up|approval)|clear (?:it|this|that)|make a decision|come round|come around|walk around in)"
)
_MANY = (
    r"\b(?:customers?|clients?|patients?|drivers?|users?|guests?|students?|parents|tenants?|visitors?|operators?|people|staff|employees|candidates?|applicants?|your (?:team|legal|manager|engineers?)|"
    r"(?:every|each) (?:order|invoice|shift|day|claim|payment|timesheet)|payments?|claims?|timesheets?|expenses?)\b"
)

RULES = (
    rule(_KIND, 0.92, _THEIRS, rf"{WHO_ROLE} {GAP3}{_MUST} {GAP2}{_DECIDE}", unless=r"\b(?:your|you) (?:team|manager|engineers?|legal)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"{_NOT_YOU}[a-z]+ {GAP2}{_MUST} {GAP2}(?:agree|approve|sign off|be comfortable|be convinced|be on board|buy in|weigh in|bless|countersign|give the nod|say yes|sign it|sign this|decide)",
         unless=r"\b(?:i|we|you|it|that|this) (?:has to|have to|need to|needs to|must|want to|will need to) (?:\w+ )?(?:decide|agree|be comfortable|approve|sign)\b"),
    rule(_KIND, 0.9, _THEIRS, rf"(?:i|we) (?:will |would |am going to |still |do |really |might |am |are )*(?:need|have|has|must|got|want|going|ought) (?:to )?(?:run|take|check|clear|talk|speak|discuss|convince|ask|consult|loop|bring|involve|sell|pitch|present|persuade|show|go|get|put|pass|win|walk|float|socialize|align|square|confirm|sync|huddle|circle) {GAP6}"
         rf"(?:by|past|with|to|in|through|from|in front of|up to|over|at)? ?{WHO_ROLE}",
         unless=r"\byour (?:team|engineer|manager|legal|cto|ceo|support)\b|\bgo through (?:training|it)\b|\b(?:talk|speak) to you\b|\b(?:call|calls) with\b.*\b(?:next|now|in)\b"),
    rule(_KIND, 0.9, _THEIRS, rf"(?:i|we) will (?:need|have to|want) (?:\w+ )?(?:approval|sign off|buy in|consensus|agreement|a signature|the (?:ok|nod|blessing|go ahead)) (?:from|of|by|across|with)"),
    rule(_KIND, 0.9, _THEIRS, rf"(?:need|needs|require|requires|required|get|take|takes|pending|subject to|without|want|await|awaiting|waiting (?:on|for)) {GAP4}(?:approval|sign off|buy in|signature|signatures|blessing|go ahead|ok|review|consent) {GAP2}(?:from|by|of) {WHO_ROLE}"),
    rule(_KIND, 0.88, _THEIRS, rf"{WHO_ROLE} (?:s )?(?:approval|sign off|buy in|blessing|signature|consent|review) (?:is|are|would be|on|first|before|for|too|as well|to)"),
    rule(_KIND, 0.9, _THEIRS, rf"(?:has|have|needs?|must|will|would|going|goes|go) (?:to )?(?:have to )?(?:go|goes|get|pass|run) (?:through|past|by|to|up to|in front of|before|via) {GAP2}{WHO_ROLE}",
         unless=r"\b(?:i|they|he|she|people|customers|patients|guests|orders?|tickets?|invoices?|calls?|requests|emails?) (?:\w+ )?(?:go|goes|has to go|have to go|gets?)\b|\bback to\b|\bcan go to\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:anything|everything|purchases?|contracts?|spend|amount|number|figure|decision|it|this|that) (?:\S+ ){{0,6}}?(?:goes|has to go|needs to go|would go|will go|must go) (?:to|through|past|by|up to|before) {GAP2}{WHO_ROLE}"),
    rule(_KIND, 0.88, _THEIRS, r"(?:is not|not|isn t) (?:only |just |solely |entirely |really )?(?:my|our|mine) ?(?:decision|call|say)?(?: alone| to make| by myself| only)|i am not the (?:only |final |sole |one |decision |budget )\S*(?: \S+){0,4}|above my pay grade|i (?:can not|could not|do not) (?:decide|sign|approve|commit to|make (?:this|that|the) (?:decision|call)) (?:\S+ ){0,3}?(?:alone|myself|by myself|on my own|without \w+)",
         may_be_negative=True, unless=r"\bnot my (?:first|area|thing|job|favou?rite|fault|problem|department)\b|\bnot the (?:only one|one) (?:who|with|struggling)\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:final |ultimate |the )?(?:decision|call|say|word|signature) (?:is|sits|lies|rests|comes down|belongs|will be|gets made|is made) (?:\w+ )?(?:with|by|to|up to|on)? ?{GAP2}{WHO_ROLE}"),
    rule(_KIND, 0.86, _THEIRS, rf"{WHO_ROLE} (?:\S+ ){{0,3}}?(?:has the (?:final|last) (?:say|word|call|decision)|makes the (?:final )?(?:decision|call)|is the (?:\w+ )?(?:decision maker|one who (?:signs|decides|approves)|approver|signatory|budget holder)|signs (?:off|the|it|this|that|everything|anything)|owns the budget|holds the (?:budget|purse)|controls the budget|approves)"),
    rule(_KIND, 0.85, _THEIRS, r"(?:he|she|they|[a-z]+) (?:owns the budget|holds the (?:purse strings|budget)|has the (?:final|last) (?:say|word)|signs the (?:check|checks|contract|contracts)|makes the (?:final )?(?:decision|call)|(?:has|have) veto|signs off on|decides in the end|has to sign)",
         unless=r"\b(?:i|we|you|who) (?:owns?|holds?|have|has|make|makes|sign|signs)\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:i|we) (?:need|have|would need|will need|want) to (?:get|have|bring) {GAP4}(?:on board|on side|involved|to (?:agree|sign|buy in|approve|sign off)|bought in|comfortable|in the room|aligned|into the loop|in the loop|into the conversation|up to speed)",
         unless=r"\b(?:stores?|data|system|users|locations|staff trained|it|everything|this) (?:on board|up)\b"),
    rule(_KIND, 0.84, _THEIRS, rf"(?:it |that |which |this )?(?:depends on|is up to|is down to|hinges on|rests with|sits with) {GAP2}{WHO_ROLE}", unless=r"\byou\b|\byour\b|\bteam size\b|\bteams? (?:size|is)\b"),
    rule(_KIND, 0.84, _THEIRS, rf"(?:to (?:convince|persuade|win over)|convince|convincing|persuade) {GAP2}{WHO_ROLE}", unless=r"\b(?:you|me|us) to\b|\bcustomers?\b"),
    rule(_KIND, 0.84, _THEIRS, rf"(?:there are|it is|we are|it takes|we have) (?:two|three|four|five|six|seven|several|a few|multiple|\d+) (?:\w+ )?(?:of us|people|partners|decision makers|signatures|stakeholders|owners|directors|trustees)(?: \S+){{0,4}}? (?:decide|deciding|agree|sign|approve|involved|who (?:decide|sign|have to|need to|must)|in (?:the|this) decision|on (?:the|this) decision|to (?:sign|approve|agree|convince))"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:(?:will|would|could|can|do|did|does|may) not|cannot|never|not going to) (?:\S+ ){{0,6}}?without (?:\S+ ){{0,2}}?(?:him|her|them|{ROLE}|approval|sign off|consent|buy in)", may_be_negative=True,
         unless=r"\bwithout (?:\w+ )?(?:training|help|support|it team|you)\b|\b(?:they|people|stores?|staff|users|patients) (?:can|could|do|will)"),
    rule(_KIND, 0.84, _THEIRS, r"if (?:i|we) (?:signed|bought|did|agreed|committed|went ahead|decided) (?:\S+ ){0,4}?without (?:him|her|them|asking|talking|checking)", may_be_conditional=True),
    rule(_KIND, 0.88, _THEIRS, rf"(?:he|she|they|{WHO_ROLE}) (?:\S+ ){{0,2}}?(?:would|will|does|is going to|are going to|has to|have to|needs to|need to|gotta|must|wants to|want to|insists on|has got to|have got to) (?:\w+ )?(?:want to )?(?:see|talk to|speak to|speak with|talk with|meet|be (?:cool|ok|happy|comfortable|on board|convinced|involved|in on it|there|fine)|like it|look at|look over|sign|approve|agree|review|vet|check|consent|have (?:a say|input|questions|to (?:sign|approve|agree)))(?: (?:with|to|off|it|this|that|the|on|in|any|everything|somebody|someone|before)\b)?",
         unless=r"\b(?:he|she|they) (?:\w+ )?(?:will|would|can|could) (?:see|look at) (?:the|a|their|it) (?:\w+ )?(?:dashboard|report|list|screen|number|message|text|map|schedule|dashboard|alert)\b|\b(?:customers?|patients?|guests?|drivers?|users?|nurses|students?|tenants?|operators?|store managers) (?:\w+ )?(?:want|need|have|will|would)\b|\bthey (?:will|would|want to|need to) (?:see|talk|meet|check|look)\b|\bfit|\bsee (?:how|what|if|whether)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:{WHO_ROLE}) (?:reviews?|approves?|signs? off|vets?|has to be|gets involved|decides?|weighs? in|must be|has a veto|have a veto) ?(?:on )?(?:every|all|any|each|anything|everything|it|this|that|the|over|above|first|asked|consulted|involved|convinced)?",
         unless=r"\b(?:team|teams|doctors?|nurses|engineers?) (?:signs? off|decides?|reviews?) (?:every|each) (?:day|morning|shift|chart|order|night|invoice|ticket)\b|\bif\b|\byour\b|\b(?:every|each) (?:invoice|order|chart|shift|ticket|timesheet|expense|schedule|rota|claim|case)\b"),
    rule(_KIND, 0.85, _THEIRS, rf"(?:once|after|when|until|before) (?:i|we) (?:have|had)? ?(?:talked|spoken|talk|speak|checked|check|met|meet|consulted|discussed it|discuss it|run it|cleared it|clear it|had a word|aligned|align|asked|ask|heard back|hear back|heard|hear)(?: (?:to|with|by|past|from))? {GAP2}(?:{WHO_ROLE}|[a-z]+ in (?:finance|legal|procurement|it|security|operations|purchasing|hr))", may_be_conditional=True,
         unless=r"\byou\b|\byour\b"),
    rule(_KIND, 0.86, _THEIRS, r"(?:we|all of us) (?:buy|decide|do|sign|agree on|approve|make) (?:\S+ ){0,3}?(?:together|jointly|as a (?:group|team|committee|board|family))|(?:can not|could not|cannot) commit without",
         unless=r"\bcalls? together\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:need|want|have|going) to (?:\w+ )?(?:be )?(?:sold|signed|approved|agreed|cleared|reviewed|vetted|okayed|blessed|countersigned|rubber stamped|signed off) (?:\w+ )?(?:by|with|from|to) {GAP2}{WHO_ROLE}"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:is|are|gets?|be|been) (?:\w+ )?(?:signed|approved|decided|reviewed|vetted|cleared|signed off) (?:\w+ )?by {GAP2}{WHO_ROLE}", unless=r"\b(?:invoice|invoices|timesheets?|orders?|schedules?|expenses|claims?|was|were|already|fda|been)\b"),
    rule(_KIND, 0.84, _THEIRS, rf"(?:the )?(?:other|main|real|biggest|hard|hardest|tricky|only|key) (?:\w+ )?(?:person|one|people|hurdle|blocker|gatekeeper|vote|voice|decision maker)s? (?:\S+ ){{0,3}}?(?:is|will be|would be|to convince is) {GAP2}{ROLE}"),
    rule(_KIND, 0.84, _THEIRS, rf"(?:he|she|they|{WHO_ROLE}) (?:decides?|approves?|signs?) (?:\w+ )?(?:everything|it all|all of it|on everything|anything|all (?:purchases|spend|contracts))", unless=r"\bif\b"),
    rule(_KIND, 0.86, _THEIRS, rf"{WHO_ROLE} (?:will|would|does|do) not (?:let|allow|touch|sign|approve|accept|buy|ok)", may_be_negative=True, unless=r"\byour\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:have|need|got|has|going|want|will have|will need) to (?:\w+ )?(?:win (?:him|her|them|\w+|my \w+|our \w+) over|win over (?!you|customers?)\w+|get (?:him|her|them|my \w+|our \w+) (?:on board|over the line|comfortable|to agree|to sign|on side)|(?:convince|persuade) (?!you|customers?|people|myself|patients|users)\w+|(?:defend|justify|explain|sell|present|pitch|make the case for|take|bring|show) (?:it|this|that|the \w+|any of this) to (?!you\b|the (?:\w+ )?(?:store|next|market|shop|floor|field|level|customers?|users?|staff)\b|customers?|market|work|life|light|users)\w+)",
         unless=r"\bshow (?:it|this|that) to (?:you|customers?|my kids?)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"{WHO_ROLE} (?:is|are) (?:like )?not (?:signing|approving|going to (?:sign|approve|agree|like|let|accept|be happy)|convinced|on board|sold|comfortable)", may_be_negative=True, unless=r"\byour\b"),
    rule(_KIND, 0.86, _THEIRS, r"(?:it|this|that|contract|proposal|deal|paperwork|agreement|decision|ball|file|request|application|review) (?:is|s|sits|lies) (?:\w+ )?with (?:our |the |my )?(?:procurement|legal|finance|purchasing|security|infosec|itdept|compliance|the board|board|management|head office|corporate|hr|quality|lawyers)"),
    rule(_KIND, 0.88, _THEIRS, rf"{WHO_ROLE} (?:\w+ )?must (?:\w+ )?(?:release|qualify|test|endorse|sanction|accept|validate|clear|agree|say|pass|audit|give|inspect|certify|look)", unless=r"\byour\b"),
    rule(_KIND, 0.85, _THEIRS, rf"(?:(?:our|my|the) (?:\w+ )?(?:partner|boss|director|manager|cfo|ceo|cto|owner|husband|wife|board|team|chief|president|controller|brother|sister|father|dad)|she|he|they) (?:is|are|s) (?:still |a bit |really |very |kind of |not )*(?:on the fence|not convinced|skeptical|sceptical|not on board|unconvinced|nervous about (?:it|this|you|the)|hesitant|not sold|the skeptic|the sceptic)",
         may_be_negative=True, unless=r"\byour\b"),
    rule(_KIND, 0.88, _THEIRS, rf"{_OTHERS}{GAP3}{_OBLIGED} {GAP2}{_CONSENT}", unless=_MANY),
    rule(_KIND, 0.88, _THEIRS, rf"(?:i|we) (?:would |will |do |still |really )*(?:need|want) (?!you\b|it\b|that\b|this\b|the (?:data|system|tool|price|contract|numbers)\b|a\b|an\b|something\b|everything\b)(?:\S+ ){{1,6}}?to (?:\w+ )?(?:read|see|look at|look over|review|approve|sign|agree|bless|ok|vet|grill|check|be (?:on board|comfortable|happy|convinced|involved|there)) ?(?:it|this|that|the|off|before|with|your|too|first)?", unless=r"\b(?:you|your) (?:\w+ )?to\b|\b(?:customers?|patients?|users?|drivers?|staff|people|system|app|store managers) to\b"),
    rule(_KIND, 0.88, _THEIRS, r"talk (?:him|her|them|my \w+|[a-z]+) (?:round|around|into (?:it|this|that))|(?:gets?|has|have|with) the (?:last|final) (?:word|say|vote)|(?:goes|go|has to go|needs to go|going|put(?:s|ting)? (?:it|this)) to (?:a|the) (?:vote|board|committee|council|partners|shareholders)|(?:makes?|make) a recommendation|(?:will|would) have (?:a view|views|opinions|an opinion|something to say|a say)|vetoed|veto|(?:they|he|she) decides? (?:on|about) (?:it|this|that)|pass a resolution|put (?:their|his|her) names? to",
         may_be_negative=True, unless=r"\b(?:customers?|patients?) (?:\w+ )?(?:have|decide)\b|\bif (?:you|i)\b|\byou have the (?:last|final)\b"),
    rule(_KIND, 0.87, _THEIRS, rf"if (?:he|she|they|(?:my|our|the) (?:\w+ )?{ROLE}|(?!(?:it|that|this|you|we|i|there|price|system|data|customers?)\b)[a-z]+) (?:is |are |does |do |will |s )?(?:not|hates?|nods?|says? (?:no|yes)|agrees?|likes? it|signs?|approves?|objects?) ?(?:like (?:it|this|that)|satisfied|happy|convinced|comfortable|agree|approve|buy (?:it|in)|sign|on board|want it)?", may_be_conditional=True, may_be_negative=True,
         unless=r"\b(?:not (?:work|fit|connect|come|arrive|show|pay|answer|have|get|know|call|read))\b|\bif (?:they|he|she|\w+) (?:do|does|is|are|will)? ?not(?! (?:like|satisfied|happy|convinced|comfortable|agree|approve|buy|sign|on board|want it))|\b(?:customers?|patients?|tenants?|driver|client|students?)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:nothing|not|never|no one|nobody) (?:\S+ ){{0,6}}?(?:signed|bought|decided|approved|ordered|happens?|moves?|goes|commit|commits|committed|paid|starts?)(?: \S+){{0,3}}? (?:until|unless|without|before) (?!you\b|i\b|we\b|it\b|that\b|this\b|the (?:season|summer|end|new|first)\b|{WHEN})(?:\S+ ){{0,3}}?(?:he|she|they|him|her|them|{ROLE}|[a-z]+ (?:is|has|says|signs|agrees|approves))", may_be_negative=True, may_be_conditional=True),
    rule(_KIND, 0.86, _THEIRS, rf"{WHO_ROLE} (?:\w+ )?(?:wants?|want|asks?|asked|insists?|require[sd]?|expects?|told) (?:us |me |on |for )?(?:\S+ ){{0,8}}?(?:before (?:they|he|she|it|we|i|anybody) (?:\w+ )?(?:decides?|signs?|commits?|agrees?|approves?|buys?|sign|say|says)|quotes?|bids?|suppliers|tenders?|offers)", unless=r"\byour\b"),
    rule(_KIND, 0.86, _THEIRS, r"(?:before|until) (?:anybody|anyone|we|i|they) (?:\w+ )?(?:commits?|decide|decides|signs?|agree|agrees)(?: \S+){0,3}? (?:\S+ ){0,6}?(?:board|governors|partners|committee|council|trustees|cfo|ceo|owner|director)", may_be_negative=True),
)  # fmt: skip
