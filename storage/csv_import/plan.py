"""From the file's records to what would be imported. No database is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sequences.records.crm import Stage
from storage.csv_import.cells import READERS, combine_names, settle_currency
from storage.csv_import.dates import DateOrder, find_order, read_date
from storage.csv_import.table import BadRow, Heading, RawRow, read_heading, read_rows

# What is nice to have: an unreadable one is left blank with a warning, and the row is imported without it.
SPARED = frozenset({"timezone", "employees", "domain"})
LABELS = {"close_on": "close date", "deal": "deal name", "domain": "company domain"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """A good row: a person, their company and a deal, as far as it names them. ``owner`` is an address or a name."""

    line: int
    name: str | None = None
    email: str | None = None
    title: str | None = None
    phone: str | None = None
    timezone: str | None = None
    company: str | None = None
    domain: str | None = None
    industry: str | None = None
    employees: int | None = None
    deal: str | None = None
    stage: Stage | None = None
    amount: Decimal | None = None
    currency: str | None = None
    close_on: date | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class GoodRows:
    """The rows to import, in the order of the file. Read from the text each time, so that a long file stays small."""

    text: str
    heading: Heading
    order: DateOrder
    count: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[ImportRow]:
        reading = _Reading(self.order)
        return (row for row in reading.read_all(self.text, self.heading) if isinstance(row, ImportRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What would be imported, what would not and why; bad rows are in the order of the file, too."""

    rows: GoodRows
    bad_rows: tuple[BadRow, ...]
    warnings: tuple[str, ...]


def read_contacts(text: str) -> ImportPlan:
    """Read the text of a CSV file. ImportFileError when it has no heading that can be used."""
    heading = read_heading(text)
    order = _find_date_order(text, heading)
    reading = _Reading(order)
    bad: list[BadRow] = []
    count = 0
    for row in reading.read_all(text, heading):
        if isinstance(row, BadRow):
            bad.append(row)
        else:
            count += 1
    warnings = (*heading.warnings, *reading.summarize())
    return ImportPlan(rows=GoodRows(text, heading, order, count), bad_rows=tuple(bad), warnings=warnings)


def _find_date_order(text: str, heading: Heading) -> DateOrder:
    if "close_on" not in heading.fields:
        return DateOrder.UNKNOWN
    return find_order(row.cells.get("close_on", "") for row in read_rows(text, heading) if isinstance(row, RawRow))


@dataclass(slots=True)
class _LeftOut:
    count: int
    line: int
    reason: str


@dataclass(slots=True)
class _Reading:
    """Reads rows one by one and counts the cells that it leaves blank, so that 10,000 odd ones make one warning."""

    order: DateOrder
    left_out: dict[str, _LeftOut] = field(default_factory=dict)

    def read_all(self, text: str, heading: Heading) -> Iterator[ImportRow | BadRow]:
        for raw in read_rows(text, heading):
            yield raw if isinstance(raw, BadRow) else self.read(raw)

    def read(self, raw: RawRow) -> ImportRow | BadRow:
        values: dict[str, Any] = {}
        problems: list[str] = []
        for name, cell in raw.cells.items():
            try:
                values[name] = self._read_cell(name, cell)
            except ValueError as error:
                if name in SPARED:
                    self._leave_out(name, raw.line, str(error))
                else:
                    problems.append(f"{_label(name)} {error}")
        try:
            values = settle_currency(combine_names(values))
        except ValueError as error:
            problems.append(str(error))
        problems += _gaps(raw.cells, values)
        return BadRow(raw.line, "; ".join(problems)) if problems else ImportRow(line=raw.line, **values)

    def _read_cell(self, name: str, cell: str) -> Any:
        return read_date(cell, self.order) if name == "close_on" else READERS[name](cell)

    def _leave_out(self, name: str, line: int, reason: str) -> None:
        self.left_out.setdefault(name, _LeftOut(0, line, reason)).count += 1

    def summarize(self) -> list[str]:
        return [
            f"The {_label(name)} is left blank in {odd.count} row{'s' if odd.count > 1 else ''}, "
            f"first in line {odd.line}: {odd.reason}."
            for name, odd in self.left_out.items()
        ]


def _gaps(cells: dict[str, str], values: dict[str, Any]) -> list[str]:
    """What a row lacks to say whom or what it is about."""
    if not cells.keys() & {"name", "first_name", "last_name", "email", "company", "domain", "deal"}:
        return ["says neither who nor which company. Fill in the name, email or company"]
    if "deal" not in cells and values.keys() & {"stage", "amount", "close_on"}:
        return ["has a stage, amount or close date, but no deal name. Name the deal"]
    return []


def _label(name: str) -> str:
    return LABELS.get(name, name.replace("_", " "))
