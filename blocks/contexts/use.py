"""What AI was used for and what it cost, in a few plain lines."""

from collections.abc import Iterator
from decimal import Decimal

from blocks import labels
from blocks.text import count
from sequences.records.cost import AbilityUse, UseOfAi

_MOST_ABILITIES = 6
_WHOM = {"You": "you", "Workspace": "the workspace"}


def use_lines(own: UseOfAi | None, whole: UseOfAi | None) -> tuple[str, ...]:
    """``whole`` is the workspace's, for those who may see it."""
    balance = own.balance_usd if own else None
    credits_left = () if balance is None else (f"Credits left: ${balance:,.2f}",)
    return (*_lines(own, "You"), *_lines(whole, "Workspace"), *credits_left)


def _lines(use: UseOfAi | None, whose: str) -> Iterator[str]:
    if use is None:
        return
    yield f"{whose} today: {use.tokens_today:,} tokens, {labels.cost(use.today_usd)}"
    yield f"{whose} this month: {labels.cost(use.month_usd)}{_a_month(use.projected_usd)}"
    for ability in use.abilities[:_MOST_ABILITIES]:
        if ability.is_enabled or ability.month_usd:
            yield (
                f"{_name(ability)} for {_WHOM[whose]}: {labels.cost(ability.month_usd)} in {count(ability.runs, 'run')}"
                + (_a_month(ability.projected_usd) if ability.is_enabled else ", switched off now")
            )


def _a_month(projected: Decimal) -> str:
    return f", about ${projected:,.2f} a month at this rate" if projected else ""


def _name(ability: AbilityUse) -> str:
    return labels.SEQUENCES.get(ability.sequence, labels.words(ability.sequence)) if ability.sequence else "other"
