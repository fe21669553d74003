"""What somebody answered to a campaign (CAMP-03). A wish to be left alone wins over everything else."""

import re

from sequences.records.mail import AutomaticKind, MailMaterial, ReplyClass, ReplyReading
from sequences.skills.mails.automatic import absence_ends, is_live
from sequences.skills.mails.choosing import choose, choose_triage, is_quoted
from sequences.skills.mails.odds import log_odds
from sequences.skills.mails.optouts import FAINT, LIKELY, PLAIN, Optout, has_printed, likeliest_optout, optout_of
from sequences.skills.skill import Skill

AUTOMATIC = 0.97
CLEAR = 0.9  # a reply that is so surely an interest outweighs half a wish to be left alone
LED_ON = 2.5  # by how much the log odds of a request exceed those of a wish that is none: "no mails, ring me"
CERTAIN = 0.95  # from here on no request weighs against it
BRIEF = 5  # words
WORDLESS = 0.5  # an empty reply says neither yes nor no
UNPROVEN = 0.6  # the most for a class without a quote that holds


def reply_settled(material: MailMaterial) -> ReplyReading | None:
    """What a machine answered: an absence, or nothing that says yes or no."""
    automatic = material.automatic
    if automatic is None or automatic.kind is AutomaticKind.BULK:
        return None
    if automatic.kind is AutomaticKind.ABSENCE:
        kind = ReplyClass.OUT_OF_OFFICE
        return ReplyReading(kind=kind, confidence=AUTOMATIC, quote=automatic.quote, return_on=automatic.return_on)
    return ReplyReading(kind=ReplyClass.NEUTRAL, confidence=0.8, quote=automatic.quote)


def reply_offline(material: MailMaterial) -> ReplyReading:
    if settled := reply_settled(material):
        return settled
    if not re.search(r"\w", material.text):
        return ReplyReading(kind=ReplyClass.NEUTRAL, confidence=WORDLESS)
    opted_out = likeliest_optout(material)
    choice = choose(material, "reply", never=_ruled_out(material, opted_out))
    interested = choice.name == ReplyClass.POSITIVE and choice.sure >= CLEAR
    if opted_out.chance >= (PLAIN if interested else LIKELY) and not _leads_on(material, opted_out):
        return ReplyReading(kind=ReplyClass.UNSUBSCRIBE, confidence=opted_out.sure, quote=opted_out.quote)
    kind = ReplyClass(choice.name)
    return_on = absence_ends(material) if kind is ReplyClass.OUT_OF_OFFICE else None
    return ReplyReading(kind=kind, confidence=choice.sure, quote=choice.quote, return_on=return_on)


def _ruled_out(material: MailMaterial, opted_out: Optout) -> frozenset[str]:
    """A reply of a few words has no more to it than they say; what stays of the odds then is only what is frequent.
    The whole mail's odds count the words of printed footers as well."""
    said = material.parts.said
    is_unclear = len(said.split()) <= BRIEF or has_printed(said)
    classes = {
        ReplyClass.UNSUBSCRIBE: is_unclear and opted_out.chance < FAINT,
        ReplyClass.OUT_OF_OFFICE: is_live(material),
    }
    return frozenset(name.value for name, is_out in classes.items() if is_out)


def _leads_on(material: MailMaterial, opted_out: Optout) -> bool:
    """Who asks for a meeting or an offer as clearly as that wants no end of it, however it is said."""
    return (
        opted_out.chance < CERTAIN and log_odds(choose_triage(material).waiting) - log_odds(opted_out.chance) > LED_ON
    )


def check_reply(material: MailMaterial, found: ReplyReading) -> ReplyReading:
    """Quotes are in the mail word for word; a plain wish to be left alone cannot be read away; only absences end."""
    if settled := reply_settled(material):
        found = settled
    elif (opted_out := optout_of(material)) and opted_out.chance >= PLAIN and not _leads_on(material, opted_out):
        quote = found.quote if found.kind is ReplyClass.UNSUBSCRIBE else opted_out.quote
        found = ReplyReading(kind=ReplyClass.UNSUBSCRIBE, confidence=max(found.confidence, opted_out.sure), quote=quote)
    if found.kind is not ReplyClass.OUT_OF_OFFICE:
        found = found.model_copy(update={"return_on": None})
    if not found.quote or is_quoted(material, found.quote):
        return found
    held = found.confidence if material.automatic else min(found.confidence, UNPROVEN)
    return found.model_copy(update={"quote": "", "confidence": held})


def _itself(material: MailMaterial) -> MailMaterial:
    return material


CLASSIFY_REPLY = Skill(
    key="classify_reply",
    output=ReplyReading,
    offline=reply_offline,
    check=check_reply,
    material=_itself,
    settled=reply_settled,
    max_output_tokens=300,
)
