"""``signal:competitive``: the prospect names or alludes to alternatives that are in play."""

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.fragments import GAP2, GAP3, GAP4, GAP6
from sequences.skills.rules.matching import rule

_KIND = IntentKind.COMPETITIVE
_THEIRS = (Side.PROSPECT,)

VENDOR = (
    r"(?:vendors?|suppliers?|providers?|agenc(?:y|ies)|tools?|platforms?|products?|solutions?|systems?|software|companies|company|outfits?|firms?|bids?|quotes?|"
    r"proposals?|options?|alternatives?|offers?|competitors?|contractors?|brokers?|consultanc(?:y|ies)|consultants?|carriers?|partners?|manufacturers?|installers?|packages?)"
)
_OTHER = r"(?:other|another|different|several|a few|a couple of|a couple|two other|three other|one other|two|three|four|five|multiple|rival|competing|cheaper|some other|alternative|second)"
_EVALUATE = r"(?:looking at|talking to|talking with|evaluating|considering|comparing|speaking to|speaking with|in talks with|trialing|trialling|testing|piloting|shortlisting|reviewing|weighing|meeting with|getting (?:quotes?|bids?|proposals?|pricing) from|shopping around|assessing)"
_OWN_MARKET = r"\b(?:our|my) (?:\w+ )?(?:competitors?|competition|rivals?)\b|\bcompetitors? (?:of ours|in our (?:space|market))\b|\byour (?:customers|clients)\b"

