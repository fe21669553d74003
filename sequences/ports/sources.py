"""The outside sources of tier 3. Which are connected is decided where the core is wired."""

from typing import Any, Protocol

from sequences.records.outside import Question


class ContextSource(Protocol):
    """Asked at most once per run, for a step that declares it, and given up after 15 s (CTX-07)."""

    async def fetch(self, question: Question) -> dict[str, Any] | None:
        """The fields of the record that the step declares; None when the source knows nothing.

        Raises ContextSourceError. An answer that does not fit the record counts as none.
        """


class ContextSourceError(Exception):
    """The source did not answer. The message goes to the log and to the run's record: nothing sensitive in it."""
