"""``signal:timeline``: the prospect's own dates, deadlines, urgency or lack of hurry."""

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.fragments import CLOCK, GAP2, GAP3, GAP4, GAP6, GAP8, WHEN
from sequences.skills.rules.matching import rule

_KIND = IntentKind.TIMELINE
_THEIRS = (Side.PROSPECT,)

_STATE = (
    r"(?:live|in place|running|up and running|up|done|signed|implemented|installed|deployed|rolled out|ready|working|decided|finished|completed|complete|"
    r"operational|in production|onboarded|trained|switched over|migrated|sorted|wrapped up|started|delivered|in|set up|resolved|over the line|approved|finalized|"
    r"in our hands|on site|functional|launched|going)"
)
_DO = (
    r"(?:go live|launch|start|begin|decide|make a (?:decision|call)|have a decision|choose|pick|roll (?:it |this )?out|kick (?:it |this )?off|implement|deploy|switch|install|sign|be (?:live|up|ready|running|done|in)|move|"
    r"have (?:it|this|something|everything|them|that|a (?:system|solution|decision|vendor|provider|tool)|the \w+(?: \w+)?)|get (?:it|this|something|everything|going|started|that|them)|onboard|finish|complete|replace|migrate|open|pilot|test|try it|wrap (?:it |this )?up|"
    r"buy|purchase|order|implement|see results|run (?:a|the) (?:pilot|trial)|do (?:it|this|the (?:pilot|rollout|migration|switch))|close (?:this|it)|make (?:the|this) (?:switch|change|move)|be off)"
)
_WISH = (
    r"(?:(?:i|we|they|board|management|\w+) (?:will |would |do |have |really |are |am |is |still )*(?:need|needs|want|wants|have to|has to|must|hope|plan|planning|aim|aiming|like|love|hoping|looking|trying|target|targeting|expect|expecting|intend|intending|got|going|prefer|supposed|due|committed|under pressure)"
    r"(?: to)?)"
)
_BY = r"(?:by|before|in|on|for|from|until|no later than|within|at|around|this|next|towards|come|during|ahead of)"
_OUR_CALL = (
    r"\b(?:works for (?:me|us)|i am (?:free|available|around|out|off|on holiday|on vacation|traveling|back)|call (?:you|me)|meet|meeting (?:with you|again)|invite|calendar|talk (?:again|then)|speak (?:again|then)|catch up|see you|let you know|get back|"
    r"demo|follow up|send|sent|email|reach out|circle back|come back to you|last (?:year|month|week|quarter|spring|summer|fall|autumn|winter)|used to|ago|every (?:year|month|week|quarter|day)|each (?:year|month|week)|per (?:year|month|week)|a (?:month|week|year|day)$)\b"
)

_BIG_WHEN = rf"(?!(?:{CLOCK}|today|tonight|tomorrow|this (?:morning|afternoon|evening))(?:\\s|$)){WHEN}"
_PERSONAL = (
    r"|\b(?:snow|rain|weather|storm|school run|pick (?:mine|him|her|them|up)|kids?|daughter|son s|flight|fly|train|dentist|doctor s appointment|lunch|dinner|birthday|wedding|"
    r"vacation|weekend|drop off|gym|christmas party|game|concert|on leave|parental)\b"
)

