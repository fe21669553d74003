"""JSON Lines of strangers: one object per line, fields missing or too many, numbers as text."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sequences.evaluation.errors import LabelledFileError

_PRINTED_WIDE = re.compile(r"\s*\ufeff?\s*\{\s*\n")  # one object over many lines


@dataclass(frozen=True, kw_only=True)
class Row:
    """One object and where it stands."""

    place: str
    values: dict[str, Any]

    def fail(self, problem: str) -> LabelledFileError:
        return LabelledFileError(f"{self.place}: {problem}")

    def required(self, key: str) -> str:
        """Ids may be numbers. LabelledFileError when there is none."""
        value = self.values.get(key)
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # tables write 3 as 3.0
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            raise self.fail(f"{key} is missing or is neither text nor a whole number")
        return _clean(str(value))

    def listed(self, key: str) -> list[Any]:
        """Missing and null are an empty list, a single text a list of one."""
        value = self.values.get(key)
        if value is None:
            return []
        if isinstance(value, str):
            return [value]
        if not isinstance(value, list):
            raise self.fail(f"{key} is not a list")
        return value

    def text(self, key: str) -> str:
        value = self.values.get(key)
        return _clean(value.strip()) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """Halves of characters, which JSON lets through, can neither be printed nor stored."""
    return text.encode("utf-8", errors="replace").decode()


def read_rows(content: str, *, name: str) -> Iterator[Row]:
    """Empty lines are skipped. A file that is one JSON list is read as its rows, one object as one."""
    if content.lstrip("\ufeff \t\r\n").startswith("["):
        yield from _rows_of_list(content, name)
        return
    if _PRINTED_WIDE.match(content):
        yield _row(_parsed(content.removeprefix("\ufeff"), name), name)
        return
    # Not splitlines: it also breaks at characters that may stand inside a JSON text.
    for number, line in enumerate(content.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            yield _row(_parsed(line, f"{name}, line {number}"), f"{name}, line {number}")


def _rows_of_list(content: str, name: str) -> Iterator[Row]:
    for number, item in enumerate(_parsed(content.lstrip("\ufeff"), name), start=1):
        yield _row(item, f"{name}, item {number}")


def _row(value: object, place: str) -> Row:
    if not isinstance(value, dict):
        raise LabelledFileError(f"{place}: not a JSON object")
    return Row(place=place, values=value)


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise LabelledFileError(f"{place}: not JSON ({error})") from error
