"""Vectors and the selectors of what a read returns."""

from __future__ import annotations

from typing import Any

import qdrant_edge as edge

from sluice_qdrant_dev.problems import InvalidRequest, Unsupported


def dense(vector: Any) -> list[float]:
    """The numbers of a protocol `Vector`; its old `data` field is read as well."""
    kind = vector.WhichOneof("vector")
    if kind == "dense":
        return list(vector.dense.data)
    if kind is not None:
        raise Unsupported(f"a {kind} vector")
    if vector.HasField("indices"):
        raise Unsupported("a sparse vector")
    if vector.HasField("vectors_count"):
        raise Unsupported("a multi-vector")
    return list(vector.data)


def vectors_to_engine(vectors: Any) -> Any:
    """What a point carries: one unnamed vector or vectors by name."""
    kind = vectors.WhichOneof("vectors_options")
    if kind == "vector":
        return dense(vectors.vector)
    if kind == "vectors":
        return {name: dense(one) for name, one in vectors.vectors.vectors.items()}
    raise InvalidRequest("a point carries no vector")


def query_vector(wanted: Any) -> list[float]:
    """The numbers of a query's `VectorInput`."""
    kind = wanted.WhichOneof("variant")
    if kind != "dense":
        raise Unsupported(f"a query by {kind}")
    return list(wanted.dense.data)


def fill_vectors(target: Any, vector: Any) -> None:
    """Write the engine's vector or vectors into a `VectorsOutput` field."""
    if isinstance(vector, dict):
        target.vectors.SetInParent()
        for name, values in vector.items():
            target.vectors.vectors[name].dense.data.extend(values)
    elif vector is not None:
        target.vector.dense.data.extend(vector)


def with_payload(request: Any, otherwise: bool) -> Any:
    """The engine's payload selector for a request with a `with_payload` field."""
    if not request.HasField("with_payload"):
        return otherwise
    selector = request.with_payload
    kind = selector.WhichOneof("selector_options")
    if kind == "include":
        return edge.PayloadSelector.Include(list(selector.include.fields))
    if kind == "exclude":
        return edge.PayloadSelector.Exclude(list(selector.exclude.fields))
    return bool(selector.enable)


def with_vectors(request: Any) -> bool | list[str]:
    """The engine's vector selector for a request with a `with_vectors` field."""
    if not request.HasField("with_vectors"):
        return False
    selector = request.with_vectors
    if selector.WhichOneof("selector_options") == "include":
        return list(selector.include.names)
    return bool(selector.enable)


def search_params(request: Any) -> edge.SearchParams | None:
    """Exactness and search width, when the request sets them."""
    if not request.HasField("params"):
        return None
    params = request.params
    return edge.SearchParams(
        hnsw_ef=params.hnsw_ef if params.HasField("hnsw_ef") else None,
        exact=params.exact if params.HasField("exact") else False,
    )


