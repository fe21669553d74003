"""A worker process for ``bench.scale``: the app with a sequence of seven steps in place of the product's.

The first argument says for how many seconds one of the steps waits, as for a model's answer; the others are roles.
"""

import asyncio
import dataclasses
import sys

from app import serve
from bench.engine.sixty_jobs import SEVEN_STEPS, Four, Number, Three
from config import Role, load_settings
from logs import set_up_logging
from sequences.runner.loading import CONTEXT_TYPES
from sequences.sequence import Catalogue
from sequences.step import step


def seven_steps(waits_s: float) -> Catalogue:
    """Empty ones, but for the fourth when ``waits_s`` is not 0."""

    @step(critical=True)
    async def fourth(before: Three) -> Four:
        await asyncio.sleep(waits_s)
        return Four(n=before.n + 1)

    steps = SEVEN_STEPS.steps
    waiting = dataclasses.replace(SEVEN_STEPS, steps=(*steps[:3], fourth, *steps[4:])) if waits_s else SEVEN_STEPS
    return Catalogue((waiting,), CONTEXT_TYPES | {Number})


def main(waits_s: str, *roles: str) -> None:
    set_up_logging("INFO")
    asyncio.run(serve(load_settings(None), frozenset(map(Role, roles)), catalogue=seven_steps(float(waits_s))))


if __name__ == "__main__":
    main(*sys.argv[1:])
