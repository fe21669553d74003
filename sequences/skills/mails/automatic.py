"""Which mails a machine wrote: by their headers (RFC 3834 and what vendors made of it), then by their phrases.

A person who mentions being away is no automatic absence, so phrases alone need a mail that is about nothing else.
"""

import re
from datetime import date

from sequences.records.mail import Automatic, AutomaticKind, MailMaterial, MailParts, ReceivedMail
from sequences.skills.mails.days import returns_on

K = AutomaticKind


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_ABSENCE_SUBJECT = _words(
    r"\bout of (?:the )?office\b",
    r"\booo\b",
    r"\bautomatic(?:ally generated)? (?:reply|response)\b",
    r"\bauto(?:mated)?[- ]?(?:reply|response|responder)\b",
    r"^auto\b\s*:",
    r"\b(?:on|annual|parental|maternity|paternity|sick) (?:leave|vacation)\b|^(?:on )?(?:vacation|holiday)\b",
    r"\bvacation (?:reply|notice|message)\b",
    r"\baway from (?:my|the) (?:desk|office|mail|email)\b",
    r"\babwesen(?:d|heit)",
    r"\bautomatische (?:antwort|antwoord)",
    r"\bautomatisch antwoord\b",
    r"\bréponse automatique\b|\babsence du bureau\b|\bmessage d'absence\b",
    r"\brespuesta autom[aá]tica\b|\bfuera de la oficina\b",
    r"\brisposta automatica\b|\bfuori (?:sede|ufficio)\b",
    r"\bresposta autom[aá]tica\b|\bausência\b|\bfora do escritório\b",
    r"\bautosvar\b|\bautomatisk svar\b|\bautomatiskt svar\b|\bfravær\b|\bfrånvaro\b",
    r"\bafwezig",
    r"\bodpowiedź automatyczna\b|\bautomatická odpověď\b|\bautomaattinen vastaus\b|自动回复|自動返信",
    r"\botomatik yanıt\b|\bofis dışında\b|\bавтоответ|\bautomaatne vastus\b|\bnepřítomn|\bpoza biurem\b|\b(?:inte|ikke) på kontoret\b",  # noqa: RUF001
)
_ABSENT = _words(
    r"\bout of (?:the |my )?office\b",
    r"\booo\b",
    r"\b(?:am|are|i'm|we're|is|be|been) (?:currently |presently |now |all )?(?:away|out|off|travell?ing|abroad|overseas|attending)\b|\bcurrently (?:attending|travell?ing|away|out|offline)\b|\bno longer (?:checking|reading|monitoring)\b|\b(?:responses?|replies|answers?) (?:may|might|will|could) (?:be|take)\b(?! of\b(?! the office))",
    r"\b(?:on|taking|for) (?:\w+ )?(?:annual|parental|maternity|paternity|sick|medical|study|family|bereavement|compassionate)?\s?(?:leave|vacation|holidays?|pto|sabbatical|jury duty|furlough)\b",
    r"\baway from (?:my|the) (?:desk|office|mail|e-?mails?|computer|inbox|keyboard)\b",
    r"\b(?:office|shop|practice|studio|clinic|company|workshop|factory|firm|business|team)s? (?:is|are|will be|remains?) closed\b|\bclosed (?:for|until|from|between|over)\b",
    r"\b(?:limited|no|intermittent|little|sporadic|restricted) access to (?:my |the )?(?:e-?mails?|mail|internet|inbox|messages)\b",
    r"\bnot (?:be )?(?:able to (?:read|check|access)|reading|checking|in the office|available|at work|reachable|working)\b",
    r"\b(?:will be|am|i'll be|we'll be|be) (?:back|returning|returned)\b",
    r"\bi (?:return|resume|will return|shall return|shall resume|will resume)\b|\breturning (?:on|to)\b",
    r"^\W*gone \w+ing\b|^back (?:on )?\w+",
    r"\bauto(?:mated|matic) (?:response|reply|message|answer)\b|\b(?:limited|poor|patchy|no) (?:connectivity|signal|reception|coverage|internet)\b",
    r"\b(?:i|we) (?:have |'ve )(?:now )?left (?:the |my )?(?:company|business|firm|organi[sz]ation|school|team|practice|role)\b|\bno longer (?:work(?:s|ing)?|employed|with (?:the (?:company|firm|business)|[A-Z])|part of|in (?:use|service)|active|monitored)\b|\bhas left (?:the (?:company|business|firm|organi[sz]ation)|[A-Z]\w+)\b.{0,80}(?:forwarded|please|contact)",
    r"\b(?:e-?mail|message|mail)\w* (?:has|have|is|are|will) not (?:been |be )?(?:forwarded|read|monitored)\b",
    r"\b(?:am|are|i'm|currently) (?:\w+ )?(?:on (?:training|tour|duty travel|a course|secondment|rotation|strike|night shift|site|deployment)|at sea|offshore|out of (?:the )?country|part[- ]time)\b|\b(?:i )?(?:only )?work (?:part[- ]time|(?:mon|tues|wednes|thurs|fri)days?\b)",
    r"\barbeite nicht mehr (?:bei|für)\b|\bne travaill\w+ plus\b|\bya no trabajo\b|\bho lasciato (?:l'|la )|\bnon lavoro più\b|\bwerk niet meer\b|\bjobbar inte längre\b|\bjobber ikke lenger\b|\bnie pracuję już\b|\bjuż nie pracuję\b",
    r"\bdovolen\w+|\bvuosiloma\w*|\bbarsel\b|\bföräldraledig\b|\bpermisjon\b|\bzwolnieni\w+|\bofis d\u0131\u015f\u0131nda|\bizindeyim\b|\bpoissa\b|\btjänstledig\b|\bfora do (?:escritório|país)\b|\bfuera de (?:la ciudad|el país)\b|\bsabbatsår\b",
    r"\bon (?:a )?business trip\b|\bat a (?:conference|trade (?:show|fair))\b",
    r"\bim urlaub\b|\bnicht (?:im (?:büro|haus|dienst)|erreichbar|am platz)\b|\babwesend\b|\bauf (?:dienst|geschäfts)reise\b|\bin elternzeit\b|\bbetriebsferien\b|\bkrankheitsbedingt\b|\bbüro .{0,30}geschlossen\b|\baußer haus\b",
    r"\babsente?\b.{0,20}\b(?:du|jusqu|pour|de|le|actuellement)\b|\ben congés?\b|\ben vacances\b|\bactuellement absente?\b|\ben déplacement\b|\bfermé[es]? (?:du|jusqu|pour)",
    r"\bfuera de (?:la |mi )?oficina\b|\bde vacaciones\b|\b(?:estoy|está|estaré|estará|estamos|encuentro|encuentra) de baja\b|\bausente\b|\bsin acceso al correo\b",
    r"\bin ferie\b|\bfuori (?:sede|ufficio)\b|\bassente\b|\bchius[oi] per ferie\b|\bper ferie\b",
    r"\bmet (?:verlof|vakantie)\b|\bop vakantie\b|\bafwezig\b|\bniet (?:aanwezig|bereikbaar|op kantoor)\b",
    r"\bde férias\b|\bausente\b|\bfora do escritório\b",
    r"\bpå (?:\w*ferie|semester|kurs|reise)\b|\bikke (?:til stede|på kontoret|på jobb)\b|\binte på (?:kontoret|jobbet)\b|\bbortrest\b|\bfraværende\b",
    r"\bna urlopie\b|\bnieobecn|\bpoza biurem\b|\blomalla\b|\bna dovolené\b|休暇|不在|休假",
    r"\bв отпуске\b|\bвне офиса\b|\bв командировке\b|\bpuhkusel\b|\bna dopustu\b|\bodsot\w+|\bszabadságon\b|\bîn concediu\b|\bσε άδεια\b",  # noqa: RUF001
)
_COVER = _words(
    r"\bfor (?:anything )?(?:urgent|immediate|any urgent)\b|\burgent (?:matters?|queries|requests?|enquiries|issues?)\b|\bin (?:urgent cases|case of urgency|my absence|an emergency)\b",
    r"\b(?:if|should) .{0,40}\b(?:urgent|cannot wait|can't wait|immediate)\b",
    r"\bplease (?:contact|reach out to|call|write to|e-?mail|direct|ring|try|speak to)\b",
    r"\bthank(?:s| you) for (?:your|the|contacting|getting|writing|e-?mailing|reaching)\b.{0,30}(?:e-?mail|message|mail|touch|us|me|out)?",
    r"\b(?:i|we) (?:will|shall|'ll) (?:respond|reply|answer|get back|come back|attend)\b|\b(?:respond|reply|get back) (?:to (?:you|your \w+) )?(?:when|as soon as|upon|once|on my return|after)\b",
    r"\bin dringenden\b|\bvertretung\b|\bnicht weitergeleitet\b|\ben cas d'urgence\b|\bpour toute urgence\b|\bpara asuntos urgentes\b|\bper urgenze\b|\bvoor dringende\b|\bved (?:hastesaker|haster)\b",
    r"\bplease use\b|\bfor \w+ (?:matters )?(?:please )?contact\b|\bhas not been forwarded\b|\b(?:address|contact|account|successor) is now\b",
    r"\b(?:direct|send|address) (?:your|any|all) (?:e-?mails?|mails?|messages?|enquir\w+|inquir\w+|quer\w+|requests?)\b|\bexpect (?:a )?(?:delays?|slow)|\bapologi[sz]e\w* for (?:the|any) delay|\b(?:will|shall) (?:revert|read|see|reply|answer|respond)\b",
    r"\b(?:wenden sie sich|kontaktieren sie|merci de (?:contacter|vous adresser)|veuillez contacter|contacte(?:n)? (?:con|a)|póngase en contacto|contatta\w+|neem contact|kontakta|kontakt|proszę o kontakt|volejte|ota yhteyttä|vastaan|contacte o|por favor contacte)\b",
    r"\bcovers? for me\b|\blooking after my\b|\bcolleague\b|\b(?:responses?|replies) (?:may|might|will|could) be\b|\bdelayed? (?:in (?:my )?)?respon|\bslow to (?:answer|reply|respond)\b",
)
# What only a person who is writing right now says.
_LIVE = _words(
    r"\bcan (?:you|we)\b|\bcould (?:you|we)\b|\bwould you\b|\bhow about\b|\bdo you\b|\bshall we\b|\blet(?:'s| us)\b(?! know)",
    r"\b(?:thanks|thank you) for (?:the|sending|your) (?:proposal|quote|offer|slides|deck|demo|call|chat)\b",
    r"\bnot interested\b|\bunsubscribe me\b|\bremove me\b|\bsend (?:me|us|it|over)\b|\bsounds (?:good|interesting)\b",
    r"\bwe(?:'d| would) (?:like|love)\b|\bi(?:'d| would) (?:like|love)\b|\binterested\b|\bbut (?:i|we|let|could|happy)\b",
)
# Somebody else is away, and whoever writes is there.
_ABOUT_ANOTHER = _words(r"\b(?:he|she)(?:'s| is| was| will be)\b")
_BOUNCE_FROM = _words(r"mailer-daemon", r"\bpostmaster@", r"mail delivery (?:sub)?system", r"^bounce[sd]?[@+-]")
_BOUNCE = _words(
    r"\bundeliver(?:able|ed)\b:?",
    r"\bdelivery (?:status notification|has failed|failed|failure|incomplete)\b",
    r"\b(?:mail|message) delivery (?:failed|failure)\b|\breturned mail\b|\bfailure notice\b|\bunzustellbar\b",
    r"\b(?:could not|couldn't|wasn't|was not|cannot) be delivered\b|\bdelivery to the following\b|\bpermanent (?:fatal )?error|\b5\d\d[ -]5\.\d\.\d+\b",
    r"\b(?:user unknown|mailbox (?:full|unavailable)|no such user|recipient address rejected|quota exceeded)\b",
)
_CONFIRMED = _words(
    r"\b(?:we|i) (?:have |'ve )?received your (?:\w+ )?(?:e-?mail|message|request|enquiry|inquiry|ticket|application|order|submission|query)\b",
    r"\byour (?:\w+ )?(?:request|ticket|case|enquiry|inquiry|message|e-?mail) (?:\S+ )?(?:has been|was|is) (?:received|created|logged|registered|opened|being)\b",
    r"\bthis is an auto(?:mated|matic|matically generated)\b|\b(?:please )?do not reply (?:to|directly)\b|\bauto(?:matically)?[- ]generated (?:e-?mail|message|response)\b|\bthis (?:mailbox|inbox) is not monitored\b",
    r"\b(?:a member of (?:our|the) (?:\w+ )?team|one of our \w+|our \w+ team) will (?:be in touch|get back|contact|respond|reply)\b",
    r"\bhaben ihre (?:nachricht|anfrage|e-?mail) erhalten\b|\bavons bien reçu votre\b|\bhemos recibido su\b",
)
_CALENDAR_SUBJECT = re.compile(
    r"^\s*(?:accepted|declined|tentative(?:ly accepted)?|cancell?ed(?: event)?|zugesagt|abgelehnt|abgesagt|accepté|refusé|"
    r"annulé|aceptad[oa]|rechazad[oa]|accettato|rifiutato|geaccepteerd|afgewezen)\s*:",
    re.IGNORECASE,
)
_BULK_HEADERS = ("list-id", "list-unsubscribe", "feedback-id", "x-campaign-id", "x-mailchimp-id")
_ANSWERING = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autorespond-to", "x-vacation")
_NO = {"", "no", "false", "0", "none"}