RULES = (
    rule(_KIND, 0.92, _THEIRS, rf"(?:(?:need|needs|want|wants|like|love|have|has|had|must|get|got|should|would|supposed|due|needed|expecting|hoping|to)(?: to)? ){GAP6}(?:be |to be |been )?{_STATE} {GAP2}{_BY} {GAP4}{WHEN}", unless=_OUR_CALL + _PERSONAL),
    rule(_KIND, 0.9, _THEIRS, rf"{_WISH} (?:to |on )?{GAP2}{_DO} {GAP8}{WHEN}", unless=_OUR_CALL + _PERSONAL),
    rule(_KIND, 0.88, _THEIRS, rf"(?:planning|looking|aiming|hoping|targeting|shooting|pushing|gunning) (?:on|at|for|to) {GAP6}{WHEN}", unless=_OUR_CALL + _PERSONAL + r"|\blooking at (?:you|your|it|the (?:screen|demo))\b"),
    rule(_KIND, 0.9, _THEIRS, rf"(?:our|the|my|their|hard|a|internal|real|drop dead|self imposed|regulatory|legal|actual|board s) {GAP2}(?:deadline|cutoff|cut off|go live(?: date)?|launch date|target date|start date|opening date|drop dead date|due date|end date|timeline|time frame|timeframe)(?: for \S+(?: \S+){{0,4}})? (?:is|was|has been|would be|comes?|falls|we have|i have)",
         unless=r"\b(?:what is|your|flexible on|not (?:clear|sure|known))\b"),
    rule(_KIND, 0.92, _THEIRS, rf"(?:contract|agreement|lease|subscription|licen[sc]e|renewal|term|policy|warranty|fiscal year|financial year|budget year|budget cycle|school year|season|support|certification|permit|grant|trial|notice period|funding|audit|inspection|accreditation) {GAP6}(?:ends?|expires?|is up|runs out|runs until|runs through|renews?|comes? up|comes up for renewal|starts?|begins?|closes?|finishes|lapses|is due|is coming up|kicks in|terminates|goes until|up for renewal|is (?:in|on)|auto ?renews) {GAP4}(?:{WHEN}|soon)",
         unless=r"\b(?:if|your (?:contract|trial)|last year|ended|expired)\b", may_ask=False),
    rule(_KIND, 0.9, _THEIRS, rf"(?:no|not in a|not in any|not any|never in a|in no) (?:particular |great |real |massive |huge |big |terrible |mad )?(?:rush|hurry|urgency|time pressure|deadline|fixed date|hard deadline|firm deadline|firm date)|not (?:that |super |very |terribly |particularly |so |hugely |at all )?urgent|(?:can|could|will|would) (?:easily )?wait (?:until|till|a|another|for (?:a|the next|next)|to next)|take (?:our|your) time with (?:it|this)|there is (?:still )?(?:plenty of )?time (?:until|before|for this)|not (?:a|our|my|the|a top|our top|really a) (?:priority|top priority) (?:right now|until|this|for|before|at the moment|now)",
         may_be_negative=True, unless=r"\b(?:customers?|patients?|emails?|tickets?|if) (?:can|could|will)\b|\bcannot wait\b|\bcan not wait\b|\bif (?:it|that|this) (?:can|could)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"not (?:until|before|till|going to (?:happen|be) (?:until|before)|happening (?:until|before)|earlier than|happening this (?:year|quarter|half)) ?{GAP3}(?:{WHEN})?", may_be_negative=True,
         unless=_OUR_CALL + _PERSONAL + r"|\b(?:free|available|back|in the office|until (?:i|we|you|they|he|she)|before (?:i|we|you|they|he|she)|joking|until you)\b|\bnot before (?:i|we|you)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:as soon as possible|asap|(?:it|this|that|we) (?:is|are) (?:\w+ )?(?:urgent|time sensitive|time critical|up against (?:it|the clock|a deadline)|running out of time|on a (?:tight|short|very tight) (?:timeline|deadline|schedule|clock))|clock is ticking|time is (?:tight|short|running out|of the essence)|(?:need|needed|want|wanted) (?:this|it|that|something|one|a \w+) (?:\w+ )?(?:yesterday|quickly|fast|urgently|immediately|right away|soon|as soon as|asap)|(?:need|have|want) to move (?:\w+ )?(?:fast|quickly|now|soon)|(?:urgently|desperately) need|(?:cannot|can not|could not) wait (?:until|till|another|that long|much longer|any longer|for (?:another|next))|sooner the better|before it is too late|high urgency)",
         may_be_negative=True, unless=r"\b(?:cannot|can not) wait (?:to|for (?:the|your|it))\b|\b(?:customers?|patients?|clients?|guests?|callers?|they) (?:need|want|expect|call)\b|\b(?:send|email|let you know|get back|call|follow up|reply|respond|invite)\b|\bnot urgent\b|\bif\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:(?:our|the|next|first|annual|quarterly|monthly) )?(?:board|committee|council|management team|leadership team|trustees|steering group|exec team|budget committee) (?:meets?|meeting is|meets again|sits|decides|votes|is meeting|convenes) {GAP4}{WHEN}", unless=r"\b(?:every|each|last|met)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:decision|decisions|answer|order|purchase|rollout|roll out|launch|opening|go live|migration|implementation|installation|construction|renovation|inspection|audit|move|pilot|project|kickoff|kick off|tender|rfp|funding round|new (?:site|store|plant|office|building|branch|location|clinic|line|warehouse|semester|system|facility)) {GAP4}(?:is|are|has to|have to|needs to|need to|must|should|will|would|opens?|starts?|begins?|would be|will be|is going to|is (?:due|planned|scheduled|set|coming|supposed to|happening)) (?:\S+ ){{0,4}}?(?:happen |be made |be |made |come |land |start |begin |open )?(?:by|in|on|before|for|at|this|next|within|around)? ?(?:the )?(?:end of |middle of |beginning of |start of )?{WHEN}",
         unless=_OUR_CALL + _PERSONAL + r"|\b(?:your|you|if|today|now|demo|tonight)\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:give notice|notice has to|notice by|by the time|ahead of|before) (?:the |our |that |this )?(?:start of |end of |peak |busy |holiday |christmas |summer |winter |spring |fall |school |new |next |fiscal |financial |budget |flu |tax |audit |harvest |planting |board |season )+(?:season|rush|year|quarter|meeting|freeze|break|period|peak|holidays|term|semester|cycle|audit|inspection|deadline|{WHEN})",
         unless=_OUR_CALL + _PERSONAL),
    rule(_KIND, 0.86, _THEIRS, rf"(?:give notice|decide|decision|sign|implement|live|in place|ready|start|launch|installed|rolled out|cut over|switch over) {GAP4}(?:by|before|no later than|in|on|at|until) {GAP4}{WHEN}", unless=_OUR_CALL + _PERSONAL + r"|\b(?:you|your|if|start (?:at|on|in))\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:need|needs|have to|has to|had to|must|want|wants|would like|keen|hoping|hope|plan|planning|expect|supposed|due|required|got to|aim|aiming|would have to|would need to) (?:to )?{GAP8}(?:by|before|until|till|no later than|ahead of) {GAP4}(?:{_BIG_WHEN})", unless=_OUR_CALL + _PERSONAL),
    rule(_KIND, 0.88, _THEIRS, rf"(?:locked in|locked into \S+|tied in|stuck|committed|under contract|contract|agreement|lease|license|licenses|subscription|policy|deal|good|covered|paid up) {GAP4}(?:until|till|through|runs (?:out|through|until|till|to)|goes (?:until|through|till|to)|is up|is good until|ends|expires|up for renewal) {GAP4}(?:{WHEN}|\w+ years?)", unless=_OUR_CALL + _PERSONAL),
    rule(_KIND, 0.86, _THEIRS, rf"(?:break ground|breaking ground|open|opens|opening|go live|goes live|launch|launches|launching|start|starts|starting|kick off|kicks off|cut over|move in|move out|move|moving|moves|relocate|goes down|go down|shut down|shuts down|shutdown|close|closes|hiring|expanding|expand|relocating|reopens?|leaves|leaving|retires|retiring|ships|shipping|begins|begin|arrive|arrives|seeding|harvest|enrollment|peak season|busy season|high season) (?:\S+ ){{0,5}}?(?:in|on|by|at|before|for|from|this|next|during)? ?(?:the )?(?:{_BIG_WHEN})", unless=_OUR_CALL + _PERSONAL + r"|\b(?:you|your|every|each|usually|always|normally|typically|was|were|started|closed|opened|did|store hours|if)\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:by|before|no later than|until) (?:the )?(?:end of )?(?:{_BIG_WHEN}) at the (?:latest|very latest|absolute latest)|{_BIG_WHEN} (?:at the (?:latest|very latest)|is (?:our|the|my) (?:deadline|cutoff|cut off|target|goal|window|drop dead)|or (?:never|not at all)|is (?:too late|the latest))|that is (?:our|the|my) (?:window|deadline|target|cutoff)|(?:use it or lose it)|(?:closes?|close) on {WHEN}|(?:would like|want|wanted|like|love) to (?:\w+ )?(?:see|have|get) (?:\S+ ){{1,5}}?(?:by|before|in|for) (?:the )?(?:{_BIG_WHEN})",
         unless=_OUR_CALL + _PERSONAL),
    rule(_KIND, 0.86, _THEIRS, rf"(?:nothing|none of (?:this|it|that)|it|this|that|we) (?:\w+ )?(?:happens?|moves?|starts?|is happening|is going to happen|will happen|can happen|can start|gets (?:signed|bought|decided)) (?:\w+ )?(?:before|until|till|after) {GAP4}(?:{WHEN}|audit|budget|season|election|holidays|vote|review|merger|move|launch|upgrade|migration)", may_be_negative=True,
         unless=r"\b(?:every (?:day|time|week)|last)\b"),
    rule(_KIND, 0.85, _THEIRS, rf"(?:this year|next year|{WHEN}) (?:is|s|would be|will be) (?:when|the time|too (?:soon|early|late)|realistic|more realistic|the earliest|our target|the goal|the plan|the plan for us)", unless=_OUR_CALL + _PERSONAL + r"|\b(?:tomorrow|today|monday|tuesday|wednesday|thursday|friday|morning|afternoon|call|demo)\b"),
    rule(_KIND, 0.85, _THEIRS, rf"(?:need|needs|want|wants|require|requires|have|has|had) (?:\S+ ){{1,6}}?(?:in (?:place|hand|service|production|our hands)|live|up and running|running|installed|delivered|ready|signed|done|on site|there|operational) {GAP2}(?:by|before|for|in|on|when|ahead of|day one)",
         unless=_OUR_CALL + _PERSONAL + r"|\b(?:you|your|on (?:the|our|a|my)|in (?:the|our|a|my|one|each|every|two|three|all)|for (?:the|our|us|a|years|two|three|five|ten|\d+|about)|already)\b(?! (?:end|middle|spring|summer|fall|winter|new))"),
    rule(_KIND, 0.86, _THEIRS, r"(?:need|needs|have to|has to|must|want|wants|would like|keen|hoping|hope|plan|planning|supposed|got to|aim|aiming|like) (?:to )?(?:\S+ ){1,8}?(?:before|by|in time for|ahead of) (?:the |our |this |next |that )?(?:\S+ ){0,2}?(?:season|intake|rush|peak|audit|launch|opening|sale|show|fair|conference|merger|move|inspection|deadline|holidays|exams|semester|harvest|freeze|migration|renewal|event|election|go live|expiry|expiration|year end|that|then)",
         unless=_OUR_CALL + _PERSONAL + r"|\b(?:by that|by then (?:i|we))\b"),
)  # fmt: skip
