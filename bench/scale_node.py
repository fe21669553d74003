"""A worker process for ``bench.scale``: the app with a sequence of seven empty steps in place of the product's."""

import asyncio
import sys

from app import serve
from bench.engine.sixty_jobs import SEVEN_STEPS, Number
from config import Role, load_settings
from logs import set_up_logging
from sequences.runner.loading import CONTEXT_TYPES
from sequences.sequence import Catalogue

CATALOGUE = Catalogue((SEVEN_STEPS,), CONTEXT_TYPES | {Number})

if __name__ == "__main__":
    set_up_logging("INFO")
    asyncio.run(serve(load_settings(None), frozenset(map(Role, sys.argv[1:])), catalogue=CATALOGUE))
