"""How much of a long card is shown. A card too large for one message is drawn again with the next, tighter row."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Caps:
    """Counts of rows and lengths in characters. ``extras`` are rows of what matters less: CRM fields, suggestions."""

    rows: int
    extras: int
    line: int
    quote: int
    body: int


# What was said and the mail to approve give way last.
LADDER = (
    Caps(rows=8, extras=5, line=240, quote=280, body=1_500),
    Caps(rows=6, extras=3, line=200, quote=260, body=1_500),
    Caps(rows=5, extras=3, line=160, quote=220, body=1_300),
    Caps(rows=4, extras=2, line=140, quote=180, body=1_100),
    Caps(rows=3, extras=2, line=120, quote=140, body=800),
    Caps(rows=3, extras=1, line=80, quote=80, body=300),
    Caps(rows=2, extras=1, line=50, quote=50, body=150),
)
