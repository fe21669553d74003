"""What an incoming mail wants of the rep (EMAIL-02). Automatic mail never reaches a model."""

from sequences.records.mail import MailClass, MailMaterial, MailTriage
from sequences.skills.mails.choosing import Choice, choose_triage, is_quoted
from sequences.skills.mails.odds import log_odds
from sequences.skills.mails.optouts import Optout, optout_of
from sequences.skills.skill import Skill

AUTOMATIC = 0.97  # confidence in what headers and phrases settle
CLEARLY = 1.0  # by how much the log odds of a request must exceed those of a wish to be left alone
UNPROVEN = 0.6  # the most for a class without a quote that holds


def triage_settled(material: MailMaterial) -> MailTriage | None:
    """What needs no judgement: nobody waits for an answer to a machine."""
    if material.automatic is None:
        return None
    return MailTriage(kind=MailClass.FYI, confidence=AUTOMATIC, quote=material.automatic.quote)


def triage_offline(material: MailMaterial) -> MailTriage:
    if settled := triage_settled(material):
        return settled
    opted_out = optout_of(material)
    choice = choose_triage(material)
    if opted_out and not _has_another_wish(opted_out, choice):
        return MailTriage(kind=MailClass.FYI, confidence=opted_out.sure, quote=opted_out.quote)
    return MailTriage(kind=MailClass(choice.name), confidence=choice.sure, quote=choice.quote)


def _has_another_wish(opted_out: Optout, choice: Choice) -> bool:
    """Somebody waits for something else, or speaks of leaving and means others."""
    is_likelier = log_odds(choice.waiting) - log_odds(opted_out.chance) > CLEARLY
    return choice.name != MailClass.FYI and is_likelier


def check_triage(material: MailMaterial, found: MailTriage) -> MailTriage:
    """Drops a quote that is not in the mail word for word, and with it the certainty; machines want nothing."""
    if settled := triage_settled(material):
        found = settled
    if not found.quote or is_quoted(material, found.quote):
        return found
    return found.model_copy(update={"quote": "", "confidence": _held(found, material)})


def _held(found: MailTriage, material: MailMaterial) -> float:
    return found.confidence if material.automatic else min(found.confidence, UNPROVEN)


def _itself(material: MailMaterial) -> MailMaterial:
    return material


TRIAGE_MAIL = Skill(
    key="triage_mail",
    output=MailTriage,
    offline=triage_offline,
    check=check_triage,
    material=_itself,
    settled=triage_settled,
    max_output_tokens=300,
)
