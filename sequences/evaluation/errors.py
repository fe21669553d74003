"""What can be wrong with a labelled file."""


class LabelledFileError(ValueError):
    """A line that cannot be used. The message names the file and the line and says what was expected."""
