"""What ten thousand waiting approvals cost: memory of the core that parked them, or finds them, and time of a press."""

import json
import subprocess
import sys
from pathlib import Path

from bench.databases import sqlite_url
from bench.figures import Figure, percentile

APPROVALS, PRESSES = 10_000, 20
ROOT = Path(__file__).resolve().parents[1]


def measure() -> list[Figure]:
    """Each core runs in a process of its own, which has been through the same with none before memory is read."""
    with sqlite_url() as url:
        none, _ = _core(url, parked=0)
    with sqlite_url() as url:
        parked, taken = _core(url, parked=APPROVALS)
        started, _ = _core(url, parked=0)
    return [
        Figure(name="waiting_parked_mb", value=parked - none, target=20,
               what=f"{APPROVALS:,} waiting approvals, in the core that parked them, against none"),
        Figure(name="waiting_started_mb", value=started - none, target=20,
               what="the same, in a core started when they were there"),
        Figure(name="waiting_resume_p50_ms", value=percentile(taken, 50), what="from a press to the next step done"),
        Figure(name="waiting_resume_max_ms", value=max(taken), target=1000, what="the same, the slowest"),
    ]  # fmt: skip


def _core(url: str, *, parked: int) -> tuple[float, list[float]]:
    """Its resident memory in MB, and what its presses took."""
    command = [sys.executable, "-m", "bench.waiting_core", url, str(parked), str(PRESSES)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["resident_mb"], answer["taken_ms"]
