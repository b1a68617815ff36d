"""Types of columns: those of CSV found from all of its values, those of many files made one."""

from __future__ import annotations

import io
from collections import Counter
from typing import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from sluice.errors import SluiceError

MOST_COLUMNS = 20_000
_BLOCK = 8 * 1024 * 1024
_INTEGER = r"^(0|-?[1-9][0-9]{0,17})$"
_NUMBER = r"^-?(0|[1-9][0-9]*)?(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$"
_LADDER = (pa.null(), pa.bool_(), pa.int64(), pa.float64(), pa.string())


def plain(table: pa.Table) -> pa.Table:
    """The table without metadata, extension types and dictionaries: values only.

    What a stranger's file says of Python classes, of pandas or of tensors is left behind.
    """
    columns = []
    for column in table.columns:
        kind = column.type
        if isinstance(kind, pa.BaseExtensionType):
            column = pa.chunked_array([one.storage for one in column.chunks], kind.storage_type)
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        columns.append(column)
    fields = [pa.field(name, one.type) for name, one in zip(table.column_names, columns)]
    return pa.table(columns, schema=pa.schema(fields))


def csv_schema(content: pa.NativeFile, path: str) -> pa.Schema:
    """The narrowest type of each column that loses nothing of any value.

    Whole numbers without leading zeros become int64, decimal numbers float64, `true` and `false`
    booleans, an empty field null; everything else is text.
    """
    kinds: dict[str, int] = {}
    for table in typed_csv(content, path, None):
        for name in table.column_names:
            at = kinds.get(name, 0)
            if at < len(_LADDER) - 1:
                kinds[name] = _joined(at, _kind(table.column(name)))
            else:
                kinds.setdefault(name, at)
    return pa.schema([(name, _LADDER[at]) for name, at in kinds.items()])


def _kind(column: pa.ChunkedArray) -> int:
    values = column.drop_null().unique() if len(column) < 100_000 else column.drop_null()
    if len(values) == 0:
        return 0
    if pc.all(pc.is_in(values, pa.array(["true", "false"]))).as_py():
        return 1
    if pc.all(pc.match_substring_regex(values, _INTEGER)).as_py():
        return 2
    # At most 15 digits come back as they were (IEEE 754 binary64).
    digits = pc.utf8_length(pc.replace_substring_regex(values, r"[eE].*|[^0-9]", ""))
    numbers = pc.and_(
        pc.match_substring_regex(values, _NUMBER),
        pc.and_(pc.match_substring_regex(values, "[0-9]"), pc.less_equal(digits, 15)),
    )
    return 3 if pc.all(numbers).as_py() else 4


def _joined(one: int, other: int) -> int:
    if 0 in (one, other) or one == other:
        return max(one, other)
    return 3 if {one, other} == {2, 3} else 4


def typed_csv(content: pa.NativeFile, path: str, schema: pa.Schema | None) -> Iterator[pa.Table]:
    """The rows of a file (RFC 4180, first line names); without a schema all columns are text."""
    names = _header(content, path)
    if not names:
        return
    kinds = {} if schema is None else {field.name: field.type for field in schema}
    options = csv.ConvertOptions(
        column_types={name: kinds.get(name, pa.string()) for name in names},
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        true_values=["true"],
        false_values=["false"],
    )
    content.seek(0)
    try:
        # The first line is skipped as a row, because names may hold line ends.
        reader = csv.open_csv(
            content,
            csv.ReadOptions(
                use_threads=False, block_size=_BLOCK, column_names=names, skip_rows_after_names=1
            ),
            csv.ParseOptions(delimiter=_delimiter(path), newlines_in_values=True),
            options,
        )
        for batch in reader:
            yield pa.Table.from_batches([batch])
    except pa.ArrowException as wrong:
        raise SluiceError(f"{path}: cannot be read as CSV: {wrong}") from None


def _delimiter(path: str) -> str:
    return "\t" if path.lower().endswith((".tsv", ".tab")) else ","


def _header(content: pa.NativeFile, path: str) -> list[str]:
    """The names in the first line, which must differ."""
    import csv as python_csv

    content.seek(0)
    raw = io.BufferedReader(_Unclosed(content))
    text = io.TextIOWrapper(raw, "utf-8-sig", newline="")
    try:
        names = next(python_csv.reader(text, delimiter=_delimiter(path)), [])
    except (python_csv.Error, UnicodeDecodeError) as wrong:
        raise SluiceError(f"{path}: cannot be read as CSV: {wrong}") from None
    finally:
        text.detach()
    few(names, path)
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise SluiceError(f"{path}: column {min(twice)!r} is named twice in the first line")
    if any("\0" in name for name in names):
        raise SluiceError(f"{path}: the first line holds NUL bytes")
    return names


def few(names: Sequence[str], path: str) -> None:
    """SluiceError for a table with more columns than anyone makes by intent."""
    if len(names) > MOST_COLUMNS:
        raise SluiceError(f"{path}: {len(names)} columns are more than {MOST_COLUMNS}")


class _Unclosed(io.RawIOBase):
    """An Arrow file as Python reads files."""

    def __init__(self, content: pa.NativeFile) -> None:
        self._content = content

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        some: bytes = self._content.read(len(view))
        view[: len(some)] = some
        return len(some)


def union(schemas: Iterable[pa.Schema], path: str = "") -> pa.Schema:
    """One schema for all: columns in the order in which they first come, types widened.

    SluiceError names a column whose types do not go together.
    """
    kinds: dict[str, pa.DataType] = {}
    for schema in schemas:
        for field in schema:
            known = kinds.get(field.name, pa.null())
            kinds[field.name] = _wider(known, field.type, field.name, path)
    return pa.schema(list(kinds.items()))


def _wider(one: pa.DataType, other: pa.DataType, name: str, path: str) -> pa.DataType:
    if one == other or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    if pa.types.is_list(one) or pa.types.is_list(other):
        inner = [kind.value_type if pa.types.is_list(kind) else kind for kind in (one, other)]
        return pa.list_(_wider(inner[0], inner[1], name, path))
    both = (one, other)
    if all(pa.types.is_integer(kind) for kind in both):
        return pa.int64()
    if all(pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in both):
        return pa.float64()
    if all(_is_bytes(kind) or _is_text(kind) for kind in both):
        return pa.binary() if any(_is_bytes(kind) for kind in both) else pa.large_string()
    if any(_is_text(kind) for kind in both) and not any(_is_bytes(kind) for kind in both):
        return pa.string()
    where = f"{path}: " if path else ""
    raise SluiceError(f"{where}column {name!r} is {one} in one place and {other} in another")


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))
