"""What the abilities of this product cost."""

from decimal import Decimal

from sequences.records.base import Record


class SequenceCost(Record):
    """``calls`` of models, offline answers left out; ``runs`` are the jobs in which they were made."""

    sequence: str
    cost_usd: Decimal = Decimal(0)
    calls: int = 0
    runs: int = 0
    tokens: int = 0
