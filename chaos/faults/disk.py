"""The disk is full for a while. SQLite lives on a small memory disk of its own, so that nothing else suffers."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from chaos.trial import Deed, Trial

SIZE_MB = 24
FULL_S = 2.5
BLOCK = 4096
COMPLAINT = b"its disk is full"  # what the app's log says about it


class NoDiskError(Exception):
    """A disk of our own cannot be had here. The message says why."""


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A mounted memory disk. NoDiskError where that is not allowed."""
    place = folder / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        raise NoDiskError(f"no memory disk can be mounted: {mounted.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=False)


class Full:
    """``place`` is where the house's database lives."""

    def __init__(self, place: Path) -> None:
        self._place = place

    async def __call__(self, trial: Trial) -> Deed:
        draw = trial.draw()
        share, left = draw.uniform(0, 0.8), draw.choice((0, 1, 4, 16))
        log = trial.house.home.log
        already = log.stat().st_size
        await trial.until_share(share)
        filler = self._place / "filler"
        _fill(filler, leave=left * BLOCK)
        await trial.after(FULL_S)
        filler.unlink()
        await trial.rest()
        has_struck = COMPLAINT in log.read_bytes()[already:]
        what = f"{share:.0%} into the run, {left * BLOCK} bytes left, for {FULL_S} s"
        return Deed(fault="disk full under SQLite", what=what, has_struck=has_struck)


def _fill(filler: Path, *, leave: int) -> None:
    found = os.statvfs(filler.parent)
    free = found.f_bavail * found.f_frsize
    # Unbuffered: a buffer would be written once more when the file is closed.
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for _ in range(max(0, free - leave) // BLOCK):
            file.write(b"\0" * BLOCK)
