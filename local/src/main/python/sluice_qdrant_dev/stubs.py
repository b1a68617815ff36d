"""Qdrant's generated protocol messages, taken from the installed `qdrant-client`.

The package is opened under a name of our own, because importing `qdrant_client` itself loads
its whole HTTP client (60 MB and a second of start-up) for nothing.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

_ALIAS = "_sluice_qdrant_protocol"


def _open(module: str) -> ModuleType:
    if _ALIAS not in sys.modules:
        found = importlib.util.find_spec("qdrant_client")
        if found is None or found.origin is None:
            raise ModuleNotFoundError("qdrant-client is not installed")
        folder = Path(found.origin).parent / "grpc"
        package = ModuleType(_ALIAS)
        package.__path__ = [str(folder)]
        sys.modules[_ALIAS] = package
    return importlib.import_module(f"{_ALIAS}.{module}")


common_pb = _open("qdrant_common_pb2")
collections_pb = _open("collections_pb2")
points_pb = _open("points_pb2")
values_pb = _open("json_with_int_pb2")
health_pb = _open("qdrant_pb2")
collections_service_pb = _open("collections_service_pb2")
points_service_pb = _open("points_service_pb2")