def automatic_of(mail: ReceivedMail, parts: MailParts) -> Automatic | None:
    """None when a person wrote it, or may have."""
    found = _by_headers(mail, parts) or _by_phrases(mail, parts)
    if found is None or found.kind is not K.ABSENCE:
        return found
    return found.model_copy(update={"return_on": _end(mail, parts)})


def absence_ends(material: MailMaterial) -> date | None:
    """The first day back, whoever found that it is an absence."""
    return _end(material.mail, material.parts)


def _end(mail: ReceivedMail, parts: MailParts) -> date | None:
    """Against the sender's own date, as the Date header has it."""
    sent_on = mail.received_at.date() if mail.received_at else None
    return returns_on(f"{mail.subject}\n{parts.said}", sent_on)


def _by_headers(mail: ReceivedMail, parts: MailParts) -> Automatic | None:
    content_type = mail.header("content-type").casefold()
    sender = f"{mail.sender} {mail.header('return-path')}"
    if _is_bounce(mail, content_type, sender):
        return Automatic(kind=K.BOUNCE, quote=_first(_BOUNCE, mail, parts) or mail.subject)
    if "text/calendar" in content_type and re.search(r"method=\W?(?:reply|cancel|counter)", content_type):
        return Automatic(kind=K.CALENDAR, quote=mail.subject)
    if _is_answering(mail):
        return _answer(mail, parts)
    if _is_bulk(mail):
        return _absence_from_bulk(mail, parts) or Automatic(kind=K.BULK, quote=mail.subject)
    return None


