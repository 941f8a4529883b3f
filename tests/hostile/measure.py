"""A command -> its exit code, its CPU seconds and its memory, as one line of JSON on a descriptor.

It runs as a small process of its own (`python -I -S measure.py DESCRIPTOR COMMAND…`): the system counts the memory of a
process from that of the one that started it, and the one that runs the tests is large.
"""

import json
import os
import resource
import sys

LIMIT = 60  # CPU seconds after which a case is ended


def measured(out: int, command: list[str]) -> dict[str, float]:
    """Run a command, which does not get the descriptor, and measure it."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        os.close(out)
        os.execvp(command[0], command)
    _, status, usage = os.wait4(child, 0)
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "cpu": usage.ru_utime + usage.ru_stime,
        "kib": usage.ru_maxrss,
    }


if __name__ == "__main__":
    descriptor, *words = sys.argv[1:]
    os.write(int(descriptor), json.dumps(measured(int(descriptor), words)).encode())
