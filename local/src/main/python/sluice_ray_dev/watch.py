"""Watches Ray's processes, whose parent it is: all of them live, or none.

Runs alone, without Ray and without the rest of this package, to stay at a few megabytes.
"""

import os
import signal
import sys
import time

_GRACE_SECONDS = 10.0


def main() -> int:
    """Wait for SIGTERM or SIGINT (0), or for a child that ends by itself (1); end the others."""
    children = {int(text) for text in sys.argv[1:]}
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda which, frame: asked.append(which))
    lost = 0
    while not asked and not lost:
        lost = next((pid for pid in _ended() if pid in children), 0)
        time.sleep(0.2)
    if lost:
        print(f"sluice_ray_dev: Ray's process {lost} ended; ending the others", file=sys.stderr)
    _end_all(children - {lost})
    return 1 if lost else 0


def _ended() -> list[int]:
    """The children that ended since the last look."""
    ended = []
    try:
        while (found := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            ended.append(found)
    except ChildProcessError:
        pass
    return ended


def _end_all(children: set[int]) -> None:
    _signal(children, signal.SIGTERM)
    end = time.monotonic() + _GRACE_SECONDS
    while children and time.monotonic() < end:
        children = children - set(_ended())
        time.sleep(0.05)
    _signal(children, signal.SIGKILL)


def _signal(children: set[int], number: signal.Signals) -> None:
    for pid in children:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    sys.exit(main())
