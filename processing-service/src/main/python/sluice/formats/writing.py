"""The writers: rows of a block become files of the output version.

The same rows always become the same bytes. An object's name carries the attempt and a word of the
task's own, so that no object is ever written twice; the path in the version carries neither.
"""

from __future__ import annotations

import csv
import io
import json
import posixpath
import secrets
import tempfile
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import IO, Any, Callable

import pyarrow as pa
import pyarrow.parquet as pq

from sluice.errors import SluiceError
from sluice.formats import tfrecords
from sluice.formats.keys import KEY
from sluice.spec import JobSpec, current
from sluice.store import Store, Stored

PARQUET = "application/vnd.apache.parquet"
ROWS_PER_GROUP = 100_000
BYTES_PER_GROUP = 64 * 1024 * 1024
_IN_MEMORY = 64 * 1024 * 1024


@dataclass(frozen=True)
class Part:
    """A written file; `path` is its name in the version, the same for every attempt."""

    path: str
    media_type: str
    rows: int
    stored: Stored

    def document(self) -> dict[str, Any]:
        """For the output manifest."""
        return {
            "path": self.path,
            "objectKey": self.stored.key,
            "size": self.stored.size,
            "sha256": self.stored.sha256,
            "crc32c": self.stored.crc32c,
            "mediaType": self.media_type,
            "rows": self.rows,
        }


class Writer(ABC):
    """Takes the rows of one block, in order; `finish` gives what was written."""

    def __init__(self, spec: JobSpec, block: int) -> None:
        self.spec = spec
        self.block = block
        self.rows = 0
        self._word = secrets.token_hex(3)

    @abstractmethod
    def add(self, rows: pa.Table) -> None:
        """Take more rows."""

    @abstractmethod
    def finish(self) -> list[Part]:
        """Write what is left; a block without rows makes no file."""

    def put(self, path: str, content: IO[bytes], media_type: str, rows: int) -> Part:
        """Write one file of the version."""
        output = self.spec.output
        stem, extension = posixpath.splitext(path)
        key = f"{output.key_prefix}{stem}-{output.attempt_tag}-{self._word}{extension}"
        stored = Store(current(self.spec).store, output.bucket).write(key, content, media_type)
        return Part(path, media_type, rows, stored)


class _Single(Writer):
    """All rows of a block in one file."""

    extension: str
    media_type: str

    def __init__(self, spec: JobSpec, block: int) -> None:
        super().__init__(spec, block)
        self.target = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)

    def add(self, rows: pa.Table) -> None:
        self.encode(rows)
        self.rows += rows.num_rows

    @abstractmethod
    def encode(self, rows: pa.Table) -> None:
        """Append rows to `target`."""

    def close(self) -> None:
        """Append what ends the file."""

    def finish(self) -> list[Part]:
        with self.target:
            self.close()
            if self.rows == 0:
                return []
            return [self._part()]

    def empty(self, schema: pa.Schema) -> Part:
        """A file of no rows, for an output of none."""
        with self.target:
            self.encode(schema.empty_table())
            self.close()
            return self._part()

    def _part(self) -> Part:
        self.target.seek(0)
        name = f"part-{self.block:05d}.{self.extension}"
        return self.put(name, self.target, self.media_type, self.rows)


class _Parquet(_Single):
    """Zstandard, page index, row groups of at most 100,000 rows or about 64 MiB, pages cut by
    content, so that versions that share rows share bytes."""

    extension = "parquet"
    media_type = PARQUET

    def __init__(self, spec: JobSpec, block: int) -> None:
        super().__init__(spec, block)
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[pa.Table] = []

    def encode(self, rows: pa.Table) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self.target,
                rows.schema,
                compression="zstd",
                write_page_index=True,
                use_content_defined_chunking=True,
            )
        self._waiting.append(_shaped(rows, self._writer.schema))
        count = sum(one.num_rows for one in self._waiting)
        size = sum(one.nbytes for one in self._waiting)
        while count >= ROWS_PER_GROUP or size >= BYTES_PER_GROUP:
            whole = pa.concat_tables(self._waiting)
            self._group(whole.slice(0, ROWS_PER_GROUP))
            rest = whole.slice(ROWS_PER_GROUP)
            self._waiting = [rest] if rest.num_rows else []
            count, size = rest.num_rows, rest.nbytes

    def _group(self, rows: pa.Table) -> None:
        assert self._writer is not None
        self._writer.write_table(rows, row_group_size=ROWS_PER_GROUP)

    def close(self) -> None:
        if self._writer is not None:
            if self._waiting:
                self._group(pa.concat_tables(self._waiting))
            self._writer.close()


