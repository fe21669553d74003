"""What the words of a mail ask, offer or refuse, by pattern. Each cue is a feature that the odds learn to weigh."""

import re

from sequences.skills.mails.sentences import flowed


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.IGNORECASE)


_ASK = r"(?:please|pls|plz|kindly|can (?:you|u|we|i)|could (?:you|u|we|i)|would (?:you|it)|will you|would like|(?:i|we)(?:'d| would)? (?:need|want|like|love|require|appreciate)|send|share|get|give|let (?:me|us)|provide|looking for|after|may (?:i|we)|might (?:i|we)|obliged|grateful|prepare|draw up|put together|quote|forward|ask(?:ing)? for|request(?:ing|s)?|want|need|invite[sd]?|how (?:much|soon)|what)"
_OFFER = r"(?:proposals?|quot(?:e|es|ation|ations)|offers?|pric(?:e|es|ing)(?:[- ]?(?:list|sheet|breakdown|schedule|table))?|rate ?cards?|rates|estimates?|cost(?:s|ings?| estimates?| breakdown)?|tenders?|bids?|rf[pq]s?|sow|statement of work|order form|pro[- ]?forma|figures|numbers|fees?)"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thurs?|fri)(?:day)?s?\b"
_TIME = rf"(?:{_WEEKDAY}|tomorrow|tmrw|this (?:week|afternoon|morning)|next (?:week|month|{_WEEKDAY})|\d{{1,2}}(?::|\.)\d\d\b|\d{{1,2}} ?(?:am|pm)\b|\d ?ish\b|\bat \d{{1,2}}\b|half \w+|noon|lunch|week \d+|after \d|morning|afternoon|\d{{1,2}}(?:st|nd|rd|th)|january|february|march|april|june|july|august|september|october|november|december)"
_TALK = r"(?:call|chat|meet(?:ing|s|up)?|meet up|demo(?:nstration)?|zoom|teams|video|coffee|catch[- ]?up|talk|speak|sit (?:down|together)|walk ?through|session|appointment|slot|visit|phone|ring|conversation|discuss|intro(?:duction)?|get together|lunch|connect|some time|(?:\d+|ten|fifteen|twenty|thirty|half an|an|a quarter of an) ?(?:min(?:ute)?s?|hour))"

