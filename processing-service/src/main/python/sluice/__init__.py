"""Programs that Sluice runs on Ray: read the run's input version, write its output version."""

from __future__ import annotations

from typing import Any

from sluice.errors import SluiceError, TemporaryError, run

__all__ = [
    "SluiceError",
    "TemporaryError",
    "filter",
    "main",
    "map",
    "read",
    "repartition",
    "run",
    "write",
]


def __getattr__(name: str) -> Any:
    """What needs Ray Data is loaded when it is used; see `sluice.dataset`."""
    if name in ("filter", "main", "map", "read", "repartition", "write"):
        from sluice import dataset

        return getattr(dataset, name)
    raise AttributeError(name)