def _is_bulk(mail: ReceivedMail) -> bool:
    """What comes through a group's address, such as sales@, was written by a person: such lists can be posted to."""
    if mail.header("list-post").casefold() not in _NO:
        return False
    listed = any(mail.header(name) for name in _BULK_HEADERS)
    return listed or mail.header("precedence").casefold() in {"bulk", "list", "junk"}


def _is_bounce(mail: ReceivedMail, content_type: str, sender: str) -> bool:
    report = "multipart/report" in content_type and "disposition-notification" not in content_type
    failed = bool(mail.header("x-failed-recipients"))
    return report or failed or bool(_BOUNCE_FROM.search(sender))


def _is_answering(mail: ReceivedMail) -> bool:
    """Suppress-headers also stand on mails that people write; only "All" and "AutoReply" come with answers."""
    submitted = mail.header("auto-submitted").casefold().partition(";")[0].strip()
    precedence = mail.header("precedence").casefold().replace("-", "_")
    return (
        submitted not in _NO
        or precedence in {"auto_reply", "autoreply"}
        or any(mail.header(name).casefold() not in _NO for name in _ANSWERING)
        or mail.header("x-autogenerated").casefold() in {"reply", "group"}
        or mail.header("preference").casefold() == "auto_reply"
        or "mailbox rules" in mail.header("x-ms-exchange-generated-message-source").casefold()
        or mail.header("x-ms-exchange-inbox-rules-loop") != ""
        or (mail.header("return-path").strip() == "<>" and not _LIVE.search(mail.subject))
        or _is_suppressed(mail)
    )


