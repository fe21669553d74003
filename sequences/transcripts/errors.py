"""What may be wrong with a transcript file."""


class TranscriptError(Exception):
    """The file cannot be read as a transcript. The message says what is wrong and what to do, for a rep to read."""
