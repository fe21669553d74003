"""``sixty import`` on a real database: what was taken, and what to mend in the rows that were not."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from storage.database import Database
from tests.storage.samples import ORG

GOOD, BAD = "Sarah Chen,sarah@acme.example,Acme", "Tom,nowhere,Acme"


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'sixty.db'}"
    monkeypatch.setenv("SIXTY_DATABASE_URL", url)

    async def settle() -> None:
        database = Database.open(url)
        await database.migrate()
        async with database.begin() as tx:
            await tx.people.save_org(ORG)
        await database.close()

    asyncio.run(settle())


def imported(tmp_path: Path, *rows: str) -> Result:
    path = tmp_path / "contacts.csv"
    path.write_text("\n".join(("Name,Email,Company", *rows)), encoding="utf-8")
    return CliRunner().invoke(main, ["import", str(path)])


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    assert "contacts: 1 new" in imported(tmp_path, GOOD).output
    again = imported(tmp_path, GOOD)
    assert (again.exit_code, "contacts: 0 new, 0 updated, 1 unchanged" in again.output) == (0, True)


@pytest.mark.parametrize(("bad", "said"), [(1, "1 row was left out"), (2, "2 rows were left out")])
def test_rows_that_do_not_fit_are_named_and_the_others_are_taken(tmp_path: Path, bad: int, said: str) -> None:
    told = imported(tmp_path, GOOD, *[BAD] * bad)
    assert told.exit_code == 1
    assert said in told.output
    assert "Line 3: email 'nowhere' is not one address" in told.output
    assert "contacts: 1 new" in told.output
