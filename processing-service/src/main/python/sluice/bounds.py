"""What a stranger's file may cost the process that decodes it.

A decoder is told sizes by the file: what it asks for beyond the bound is refused by the kernel, so
that it fails with an error that costs the file or its row, not with a process killed for memory.
"""

from __future__ import annotations

import os
import resource
from contextlib import contextmanager
from typing import Iterator

MOST_MEMORY = 4 * 1024 * 1024 * 1024
"""Bytes that one step of reading a file may take; a document of 512 MiB needs less."""


@contextmanager
def bounded(most: int = MOST_MEMORY) -> Iterator[None]:
    """Refuse the process more than so many bytes on top of what it has now (Linux only)."""
    taken = _taken()
    if taken is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [one for one in (soft, hard, taken + most) if one != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _taken() -> int | None:
    """Bytes of private writable memory, None where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as told:
            return int(told.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None
