"""The program of a run without an entrypoint: `python -m sluice.runner`."""

from __future__ import annotations

from sluice.errors import run
from sluice.spec import fetch


def main() -> None:
    """Fetch the job spec and do what its manifest says."""
    from sluice import execution, sample

    spec = fetch()
    print(f"sluice: {spec.run_id} attempt {spec.attempt}: {len(spec.files)} files", flush=True)
    if spec.dry_run_rows is not None:
        sample.run(spec)
        print("sluice: sent the sample", flush=True)
    else:
        print(f"sluice: wrote {execution.run(spec)}", flush=True)


if __name__ == "__main__":
    run(main)
