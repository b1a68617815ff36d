"""`qdrant.Collections` and `qdrant.Qdrant`: collections, aliases, health."""

from __future__ import annotations

from typing import Any

from sluice_qdrant_dev.problems import AlreadyExists, NotFound
from sluice_qdrant_dev.store import Store
from sluice_qdrant_dev.stubs import collections_pb, health_pb

PROTOCOL_VERSION = "1.18.3"
"""The release of Qdrant whose clients this server is made and tested for."""

# Qdrant's defaults, which clients expect in an answer.
_HNSW = collections_pb.HnswConfigDiff(
    m=16, ef_construct=100, full_scan_threshold=10_000, max_indexing_threads=0, on_disk=False
)
_OPTIMIZERS = collections_pb.OptimizersConfigDiff(
    deleted_threshold=0.2,
    vacuum_min_vector_number=1_000,
    default_segment_number=0,
    indexing_threshold=10_000,
    flush_interval_sec=5,
)
_WAL = collections_pb.WalConfigDiff(wal_capacity_mb=32, wal_segments_ahead=0)


class HealthService:
    """Says that the server is there."""

    def HealthCheck(self, request: Any) -> Any:  # noqa: N802 - the protocol's names
        return health_pb.HealthCheckReply(
            title="qdrant (Sluice's development server)", version=PROTOCOL_VERSION
        )


class CollectionsService:
    """The calls about whole collections; each method answers one request message."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def Create(self, request: Any) -> Any:  # noqa: N802
        self._store.create(request)
        return collections_pb.CollectionOperationResponse(result=True)

    def Update(self, request: Any) -> Any:  # noqa: N802
        """Accepted without effect: tuning has no meaning on one small shard."""
        self._store.get(request.collection_name)
        return collections_pb.CollectionOperationResponse(result=True)

    def Delete(self, request: Any) -> Any:  # noqa: N802
        removed = self._store.delete(request.collection_name)
        return collections_pb.CollectionOperationResponse(result=removed)

    def List(self, request: Any) -> Any:  # noqa: N802
        return collections_pb.ListCollectionsResponse(
            collections=[
                collections_pb.CollectionDescription(name=name) for name in self._store.names()
            ]
        )

    def CollectionExists(self, request: Any) -> Any:  # noqa: N802
        exists = self._store.exists(request.collection_name)
        return collections_pb.CollectionExistsResponse(
            result=collections_pb.CollectionExists(exists=exists)
        )

    def Get(self, request: Any) -> Any:  # noqa: N802
        """Always green: every acknowledged point is found, because searches scan."""
        collection = self._store.get(request.collection_name)
        engine = collection.shard.info()
        asked = collection.request
        info = collections_pb.CollectionInfo(
            status=collections_pb.Green,
            optimizer_status=collections_pb.OptimizerStatus(ok=True),
            segments_count=engine.segments_count,
            points_count=engine.points_count,
            indexed_vectors_count=engine.indexed_vectors_count,
            config=collections_pb.CollectionConfig(
                params=collections_pb.CollectionParams(
                    shard_number=1,
                    replication_factor=1,
                    write_consistency_factor=1,
                    on_disk_payload=asked.on_disk_payload,
                    vectors_config=asked.vectors_config,
                ),
                hnsw_config=_HNSW,
                optimizer_config=_OPTIMIZERS,
                wal_config=_WAL,
            ),
        )
        info.config.hnsw_config.MergeFrom(asked.hnsw_config)
        info.config.optimizer_config.MergeFrom(asked.optimizers_config)
        info.config.wal_config.MergeFrom(asked.wal_config)
        for field, index in engine.payload_schema.items():
            kind = str(index.data_type).rpartition(".")[2]
            info.payload_schema[field].data_type = collections_pb.PayloadSchemaType.Value(kind)
            info.payload_schema[field].points = index.points
        return collections_pb.GetCollectionInfoResponse(result=info)

    def UpdateAliases(self, request: Any) -> Any:  # noqa: N802
        def apply(store: Store, aliases: dict[str, str]) -> None:
            for action in request.actions:
                _apply(action, store, aliases)

        self._store.change_aliases(apply)
        return collections_pb.CollectionOperationResponse(result=True)

    def ListAliases(self, request: Any) -> Any:  # noqa: N802
        return _alias_list(self._store.aliases())

    def ListCollectionAliases(self, request: Any) -> Any:  # noqa: N802
        name = request.collection_name
        self._store.get(name)
        aliases = self._store.aliases()
        return _alias_list({alias: of for alias, of in aliases.items() if of == name})


def _apply(action: Any, store: Store, aliases: dict[str, str]) -> None:
    kind = action.WhichOneof("action")
    if kind == "create_alias":
        name, alias = action.create_alias.collection_name, action.create_alias.alias_name
        if name not in store.names():
            raise NotFound(f"Not found: Collection `{name}` doesn't exist!")
        if alias in store.names():
            raise AlreadyExists(f"Wrong input: Collection `{alias}` already exists!")
        aliases[alias] = name
    elif kind == "rename_alias":
        old, new = action.rename_alias.old_alias_name, action.rename_alias.new_alias_name
        if old not in aliases:
            raise NotFound(f"Not found: Alias `{old}` doesn't exist!")
        aliases[new] = aliases.pop(old)
    elif kind == "delete_alias":
        aliases.pop(action.delete_alias.alias_name, None)


def _alias_list(aliases: dict[str, str]) -> Any:
    return collections_pb.ListAliasesResponse(
        aliases=[
            collections_pb.AliasDescription(alias_name=alias, collection_name=name)
            for alias, name in sorted(aliases.items())
        ]
    )
