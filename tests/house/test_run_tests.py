"""`make test` forgives a test that fails beside the others once, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.run_tests import A_HANDFUL

UNSTEADY = """
from pathlib import Path

def test_unsteady():
    seen = Path("seen")
    was_here = seen.exists()
    seen.touch()
    assert was_here
"""
STEADY = "def test_steady():\n    pass\n"
BROKEN = "def test_broken():\n    assert False\n"
MANY = (
    UNSTEADY.replace("def test", f"import pytest\n\n@pytest.mark.parametrize('n', range({A_HANDFUL + 1}))\ndef test")
    .replace("unsteady():", "unsteady(n):")
    .replace('"seen"', 'f"seen{n}"')
)


def run(folder: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    for number, test in enumerate(tests):
        (folder / f"test_{number}.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\n")
    code = (
        f"import sys; sys.path.insert(0, {str(Path.cwd())!r}); from scripts.run_tests import main; sys.exit(main([]))"
    )
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)


def test_one_that_passes_alone_is_named_and_does_not_stop(tmp_path: Path) -> None:
    done = run(tmp_path, UNSTEADY, STEADY)
    assert done.returncode == 0, done.stdout
    assert "  UNSTEADY test_0.py::test_unsteady" in done.stdout.splitlines()


@pytest.mark.parametrize("tests", [(BROKEN, UNSTEADY), (MANY,), ("import nothing_of_the_kind\n",)])
def test_what_is_broken_stays_broken(tmp_path: Path, tests: tuple[str, ...]) -> None:
    done = run(tmp_path, *tests)
    assert done.returncode != 0, done.stdout
    assert "UNSTEADY" not in done.stdout


def test_what_passes_runs_once(tmp_path: Path) -> None:
    done = run(tmp_path, STEADY)
    assert done.returncode == 0, done.stdout
    assert "alone" not in done.stdout
