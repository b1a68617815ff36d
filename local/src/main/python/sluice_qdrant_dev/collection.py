"""One collection on disk: its creation request and one shard of the engine."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import qdrant_edge as edge

from sluice_qdrant_dev.problems import InvalidRequest, Unsupported
from sluice_qdrant_dev.stubs import collections_pb

_REQUEST_FILE = "create.pb"
_SHARD_FOLDER = "shard"
_DISTANCES = {
    collections_pb.Cosine: edge.Distance.Cosine,
    collections_pb.Euclid: edge.Distance.Euclid,
    collections_pb.Dot: edge.Distance.Dot,
    collections_pb.Manhattan: edge.Distance.Manhattan,
}


class Collection:
    """An open collection.

    Updates go to the engine's write-ahead log before they are acknowledged, so they outlive a
    killed process; `flush` makes them outlive the machine's power as well.
    """

    def __init__(self, folder: Path, request: Any, shard: edge.EdgeShard) -> None:
        self.folder = folder
        self.request = request
        self.shard = shard
        self._lock = threading.Lock()
        self._updates = 0
        self._dirty = False

    @staticmethod
    def create(folder: Path, request: Any) -> None:
        """Write a new, empty collection into a folder that does not exist yet."""
        config = _engine_config(request)
        shard_folder = folder / _SHARD_FOLDER
        shard_folder.mkdir(parents=True)
        edge.EdgeShard.create(str(shard_folder), config).close()
        (folder / _REQUEST_FILE).write_bytes(request.SerializeToString())

    @staticmethod
    def open(folder: Path) -> "Collection":
        """Open what `create` wrote, with all acknowledged updates."""
        request = collections_pb.CreateCollection()
        request.ParseFromString((folder / _REQUEST_FILE).read_bytes())
        return Collection(folder, request, edge.EdgeShard.load(str(folder / _SHARD_FOLDER)))

    def update(self, operation: edge.UpdateOperation) -> int:
        """Apply one operation and return its number in this process."""
        with self._lock:
            self._dirty = True
            self._updates += 1
            self.shard.update(operation)
            return self._updates

    def flush(self) -> None:
        """Bring updates since the last flush onto the disk."""
        with self._lock:
            if self._dirty:
                self.shard.flush()
                self._dirty = False

    def close(self) -> None:
        """Flush and let go of the files."""
        self.flush()
        with self._lock:
            self.shard.close()


def _engine_config(request: Any) -> edge.EdgeConfig:
    if request.HasField("sparse_vectors_config"):
        raise Unsupported("a collection with sparse vectors")
    kind = request.vectors_config.WhichOneof("config")
    if kind == "params":
        return edge.EdgeConfig(vectors=_vector_params(request.vectors_config.params))
    if kind == "params_map":
        named = request.vectors_config.params_map.map
        return edge.EdgeConfig(vectors={name: _vector_params(one) for name, one in named.items()})
    raise InvalidRequest("vectors_config is missing")


def _vector_params(params: Any) -> edge.EdgeVectorParams:
    if params.HasField("multivector_config"):
        raise Unsupported("a multi-vector")
    if params.size < 1 or params.size > 65536:
        raise InvalidRequest(f"vector size {params.size} is not between 1 and 65536")
    if params.distance not in _DISTANCES:
        raise InvalidRequest("the vector's distance is missing or unknown")
    return edge.EdgeVectorParams(size=params.size, distance=_DISTANCES[params.distance])
