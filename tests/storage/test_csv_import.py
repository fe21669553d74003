"""CSV files as people export them: what is read, what is refused with its line, what ends up in the CRM."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sequences.records.crm import Stage
from sequences.records.insight import CrmObject
from storage.csv_import import BadRow, ImportFileError, ImportReport, ImportRow, Tally, apply, decode, read_contacts
from storage.database import Database
from tests.storage.samples import ANNA, ORG

SARAH = "Sarah Chen,sarah@acme.example,Acme Corp\n"


def only_row(text: str) -> ImportRow:
    plan = read_contacts(text)
    assert plan.bad_rows == ()
    (row,) = list(plan.rows)
    return row


def reasons(text: str) -> list[tuple[int, str]]:
    return [(bad.line, bad.reason) for bad in read_contacts(text).bad_rows]


# ------------------------------------------------------------------------------------------------- reading


def test_every_column_is_read() -> None:
    text = (
        "Name,Email,Title,Phone,Timezone,Company,Domain,Industry,"
        "Employees,Deal,Stage,Amount,Currency,Close date,Owner email\n"
        "Sarah Chen,Sarah@Acme.example,CTO,+1 555,America/New_York,Acme Corp,https://www.Acme.example/about,Robots,"
        '"1,200",Pilot,Closed Won,"$42,000.50",usd,2026-06-30,anna@northwind.example\n'
    )
    assert only_row(text) == ImportRow(
        line=2,
        name="Sarah Chen",
        email="sarah@acme.example",
        title="CTO",
        phone="+1 555",
        timezone="America/New_York",
        company="Acme Corp",
        domain="acme.example",
        industry="Robots",
        employees=1200,
        deal="Pilot",
        stage=Stage.WON,
        amount=Decimal("42000.5"),
        currency="USD",
        close_on=date(2026, 6, 30),
        owner="anna@northwind.example",
    )


@pytest.mark.parametrize(
    "heading",
    [
        "name,email,company",
        "NAME, E-Mail ,Company Name",
        "Full Name;Email Address;Organisation",
        "contact\te-mail\taccount",
        '"name"|"email"|"employer"',
        "\ufeffname,email,company",
        "\n\n  \nname,email,company",
        "sep=;\nname;email;company",
        ",,\nname,email,company",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_headings_and_separators_are_recognised(heading: str, line_end: str) -> None:
    separator = next(mark for mark in "|\t;," if mark in heading.splitlines()[-1])
    text = (heading + "\n" + SARAH.replace(",", separator)).replace("\n", line_end)
    row = only_row(text)
    assert (row.name, row.email, row.company) == ("Sarah Chen", "sarah@acme.example", "Acme Corp")
    assert row.line == len(heading.split("\n")) + 1


def test_first_and_last_name_make_a_name() -> None:
    assert only_row("First Name,Last Name,Email\nSarah,Chen,s@acme.example\n").name == "Sarah Chen"
    assert only_row("Given name,Email\nSarah,s@acme.example\n").name == "Sarah"
    assert only_row("Name,First,First name,Last name\nDr Chen,x,Sarah,Chen\n").name == "Dr Chen"


def test_quoted_line_breaks_and_marks_keep_lines_counted() -> None:
    text = 'name,email\n"Sarah\nChen",s@acme.example\n"Bob ""B"" Park",bob@\nLast One,l@acme.example\n'
    plan = read_contacts(text)
    assert [(row.line, row.name) for row in plan.rows] == [(2, "Sarah Chen"), (5, "Last One")]
    assert [bad.line for bad in plan.bad_rows] == [4]


def test_an_open_quotation_mark_costs_one_row_not_the_rest() -> None:
    text = 'name,email\n"Sarah,s@acme.example\nBob,bob@acme.example\n' + "Eve,eve@acme.example\n" * 10
    plan = read_contacts(text)
    assert [row.line for row in plan.rows] == list(range(3, 14))
    assert [(bad.line, "never closed" in bad.reason) for bad in plan.bad_rows] == [(2, True)]


def test_a_mark_in_the_wrong_place_costs_its_row() -> None:
    assert [line for line, reason in reasons('name,email\n"15" screen,a@acme.example\nBob,b@acme.example\n')] == [2]


def test_very_many_open_marks_end_in_a_message() -> None:
    with pytest.raises(ImportFileError, match="quotation marks do not close"):
        read_contacts("name,email\n" + '"a\n' * 5_000)


def test_unknown_and_repeated_columns_are_mentioned() -> None:
    plan = read_contacts("name,email,shoe size,e-mail\nSarah,,42,second@acme.example\n")
    assert next(iter(plan.rows)).email == "second@acme.example"
    assert plan.warnings == (
        "Column 'shoe size' is not used.",
        "Column 'e-mail' is used only where the earlier column for the same is blank.",
    )


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("\ufeff", "empty"),
        ("Sarah Chen,sarah@acme.example,Acme\n", "first line must name the columns"),
        ("shoe,size\n1,2\n", "first line must name the columns"),
        ("industry,title\na,b\n", "name, email, company or deal"),
        ("name,email\n\x00\x01\x02", "not text"),
        ("\x01\x02\x03\x04\x05", "not text"),
        ('"' + "x" * 200_000, "cannot be read"),
    ],
)
def test_files_that_cannot_be_used_say_why(text: str, advice: str) -> None:
    with pytest.raises(ImportFileError, match=advice):
        read_contacts(text)


def test_a_heading_alone_imports_nothing() -> None:
    plan = read_contacts("name,email\n")
    assert (list(plan.rows), len(plan.rows), plan.bad_rows) == ([], 0, ())


# -------------------------------------------------------------------------------------------------- values


NO_ADDRESSES = [
    "sarah",
    "sarah@acme",
    "a@b@c.example",
    "a@x.example; b@x.example",
    "sarah @acme.example",
    "@acme.example",
    "sarah@acme..example",
    "a" * 65 + "@x.example",
]


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    ((line, reason),) = reasons(f'name,email\nSarah,"{address}"\n')
    assert line == 2
    assert "is not one address. Write it as" in reason


def test_an_address_with_a_name_is_taken() -> None:
    assert only_row('name,email\n,"Chen, Sarah <Sarah@Acme.example>"\n').email == "sarah@acme.example"


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    text = "name,email,deal,stage,amount,close date\nSarah,nope,Pilot,hot,lots,soon\n"
    ((line, reason),) = reasons(text)
    assert line == 2
    for word in ("email 'nope'", "stage 'hot'", "amount 'lots'", "close date 'soon'"):
        assert word in reason


def test_rows_without_anybody_or_anything_are_refused_and_blank_ones_passed_over() -> None:
    text = "name,email,title\n,,CTO\n,,\n\n   \nSarah,,\n"
    plan = read_contacts(text)
    assert [row.line for row in plan.rows] == [6]
    assert plan.bad_rows == (BadRow(2, "says neither who nor which company. Fill in the name, email or company"),)


def test_a_deal_needs_a_name_and_agreeing_currencies() -> None:
    text = "name,deal,amount,currency\nSarah,,42k,USD\nBob,Pilot,€42k,USD\nEve,Pilot,$5,CAD\n,Pilot,5,\n"
    assert [line for line, _ in reasons(text)] == [2, 3]
    rows = read_contacts(text).rows
    assert [(row.amount, row.currency) for row in rows] == [(Decimal(5), "CAD"), (Decimal(5), None)]


def test_values_for_too_many_columns_are_refused() -> None:
    assert "5 values for 3 columns" in reasons("name,email,company\nSarah,,Acme, Inc,x\n")[0][1]
    assert only_row("name,email,company\nSarah,,Acme,,\n").company == "Acme"


def test_what_is_nice_to_have_is_left_blank_with_one_warning() -> None:
    text = "name,employees,timezone\n" + "Sarah,51-200,EST5EDT-ish\n" * 3
    plan = read_contacts(text)
    assert [row.employees for row in plan.rows] == [None] * 3
    assert len(plan.warnings) == 2
    assert "employees is left blank in 3 rows, first in line 2" in plan.warnings[0]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2026-03-04"], date(2026, 3, 4)),
        (["2026-03-04 00:00:00"], date(2026, 3, 4)),
        (["2026-03-04T10:00:00Z"], date(2026, 3, 4)),
        (["04.03.2026"], date(2026, 3, 4)),
        (["31/12/2026"], date(2026, 12, 31)),
        (["12/31/26"], date(2026, 12, 31)),
        (["03/03/2026"], date(2026, 3, 3)),
        (["03/04/2026", "12/31/2026"], date(2026, 3, 4)),
        (["03/04/2026", "31/12/2026"], date(2026, 4, 3)),
        (["4-Mar-26"], date(2026, 3, 4)),
        (["March 4, 2026"], date(2026, 3, 4)),
    ],
)
def test_dates_as_spreadsheets_export_them(cells: list[str], expected: date) -> None:
    text = "deal,close date\n" + "".join(f'Pilot,"{cell}"\n' for cell in cells)
    assert next(iter(read_contacts(text).rows)).close_on == expected


@pytest.mark.parametrize(
    ("cells", "advice"),
    [
        (["03/04/2026"], "Write 2026-03-04 or 2026-04-03"),
        (["03/04/2026", "31/12/2026", "12/31/2026"], "two ways"),
        (["46022"], "Write it as 2026-03-31"),
        (["30/02/2026"], "Write it as 2026-03-31"),
        (["tomorrow"], "Write it as 2026-03-31"),
    ],
)
def test_dates_that_would_be_guesses_are_refused(cells: list[str], advice: str) -> None:
    text = "deal,close date\n" + "".join(f'Pilot,"{cell}"\n' for cell in cells)
    assert advice in reasons(text)[0][1]


@given(st.text(max_size=300))
def test_any_text_is_planned_or_refused_never_a_crash(text: str) -> None:
    for start in ("", "name,email,deal,amount,close date,stage,domain\n", "name;e-mail\n"):
        try:
            plan = read_contacts(start + text)
        except ImportFileError:
            continue
        assert len(list(plan.rows)) == len(plan.rows)
        lines = [row.line for row in plan.rows] + [bad.line for bad in plan.bad_rows]
        assert len(set(lines)) == len(lines), "each record once"


# -------------------------------------------------------------------------------------------------- bytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheets(encoding: str) -> None:
    assert only_row(decode("name,company\nJosé Müller,Café\n".encode(encoding))).name == "José Müller"


@pytest.mark.parametrize(
    ("data", "advice"),
    [(b"PK\x03\x04rest", "Excel workbook"), (b"\xd0\xcf\x11\xe0", "old Excel"), (b"%PDF-1.7", "PDF")],
)
def test_files_of_other_programs_are_named(data: bytes, advice: str) -> None:
    with pytest.raises(ImportFileError, match=advice):
        decode(data)


def test_an_image_is_no_table() -> None:
    with pytest.raises(ImportFileError, match="not text"):
        read_contacts(decode(bytes(range(256)) * 20))


# ------------------------------------------------------------------------------------------------ applying

FILE = (
    "name,email,title,company,domain,deal,stage,amount,close date,owner email\n"
    "Sarah Chen,sarah@acme.example,CTO,Acme Corp,acme.example,Pilot,demo,$42k,2026-06-30,anna@northwind.example\n"
    "David Park,,,Zenith,,,,,,\n"
    ",lisa@acme.example,,Acme Corp,acme.example,,,,,\n"
)


async def run_import(database: Database, text: str) -> ImportReport:
    async with database.begin() as tx:
        return await apply(tx, ORG.id, read_contacts(text))


async def test_an_import_creates_contacts_companies_and_deals(database: Database) -> None:
    report = await run_import(database, FILE)
    assert report == ImportReport(contacts=Tally(created=3), companies=Tally(created=2), deals=Tally(created=1))
    async with database.read() as tx:
        sarah = await tx.crm.find_contact(ORG.id, email="sarah@acme.example", name=None)
        lisa = await tx.crm.find_contact(ORG.id, email="lisa@acme.example", name=None)
        david = await tx.crm.find_contact(ORG.id, email=None, name="david park")
        assert sarah is not None
        assert lisa is not None
        assert david is not None
        picture = await tx.crm.picture(ORG.id, [sarah.id])
    assert (sarah.name, sarah.title, lisa.name) == ("Sarah Chen", "CTO", "lisa@acme.example")
    assert sarah.company_id == lisa.company_id != david.company_id
    assert picture.company is not None
    assert picture.company.domain == "acme.example"
    assert picture.deal is not None
    assert picture.deal.model_dump(exclude={"id", "company_id"}, exclude_defaults=True) == {
        "name": "Pilot",
        "owner_user_id": ANNA.id,
        "stage": Stage.DEMO,
        "amount": Decimal(42000),
        "close_on": date(2026, 6, 30),
    }


async def test_importing_again_changes_nothing(database: Database) -> None:
    await run_import(database, FILE)
    report = await run_import(database, FILE)
    assert report == ImportReport(contacts=Tally(unchanged=3), companies=Tally(unchanged=2), deals=Tally(unchanged=1))


async def test_an_import_fills_and_changes_but_never_empties(database: Database) -> None:
    await run_import(database, FILE)
    changes = (
        "name,email,title,phone,company,domain,industry,deal,stage\n"
        "Sarah Chen-Lee,SARAH@acme.example,,+1 555,,acme.example,Robots,PILOT,negotiation\n"
        "David Park,david@zenith.example,,,Zenith,zenith.example,,,\n"
    )
    report = await run_import(database, changes)
    assert report == ImportReport(contacts=Tally(updated=2), companies=Tally(updated=2), deals=Tally(updated=1))
    async with database.read() as tx:
        sarah = await tx.crm.find_contact(ORG.id, email=None, name="Sarah Chen-Lee")
        david = await tx.crm.find_contact(ORG.id, email="david@zenith.example", name=None)
        assert sarah is not None
        assert david is not None
        assert (sarah.title, sarah.phone, david.name) == ("CTO", "+1 555", "David Park")
        deal = (await tx.crm.picture(ORG.id, [sarah.id])).deal
    assert deal is not None
    assert (deal.stage, deal.amount, deal.owner_user_id) == (Stage.NEGOTIATION, Decimal(42000), ANNA.id)


async def test_rows_about_the_same_object_are_one_object(database: Database) -> None:
    text = (
        "name,email,company,domain\n"
        "Sarah Chen,sarah@acme.example,Acme,acme.example\n"
        "Sarah Chen,sarah@acme.example,Acme,acme.example\n"
        "Sarah Chen,,Acme,\n"
        "Sarah Chen,,Zenith,\n"
        "Sarah Chen,other@acme.example,ACME,acme.example\n"
    )
    report = await run_import(database, text)
    assert (report.contacts, report.companies) == (Tally(created=3), Tally(created=2))


async def test_namesakes_with_other_domains_are_other_companies(database: Database) -> None:
    text = "company,domain\nAcme,acme.example\nAcme,acme.test\nAcme,\nRocket Ltd,acme.example\n"
    report = await run_import(database, text)
    assert report.companies == Tally(created=2)
    assert report.warnings == ("Line 5: 'Rocket Ltd' is taken as 'Acme', whose domain is acme.example.",)


async def test_an_unknown_owner_is_mentioned(database: Database) -> None:
    report = await run_import(database, "deal,owner\nPilot,anna berg\nOther,nobody@x.example\n")
    assert report.deals == Tally(created=2)
    assert report.warnings == ("Line 3: nobody here is 'nobody@x.example', so the deal 'Other' has no owner yet.",)


async def test_a_long_list_is_imported_in_batches(database: Database) -> None:
    rows = "".join(f"Person {n},p{n}@c{n % 700}.example,Company {n % 700},c{n % 700}.example\n" for n in range(2_100))
    text = "name,email,company,domain\n" + rows
    assert await run_import(database, text) == ImportReport(
        contacts=Tally(created=2_100), companies=Tally(created=700), deals=Tally()
    )
    assert (await run_import(database, text)).contacts == Tally(unchanged=2_100)


async def test_what_a_meeting_filled_in_stays_when_the_file_does_not_say(database: Database) -> None:
    await run_import(database, FILE)
    async with database.begin() as tx:
        sarah = await tx.crm.find_contact(ORG.id, email="sarah@acme.example", name=None)
        assert sarah is not None
        deal = (await tx.crm.picture(ORG.id, [sarah.id])).deal
        assert deal is not None
        await tx.crm_writer.set_field(ORG.id, CrmObject.DEAL, deal.id, "pain", "slow reports")
    await run_import(database, FILE.replace("demo", "proposal"))
    async with database.read() as tx:
        found = (await tx.crm.picture(ORG.id, [sarah.id])).deal
    assert found == deal.model_copy(update={"stage": Stage.PROPOSAL, "pain": "slow reports"})
