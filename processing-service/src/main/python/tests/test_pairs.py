"""Every pair of source type and destination format that makes sense, read back by readers that are
not the writers: DuckDB for Parquet and CSV, Pillow for images, protobuf's own text for TFRecords (whose
bytes are those of TensorFlow, see test_tfrecords)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Callable

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from jobs import LocalJob
from PIL import Image
from sluice import execution
from sluice.formats import tfrecords
from sluice.spec import parse

_Rows = list[tuple[Any, ...]]
KEYS = ["k1", "k2", "k3"]
TEXTS = ["one, two", 'a "quoted"\r\nline', "naïve 漢字"]


def image(shade: int) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (5, 4), (shade, 20, 30)).save(target, "PNG")
    return target.getvalue()


IMAGES = [image(shade) for shade in (10, 90, 200)]


def table() -> pa.Table:
    return pa.table({"record_key": KEYS, "path": ["a.png", "b.png", "d/c.png"], "text": TEXTS,
                     "image": pa.array(IMAGES, pa.binary())})


def as_parquet(rows: pa.Table) -> bytes:
    target = io.BytesIO()
    pq.write_table(rows, target)
    return target.getvalue()


def as_tfrecords(rows: pa.Table) -> bytes:
    target = io.BytesIO()
    tfrecords.write(rows, target)
    return target.getvalue()


CSV = 'record_key,text\nk1,"one, two"\nk2,"a ""quoted""\r\nline"\nk3,naïve 漢字\n'.encode()
SOURCES: dict[str, dict[str, bytes]] = {
    "csv": {"a.csv": CSV},
    "parquet": {"a.parquet": as_parquet(table())},
    "tfrecords": {"a.tfrecord": as_tfrecords(table())},
    "text": {f"{n}.txt": text.encode() for n, text in enumerate(TEXTS)},
    "image": dict(zip(["a.png", "b.png", "d/c.png"], IMAGES)),
    "binary": dict(zip(["a.png", "b.png", "d/c.png"], IMAGES)),
}


def by_duckdb(reader: str) -> Callable[[LocalJob], _Rows]:
    def read(job: LocalJob) -> _Rows:
        files = [str(job.bucket / one["objectKey"]) for one in job.manifest()["files"]]
        wanted = [name for name in ("text", "image", "content") if name in column_names(job)]
        assert wanted
        columns = ", ".join(wanted[:1] if "text" in wanted else wanted[-1:])
        return duckdb.sql(f"select {columns} from {reader}({files!r}) order by filename").fetchall()

    def column_names(job: LocalJob) -> list[str]:
        return [one["name"] for one in job.manifest()["schema"]]

    return read


def by_pillow(job: LocalJob) -> _Rows:
    found = []
    for path in ("a.png", "b.png", "d/c.png"):
        with Image.open(io.BytesIO(job.content(path))) as picture:
            picture.load()
            found.append((picture.getpixel((1, 1))[0],))
    return found


def by_bytes(job: LocalJob) -> _Rows:
    return [(job.content(path),) for path in ("a.png", "b.png", "d/c.png")]


def by_reading(job: LocalJob) -> _Rows:
    return [(b"".join(job.content(one["path"]) for one in job.manifest()["files"]),)]


def by_protobuf(job: LocalJob) -> _Rows:
    """Raw records: each must hold the text or the image as it was."""
    found: list[bytes] = []
    for one in job.manifest()["files"]:
        found += tfrecords.records(io.BytesIO(job.content(one["path"])), one["path"])
    return [(record,) for record in found]


READERS: dict[str, Callable[[LocalJob], _Rows]] = {
    "parquet": by_duckdb("read_parquet"),
    "csv": by_duckdb("read_csv"),
    "image": by_pillow,
    "binary": by_bytes,
    "text": by_reading,
    "tfrecords": by_protobuf,
}
PAIRS = [
    ("csv", "parquet"), ("csv", "csv"), ("csv", "text"), ("csv", "tfrecords"),
    ("parquet", "parquet"), ("parquet", "text"), ("parquet", "image"), ("parquet", "binary"),
    ("parquet", "tfrecords"),
    ("tfrecords", "parquet"), ("tfrecords", "text"), ("tfrecords", "image"),
    ("tfrecords", "binary"), ("tfrecords", "tfrecords"),
    ("text", "parquet"), ("text", "csv"), ("text", "text"), ("text", "tfrecords"),
    ("image", "parquet"), ("image", "image"), ("image", "binary"), ("image", "tfrecords"),
    ("binary", "parquet"), ("binary", "binary"), ("binary", "tfrecords"),
]


@pytest.mark.parametrize(("source", "form"), PAIRS)
def test_a_pair_makes_its_way(
    source: str, form: str, tmp_path: Path, ray_here: None
) -> None:
    # Texts as they are: no operator but one that changes nothing here.
    keep = [{"name": "data_split"}] if source == "text" else []
    job = LocalJob(tmp_path, SOURCES[source], source, form, keep, parallelism=1)
    execution.run(parse(job.spec))
    found = READERS[form](job)
    pictures = source in ("image", "binary")
    texts = [text.encode() for text in TEXTS]
    if form == "text":
        assert found == [(b"\n\n".join(texts) + b"\n",)]
    elif form == "image":
        assert found == [(10,), (90,), (200,)]
    elif form == "binary":
        assert found == [(one,) for one in IMAGES]
    elif form == "tfrecords":
        wanted = IMAGES if pictures else texts
        assert [want in record for want, (record,) in zip(wanted, found)] == [True] * 3
    else:
        assert found == [(one,) for one in (IMAGES if pictures else TEXTS)]


@pytest.mark.parametrize("source", ["parquet", "tfrecords"])
def test_tables_of_bytes_are_no_csv(source: str, tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, SOURCES[source], source, "csv")
    with pytest.raises(Exception, match="column 'image' holds bytes, which CSV cannot"):
        execution.run(parse(job.spec))


@pytest.mark.parametrize("source", ["parquet", "tfrecords"])
def test_tables_of_text_are_csv(source: str, tmp_path: Path, ray_here: None) -> None:
    rows = table().drop_columns(["image"])
    content = as_parquet(rows) if source == "parquet" else as_tfrecords(rows)
    job = LocalJob(tmp_path, {f"a.{source}": content}, source, "csv")
    execution.run(parse(job.spec))
    assert READERS["csv"](job) == [(text,) for text in TEXTS]
