"""The readers: what a file of the input version is as rows.

Every row has a `record_key`. Files are given as seekable Arrow files whose bytes have been checked
against the version; what a reader cannot read raises `SluiceError`, which names the file.
"""

from __future__ import annotations

from typing import Callable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json
import pyarrow.parquet as pq

from sluice import documents
from sluice.bounds import bounded
from sluice.errors import SluiceError
from sluice.formats import tfrecords
from sluice.formats.keys import KEY, keys_of_column, keys_of_rows, record_key, text_digest
from sluice.formats.types import few, plain, typed_csv
from sluice.spec import InputFile

ROWS_PER_TABLE = 20_000
LARGEST_DOCUMENT = 512 * 1024 * 1024
"""Bytes of the largest file that is read as a whole: a document, an image, a binary file."""

DOCUMENTS = pa.schema(
    [
        (KEY, pa.string()),
        ("path", pa.string()),
        ("text", pa.string()),
        ("page", pa.int32()),
        ("heading", pa.string()),
        ("source_sha256", pa.string()),
    ]
)
IMAGES = pa.schema(
    [
        (KEY, pa.string()),
        ("path", pa.string()),
        ("media_type", pa.string()),
        ("image", pa.binary()),
        ("source_sha256", pa.string()),
    ]
)
BINARIES = IMAGES.set(3, pa.field("content", pa.binary()))

_JSON_TEXT = pa.schema([("text", pa.string())])
_JSON_BLOCK = 8 * 1024 * 1024

TABULAR = frozenset(("csv", "parquet", "tfrecords"))
"""Source types whose columns are in the files; they are surveyed first, for one schema of all."""


def tables(
    source_type: str,
    file: InputFile,
    content: pa.NativeFile,
    schema: pa.Schema | None = None,
    key_column: str | None = None,
    groups: Sequence[int] | None = None,
) -> Iterator[pa.Table]:
    """The rows of a file in order, in tables of one schema, at least one.

    `schema` is what the survey found (tabular sources only), `groups` the row groups of a Parquet
    file that are wanted, None for all.
    """
    yield from _guarded(
        _tables(source_type, file, content, schema, key_column, groups), file.path
    )


def _guarded(read: Iterator[pa.Table], path: str) -> Iterator[pa.Table]:
    """What a reader gives; whatever a stranger's file provokes in it is a failure of that file."""
    while True:
        try:
            with bounded():
                table = next(read, None)
        except SluiceError:
            raise
        except Exception as failure:  # each decoder has errors of its own
            raise SluiceError(f"{path}: cannot be read: {_told(failure)}") from None
        if table is None:
            return
        yield table


def _told(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}".splitlines()[0][:500]


def _tables(
    source_type: str,
    file: InputFile,
    content: pa.NativeFile,
    schema: pa.Schema | None,
    key_column: str | None,
    groups: Sequence[int] | None,
) -> Iterator[pa.Table]:
    if source_type not in TABULAR:
        yield from _WHOLE[source_type](file, content)
        return
    if source_type == "csv":
        read = typed_csv(content, file.path, schema)
    elif source_type == "parquet":
        read = _parquet(content, file.path, groups)
    else:
        read = tfrecords.tables(content, file.path)
    none = True
    for table in read:
        none = False
        yield _keyed(_conformed(plain(table), schema, file.path), file.path, key_column)
    if none and schema is not None:
        yield _keyed(schema.empty_table(), file.path, key_column)


def survey(source_type: str, file: InputFile, content: pa.NativeFile) -> pa.Schema:
    """The columns of a file and their types."""
    from sluice.formats.types import csv_schema, union

    try:
        with bounded():
            if source_type == "csv":
                return csv_schema(content, file.path)
            if source_type == "parquet":
                return plain(_open_parquet(content, file.path).schema_arrow.empty_table()).schema
            found = (table.schema for table in tfrecords.tables(content, file.path))
            return union(found, file.path)
    except SluiceError:
        raise
    except Exception as failure:  # each decoder has errors of its own
        raise SluiceError(f"{file.path}: cannot be read: {_told(failure)}") from None


def _conformed(table: pa.Table, schema: pa.Schema | None, path: str) -> pa.Table:
    """The table with exactly the columns of the schema; what a file lacks is null."""
    if schema is None or table.schema == schema:
        return table
    columns = []
    for field in schema:
        if field.name not in table.column_names:
            columns.append(pa.nulls(table.num_rows, field.type))
            continue
        column = table.column(field.name)
        try:
            columns.append(_cast(column, field.type))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as wrong:
            raise SluiceError(
                f"{path}: column {field.name!r} of {column.type} is no {field.type}: {wrong}"
            ) from None
    return pa.table(columns, schema=schema)


def _cast(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray | pa.Array:
    if pa.types.is_list(wanted) and not pa.types.is_list(column.type):
        flat = column.cast(wanted.value_type).combine_chunks()
        present = pc.if_else(pc.is_valid(flat), 1, 0).to_pylist()
        offsets, at = [0], 0
        for one in present:
            at += one
            offsets.append(at)
        values = flat.drop_null()
        lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)
        return pc.if_else(pc.is_valid(flat), lists, pa.scalar(None, wanted))
    return column.cast(wanted)


