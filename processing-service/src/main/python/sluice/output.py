"""What an attempt leaves behind: part files, and last the manifest that lists them."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from sluice.errors import SluiceError
from sluice.spec import JobSpec, current
from sluice.store import Store, Stored

PARQUET = "application/vnd.apache.parquet"
ROWS_PER_GROUP = 100_000
_IN_MEMORY = 64 * 1024 * 1024
_EXTENSIONS = {"parquet": ("parquet", PARQUET), "text": ("txt", "text/plain")}


@dataclass(frozen=True)
class Counts:
    """Rows that came in, were written and were dropped; `rows_in = rows_out + dropped`."""

    rows_in: int
    rows_out: int
    dropped: int

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_out + self.dropped or min(self.rows_out, self.dropped) < 0:
            raise SluiceError(
                f"counts do not add up: {self.rows_in} in, {self.rows_out} out,"
                f" {self.dropped} dropped"
            )


@dataclass(frozen=True)
class Part:
    """A written part file; `path` is its name in the version, the same for every attempt."""

    path: str
    media_type: str
    rows: int
    stored: Stored


def check_format(name: str) -> None:
    """SluiceError unless parts can be written in this format."""
    if name not in _EXTENSIONS:
        accepted = ", ".join(_EXTENSIONS)
        raise SluiceError(f"destination format {name!r} is not written yet; accepted: {accepted}")


def write_part(spec: JobSpec, number: int, table: pa.Table) -> Part:
    """Write one part; the same rows always become the same bytes."""
    extension, media_type = _EXTENSIONS[spec.destination_format]
    output = spec.output
    key = f"{output.key_prefix}part-{number:05d}-{output.attempt_tag}.{extension}"
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as buffer:
        if spec.destination_format == "parquet":
            _write_parquet(table, buffer)
        else:
            _write_text(table, buffer)
        buffer.seek(0)
        stored = Store(current(spec).store, output.bucket).write(key, buffer, media_type)
    return Part(f"part-{number:05d}.{extension}", media_type, table.num_rows, stored)


def write_manifest(spec: JobSpec, parts: list[Part], schema: pa.Schema, counts: Counts) -> str:
    """Write the output manifest, which makes the attempt complete, and return its key."""
    document: dict[str, Any] = {
        "runId": spec.run_id,
        "attempt": spec.attempt,
        "files": [
            {
                "path": part.path,
                "objectKey": part.stored.key,
                "size": part.stored.size,
                "sha256": part.stored.sha256,
                "crc32c": part.stored.crc32c,
                "mediaType": part.media_type,
                "rows": part.rows,
            }
            for part in parts
        ],
        "rows": sum(part.rows for part in parts),
        "bytes": sum(part.stored.size for part in parts),
        "schema": [{"name": one.name, "type": str(one.type)} for one in schema],
        "rayVersion": _ray_version(),
        "counts": {"in": counts.rows_in, "out": counts.rows_out, "dropped": counts.dropped},
    }
    if document["rows"] != counts.rows_out:
        raise SluiceError(f"{counts.rows_out} rows were to be written, {document['rows']} were")
    key = f"{spec.output.key_prefix}_sluice/manifest-{spec.output.attempt_tag}.json"
    content = json.dumps(document, indent=1, ensure_ascii=False).encode()
    store = Store(current(spec).store, spec.output.bucket)
    store.write(key, io.BytesIO(content), "application/json")
    return key


def _ray_version() -> str | None:
    """The version of Ray this program runs with, None where there is none."""
    try:
        return version("ray")
    except PackageNotFoundError:
        return None


def _write_parquet(table: pa.Table, target: IO[bytes]) -> None:
    pq.write_table(
        table,
        target,
        compression="zstd",
        row_group_size=ROWS_PER_GROUP,
        write_page_index=True,
        use_content_defined_chunking=True,
    )


def _write_text(table: pa.Table, target: IO[bytes]) -> None:
    if "text" not in table.column_names:
        raise SluiceError("destination format 'text' needs a column named text")
    for number, text in enumerate(table.column("text").to_pylist()):
        target.write(("\n\n" if number else "").encode() + (text or "").encode())
    target.write(b"\n")
