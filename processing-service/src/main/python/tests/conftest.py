"""Ray, once for all tests that need it; it stays off the network and small."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Iterator

import pytest

PYTHON_FOLDER = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def ray_here() -> Iterator[None]:
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray

    ray.init(
        num_cpus=2,
        include_dashboard=False,
        object_store_memory=128 * 1024 * 1024,
        logging_level=30,
        log_to_driver=False,
        runtime_env={"env_vars": {"PYTHONPATH": str(PYTHON_FOLDER)}},
    )
    yield
    ray.shutdown()
