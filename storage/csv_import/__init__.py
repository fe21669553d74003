"""Contacts, companies and deals from a CSV file, in three steps: decode the bytes, plan, apply.

The plan is made without a database: good rows, bad rows with their line and what to mend, warnings. Nothing is
lost silently, and importing the same file again changes nothing.
"""

from storage.csv_import.apply import ImportReport, apply
from storage.csv_import.plan import ImportPlan, ImportRow, read_contacts
from storage.csv_import.shelf import Tally
from storage.csv_import.table import BadRow, ImportFileError, decode

__all__ = [
    "BadRow",
    "ImportFileError",
    "ImportPlan",
    "ImportReport",
    "ImportRow",
    "Tally",
    "apply",
    "decode",
    "read_contacts",
]
