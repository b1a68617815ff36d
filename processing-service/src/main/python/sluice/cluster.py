"""The Ray cluster that runs a job, and what `rayJobConfig` asks of it."""

from __future__ import annotations

import logging
from typing import Any

import ray

from sluice.spec import JobSpec

DEFAULT_PARALLELISM = 4
_RETRIES = 3
"""How often Ray does a task again whose worker died."""


def connect() -> None:
    """Join the cluster that runs this job, once."""
    if not ray.is_initialized():
        ray.init(logging_level=logging.WARNING, log_to_driver=False)


def parallelism(spec: JobSpec) -> int:
    """How many tasks of a stage run at once, at most."""
    return spec.ray.parallelism or DEFAULT_PARALLELISM


def task_options(spec: JobSpec) -> dict[str, Any]:
    """Options of every task: one CPU, the GPUs and the scheduling that the manifest asks for."""
    options: dict[str, Any] = {"num_cpus": 1, "max_retries": _RETRIES}
    if spec.ray.scheduling != "DEFAULT":
        options["scheduling_strategy"] = spec.ray.scheduling
    if spec.ray.gpu > 0:
        options["num_gpus"] = spec.ray.gpu
    return options
