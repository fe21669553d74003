"""Meetings that nobody wants processed without being asked: personnel, law, health, private life (BEYOND-10).

Looked at before any model is called. A sales conversation may well be about hospitals, contracts or performance
reviews, so a topic is never enough. What counts is speech to or about a particular person (``_SPOKEN``), together with
more of the same; words of the field (``_FIELD``) and the title only add to it. Where a customer is present, talk about
buying and selling speaks against it: a law firm that buys software is a customer like any other.
"""

import re

from sequences.records.meeting import Transcript

_LONGEST_TURN = 40_000  # characters that are looked at
_SPOKEN_POINTS, _FIELD_POINTS, _TITLE_POINTS = 2, 1, 1
_ENOUGH = 3


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


_WHOSE = r"(?:your|his|her|their)"
_SPOKEN: dict[str, re.Pattern[str]] = {
    "a personnel matter": _any_of(
        r"(?:this is|welcome to|here for|start(?:ing)?|begin|go through) (?:a |the |an |your )?(?:formal |annual )?"
        r"(?:disciplinary|grievance|performance review|exit interview|appraisal)",
        r"(?:putting|put|placing|placed) (?:you|him|her) on a (?:performance improvement plan|pip)",
        rf"(?:terminat\w+|end(?:ing)?) {_WHOSE} employment",
        r"(?:we(?:'re| are| have to| will have to|'ll have to) (?:letting|let) (?:you|him|her) go)",
        rf"(?:making|make) (?:you|him|her|{_WHOSE} (?:role|position|job)) redundant",
        r"your (?:severance|redundancy) (?:package|pay|payment|terms)",
        r"(?:complaint|allegation|grievance)s? (?:has been |was |were |have been )?(?:raised |made |filed )?against "
        r"(?:you|him|her)",
        r"(?:he|she|they|my manager|my boss) (?:has been|have been|was|is|keeps) (?:harass|bully)ing me",
        r"(?:your|his|her) (?:sick leave|final written warning|written warning|misconduct|dismissal)",
        r"you(?:'re| are) being (?:dismissed|suspended|made redundant)",
    ),
    "legal advice": _any_of(
        r"this (?:call|conversation|meeting|discussion) is (?:\w+ )?(?:attorney[- ]client |legally )?privileged",
        r"(?:protected by|under|waive) (?:the )?attorney[- ]client privilege",
        r"(?:as|i am|i'm|we are|we're) (?:your|his|her) (?:lawyer|attorney|solicitor|barrister|counsel)s?",
        r"my (?:legal )?advice (?:to you )?(?:is|would be) (?:to |not to |that you )(?:\w+ )?"
        r"(?:settle|plead|sue|sign nothing|say nothing|appeal)",
        r"(?:you|your company|they|he|she)(?:'re| are| is|'s) being sued",
        r"(?:settle|settlement) (?:with|from|offer from|talks with) (?:the )?(?:plaintiff|claimant|other side)",
        r"(?:your|our|the) (?:case|claim|lawsuit) (?:against|goes to (?:court|trial))",
        r"you (?:may|might|could|will|would) (?:be )?(?:testify|cross[- ]examined|called as a witness)",
    ),
    "somebody's health": _any_of(
        r"(?:your|his|her|my) (?:biopsy|scan results|test results|blood test|diagnosis|chemotherapy|chemo|tumou?r|"
        r"therapist|psychiatrist|pregnancy|miscarriage|antidepressants?|panic attacks?|surgery)",
        r"(?:i was|i've been|she was|he was|you(?:'ve| have) been|you were) (?:just )?diagnosed with",
        r"(?:i(?:'m| am)|he(?:'s| is)|she(?:'s| is)|you(?:'re| are)|feeling) suicidal",
        r"(?:take|taking) (?:one|two|\d+) (?:tablets?|pills?|\d* ?milligrams?)",
        r"where does it hurt",
        r"(?:i(?:'m| am)|we(?:'re| are)) (?:going to |gonna )?prescrib(?:e|ing) (?:you|him|her)",
    ),
    "private life": _any_of(
        r"(?:my|your) (?:divorce|marriage|affair|addiction|bankruptcy|miscarriage)",
        r"(?:my|your) (?:custody|rehab)",
        r"custody (?:hearing|battle|of (?:the|my|your|our) (?:kids|children|son|daughter))",
        r"(?:he|she) (?:hits|hit|beat|beats|abused|abuses) (?:me|you)",
        r"(?:my|your) (?:\w+ )?funeral|funeral arrangements",
    ),
}
_FIELD: dict[str, re.Pattern[str]] = {
    "a personnel matter": _any_of(
        r"performance (?:review|rating|improvement plan)",
        r"disciplinary",
        r"grievance",
        r"exit interview",
        r"misconduct",
        r"severance",
        r"union rep(?:resentative)?",
        r"witness statement",
        r"notice period",
        r"appeal (?:this|the|against the) decision",
        r"employee relations",
    ),
    "legal advice": _any_of(
        r"deposition",
        r"subpoena",
        r"plaintiff",
        r"defendant",
        r"claimant",
        r"litigation",
        r"opposing counsel",
        r"without prejudice",
        r"privileged and confidential",
        r"damages",
        r"the judge",
        r"in court",
    ),
    "somebody's health": _any_of(
        r"symptoms?",
        r"medication",
        r"prescription",
        r"side effects?",
        r"dos(?:e|age)",
        r"how long have you had (?:this|it|the pain|these)",
        r"allergi(?:c|es)",
        r"the pain",
        r"oncolog\w+",
        r"referr(?:al|ing you) to (?:a|the) (?:specialist|consultant)",
        r"blood pressure",
    ),
    "private life": _any_of(
        r"divorce",
        r"ex[- ](?:husband|wife)",  # who may own half of the shop
        r"custody",
        r"alimony",
        r"the (?:kids|children)",
        r"domestic (?:violence|abuse)",
        r"rehab",
        r"moved out",
        r"the funeral",
    ),
}
_TITLE: dict[str, re.Pattern[str]] = {
    "a personnel matter": _any_of(
        r"performance review",
        r"disciplinary",
        r"grievance",
        r"termination",
        r"exit interview",
        r"(?:salary|compensation) review",
        r"hr (?:meeting|investigation|hearing)",
        r"appraisal",
        r"redundancy",
    ),
    "legal advice": _any_of(r"legal advice", r"privileged", r"litigation", r"settlement"),
    "somebody's health": _any_of(r"medical", r"therapy", r"doctor", r"counsell?ing", r"consultation", r"test results"),
    "private life": _any_of(r"divorce", r"custody", r"family", r"private", r"funeral"),
}
_SELLING = _any_of(
    r"demos?",
    r"pric(?:e|es|ing)",
    r"proposals?",
    r"subscriptions?",
    r"licen[cs]es?",
    r"pilot",
    r"roll[- ]?out",
    r"vendors?",
    r"suppliers?",
    r"integrat(?:e|es|ion|ions)",
    r"onboarding",
    r"per (?:seat|user|month)",
    r"free trial",
    r"invoices?",
    r"procurement",
    r"renewal",
    r"quote",
    r"(?:your|our|the) (?:product|platform|software|tool|system|app|api|dashboard)",
    r"(?:our|your) customers?",
)


def sensitivity(transcript: Transcript, *, title: str = "", is_internal: bool = False) -> str | None:
    """What the meeting seems to be about, as a noun phrase ("a personnel matter"), or ``None``.

    ``is_internal`` says that no customer is present: then talk of products and prices is shop talk and proves nothing.
    """
    texts = [turn.text[:_LONGEST_TURN] for turn in transcript.turns]
    selling = 0 if is_internal else sum(bool(_SELLING.search(text)) for text in texts)
    for reason in _SPOKEN:
        points = _points(reason, texts, title)
        if points >= _ENOUGH and points > selling:
            return reason
    return None


def _points(reason: str, texts: list[str], title: str) -> int:
    """0 unless somebody is spoken to or about; each turn counts once."""
    spoken = [bool(_SPOKEN[reason].search(text)) for text in texts]
    if not any(spoken):
        return 0
    field = sum(bool(_FIELD[reason].search(text)) for text, counted in zip(texts, spoken, strict=True) if not counted)
    titled = _TITLE_POINTS if _TITLE[reason].search(title) else 0
    return sum(spoken) * _SPOKEN_POINTS + field * _FIELD_POINTS + titled
