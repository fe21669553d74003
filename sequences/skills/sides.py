"""Who sits on which side of the table. No certainty about our own people means no certainty about anybody."""

import re
from collections.abc import Iterable, Sequence

from sequences.policy.free_mail import FREE_MAIL
from sequences.records.meeting import Participant, Side, Transcript

# What recorders write when they do not know who spoke: a label, a room, a telephone, a note-taker.
_NOBODY = re.compile(
    r"(?:speaker|participant|guest|user|attendee|person|voice|caller|unknown|unidentified|anonymous|multiple|various|"
    r"spk|host|telephone|phone|iphone|ipad|android|conference|meeting ?room|board ?room|room|bot|recording|"
    r"note ?taker|recorder|transcript|narrator|system|inaudible|everyone|all|rep|seller|agent)"
    r"(?:[\s_#:.-]*(?:speaker|caller|user|\d+|[a-z]))*|.*\b(?:note ?taker|meeting assistant|conference room|"
    r"meeting room)\b.*|[+\d\s().*x-]+|\W*",
    re.IGNORECASE,
)
# Labels of which a recorder gives one to each person: when ours is known, so are the others.
_NUMBERED = re.compile(
    r"(?:speaker|participant|guest|user|attendee|person|voice|caller|spk)[\s_#:.-]*(?:\d+|[a-z])", re.IGNORECASE
)
_AFFILIATION = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\]|\s[|/@\u2013\u2014-]\s.*)\s*$")


def assign_sides(
    transcript: Transcript,
    *,
    our_names: Sequence[str],
    our_emails: Sequence[str] = (),
    our_domains: Sequence[str] = (),
    participants: Sequence[Participant] = (),
) -> dict[str, Side]:
    """The side of every speaker, by the name that the transcript gives. ``our_names`` decide before addresses do.

    What a transcript itself says of somebody's role counts for all whom neither names nor addresses make ours.
    Once one of our people is known among the speakers, every other person with a name is a prospect; a label such
    as "Speaker 2" is nobody's, unless ours was named by such a label, too. While none of ours is known, nobody's
    side is, but for those whom the transcript itself calls prospects.
    """
    speakers = dict.fromkeys(turn.speaker for turn in transcript.turns)
    guests = [*participants, *transcript.participants]
    stated = _stated(transcript)
    names = {_key(name) for name in our_names}
    ours = {
        speaker
        for speaker in speakers
        if _named(speaker, names)
        or _is_ours(_addresses(speaker, guests), our_emails, our_domains)
        or stated.get(speaker) is Side.REP
    }
    if not ours:
        return {speaker: stated.get(speaker, Side.UNKNOWN) for speaker in speakers}
    if stated.keys() == speakers.keys() and Side.PROSPECT not in stated.values():
        return dict.fromkeys(speakers, Side.REP)  # nobody from outside was there
    numbered = any(_NUMBERED.fullmatch(speaker.strip()) for speaker in ours)
    return {
        speaker: Side.REP if speaker in ours else stated.get(speaker) or _other_side(speaker, numbered=numbered)
        for speaker in speakers
    }


def _stated(transcript: Transcript) -> dict[str, Side]:
    """A recorder may give one voice's turn to another; the first role that says something stands."""
    stated: dict[str, Side] = {}
    for turn in transcript.turns:
        if turn.role and stated.get(turn.speaker, Side.UNKNOWN) is Side.UNKNOWN:
            stated[turn.speaker] = turn.role.side
    return stated


def _other_side(speaker: str, *, numbered: bool) -> Side:
    if numbered and _NUMBERED.fullmatch(speaker.strip()):
        return Side.PROSPECT
    return Side.UNKNOWN if _NOBODY.fullmatch(speaker.strip()) else Side.PROSPECT


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def bare_name(name: str) -> str:
    """ "Ann Lee (Acme)" and "Lee, Ann" as "ann lee"."""
    bare = _AFFILIATION.sub("", _key(name))
    last, comma, first = bare.partition(", ")
    return f"{first} {last}" if comma and " " not in last else bare


def _named(speaker: str, names: Iterable[str]) -> bool:
    """The whole name; a label that stands for nobody only when it was given letter by letter."""
    if _key(speaker) in names:
        return True
    if _NOBODY.fullmatch(speaker.strip()):
        return False
    return bare_name(speaker) in {bare_name(name) for name in names}


def _addresses(speaker: str, guests: Iterable[Participant]) -> set[str]:
    """Those of the guest with this name; a first name alone counts when just one guest bears it."""
    if "@" in speaker:
        return {_key(speaker)}
    bare = bare_name(speaker)
    known = {(bare_name(guest.name), guest.email.casefold()) for guest in guests if guest.email}
    exact = {email for name, email in known if name == bare}
    if exact or " " in bare:
        return exact
    by_first = {email for name, email in known if name.split(" ")[0] == bare}
    return by_first if len(by_first) == 1 else set()


def _is_ours(addresses: set[str], our_emails: Sequence[str], our_domains: Sequence[str]) -> bool:
    emails = {email.casefold() for email in our_emails}
    domains = {domain.casefold().lstrip("@") for domain in our_domains}
    domains |= {email.rpartition("@")[2] for email in emails} - FREE_MAIL
    return any(address in emails or address.rpartition("@")[2] in domains for address in addresses)
