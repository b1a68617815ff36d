"""What an operator is: typed parameters, rows in, rows out and a reason for each row that goes.

An operator is a frozen dataclass. Its fields are its parameters: `param` gives each a default, a
text for people and its limits, from which the catalogue's JSON Schema is made and against which a
manifest is checked. An operator keeps no state between batches and treats each row for itself,
unless it is a `Deduplicator`, whose decision needs all rows.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar, Mapping, Sequence, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.compute as pc

from sluice.errors import SluiceError

TEXT = "text"
"""The column that operators on text work on, unless their parameter `column` names another."""


def param(
    default: Any,
    description: str,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    choices: Sequence[str] | None = None,
    min_items: int | None = None,
) -> Any:
    """A parameter: its default (`...` for none, so that it must be given), meaning and limits."""
    limits = {
        "description": description,
        "minimum": minimum,
        "maximum": maximum,
        "enum": list(choices) if choices else None,
        "minItems": min_items,
    }
    metadata = {name: value for name, value in limits.items() if value is not None}
    if default is ...:
        return field(metadata=metadata)
    if isinstance(default, (list, dict)):
        return field(default_factory=lambda: type(default)(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Outcome:
    """What became of a batch.

    `reasons` has one entry for each row that came in: why it was dropped, null when it stays.
    `rows` are those that go on; of a row that stays there may be several, one after the other.
    """

    rows: pa.Table
    reasons: pa.Array

    @property
    def dropped(self) -> int:
        """How many rows went."""
        return len(self.reasons) - int(self.reasons.null_count)


@dataclass(frozen=True)
class Means:
    """What a run may use besides its rows: secrets by name, and endpoints it may call."""

    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    endpoints: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Operator(ABC):
    """A step of a chain; subclasses are the catalogue's entries."""

    name: ClassVar[str]
    group: ClassVar[str]
    title: ClassVar[str]
    reads: ClassVar[tuple[str, ...]] = (TEXT,)
    """Columns that must be there, besides those that parameters name."""

    @abstractmethod
    def apply(self, rows: pa.Table) -> Outcome:
        """Treat a batch; raising means that some row of it cannot be treated."""

    def equipped(self, means: Means) -> "Operator":
        """The operator with what it needs of these; SluiceError when that is not to be had."""
        return self

    @classmethod
    def described(cls) -> dict[str, Any]:
        """The catalogue's entry: name, group, title, description, columns that it reads besides
        those that parameters name, and the JSON Schema (2020-12) of its parameters."""
        return {
            "name": cls.name,
            "group": cls.group,
            "title": cls.title,
            "description": " ".join((cls.__doc__ or "").split()),
            "reads": list(cls.reads),
            "parameters": schema_of(cls),
        }


@dataclass(frozen=True, kw_only=True)
class Mapper(Operator):
    """Changes a column; every row stays."""

    column: str = param(TEXT, "Column to change.")

    def apply(self, rows: pa.Table) -> Outcome:
        changed = self.changed(texts(rows, self.column))
        place = rows.column_names.index(self.column)
        return everything(rows.set_column(place, rows.schema.field(place), changed))

    @abstractmethod
    def changed(self, values: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
        """The new values of the column, in order; null stays null."""


@dataclass(frozen=True, kw_only=True)
class Filter(Operator):
    """Drops rows by what a column holds; a null counts as an empty text."""

    column: str = param(TEXT, "Column to look at.")

    def apply(self, rows: pa.Table) -> Outcome:
        values = pc.fill_null(texts(rows, self.column), "")
        return kept(rows, self.reasons(values))

    @abstractmethod
    def reasons(self, values: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
        """Why each row goes, null where it stays."""


@dataclass(frozen=True, kw_only=True)
class Deduplicator(Operator):
    """Drops rows that repeat an earlier one, in the order of rows.

    First `signatures` is asked of each batch, then `repetitions` of all signatures together; the
    rows that it names are dropped.
    """

    column: str = param(TEXT, "Column that is compared.")

    @abstractmethod
    def signatures(self, rows: pa.Table) -> pa.Array:
        """What is compared of each row, small."""

    @abstractmethod
    def repetitions(self, signatures: pa.Array) -> pa.Array:
        """For each row whether (boolean) an earlier one that stays says the same."""

    def apply(self, rows: pa.Table) -> Outcome:
        """As if these were all rows."""
        return self.decided(rows, self.repetitions(self.signatures(rows)))

    def decided(self, rows: pa.Table, repeated: pa.Array) -> Outcome:
        """Drop the rows that are marked."""
        return kept(rows, when(repeated, "duplicate"))


def texts(rows: pa.Table, column: str) -> pa.ChunkedArray:
    """A column of text; SluiceError when there is none of that name or kind."""
    values = column_of(rows, column)
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        raise SluiceError(f"column {column!r} holds {values.type}, not text")
    return values


def encoded(rows: pa.Table, column: str) -> list[bytes | None]:
    """A column of bytes; SluiceError when there is none of that name or kind."""
    values = column_of(rows, column)
    if not (pa.types.is_binary(values.type) or pa.types.is_large_binary(values.type)):
        raise SluiceError(f"column {column!r} holds {values.type}, not bytes")
    made: list[bytes | None] = values.to_pylist()
    return made


def column_of(rows: pa.Table, name: str) -> pa.ChunkedArray:
    """A column; SluiceError names those that there are."""
    if name not in rows.column_names:
        raise SluiceError(f"there is no column {name!r} among {', '.join(rows.column_names)}")
    return rows.column(name)


def everything(rows: pa.Table) -> Outcome:
    """All rows stay."""
    return Outcome(rows, pa.nulls(rows.num_rows, pa.string()))


def kept(rows: pa.Table, reasons: pa.Array | pa.ChunkedArray) -> Outcome:
    """The rows without a reason stay."""
    why = reasons.combine_chunks() if isinstance(reasons, pa.ChunkedArray) else reasons
    why = why.cast(pa.string())
    return Outcome(rows.filter(pc.is_null(why)), why)


def when(condition: Any, reason: str) -> Any:
    """The reason where the condition holds, else null."""
    return pc.if_else(condition, pa.scalar(reason, pa.string()), pa.scalar(None, pa.string()))


def first_of(*reasons: Any) -> Any:
    """The first reason of each row that is not null."""
    return pc.coalesce(*reasons)


_JSON_TYPES: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def schema_of(operator: type[Operator]) -> dict[str, Any]:
    """JSON Schema of an operator's parameters."""
    hints = get_type_hints(operator)
    properties: dict[str, Any] = {}
    required: list[str] = []
    for one in dataclasses.fields(operator):
        if one.metadata.get("hidden"):
            continue
        entry = _type_of(hints[one.name]) | dict(one.metadata)
        if one.default is not dataclasses.MISSING:
            entry["default"] = one.default
        elif one.default_factory is not dataclasses.MISSING:
            entry["default"] = one.default_factory()
        else:
            required.append(one.name)
        properties[one.name] = entry
    whole: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return whole | ({"required": required} if required else {})


def _type_of(hint: Any) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin is list:
        return {"type": "array", "items": _type_of(get_args(hint)[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _type_of(get_args(hint)[1])}
    return {"type": _JSON_TYPES[hint]}
