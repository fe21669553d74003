"""What people say when a meeting is nobody else's business, by the kind of business.

``SPOKEN`` is said to or about somebody who is there, or somebody's own; ``FIELD`` are words of the field, which a customer
in that trade uses as well; ``SELLING`` is what people say who buy and sell.
"""

import re


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


_WHOSE = r"(?:your|his|her|their)"
_MINE = r"(?:my|your|his|her)"
_THEM = r"(?:me|you|him|her)"
_KIN = r"(?:mum|mom|mother|dad|father|wife|husband|son|daughter|brother|sister|gran|nan|grandma|grandad|grandfather|partner)"
_ILLNESS = (
    r"(?:chest pains?|blood (?:results?|tests?|work|sugar)|scan(?: results)?|test results|biopsy|tumou?r|cancer|diagnosis|"
    r"chemo(?:therapy)?|medication|meds|tablets|pills|insulin|antidepressants?|therapist|psychiatrist|pregnancy|"
    r"miscarriage|panic attacks?|surgery|operation|anxiety|depression|burn-?out|heart attack|stroke|seizures?|symptoms|"
    r"dialysis|wound|x-?ray|mri|condition is|recovery)"
)

SPOKEN: dict[str, re.Pattern[str]] = {
    "a personnel matter": _any_of(
        r"(?:this is|welcome to|here for|start(?:ing)?|begin|go through|let's do) (?:a |the |an |your )?(?:formal |annual )?"
        r"(?:disciplinary|grievance|performance review|exit interview|appraisal|annual review|review)\b(?! of the)",
        r"(?:putting|put|placing|placed) (?:you|him|her) on a (?:performance improvement plan|pip|plan)",
        rf"(?:terminat\w+|end(?:ing)?) {_WHOSE} (?:employment|contract of employment)",
        r"(?:we(?:'re| are)|they(?:'re| are)|have to|had to|having to) (?:let|letting) (?:you|him|her|them) go|(?:they|he|she|you)(?:'re| are|'ve| have)? let(?:ting)? me go",
        r"(?:we're|we are|they're|they are|have|has|had|been|being|got|getting|are you) (?:fir(?:ed|ing)|sacked|sacking|dismissed|"
        rf"dismissing|laying off|suspended) ?{_THEM}?(?= |[.?!,])(?<!being dismissed)",
        rf"(?:making|make|made) (?:you|him|her|{_WHOSE} (?:role|position|job)) redundant",
        rf"{_MINE} (?:role|position|job|post) (?:is|will be|has been|was) (?:\w+ )?(?:redundant|eliminated|cut|at risk|gone)",
        r"(?:your|his|her) (?:severance|redundancy) (?:package|pay|payment|terms)",
        r"(?:severance|redundancy) package|garden(?:ing)? leave",
        r"(?:complaint|allegation|grievance)s? (?:has been |was |were |have been )?(?:raised |made |filed )?against "
        r"(?:you|him|her|my|your)",
        rf"(?:harass|bull[iy]|grop|threaten|humiliat)\w* {_THEM}",
        r"(?:he|she|they) (?:touched|kissed|hit on|followed|called) (?:me|her|him)(?: names)?(?! (?:back|about|on|today|"
        r"yesterday|to|last))",
        r"that(?:'s| is) (?:sexual )?(?:harassment|bullying|discrimination)|(?:bring|take|took|go|going|went) (?:this |it |that )?to hr",
        r"(?:your|his|her) (?:sick leave|misconduct|dismissal|conduct|attendance record)",
        r"(?:final|first|formal|verbal) (?:written )?warning|written warning",
        r"(?:i|we) (?:would |'d |have |am |'m |are |'re )?rat(?:e|ed|ing) (?:you|him|her)\b|(?:meets|below|exceeds) expectations",
        r"(?:your|his|her) (?:annual |year-end |mid-?year |quarterly )?(?:appraisal|performance review|rating)|annual review",
        rf"{_MINE} (?:salary|bonus|pay rise|promotion)\b",
        r"(?:got|get|getting|for|deserve|refused|denied|passed over for) (?:a|the|that|my|your) (?:promotion|pay rise|raise|demotion)",
        r"you(?:'re| are) being (?:dismissed|suspended|made redundant|moved|demoted)",
        r"(?:my|your|his|her) (?:resignation|notice)\b(?! period of)|(?:hand(?:ed|ing)? in|given|giving) (?:my|your|his|her) notice",
        r"(?:i(?:'m| am| have)|i've|you(?:'re| are)) (?:decided to )?resign(?:ing|ed)?",
        r"return[- ]to[- ]work (?:plan|meeting|interview)|phased return|occupational health (?:says?|said|report|appointment|will|has|thinks?)",
        r"(?:reject|turn down|hire|shortlist) (?:her|him)\b|(?:offer|give) (?:her|him) the (?:job|role|position|post)",
        r"(?:her|his) (?:salary expectations?|references? (?:was|were|is|are)|interview|cv|notice period)",
        r"who(?:'s| is| else is)? (?:\w+ )?on the list\b|(?:plan|announce|prepare|do|doing) the (?:layoffs|lay-offs|redundancies|job cuts)",
        r"union rep(?:resentative)?|right (?:to|of) appeal|(?:disciplinary|grievance) (?:hearing|procedure|meeting|outcome)",
        r"(?:my|your|his|her) (?:disability|pregnancy|maternity leave) (?:and|is|was|means)",
    ),
    "legal advice": _any_of(
        r"(?:call|conversation|meeting|discussion|this|this is|that is|advice) (?:is |are )?(?:\w+ )?(?:attorney[- ]client |legally )?"
        r"privileged",
        r"(?:protected by|under|waive) (?:the )?attorney[- ]client privilege|attorney[- ]client",
        r"(?:as|i am|i'm|we are|we're) (?:your|his|her) (?:lawyer|attorney|solicitor|barrister|counsel)s?",
        r"my (?:legal )?advice (?:to you )?(?:is|would be)",
        r"(?:you|your company|they|he|she|we)(?:'re| are| is|'s) being (?:sued|prosecuted|investigated|charged)",
        rf"(?:sue|suing|sued|prosecute|arrest|arrested) (?:{_THEM}|us|my|your)\b",
        r"(?:settle|settlement) (?:with|from|offer from|talks with) (?:the )?(?:plaintiff|claimant|other side)",
        r"(?:should|shall|do|could|would|let's) (?:we |i |you )?(?:settle|plead|appeal|press charges|go to (?:court|trial))",
        r"(?:your|our|the|my) (?:case|claim|lawsuit) (?:against|goes to (?:court|trial)|is (?:weak|strong)|in court)|stand in the case",
        r"(?:our|your|my) (?:exposure|defen[cs]e|alibi|testimony|statement to the police|plea)",
        r"you (?:may|might|could|will|would) (?:be )?(?:testify|cross[- ]examined|called as a witness)",
        r"(?:husband|wife|ex|landlord|employer|neighbou?r|partner)'s (?:solicitor|lawyer|attorney)",
        r"(?:filed|files|file|filing) (?:for|a) (?:full |joint |sole )?(?:custody|divorce|bankruptcy|suit|petition|restraining order|motion)",
        r"(?:my|your|his|her) (?:landlord|ex|neighbou?r)\b.{0,40}\b(?:evict|court|police|lawyer)\w*|the police (?:came|took|called|want)",
        r"(?:your|our|my|before the) (?:deposition|hearing|court date|verdict|sentencing)(?! (?:software|module|calendar|transcripts?))",
    ),
    "somebody's health": _any_of(
        rf"{_MINE} {_ILLNESS}",
        r"(?:i was|i've been|she was|he was|you(?:'ve| have) been|you were|she's been|he's been) (?:just |recently )?(?:diagnosed|admitted|"
        r"hospitali[sz]ed|operated)",
        r"(?:i(?:'m| am)|he(?:'s| is)|she(?:'s| is)|you(?:'re| are)|feeling|i feel|i've been) (?:so |very |really |severely |clinically )?"
        r"(?:suicidal|depressed|pregnant|hiv positive|burnt out|burned out|bipolar|diabetic|an alcoholic)",
        r"(?:thoughts of|thought of|thinking of|think about) (?:suicide|ending it|killing myself|harming|hurting myself|not being here)",
        r"(?:take|taking|took|taken|prescrib\w+) (?:one |two |three |\d+ |the |my |your |an? |this |these )?(?:\d* ?milligrams?|tablets?|"
        r"pills?|antidepressants?|medication|painkillers|insulin|drops|dose)",
        r"where does it hurt|does it hurt|how long have you had (?:this|it|the pain|these|that)(?= (?:pain|cough|rash|lump|fever)|[?]| for)",
        r"(?:i(?:'m| am)|we(?:'re| are)|i'll|i will) (?:going to |gonna )?(?:prescrib(?:e|ing)|refer(?:ring)?|admit(?:ting)?|operat(?:e|ing)"
        r"(?: on)?) (?:you|him|her)",
        r"how (?:are|have) you (?:been )?(?:feeling (?:since|today|in yourself)|sleeping|eating|coping)",
        r"(?:can't|cannot|couldn't|don't|didn't) (?:sleep at night|sleep properly|get out of bed|keep (?:food|anything) down|breathe)|"
        r"i (?:can't|cannot|couldn't|don't) sleep",
        r"(?:the |your |my |her |his )?tests? (?:result )?(?:came|come|is|was|has come) (?:back )?(?:positive|back)",
        r"(?:the|my|her|his) (?:doctor|gp|consultant|oncologist|surgeon|therapist|psychiatrist|midwife) (?:says|said|told|thinks|wants|found)"
        rf"(?: {_THEM}| that| it| i)",
        rf"{_KIN}\b.{{0,30}}\b(?:stroke|cancer|hospital|hospice|surgery|intensive care|heart attack|dementia|dying|passed away|died)",
        r"is it (?:cancer|serious|malignant|terminal|curable)|(?:you|i|she|he) (?:have|has|had|might have|may have) (?:\w+ )?"
        r"(?:cancer|a tumou?r|diabetes|a fracture|an infection|epilepsy|burn-?out|depression|dementia|long covid)",
        r"are you safe(?: right now| at home)?[?]|next appointment|last appointment|open wide|take a deep breath|lie down",
    ),
    "private life": _any_of(
        r"(?:my|your) (?:divorce|affair|addiction|bankruptcy|miscarriage|drinking|gambling|debts?|ex[- ]?(?:husband|wife))",
        r"(?:my|your|our) (?:marriage|custody|rehab)",
        r"(?:want|wants|getting|get|getting you|need) (?:a|the) divorce|divorc(?:e|es|ing) (?:me|you|him|her)",
        r"custody (?:hearing|battle|of (?:the|my|your|our) (?:kids|children|son|daughter))",
        r"(?:he|she) (?:hits|hit|beat|beats|abused|abuses|cheated on|left|is leaving|dumped) (?:me|you)\b(?! (?:a|the|with|on))",
        r"(?:my|your) (?:\w+ )?funeral|funeral arrangements|sorry for your loss|passed away",
        r"(?:i|you|he|she) (?:lost|owe|owes|borrowed|gambled) (?:\w+ ){0,3}(?:gambling|betting|to a loan shark|on the horses)|gambling again",
        r"behind on the (?:mortgage|rent)|months behind|(?:lose|losing|repossess\w*) (?:the|our|my|your) (?:house|home|flat)",
        r"(?:i(?:'m| am)|are you) (?:afraid|scared|frightened) of (?:him|her)|restraining order",
        r"think of the (?:kids|children)|(?:our|the) (?:kids|children) (?:are|can't|don't|must|need|know|will)",
        r"i (?:love|miss|hate) you\b(?! (?:guys|all|folks))|(?:you|he|she) (?:cheated|lied to me)|been seeing (?:someone|somebody|another)",
    ),
}
SOMEBODY = _any_of(r"i|me|my|you|your|he|him|his|she|her|we|our")
# How one speaks to one's own.
DEAR = re.compile(
    r"^\W*(?:oh |hi |hey |please |sorry |thanks )?(?:mum|mummy|mom|dad|daddy|honey|darling|sweetheart|babe|grandma|nan)\s?[,.!?]"
    r"|,\s(?:mum|mom|dad|honey|darling|sweetheart|babe)\s?[.!?]",
    re.IGNORECASE,
)
FIELD: dict[str, re.Pattern[str]] = {
    "a personnel matter": _any_of(
        r"probation|in trouble|terminating you|the interns?|demot(?:ed|ion)|suspend(?:ed)?|on full pay",
        r"one[- ]to[- ]one|pay (?:rise|raise)|(?:a|the|my|your) (?:rise|raise)|development plan",
        r"(?:a |the |your |my )?complaints? (?:from|about|by) (?:\w+|your|the \w+)|promot(?:e|ing)",
        r"manage (?:him|her|you) out|whistle-?blow\w*|los(?:e|ing) (?:my|your|his|her) job",
        r"references? (?:are|were|is)|the (?:job|role|post)|drunk|behaviou?r|conduct|top performer",
        r"bottom (?:ten|five|\d+) per ?cent|calibration|self[- ]assessment",
        r"(?:my|your|his|her) (?:manager|boss|line manager|supervisor)|fire(?:d)?|sack(?:ed)?|dismiss(?:ed|al)?",
        r"warning|the union|personnel file|notice|apolog(?:y|ise|ize)|colleagues? (?:say|says|said|complain\w*)",
        r"expenses|development goals?|work permit|visa|parental leave|maternity|off work|overtime pay|probationary",
        r"stepping down|underperform\w*|hr|human resources|harass(?:ment|ed|ing)|bull(?:y|ied|ying)|lay-?offs?",
        r"redundan(?:t|cy|cies)|salary|pay rise|bonus|promot(?:ed|ion)|interview panel|the candidate|investigation",
        r"works council|line manager|probation|unfair|discriminat(?:ion|ed|ing)|sick leave|burn-?out|tribunal",
        r"resign(?:ed|ation)?|wages?|performance (?:review|rating|improvement plan)|disciplinary|grievance",
        r"exit interview|misconduct|severance|union rep(?:resentative)?|witness statement|notice period",
        r"appeal (?:this|the|against the) decision|employee relations",
    ),
    "legal advice": _any_of(
        r"landlord|tenants?|county court|serve notice|plead|assault|theft|breach(?:ed)?|non-?compete|defen[cs]e",
        r"i(?:'d| would) advise|no comment|the other side|insurer|liab(?:le|ility)|admit(?:ted)?",
        r"confidentiality clause|privileged?|sued?|suing|prosecut\w+|lawyers?|legal aid|in my (?:view|opinion)",
        r"appeal|judge|accus(?:ed|ation)|arrest(?:ed)?|offence|crime|alibi|inherit(?:ed|ance)?|the will|tenancy",
        r"evict(?:ed|ion)?|prison|guilty|statement|sentence|solicitor|attorney|barrister|counsel|court date",
        r"hearing|settle(?:ment|d)?|lawsuit|petition|custody|evidence|verdict|jury|testif(?:y|ied)|witness(?:es)?",
        r"police|bail|charges|affidavit|injunction|trial date|deposition|subpoena|plaintiff|defendant|claimant",
        r"litigation|opposing counsel|without prejudice|privileged and confidential|damages|the judge|in court",
    ),
    "somebody's health": _any_of(
        r"panic attacks?|dying|counselling|genetic|mutation|pills?|physio|clean for|trauma|psych\w+|hospice",
        r"terminal|nightmares?|lump|mammogram|examin(?:e|ation)|heartbeat|weeks pregnant|breast|ache[sd]?|aching",
        r"cough(?:ing)?|rash|swollen|swelling|ward|nurse|therap(?:y|ies|ist)|crying|cry|frightened|scared|anxious",
        r"nauseous|vomit\w*|bleed(?:ing)?|infection|antibiotics?|vaccin\w+|operation|clinic|gp|specialist",
        r"ultrasound|x-?ray|mri|headaches?|migraines?|breathing|sleep(?:ing)?|exhausted|diabet(?:es|ic)|heart",
        r"lungs?|kidneys?|knee|stomach|the baby|midwife|scar|dementia|alcohol|drink(?:ing)?|sober|relapse|rehab",
        r"overdose|self[- ]harm|wheelchair|allerg(?:y|ic|ies)|weight|cholesterol|painkillers?|hurts?|ill|illness",
        r"recover(?:y|ing)?|recovered|diagnos\w+|pulse|inhaler|hormones?|ivf|menopause|addict(?:ed|ion)?",
        r"biops(?:y|ies)|tumou?r|cancer|antidepressants?|diagnosis|diagnosed|therapy|therapist|doctor|hospital",
        r"surgery|intensive care|treatment|tablets|pills|dizzy|fever|blood|pregnan(?:t|cy)|hiv|insulin",
        r"suicid(?:e|al)|depress(?:ed|ion)|anxiety|panic|symptoms?|medication|prescription|side effects?",
        r"dos(?:e|age)|how long have you had (?:this|it|the pain|these)|allergi(?:c|es)|the pain|oncolog\w+",
        r"referr(?:al|ing you) to (?:a|the) (?:specialist|consultant)|blood pressure",
    ),
    "private life": _any_of(
        r"he's (?:\\w+[- ]){0,2}years old|she left|he left me|died|death|the kids|moving out|who gets the house",
        r"unhappy|flowers|the (?:service|burial|ceremony|wake)",
        r"(?:my|your) (?:mother|father|mum|mom|dad|parents|aunt|uncle|cousin|grandmother|grandfather|girlfriend|boyfriend|partner|ex)",
        r"repayments?|default|debts?|the flat|bills|rent|overdraft|loan|marriage|married|wedding",
        r"separat(?:ed|ion|ing)|break(?:ing)? up|broke up|in love|lonely|grief|grieving|sorry for your|inheritance",
        r"pension|savings|bankrupt(?:cy)?|foster|adopt(?:ed|ion)?|school (?:report|grades)|teenager|church",
        r"pray(?:er|ing)?|loves? (?:me|you|him|her)|argu(?:e|ed|ing|ment)|shouting|mortgage|gambl(?:e|ing|ed)",
        r"my (?:wife|husband|sister|brother|son|daughter)|affair|funeral|the baby|debts?|cheat(?:ed|ing)|divorce",
        r"ex[- ](?:husband|wife)|custody|alimony|the (?:kids|children)|domestic (?:violence|abuse)|rehab|moved out",
        r"the funeral",
    ),
}
TITLE: dict[str, re.Pattern[str]] = {
    "a personnel matter": _any_of(
        r"performance review|disciplinary|grievance|termination|exit interview|(?:salary|compensation) review",
        r"hr (?:meeting|investigation|hearing)|appraisal|redundancy",
    ),
    "legal advice": _any_of(r"legal advice", r"privileged", r"litigation", r"settlement"),
    "somebody's health": _any_of(r"medical", r"therapy", r"doctor", r"counsell?ing", r"consultation", r"test results"),
    "private life": _any_of(r"divorce", r"custody", r"family", r"private", r"funeral"),
}
SELLING = _any_of(
    r"demos?|pric(?:e|es|ing)|proposals?|subscriptions?|licen[cs]es?|pilot|roll[- ]?out|vendors?|suppliers?",
    r"integrat(?:e|es|ion|ions)|onboarding|per (?:seat|user|month)|free trial|budgets?|seats?|go[- ]live",
    r"implementation|migrat(?:e|es|ed|ing|ion)|features?|modules?|software|per head|purchase order",
    r"contract (?:end|start|run|value|length|term)s?|reporting|use cases?|volumes?|roi",
    r"trial (?:account|version|period)|discounts?|crm",
    r"demonstrations?|per (?:person|site|store|user) per (?:month|year)|(?:premium|standard|basic|enterprise) (?:edition|plan|package|tier)",
    r"(?:place|placed|placing) an order",
)
JOKING = re.compile(r"\b(?:i(?:'m| am)|just|only|we(?:'re| are)) (?:only |just )?(?:joking|kidding)\b", re.IGNORECASE)
# Words of work, of any trade: where hardly one is said, nothing is sold.
BUSINESS = _any_of(
    r"costs?|customers?|agreement|suppl(?:y|ies|ier|iers)|systems?|app|tools?|dashboards?|trial|set it up|terms",
    r"clause|fee|per (?:location|vacancy|case|shop|site|call)|next step|spreadsheets?|whiteboards?",
    r"audit(?:ors?|s)?|orders?|plug-?in",
    r"how many (?:calls|users|people|messages|vans|cases|patients|sites|shops|nurses|employees|staff)|automat\w+",
    r"data|compan(?:y|ies)|(?:two|three|four|five|\d+) (?:hundred|thousand|million|k)|a month|messages|market",
    r"pipeline|quarter|deploy(?:ed|ing|ment)?|invoices?|procurement|renewal|quote",
    r"(?:your|our|the) (?:product|platform|software|tool|system|app|api|dashboard)|(?:our|your) customers?",
)