class _Csv(_Single):
    """RFC 4180: commas, CRLF, quotes where they are needed; a null is an empty field, an empty text
    a quoted one; lists and structures are JSON."""

    extension = "csv"
    media_type = "text/csv"
    _names: list[str] | None = None

    def encode(self, rows: pa.Table) -> None:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        if self._names is None:
            self._names = rows.column_names
            writer.writerow(self._names)
        columns = [_told(name, rows.column(name)) for name in self._names]
        quoted = [_is_text(rows.schema.field(name).type) for name in self._names]
        if any("" in column for column, own in zip(columns, quoted) if own):
            self._slow(text, columns)
        else:
            writer.writerows(zip(*columns))
        self.target.write(text.getvalue().encode())

    @staticmethod
    def _slow(text: io.StringIO, columns: list[list[Any]]) -> None:
        """Rows that hold an empty text, which Python's writer would write as it writes null."""
        for row in zip(*columns):
            text.write(",".join(map(_field, row)) + "\r\n")


class _Text(_Single):
    """The column `text`, a blank line between rows."""

    extension = "txt"
    media_type = "text/plain"

    def encode(self, rows: pa.Table) -> None:
        if "text" not in rows.column_names:
            raise SluiceError("destination format 'text' needs a column named text")
        for number, text in enumerate(rows.column("text").to_pylist()):
            between = b"\n\n" if number or self.rows else b""
            self.target.write(between + (text or "").encode())

    def close(self) -> None:
        self.target.write(b"\n")


class _TfRecords(_Single):
    """A tf.train.Example for each row."""

    extension = "tfrecord"
    media_type = tfrecords.MEDIA_TYPE

    def encode(self, rows: pa.Table) -> None:
        tfrecords.write(rows, self.target)


class _Each(Writer):
    """A file for each row, named as the row's `path`, else by its record key; the other columns are
    in `metadata/part-<block>.parquet`, whose `file_name` says of which file."""

    columns: tuple[str, ...]

    def __init__(self, spec: JobSpec, block: int) -> None:
        super().__init__(spec, block)
        self._parts: list[Part] = []
        self._taken: set[str] = set()
        self._told: list[pa.Table] = []

    def add(self, rows: pa.Table) -> None:
        column = next((name for name in self.columns if name in rows.column_names), None)
        if column is None:
            told = " or ".join(self.columns)
            raise SluiceError(
                f"destination format {self.spec.destination_format!r} needs a column named {told}"
            )
        keys = rows.column(KEY).to_pylist()
        paths = rows.column("path").to_pylist() if "path" in rows.column_names else keys
        names: list[str | None] = []
        for key, path, content in zip(keys, paths, rows.column(column).to_pylist()):
            if content is None:
                names.append(None)
                continue
            if isinstance(content, str):
                content = content.encode()
            name, media_type = self.named(_safe(path or key), content)
            name = self._free(name)
            names.append(name)
            self._parts.append(self.put(name, io.BytesIO(content), media_type, 1))
        self.rows += rows.num_rows
        self._told.append(
            rows.drop_columns([column]).add_column(0, "file_name", pa.array(names, pa.string()))
        )

    @abstractmethod
    def named(self, path: str, content: bytes) -> tuple[str, str]:
        """Path in the version, and media type."""

    def _free(self, name: str) -> str:
        stem, extension = posixpath.splitext(name)
        wanted, number = name, 0
        while wanted in self._taken:
            number += 1
            wanted = f"{stem}-{number}{extension}"
        self._taken.add(wanted)
        return wanted

    def finish(self) -> list[Part]:
        if self.rows == 0:
            return []
        target = io.BytesIO()
        pq.write_table(pa.concat_tables(self._told), target, compression="zstd")
        target.seek(0)
        name = f"metadata/part-{self.block:05d}.parquet"
        return [*self._parts, self.put(name, target, PARQUET, 0)]


