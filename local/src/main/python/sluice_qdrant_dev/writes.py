"""The writing half of `qdrant.Points`."""

from __future__ import annotations

from typing import Any, Callable

import qdrant_edge as edge

from sluice_qdrant_dev import filters
from sluice_qdrant_dev.problems import InvalidRequest, Unsupported
from sluice_qdrant_dev.store import Store
from sluice_qdrant_dev.stubs import points_pb
from sluice_qdrant_dev.values import PointId, id_to_python, payload_to_python
from sluice_qdrant_dev.vectors import vectors_to_engine

_INDEX_KINDS = {
    points_pb.FieldTypeKeyword: edge.PayloadSchemaType.Keyword,
    points_pb.FieldTypeInteger: edge.PayloadSchemaType.Integer,
    points_pb.FieldTypeFloat: edge.PayloadSchemaType.Float,
    points_pb.FieldTypeGeo: edge.PayloadSchemaType.Geo,
    points_pb.FieldTypeText: edge.PayloadSchemaType.Text,
    points_pb.FieldTypeBool: edge.PayloadSchemaType.Bool,
    points_pb.FieldTypeDatetime: edge.PayloadSchemaType.Datetime,
    points_pb.FieldTypeUuid: edge.PayloadSchemaType.Uuid,
}
_MODES = {
    points_pb.Upsert: None,
    points_pb.InsertOnly: edge.UpdateMode.InsertOnly,
    points_pb.UpdateOnly: edge.UpdateMode.UpdateOnly,
}


class WriteCalls:
    """Each call is applied before it is answered, whatever `wait` says."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def Upsert(self, request: Any) -> Any:  # noqa: N802
        condition = filters.to_engine(request.update_filter)
        points = [_point(one) for one in request.points]
        mode = _MODES[request.update_mode]
        return self._apply(request, edge.UpdateOperation.upsert_points(points, condition, mode))

    def Delete(self, request: Any) -> Any:  # noqa: N802
        return self._apply(request, _delete(request.points))

    def UpdateVectors(self, request: Any) -> Any:  # noqa: N802
        moved = [
            edge.PointVectors(id_to_python(one.id), vectors_to_engine(one.vectors))
            for one in request.points
        ]
        return self._apply(request, edge.UpdateOperation.update_vectors(moved))

    def SetPayload(self, request: Any) -> Any:  # noqa: N802
        return self._apply(request, _set_payload(request))

    def OverwritePayload(self, request: Any) -> Any:  # noqa: N802
        return self._apply(request, _overwrite_payload(request))

    def DeletePayload(self, request: Any) -> Any:  # noqa: N802
        return self._apply(request, _delete_payload(request))

    def ClearPayload(self, request: Any) -> Any:  # noqa: N802
        return self._apply(request, _clear_payload(request.points))

    def CreateFieldIndex(self, request: Any) -> Any:  # noqa: N802
        kind = _INDEX_KINDS[request.field_type]
        return self._apply(
            request, edge.UpdateOperation.create_field_index(request.field_name, kind)
        )

    def DeleteFieldIndex(self, request: Any) -> Any:  # noqa: N802
        return self._apply(request, edge.UpdateOperation.delete_field_index(request.field_name))

    def UpdateBatch(self, request: Any) -> Any:  # noqa: N802
        """In order, one after the other; like Qdrant's, not one transaction."""
        collection = self._store.get(request.collection_name)
        operations = [_batched(one) for one in request.operations]
        results = [_done(collection.update(one)) for one in operations]
        return points_pb.UpdateBatchResponse(result=results)

    def _apply(self, request: Any, operation: edge.UpdateOperation) -> Any:
        number = self._store.get(request.collection_name).update(operation)
        return points_pb.PointsOperationResponse(result=_done(number))


def _done(number: int) -> Any:
    return points_pb.UpdateResult(operation_id=number, status=points_pb.Completed)


def _point(point: Any) -> edge.Point:
    return edge.Point(
        id_to_python(point.id), vectors_to_engine(point.vectors), payload_to_python(point.payload)
    )


def _on(
    selector: Any,
    by_ids: Callable[[list[PointId]], edge.UpdateOperation],
    by_filter: Callable[[edge.Filter], edge.UpdateOperation],
) -> edge.UpdateOperation:
    """The operation on what a `PointsSelector` names: a list of points or a filter."""
    kind = selector.WhichOneof("points_selector_one_of")
    if kind == "points":
        return by_ids([id_to_python(one) for one in selector.points.ids])
    if kind == "filter":
        return by_filter(filters.to_engine(selector.filter) or edge.Filter())
    raise InvalidRequest("no points are selected")


def _delete(selector: Any) -> edge.UpdateOperation:
    return _on(
        selector,
        edge.UpdateOperation.delete_points,
        edge.UpdateOperation.delete_points_by_filter,
    )


def _set_payload(request: Any) -> edge.UpdateOperation:
    key = request.key if request.HasField("key") else None
    payload = payload_to_python(request.payload)
    return _on(
        request.points_selector,
        lambda ids: edge.UpdateOperation.set_payload(ids, payload, key),
        lambda condition: edge.UpdateOperation.set_payload_by_filter(condition, payload, key),
    )


def _overwrite_payload(request: Any) -> edge.UpdateOperation:
    payload = payload_to_python(request.payload)
    return _on(
        request.points_selector,
        lambda ids: edge.UpdateOperation.overwrite_payload(ids, payload),
        lambda condition: edge.UpdateOperation.overwrite_payload_by_filter(condition, payload),
    )


def _delete_payload(request: Any) -> edge.UpdateOperation:
    keys = list(request.keys)
    return _on(
        request.points_selector,
        lambda ids: edge.UpdateOperation.delete_payload(ids, keys),
        lambda condition: edge.UpdateOperation.delete_payload_by_filter(condition, keys),
    )


def _clear_payload(selector: Any) -> edge.UpdateOperation:
    return _on(
        selector,
        edge.UpdateOperation.clear_payload,
        edge.UpdateOperation.clear_payload_by_filter,
    )


def _batched(operation: Any) -> edge.UpdateOperation:
    kind = operation.WhichOneof("operation")
    if kind == "upsert":
        return edge.UpdateOperation.upsert_points([_point(one) for one in operation.upsert.points])
    if kind == "delete_points":
        return _delete(operation.delete_points.points)
    if kind == "set_payload":
        return _set_payload(operation.set_payload)
    if kind == "overwrite_payload":
        return _overwrite_payload(operation.overwrite_payload)
    if kind == "delete_payload":
        return _delete_payload(operation.delete_payload)
    if kind == "clear_payload":
        return _clear_payload(operation.clear_payload.points)
    raise Unsupported(f"the batched operation {kind}")
