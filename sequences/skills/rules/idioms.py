"""Idioms of money, rivals, colleagues and hurry, as people drop them into a conversation."""

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.fragments import CONTENT, OFFER, ROLE, WHEN
from sequences.skills.rules.matching import Rule, rule

_THEIRS = (Side.PROSPECT,)
_OURS = (Side.REP,)
_ANYBODY = (Side.REP, Side.PROSPECT)
_SUPPLIER = (
    r"(?:vendor|supplier|provider|agency|wholesaler|distributor|contractor|printer|broker|carrier|installer|reseller|caterer|"
    r"manufacturer|dealer|lot|crowd|people|guys|firm|outfit|platform|system|tool|package|bank|insurer|accountant|solicitors?)"
)
_DIG = (
    r"(?:sit down|speak|talk|check|chat|confer|huddle|have a word|have a chat|have a conversation|touch base|sense check|"
    r"go over (?:it|this)|go through (?:it|this)|run (?:it|this))"
)


def _say(*sayings: str) -> str:
    return "|".join(sayings)


_PEOPLE = rule(
    IntentKind.MULTI_STAKEHOLDER, 0.86, _THEIRS,
    _say(
        rf"(?:want|need|like|have|got|going) to (?:\w+ )?{_DIG} (?:\w+ )?(?:with|to) (?:(?:our|my|the|his|her) )?(?:\S+ ){{0,3}}?{ROLE}(?: \S+){{0,2}}? "
        r"(?:before|first|about|and see|on)(?: .*)?",
        r"joint (?:decision|call|budget|sign off)|(?:decision|call|choice) (?:is )?(?:\w+ )?between (?:me|myself|us|him|her) and(?: \S+){1,4}",
        rf"(?:my|our|the) (?:co )?(?:{ROLE})(?: s| is| are| \w+ is)? (?:\w+ )?(?:more|less|very|a bit|rather|still|not) (?:\w+ )?(?:sceptical|skeptical|cautious|nervous|"
        r"convinced|keen|sold|sure|persuaded|resistant|wary|on the fence)(?: .*)?",
        r"(?:has|have|s|is|got|have got|has got|holds?|holding|controls?|the one with|keeps?) (?:got )?the (?:check ?book|purse|purse strings|wallet|budget|pen|money|final (?:say|word|call)|last word|veto)",
        r"(?:put|take|bring|present) (?:it|this|that|the \w+|a (?:case|paper|proposal|recommendation)) (?:\w+ )?(?:to|before|in front of) (?:the|our|my) (?!customers?|market|test|bank|next|side|"
        r"end|store|shop|list|website|system|team meeting room)\w+",
        rf"(?:have|need|going|got) to (?:\w+ )?(?:satisfy|convince|persuade|win over|reassure|get past|get it past|get this past|placate) (?:\S+ ){{0,2}}?(?:{ROLE}|auditors?|regulators?|insurers?|him|her|them)(?: \S+)?",
        rf"(?:{ROLE}|group \w+|the \w+ team|\w+ department) (?:\w+ )?(?:get|gets|is|are|will be|would be|must be|has to be|have to be) (?:\w+ )?(?:involved|consulted|brought in|looped in|asked|included|copied in on the decision)"
        r"(?: (?:above|over|in|on|for|from|before|when)\b.*)?",
        r"(?:get|have|let|need) (?:the|our|my) (?:\S+ ){1,3}?(?:to )?(?:have a look|take a look|look it over|look at it|go over it|give it the once over|cast an eye|weigh in|vet it|review it) (?:before|first|then)(?: .*)?",
        r"(?:chat|talk|conversation|discussion|think|discuss (?:it|this)|confer|huddle) (?:\w+ )?(?:amongst|among) ourselves",
        r"(?:see|hear|find out|ask|check) what (?:[a-z]+ ){1,3}?(?:says?|thinks?|makes? of (?:it|this)|reckons?)",
    ),
    unless=r"\b(?:customers?|clients?|patients?|your (?:\w+ )?(?:team|boss|manager|engineers?)|already (?:spoken|talked|checked|approved))\b|\bwhat (?:you|i|we) (?:say|think)\b|\b(?:i|me) (?:hold|control|have the budget)\b|\bi (?:have|hold) the\b",
)  # fmt: skip
_RIVALS = rule(
    IntentKind.COMPETITIVE, 0.85, _THEIRS,
    _say(
        r"knocking on (?:the|our|my) door|(?:chas|court|woo)ing us|burn(?:ed|t) by (?!a\b|the\b|that\b|this\b|it\b)\w+",
        rf"(?:the|our) (?:\w+ )?{_SUPPLIER} (?:that )?(?:we|i) (?:\w+ )?(?:use|have|are with|work with|go to|buy from|deal with)(?: (?:now|today|currently|at the moment))?",
        rf"(?:our|my|the) (?:last|previous|former|present|current|existing|other|usual|regular|old|incumbent) {_SUPPLIER}(?! (?:is|was|are|were) (?:slow|down|off|full))",
        r"(?:throws?|includes?|bundles?|gives?|offers?|do|does|provides?|sells?) (?:\w+ )?(?:something|anything|a thing|a product|a version|one|the same|a module|an add on) (?:\w+ )?(?:similar|comparable|like (?:it|this|that)|"
        r"for (?:free|less|nothing))(?: .*)?",
        r"(?:more|other|another|two|three|four) (?:\w+ )?(?:of these|of those|such)? ?(?:calls|demos|pitches|presentations|meetings|conversations|visits) (?:like this|this week|lined up|with (?:vendors|suppliers|others|other)|booked|to (?:do|sit through))(?: .*)?",
        r"(?:considering|choosing|torn|deciding|toss up|choice|it is) (?:is )?between you and (?!me\b|i\b|us\b|my\b|our\b)\w+",
        r"(?:tend|used|prefer|always|normally|usually) (?:to )?(?:go|gone|buy|bought|use|used|order|ordered|work|worked) (?:to|from|with)? ?(?:the same (?:\w+ )?(?:supplier|printer|firm|people|company|place|guy|vendor)|(?P<name>[a-z]+)(?: s)?)(?: (?:for|up|down|in|on)\b.*)?",
        r"they (?:are|have been|have) (?:offering|offered|giving|given|promising|promised|proposing|proposed|matching|matched) us(?: \S+)+",
        r"(?:most|least|more|less|second most|cheaper|cheapest) (?:expensive|costly|competitive|pricey)? ?(?:of|out of|among) (?:the|all|our|my)? ?(?:two|three|four|five|six|lot|bunch|bids|quotes|others|bidders|offers)",
        r"(?:give|hand in|served?|serve|giving) (?:in )?(?:my |our )?notice (?:to|on|with) (?!staff|employees|tenants?|my job|work)(?: ?\S+){1,4}",
        r"(?:similar|same|identical) (?:stuff|thing|things|product|kit|service|tool|gear|software|one|ones) (?:\w+ )?(?:on|from|at|for|elsewhere|online) (?:amazon|alibaba|ebay|half|less|a fraction|cheaper|somebody|someone|another|the web|the internet|online)(?: .*)?",
        r"(?:a|the|another) (?:chap|guy|bloke|fellow|woman|lady|man|mate|friend|nephew|cousin|kid|company|place|shop) (?:\S+ ){0,4}?(?:who|that|which) (?:does|do|sells?|makes?|can|could|would|offers?|will) (?:\S+ ){0,3}?(?:it|same|this|that|one|them|similar|something)(?: .*)?",
        r"(?P<name2>[a-z]+) s? ?(?:rep|salesman|saleswoman|sales guy|sales team|account manager|people) (?:was|were|came|called|rang|keeps?|has been|have been|is|are|dropped|popped)(?: .*)?",
    ),
    unless=r"\b(?:our|my) (?:\w+ )?(?:customers?|clients?|competit\w+|rivals?)\b|\bthan us\b|\byour (?:rep|account manager|sales)\b|\b(?:my|our) (?:rep|sales (?:rep|team|people|guy))\b|\bcertif|\bjob\b|\bcolleagues?\b|\bour guys\b|\bour people\b"
    r"|\btrain\w*\b|\bsupport\b",
    may_ask=True,
)  # fmt: skip
_FOR = rule(
    IntentKind.BUYING_POSITIVE, 0.86, _THEIRS,
    _say(
        r"(?:money|budget|funding|cash|funds) (?:has|have|s|is|was|got)? ?(?:been )?(?:found|there|sorted|come through|agreed|cleared|sitting there|in the bank|not a problem)",
        r"(?:had|have|got|gotten|given|gave) (?:\w+ )?(?:the )?(?:nod|ok|green light|go ahead|thumbs up|sign off|all clear|approval|clearance|blessing) (?:on|for|to|from)(?: \S+)+",
        r"(?:that is|it is|we are|then|so|right) (?:all )?agreed(?: then)?$|we will (?:take|go (?:with|for)|have|order|do) (?:the|both|all|two|three|option|one of)(?: (?!look|call|meeting|chat|demo|tour|vote|minutes?|time)\S+){1,4}",
        r"(?:do not|can not|did not) (?:\w+ )?(?:see|have|foresee) (?:a |any )?(?:problem|issue|problems|issues|objection|difficulty) (?:with|on|about|over) (?:the |your |that |this )?(?:price|pricing|cost|number|figure|money|terms|budget|quote|amount|fee)s?",
        r"(?:i think |so |right |then )*(?:we|you) (?:have|have got|got) (?:ourselves |yourself )?a deal|(?:ok|fine|great|right|good|well|done|deal|that is it|you have me) sold$|^sold$|^deal$|you have (?:sold|convinced) (?:me|us)",
        r"(?:comfortable|happy|fine|ok|content|good) (?:at|with|paying) (?:that|this|the|your) (?:level|price|number|figure|rate|amount|sum|quote|cost|fee|budget|ballpark)",
        r"(?:came|come|comes|got) back (?:with|as) (?:a |an )?(?:\w+ )?(?:yes|approval|green light|thumbs up)|(?:said|says) yes (?:to (?:the|it|this|you|going)|last|this|yesterday|on|and)(?: .*)?",
        r"(?:less|lower|cheaper) than (?:what )?(?:we|i) (?:are|am) (?:\w+ )?(?:paying|spending)(?: .*)?|no argument from (?:me|us)|no ?brainer|no arguments? (?:there|here|on price)",
        r"let us (?:\w+ )?(?:go (?:with|for) (?:option|the|that|it|you|plan|package|two|three)|get (?:this|it|the deal|that) (?:done|signed|over the line|moving|going)|make it happen|sign (?:it|this|up)|seal the deal|shake on it|press go|pull the trigger|order (?:it|them|the))(?: .*)?",
        r"(?:board|committee|finance|cfo|ceo|trustees|partners|management|council|hq|head office|he|she|they) (?:has |have |s )?(?:cleared|released|authorized|sanctioned|okayed|green ?lit|passed|voted through|signed off on) (?:up to |the |a |it|this|about |our )?(?:\S+ ?){0,5}",
        r"(?:am|are) (?:\w+ )?(?:in a position|ready|able|prepared|set|cleared|authorized|happy) to (?:\w+ )?(?:sign|buy|order|pull the trigger|commit|purchase|proceed|pay|place (?:the|an) order)(?: .*)?",
        r"(?:consider (?:us|me|it) (?:signed(?: up)?|sold|in|done|a done deal|yours)|(?:have|got|raised|issued|cut) (?:\w+ )?(?:a |the )?(?:purchase order|po)(?: number)?(?: .*)?)",
        r"(?:that|it) (?:is|s) (?:not|hardly|never) (?:going to be |really )?(?:a |an )?(?:problem|issue|obstacle|concern|deal breaker) (?:\S+ ){0,3}?(?:price|money|cost|budget|financially)",
    ),
    unless=r"\b(?:if|unless|until|once|when|might|maybe|would|could|should|never|before|whether|hope|hoping|need|needs|want to see|not (?:been )?(?:approved|agreed|cleared|there|found))\b|\bnot (?:ready|able|in a position)\b|\b(?:meeting|call|demo|agenda|tuesday|"
    r"thursday|monday|wednesday|friday)\b|\bgot to get\b",
    may_be_negative=True,
)  # fmt: skip
_AGAINST = rule(
    IntentKind.BUYING_NEGATIVE, 0.85, _THEIRS,
    _say(
        r"(?:crikey|blimey|jeez|jesus|wow|whoa|ouch|oof|yikes|phew|goodness|gosh|bloody hell|good grief|strewth|flipping heck)$",
        r"(?:have|get|got|give (?:him|her|me|them)) (?:a )?(?:heart attack|palpitations|kittens|a fit|a stroke|cold feet about the (?:price|cost))",
        r"(?:only|just|at most|no more than|max(?:imum)?) (?:\w+ )?(?:got |have )?(?:\S+ ){1,4}?(?:to play with|to spend|in the (?:kitty|pot|budget))",
        r"(?:count|counting|watch|watching|pinch|pinching|turn over) (?:the |our |every |all (?:the|our) )(?:pennies|paper ?clips|cents|pounds|dollars|beans|penny|cent)",
        r"(?:blows?|blew|busts?|breaks?|exceeds?|swallows?|eats? (?:up|through)?|kills?|wrecks?) (?:\S+ ){0,3}?(?:budget|margin|business case|bank|numbers)(?: .*)?",
        r"(?:cost|price|fee|deposit|number|money|payment|premium|licen[cs]e|subscription)s? (?:up ?front )?(?:that )?(?:hurts?|stings?|kills?(?: (?:it|us|me))?|scares?(?: (?:me|us))?|worries (?:me|us)|is (?:killing|scaring|hurting) (?:us|me))(?: .*)?",
        r"(?:get|getting|got) (?:that|this|it) (?:past|through|by|signed off by|approved by) (?:finance|my (?:boss|board|director|cfo)|the (?:board|cfo|finance \w+|accountants?)|accounts)(?: at that (?:price|number))?",
        r"(?:thought|think|guessed|assumed|imagined|expected|figured) (?:it|that|this|you) (?:would|will|might|was going to|were going to) (?:be|cost|come (?:in|out)|say) (?:\S+ ){0,3}?(?:half|less|lower|cheaper|closer|nearer|under|around \S+)(?: .*)?",
        r"(?:under|lot of|huge|real|serious|big|constant|so much) (?:\S+ ){0,3}?pressure (?:\w+ )?(?:on|to (?:cut|reduce|save)) ?(?:costs?|spend\w*|budgets?|margins?|price)?|cost (?:pressure|cutting|reduction|saving) (?:program|drive|exercise|round|mode)?",
        r"(?:struggle|hard|tough|difficult|impossible|battle) (?:for (?:me|us) )?to (?:\w+ )?(?:get (?:that|this|it|those) (?:signed off|approved|through|past)|justify|defend|find (?:that|the money|it)|sell (?:that|this|the price)|swallow|stomach|afford|pay)(?: .*)?",
        r"(?:not|never|no) (?:\S+ ){0,3}?(?:a )?spare (?:penny|cent|pound|dollar|dime)|(?:does|will|would|do) not (?:\w+ )?(?:fit|fall|sit|work|come) (?:\w+ )?(?:in|within|into|inside|with|for)? ?(?:the|our|my|this|that) (?:\w+ )?(?:budget|envelope|limit|range)(?: .*)?",
        r"(?:fee|price|cost|charge|rate|premium|surcharge|deposit|minimum)s? (?:\w+ )?(?:kills?|sinks?|rules?|puts?|makes?) (?:it|us|this|you|me) (?:out|off|for us|hard|impossible|tricky|a non starter|too)(?: .*)?",
        r"(?:need|want|like|have) to see (?:the |that |a |your |some )?(?:\w+ )?(?:price|cost|number|figure|quote|movement|fee)s? (?:come down|lower|drop|move|reduced|on (?:the )?price|improve)(?: .*)?",
        r"(?:fair bit|bit|lot|way|well|far|much|considerably|quite a bit|slightly|rather|somewhat|a little) (?:\w+ )?(?:above|over|more than|higher than|beyond|north of|in excess of) (?:what )?(?:i|we|our|my|the|budget|plan)(?: .*)?",
    ),
    unless=r"\bif (?:the|your) price\b|\bcustomers?\b|\bpatients?\b|\bour (?:own )?(?:prices|fees|rates) (?:are|is)\b|\b(?:fuel|energy|labou?r|wages?|freight) (?:cost|price|bill)s?\b|\bdowntime\b|\btime to\b|\bno problem\b|\bnot (?:a|the|an) (?:problem|issue)\b|\bovertime\b",
    may_ask=True,
    may_be_negative=True,
)  # fmt: skip
_HURRY = rule(
    IntentKind.TIMELINE, 0.85, _THEIRS,
    _say(
        rf"(?:not|never|nothing) (?:\S+ ){{0,6}}?(?:do|doing|happen|happens|happening|start|starting|move|moving|change|changing|buy|buying|sign|signing|decide|decided|touch|touching|spend|commit|begin|look at)(?: (?:it|this|that|anything|ahead))? (?:\w+ )?(?:before|until|till|this side of|"
        rf"for another|this) (?!you\b|i (?:see|have|know|hear|talk)|we (?:see|have|know|talk)|he\b|she\b|they\b|it\b)(?:the |our |my |at least )?(?:\S+ )?(?:{WHEN}|merger|audit|season|harvest|move|holidays?|budget|close|year|school|new|elections?|christmas|end|closes|reopens|"
        r"opens|inspection|acquisition|reorg\w*|relocation|refit|renovation)(?: .*)?",
        r"(?:has|have|would have|would need|needs?) to be (?:\w+ )?(?:after|before|around|outside|not during) (?:the )?(?:harvest|season|audit|christmas|easter|ramadan|diwali|thanksgiving|holidays?|summer|peak|exams?|term|half term|year end|calving|lambing|"
        r"stock ?take|inventory|conference|show|launch|move|merger|election|black friday)(?: .*)?",
        r"(?:under the gun|up against (?:it|the clock|a deadline)|racing against|plenty of time|all the time in the world|no great urgency|months away|time is on our side|in good time|tight (?:deadline|timeline|schedule|timescale)|not urgent|bit urgent|quite urgent|very urgent|rather urgent)",
        rf"(?:gave|given|giving|got|have|has|allows?|allowed) (?:us|me|them)? ?(?:until (?:{WHEN}|the)|only |just |about |another )?(?:\d+|thirty|sixty|ninety|six|eight|ten|twelve|two|three|four) (?:days|weeks|months) (?:to|left|before|until|from)? ?(?:.*)?$",
        r"(?:everything|all|we|the (?:site|plant|factory|shop|office|warehouse|business)) (?:\w+ )?(?:stops?|closes?|shuts?|slows?|freezes?|goes quiet|is closed|is shut)(?: down)? (?:for|in|over|during|from|at) (?:the )?(?:ramadan|christmas|easter|summer|august|july|december|holidays?|"
        r"winter|harvest|season|new year|chinese new year|shutdown|diwali|eid|thanksgiving)(?: .*)?",
        r"(?:done|sorted|wrapped up|finished|in place|decided|signed|sorted out|live|over the line|ready|installed|settled|fixed) (?:\w+ )?(?:before|by the time) (?:i|we|he|she|they|my|our|the) (?:\w+ )?(?:go|goes|leave|leaves|retire|retires|move|moves|open|opens|start|starts|come|comes|"
        r"arrive|arrives|turn|turns|am|are|baby|new|next|season|snow|audit|inspection|auditors?|kids|students|school|board|show|fair|holiday|summer|rush|peak)(?: .*)?",
        rf"^(?:\S+ )?(?:realistically|ideally|probably|hopefully|roughly|say|around|by|before|target is|looking at|in) (?:the )?(?:end of |start of |middle of |early |late |mid )?(?:{WHEN})$",
        r"the (?:sooner|earlier|quicker|faster) (?:we|it|this|you|that)(?: \S+){1,6}",
        rf"(?:audits?|inspects?|inspection|auditors?|regulator|visit|visits|conference|trade show|exhibition|fair|wedding season|tax season|exams?) (?:\S+ ){{0,3}}?(?:in|on|is|are|at|comes?|starts?|coming|due|from|by) (?:\S+ ){{0,3}}?(?:{WHEN})(?: .*)?",
        r"(?:is not|not) (?:a|an) (?:this|next) (?:year|quarter|month|season) (?:thing|project|priority|decision|problem)|(?:off|away|out|on leave|on holiday|skiing|on vacation) until (?:\S+ ){1,4}?(?:so )?(?:nothing|not|no)(?: .*)?",
    ),
    unless=r"\b(?:call|meeting|invite|demo|you (?:can|could|will|guys|send)|email|get back|let you know|kids? (?:are|is) (?:off|sick)|flight|shift|dinner|lunch)\b|\bif you\b",
    may_be_negative=True,
    may_be_conditional=True,
)  # fmt: skip
_ASK = rule(
    IntentKind.SEND_CONTENT, 0.85, _THEIRS,
    _say(
        rf"(?:got|do you have|have you got|would you have|have you) (?:a|any|some|another) (?:\w+ )?(?:customers?|clients?|users?|references?|{CONTENT}) (?:\S+ ){{0,3}}?(?:i|we) (?:can|could|might) (?:ring|call|talk to|speak to|visit|contact|see|have|look at|read|show|borrow|use)(?: .*)?",
        rf"(?:can|could|would|will) (?:you|your \w+|somebody|someone|anyone) (?:\w+ )?(?:show|produce|write|prepare|put together|supply|provide|draft|knock up|pull together|include|add|attach|quote|price|stick in|throw in) (?:me |us |in )?(?:\S+ ){{0,5}}?(?:{CONTENT}|paper|something in writing|both|memo)(?: .*)?",
        rf"(?:a|an|some|two|three) (?:\S+ ){{0,3}}?{CONTENT} (?:\S+ ){{0,6}}?(?:would|will) (?:\w+ )?(?:go a long way|help(?: \S+){{0,3}}|be (?:useful|helpful|handy|great|good|nice|perfect|ideal|brilliant|lovely|appreciated)|do (?:it|nicely|the trick)|make (?:my|our|it) \S+)(?: .*)?",
        rf"(?:promised|owe|owed|meant to send|supposed to send|never (?:got|received|saw)|still (?:have not|waiting|not)|did not (?:get|receive)) (?:\S+ ){{0,5}}?{CONTENT}(?: .*)?",
        r"(?:stick|pop|put|throw|chuck|add|include|slip) (?:in )?(?:something|a (?:page|section|line|bit|word|paragraph|note)|anything|the \w+) (?:\w+ )?(?:about|on|covering|explaining|for|in there|as well)(?: .*)?",
        rf"(?:chuck|ping|fire|whizz|pop|bung|lob|sling|wing) (?:me|us|over|across|it|that|those|them|the|a|through)(?: \S+){{0,5}}? ?(?:{CONTENT}|over|across|through|to me|to us|in an email|in the post)(?: .*)?",
    ),
    may_ask=True,
    may_be_conditional=True,
    unless=r"\b(?:i will|we will|i can|we can|i am going to|let me) (?:\w+ )?(?:send|share|email|forward|put|get|drop|show|ping|chuck|pop)\b|\binvite\b|\bcalendar\b|\bdiscount\b|\bnot (?:need|send)\b|\bprice (?:is|was)\b",
)  # fmt: skip
_PROMISE = rule(
    IntentKind.PROSPECT_FOLLOWUP, 0.85, _THEIRS,
    _say(
        r"(?:i|we) (?:will|shall|am going to|are going to) (?:\w+ )?(?:sort (?:out )?|organi[sz]e |arrange |set up |prepare |get |pass |pass on |hand over )(?:the|your|that|some|access|a|an|those|our|my) (?:\S+ ){0,4}?"
        r"(?:for (?:you|your)|to (?:you|your|our|my|the)|access|details|account|login|credentials|pass|badge|permit|data|questions|readings?|figures|list|plans?|drawings?|export)(?: .*)?",
        r"you will (?:get|have|hear|receive) (?:a |an |our |my |the )?(?:\S+ ){0,4}?(?:from (?:me|us|my|our)|yes or no|answer|decision)(?: .*)?",
        r"(?:have|having) a word with (?:\S+ ){1,4}?and (?:come|get|let|ring|call|email|revert|tell|drop)(?: .*)?",
    ),
    unless=r"\b(?:not|never|maybe|might|if)\b",
)  # fmt: skip
_OFFERS = rule(
    IntentKind.SEND_PROPOSAL, 0.86, _OURS,
    _say(
        r"(?:i will|we will|let me|i am going to|we are going to|what i will do is|my \w+ will|our \w+ will|you will get|you can expect) (?:\S+ ){0,4}?(?:rework|revise|redo|update|adjust|price|cost|put together|put|pull|work up|draw up|crunch|run|jot down|itemi[sz]e|get|send) "
        r"(?:\S+ ){0,4}?(?:numbers|figures|price|prices|pricing|options|costs?|quote|offer) (?:\S+ ){0,4}?(?:and )?(?:send|email|get|have|drop|resend|share|fire|to you|over|across|in an email|by|new version|in your inbox|with you)(?: .*)?",
        rf"(?:what i will do is|i will|we will) (?:\w+ )?(?:send|email|get|drop|fire|ping|shoot) (?:you |over |across |out |through )*(?:a|an|the|two|three|both|some|your) (?:\S+ ){{0,5}}?(?:price|prices|pricing|{OFFER}|costs?)(?: .*)?",
        rf"(?:our|my|the) (?:estimator|team|colleague|commercial \w+|sales \w+|bid team|office|pricing \w+|account manager|boss|partner) will (?:\S+ ){{0,3}}?(?:get|send|email|have|prepare|draw up|put together|issue|work up) (?:\S+ ){{0,4}}?(?:price|prices|{OFFER})(?: .*)?",
    ),
    unless=r"\b(?:link|page|deck|recording|walk you|talk you|through the pricing|go over|if you|template|calculator|on the screen|now)\b|\bnumbers (?:for|on|from) (?:the|your|our|that) (?:trial|pilot|usage|dashboard|performance)\b|\b(?:your|phone) numbers?\b",
)  # fmt: skip
_MEET = rule(
    IntentKind.SCHEDULE_MEETING, 0.85, _ANYBODY,
    _say(
        rf"what (?:is|s|does|are) your (?:{WHEN})(?: s)? (?:like|looking like|look like|looking)(?: .*)?|how (?:is|s|are|does) your (?:calendar|week|diary|schedule|(?:{WHEN}))(?: \S+)? ?(?:look\w*|like|fixed|sit|shaping up)?(?: .*)?",
        rf"(?:ring|call|phone|buzz|ping) (?:me|us|her|him) (?:\w+ )?(?:on |at |after |before )?(?:the )?(?:{WHEN})(?: .*)?",
        r"(?:i will|let me|we will) (?:\w+ )?(?:have|get|ask) (?:my|our|the) (?:assistant|pa|office|team|colleague|coordinator|ea) (?:to )?(?:find|send|set|book|schedule|arrange|sort|look for) (?:us |you |out )?(?:a|an|some|the)? ?(?:time|slot|date|meeting|call|invite|something)(?: .*)?",
        rf"say (?:the )?(?:week of (?:the )?\w+|{WHEN})(?: (?:or|at|in|to)\b.*)?$",
    ),
    may_ask=True,
    unless=r"\b(?:budget|decide|decision|live|deliver\w*|install\w*|launch|deadline|order|quote|proposal|pay|payment)\b|\b(?:works|suits) (?:for )?(?:me|us)\b|\bthey (?:call|ring|phone)\b|\bcustomers?\b",
)  # fmt: skip

RULES: tuple[Rule, ...] = (_PEOPLE, _RIVALS, _FOR, _AGAINST, _HURRY, _ASK, _PROMISE, _OFFERS, _MEET)