CUES: dict[str, re.Pattern[str]] = {
    "asks_offer": _any(
        rf"\b{_ASK}\b[^.?!\n]{{0,70}}\b{_OFFER}\b",
        rf"\b{_OFFER}\b[^.?!\n]{{0,40}}\b(?:please|pls|by (?:the|end|{_WEEKDAY})|asap|needed|required|for (?:the )?\d+)",
        r"\bwhat (?:would|does|do|will|'s|is|are)\b[^.?!\n]{0,40}\b(?:cost|costs|charge|price|prices|rates?|set (?:us|me) back|fee|want for)\b",
        r"\bhow much\b(?! (?:longer|time|do you know))",
        r"\b(?:requests? for (?:proposals?|quotations?|tenders?|quotes?)|invitation to tender|rfp|rfq|itt)\b",
        r"\b(?:proposals?|bids|tenders|quotations|offers) (?:must|should|are to|shall|need to) be\b",
        r"\b(?:receive|have|see) (?:an?|your|the) (?:\w+ )?(?:offer|quote|quotation|proposal)\b|\bmake (?:me|us) (?:an|your) (?:\w+ )?offer\b|\bquote (?:me|us|for)\b|\bprice (?:up|it|this) ?(?:up|for)?\b|\bpricing (?:in writing|for)\b",
        r"\bin writing\b|\bball ?park\b|\b(?:angebot|offerte|devis|presupuesto|preventivo|cotización|tilbud|offert|oferta|wycena|kostenvoranschlag)\b",
        r"\b(?:price|cost|prices|costs)\b[^.!\n]{0,40}\?",
    ),
    "revise_offer": _any(
        r"\b(?:revis|updat|re-?issu|amend|adjust|resend|requot|rework|redo|add|split|extend)\w*\b[^.?!\n]{0,60}\b(?:quote|quotation|proposal|offer|pricing|prices|estimate)\b",
        r"\b(?:new|another|separate|fresh|second) (?:quote|quotation|offer|proposal|price)\b",
    ),
    "offer_in_subject": _any(rf"\A[^\n]*\b{_OFFER}\b"),
    "asks_talk": _any(
        rf"\b(?:can|could|shall|should|may|might|let'?s|let us|would|want to|like to|love to|happy to|free|available|around|time|propose|suggest|arrange|set ?up|schedule|book|grab|hop|jump|fancy|possible|up for|have|do|invite[sd]?|move|push)\b[^.?!\n]{{0,60}}\b{_TALK}\b",
        rf"\b{_TALK}\b[^.?!\n]{{0,40}}\b{_TIME}",
        rf"\b{_TIME}[^.?!\n]{{0,50}}\b{_TALK}\b",
        r"\b(?:call|ring|phone) (?:me|us)\b|\bgive (?:me|us) a (?:call|ring|bell|shout)\b",
    ),
    "offers_time": _any(
        rf"\b{_TIME}[^.?!\n]{{0,40}}\b(?:works?|suits?|is (?:good|fine|best|ok)|fits?|would (?:work|suit|be (?:good|best|fine))|do you have)\b",
        rf"\b(?:works?|suits?|free|available|around|how about|what about|shall we say|about|could do|can do|possible|pencil(?:led)?|say)\b[^.?!\n]{{0,30}}{_TIME}",
        r"\bwhen (?:are|would|could|can|is|do|works?|suits?)\b[^.?!\n]{0,40}\b(?:you|we|free|good|suit|time|convenient)\b",
        r"\b(?:my calendar|calendar link|pick (?:a|any) (?:slot|time)|grab (?:a|whatever|any) (?:slot|time)|calendly|book (?:a|some) time|your availability|your diary|your calendar|what times?)\b",
        r"\b(?:reschedul\w+|postpone\w*|push (?:it|this|that|our|back)|move (?:it|this|our|the (?:call|meeting|demo))|another (?:time|day|slot)|bring (?:it|the \w+) forward)\b",
        r"\b(?:send|forward) (?:the|an|me an|us an|over an|over the|me the) (?:calendar )?invit",
    ),
    "invited": _any(
        r"\A(?:updated )?invitation(?: from[^\n:]*)?:",
        r"\bhas invited you\b|\byou(?:'ve| have) been invited\b|\bwhen: .*\d",
    ),
    "asks": _any(
        r"\?(?=\s|$)",
        r"\b(?:can|could|would|will) (?:you|u|somebody|someone|anyone)\b",
        r"\b(?:please|pls|kindly)\b(?! (?:do not|don't|find|note|see|ignore|disregard|be (?:aware|advised|informed)|feel free|remove|unsubscribe|stop|delete|take|welcome|keep|join|help yourself))",
        r"\b(?:let (?:me|us) (?:know|have)|get back to (?:me|us)|advise|look into|(?:waiting|wait) (?:for|on|to)|awaiting|need (?:you|your|a|an|the|to know|to)|(?:i|we) (?:would|'d) (?:like|need|love|appreciate|be (?:grateful|obliged|glad))|what(?:'s| is) (?:the|your|going)|any (?:news|update|idea|chance)|your (?:thoughts|view|opinion|position|feedback|answer|reply)|wondering|haven't (?:heard|had|received)|not heard|who (?:do|can|should|is)|where (?:do|can|is|are)|how (?:do|can|does|long|should)|does (?:it|your|the)|do you|is (?:it|there) (?:possible|a|any)|chase|asap|urgent(?:ly)?)\b",
    ),
    "trouble": _any(
        r"\b(?:broken|error|fail(?:s|ed|ing|ure)?|down|not work(?:ing)?|doesn't work|won't (?:load|open|work|let)|can't (?:log|open|see|access|find|get)|cannot (?:log|open|access)|wrong|missing|incorrect|stuck|crash\w*|issue|problem|overdue|complain\w*|disappoint\w*|unacceptable|still (?:waiting|no|not)|trouble|difficult(?:y|ies)|unable to|struggling)\b"
    ),
    "bulk": _any(
        r"\b(?:unsubscribe (?:here|any ?time|from (?:this|these|our))|view (?:this |it )?(?:e-?mail )?in (?:your )?browser|manage (?:your )?(?:preferences|subscriptions?)|update your preferences|you(?:'re| are) receiving this|to stop receiving|opt out (?:here|at)|privacy policy|all rights reserved|read more|learn more|register (?:now|today|here)|save your (?:seat|spot)|join us|limited time|% off|special offer|early bird|newsletter|digest|this week in|webinar|click here|download (?:the|our|your))\b"
    ),
    "notice": _any(
        r"\b(?:no action (?:is )?(?:required|needed)|no (?:need to|reply|answer)(?: (?:do|reply|answer|needed|required|necessary))?|nothing (?:to do|needed|for you|further)|for your (?:information|records?|reference|awareness)|\bfyi\b|just (?:so you know|to let you know|letting you know|a heads[- ]?up|an update|confirming)|heads[- ]?up|do not reply|noreply|no-reply|your (?:order|payment|receipt|invoice|booking|reservation|parcel|statement|subscription|password|account|trip|flight|ticket)|has (?:shipped|been (?:paid|shipped|received|processed|sent|delivered|approved|updated|completed|credited))|(?:transaction|order|receipt|invoice) (?:id|no|number|#)|security alert|verification code|(?:planned|scheduled) maintenance|we(?:'ve| have) updated our|thank you for (?:your (?:order|purchase|payment|booking)|subscribing|registering))"
    ),
    "thanks": _any(
        r"\b(?:thanks|thank you|thx|cheers|ta|much appreciated|merci|danke|gracias|grazie|bedankt)\b[^?\n]{0,60}(?:[.!]|\n|\Z)",
        r"\b(?:got (?:it|them|that)|received(?:,| it| with| the)|all good|will do|noted|perfect|great work|well done|congrat\w+|brilliant|lovely|safe(?:ly)? (?:arrived|received))\b",
    ),
    "no_reply_sender": _any(
        r"no-?_?reply|notifications?@|newsletter|marketing@|donotreply|mailer|alerts?@|digest|updates?@"
    ),
    "link": _any(r"https?://|www\."),
    "greets_all": _any(
        r"\b(?:hi|dear|hello) (?:all|everyone|everybody|team|subscriber|customer|valued|member|friend)\b"
    ),
    "optout": _any(
        r"\bun[- ]?(?:su?b(?!st)|sb|su?sc|scri)\w*|\bopt(?:ed|ing)?[- ]?(?:me |us |this \w+ )?out\b",
        r"\b(?:remove|delete|erase|take|strike|drop|get|scrub|wipe|cross|exclude|pull)\w*\b[^.?!\n]{0,50}\b(?:off|from|out of)\b[^.?!\n]{0,40}\b(?:lists?|databases?|mailings?|crm|records?|system|cadence|sequence|campaigns?|data ?base|distribution|e-?mails?|mails)\b",
        r"\b(?:remove|delete|erase)\b[^.?!\n]{0,25}\b(?:me|us|my|our|it|this)\b(?! (?:from the (?:thread|meeting|invite|call)|old|draft))[^.?!\n]{0,30}(?:address|details|data|e-?mail|contact|name|info\w*|records?|please|pls|now|immediately|at once|\.|!|$)",
        r"\btake (?:me|us|this address|my (?:name|e-?mail|address)) (?:off|out)\b|\blose (?:my|this|our) (?:number|e-?mail|address|contact)|\bbe (?:removed|excluded|deleted|unsubscribed|taken off)\b|\brespect (?:my|our) privacy\b|\b(?:please|pls|plz|now|just) stop\W{0,9}\Z|\btake\b[^.?!\n]{0,40}\b(?:me|us)\b[^.?!\n]{0,8}\boff\b",
        r"\b(?:stop(?! by)|quit|cease|discontinue|refrain from|no more|enough (?:of|with)|end)\b[^.,?!\n]{0,40}\b(?:e-?mail\w*|mail\w*|messag\w+|contact\w*|writ\w+|spam\w*|send\w*|pester\w*|bother\w*|harass\w*|this|these|communicat\w+|outreach|following up|follow[- ]?ups?|chas\w+|reaching out|newsletters?|correspondence|pitch\w*)\b",
        r"(?:\A|[.!?\n])\W{0,4}(?:please |pls |just |no more\W+)?(?:stop(?: it| now| please| already)?|remove|no more|enough)(?: (?:please|pls|thanks|thank you))?\s*(?:[.!\n]|\Z)",
        r"\b(?:(?:do not|don't|dont)(?! hesitate| send (?:a|an|the|it)\b)|never|not to|not wish to|not want to|no longer (?:wish|want) to|rather not|prefer not to|would not|must not)\b[^.?!\n]{0,30}\b(?:e-?mail(?:ed)?|contact(?:ed)?|write|message|spam|reach out|call|hear|receive|get|be (?:contacted|e-?mailed)|send|bother|disturb)\b(?! (?:back|until|before|with any budget))[^.?!\n]{0,40}(?:again|any ?more|any (?:more|further|future|longer)|me\b|us\b|here|this address|from you|these|this|such|mails|anything|e-?mails|messages|\.|!|$)",
        r"\b(?:no|not (?:receive|get|want)(?: any)?) (?:more|further) (?:e-?mails?|mails?|messages?|contact|communications?|correspondence|follow[- ]?ups?|outreach|of (?:this|these))\b|\bcontact (?:me|us) (?:no more|again)\b.{0,20}\bnot\b",
        r"\b(?:leave (?:me|us|my \w+) (?:alone|be|in peace)|go away|get lost|piss off|f\W{0,3}ck off|bugger off|buzz off|bog off|back off|stop it|knock it off|give it a rest|pack it in|jog on)\b",
        r"\b(?:gdpr|dsgvo|can-?spam|ccpa|right to (?:erasure|be forgotten)|withdraw (?:my|our|any) consent|object to (?:the )?(?:processing|use|direct)|(?:never|did not|didn't|have not|haven't) (?:gave|give|given|sign(?:ed)? up|consent(?:ed)?|subscribe[d]?|ask(?:ed)? (?:for|to)|request(?:ed)?|agree[d]?)|where did you get (?:my|our|this)|how did you get (?:my|our|this|hold)|unsolicited|this is spam|report(?:ed|ing)? (?:you|this|it)? ?(?:as|for) (?:spam|junk)|reported? (?:you )?(?:to|for)|mark(?:ed|ing)? (?:this |you |it )?as (?:spam|junk)|block(?:ed|ing)? (?:you|your|this)|do[- ]not[- ](?:contact|e-?mail|call) list|suppression list)\b",
        r"\b(?:abmelden|austragen|abbestellen|keine (?:weiteren |mehr )?(?:e-?mails?|werbung|nachrichten|mails?|kontakt\w*)|(?:adresse|daten) .{0,30}löschen|löschen sie|aus (?:dem|ihrem|der|ihrer) (?:verteiler|liste|datenbank)|lassen sie mich in ruhe|nicht mehr (?:kontaktieren|anschreiben|schreiben))\b",
        r"\b(?:désinscri\w+|désabonn\w+|ne (?:plus|me) (?:m'|me |nous )?(?:contact\w+|écri\w+|envoy\w+|recevoir)|ne souhaite plus|retire[rz]?[- ](?:moi|mon|nous)|darme de baja|dar de baja|d[ée](?:me|nos) de baja|no (?:me|nos) (?:escriba|contacte|env[ií]e)\w*|no (?:quiero|deseo) recibir|elimin\w+ mi|cancella(?:te|temi|rmi|mi)|disiscri\w+|non (?:voglio|desidero) (?:più )?ricevere|rimuov\w+|uitschrijven|afmelden|schrijf me uit|geen (?:mails?|e-?mails?|berichten) meer|verwijder|meld me af|avmeld\w*|avregistrer\w*|afmeld\w*|slett meg|ta bort mig|wypis\w+|proszę (?:o )?usun\w+|remover? (?:meu|da lista)|descadastr\w+)\b",
        r"配信.{0,4}(?:停止|解除)|(?:メール|連絡).{0,8}(?:不要|お断り|送らないで|止めて)|退订|取消订阅|(?:不要|别)再.{0,6}(?:发|联系)|수신\s?거부",
        r"\b(?:didn't|did not|not|wouldn't|won't)(?: to)? (?:contact|e-?mail|message|approach|chase|pester|bother|spam|write(?: to)?|follow up with)(?:ed|ing)? (?:me|us|this)\b(?! back)",
        r"\b(?:get|hear|receive|want|have|see|send(?: me| us)?) nothing (?:else|more|further)\b|\bnothing (?:else|more|further) from you\b",
        r"\b(?:make|get|have) (?:these|this|it|your|the|them)\b[^.?!\n]{0,25}\bstop\b|\b(?:these|your) (?:e-?mails?|messages?|mails?)\b[^.?!\n]{0,20}\b(?:to stop|must stop|should stop|need to stop|have to stop|end)\b",
        r"\b(?:take|get) (?:a|the) hint\b|\bcease and desist\b|\bde-?list\b|\bst(?:ah|oo+)pp?\b|\b(?:count|leave) (?:me|us) out\b",
        r"\b(?:no need|not necessary|there is no point) (?:for you )?to (?:follow up|contact|write|e-?mail|message|reach out|chase)\b|\b(?:don't|do not|never) (?:ever )?follow up\b|\b(?:don't|do not)[\s.!]{0,9}\Z",
        r"\b(?:remov|delet|tak|eras|dropp)ing (?:me|us|my|our)\b|\btake (?:me|us) out\b|\bno more\W{0,9}\Z|\b(?:cancel|end|terminate|stop) (?:my|our|this|the) subscription to (?:these|this|your)\b",
        r"\bdo not contact\b|\bnot (?:be )?used for marketing\b|\b(?:off|from) (?:your|the|any|this|that|his|her|all) (?:\w+ ){0,2}(?:lists?|mailing list|database|crm|cadence|sequence)\b|\bremov(?:e|al)\b.{0,12}\b(?:please|pls|me|us|requested)\b|\b(?:please|pls|kindly) remove\b|\bstop (?:e-?mailing|sending|contacting|writing|spamming|messaging)\b",
    ),
    "refuses": _any(
        r"\b(?:not|isn't|aren't|no longer|never|n't|hardly)\b[^.?!\n]{0,25}\b(?:interested|interest|for (?:us|me)|a fit|a good fit|a match|relevant|looking|needed?|in the market|a priority|something (?:we|i|that|for)|apply|applicable|require[ds]?|benefit|suitable|what we|convinced|consider\w*|worth)\b",
        r"\bno (?:thanks|thank you|thankyou|thx|need|interest|requirement|use for|plans?|budget|appetite|intention|demand)\b|^\W*(?:no|nope|nah|pass|hard pass|no\.)\W*$",
        r"\b(?:(?:i'll|i will|we'll|we will|gonna|going to|have to|will|we) pass\b|pass on (?:this|it)|decline|must say no|have to say no|it's a no|is a no|thanks but no|thank you,? but)\b",
        r"\b(?:we(?:'re| are)|i(?:'m| am)|all) (?:\w+ )?(?:sorted|covered|set|good|fine|happy with|satisfied with|content|committed|locked|under contract|tied)\b|\b(?:happy|satisfied|content|pleased) with (?:what|our|the|it|my|them)\b|\balready (?:have|use|using|got|work with|went|signed|chose|chosen|decided|bought|in place)\b|\b(?:just|recently) (?:signed|renewed|bought|switched|chosen|gone|went|chose)\b|\b(?:went|gone|going|decided|signed|chosen) (?:with|for) (?:another|a different|someone|somebody|your competitor|other)\b|\bin-?house\b|\bourselves\b|\bdecided (?:against|not to|for another)\b",
        r"\b(?:too (?:expensive|rich|dear|big|small|late)|wrong (?:kind|sort|type|person to sell)|can't afford|out of (?:our )?budget|haven't got the budget|no money|closing down|shutting|retir(?:ed|ing)|waste of|barking up|kein (?:interesse|bedarf)|nicht interessiert|pas (?:intéress|besoin)|no (?:me|nos) interesa|non (?:siamo|sono) interessat|geen (?:interesse|belangstelling|behoefte)|ikke interessert|inte intresser|nie jesteśmy zainteresowani)\w*",
    ),
    "interested": _any(
        r"\b(?:sounds?|looks?|seems?|is|very|quite|pretty|really) (?:\w+ )?(?:interesting|good|great|useful|promising|intriguing|relevant|exciting|timely|perfect|right up)\b(?![^.?!\n]{0,30}\bbut\b)",
        r"\b(?:i'm|we're|am|are|be|would be|might be|could be|definitely|certainly|very|am quite) (?:\w+ )?(?:interested|curious|keen|intrigued|open to|up for|game)\b|\b(?:curious|keen|intrigued)\b",
        r"\btell (?:me|us) (?:a bit |a little )?more\b|\b(?:know|learn|hear|see|find out) (?:a bit |a little )?more\b|\bmore (?:info\w*|details)\b|\bsend (?:me |us |over |through |it |the |some |along |anything |what )",
        r"\b(?:good|perfect|great) (?:timing|time)\b|\byes\b|^\W*(?:sure|ok|okay|yep|yeah|go on|why not|absolutely|definitely|happy to)\b|\bgo on then\b|\b(?:we|i)(?:'d| would) (?:love|like|be up|be happy|be open)\b|\bhappy to (?:chat|talk|have|take|see|look|hear|meet)\b|\bcount (?:me|us) in\b|\blet's\b|\bwe(?:'ve| have) been (?:looking|thinking|meaning)\b|\bexactly what\b",
        r"\b(?:does it|do you|can it|how (?:does|do|would|much|long|many)|what (?:does|do|would|is|are|about)|who (?:else|is)|is (?:it|there)|which|would it|could it|are you)\b[^.!\n]{0,120}\?",
        r"\b(?:case stud(?:y|ies)|references?|trial|pilot|brochure|one[- ]?pager|free (?:trial|version))\b",
    ),
    "later": _any(
        r"\b(?:try|come back|get back|reach out|contact (?:me|us)|check (?:back|in)|circle back|reconnect|touch base|revisit|follow up|ping (?:me|us)|speak|talk|write|ask|call|look at (?:it|this)|remind me|get in touch|drop me a line|pick (?:it|this) up)\b[^.?!\n]{0,40}\b(?:again|later|next (?:year|quarter|month|spring|summer|autumn)|in (?:a few|six|three|two|the|q\d|\d+|january|february|march|april|may|june|july|august|september|october|november|december)|after|when|once|end of|q\d|then|towards|another time)\b",
        r"\b(?:not (?:right now|now|at (?:the|this) (?:moment|time|stage|point)|just yet|yet|this (?:year|quarter|month)|until|before|currently)|bad (?:time|timing)|too early|busy (?:season|period|at the moment|right now)|in the middle of|snowed under|swamped|parked|on hold|frozen|(?:next|new) (?:budget|fiscal|financial) (?:year|cycle)?|maybe (?:later|next|in)|perhaps (?:later|next|in)|down the (?:line|road)|some ?day|keep (?:it|you|your \w+|this) (?:on file|in mind)|under review|revisit\w*|später|plus tard|más adelante)\b",
    ),
    "referral": _any(
        r"\b(?:not the (?:right|best|correct) (?:person|contact|one)|wrong person|not my (?:area|department|decision|remit|call)|right person|(?:speak|talk|best|try|ask|contact|write|email|reach out|get in touch|direct\w*|address)\b[^.?!\n]{0,20}\b(?:to|with|is|my colleague|our|her|him|them|ops@|it to)|handles? (?:this|that|it|these|all)|looks? after|(?:is )?in charge of|responsible for|deals with|(?:passed|forwarded|sent|handed|copied|pass|forward|looping|cc'?d|adding|copying)\b[^.?!\n]{0,30}\b(?:on|to|along|in|colleague|team|him|her)|no longer (?:works?|with|at|employed|here)|has left|left the (?:company|business|firm)|moved on|you want \w+|took over|taken over|replaced|my (?:colleague|boss|manager|successor)|head office|would be (?:the|your) (?:right|best))\b"
    ),
}

