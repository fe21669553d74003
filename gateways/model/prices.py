"""What a call costs, in USD.

Prices come from the data inside the genai-prices package (no network). A model that it does not know yet is charged
as the dearest current one of its vendor (``prices.json``), cached tokens at full price: a budget that is wrong in
this direction stops too early, never too late.
"""

import json
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from functools import cache
from importlib import resources

import genai_prices

_MILLION = Decimal(1_000_000)
_SMALLEST = Decimal("0.000001")


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """As billed. ``input`` counts all of them, those read from or written to a cache included."""

    input: int = 0
    cache_read: int = 0
    cache_write: int = 0
    output: int = 0


def price(provider: str, model: str, tokens: Tokens) -> Decimal:
    """Rounded up to a millionth of a dollar. ``provider`` is ``anthropic`` or ``google``."""
    usage = genai_prices.Usage(
        input_tokens=tokens.input,
        cache_read_tokens=tokens.cache_read,
        cache_write_tokens=tokens.cache_write,
        output_tokens=tokens.output,
    )
    try:
        total = genai_prices.calc_price(usage, model, provider_id=provider).total_price
    except LookupError:
        total = _price_of_unknown(provider, tokens)
    return total.quantize(_SMALLEST, rounding=ROUND_UP)


def token_bound(text: str) -> int:
    """More tokens than any current tokenizer makes of ``text``: prose runs at 3 to 4 characters each, digits, names
    and time stamps at fewer, other scripts at up to two tokens a character."""
    ascii_characters = len(text.encode("ascii", "ignore"))
    return ascii_characters * 2 // 5 + 2 * (len(text) - ascii_characters) + 1


def _price_of_unknown(provider: str, tokens: Tokens) -> Decimal:
    rates = _dearest(provider)
    plain = tokens.input - tokens.cache_read - tokens.cache_write
    amounts = {
        "input": plain,
        "cache_read": tokens.cache_read,
        "cache_write": tokens.cache_write,
        "output": tokens.output,
    }
    return sum((rates[kind] * amount for kind, amount in amounts.items()), Decimal(0)) / _MILLION


@cache
def _dearest(provider: str) -> dict[str, Decimal]:
    data = json.loads(resources.files(__package__).joinpath("prices.json").read_text(encoding="utf-8"))
    return {kind: Decimal(rate) for kind, rate in data["usd_per_million_tokens"][provider].items()}
