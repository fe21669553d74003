"""The victims. A nursery imports the app once and forks: each life is a process of its own, and starts in a moment.

``python -m chaos.victim`` reads one JSON object per line (where a life shall live) and writes one per line: ``born``,
``ready`` and ``dead``, each with a pid. When the driver goes away, every life ends.
"""

import asyncio
import gc
import json
import os
import resource
import select
import signal
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app import running
from chaos.mortal import Mortality
from chaos.orders import Follower
from config import Settings
from gateways.model import anthropic as _anthropic  # noqa: F401  # found at once by a life that has a model
from logs import set_up_logging
from scheduler.clock import SteadyClock
from sequences.skills.warming import warm_up

CHUNK = 65_536


def main() -> None:
    """The nursery. It has one thread and no loop, so that forking it is sound."""
    warm_up()
    gc.freeze()
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    alive: set[int] = set()
    waiting = b""
    _say(nursery=os.getpid())
    while True:
        readable, _, _ = select.select([0, wake_read], [], [])
        if wake_read in readable:
            os.read(wake_read, CHUNK)
            alive.difference_update(_buried(alive))
        if 0 in readable:
            chunk = os.read(0, CHUNK)
            if not chunk:
                break
            *lines, waiting = (waiting + chunk).split(b"\n")
            alive.update(_bear(json.loads(line)) for line in lines)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def _say(**facts: int) -> None:
    # Short enough to be written at once, so that lines of several lives never mix.
    os.write(1, json.dumps(facts).encode() + b"\n")


def _buried(alive: set[int]) -> Iterator[int]:
    for pid in tuple(alive):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            _say(dead=pid, code=os.waitstatus_to_exitcode(status))
            yield pid


def _bear(home: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        _say(born=pid)
        return pid
    code = 70
    try:
        code = _live(home)
    except BaseException:  # nothing of the nursery may run in a life
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _live(home: dict[str, Any]) -> int:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(home["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ.update(home["environment"])
    set_up_logging("INFO")
    follower = Follower(Path(home["orders"]), Path(home["counts"]))
    Mortality(follower).watch()
    asyncio.run(_serve(Settings.model_validate(home["settings"]), follower))
    return 0


async def _serve(settings: Settings, follower: Follower) -> None:
    """What ``sixty run`` does, with a clock that the driver can move."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGUSR1, _tell_what_waits)
    async with running(settings, clock=SteadyClock(follower.clock)):  # as the app has its own
        _say(ready=os.getpid())
        await stop.wait()


def _tell_what_waits() -> None:
    """Into the log, for somebody who wonders why a point does not come to rest."""
    for task in asyncio.all_tasks():
        print(task.get_name(), *_awaited(task.get_coro()), sep="\n  ", file=sys.stderr, flush=True)


def _awaited(coroutine: Any) -> Iterator[str]:
    """From the outermost to the one that waits."""
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "ag_frame", None)
        yield f"{coroutine}" if frame is None else f"{frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_name}"
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "ag_await", None)


if __name__ == "__main__":
    main()
