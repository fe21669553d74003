"""Runs a command and prints what it used, as JSON. A process of its own with nothing imported: a child's peak memory
counts from what its parent holds, and the parent that measures holds a whole workspace."""

import json
import os
import subprocess
import sys


def main() -> None:
    with subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    peak_kb = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    print(json.dumps({"cpu_s": used.ru_utime + used.ru_stime, "peak_mb": peak_kb / 1024}))
    sys.exit(process.returncode)


if __name__ == "__main__":
    main()
