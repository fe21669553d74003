"""CSV as people's programs write it: any usual separator, byte order marks, quoted line breaks, broken quotes."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.csv_import.columns import FIELD_OF, IDENTIFYING, fold_heading

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
SEPARATORS = (",", ";", "\t", "|")
MAX_REWINDS = 100  # each costs reading the same lines twice, at most as far as the longest cell that is allowed
NOT_TEXT = {
    b"PK\x03\x04": "an Excel workbook. In Excel choose Save As, then CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook. In Excel choose Save As, then CSV UTF-8",
    b"%PDF": "a PDF. Export the list as CSV instead",
}

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class ImportFileError(Exception):
    """The file as a whole cannot be read. The message says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One record of the file. ``line`` is where it starts, from 1; ``cells`` go by field, blank ones left out."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A record that is not imported, and what to mend."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What the first line says: the field of each column (``None``: not used), and where the records begin."""

    fields: tuple[str | None, ...]
    separator: str
    offset: int
    line: int
    warnings: tuple[str, ...]


class Lines:
    """The lines of a text with their ends, one by one, without a second copy of it. ``position`` may be set back."""

    def __init__(self, text: str, position: int) -> None:
        self._text = text
        self.position = position

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        found = LINE.match(self._text, self.position)
        if found is None:
            raise StopIteration
        self.position = found.end()
        return found.group()


def decode(data: bytes) -> str:
    """Text of a CSV file in UTF-8, UTF-16 or Windows-1252. ImportFileError when it is no text."""
    for start, what in NOT_TEXT.items():
        if data.startswith(start):
            raise ImportFileError(f"This file is {what}.")
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what Excel writes where nobody chose UTF-8


def read_heading(text: str) -> Heading:
    """Find the separator and the columns. ImportFileError when the first line does not name them."""
    _refuse_binary(text)
    offset, line = _skip_blank_lines(text)
    declared = re.match(r"sep=(.)(\r\n|\n|\r)", text[offset : offset + 10], re.IGNORECASE)  # Excel's own first line
    if declared:
        offset, line = offset + declared.end(), line + 1
    if offset >= len(text):
        raise ImportFileError(
            "This file is empty. Export your contacts again, with a first line that names the columns."
        )
    separators = (declared[1],) if declared else SEPARATORS
    best = max((_first_record(text, offset, separator) for separator in separators), key=_fitness)
    cells, separator, end, lines = best
    fields, warnings = _name_columns(cells)
    _require_columns(cells, fields)
    return Heading(fields=fields, separator=separator, offset=end, line=line + lines, warnings=warnings)


def read_rows(text: str, heading: Heading) -> Iterator[RawRow | BadRow]:
    """The records after the heading, in order. Blank ones are passed over."""
    records = _Records(text, heading)
    while (record := records.next()) is not None:
        row = record if isinstance(record, BadRow) else _to_row(*record, heading)
        if row is not None:
            yield row


class _Records:
    """Cells record by record, with the line that each starts on; goes on after a quotation mark that never closes."""

    def __init__(self, text: str, heading: Heading) -> None:
        self._lines = Lines(text, heading.offset)
        self._separator = heading.separator
        self._line = heading.line
        self._rewinds = 0
        self._restart()

    def next(self) -> tuple[int, list[str]] | BadRow | None:
        """A record, a broken one, or ``None`` at the end of the file."""
        start, position, lines_before = self._line, self._lines.position, self._reader.line_num
        try:
            cells = next(self._reader)
        except StopIteration:
            return None
        except csv.Error as error:
            if self._reader.line_num > lines_before + 1:
                self._count_rewind()
            # Whatever a quotation mark swallowed is given back: go on with the line after the one it opened on.
            self._lines.position = position
            next(self._lines)
            self._restart()
            self._line += 1
            return BadRow(start, _mend_quotes(str(error)))
        self._line += self._reader.line_num - lines_before
        return start, cells

    def _restart(self) -> None:
        self._reader = csv.reader(self._lines, delimiter=self._separator, strict=True)

    def _count_rewind(self) -> None:
        self._rewinds += 1
        if self._rewinds > MAX_REWINDS:
            raise ImportFileError(f"From line {self._line} on, quotation marks do not close. Export the file again.")


def _to_row(line: int, cells: list[str], heading: Heading) -> RawRow | BadRow | None:
    surplus = [cell for cell in cells[len(heading.fields) :] if cell.strip()]
    if surplus:
        return BadRow(
            line,
            f"has {len(cells)} values for {len(heading.fields)} columns. "
            "Put values that contain the separator between quotation marks",
        )
    named: dict[str, str] = {}
    for field, cell in zip(heading.fields, cells, strict=False):
        value = cell.replace("\u00a0", " ").strip()
        if field is not None and value:
            named.setdefault(field, value)
    return RawRow(line, named) if named else None


def _refuse_binary(text: str) -> None:
    sample = text[:10_000]
    strange = sum(1 for char in sample if ord(char) < 32 and char not in "\t\r\n\f\x0b")
    if "\x00" in text or strange > len(sample) / 100:
        raise ImportFileError("This file is not text. Export your contacts as CSV.")


def _skip_blank_lines(text: str) -> tuple[int, int]:
    """Offset and number of the first line that says something."""
    start = 1 if text.startswith("\ufeff") else 0
    blank = re.compile(r"[\s,;|]*(?=\S|$)").match(text, start)
    skipped = text[start : blank.end() if blank else start]
    cut = max(skipped.rfind("\n"), skipped.rfind("\r")) + 1
    lines = len(skipped[:cut].splitlines())
    return start + cut, 1 + lines


def _first_record(text: str, offset: int, separator: str) -> tuple[list[str], str, int, int]:
    """Cells, the separator, where the record ends, and how many lines it takes."""
    lines = Lines(text, offset)
    reader = csv.reader(lines, delimiter=separator)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration):
        raise ImportFileError(
            "The first line cannot be read. It must name the columns, such as name,email,company."
        ) from None
    return cells, separator, lines.position, reader.line_num


def _fitness(record: tuple[list[str], str, int, int]) -> tuple[int, int]:
    cells = record[0]
    return sum(fold_heading(cell) in FIELD_OF for cell in cells), len(cells)


def _name_columns(cells: list[str]) -> tuple[tuple[str | None, ...], tuple[str, ...]]:
    fields: list[str | None] = []
    warnings: list[str] = []
    for number, cell in enumerate(cells, start=1):
        field = FIELD_OF.get(fold_heading(cell))
        shown = repr(cell.strip()[:60]) if cell.strip() else f"number {number} (without a name)"
        if field is None and cell.strip():
            warnings.append(f"Column {shown} is not used.")
        elif field is not None and field in fields:
            warnings.append(f"Column {shown} is used only where the earlier column for the same is blank.")
        fields.append(field)
    return tuple(fields), tuple(warnings)


def _require_columns(cells: list[str], fields: tuple[str | None, ...]) -> None:
    looks_like_data = any("@" in cell for cell in cells)
    if looks_like_data or not any(fields):
        shown = ", ".join(repr(cell.strip()[:40]) for cell in cells[:4])
        raise ImportFileError(
            "The first line must name the columns, such as name,email,company. "
            f"It reads {shown}. Add such a line on top."
        )
    if not IDENTIFYING & set(fields):
        raise ImportFileError("No column says who or what a row is about. Add one called name, email, company or deal.")


def _mend_quotes(error: str) -> str:
    if "field larger" in error or "unexpected end" in error:
        return 'opens a quotation mark (") that is never closed. Close it, or write "" for a mark inside a value'
    return 'has a quotation mark (") in the wrong place. Write "" for a mark inside a quoted value'
