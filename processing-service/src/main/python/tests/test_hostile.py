"""Files made to harm who reads them: each ends as a clear failure of the run or costs its row, in a
process with little memory and little time (`hostile.Ended`), and none makes code run."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import hostile
import pyarrow as pa
import pytest
from hostile import Ended
from jobs import LocalJob
from PIL import Image
from sluice import execution
from sluice.formats import tfrecords
from sluice.spec import parse


def ended(
    folder: Path,
    source: str,
    files: dict[str, bytes],
    tolerance: float = 0,
    operators: list[dict[str, Any]] | None = None,
) -> Ended:
    job = LocalJob(folder, files, source=source, operators=operators, parallelism=1)
    job.spec["tolerance"] = tolerance
    return Ended(job)


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "ray.data.arrow_tensor",
        "ray.data.arrow_tensor_v2",
        "ray.data.arrow_variable_shaped_tensor",
        "ray.data.arrow_pickled_object",
        "arrow.py_extension_type",
        "arrow.fixed_shape_tensor",
    ],
)
def test_a_pickle_in_the_schema_of_parquet_is_never_unpickled(tmp_path: Path, name: str) -> None:
    canary = tmp_path / "canary"
    done = ended(tmp_path, "parquet", {"a.parquet": hostile.with_extension(name, canary)})
    assert done.code == 0 or done.told.startswith("sluice: a.parquet: "), done.told
    assert not canary.exists()


def test_what_parquet_tells_pandas_is_left_behind(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    done = ended(tmp_path, "parquet", {"a.parquet": hostile.with_pandas_metadata(canary)})
    assert done.manifest["rows"] == 1
    assert not canary.exists()


@pytest.mark.parametrize(
    "content",
    [
        hostile.parquet_with_a_footer_of(0xFFFFFFF0),
        hostile.parquet_with_a_footer_of(40),
        hostile.parquet(pa.table({f"c{n}": [1] for n in range(20_001)})),
    ],
    ids=["footer longer than the file", "footer cut", "columns"],
)
def test_parquet_that_lies_ends_the_run_with_its_name(tmp_path: Path, content: bytes) -> None:
    done = ended(tmp_path, "parquet", {"a.parquet": content}, tolerance=0.5)
    assert done.code == 1
    assert done.told.startswith("sluice: a.parquet: ")


def test_parquet_that_unpacks_to_more_than_fits_costs_itself(
    tmp_path: Path, ray_here: None
) -> None:
    bomb = hostile.parquet_of_one_value(75_000, 20_000, columns=5)
    good = hostile.parquet(pa.table({"text": ["good"]}))
    files = {"bomb.parquet": bomb, "good.parquet": good}
    job = LocalJob(tmp_path, files, source="parquet", parallelism=1)
    job.spec["tolerance"] = 0.5
    execution.run(parse(job.spec))
    assert [row["text"] for row in job.rows().to_pylist()] == ["good"]
    assert job.manifest()["counts"]["quarantined"] == 1


RECORD = tfrecords.frame(b"x" * 100)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (hostile.record_of((1 << 64) - 1), "18446744073709551615 bytes are over"),
        (hostile.record_of(500 << 20), "the file ends in the midst of it"),
        (RECORD[:-1] + b"\0", "record 0: the checksum is wrong"),
        (b"\0" + RECORD[1:], "the length's checksum is wrong"),
        (tfrecords.frame(b"\x0a\xff\xff\xff\xff\x0fxx"), "is no tf.train.Example"),
        (tfrecords.frame(b"\x0a\x80" * 5_000), "is no tf.train.Example"),
        (RECORD, "hold no feature"),
    ],
)
def test_damaged_records_end_the_run(tmp_path: Path, content: bytes, told: str) -> None:
    done = ended(tmp_path, "tfrecords", {"a.tfrecord": content}, tolerance=0.5)
    assert done.code == 1
    assert done.told.startswith("sluice: a.tfrecord: ") and told in done.told


WIDE = ",".join(f"c{number}" for number in range(100_000))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{WIDE}\n".encode(), "100000 columns are more than 20000"),
        (b'a,b\n1,"' + b"x" * (40 << 20) + b'"\n', "cannot be read as CSV"),
        (b'"' + b"x" * (40 << 20), "field larger than field limit"),
        (b"a\0,b\n1,2\n", "the first line holds NUL bytes"),
        (b"a,b\n1,\xff\xfe\n", "cannot be read as CSV"),
        (b"a,b\n1,2,3\n", "cannot be read as CSV"),
    ],
    ids=["columns", "field", "name", "NUL", "no UTF-8", "ragged"],
)
def test_csv_that_is_none_ends_the_run(tmp_path: Path, content: bytes, told: str) -> None:
    done = ended(tmp_path, "csv", {"a.csv": content}, tolerance=0.5)
    assert done.code == 1
    assert done.told.startswith("sluice: a.csv: ") and told in done.told


def test_nul_in_a_field_stays_in_its_field(tmp_path: Path) -> None:
    done = ended(tmp_path, "csv", {"a.csv": b"a,b\n1,\0\0\n\0,2\n"})
    assert done.manifest["rows"] == 2


def images(canary: Path) -> dict[str, bytes]:
    whole = io.BytesIO()
    Image.new("RGB", (900, 900)).save(whole, "JPEG")
    return {
        "bomb.png": hostile.png(60_000, 60_000),
        "comment.png": hostile.png_with_a_text_bomb(),
        "cut.jpg": whole.getvalue()[: len(whole.getvalue()) // 2],
        "empty.png": b"",
        "headless.png": hostile.png(9_000, 9_000),
        "program.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n("
        + str(canary).encode()
        + b") (w) file closefile\nshowpage\n",
        "vector.png": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>',
    }


GREY = hostile.png(2, 2, b"\0\1\2" * 2)


@pytest.mark.parametrize("operator", ["image_resize", "image_convert", "image_blur"])
def test_images_that_harm_cost_their_row(
    tmp_path: Path, operator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = tmp_path / "canary"
    interpreter = tmp_path / "programs" / "gs"
    interpreter.parent.mkdir()
    interpreter.write_text(f"#!/bin/sh\ntouch {canary}\n")
    interpreter.chmod(0o755)
    monkeypatch.setenv("PATH", str(interpreter.parent), prepend=":")
    bad = images(canary)
    steps = [{"name": operator}]
    done = ended(tmp_path, "image", bad | {"good.png": GREY}, 0.9, steps)
    assert done.code == 0, done.told
    assert done.manifest["counts"]["quarantined"] == len(bad)
    assert {one["operator"] for one in done.quarantined()} == {operator}
    assert not canary.exists()


def test_images_that_harm_are_dropped_by_the_check(tmp_path: Path) -> None:
    bad = images(tmp_path / "canary")
    steps = [{"name": "image_decode_check"}, {"name": "image_duplicates"}]
    done = ended(tmp_path, "image", bad | {"good.png": GREY}, operators=steps)
    assert done.manifest["counts"]["dropped"] == len(bad), done.told


def test_images_that_harm_are_told_where_they_would_be_compared(tmp_path: Path) -> None:
    bomb = {"bomb.png": hostile.png(60_000, 60_000)}
    done = ended(tmp_path, "image", bomb, 0.9, [{"name": "image_duplicates"}])
    assert done.code == 1
    assert done.told.startswith("sluice: image_duplicates: an image cannot be decoded")


def office() -> dict[str, bytes]:
    """Bombs in the clothes of Office documents, by name."""
    from docx import Document
    from openpyxl import Workbook
    from pptx import Presentation

    word, slides, book = saved(Document()), saved(Presentation()), saved(Workbook())
    filling = b"<w:p>" + b" " * (1 << 20) + b"</w:p>"
    begin = b"<w:body>"
    large = hostile.swollen(word, "word/document.xml", begin, filling, 1_100)
    entities = b"<!DOCTYPE w [<!ENTITY a0 'ha'>" + b"".join(
        b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    return {
        "archive.docx": hostile.zipped({"a": b"no document"}),
        "bomb.docx": large,
        "deep.docx": hostile.swollen(word, "word/document.xml", begin, b"<w:p>", 200_000),
        "entities.xlsx": hostile.zipped(
            {"[Content_Types].xml": entities + b"]><w>&a11;</w>"}
        ),
        "lying.docx": hostile.lying(large),
        "nothing.pptx": slides[: len(slides) // 2],
        "rows.xlsx": hostile.swollen(
            book, "xl/worksheets/sheet1.xml", b"<sheetData", b" " * (1 << 20), 1_100
        ),
    }


def test_office_documents_that_harm_cost_themselves(tmp_path: Path) -> None:
    bad = office()
    done = ended(tmp_path, "text", bad | {"good.txt": b"good words"}, 0.9)
    assert done.code == 0, done.told
    assert {one["error"].split(":")[0] for one in done.quarantined()} == set(bad)


def test_pdfs_that_never_end_come_to_an_end(tmp_path: Path) -> None:
    done = ended(tmp_path, "text", dict(hostile.pdfs()) | {"good.txt": b"good words"}, 0.9)
    assert done.code == 0, done.told
    lost = {one["error"].split(":")[0] for one in done.quarantined()}
    assert {"pages-loop.pdf", "object-loop.pdf", "deep.pdf"} <= lost
    assert done.manifest["rows"] == 1


def test_json_and_html_that_nest_without_end_cost_themselves(tmp_path: Path) -> None:
    deep = b'{"text": ' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}\n"
    files = {
        "deep.jsonl": deep,
        "other.jsonl": b'{"a": ' + b'{"a": ' * 200_000 + b"1" + b"}" * 200_001,
        "number.jsonl": b"9" * 1_000_000,
        "deep.html": b"<div>" * 100_000 + b"words",
        "good.txt": b"good words",
    }
    done = ended(tmp_path, "text", files, 0.9)
    assert done.code == 0, done.told
    lost = {one["error"].split(":")[0] for one in done.quarantined()}
    assert lost == set(files) - {"good.txt"}
