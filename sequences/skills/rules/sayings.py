"""Set phrases whose meaning is clear by itself: "where do I sign", "you're not the only ones", "leave it with me"."""

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.fragments import MEETING, ROLE, WHEN
from sequences.skills.rules.matching import Rule, rule

_THEIRS = (Side.PROSPECT,)
_ANYBODY = (Side.REP, Side.PROSPECT)
_COUNT = r"(?:two|three|four|five|six|a couple of|a few|several|both|\d)"
_SUM = (
    r"(?:[$\u20ac\u00a3]?\d[\d,.]*k?|(?:a |one |two |three |four |five |six |seven |eight |nine |ten |eleven |twelve |fifteen |"
    r"twenty |thirty |forty |fifty |sixty |seventy |eighty |ninety )+(?:hundred|thousand|grand|k|million)?)"
)
_SETTLED = r"\b(?:not|if|unless|until|once|when|almost|nearly|might|maybe|would|could|should|never|before|whether)\b"


def _say(*sayings: str) -> str:
    return "|".join(sayings)


_RIVALS = (
    rule(
        IntentKind.COMPETITIVE,
        0.88,
        _THEIRS,
        _say(
            r"(?:you|you guys) (?:are|were) not the (?:only|first) (?:ones?|company|people|vendor|supplier|firm|team|name)"
            r"(?: (?:on|in|we|i|that|who|to)\b.*)?",
            rf"(?:there are|it is|down to|between) {_COUNT} (?:of you|companies|of us) (?:in|on|left|bidding|quoting|up)(?: \S+){{0,3}}",
            r"(?:you are|you would be) up against (?!it\b|the (?:clock|wall))\S+",
            r"(?:had|have|having|got|get|getting) (?:\S+ ){1,4}?(?:people|team|guys|lot|folks|sales \w+) (?:in|over|round|here)"
            r" (?:as well|too|two|last|on|this|yesterday|already)",
            r"another (?:firm|company|vendor|supplier|provider|agency|outfit|contractor|bidder|party|crowd)",
            r"(?:makes|sets) you (?:\w+ )?(?:different|apart|better|special|stand out)",
            r"why should (?:we|i) (?:switch|move|change|go with you|choose you|pick you|leave)(?: .*)?",
            r"(?:keep|carry on|continue|stay|stick|staying|sticking) (?:\S+ ){0,4}?(?:with )?(?:the|our|whoever|who|what) (?:\w+ )?"
            r"(?:we have(?: got)?|we use|we are using|we have today|agency|supplier|vendor|provider|lot)(?: (?:now|today|already))?",
            r"(?:get|hire|use|find|pay|ask) (?:a|some|an) (?:\w+ )?(?:freelancer|contractor|intern|student|developer|nephew|handyman)"
            r"(?: \S+){0,4}? (?:to|for|do|build|instead)",
            rf"(?:seen|looked at|tried|demoed|tested|been through|met) {_COUNT} (?:of (?:these|them|those)|others?|other \w+|systems?|"
            r"products?|vendors?|suppliers?|tools?|platforms?|providers?)",
            r"(?:rent|renting|lease|leasing|buy|buying|get|getting|source|sourcing|order|ordering) (?:it|them|those|these|that|this|ours) "
            r"(?:\w+ )?(?:from|through|via|off) (?!you\b|your\b)(?:a|an|the|another|some|[a-z]+)(?: \w+){0,2}",
            r"(?:tender|rfp|bake off|shoot ?out|beauty parade|reverse auction)(?: (?:process|is out|went out|closes|stage))?",
            r"(?:trialled|trialed|piloted|demoed|evaluated|shortlisted|switched to|signed with) (?:a thing|something|some|an app|a tool) "
            r"(?:called )?\S+",
            r"(?:someone|somebody|another company|the competition|your rivals?|a rival) (?:\S+ ){0,4}?(?:offer|quote|rang|called|emailed|"
            r"pitched|undercut|cheaper|lower)(?: \S+)*",
            r"(?:does|do|offers?|sells?|has|have) (?:\w+ ){0,2}the same (?:thing )?(?:for|at) (?:\S+ ){0,3}?(?:less|half|cheaper|\S*\d\S*|third|quarter)",
            r"(?:offered|quoted|prepared|agreed|willing) (?:\S+ ){0,2}?to do (?:it|this|that|the \w+) (?:\w+ )?for (?:less|half|free|nothing|\S+)",
        ),
        unless=r"\b(?:our|my) (?:\w+ )?(?:customers?|clients?|competit\w+|rivals?)\b|\blost (?:\S+ )+to\b|\bwe (?:answer|respond|submit|bid|win|won|pitch)"
        r"|\b(?:than|undercut) us\b|\byour (?:other )?customers\b|\bcertif|\bgroceries\b|\bfood\b|\bour tenders?\b|\btender loving\b",
        may_ask=True,
    ),
)
_YES = (
    rule(
        IntentKind.BUYING_POSITIVE,
        0.88,
        _THEIRS,
        _say(
            r"where do (?:i|we) sign(?: up)?",
            r"(?:you have|you just|you) got (?:yourself |yourselves )?(?:a|an?other|our) (?:deal|customer|client|order|business|sale)",
            r"(?:we|i) (?:are|am|were) (?:all |definitely |fully |both )?in(?: then| on this)?$",
            rf"(?:fine|ok|done|deal|right|agreed|good|great|all right|yes|sold|perfect|go on then|go on) {_SUM}(?: \w+)? it is",
            rf"{_SUM}(?: \w+)? it is(?: then)?$",
            r"(?:you know what|ok|right|fine|good|great|yes|all right|then|well|sold|perfect|screw it|go on) let us (?:do (?:it|this)|go for it|go ahead)"
            r"(?: then| please)?$",
            r"(?:put|sign|book|mark|count) (?:us|me) (?:down|up|in) (?:for|as) (?!a (?:call|demo|meeting|chat|slot|tour|maybe|session|time|webinar)\b)"
            rf"(?:the|a|an|all|{_SUM}|\w+) \w+",
            r"(?:it|that|this|which|price|number|figure) (?:is|falls|sits|comes|lands) (?:\w+ )?(?:within|inside|under|below) "
            r"what (?:i|we) (?:\S+ ){0,4}?(?:spend|sign|approve|pay|budgeted|planned|allowed|expected)(?: \S+)?",
            r"(?:put|have|got|there is|set up|added|included) (?:a|the) (?:line|line item|pot|provision|allocation|sum|amount) (?:\S+ ){0,2}?"
            r"(?:in|for|aside|of money)(?: .*)?(?:budget|this|it)",
            r"(?:capex|purchase|budget|funding|spend|investment|grant|loan|finance) (?:request|application|approval|case|paper)? ?"
            r"(?:went|came|has gone|has come|got|sailed) (?:through|in|back (?:as )?(?:a yes|approved))",
            r"(?:we|i) (?:would like|want|are going|have decided|are happy|will|agreed|have agreed) to (?:\w+ )?(?:place (?:an|the|that|our) order|order (?:the|a|\w+ of)|"
            r"take (?:the|both|all|two|three|\w+ of them)|buy (?:it|them|the|two|both)|sign (?:today|now|this week|it))(?: .*)?",
            r"(?:that|this|it) (?:price|number|figure)? ?is (?:a )?(?:very |perfectly |pretty |more than |quite )?(?:fair|reasonable|good value|a fair price|a good price|"
            r"affordable|in our budget|in budget|on budget)(?: for (?:us|what you get|that))?$",
            r"(?:money|budget|funding|price|cost) is (?:not|no) (?:a |an |the |really )*(?:problem|issue|obstacle|question|concern|object|worry|blocker)",
            r"happy (?:to pay|with the (?:price|quote|terms|numbers?|figure)) (?:that|it)?",
        ),
        may_ask=True,
        unless=_SETTLED.replace(r"not|", "")
        + r"|\bmeeting\b|\bcall\b|\bdemo\b|\bfair (?:point|question|enough|comment|play)\b",
        may_be_negative=True,
    ),
)
_NO = (
    rule(
        IntentKind.BUYING_NEGATIVE,
        0.87,
        _THEIRS,
        _say(
            r"(?:that|it|this) (?:is|would be) (?:quite |rather |such )?(?:a|an) (?:\w+ )?(?:jump|increase|hike|leap|uplift|lot of money|chunk of money|big number|"
            r"big ask|tall order|fortune|small fortune|arm and a leg)(?: (?:from|on|over|for|compared|to)\b.*)?",
            r"(?:fell|falling|fall) off (?:my|his|her) chair",
            r"(?:sharp|deep) intake of breath|(?:gave|got) (?:me|us|him|her|them) (?:\w+ )?sticker shock|eye ?watering|daylight robbery|made (?:me|him|her|them|us) (?:wince|gulp)",
            r"(?:told|asked|instructed|under (?:orders|instructions)) (?:\w+ )?(?:not to|to stop|to hold off on|to freeze|to pause|to cut) (?:\S+ ){0,4}?"
            r"(?:spend\w*|commit\w*|buy\w*|purchas\w*|costs?|contracts)(?: \S+){0,4}",
            r"(?:budget|money|funds|funding|pot|allocation) (?:is|s|has|have|are) (?:\w+ )?(?:been )?(?:spent|gone|used up|exhausted|committed elsewhere|allocated elsewhere|"
            r"maxed out|empty|dried up|run out|frozen|on hold|under review)",
            r"(?:everything|spending|all spend|all spending|purchases|purchasing|budgets|capex|investment) (?:\w+ )?(?:is|has been|are|have been) (?:\w+ )?"
            r"(?:frozen|on hold|paused|stopped|locked down|blocked)(?: .*)?",
            r"(?:price|cost|fee|quote|number|figure|setup fee|deposit|premium|rate|money|cost of it) (?:is|are|will be|would be|is going to be|s) (?:\w+ )?(?:the|a|an|our|my) "
            r"(?:\w+ )?(?:sticking point|problem|issue|blocker|obstacle|stumbling block|deal breaker|dealbreaker|concern|worry|hurdle)",
            r"charg(?:e|es|ing) (?:\S+ ){1,4}?(?:less|lower|cheaper)|(?:can|could) (?:not|never) (?:\w+ )?(?:absorb|swallow|stretch to|run to|find|sell|defend|justify) "
            r"(?:\S+ ){0,5}?(?:percent|per cent|that|thousand|price|cost|money|number|figure|amount|much|hundred|grand|increase|it)",
            r"(?:a bit|bit|little|far|way|much|rather|somewhat|well|quite) (?:too )?(?:rich|dear|salty|punchy|spicy|toppy|beyond (?:us|our (?:means|budget|reach)))(?: for .*)?",
            r"(?:is|are|was) (?:\w+ )?(?:beyond|outside|out of|above|over) (?:our|my|the) (?:means|reach|budget|price range|range|limit|ceiling|pay grade budget)",
            r"(?:was|were|had been|am|are) (?:hoping|expecting|thinking|looking|budgeting|aiming) (?:\w+ )?(?:for |of |at )?(?:something |a number |more |it )?"
            r"(?:closer|nearer|more like|lower|under|below|less|around half|half)(?: .*)?",
            r"(?:any way|a way|scope|room|possible|chance) (?:\S+ ){0,3}?(?:to )?(?:bring|get|knock|shave|take|move|come|sharpen|trim) (?:\S+ ){0,3}?(?:down|off|lower|pencil)",
            r"(?:can|could) you (?:\w+ )?(?:do (?:any )?better|come down|sharpen your pencil|knock \S+|go (?:any )?lower|shave \S+)(?: .*)?",
            r"(?:we|i) (?:do not|did not|have not|can not|could not) (?:\w+ )?(?:have|got|run to|find|spend) (?:that|this) (?:kind|sort|much|level|amount)(?: of (?:money|cash|budget))?",
        ),
        unless=r"\b(?:not a problem|no problem|not (?:the|an) (?:issue|problem)|it is not the (?:price|money|cost))\b|\bcustomers?\b|\bpatients?\b|\bif (?:the|your) price\b"
        r"|\bgot approved\b|\bprice (?:is|are) (?:no|not)\b|\b(?:fuel|energy|labou?r|wages?|rent|freight|raw material) (?:cost|price|bill)s?\b",
        may_ask=True,
        may_be_negative=True,
    ),
)
_TIME = (
    rule(
        IntentKind.TIMELINE,
        0.87,
        _THEIRS,
        _say(
            r"(?:our|the|my) (?:renewal|renewal date|year end|go live|go live date|deadline|cut ?off|opening|opening date|launch|launch date|move|move date|completion date|"
            rf"handover|expiry|end date|start date|budget deadline|lease) (?:is|falls|s|date is) (?:\w+ )?(?:on |in |at |by )?(?:the )?(?:end of )?(?:{WHEN}|\w+th\b|\w+st\b|\w+nd\b)",
            rf"(?:that is|it is|this is|realistically|that would be|we are talking|more of) (?:\w+ )?(?:a )?(?:{WHEN}) (?:conversation|project|thing|job|decision|purchase|problem)",
            r"(?:next year|next quarter|next spring|summer|autumn|january|february|september|q\d) (?:conversation|project|decision|problem)",
            r"(?:got|have|has|needs?|need) to (?:\w+ )?(?:be|go|get|come) (?:in|up|live|done|sorted|installed|finished|ready|out|here|on site|over the line|moved|back)"
            r" (?:\S+ ){0,2}?(?:before|by|in time for|ahead of|until|for) (?!you\b|me\b|us\b)\S+",
            r"(?:no point|pointless|too late|useless|waste of time) (?:if|unless|after)(?: .*)?",
            rf"(?:switched off|turned off|shut down|decommissioned|retired|sunset|end of life|out of (?:support|warranty|contract)|expires?|expiring|runs? out|lapses?|is up|ends?) "
            rf"(?:\S+ ){{0,2}}?(?:in|on|at|by|this|next) (?:the )?(?:end of )?(?:{WHEN})",
            r"(?:take|take it|taking) (?:our|your|all the|my) time|(?:there is|we are in|i am in|we have) (?:absolutely |really )?no (?:rush|hurry|time pressure|urgency|deadline)",
            r"not (?:in )?(?:any|a) (?:particular |great |mad )?(?:rush|hurry)|(?:any|no) time (?:next year|this year|before) (?:is|will|would)(?: \S+){0,2}",
            r"(?:clock is ticking|time is (?:tight|short|of the essence|against us)|against the clock|(?:we|i) (?:are|am) (?:already )?(?:up against it|running out of time|behind schedule|late))",
            r"(?:the )?(?:sooner|earlier|quicker|faster) the better|like yesterday|as (?:soon|fast|quickly|early) as (?:possible|you can|we can|humanly possible)|asap",
        ),
        unless=r"\b(?:call|meeting|invite|demo|email|answer you|reply|get back|let you know|you (?:can|could|will|guys)|your|weekend|lunch|kids?|match|game|train|flight|shift|store is up)\b"
        r"|\b(?:is up and|ends up|if you)\b|\bsend (?:it|me|us|that)\b",
        may_be_conditional=True,
        may_be_negative=True,
    ),
)
_SAY = (
    rule(
        IntentKind.MULTI_STAKEHOLDER,
        0.87,
        _THEIRS,
        _say(
            r"(?:it|that|this) (?:is not|s not|will not be|would not be|is never) (?:just |only |solely |purely |really |simply )*(?:my|mine|our|up to me|down to me|me)(?: (?:decision|call|choice|say))?"
            r"(?: (?:alone|to make|deciding|who decides|that decides))?$",
            r"nothing (?:\w+ )?(?:happens|moves|gets (?:signed|bought|approved|done)|goes (?:through|ahead|out)) without (?:\S+ ){0,3}?(?:signature|ok|approval|say so|blessing|sign off|knowing|him|her|them|\w+)",
            r"(?:ultimately|in the end|at the end of the day|technically|officially|strictly speaking) (?:it is |that is |it will be |it would be )(?!(?:my|our|your)\b)(?:\w+ ){1,3}?(?:s )?(?:decision|call|choice|budget|signature|money)",
            rf"(?:somebody|someone|people|the folks|the team|\w+) (?:from|in|at|over in) (?:\w+ )?(?:{ROLE}|quality|facilities) (?:will|would|has|have|needs?|is going|must|wants?) (?:\S+ ){{0,3}}?"
            r"(?:look|go over|review|check|see|approve|sign|read|vet|agree|weigh|involved|happy)(?: \S+)?",
            r"(?:want|need|like|have|going) to (?:get|hear|have|know) (?:\S+ ){1,4}?(?:view|views|opinion|opinions|take|blessing|thoughts|input|perspective|buy in|agreement|ok|say)(?: (?:first|on|before)\b.*)?",
            r"(?:needs?|takes?|requires?|with) (?:\w+ )?(?:two|three|four|both|several|multiple|\d) (?:signatures|approvals|sign offs|signatories)",
            r"(?:have to|need to|got to|must|should) (?:\w+ )?square (?:it|this|that) with \S+|(?:have to|need to|got to) (?:\w+ )?(?:sell|pitch|take|justify|defend|present) (?:it|this|that) (?:up|upstairs|upwards|internally)",
            r"(?:have|has|gets?|want|wants) (?:a|the (?:final|last|casting)) (?:say|vote|veto|word) (?:in|on|over)(?: .*)?",
        ),
        unless=r"\b(?:customers?|clients?|patients?|your (?:\w+ )?(?:team|boss|view|input|opinion|thoughts|take))\b|\bnot my (?:area|thing|job|fault|problem|department|favou?rite)\b|\bI decide\b"
        r"|\balready (?:approved|signed|agreed|said)\b|\b(?:training|the report|a report|the dashboard)\b",
        may_be_negative=True,
    ),
)
_MEET = (
    rule(
        IntentKind.SCHEDULE_MEETING,
        0.86,
        _ANYBODY,
        _say(
            rf"(?:give|drop) (?:me|us|her|him) a (?:ring|call|bell|shout|buzz) (?:\S+ ){{0,2}}?(?:{WHEN})(?: .*)?",
            rf"(?:come|pop|swing|drop|stop) (?:by|in|over|round|out|down|along)(?: (?:to|and|for) \S+(?: \S+){{0,3}}?)? (?:\S+ ){{0,2}}?(?:{WHEN})(?: .*)?",
            r"(?:let us|we should|can we|shall we|could we|should we|want to) (?:\w+ )?(?:book|schedule|set up|arrange|fix|lock in|pin down|diarize|calendar|get) (?:\S+ ){0,2}?"
            rf"(?:the |a |our |that )?(?:next |follow up |second )?(?:{MEETING}|one|slot|time|date)(?: (?:now|while|before|right|today|in|for|with)\b.*)?",
            rf"(?:i will|let me|we will|i can|can i|shall i) (?:\w+ )?(?:pencil|block|hold|put|stick) (?:\S+ ){{0,3}}?(?:in |out |down |for )?(?:the )?(?:{WHEN})(?: \S+){{0,3}}",
            r"(?:would|will) it (?:\w+ )?(?:help|be useful|make sense|work|be easier|be worth) (?:\w+ )?(?:if|for|to) (?:\S+ ){1,6}?(?:came|come|drove|flew|visit\w*|met|meet|jumped on|got on|spoke|called|joined|dropped by) .*",
            rf"(?:should|shall|can|could|do) we (?:\w+ )?(?:do|say|go for|try|aim for|make it|meet|speak|talk|reconvene|regroup) (?:\S+ ){{0,2}}?(?:{WHEN})(?: .*)?",
            rf"(?:does|would|is|how is|how does|what about|how about) (?:the )?(?:{WHEN})(?: \S+){{0,4}}? (?:work|suit|good|ok|look|any good|free|doable|possible|convenient)(?: .*)?",
        ),
        may_ask=True,
        may_be_conditional=True,
        unless=r"\b(?:budget|decide|decision|live|deliver\w*|install\w*|launch|deadline|contract|start date|order|quote|proposal|pay|payment|go live)\b|\b(?:works|suits) (?:for )?(?:me|us)\b"
        r"|\b(?:we|i) (?:\w+ )?(?:did|met|spoke|talked|called)\b|\bcome (?:in|out|down) (?:at|to)\b|\bprice\b",
    ),
)
_ASK = (
    rule(
        IntentKind.SEND_CONTENT,
        0.86,
        _THEIRS,
        _say(
            r"(?:have you got|do you have|have you|got) (?:anything|something|any (?:material|literature|information|info|documentation|paperwork)) (?:\S+ ){0,2}?"
            r"(?:written|in writing|on paper|i can|we can|that (?:i|we|shows|explains|covers)|on (?:the|your|how)|about)(?: .*)?",
            r"(?:just |please |then |so |and )?send (?:over |across |through |me |us |along )*(?:whatever|anything|everything|what) (?:you|is)(?: .*)?",
            r"(?:legal|finance|procurement|it|security|compliance|they|my boss|our \w+|the \w+|purchasing|quality|hr) (?:\w+ )?(?:are|is|will be|keeps?|keep|will|has been|have been) (?:\w+ )?(?:asking|ask|after|chasing|pushing) "
            r"(?:you |me |us )?(?:for )?(?:your|the|a|an|copies|proof|evidence)(?: \S+){1,6}",
            r"(?:suppose|wonder(?:ing)?|chance|possible|hoping) (?:\S+ ){0,2}?(?:you|i|we) (?:could|can|might) (?:\w+ )?(?:send|share|email|forward|get|have|see|give|pass|show)(?: (?:me|us|over|on|a|the|that|those|your|some)\b.*)",
            r"let (?:me|us) have (?:a|the|your|that|those|some|sight of|copies|everything)(?: \S+){1,5}",
            r"(?:put|get|stick|drop|pop) (?:that|it|this|those|everything|the \w+|all (?:of )?that) (?:\w+ )?(?:in|on|down on|into) (?:an email|writing|paper|the post|a pdf|a document|the mail)(?: .*)?",
            r"(?:sight of|a look at|a copy of|copies of|a peek at) (?:your|the|that|those) (?:\S+ ){0,3}?\S+",
        ),
        unless=r"\b(?:i will|we will|i can|we can|i am going to|let me) (?:\w+ )?(?:send|share|email|forward|put|get|drop|show)\b|\b(?:you|already) (?:have )?(?:sent|shared|gave)\b|\bnot (?:need|send)\b|\bdiscount\b"
        r"|\b(?:our|my) (?:team|boss|customers?|own)\b.*\bsend\b|\b(?:they|we|customers|people|drivers|stores) send\b|\bcalendar\b|\binvite\b",
        may_ask=True,
        may_be_conditional=True,
    ),
)
_PROMISE = (
    rule(
        IntentKind.PROSPECT_FOLLOWUP,
        0.87,
        _THEIRS,
        _say(
            r"(?:i|we) (?:will|shall|am going to|are going to) (?:\w+ )?(?!tell\b|give\b|let\b|ask\b|show\b|warn\b|stop\b|promise\b|take\b|see\b|hold\b|leave\b|have\b|be\b|need\b|pay\b|"
            r"want\b|thank\b|miss\b|trust\b|hear\b|remember\b|watch\b|beat\b|bore\b|spare\b|interrupt\b|grant\b|owe\b|call\b|cost\b|put\b)[a-z]+ you (?:the|a|an|our|my|some|those|all|that|"
            r"copies|both|two|three|five|over|across|\d+)(?: \S+)+",
            r"(?:i|we) (?:will|shall|am going to|are going to|can) (?:\w+ )?(?:get|have|ask) (?!you\b|it\b|that\b|this\b|there\b|my\s+head)(?:my |our |the )?(?:[a-z]+ ){1,3}?(?:to )?(?:send|scan|e ?mail|call|ring|"
            r"forward|reply|contact|confirm|dig|pull|find|fill|prepare|check|drop|share|text|look into|reach out|get (?:back|in touch))(?: .*)?",
            r"(?:leave (?:it|that|this) (?:with|to) me|bear with me (?:and|until)(?: \S+){1,6}|(?:i am|it is) on (?:it|my list))",
            r"(?:expect|look out for|watch for|you will get|you will have|you will see|you should get|you should have|you can expect) (?:\S+ ){0,3}?(?:email|call|answer|reply|message|note|text|response|decision|news|word|confirmation|"
            r"feedback|list|it) (?:\w+ )?(?:from (?:me|us|my|our|him|her|them)|by|tomorrow|today|on|this|before|within|next)(?: .*)?",
            rf"(?:give|allow) (?:me|us) (?:until|till|to|a (?:day|week|couple of|few)|{_COUNT}|{WHEN})(?: \S+){{0,4}}? (?:and|to) (?:i|we)? ?(?:will |come |get |have |let |find |be )(?:\S+ ?){{1,6}}",
            r"(?:somebody|someone|my (?:\w+ )?(?:assistant|colleague|pa|office|team|manager|boss)|our (?:\w+ )?(?:office|team|accountant|lawyer|it \w+|facilities)) will (?:\w+ )?(?:send|email|call|ring|contact|be in touch|get back|reply|"
            r"forward|confirm|get (?:that|it) (?:over|to you)|reach out)(?: .*)?",
            r"(?:i|we) (?:will|shall) (?:\w+ )?(?:be in touch|be back (?:to|with) you|revert|report back|keep you posted|drop you (?:a|an)|give you (?:a (?:ring|call|shout|bell|definite|proper|final)|an answer)|have an answer|"
            r"find out (?:and|for you)|put you in touch|introduce you|connect you|get you (?:the|that|a|an|those|some|our))(?: .*)?",
        ),
        unless=r"\b(?:not|never|maybe|might|if)\b|\bgive you (?:credit|that|a hard)\b",
    ),
)

RULES: tuple[Rule, ...] = (*_RIVALS, *_YES, *_NO, *_TIME, *_SAY, *_MEET, *_ASK, *_PROMISE)
