"""Pieces of patterns over normalised words: when, and what is sent when somebody asks for it."""

NUMBER = r"(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|couple|couple of|few|several|some|half)"
DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thurs|fri)s?"
_AHEAD = r"(?:(?<=in )|(?<=by )|(?<=of )|(?<=until )|(?<=till )|(?<=before )|(?<=this )|(?<=next )|(?<=early )|(?<=late )|(?<=mid )|(?<=through )|(?<=for )|(?<=from )|(?<=the )|(?<=since )|(?<=during ))"
# "May" and "March" are verbs, too, and "fall" is rarely the season.
MONTH = (
    rf"(?:january|february|april|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sept|sep|oct|nov|dec|"
    rf"{_AHEAD}(?:may|march|mar)|(?:may|march)(?= \d| the \d| (?:first|second|third|\w+th)\b))"
)
SEASON = rf"(?:{_AHEAD}(?:spring|fall)|summer|autumn|winter|christmas|thanksgiving|easter|new year|holidays|ramadan|diwali|memorial day|labor day|black friday|prime day|independence day)"
PERIOD = r"(?:day|week|fortnight|month|quarter|year|half|semester|season|weekend|term|cycle)"
QUARTER = r"(?:q ?[1-4]|h ?[12]|quarter (?:one|two|three|four)|(?:first|second|third|fourth|1st|2nd|3rd|4th) quarter)"
CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|a m|p m|o'clock|oclock)|\d{1,2}:\d{2}|noon|midday|"
    r"(?:half|quarter) (?:past |to )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})|(?:at|around|after|before) (?:\d{1,2}|one|two|three|four|nine|ten|eleven|twelve)\b)"
)
NTH_DAY = (
    r"(?:the )?(?:\d{1,2}(?:st|nd|rd|th)|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    r"fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|twenty \w+(?:st|nd|rd|th)|thirty first) of (?:\w+))|(?:(?<=on )|(?<=perhaps )|(?<=by )|(?<=before )|(?<=for )|(?<=until )|(?<=maybe ))the (?:first|second|third)(?! (?:time|one|thing|step|option|person|place|party|call|meeting|page|slide|phase|part|floor|store|vendor|question|point|quarter|year|week|month|day|grade|half|site|line))|the (?:fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|twenty (?:first|second|third|"
    r"fourth|fifth|sixth|seventh|eighth|ninth)|thirty first)(?! (?:time|one|thing|step|option|person|place|party|call|meeting|page|slide|phase|part|floor|store|reason|vendor|"
    r"question|point|quarter|year|week|month|day|grade))"
)
WHEN = (
    rf"(?:today|tonight|tomorrow|this (?:morning|afternoon|evening|{PERIOD}|{SEASON}|{MONTH}|{DAY}|coming {DAY})|"
    rf"(?:next|following|coming) (?:{PERIOD}|{DAY}|{MONTH}|{SEASON}|couple of \w+|few \w+)|{DAY}|{MONTH}(?: \d+\S*)?|"
    rf"{QUARTER}|{SEASON}|(?:second|first|third|last|fourth) week of {MONTH}|(?:in|within) (?:the )?(?:next )?(?:about )?{NUMBER} (?:\w+ )?(?:hour|{PERIOD})s?|"
    rf"(?:the )?(?:end|start|beginning|middle|close|back end) of (?:the |this |next |play|business|{MONTH}|{QUARTER})\w*|"
    rf"eod|eow|eom|cob|end of play|year end|month end|quarter end|mid {MONTH}|early {MONTH}|late {MONTH}|"
    rf"20[2-4]\d|(?:next|this|the|our|new|current|coming) (?:new )?(?:fiscal|financial|budget|school|calendar)(?: year)?|the new year|{NTH_DAY}|{CLOCK}|the week after|a week (?:from|today)|later (?:today|this week))"
)
# Things that somebody sends when asked.
CONTENT = (
    r"(?:rules of engagement|logs?|letter|letters|accounts|financials|guarantees?|tech sheets?|stuff|(?:the|that) \w+ thing|p and id|menus?|tender|leaflet|flyer|before and after|photos?|pictures?|one of (?:those|these|them)|mock ups?|renders?|designs?|layouts?|certs?|risk assessments?|method statements?|safety case|cad files?|bill of materials|bom|timesheets?|transcripts?|papers?work|licen[sc]es?|permits?|inspection|plans|tables?|graphs?|charts?|brief|briefing|write ups?|feedback report|sample menus?|itinerary|payslips?|curriculum|syllabus|prospectus|"
    r"deck|decks|slides?|presentation|document|documents|documentation|docs?|paperwork|link|links|url|recording|recordings|"
    r"video|videos|pdf|file|files|copy|copies|brochure|brochures|one pager|pager|datasheets?|data sheets?|spec|specs|specification|"
    r"specifications|spec sheets?|sheet|white ?papers?|case stud(?:y|ies)|references?|reference customers?|testimonials?|"
    r"contract|contracts|agreement|agreements|msa|nda|dpa|baa|sow|statement of work|terms|t ?s and c ?s|proposal|proposals|"
    r"quotes?|quotation|estimate|pricing|price list|rate card|rates|order form|figures|numbers|stats|statistics|data|"
    r"breakdown|report|reports|summary|recap|notes|minutes|roadmap|timeline|plan|checklist|template|templates|example|examples|"
    r"samples?|screenshots?|soc ?2|soc two|iso|certificate|certificates|certification|certifications|questionnaire|policy|"
    r"policies|guide|guides|manual|manuals|overview|info|information|details|material|materials|literature|write up|writeup|"
    r"calculator|spreadsheet|list|drawings?|diagrams?|architecture|api docs|pen test|pentest|test results|results|study|studies|"
    r"business case|roi \w+|benchmarks?|comparison|invoice|insurance|warranty|catalog|catalogue|floor ?plans?|photos|listing|"
    r"login|trial|sandbox|credentials|logo|logos|bios?|cv|cvs|resumes?|email|emails|materials|service levels?|sla|slas|"
    r"schedule|offer|paper|papers|handout|worksheet|workbook|script|attachment|attachments|evidence|articles?|blog)"
)
