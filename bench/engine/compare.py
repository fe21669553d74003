"""The same seven steps on four engines and two databases, in turn, in one run: what an engine costs is a ratio.

Each engine runs in a process of its own on a database of its own, with the write-ahead log on the disk at every commit.
The rounds go around all of them, so that whatever else the machine does falls on each alike; the median round counts.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.databases import fresh_database, postgres_server
from bench.figures import Figure

ROOT = Path(__file__).resolve().parents[2]
RIVALS_PYTHON = ROOT / "bench" / ".venv" / "bin" / "python"

JOBS = 300
AT_ONCE = 8
ROUNDS = 3
PATIENCE_S = 300

ENGINES = {
    "sixty": (Path(sys.executable), "bench.engine.sixty_jobs"),
    "dbos": (RIVALS_PYTHON, "bench.engine.rivals.dbos_jobs"),
    "langgraph": (RIVALS_PYTHON, "bench.engine.rivals.langgraph_jobs"),
    "bare_commits": (Path(sys.executable), "bench.engine.rivals.bare_jobs"),
}
DATABASES = ("sqlite", "postgres")

Timed = dict[str, float]


def measure() -> list[Figure]:
    rounds: dict[tuple[str, str], list[Timed]] = {}
    with postgres_server() as server:
        for _ in range(ROUNDS):
            for database in DATABASES:
                for engine in ENGINES:
                    with _place(database, server) as url:
                        rounds.setdefault((database, engine), []).append(_run(engine, url))
    return [figure for database in DATABASES for figure in _figures(database, rounds)]


@contextmanager
def _place(database: str, server: str) -> Iterator[str]:
    if database == "postgres":
        with fresh_database(server) as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="sixty-bench-") as folder:
        yield f"sqlite:///{folder}/engine.db"


def _run(engine: str, url: str) -> Timed:
    python, module = ENGINES[engine]
    command = [str(python), "-m", module, url, str(JOBS), str(AT_ONCE)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise RuntimeError(f"{engine} on {url.partition(':')[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    answer: Timed = json.loads(lines[-1])
    return answer


def _figures(database: str, rounds: dict[tuple[str, str], list[Timed]]) -> list[Figure]:
    rate = {engine: median(timed["jobs_per_s"] for timed in rounds[database, engine]) for engine in ENGINES}
    p50 = {engine: median(timed["p50_ms"] for timed in rounds[database, engine]) for engine in ENGINES}
    name = f"engine.{database}"
    of = f"jobs of seven empty steps on {database}, {AT_ONCE} at a time"
    return [
        *(Figure(name=f"{name}.{engine}_jobs_per_s", value=rate[engine], what=of) for engine in ENGINES),
        *(Figure(name=f"{name}.{engine}_p50_ms", value=p50[engine], what="one of them") for engine in ENGINES),
        Figure(name=f"{name}.times_dbos", value=rate["sixty"] / rate["dbos"], at_least=3, what="as many as on DBOS"),
        Figure(name=f"{name}.times_langgraph", value=rate["sixty"] / rate["langgraph"], at_least=1.5,
               what="as many as on LangGraph's checkpointer"),
        Figure(name=f"{name}.bare_commits_times_sixty", value=rate["bare_commits"] / rate["sixty"], target=2,
               what="as many bare commits do"),
    ]  # fmt: skip


def main() -> None:
    for figure in measure():
        print(f"{figure.name:45} {figure.value:10.2f}")


if __name__ == "__main__":
    main()
