"""What was said anew, apart from history, signature and small print.

The library finds most replies and signatures. Around it stands what it gets wrong: headers of quoted mails in more
languages and without an empty line, answers below or between the quotes, device lines, names behind a greeting, and
legal footers.
"""

import re

from mailparser_reply import EmailReplyParser

from sequences.records.mail import MailParts
from sequences.skills.mails.plain import plain_text

_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "da", "sv", "cs"]
_LONG_LINE = 400  # characters; the library's patterns would go over such a line again and again
_MOST_LINES = 400
_PLACEHOLDER = re.compile("\ue000(\\d+)\ue001")

_HISTORY = re.compile(
    r"^[ *>]*(?:"
    r"-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht|urspr\. nachricht|message d'origine|"
    r"mensaje original|messaggio originale|oorspronkelijk bericht|weitergeleitete nachricht)\b.*"
    r"|begin forwarded message:"
    r"|_{20,}"
    r"|(?:on|am|le|el|il|op|den|em|dnia) .{4,160}(?:wrote|schrieb.*|a écrit ?|escribió|ha scritto|schreef.*|skrev.*|"
    r"escreveu|napisał\(?a?\)?) ?:"
    r"|.{3,80}<[^<> ]+@[^<> ]+>.{0,40}(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|skrev) ?:"
    r"|\d{4}-\d\d-\d\d .{0,80}<[^<> ]+@[^<> ]+>:?"
    r")$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_NAMES = (
    r"(?:from|sent|to|cc|subject|date|von|gesendet|an|betreff|datum|de|envoyé|à|objet|enviado|para|asunto|da|inviato|a|"
    r"oggetto|van|verzonden|aan|onderwerp|från|skickat|till|ämne|fra|sendt|til|emne)"
)
_HEADER_BLOCK = re.compile(
    rf"^[ *>]*(?:from|von|de|da|van|från|fra)\*? ?:.*\n(?:[ *>]*{_HEADER_NAMES}\*? ?:.*\n?){{1,6}}",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARD = re.compile(r"^\s*(?:fwd?|wg|tr|rv|i|doorst|vs)\s*:", re.IGNORECASE)
_DEVICE = re.compile(
    r"^[ \t]*(?:sent (?:from|via|with) (?:my |the )?\S.{0,60}|get outlook for .{0,30}|von meinem .{0,30} gesendet|"
    r"gesendet von .{0,40}|envoyé de(?:puis)? mon .{0,40}|enviado desde mi .{0,40}|inviato da .{0,40}|"
    r"verzonden vanaf .{0,40}|skickat från .{0,40}|sendt fra .{0,40})$",
    re.IGNORECASE | re.MULTILINE,
)
_FOOTER = re.compile(
    r"^[ \t*_-]*(?:(?:confidentiality|legal|privacy) (?:notice|note)|notice: this (?:e-?mail|message)|disclaimer|"
    r"(?:this|the (?:information|contents?)) .{0,60}(?:e-?mail|message|communication|transmission)\b.{0,90}"
    r"(?:confidential|intended|privileged)|diese e-?mail .{0,60}(?:vertraulich|enthält)|ce (?:message|courriel) .{0,60}"
    r"confidentiel|este (?:mensaje|correo) .{0,60}confidencial|please consider the environment|"
    r"think before you print|registered (?:office|in england)|(?:caution|external)(?: e-?mail)?:|"
    r"if you (?:are not|have received) .{0,60}(?:intended|error))[^\n]*(?:\n(?!\n).*)*",
    re.IGNORECASE | re.MULTILINE,
)
_WARNING = re.compile(
    r"^\W*(?:caution|external|warning|achtung)\b[^\n]{0,40}(?:e-?mail|sender|organi[sz]ation)[^\n]*\n", re.IGNORECASE
)
_SIGN_OFF = re.compile(
    r"^[ \t]*(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many)? ?(?:regards|wishes)|(?:many )?thanks(?: (?:again|in "
    r"advance|so much|a lot))?|thank you(?: (?:very much|in advance))?|cheers|sincerely(?: yours)?|"
    r"yours(?: (?:sincerely|faithfully|truly))?|best|all the best|ta|rgds|br|kr|respectfully|mit freundlichen grüßen|"
    r"(?:viele|beste|liebe|herzliche) grüße|freundliche grüße|mfg|vg|lg|(?:bien )?cordialement|bien à vous|saludos"
    r"(?: cordiales)?|un saludo|cordiali saluti|distinti saluti|saluti|met vriendelijke groeten?|groeten?|mvh|"
    r"med vennlig hilsen|(?:med )?vänliga hälsningar|venlig hilsen|pozdrawiam|i\. ?a\. .{2,40})[ \t]*[,.!]*[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_DASHES = re.compile(r"^(?:-- ?|—|_{3,10}|-{3,10}|\*{3,10})$", re.MULTILINE)
_CONTACT = re.compile(
    r"@\S+\.\w|\bwww\.|https?://|(?:\+|\b0)\d[\d ()./-]{6,}\d|^(?:tel|t|m|mob(?:ile)?|phone|fax|office|cell)\b[.: ]|\s\|\s",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[?!]\s*$|\.\s*$")
_SIGNATURE_LINES = 10
_QUOTED_LINE = re.compile(r"^[ \t]*>")


def is_forwarded(subject: str) -> bool:
    return bool(_FORWARD.match(subject))


def parts_of(body: str, subject: str = "") -> MailParts:
    """``body`` is text or HTML. A forwarded mail without a word of its own counts as said."""
    text = _WARNING.sub("", plain_text(body), count=1)
    fresh, quoted = _without_history(text)
    said, signature = _without_signature(fresh)
    if not said and quoted and is_forwarded(subject):
        return MailParts(said=_FOOTER.sub("", quoted).strip(), signature=signature)
    return MailParts(said=said or fresh.strip(), signature=signature, quoted=quoted)


def _without_history(text: str) -> tuple[str, str]:
    """Answers between or below the quotes are kept; whoever only looks above them misses those."""
    starts = [found.start() for pattern in (_HISTORY, _HEADER_BLOCK) if (found := pattern.search(text))]
    at = min(starts, default=len(text))
    above, below = text[:at], text[at:]
    answers = _unquoted(below) if _QUOTED_LINE.search(below.partition("\n")[2].lstrip("\n")) else []
    fresh = _unquoted(above)
    if not _has_words(fresh) or answers:
        fresh += answers
    quoted = [line for line in above.split("\n") if _QUOTED_LINE.match(line)]
    return _latest("\n".join(fresh)), "\n".join([*quoted, below]).strip()


def _unquoted(text: str) -> list[str]:
    return [line for line in text.split("\n") if not _QUOTED_LINE.match(line) and not _HISTORY.match(line)]


def _has_words(lines: list[str]) -> bool:
    return any(re.search(r"\w", line) for line in lines)


def _latest(text: str) -> str:
    """The library's first reply, in more languages than ours; nothing is cut that it would leave empty."""
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:  # its patterns take the square of the lines
        return text
    short = "\n".join(f"\ue000{at}\ue001" if len(line) > _LONG_LINE else line for at, line in enumerate(lines))
    replies = EmailReplyParser(languages=list(_LANGUAGES)).read(short).replies
    first = replies[0].content if replies else ""
    kept = first if re.search(r"\w", first) else short
    return _PLACEHOLDER.sub(lambda match: lines[int(match.group(1))], kept)


def _without_signature(text: str) -> tuple[str, str]:
    text = _DEVICE.sub("", text)
    footers = [match.group() for match in _FOOTER.finditer(text) if match.start() > 0]
    for footer in footers:
        text = text.replace(footer, "")
    at = _signature_at(text.strip())
    said, signature = text.strip()[:at].strip(), text.strip()[at:].strip()
    return (said, signature) if said else (text.strip(), "")


def _signature_at(text: str) -> int:
    """Where it begins: at two dashes, behind the first words of farewell, or where a block of addresses stands."""
    dashes = [match.start() for match in _DASHES.finditer(text) if _short_rest(text, match.end())]
    farewells = [match.start() for match in _SIGN_OFF.finditer(text) if _short_rest(text, match.end())]
    places = [place for place in (*dashes, *farewells) if place > 0]
    return min(places) if places else _address_block_at(text)


def _short_rest(text: str, at: int) -> bool:
    """What follows is a name and addresses, not the rest of the mail."""
    lines = [line for line in text[at:].split("\n") if line.strip()]
    sentences = [line for line in lines if len(line.split()) > 5 and _SENTENCE_END.search(line)]
    postscript = any(re.match(r"\s*p\.?\s?s\b", line, re.IGNORECASE) for line in lines)
    return len(lines) <= _SIGNATURE_LINES and not postscript and len(sentences) <= (1 if len(lines) > 3 else 0)


def _address_block_at(text: str) -> int:
    """Short lines at the end, at least one of them with a number or an address."""
    lines = text.split("\n")
    at = len(lines)
    while at > 1 and len(lines) - at < _SIGNATURE_LINES and _may_sign(lines[at - 1]):
        at -= 1
    block = [line for line in lines[at:] if line.strip()]
    if len(block) < 2 or not any(_CONTACT.search(line) for line in block[1:]):
        return len(text)
    return len("\n".join(lines[:at]))


def _may_sign(line: str) -> bool:
    return len(line.split()) <= 12 and not _SENTENCE_END.search(line)
