"""The rep's signature, appended exactly once: what the card shows is what is sent (SEND-10)."""

from sequences.records.people import User

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


def with_signature(body: str, rep: User) -> str:
    """``body`` with a closing and the signature, unless it already ends with that signature or the rep's name."""
    signature = rep.signature.strip() or rep.name
    text = body.rstrip()
    if text.endswith((signature, rep.name)):
        return text
    last = text.rsplit("\n", 1)[-1].strip().rstrip(",").casefold()
    closing = "" if last in _CLOSINGS or _closes_itself(signature) else "Best regards,\n"
    gap = "\n" if last in _CLOSINGS else "\n\n"
    return f"{text}{gap}{closing}{signature}"


def _closes_itself(signature: str) -> bool:
    return signature.split("\n", 1)[0].strip().rstrip(",!").casefold() in _CLOSINGS
