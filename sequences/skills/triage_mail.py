"""What an incoming mail wants of the rep (EMAIL-02). Automatic mail never reaches a model."""

from sequences.records.mail import MailClass, MailMaterial, MailTriage
from sequences.skills.mails.choosing import choose, is_quoted
from sequences.skills.mails.cues import CUES, optout_in
from sequences.skills.mails.odds import learnt
from sequences.skills.skill import Skill

AUTOMATIC = 0.97  # confidence in what headers and phrases settle
_OTHER_WISHES = ("asks_offer", "trouble")
UNPROVEN = 0.6  # the most for a class without a quote that holds


def triage_settled(material: MailMaterial) -> MailTriage | None:
    """What needs no judgement: nobody waits for an answer to a machine."""
    if material.automatic is None:
        return None
    return MailTriage(kind=MailClass.FYI, confidence=AUTOMATIC, quote=material.automatic.quote)


def triage_offline(material: MailMaterial) -> MailTriage:
    if settled := triage_settled(material):
        return settled
    said = material.parts.said
    opted_out = optout_in(said)
    if opted_out and "?" not in said and not any(CUES[name].search(said) for name in _OTHER_WISHES):
        return MailTriage(kind=MailClass.FYI, confidence=0.9, quote=opted_out)
    choice = choose(material, learnt("triage"))
    return MailTriage(kind=MailClass(choice.name), confidence=round(choice.chance, 2), quote=choice.quote)


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
