"""How a program of Sluice fails: one line a person can act on."""

from __future__ import annotations

import sys
from typing import Callable


class SluiceError(Exception):
    """A failure whose text is the reason shown to the person who started the run."""


def reason(failure: BaseException) -> str:
    """The one line that says why: the innermost SluiceError if there is one.

    Ray wraps what a task raised, in `cause` or in `__cause__`, more than once at times.
    """
    seen: list[BaseException] = []
    current: BaseException | None = failure
    while current is not None and current not in seen:
        seen.append(current)
        current = getattr(current, "cause", None) or current.__cause__ or current.__context__
    named = [one for one in seen if type(one) is SluiceError]
    innermost = named[-1] if named else seen[-1]
    lines = str(innermost).strip().splitlines()
    text = lines[-1] if lines else type(innermost).__name__
    return text if named else f"{type(innermost).__name__}: {text}"


def run(program: Callable[[], None]) -> None:
    """Run a program's main function; on failure print `sluice: <reason>` and exit with 1."""
    try:
        program()
    except Exception as failure:  # the edge of the process
        sys.stdout.flush()
        print(f"sluice: {reason(failure)}", file=sys.stderr, flush=True)
        sys.exit(1)
