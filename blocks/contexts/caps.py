"""How much of a long card is shown. A card too large for one message is drawn again with the next, tighter row."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Caps:
    """Counts of rows and lengths in characters."""

    rows: int
    line: int
    quote: int
    body: int


LADDER = (
    Caps(rows=8, line=240, quote=280, body=1_500),
    Caps(rows=6, line=180, quote=180, body=900),
    Caps(rows=4, line=120, quote=120, body=600),
    Caps(rows=3, line=80, quote=80, body=300),
    Caps(rows=2, line=50, quote=50, body=150),
)
