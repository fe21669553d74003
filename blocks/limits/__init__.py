"""What Slack accepts: the numbers, cutting to fit, and the check that refuses what Slack would refuse."""

from blocks.limits.checking import LimitError, check
from blocks.limits.fitting import fit, size
from blocks.limits.numbers import Surface

__all__ = ["LimitError", "Surface", "check", "fit", "size"]
