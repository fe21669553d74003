"""The sample company is complete and consistent."""

import csv

from workspace.ids import Ids
from workspace.options import SAMPLE
from workspace.seed import load_seed
from workspace.vendors.samples import Samples

COLUMNS = ",".join(
    [
        "name,email,title,phone,timezone",
        "company,domain,industry,employees",
        "deal,stage,amount,currency,close date,owner email",
    ]
)


def test_everybody_at_the_table_is_known() -> None:
    ids = Ids()
    seed = load_seed(SAMPLE, ids)
    with (SAMPLE.parent / "contacts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {person.email for person in seed.people} | {row["email"] for row in rows}
    for sample in Samples(seed.samples, ids).all.values():
        assert {one["email"] for one in sample.participants} <= known, sample.id


def test_contacts_have_all_columns_and_owners_are_members() -> None:
    members = {person.email for person in load_seed(SAMPLE, Ids()).people}
    with (SAMPLE.parent / "contacts.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    assert ",".join(reader.fieldnames or ()) == COLUMNS
    assert len(rows) == 25
    assert {row["owner email"] for row in rows} <= members
    assert all(None not in row.values() for row in rows)


def test_meetings_started_in_the_past_few_days() -> None:
    ids = Ids()
    samples = Samples(load_seed(SAMPLE, ids).samples, ids).all.values()
    assert len(samples) == 6
    assert {sample.format for sample in samples} == {"vtt", "json", "txt"}
    assert all(abs((ids.now() - sample.started_at).days) <= 4 for sample in samples)
