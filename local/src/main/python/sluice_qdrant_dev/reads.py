"""The reading half of `qdrant.Points`."""

from __future__ import annotations

import time
from typing import Any

import qdrant_edge as edge

from sluice_qdrant_dev import filters
from sluice_qdrant_dev.collection import Collection
from sluice_qdrant_dev.problems import InvalidRequest, NotFound, Unsupported
from sluice_qdrant_dev.store import Store
from sluice_qdrant_dev.stubs import points_pb
from sluice_qdrant_dev.values import PointId, fill_payload, id_to_protocol, id_to_python
from sluice_qdrant_dev.vectors import (
    fill_vectors,
    query_vector,
    search_params,
    with_payload,
    with_vectors,
)

DEFAULT_LIMIT = 10
"""How many points a search or scroll returns when the request names no limit, as in Qdrant."""


class ReadCalls:
    """Reads see every write acknowledged before them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def Get(self, request: Any) -> Any:  # noqa: N802
        started = time.monotonic()
        shard = self._store.get(request.collection_name).shard
        ids = [id_to_python(one) for one in request.ids]
        found = shard.retrieve(ids, with_payload(request, True), with_vectors(request))
        response = points_pb.GetResponse(time=time.monotonic() - started)
        for record in found:
            _fill_record(response.result.add(), record)
        return response

    def Count(self, request: Any) -> Any:  # noqa: N802
        started = time.monotonic()
        shard = self._store.get(request.collection_name).shard
        condition = filters.to_engine(request.filter)
        count = shard.count(edge.CountRequest(exact=True, filter=condition))
        return points_pb.CountResponse(
            result=points_pb.CountResult(count=count), time=time.monotonic() - started
        )

    def Scroll(self, request: Any) -> Any:  # noqa: N802
        started = time.monotonic()
        if request.HasField("order_by"):
            raise Unsupported("a scroll by order_by")
        shard = self._store.get(request.collection_name).shard
        records, following = shard.scroll(
            edge.ScrollRequest(
                offset=id_to_python(request.offset) if request.HasField("offset") else None,
                limit=request.limit if request.HasField("limit") else DEFAULT_LIMIT,
                filter=filters.to_engine(request.filter),
                with_payload=with_payload(request, True),
                with_vector=with_vectors(request),
            )
        )
        response = points_pb.ScrollResponse(time=time.monotonic() - started)
        for record in records:
            _fill_record(response.result.add(), record)
        if following is not None:
            response.next_page_offset.CopyFrom(id_to_protocol(following))
        return response

    def Search(self, request: Any) -> Any:  # noqa: N802
        started = time.monotonic()
        response = points_pb.SearchResponse()
        _fill_hits(response.result, self._search(request))
        response.time = time.monotonic() - started
        return response

    def SearchBatch(self, request: Any) -> Any:  # noqa: N802
        response = points_pb.SearchBatchResponse()
        for one in request.search_points:
            one.collection_name = request.collection_name
            _fill_hits(response.result.add().result, self._search(one))
        return response

    def Query(self, request: Any) -> Any:  # noqa: N802
        started = time.monotonic()
        response = points_pb.QueryResponse()
        _fill_hits(response.result, self._query(request))
        response.time = time.monotonic() - started
        return response

    def QueryBatch(self, request: Any) -> Any:  # noqa: N802
        response = points_pb.QueryBatchResponse()
        for one in request.query_points:
            one.collection_name = request.collection_name
            _fill_hits(response.result.add().result, self._query(one))
        return response

    def _search(self, request: Any) -> list[edge.ScoredPoint]:
        if request.HasField("sparse_indices"):
            raise Unsupported("a sparse search")
        if request.limit < 1:
            raise InvalidRequest("Validation error: limit must be 1 or larger")
        using = request.vector_name if request.HasField("vector_name") else None
        nearest = edge.Query.Nearest(list(request.vector), using)
        return self._run(request, nearest, filters.to_engine(request.filter), request.limit)

    def _query(self, request: Any) -> list[edge.ScoredPoint]:
        if request.prefetch or request.HasField("lookup_from"):
            raise Unsupported("a query with prefetch or lookup")
        limit = request.limit if request.HasField("limit") else DEFAULT_LIMIT
        condition = filters.to_engine(request.filter)
        if not request.HasField("query"):
            return self._run(request, None, condition, limit)
        kind = request.query.WhichOneof("variant")
        if kind != "nearest":
            raise Unsupported(f"a {kind} query")
        using = request.using if request.HasField("using") else None
        wanted = request.query.nearest
        if wanted.WhichOneof("variant") == "id":
            point_id = id_to_python(wanted.id)
            vector = _stored(self._store.get(request.collection_name), point_id, using)
            condition = _without(point_id, condition)
        else:
            vector = query_vector(wanted)
        return self._run(request, edge.Query.Nearest(vector, using), condition, limit)

    def _run(
        self, request: Any, query: Any, condition: edge.Filter | None, limit: int
    ) -> list[edge.ScoredPoint]:
        shard = self._store.get(request.collection_name).shard
        threshold = request.score_threshold if request.HasField("score_threshold") else None
        return shard.query(
            edge.QueryRequest(
                limit=limit,
                offset=request.offset if request.HasField("offset") else None,
                query=query,
                filter=condition,
                score_threshold=threshold,
                params=search_params(request),
                with_payload=with_payload(request, False),
                with_vector=with_vectors(request),
            )
        )


def _stored(collection: Collection, point_id: PointId, using: str | None) -> Any:
    found = collection.shard.retrieve([point_id], False, True)
    if not found:
        raise NotFound(f"Not found: No point with id {point_id} found")
    vector = found[0].vector
    return vector[using or ""] if isinstance(vector, dict) else vector


def _without(point_id: PointId, condition: edge.Filter | None) -> edge.Filter:
    others: list[Any] = [edge.HasIdCondition({point_id})]
    return edge.Filter(must=[condition] if condition else None, must_not=others)


def _fill_record(target: Any, record: edge.Record) -> None:
    target.id.CopyFrom(id_to_protocol(record.id))
    fill_payload(target.payload, record.payload)
    if record.vector is not None:
        fill_vectors(target.vectors, record.vector)


def _fill_hits(target: Any, hits: list[edge.ScoredPoint]) -> None:
    for hit in hits:
        point = target.add()
        point.id.CopyFrom(id_to_protocol(hit.id))
        point.score = hit.score
        point.version = hit.version
        fill_payload(point.payload, hit.payload)
        if hit.vector is not None:
            fill_vectors(point.vectors, hit.vector)
