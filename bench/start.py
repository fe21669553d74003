"""How long after `make demo` (on an installed tree) the page can be used."""

import contextlib
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from bench.figures import Figure
from bench.understanding import SIXTY

PATIENCE_S = 60.0
LOOK_EVERY_S = 0.02


def measure() -> list[Figure]:
    """Until the page is served and the app behind it says that it is ready."""
    page, http = _free_port(), _free_port()
    with tempfile.TemporaryDirectory(prefix="sixty-bench-") as folder:
        started = time.perf_counter()
        command = [str(SIXTY), "demo", "--port", str(page), "--http-port", str(http)]
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        try:
            for url in (f"http://127.0.0.1:{page}/", f"http://127.0.0.1:{http}/readyz"):
                _wait_for(url, process, until=started + PATIENCE_S)
            taken = time.perf_counter() - started
        finally:
            process.terminate()
            process.wait()
    return [Figure(name="demo_ready_s", value=taken, target=5, what="`sixty demo` → the page and the app answer")]


def _wait_for(url: str, process: subprocess.Popen[bytes], *, until: float) -> None:
    """Straight to this machine, whatever proxy is set."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.perf_counter() < until and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError), opener.open(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(LOOK_EVERY_S)
    raise RuntimeError(f"{url} did not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
