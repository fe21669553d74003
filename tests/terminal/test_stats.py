"""``sixty stats`` on a real database: the figures as JSON, and the same for a person."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from sequences.records.job import JobStatus
from sequences.tracing import carried
from storage.database import Database
from tests.storage.samples import ANNA, ORG, make_job


@pytest.fixture
async def _a_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'sixty.db'}"
    monkeypatch.setenv("SIXTY_DATABASE_URL", url)
    now = datetime.now(UTC)
    database = Database.open(url)
    await database.migrate()
    ended = {"started_at": now - timedelta(seconds=90), "finished_at": now, "created_at": now - timedelta(hours=1)}
    async with database.begin() as tx:
        await tx.people.save_org(ORG)
        await tx.people.save_user(ANNA)
        await tx.jobs.add(make_job(status=JobStatus.COMPLETED, **ended))
        await tx.jobs.add(make_job(status=JobStatus.COMPLETED, **ended))
        await tx.jobs.add(make_job(status=JobStatus.FAILED, error="It took too long.", **ended))
        await tx.jobs.add(make_job(status=JobStatus.COMPLETED, created_at=now - timedelta(days=20)))
        await tx.jobs.add(make_job(id="job_stuck", run_at=now - timedelta(hours=1), created_at=now))
    await database.close()


def sixty(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.mark.usefixtures("_a_past")
def test_the_ids_of_a_command_end_with_it() -> None:
    before = carried()
    assert sixty("stats").exit_code == 0
    assert carried() == before


@pytest.mark.usefixtures("_a_past")
def test_obs_03_stats_as_json() -> None:
    told = json.loads(sixty("stats", "--json").stdout)
    assert told["total_sequences"] == 4
    assert told["by_status"] == {"completed": 2, "failed": 1, "pending": 1}
    assert told["by_source"] == {"cli:meeting": 4}
    assert told["stuck_jobs"] == ["job_stuck"]
    assert told["error_summary"][0]["error"] == "It took too long."
    assert json.loads(sixty("stats", "--days", "30", "--json").stdout)["total_sequences"] == 5


@pytest.mark.usefixtures("_a_past")
def test_obs_05_stats_for_a_person_over_the_three_ranges() -> None:
    told = sixty("stats").stdout
    for line in ("runs            4", "success rate    66.7%", "0:01:30 on average", "stuck           job_stuck"):
        assert line in told
    assert "      1  meeting_ended: It took too long." in told
    assert "▇" in told
    assert "runs            5" in sixty("stats", "--days", "90").stdout
    assert sixty("stats", "--days", "8").exit_code == 2


def test_obs_03_stats_of_nothing_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIXTY_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    empty = sixty("stats")
    assert (empty.exit_code, "run `sixty migrate`" in empty.stderr) == (1, True)
    assert sixty("migrate").exit_code == 0
    assert "success rate    none yet" in sixty("stats").stdout
