"""Start a Ray head in the foreground: `python -m sluice_ray_dev --dashboard-port 18265`.

The head is Ray's own `ray start --head --block`, told to stay small and on the loopback
address. It serves Ray's Jobs API on the dashboard port behind a bearer token and ends, with
all its children, when this process ends. For development on one machine only.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from sluice_ray_dev.settings import HeadSettings, LONGEST_TEMP_DIR, environment


def parse(arguments: list[str]) -> HeadSettings:
    """Read the command line; exits with code 2 and a message when it makes no sense."""
    parser = argparse.ArgumentParser(prog="sluice_ray_dev", description=__doc__)
    parser.add_argument("--dashboard-port", type=int, default=18265, help="Jobs API, HTTP")
    parser.add_argument("--gcs-port", type=int, default=0, help="0 = the dashboard port + 1")
    parser.add_argument("--num-cpus", type=int, default=2)
    parser.add_argument("--num-gpus", type=int, default=0)
    parser.add_argument("--object-store-mb", type=int, default=128, help="at least 80")
    parser.add_argument("--temp-dir", type=Path, help=f"at most {LONGEST_TEMP_DIR} characters")
    given = parser.parse_args(arguments)
    temp_dir = given.temp_dir or Path(tempfile.gettempdir()) / f"sluice-ray-{given.dashboard_port}"
    try:
        return HeadSettings(
            dashboard_port=given.dashboard_port,
            gcs_port=given.gcs_port or given.dashboard_port + 1,
            num_cpus=given.num_cpus,
            num_gpus=given.num_gpus,
            object_store_bytes=given.object_store_mb * 1024 * 1024,
            temp_dir=temp_dir,
        )
    except ValueError as problem:
        parser.error(str(problem))


def main() -> None:
    """Set the environment before Ray is imported, then hand over to Ray's own command."""
    settings = parse(sys.argv[1:])
    if not (os.environ.get("RAY_AUTH_TOKEN") or os.environ.get("RAY_AUTH_TOKEN_PATH")):
        sys.exit("sluice_ray_dev: set RAY_AUTH_TOKEN or RAY_AUTH_TOKEN_PATH: a head without a"
                 " token would run anybody's code")
    os.environ.update(environment(dict(os.environ)))
    settings.temp_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    print("sluice_ray_dev: a Ray head for development only", file=sys.stderr)

    from sluice_ray_dev.slim import keep_only_the_jobs_api
    from ray.scripts.scripts import main as ray_command

    keep_only_the_jobs_api()
    sys.argv = ["ray", *settings.ray_arguments()]
    ray_command()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
