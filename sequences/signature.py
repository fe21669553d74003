"""The rep's signature, appended exactly once: what the card shows is what is sent (SEND-10)."""

import re

from sequences.records.people import User

# What a recorder calls somebody of whom it knows no name; nobody signs with that.
_LABEL = re.compile(
    r"(?:speaker|spk|participant|guest|user|host|caller|rep|sales|seller|agent|you)(?:[\s_#:-]*(?:\w|\d+|rep))?$",
    re.IGNORECASE,
)
_USUAL = "Best regards"
_CLOSINGS = (
    "best",
    "best regards",
    "kind regards",
    "regards",
    "thanks",
    "thank you",
    "cheers",
    "sincerely",
    "all the best",
)


def with_signature(body: str, rep: User, *, closing: str | None = None) -> str:
    """``body`` with a closing and the signature, unless it already ends with that signature or the rep's name.

    ``closing`` is the rep's own word for it, where it is known.
    """
    signature = rep.signature.strip() or ("" if _LABEL.match(rep.name) else rep.name)
    text = body.rstrip()
    if text.endswith((signature or rep.name, rep.name)):
        return text
    last = text.rsplit("\n", 1)[-1].strip().rstrip(",").casefold()
    closed = last in _CLOSINGS or _closes_itself(signature)
    gap = "\n" if last in _CLOSINGS else "\n\n"
    words = "" if closed else f"{closing or _USUAL},\n"
    return f"{text}{gap}{words}{signature}".rstrip()


def _closes_itself(signature: str) -> bool:
    return signature.split("\n", 1)[0].strip().rstrip(",!").casefold() in _CLOSINGS