def _is_suppressed(mail: ReceivedMail) -> bool:
    values = {value.strip().casefold() for value in mail.header("x-auto-response-suppress").split(",")}
    return bool(values & {"all", "autoreply"})


def _answer(mail: ReceivedMail, parts: MailParts) -> Automatic | None:
    """A header said "automatic"; the words say what about. Suppression alone proves nothing."""
    if absent := _first(_ABSENT, mail, parts) or _first(_ABSENCE_SUBJECT, mail, parts):
        return Automatic(kind=K.ABSENCE, quote=absent)
    generated = mail.header("auto-submitted").casefold().startswith("auto-generated")
    if confirmed := _first(_CONFIRMED, mail, parts):
        return Automatic(kind=K.CONFIRMATION, quote=confirmed)
    if _is_suppressed(mail) and not mail.header("auto-submitted"):
        return None
    return Automatic(kind=K.CONFIRMATION if generated else K.ABSENCE, quote=mail.subject or parts.said[:80])


def _absence_from_bulk(mail: ReceivedMail, parts: MailParts) -> Automatic | None:
    """Old mail servers send their absences as "bulk"."""
    absent = _ABSENT.search(parts.said)
    if absent and not mail.header("list-id") and len(parts.said.split()) < _LONG:
        return Automatic(kind=K.ABSENCE, quote=absent.group())
    return None


