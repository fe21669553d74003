"""How a rep writes: learnt from mails that were sent, never from what anybody else wrote."""

from sequences.records.base import Record


class MailStyle(Record):
    """``greeting`` and ``closing`` are words such as "Hi" and "Cheers"; None where the mails agree on nothing.

    ``words`` is the usual length without greeting and sign-off.
    """

    greeting: str | None = None
    closing: str | None = None
    words: int | None = None
    contracts: bool | None = None  # "I'll" rather than "I will"
    lists: bool | None = None  # dashes rather than running text
    thanks: str | None = None  # "Thanks" or "Thank you"
