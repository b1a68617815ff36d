"""Filters of the protocol as filters of the engine."""

from __future__ import annotations

from typing import Any

import qdrant_edge as edge

from sluice_qdrant_dev.problems import InvalidRequest, Unsupported
from sluice_qdrant_dev.values import id_to_python


def to_engine(filter_message: Any) -> edge.Filter | None:
    """The engine's filter, or None when the message holds no condition."""
    if filter_message is None or not filter_message.ListFields():
        return None
    min_should = None
    if filter_message.HasField("min_should"):
        min_should = edge.MinShould(
            [_condition(one) for one in filter_message.min_should.conditions],
            filter_message.min_should.min_count,
        )
    return edge.Filter(
        must=[_condition(one) for one in filter_message.must] or None,
        should=[_condition(one) for one in filter_message.should] or None,
        must_not=[_condition(one) for one in filter_message.must_not] or None,
        min_should=min_should,
    )


def _condition(condition: Any) -> Any:
    kind = condition.WhichOneof("condition_one_of")
    if kind == "field":
        return _field(condition.field)
    if kind == "is_empty":
        return edge.IsEmptyCondition(condition.is_empty.key)
    if kind == "is_null":
        return edge.IsNullCondition(condition.is_null.key)
    if kind == "has_id":
        return edge.HasIdCondition({id_to_python(one) for one in condition.has_id.has_id})
    if kind == "filter":
        return to_engine(condition.filter) or edge.Filter()
    if kind == "nested":
        nested = to_engine(condition.nested.filter) or edge.Filter()
        return edge.NestedCondition(condition.nested.key, nested)
    if kind is None:
        raise InvalidRequest("a filter holds an empty condition")
    raise Unsupported(f"the filter condition {kind}")


def _field(field: Any) -> edge.FieldCondition:
    if field.HasField("match"):
        return edge.FieldCondition(field.key, match=_match(field.match))
    if field.HasField("range"):
        return edge.FieldCondition(field.key, range=edge.RangeFloat(**_bounds(field.range)))
    if field.HasField("datetime_range"):
        bounds = {name: at.ToJsonString() for name, at in _bounds(field.datetime_range).items()}
        return edge.FieldCondition(field.key, range=edge.RangeDateTime(**bounds))
    if field.HasField("values_count"):
        counts = edge.ValuesCount(**_bounds(field.values_count))
        return edge.FieldCondition(field.key, values_count=counts)
    if field.HasField("is_empty"):
        return edge.FieldCondition(field.key, is_empty=field.is_empty)
    if field.HasField("is_null"):
        return edge.FieldCondition(field.key, is_null=field.is_null)
    raise Unsupported(f"the condition on {field.key!r} (match, range, values_count are)")


def _bounds(message: Any) -> dict[str, Any]:
    names = ("gt", "gte", "lt", "lte")
    return {name: getattr(message, name) for name in names if message.HasField(name)}


def _match(match: Any) -> Any:
    kind = match.WhichOneof("match_value")
    if kind in ("keyword", "integer", "boolean"):
        return edge.MatchValue(getattr(match, kind))
    if kind == "keywords":
        return edge.MatchAny(list(match.keywords.strings))
    if kind == "integers":
        return edge.MatchAny(list(match.integers.integers))
    if kind == "except_keywords":
        return edge.MatchExcept(list(match.except_keywords.strings))
    if kind == "except_integers":
        return edge.MatchExcept(list(match.except_integers.integers))
    if kind == "text":
        return edge.MatchText(match.text)
    raise Unsupported(f"the match {kind}")
