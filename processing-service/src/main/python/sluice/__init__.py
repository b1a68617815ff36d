"""Programs that Sluice runs on Ray: read the run's input version, write its output version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sluice.errors import SluiceError, run

if TYPE_CHECKING:
    import ray.data

__all__ = ["SluiceError", "read", "run", "write"]


def read() -> "ray.data.Dataset":
    """The run's input version as a Ray dataset; see `sluice.dataset.read`."""
    from sluice import dataset

    return dataset.read()


def write(rows: "ray.data.Dataset", **options: Any) -> str:
    """Write a Ray dataset as the run's output; see `sluice.dataset.write`."""
    from sluice import dataset

    return dataset.write(rows, **options)
