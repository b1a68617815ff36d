"""Files that strangers would send, and the built-in program over them in a process that is held
short: of memory by its address space, of time by the processor seconds that the kernel grants."""

from __future__ import annotations

import io
import json
import os
import pickle
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any, Iterator

import pyarrow as pa
import pyarrow.parquet as pq
from conftest import PYTHON_FOLDER
from jobs import LocalJob
from sluice.formats import tfrecords

GIB = 1024 * 1024 * 1024
MOST_ADDRESSES = 6 * GIB
MOST_SECONDS = 30

_PROGRAM = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (%d, %d))
resource.setrlimit(resource.RLIMIT_CPU, (%d, %d))
import ray.data  # its extension types are registered by this
from sluice import errors, execution
from sluice.spec import parse

def here(self, function, arguments, finished=None):
    results = [function(*one) for one in arguments]
    for number, one in enumerate(results):
        if finished is not None:
            finished(number, one)
    return results

execution.connect = lambda: None
execution._Execution._all = here
document = json.load(sys.stdin)
errors.run(lambda: print(execution.run(parse(document))))
""" % (MOST_ADDRESSES, MOST_ADDRESSES, MOST_SECONDS, MOST_SECONDS)


class Ended:
    """What became of a run: its exit code, the reason that it told, its manifest."""

    def __init__(self, job: LocalJob) -> None:
        self._job = job
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            env={**os.environ, "PYTHONPATH": str(PYTHON_FOLDER), "OPENBLAS_NUM_THREADS": "1"},
            input=json.dumps(job.spec),
            capture_output=True,
            text=True,
        )
        self.code = done.returncode
        self.told = (done.stderr.strip().splitlines() or [""])[-1]
        self.manifest: dict[str, Any] = job.manifest() if self.code == 0 else {}

    def quarantined(self) -> list[dict[str, Any]]:
        """The rows that were set aside."""
        said = self.manifest.get("quarantine")
        if not said or "objectKey" not in said:
            return []
        text = (self._job.bucket / said["objectKey"]).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]


class Touch:
    """Unpickled, it writes a file."""

    def __init__(self, canary: Path) -> None:
        self._canary = canary

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch {self._canary}",)


def with_extension(name: str, canary: Path) -> bytes:
    """Parquet whose schema says that its column is of an extension type made by a pickle."""
    field = pa.field(
        "data",
        pa.list_(pa.int64()),
        metadata={
            "ARROW:extension:name": name,
            "ARROW:extension:metadata": pickle.dumps(Touch(canary)),
        },
    )
    return parquet(pa.table({"data": pa.array([[1, 2], [3]])}, schema=pa.schema([field])))


def with_pandas_metadata(canary: Path) -> bytes:
    """Parquet that tells pandas to make Python objects of its column."""
    told = {
        "index_columns": [{"kind": "range", "name": None, "start": 0, "stop": 1 << 62, "step": 1}],
        "columns": [{"name": "x", "pandas_type": "object", "numpy_type": "object",
                     "metadata": {"pickle": pickle.dumps(Touch(canary)).hex()}}],
        "column_indexes": [],
    }
    told_bytes = json.dumps(told).encode()
    return parquet(pa.table({"x": [b"a"]}).replace_schema_metadata({b"pandas": told_bytes}))


def parquet(rows: pa.Table, **options: Any) -> bytes:
    target = io.BytesIO()
    pq.write_table(rows, target, **options)
    return target.getvalue()


def parquet_of_one_value(length: int, rows: int, columns: int) -> bytes:
    """A dictionary of one long value that every row refers to: a few KiB that are many GiB."""
    values = pa.DictionaryArray.from_arrays(
        pa.array([0] * rows, pa.int32()), pa.array(["x" * length])
    )
    names = ["text", *(f"text{number}" for number in range(1, columns))]
    return parquet(pa.table({name: values for name in names}), compression="zstd")


def parquet_with(what: bytes, instead: bytes, rows: pa.Table) -> bytes:
    """Parquet of which some bytes were exchanged."""
    whole = parquet(rows, compression="none", use_dictionary=False)
    assert whole.count(what) >= 1
    return whole.replace(what, instead)


def parquet_with_a_footer_of(length: int) -> bytes:
    """Parquet that says how long its footer is."""
    whole = parquet(pa.table({"x": [1]}))
    return whole[:-8] + struct.pack("<I", length) + whole[-4:]


def record_of(length: int) -> bytes:
    """A TFRecord that is said to be as long, with the right checksum of that."""
    told = struct.pack("<Q", length)
    return told + struct.pack("<I", tfrecords.masked_crc(told)) + b"short"


def png(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG of grey values as large as it says."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(pixels, 9))
        + chunk(b"IEND", b"")
    )


def png_with_a_text_bomb() -> bytes:
    """A PNG of one pixel with a comment that unpacks to 256 MiB."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    comment = b"Comment\0\0" + zlib.compress(b"x" * (256 << 20), 9)
    return png(1, 1, b"\0\0").replace(b"\0\0\0\0IEND", chunk(b"zTXt", comment) + b"\0\0\0\0IEND")


def zipped(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def swollen(document: bytes, entry: str, begin: bytes, filling: bytes, times: int) -> bytes:
    """An Office document, one of whose parts has much more in it after `begin`."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    before, found, after = entries[entry].partition(begin)
    assert found
    entries[entry] = before + found + filling * times + after
    return zipped(entries)


def lying(archive: bytes) -> bytes:
    """A zip whose directory says that each entry unpacks to a single byte."""
    made = bytearray(archive)
    at = -1
    while (at := made.find(b"PK\x01\x02", at + 1)) >= 0:
        made[at + 24 : at + 28] = struct.pack("<I", 1)
    at = -1
    while (at := made.find(b"PK\x03\x04", at + 1)) >= 0:
        made[at + 22 : at + 26] = struct.pack("<I", 1)
    return bytes(made)


def pdf(objects: dict[int, bytes]) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    made = io.BytesIO()
    made.write(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, content in objects.items():
        places[number] = made.tell()
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = made.tell()
    size = max(objects) + 1
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        made.write(b"%010d 00000 n \n" % places.get(number, 0))
    made.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, table))
    return made.getvalue()


def pdf_of_a_stream(stream: bytes, filters: str) -> bytes:
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
            4: b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream"
            % (len(stream), filters.encode(), stream),
        }
    )


def pdfs() -> Iterator[tuple[str, bytes]]:
    """PDFs that never end, or hold far more than they are, by name."""
    yield "pages-loop.pdf", pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Count 9 /Kids [2 0 R 3 0 R] >>",
            3: b"<< /Type /Pages /Parent 2 0 R /Count 9 /Kids [2 0 R] >>",
        }
    )
    yield "object-loop.pdf", pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"3 0 R", 3: b"2 0 R"})
    whole = pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] >>"})
    start = whole.rindex(b"xref\n0")
    yield "xref-loop.pdf", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)
    yield "many-pages.pdf", whole.replace(b"/Kids []", b"/Count 99999999999 /Kids []")
    once = zlib.compress(b" " * (1 << 30), 9)
    yield "flate-bomb.pdf", pdf_of_a_stream(once, "/FlateDecode")
    yield "twice.pdf", pdf_of_a_stream(zlib.compress(once, 9), "[/FlateDecode /FlateDecode]")
    yield "deep.pdf", pdf({1: b"<< /Type /Catalog /Pages " + b"[" * 200_000 + b" >>"})
