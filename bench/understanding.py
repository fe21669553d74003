"""What it costs to understand an hour of talk offline: a process of its own, so that memory is its own, too."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure
from bench.talk import REP, as_webvtt

SIXTY = Path(sys.executable).with_name("sixty")
LAUNCH = Path(__file__).with_name("launch.py")
TIMES = 3  # of each, in turn: whatever else the machine does only adds, and the first start also writes bytecode


@dataclass(frozen=True, kw_only=True)
class Used:
    cpu_s: float
    peak_mb: float


def measure() -> list[Figure]:
    """`sixty meeting --dry-run` on an hour, less what the same command takes for half a minute."""
    with tempfile.TemporaryDirectory(prefix="sixty-bench-") as folder:
        runs = [(_dry_run(Path(folder), minutes=0.5), _dry_run(Path(folder), minutes=60)) for _ in range(TIMES)]
    nothing, hour = (_least(used) for used in zip(*runs, strict=True))
    return [
        Figure(name="understand_hour_cpu_s", value=hour.cpu_s - nothing.cpu_s, target=1,
               what="parse and understand one hour offline, CPU time"),
        Figure(name="understand_hour_peak_mb", value=hour.peak_mb, target=200,
               what="the whole command's memory while it does"),
        Figure(name="command_start_cpu_s", value=nothing.cpu_s, what="the same command on half a minute, CPU time"),
    ]  # fmt: skip


def _least(runs: Sequence[Used]) -> Used:
    """The least CPU time of any, and the most memory."""
    return Used(cpu_s=min(run.cpu_s for run in runs), peak_mb=max(run.peak_mb for run in runs))


def _dry_run(folder: Path, *, minutes: float) -> Used:
    """With no settings of this machine's and no database."""
    file = folder / f"{minutes:g}.vtt"
    file.write_text(as_webvtt(minutes), encoding="utf-8")
    environ = {"PATH": os.environ.get("PATH", ""), "SIXTY_MODEL": "offline"}
    command = [str(SIXTY), "meeting", str(file), "--rep", REP, "--dry-run", "--json"]
    launched = [sys.executable, str(LAUNCH), *command]
    done = subprocess.run(launched, cwd=folder, env=environ, stdout=subprocess.PIPE, check=True)
    return Used(**json.loads(done.stdout))
