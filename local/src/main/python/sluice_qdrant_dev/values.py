"""Payloads and point ids: between protocol messages and plain Python values."""

from __future__ import annotations

from typing import Any, Mapping
from uuid import UUID

from sluice_qdrant_dev.problems import InvalidRequest
from sluice_qdrant_dev.stubs import common_pb, values_pb

PointId = int | str | UUID


def to_python(value: Any) -> Any:
    """A protocol `Value` as None, bool, int, float, str, list or dict."""
    kind = value.WhichOneof("kind")
    if kind is None or kind == "null_value":
        return None
    if kind == "struct_value":
        return payload_to_python(value.struct_value.fields)
    if kind == "list_value":
        return [to_python(item) for item in value.list_value.values]
    return getattr(value, kind)


def payload_to_python(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A protocol payload map as a plain dictionary."""
    return {key: to_python(value) for key, value in payload.items()}


def fill_value(target: Any, value: Any) -> None:
    """Write a plain value into the protocol `Value` given."""
    if value is None:
        target.null_value = values_pb.NULL_VALUE
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, int):
        target.integer_value = value
    elif isinstance(value, float):
        target.double_value = value
    elif isinstance(value, str):
        target.string_value = value
    elif isinstance(value, dict):
        target.struct_value.SetInParent()
        fill_payload(target.struct_value.fields, value)
    else:
        target.list_value.SetInParent()
        for item in value:
            fill_value(target.list_value.values.add(), item)


def fill_payload(target: Any, payload: Mapping[str, Any] | None) -> None:
    """Write a plain dictionary into a protocol payload map."""
    for key, value in (payload or {}).items():
        fill_value(target[key], value)


def id_to_python(point_id: Any) -> PointId:
    """A protocol point id as an unsigned integer or the text of a UUID."""
    kind = point_id.WhichOneof("point_id_options")
    if kind == "num":
        return int(point_id.num)
    if kind == "uuid":
        try:
            return str(UUID(point_id.uuid))
        except ValueError as malformed:
            raise InvalidRequest(f"Unable to parse UUID: {point_id.uuid}") from malformed
    raise InvalidRequest("a point id is missing")


def id_to_protocol(point_id: PointId) -> Any:
    """An engine's point id as a protocol message."""
    if isinstance(point_id, int):
        return common_pb.PointId(num=point_id)
    return common_pb.PointId(uuid=str(point_id))
