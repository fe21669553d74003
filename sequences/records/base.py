"""The base of every record that crosses a step, a port or the database."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable value. Unknown fields are ignored when read back from storage.

    Ignoring (not forbidding) lets the previous release read what the next one wrote while a deploy rolls.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