# Questions about what a product does, and other talk in which nobody wants to leave.
_NO_WISH = re.compile(
    r"(?<![^.!?\n])(?![^.!?\n]*\b(?:me|us|myself|ourselves|these|this|off|i)\b)[^.!?\n]*(?:"
    r"\b(?:does|do|can|could|will) (?:it|they|your (?:tool|product|system|software|platform|app)|the (?:tool|system|product|software)|users|customers|recipients|people)\b"
    r"|\bhow (?:do|can|would|does|should) (?:we|you|one|it|users|customers|people)\b(?! (?:unsubscribe|opt out|get out))"
    r")[^.!?\n]*\?"
    r"|\b(?:can't|cannot|can not|couldn't|not asking to|don't want to|not going to) (?:stop (?:using|talking|thinking|laughing)|(?:be )?(?:unsubscribed?|removed?))\b"
    r"|\b(?:do not|don't|stop|no longer) (?:contact|e-?mail|writ|call|mail|phon)\w*(?: to)? (?!me\b|us\b|this\b|my\b|our\b|here\b)"
    r"\w+[^.!?\n]{0,40}\b(?:contact|write|use|call|ask|e-?mail|try|take|speak|talk)\b[^.!?\n]{0,20}\b(?:me|us|him|her|instead)\b"
    r"|\b(?:our|my|their) (?:\w+ )?(?:users|customers|people|staff|team|reps|colleagues|employees|clients|drivers|nurses|teachers|suppliers|managers)\b[^.!?\n]{0,20}\b(?:stop|quit|end)\w*",
    re.IGNORECASE,
)


def cues_in(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in CUES.items() if pattern.search(text))


def optout_places(text: str) -> list[int]:
    """Where the words of opting out begin that may be meant as a wish."""
    straight = flowed(text).replace("\u2019", "'")
    idle = [match.span() for match in _NO_WISH.finditer(straight)]
    # A pattern may begin with the end of the sentence before.
    found = (
        match.start() + len(match.group()) - len(match.group().lstrip(" \t\n.!?"))
        for match in CUES["optout"].finditer(straight)
    )
    return [place for place in found if not any(start <= place < end for start, end in idle)]


def plain_optout(text: str) -> bool:
    return bool(optout_places(text))