_LONG = 130  # words; an absence is shorter


def is_live(material: MailMaterial) -> bool:
    """Only somebody who is there asks, answers and offers."""
    return "?" in material.parts.said or bool(_LIVE.search(material.parts.said))


def _by_phrases(mail: ReceivedMail, parts: MailParts) -> Automatic | None:
    if _CALENDAR_SUBJECT.search(mail.subject):
        return Automatic(kind=K.CALENDAR, quote=mail.subject)
    if _BOUNCE.match(mail.subject) and _BOUNCE.search(parts.said):
        return Automatic(kind=K.BOUNCE, quote=mail.subject)
    absent = _ABSENT.search(parts.said)
    if _ABSENCE_SUBJECT.search(mail.subject) and not _is_reply_to_absence(mail.subject):
        quote = absent or _ABSENCE_SUBJECT.search(mail.subject)
        return Automatic(kind=K.ABSENCE, quote=quote.group() if quote else mail.subject)
    if absent and _is_all_absence(parts.said):
        return Automatic(kind=K.ABSENCE, quote=absent.group())
    confirmed = _CONFIRMED.search(parts.said)
    if confirmed and "?" not in parts.said and not _LIVE.search(parts.said):
        return Automatic(kind=K.CONFIRMATION, quote=confirmed.group())
    return None


def _is_reply_to_absence(subject: str) -> bool:
    """Somebody answers an automatic reply: "Re: Automatic reply: …"."""
    return bool(re.match(r"\s*(?:re|aw|sv|antw)\s*:\s*(?:automatic|auto|out of|abwesen)", subject, re.IGNORECASE))


def _is_all_absence(said: str) -> bool:
    """Nothing else is on the sender's mind: nothing asked, nothing answered, and it is short."""
    if len(said.split()) > _LONG or _LIVE.search(said) or _ABOUT_ANOTHER.search(said) or "?" in said:
        return False
    return bool(_COVER.search(said)) or _names_an_end(said) or len(_ABSENT.findall(said)) > 1


def _names_an_end(said: str) -> bool:
    return bool(
        re.search(
            r"\b(?:back|return(?:ing)?|until|till|through|thru|reopen|retour|regres\w+|vuelv\w+|torn[oi]\w*|rientr\w+|wrac\w+|volt(?:o|ando|arei)|tilbake|tilbage|tillbaka|kadar|kuni|asti|до|(?:do|ab|tot) \d+|zurück|bis|terug|jusqu'au|hasta|fino)\b|\d\W{0,3}(?:to|-|\u2013|au|al|a|t/m)\W{0,3}\d",
            said,
            re.IGNORECASE,
        )
    )


def _first(pattern: re.Pattern[str], mail: ReceivedMail, parts: MailParts) -> str:
    found = pattern.search(parts.said) or pattern.search(mail.subject)
    return found.group() if found else ""
