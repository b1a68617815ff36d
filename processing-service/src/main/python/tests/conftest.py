"""Ray, once for all tests that need it; on the loopback address, small, and with a token."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Iterator

import pytest

PYTHON_FOLDER = Path(__file__).resolve().parents[1]

# Ray reads these when it is imported.
os.environ.update(
    RAY_AUTH_MODE="token",
    RAY_AUTH_TOKEN=secrets.token_hex(16),
    RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER="0",
    RAY_USAGE_STATS_ENABLED="0",
)


@pytest.fixture(scope="session")
def ray_here() -> Iterator[None]:
    import ray

    for attempt in range(3):
        try:
            ray.init(
                num_cpus=2,
                include_dashboard=False,
                object_store_memory=128 * 1024 * 1024,
                logging_level=30,
                log_to_driver=False,
                runtime_env={"env_vars": {"PYTHONPATH": str(PYTHON_FOLDER)}},
            )
            break
        except Exception:  # a busy machine: Ray gives its node 30 seconds and raises just this
            ray.shutdown()
            if attempt == 2:
                raise
    yield
    ray.shutdown()
