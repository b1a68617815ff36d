"""How a program of Sluice fails: one line a person can act on."""

from __future__ import annotations

import sys
import traceback
from typing import Callable


_CAUSED = "The above exception was the direct cause"
"""In the text of Ray's errors, what comes after the traceback of the task's own failure."""


class SluiceError(Exception):
    """A failure whose text is the reason shown to the person who started the run."""


class TemporaryError(SluiceError):
    """A failure that may pass: another attempt is worth while."""


EXIT_TEMPORARY = 75
"""Exit code of a program that says so: EX_TEMPFAIL of sysexits.h."""


def temporary(failure: BaseException) -> bool:
    """Whether another attempt may succeed: Ray lost a worker or a node, or a server was away."""
    names = {"WorkerCrashedError", "NodeDiedError", "ObjectLostError", "OwnerDiedError"}
    return any(
        isinstance(one, TemporaryError) or names & {kind.__name__ for kind in type(one).__mro__}
        for one in _causes(failure)
    )


def reason(failure: BaseException) -> str:
    """The one line that says why: that of the SluiceError if there is one.

    Ray wraps what a task raised, in `cause` or in `__cause__`, and Ray Data adds lines of
    advice to its text.
    """
    seen = _causes(failure)
    for one in seen:
        if type(one) in (SluiceError, TemporaryError):
            return _lines(one)[0]
    own = next((one for one in seen if type(one).__module__.partition(".")[0] != "ray"), None)
    if own is not None:
        return f"{type(own).__name__}: {_lines(own)[-1]}"
    return _lines(failure, until=_CAUSED)[-1]


def _causes(failure: BaseException) -> list[BaseException]:
    seen: list[BaseException] = []
    current: BaseException | None = failure
    while current is not None and current not in seen:
        seen.append(current)
        current = getattr(current, "cause", None) or current.__cause__ or current.__context__
    return seen


def _lines(failure: BaseException, until: str | None = None) -> list[str]:
    text = str(failure).partition(until)[0] if until else str(failure)
    return text.strip().splitlines() or [type(failure).__name__]


def run(program: Callable[[], None]) -> None:
    """Run a program's main function; on failure print `sluice: <reason>` and exit with 1, or
    with EXIT_TEMPORARY when another attempt may succeed.

    A failure that is not a SluiceError leaves its traceback before that line.
    """
    try:
        program()
    except Exception as failure:  # the edge of the process
        sys.stdout.flush()
        if not isinstance(failure, SluiceError):
            traceback.print_exception(failure)
        print(f"sluice: {reason(failure)}", file=sys.stderr, flush=True)
        sys.exit(EXIT_TEMPORARY if temporary(failure) else 1)
