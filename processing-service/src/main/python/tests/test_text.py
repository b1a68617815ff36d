"""The text program on a real Ray, with a local folder as its object store."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from conftest import PYTHON_FOLDER
from jobs import LocalJob, served
from sluice import dataset, text
from sluice.crc32c import Crc32c
from sluice.errors import SluiceError, reason
from sluice.spec import parse

SENTENCE = "A dataset platform keeps every version as it was. "


def documents(count: int = 6) -> dict[str, bytes]:
    return {
        f"guide/{number}.md": f"# Page {number}\n\n{SENTENCE * 30 * (number + 1)}\n\n## Oh\nAh.\n"
        .encode()
        for number in range(count)
    }


def crc32c(content: bytes) -> str:
    checksum = Crc32c()
    checksum.update(content)
    return checksum.hexdigest()


def digests(job: LocalJob) -> list[str]:
    return [one["sha256"] for one in job.manifest()["files"]]


def test_documents_become_chunks_in_order(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, documents())
    text.process(parse(job.spec))
    manifest, rows = job.manifest(), job.rows().to_pylist()
    assert [row["path"] for row in rows] == sorted(row["path"] for row in rows)
    assert {row["path"] for row in rows} == set(documents())
    for path in documents():
        own = [row for row in rows if row["path"] == path]
        assert [row["chunk_no"] for row in own] == list(range(len(own)))
        assert len({row["record_key"] for row in own}) == 1
    for row in rows:
        assert row["text_digest"] == hashlib.sha256(row["text"].encode()).hexdigest()
        assert row["source_sha256"] == hashlib.sha256(documents()[row["path"]]).hexdigest()
    assert manifest["counts"] == {"in": len(rows), "out": len(rows), "dropped": 0}
    assert manifest["rows"] == len(rows)


def test_the_manifest_says_what_was_written(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, documents(), distributeOps="repartition", parallelism=3)
    text.process(parse(job.spec))
    manifest = job.manifest()
    assert [one["path"] for one in manifest["files"]] == [f"part-0000{n}.parquet" for n in range(3)]
    for one in manifest["files"]:
        content = (job.bucket / one["objectKey"]).read_bytes()
        assert one["objectKey"].endswith("-a1.parquet")
        assert (one["size"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert one["crc32c"] == crc32c(content)
        assert one["rows"] == pq.read_metadata(job.bucket / one["objectKey"]).num_rows > 0
    assert [one["name"] for one in manifest["schema"]][:3] == ["record_key", "path", "chunk_no"]
    assert manifest["schema"][2]["type"] == "int32"


def test_a_rerun_writes_the_same_bytes(tmp_path: Path, ray_here: None) -> None:
    first = LocalJob(tmp_path / "1", documents(), distributeOps="repartition")
    again = LocalJob(tmp_path / "2", documents(), distributeOps="repartition")
    text.process(parse(first.spec))
    text.process(parse(again.spec))
    assert digests(first) == digests(again)


def test_filter_drops_chunks_that_say_nothing(tmp_path: Path, ray_here: None) -> None:
    files = {
        f"guide/{number}.md": f"# Page {number}\n\nOf {number} we tell enough.\n\n## Oh\nAh.\n".encode()
        for number in range(6)
    }
    job = LocalJob(tmp_path, files, distributeOps="filter", batch_size=3)
    text.process(parse(job.spec))
    counts = job.manifest()["counts"]
    assert counts["dropped"] == 6
    assert counts["in"] == counts["out"] + 6
    assert all(len(row["text"]) >= text.SHORTEST for row in job.rows().to_pylist())


def test_empty_documents_make_an_empty_version(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, {"empty.md": b"", "blank.md": b"\n \n"})
    text.process(parse(job.spec))
    assert job.manifest()["rows"] == 0
    assert job.rows().column_names[-1] == "heading"


def test_filter_keeps_the_first_of_equal_texts(tmp_path: Path, ray_here: None) -> None:
    page = b"# Tokens\n\nRotate a token every month, and after every leak.\n"
    other = b"# Billing\n\nInvoices come in May and in December.\n"
    files = {"docs/a.md": page, "docs/b.md": other, "joined/all.md": (page + other) * 3}
    job = LocalJob(tmp_path, files, distributeOps="filter")
    text.process(parse(job.spec))
    assert [row["path"] for row in job.rows().to_pylist()] == ["docs/a.md", "docs/b.md"]
    assert job.manifest()["counts"] == {"in": 8, "out": 2, "dropped": 6}


def test_a_large_document_is_cut_whole(tmp_path: Path, ray_here: None) -> None:
    large = b"".join(documents(40).values())
    large *= 16 * 1024 * 1024 // len(large) + 1
    job = LocalJob(tmp_path, {"large.md": large, "z.md": b"Small text, but long enough."})
    text.process(parse(job.spec))
    assert job.manifest()["rows"] > 16_000


def test_a_changed_object_ends_the_run_with_its_name(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, documents())
    (job.bucket / "dataset/docs/v1/guide/3.md").write_bytes(b"other")
    with pytest.raises(Exception) as failed:
        text.process(parse(job.spec))
    assert reason(failed.value).startswith("guide/3.md: the store holds other bytes")
    assert not (job.bucket / "dataset/chunks").exists()


def test_a_program_of_ones_own_reads_and_writes(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, documents())
    job.spec["destination"]["format"] = "text"
    spec = parse(job.spec)
    upper = dataset.read(spec).map(lambda row: {**row, "text": row["text"].upper()})
    dataset.write(upper, spec)
    (only,) = job.manifest()["files"]
    assert (only["mediaType"], only["rows"]) == ("text/plain", 6)
    assert b"# PAGE 5" in (job.bucket / only["objectKey"]).read_bytes()


def test_the_failure_of_a_program_of_ones_own_is_told(tmp_path: Path, ray_here: None) -> None:
    spec = parse(LocalJob(tmp_path, documents()).spec)

    def fail(row: dict[str, str]) -> dict[str, str]:
        raise KeyError("colour")

    with pytest.raises(Exception) as failed:
        dataset.write(dataset.read(spec).map(fail), spec)
    assert reason(failed.value) == "KeyError: 'colour'"


def test_an_unwritable_format_is_refused_before_work(tmp_path: Path) -> None:
    job = LocalJob(tmp_path, documents())
    job.spec["destination"]["format"] = "tfrecords"
    with pytest.raises(SluiceError, match="'tfrecords' is not written yet; accepted: parquet"):
        text.process(parse(job.spec))


def test_the_command_ends_with_one_clear_line(tmp_path: Path) -> None:
    job = LocalJob(tmp_path, documents())
    job.spec["source"]["type"] = "video"
    with served(job.spec) as environment:
        ended = subprocess.run(
            [sys.executable, "-m", "sluice.runner"],
            env={**os.environ, **environment, "PYTHONPATH": str(PYTHON_FOLDER)},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("sluice: no built-in program for source type")