class _Images(_Each):
    columns = ("image", "content")
    _kinds = (
        (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
        (b"\xff\xd8\xff", "jpg", "image/jpeg"),
        (b"GIF8", "gif", "image/gif"),
        (b"BM", "bmp", "image/bmp"),
        (b"II*\0", "tif", "image/tiff"),
        (b"MM\0*", "tif", "image/tiff"),
    )

    def named(self, path: str, content: bytes) -> tuple[str, str]:
        kind, media_type = self._kind(path, content)
        extension = posixpath.splitext(path)[1].lower()
        same = extension in _SAME.get(kind, (f".{kind}",))
        # The old extension stays, because a.gif and a.bmp may both have become PNG.
        return (path if same else f"{path}.{kind}"), media_type

    def _kind(self, path: str, content: bytes) -> tuple[str, str]:
        for magic, kind, media_type in self._kinds:
            if content.startswith(magic):
                return kind, media_type
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return "webp", "image/webp"
        raise SluiceError(f"{path}: holds no image that destination format 'image' can name")


_SAME = {"jpg": (".jpg", ".jpeg"), "tif": (".tif", ".tiff")}


class _Binary(_Each):
    columns = ("content", "image", "text")

    def named(self, path: str, content: bytes) -> tuple[str, str]:
        return path, "application/octet-stream"


WRITERS: dict[str, Callable[[JobSpec, int], Writer]] = {
    "parquet": _Parquet,
    "csv": _Csv,
    "text": _Text,
    "tfrecords": _TfRecords,
    "image": _Images,
    "binary": _Binary,
}
"""By `destination.format`."""


def check_format(name: str) -> None:
    """SluiceError unless there is a writer for this format."""
    if name not in WRITERS:
        raise SluiceError(f"destination format {name!r} is none of {', '.join(WRITERS)}")


def writer(spec: JobSpec, block: int) -> Writer:
    """The writer of the job's format for one block."""
    check_format(spec.destination_format)
    return WRITERS[spec.destination_format](spec, block)


def nothing(spec: JobSpec, schema: pa.Schema) -> list[Part]:
    """What an output of no rows is made of: a file with columns and no rows, if the format has
    such."""
    made = writer(spec, 0)
    return [made.empty(schema)] if isinstance(made, _Single) else []


def _safe(path: str) -> str:
    """A path from a stranger's row, if it may name a file of a version."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or parts[0] == "_sluice":
        raise SluiceError(f"path {path!r} cannot name a file of a version")
    if len(path.encode()) > 900 or any(ord(one) < 32 or one in "\\\x7f" for one in path):
        raise SluiceError(f"path {path!r} cannot name a file of a version")
    return path


def _shaped(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    if rows.schema == schema:
        return rows
    if rows.column_names != schema.names:
        raise SluiceError(
            f"rows have the columns {', '.join(rows.column_names)} after"
            f" {', '.join(schema.names)}: all rows of a run need the same"
        )
    return rows.cast(schema)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _told(name: str, column: pa.ChunkedArray) -> list[Any]:
    """Values as Python's CSV writer takes them."""
    kind = column.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise SluiceError(f"column {name!r} holds bytes, which CSV cannot")
    values: list[Any] = column.to_pylist()
    if pa.types.is_boolean(kind):
        return [None if one is None else "true" if one else "false" for one in values]
    if pa.types.is_nested(kind):
        return [
            None if one is None else json.dumps(one, ensure_ascii=False, default=str)
            for one in values
        ]
    if pa.types.is_temporal(kind):
        return [None if one is None else one.isoformat() for one in values]
    return values


def _field(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value)
    if text == "" or any(one in text for one in ',"\r\n'):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text
