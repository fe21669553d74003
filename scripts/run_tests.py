"""`make test`: the suite beside itself, then once more, alone, the few that failed.

Seven thousand tests on a few cores now and then meet a moment that none of them is about. Such a test is a bug all the
same, its own or the product's: it is named at the end, and CONTRIBUTING.md says what to do with it. A test that fails
alone as well fails the run, and so do more than a handful.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

# One more than there are cores: much of the time goes into waiting for disks, browsers and other processes.
WORKERS = (os.cpu_count() or 1) + 1
BESIDE_EACH_OTHER = ("--numprocesses", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder")
ALONE = ("--numprocesses", "0", "--last-failed", "--last-failed-no-failures", "none")
A_HANDFUL = 5
SOME_FAILED = 1  # pytest's exit code; the others say that it could not run
LAST_FAILED = Path("v", "cache", "lastfailed")


def main(arguments: Sequence[str]) -> int:
    """The exit code for ``arguments`` of pytest."""
    with tempfile.TemporaryDirectory(prefix="sixty-tests-") as folder:
        code = _run(Path(folder), *BESIDE_EACH_OTHER, *arguments)
        failed = _failed(Path(folder)) if code == SOME_FAILED else []
        if not 0 < len(failed) <= A_HANDFUL:
            return code
        print(f"\nOnce more, alone: {', '.join(failed)}", flush=True)
        code = _run(Path(folder), *ALONE, *arguments)
    if code == 0:
        print("\nThese failed beside the others and passed alone. CONTRIBUTING.md says what to do with them:")
        print("\n".join(f"  UNSTEADY {name}" for name in failed), flush=True)
    return code


def _run(cache: Path, *arguments: str) -> int:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-o", f"cache_dir={cache}", *arguments], check=False
    ).returncode


def _failed(cache: Path) -> list[str]:
    """Names of tests. None when pytest kept no list, as when a worker was killed."""
    try:
        return sorted(json.loads((cache / LAST_FAILED).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
