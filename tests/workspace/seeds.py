"""The tests' seed with a few things changed, written where a test may write."""

from pathlib import Path
from typing import Any

import yaml

from tests.workspace.conftest import SEED


def changed_seed(directory: Path, **app: Any) -> Path:
    """``app`` are facts of the first app."""
    data = yaml.safe_load(SEED.read_text())
    data["apps"][0] |= app
    path = directory / "seed.yaml"
    path.write_text(yaml.safe_dump(data))
    return path