RULES = (
    rule(_KIND, 0.92, _THEIRS, rf"(?:i|we) (?:are|am|have been|were|will be|have also been) (?:\w+ )?{_EVALUATE} {GAP4}(?:{_OTHER} )?{GAP2}{VENDOR}",
         unless=_OWN_MARKET + r"|\b(?:your|this|the) (?:platform|product|tool|solution|system|company|software|quote|proposal|offer)\b|\bsystems? (?:team|people|logs?)\b|\bour (?:options|software|systems?|company|product|products|suppliers?)\b"),
    rule(_KIND, 0.86, _THEIRS, rf"{_OTHER} {GAP2}(?:vendors?|suppliers?|providers?|quotes?|bids?|proposals?|offers?|competitors?|alternatives?|demos?) ",
         unless=_OWN_MARKET + r"|\b(?:your|you) (?:\w+ )?(?:demo|quote|proposal|offer|bid|vendors?|customers?)\b|\bfrom you\b|\banother (?:demo|offer|quote|proposal) (?:with|for|from) (?:you|us|our|my)\b|\bour (?:\w+ ){0,2}(?:vendors?|suppliers?|providers?)\b|\b(?:two|three|four|five|several|a few|multiple|different) (?:different )?(?:suppliers|vendors) (?:for|who|that|we|send|deliver|ship|in)\b|\bsupplier (?:invoices|portal)\b|\b(?:manage|onboard|pay|invoices?)\b"),
    rule(_KIND, 0.92, _THEIRS, rf"(?:quote|offer|proposal|bid|price|pricing|demo|demos|number|pitch)s? (?:\S+ ){{0,3}}?from (?:one of )?(?:another|a competitor|your competit\w+|someone else|somebody else|other|two|three|a rival|the other|others|elsewhere|a different|a couple|their)"),
    rule(_KIND, 0.93, _THEIRS, r"(?:your|a) (?:\w+ )?(?:competitors?|competition|rivals?)(?: of yours)?|competitors? of yours|one of your competitors", unless=r"\b(?:our|my) competit|\bdo you (?:have|see)|\b(?:against|ahead of) (?:a|the) competitor\b|\bfrom (?:a|the) competitor s? ?(?:store|shop)\b", may_ask=True),
    rule(_KIND, 0.9, _THEIRS, rf"(?:build|building|built|do|doing|develop|developing|write|writing|code|make|making|create) (?:\S+ ){{0,4}}?(?:ourselves|themselves|himself|herself|in house|internally|our own|from scratch)",
         unless=r"\b(?:cannot|can not|never|did not|have not|used to) (?:\S+ ){0,3}(?:build|do|make)|\b(?:homework|reports? ourselves|everything ourselves|manually)\b|\b(?:our own|do our own) (?:decisions?|hours?|schedule|lunch|training|research|install\w*|homework|diligence|thing)\b|\b(?:do|doing|make|making) (?:\S+ ){0,3}internally\b"),
    rule(_KIND, 0.88, _THEIRS, r"(?:home grown|homegrown|in house (?:tool|system|solution|build|option|team (?:could|can|wants|thinks))|roll our own|build (?:versus|vs|or) buy|build it (?:ourselves|in house))"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:our|the|my) (?:current|existing|present|incumbent|old|previous) (?:\w+ )?{VENDOR} ",
         unless=r"\b(?:current|existing|old|previous) (?:\w+ )?(?:systems?|software|products?|options?|offers?|proposals?|partners?|tools?|companies|company|platforms?|quotes?) (?:is (?:slow|old|down|connected|running)|does not talk|integrat\w+|export|exports|and data|data|into|to your|with your|from)\b|\bexisting (?:products?|partners?|customers|companies|software)\b|\b(?:old|previous|present) (?:companies|company|options?|offers?)\b|\bcurrent (?:options?|products?|offers?|systems?|software|company)\b"),
    rule(_KIND, 0.86, _THEIRS, rf"(?:we|i) (?:are|have been) (?:\w+ )?(?:with|using|on|locked into|tied into|under contract with) (?!you\b|your\b|the (?:same )?(?:phone|fence|call|road|board)|board|it\b|this\b|that\b|a (?:call|budget|mission)|budget|track|site|time|schedule|top|hold|page|holiday|vacation|paper|spreadsheets?|excel)[a-z]+ {GAP4}(?:for (?:this|that|the last|about|years|\d+|two|three|four|five|six|ten|a year)|today|right now|at the moment|currently|since|until|now)",
         unless=_OWN_MARKET + r"|\b(?:holiday|vacation|spreadsheets?|excel|paper|time|leave)\b"),
    rule(_KIND, 0.88, _THEIRS, rf"(?:we|i|they|he|she) (?:have )?(?:also )?(?:looked at|evaluated|tried|trialed|trialled|piloted|tested|demoed|shortlisted|spoke to|spoke with|talked to|met with|considered|saw a demo of|had a demo (?:of|from|with)|had (?:two|three|a couple of) demos from|got a (?:quote|price|proposal) from|went with|used) (?!you\b|your\b|it\b|that\b|this\b|them\b|me\b|him\b|her\b|us\b|to\b|my\b|our\b|the (?:numbers?|data|contract|proposal|report|website|site|team|video|docs?|demo|recording|budget|deck|price|pricing|trial|figures)\b|a (?:few|couple) (?:of )?(?:people|folks|things|reports|stores|ideas)|everything|everyone|some (?:people|numbers)|people|customers|references?|numbers)[a-z0-9]+ ?{GAP4}(?:last|two|three|in|a (?:year|while|few)|before|earlier|as well|too|and|but|for|already|also|back|last year)?",
         unless=_OWN_MARKET + r"|\b(?:looked|spoke|talked|met|tried|used) (?:at|to|with)? ?(?:to|a|an|all|some|how|what|why|where|when|hard|his|her|their|my|our|legal|finance|procurement|it|the (?:whole|team|board|boss|same|rest|first|last|other (?:day|week)))\b"),
    rule(_KIND, 0.9, _THEIRS, r"(?:they|he|she|another|somebody|someone else|[a-z]+) (?:have )?(?:also )?(?:quoted|offered|undercut|came in at|came back at|pitched) (?:us|me|it|at|\$?\d\S*|about|around|roughly|seventeen|half|less|under|a lot|lower|cheaper)",
         unless=r"\b(?:you|your|we|i) (?:\w+ )?(?:quoted|offered|came|pitched)\b|\b(?:boss|manager|team|job|finance|budget|company) (?:offered|came)\b|\boffered me a (?:job|role|seat|coffee)\b"),
    rule(_KIND, 0.86, _THEIRS, r"(?:short ?list|rfp|rfq|bake off|beauty contest|tender process|competitive (?:bid|bids|process|tender|quotes?)|three quotes|two quotes|three bids|two bids|comparative quotes?|compare (?:\S+ ){0,4}(?:offers?|quotes?|vendors?|suppliers?|bids?|proposals?|options))",
         unless=r"\b(?:our|my) customers?\b|\bwe (?:answer|respond|win|write|get|bid)\b|\b(?:shortlist|short list) (?:of )?(?:candidates|stores|sites|people|names|features|questions)\b"),
    rule(_KIND, 0.88, _THEIRS, r"(?:switch|switching|switched|move|moving|migrate|migrating|moved) (?:away )?from (?!you\b|paper|spreadsheets?|excel|manual|the (?:office|old (?:office|building))|one |here|there|q\d|monday|january|a |an |our (?:old )?(?:office|warehouse|building)|there)[a-z]+",
         unless=_OWN_MARKET + r"|\bfrom (?:store|site|place|house|job|week|month|home|city|left|legacy)\b"),
    rule(_KIND, 0.86, _THEIRS, r"(?:stay|staying|stick|sticking|renew|renewing|remain) (?:put )?with (?!you\b|it\b|that\b|this\b|us\b|me\b|the (?:plan|date|program|schedule|same)|our (?:plan|approach|process)|what works)(?:\S+ ){0,3}?[a-z]+",
         unless=r"\byou\b|\byour\b|\bgroup\b.*\bstay\b"),
    rule(_KIND, 0.86, _THEIRS, r"(?:they|[a-z]+) (?:is|are|was|were|would be|comes in|come in) (?:\w+ )?(?:cheaper|less expensive|half the price|half your price|less than you|lower than yours|below you)(?: than (?:you|yours|your))?",
         unless=r"\b(?:it|that|this|which|we|you|there|annual|monthly|what) (?:is|are|would be|was) (?:\w+ )?(?:cheaper|less)\b"),
    rule(_KIND, 0.86, _THEIRS, r"how (?:do|does|would|are|is) (?:you|your \w+|this|that|it|you guys) (?:compare|different|stack up|differ|measure up|better) (?:to|from|against|with|than)? ?(?!what (?:i|we)|last|before|that|this|our|the one|a normal)[a-z]+", may_ask=True,
         unless=r"\b(?:last year|industry average|benchmarks?|our|other customers|others in)\b"),
)  # fmt: skip