def _keyed(table: pa.Table, path: str, key_column: str | None) -> pa.Table:
    """The table with its record keys first: of the key column, of its own, else of the rows."""
    if key_column is not None:
        if key_column not in table.column_names:
            told = ", ".join(table.column_names)
            raise SluiceError(f"{path}: there is no key column {key_column!r} among {told}")
        keys = keys_of_column(table.column(key_column))
        if keys.null_count:
            keys = pc.coalesce(keys, keys_of_rows(table, path))
    elif KEY in table.column_names and pa.types.is_string(table.schema.field(KEY).type):
        return table
    else:
        keys = keys_of_rows(table, path)
    rest = table.drop_columns([KEY]) if KEY in table.column_names else table
    return rest.add_column(0, pa.field(KEY, pa.string()), keys)


def _open_parquet(content: pa.NativeFile, path: str) -> pq.ParquetFile:
    try:
        file = pq.ParquetFile(content)
    except (pa.ArrowException, OSError) as wrong:
        raise SluiceError(f"{path}: is no Parquet: {wrong}") from None
    few(file.schema.names, path)
    return file


def _parquet(
    content: pa.NativeFile, path: str, groups: Sequence[int] | None
) -> Iterator[pa.Table]:
    file = _open_parquet(content, path)
    wanted = None if groups is None else list(groups)
    try:
        for batch in file.iter_batches(ROWS_PER_TABLE, row_groups=wanted, use_threads=False):
            yield pa.Table.from_batches([batch])
    except (pa.ArrowException, OSError) as wrong:
        raise SluiceError(f"{path}: cannot be read: {wrong}") from None


def row_groups(content: pa.NativeFile, path: str) -> list[int]:
    """The bytes that each row group of a Parquet file takes uncompressed."""
    metadata = _open_parquet(content, path).metadata
    return [metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups)]


def _documents(file: InputFile, content: pa.NativeFile) -> Iterator[pa.Table]:
    """One row for each section; a document of one section is named by the file alone."""
    if documents.is_json_lines(file.path):
        texts = list(_json_texts(content))
        if all(one is not None for one in texts):
            yield from (_lines(file, one) for one in texts if one is not None)
            return
        content.seek(0)
    gathered: list[dict[str, object]] = []
    seen: dict[str, int] = {}
    whole = documents.is_one_section(file.path)
    none = True
    for section in documents.sections(_all(file, content), file.path):
        more = ""
        if not whole:
            digest = text_digest(section.text)
            again = seen[digest] = seen.get(digest, -1) + 1
            more = f"\0{digest}\0{again}"
        gathered.append(
            {
                # A section keeps its name while other sections of its document change.
                KEY: record_key(file.path, "" if more else file.sha256, more),
                "path": file.path,
                "text": section.text,
                "page": section.page,
                "heading": section.heading,
                "source_sha256": file.sha256,
            }
        )
        if len(gathered) == ROWS_PER_TABLE:
            none = False
            yield pa.Table.from_pylist(gathered, DOCUMENTS)
            gathered = []
    if gathered or none:
        yield pa.Table.from_pylist(gathered, DOCUMENTS)


def _json_texts(content: pa.NativeFile) -> Iterator[pa.ChunkedArray | None]:
    """The member `text` of each line; None when some line is not an object with such a text."""
    try:
        reader = pyarrow.json.open_json(
            content,
            pyarrow.json.ReadOptions(use_threads=False, block_size=_JSON_BLOCK),
            pyarrow.json.ParseOptions(_JSON_TEXT, unexpected_field_behavior="ignore"),
        )
        none = True
        for batch in reader:
            none = False
            column = pa.chunked_array([batch.column("text")])
            yield None if column.null_count else column
        if none:
            yield None
    except pa.ArrowException:
        yield None


def _lines(file: InputFile, texts: pa.ChunkedArray) -> pa.Table:
    """A row for each text that is not blank, named by the file and the text."""
    some = texts.filter(pc.match_substring_regex(texts, r"\S"))
    rows = pa.table({"text": some})
    count = rows.num_rows
    columns = {
        KEY: keys_of_rows(rows, file.path),
        "path": pa.repeat(file.path, count),
        "text": some,
        "page": pa.nulls(count, pa.int32()),
        "heading": pa.nulls(count, pa.string()),
        "source_sha256": pa.repeat(file.sha256, count),
    }
    return pa.table([columns[field.name] for field in DOCUMENTS], schema=DOCUMENTS)


def _image(file: InputFile, content: pa.NativeFile) -> Iterator[pa.Table]:
    yield pa.Table.from_pylist([_single(file) | {"image": _all(file, content)}], IMAGES)


def _binary(file: InputFile, content: pa.NativeFile) -> Iterator[pa.Table]:
    yield pa.Table.from_pylist([_single(file) | {"content": _all(file, content)}], BINARIES)


def _single(file: InputFile) -> dict[str, object]:
    return {
        KEY: record_key(file.path, file.sha256),
        "path": file.path,
        "media_type": file.media_type,
        "source_sha256": file.sha256,
    }


def _all(file: InputFile, content: pa.NativeFile) -> bytes:
    if file.size > LARGEST_DOCUMENT:
        raise SluiceError(f"{file.path}: {file.size} bytes are more than {LARGEST_DOCUMENT}")
    return bytes(content.read())


_WHOLE: dict[str, Callable[[InputFile, pa.NativeFile], Iterator[pa.Table]]] = {
    "text": _documents,
    "image": _image,
    "binary": _binary,
}
SOURCES = (*_WHOLE, *sorted(TABULAR))
"""Every source type."""
