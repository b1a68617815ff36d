"""The program of a run without an entrypoint: `python -m sluice.runner`."""

from __future__ import annotations

from typing import Callable

from sluice import text
from sluice.errors import SluiceError, run
from sluice.spec import JobSpec, fetch

PROGRAMS: dict[str, Callable[[JobSpec], str]] = {"text": text.process}
"""The built-in program of each source type."""


def program_for(source_type: str) -> Callable[[JobSpec], str]:
    """The built-in program; SluiceError names the types there are programs for."""
    if source_type not in PROGRAMS:
        raise SluiceError(
            f"no built-in program for source type {source_type!r} yet; give the manifest an"
            f" entrypoint, or one of these types: {', '.join(sorted(PROGRAMS))}"
        )
    return PROGRAMS[source_type]


def main() -> None:
    """Fetch the job spec and run the program for its source type."""
    spec = fetch()
    print(f"sluice: wrote {program_for(spec.source_type)(spec)}", flush=True)


if __name__ == "__main__":
    run(main)
