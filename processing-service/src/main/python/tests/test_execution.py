"""The built-in program on a real Ray, with a local folder as its object store."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import google_crc32c
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import PYTHON_FOLDER
from jobs import TOKEN, LocalJob, served
from sluice import dataset, execution, sample
from sluice.errors import EXIT_TEMPORARY, SluiceError, reason
from sluice.spec import JobSpec, parse

SENTENCE = "A dataset platform keeps every version as it was. "


def documents(count: int = 6) -> dict[str, bytes]:
    return {
        f"guide/{number}.md": f"# Page {number}\n\n{SENTENCE * 30 * (number + 1)}\n\n## Oh\nAh.\n"
        .encode()
        for number in range(count)
    }


def run(job: LocalJob) -> dict[str, Any]:
    execution.run(parse(job.spec))
    return job.manifest()


def digests(job: LocalJob) -> list[tuple[str, str]]:
    return [(one["path"], one["sha256"]) for one in job.manifest()["files"]]


def test_documents_become_chunks_in_order(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, documents())
    manifest = run(job)
    rows = job.rows().to_pylist()
    assert [row["path"] for row in rows] == sorted(row["path"] for row in rows)
    assert {row["path"] for row in rows} == set(documents())
    for path in documents():
        own = [row for row in rows if row["path"] == path]
        assert [row["chunk_no"] for row in own] == list(range(len(own)))
        assert len({row["record_key"] for row in own}) == 1
        assert {row["heading"] for row in own} == {own[0]["heading"], "Oh"}
    for row in rows:
        assert row["text_digest"] == hashlib.sha256(row["text"].encode()).hexdigest()
        assert row["source_sha256"] == hashlib.sha256(documents()[row["path"]]).hexdigest()
    assert manifest["counts"] == {
        "in": 6,
        "added": len(rows) - 6,
        "out": len(rows),
        "dropped": 0,
        "quarantined": 0,
    }
    assert [one["operator"] for one in manifest["operators"]] == [
        "read",
        "text_normalization",
        "document_chunk",
    ]


def test_the_manifest_says_what_was_written(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, documents(), distributeOps="repartition", parallelism=3)
    manifest = run(job)
    assert [one["path"] for one in manifest["files"]] == [f"part-0000{n}.parquet" for n in range(3)]
    sizes = [one["rows"] for one in manifest["files"]]
    assert sum(sizes) == manifest["rows"] and max(sizes) - min(sizes) <= 1
    for one in manifest["files"]:
        content = (job.bucket / one["objectKey"]).read_bytes()
        assert "-a1-" in one["objectKey"]
        assert (one["size"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert one["crc32c"] == f"{google_crc32c.value(content):08x}"
        assert one["rows"] == pq.read_metadata(job.bucket / one["objectKey"]).num_rows > 0
    assert {"name": "chunk_no", "type": "int32"} in manifest["schema"]


def test_the_way_of_distribution_does_not_change_the_rows(tmp_path: Path, ray_here: None) -> None:
    found = []
    for number, options in enumerate(
        (
            {"parallelism": 1},
            {"parallelism": 6, "batch_size": 1},
            {"parallelism": 2, "scheduling": "SPREAD"},
            {"parallelism": 3, "distributeOps": "repartition"},
        )
    ):
        job = LocalJob(tmp_path / str(number), documents(), **options)
        run(job)
        found.append(job.rows().to_pylist())
    assert all(rows == found[0] for rows in found)


def test_a_rerun_writes_the_same_bytes(tmp_path: Path, ray_here: None) -> None:
    first = LocalJob(tmp_path / "1", documents(), distributeOps="repartition")
    again = LocalJob(tmp_path / "2", documents(), distributeOps="repartition")
    run(first)
    run(again)
    assert digests(first) == digests(again)


def test_filter_drops_chunks_that_say_nothing(tmp_path: Path, ray_here: None) -> None:
    files = {
        f"guide/{number}.md": f"# Page {number}\n\nOf {number} we tell enough.\n\n## Oh\nAh.\n".encode()
        for number in range(6)
    }
    job = LocalJob(tmp_path, files, distributeOps="filter", batch_size=3)
    manifest = run(job)
    by_name = {one["operator"]: one for one in manifest["operators"]}
    assert by_name["text_length"]["dropped"] == 6
    assert by_name["exact_duplicates"]["dropped"] == 0
    assert manifest["counts"]["out"] == 6


def test_filter_keeps_the_first_of_equal_texts(tmp_path: Path, ray_here: None) -> None:
    page = b"# Tokens\n\nRotate a token every month, and after every leak.\n"
    other = b"# Billing\n\nInvoices come in May and in December.\n"
    files = {"docs/a.md": page, "docs/b.md": other, "joined/all.md": (page + other) * 3}
    job = LocalJob(tmp_path, files, distributeOps="filter")
    manifest = run(job)
    assert [row["path"] for row in job.rows().to_pylist()] == ["docs/a.md", "docs/b.md"]
    assert manifest["operators"][-1]["reasons"] == {"duplicate": 6}


def test_empty_documents_make_an_empty_version(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, {"empty.md": b"", "blank.md": b"\n \n"})
    assert run(job)["rows"] == 0
    assert "text_digest" in job.rows().column_names


def test_a_changed_object_ends_the_run_with_its_name(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, documents())
    (job.bucket / "dataset/docs/v1/guide/3.md").write_bytes(b"other")
    with pytest.raises(Exception) as failed:
        run(job)
    assert reason(failed.value).startswith("guide/3.md: the store holds other bytes")


PEOPLE = 'id,name,age,code,ok\r\n1,"Ann, B.",3,007,true\r\n2,,4.5,010,false\r\n3,"",,1,\r\n'


def test_csv_types_are_found_from_all_values(tmp_path: Path, ray_here: None) -> None:
    more = "id,name,age,code,extra\n4,Zoë,5,x,9\n"
    job = LocalJob(
        tmp_path, {"a.csv": PEOPLE.encode(), "b.csv": more.encode()}, source="csv", parallelism=2
    )
    job.spec["source"]["keyColumn"] = "id"
    manifest = run(job)
    assert {one["name"]: one["type"] for one in manifest["schema"]} == {
        "record_key": "string",
        "id": "int64",
        "name": "string",
        "age": "double",
        "code": "string",
        "ok": "bool",
        "extra": "int64",
    }
    rows = job.rows().to_pylist()
    assert [row["record_key"] for row in rows] == ["1", "2", "3", "4"]
    assert [row["name"] for row in rows] == ["Ann, B.", None, "", "Zoë"]
    assert [row["code"] for row in rows] == ["007", "010", "1", "x"]
    assert [row["age"] for row in rows] == [3.0, 4.5, None, 5.0]


def test_csv_comes_back_as_it_was(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, {"a.csv": PEOPLE.encode()}, source="csv", form="csv")
    run(job)
    (one,) = job.manifest()["files"]
    text = job.content(one["path"]).decode()
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[1:] for row in back] == [
        ["id", "name", "age", "code", "ok"],
        ["1", "Ann, B.", "3.0", "007", "true"],
        ["2", "", "4.5", "010", "false"],
        ["3", "", "", "1", ""],
    ]
    assert '3,"",,1,' in text and text.endswith("\r\n")


def test_rows_without_a_key_column_are_named_by_what_they_hold(
    tmp_path: Path, ray_here: None
) -> None:
    first = LocalJob(tmp_path / "1", {"a.csv": b"x,y\n1,a\n2,b\n"}, source="csv")
    moved = LocalJob(tmp_path / "2", {"a.csv": b"x,y\n2,b\n9,z\n1,a\n"}, source="csv")
    run(first)
    run(moved)
    keys = {row["y"]: row["record_key"] for row in first.rows().to_pylist()}
    again = {row["y"]: row["record_key"] for row in moved.rows().to_pylist()}
    assert again["a"] == keys["a"] and again["b"] == keys["b"]
    assert len(set(again.values())) == 3


def test_a_key_column_that_is_not_there_is_named(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, {"a.csv": b"x,y\n1,a\n"}, source="csv")
    job.spec["source"]["keyColumn"] = "id"
    with pytest.raises(Exception) as failed:
        run(job)
    assert reason(failed.value) == "a.csv: there is no key column 'id' among x, y"


def parquet(rows: pa.Table, rows_per_group: int = 1000) -> bytes:
    target = io.BytesIO()
    pq.write_table(rows, target, row_group_size=rows_per_group)
    return target.getvalue()


def test_a_large_parquet_file_is_read_by_row_groups(
    tmp_path: Path, ray_here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution, "_LARGE", 1)
    rows = pa.table({"id": list(range(2_000)), "text": [f"row {n}" for n in range(2_000)]})
    job = LocalJob(tmp_path, {"a.parquet": parquet(rows, 100)}, source="parquet", parallelism=4)
    job.spec["source"]["keyColumn"] = "id"
    manifest = run(job)
    assert len(manifest["files"]) >= 4
    assert job.rows().column("id").to_pylist() == list(range(2_000))


def test_a_parquet_file_that_is_none_ends_the_run_with_its_name(
    tmp_path: Path, ray_here: None
) -> None:
    job = LocalJob(tmp_path, {"a.parquet": b"PAR1 no"}, source="parquet")
    with pytest.raises(Exception) as failed:
        run(job)
    assert reason(failed.value).startswith("a.parquet: is no Parquet")


def test_rows_that_cannot_be_treated_go_to_quarantine_as_far_as_is_tolerated(
    tmp_path: Path, ray_here: None
) -> None:
    files = {f"{n}.png": png(n) for n in range(4)} | {"bad.png": b"\x89PNG\r\n\x1a\nbroken"}
    steps = [{"name": "image_resize", "parameters": {"width": 4, "height": 4}}]
    job = LocalJob(tmp_path, files, source="image", form="image", operators=steps)
    with pytest.raises(Exception) as failed:
        run(job)
    assert "1 of 5 rows could not be treated" in reason(failed.value)
    job.attempt(2).spec["tolerance"] = 0.2
    manifest = run(job)
    assert manifest["counts"]["quarantined"] == manifest["quarantine"]["rows"] == 1
    lines = (job.bucket / manifest["quarantine"]["objectKey"]).read_text().splitlines()
    (bad,) = map(json.loads, lines)
    assert (bad["operator"], json.loads(bad["row"])["path"]) == ("image_resize", "bad.png")
    paths = [one["path"] for one in manifest["files"] if one["mediaType"] == "image/png"]
    assert paths == [f"{n}.png" for n in range(4)]


def png(shade: int, size: int = 9) -> bytes:
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (size, size), (shade * 40 % 256, 10, 20)).save(target, "PNG")
    return target.getvalue()


def test_images_go_through_tfrecords_and_come_back(tmp_path: Path, ray_here: None) -> None:
    files = {f"cats/{n}.png": png(n) for n in range(5)}
    out = LocalJob(tmp_path / "1", files, source="image", form="tfrecords")
    records = {one["path"]: out.content(one["path"]) for one in run(out)["files"]}
    back = LocalJob(tmp_path / "2", records, source="tfrecords", form="image")
    run(back)
    assert {path: back.content(path) for path in files} == files


def test_an_image_of_another_kind_is_named_so(tmp_path: Path, ray_here: None) -> None:
    steps = [{"name": "image_convert", "parameters": {"format": "JPEG"}}]
    job = LocalJob(tmp_path, {"a.png": png(1)}, source="image", form="image", operators=steps)
    paths = [one["path"] for one in run(job)["files"]]
    assert paths == ["a.png.jpg", "metadata/part-00000.parquet"]
    assert job.content("a.png.jpg").startswith(b"\xff\xd8\xff")
    told = pq.read_table(io.BytesIO(job.content("metadata/part-00000.parquet"))).to_pylist()
    assert told[0]["file_name"] == "a.png.jpg" and told[0]["path"] == "a.png"


def test_binary_files_keep_their_bytes(tmp_path: Path, ray_here: None) -> None:
    files = {f"d/{n}.bin": os.urandom(1000) for n in range(3)}
    job = LocalJob(tmp_path, files, source="binary", form="binary")
    run(job)
    assert {path: job.content(path) for path in files} == files


def test_a_path_of_a_row_cannot_leave_the_version(tmp_path: Path, ray_here: None) -> None:
    rows = pa.table({"path": ["../../other"], "content": pa.array([b"x"], pa.binary())})
    job = LocalJob(tmp_path, {"a.parquet": parquet(rows)}, source="parquet", form="binary")
    with pytest.raises(Exception) as failed:
        run(job)
    assert reason(failed.value) == "path '../../other' cannot name a file of a version"


def test_a_retry_does_only_what_is_left(tmp_path: Path, ray_here: None) -> None:
    steps = [
        {"name": "document_chunk"},
        {"name": "exact_duplicates"},
        {"name": "remove_emojis"},
    ]
    undisturbed = LocalJob(tmp_path / "0", documents(8), operators=steps, parallelism=4)
    run(undisturbed)
    job = LocalJob(tmp_path / "1", documents(8), operators=steps, parallelism=4)
    run(job)
    (job.bucket / "dataset/chunks/v1/_sluice/manifest-a1.json").unlink()
    entries = sorted((job.bucket / "dataset/chunks/v1/_sluice/blocks").glob("*/1/*.json"))
    entries[-1].unlink()
    again = run(job.attempt(2))
    assert again["blocks"]["reused"] == again["blocks"]["total"] - 1
    assert job.rows().to_pylist() == undisturbed.rows().to_pylist()
    assert digests(job) == digests(undisturbed)
    assert again["operators"] == undisturbed.manifest()["operators"]
    tags = {"a2" if "-a2-" in one["objectKey"] else "a1" for one in again["files"]}
    assert tags == {"a1", "a2"}


def test_a_block_of_other_content_is_not_taken_over(tmp_path: Path, ray_here: None) -> None:
    job = LocalJob(tmp_path, documents(4))
    run(job)
    changed = LocalJob(tmp_path, documents(4) | {"guide/0.md": b"# New\n\nOther words.\n"})
    run(changed.attempt(2))
    assert "Other words." in job.attempt(2).rows().column("text")[0].as_py()


def test_progress_is_told(
    tmp_path: Path, ray_here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, dict[str, Any]]] = []
    job = LocalJob(tmp_path, documents(4), distributeOps="filter")
    with served(job.spec, told=told) as environment:
        monkeypatch.setenv("SLUICE_RUN_TOKEN", environment["SLUICE_RUN_TOKEN"])
        run(job)
    assert {path for path, _ in told} == {"/progress"}
    last = told[-1][1]
    assert (last["stage"], last["stages"]) == (1, 2)
    assert last["blocks"]["done"] == last["blocks"]["total"] >= 2
    assert last["rows"] == {"in": 4, "out": job.manifest()["rows"]}


def test_an_attempt_that_is_no_longer_wanted_ends(
    tmp_path: Path, ray_here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = LocalJob(tmp_path, documents(2))
    with served(job.spec):
        monkeypatch.setenv("SLUICE_RUN_TOKEN", "of an earlier attempt")
        with pytest.raises(SluiceError, match="no longer wanted"):
            run(job)


def test_a_dry_run_tells_what_each_operator_does(
    tmp_path: Path, ray_here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, dict[str, Any]]] = []
    steps = [{"name": "remove_email"}, {"name": "text_length", "parameters": {"minimum": 5}}]
    files = {"a.txt": b"write to ann@example.org today", "b.txt": b"ok", "c.txt": b"plain words"}
    job = LocalJob(tmp_path, files, operators=steps)
    job.spec["dryRun"] = {"rows": 20}
    with served(job.spec, told=told):
        monkeypatch.setenv("SLUICE_RUN_TOKEN", TOKEN)
        sample.run(parse(job.spec))
    ((path, document),) = told
    assert (path, document["rows"]) == ("/sample", 3)
    mail, length = document["operators"]
    assert mail["changes"][0]["before"]["text"] == "write to ann@example.org today"
    assert "ann@example.org" not in mail["changes"][0]["after"]["text"]
    assert (length["dropped"], length["changes"][0]["after"]) == (1, None)
    assert length["changes"][0]["before"]["text"] == "ok"
    assert [row["path"] for row in document["output"]] == ["a.txt", "c.txt"]
    assert not (job.bucket / "dataset/chunks").exists()


def spec_of(job: LocalJob, monkeypatch: pytest.MonkeyPatch) -> JobSpec:
    spec = parse(job.spec)
    monkeypatch.setattr(dataset, "job", lambda: spec)
    return spec


def test_a_program_of_ones_own_reads_and_writes(
    tmp_path: Path, ray_here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = LocalJob(tmp_path, documents(), form="text")
    spec_of(job, monkeypatch)
    upper = dataset.read().map(lambda row: {**row, "text": row["text"].upper()})
    dataset.write(upper)
    (only,) = job.manifest()["files"]
    assert (only["mediaType"], only["rows"]) == ("text/plain", 6)
    assert b"# PAGE 5" in (job.bucket / only["objectKey"]).read_bytes()


def test_a_program_of_one_function(
    tmp_path: Path, ray_here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = LocalJob(tmp_path, documents(), distributeOps="filter", batch_size=4, parallelism=2)
    spec_of(job, monkeypatch)
    sizes = tmp_path / "sizes"
    sizes.mkdir()

    def long(batch: pa.Table) -> list[bool]:
        (sizes / f"{batch.num_rows}").touch()
        return [len(text) > 5_000 for text in batch.column("text").to_pylist()]

    dataset.main(long)
    assert max(int(one.name) for one in sizes.iterdir()) <= 4
    assert job.manifest()["counts"] == {
        "in": 6,
        "added": 0,
        "out": 3,
        "dropped": 3,
        "quarantined": 0,
    }


def test_the_failure_of_a_program_of_ones_own_is_told(
    tmp_path: Path, ray_here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec_of(LocalJob(tmp_path, documents()), monkeypatch)

    def fail(row: dict[str, str]) -> dict[str, str]:
        raise KeyError("colour")

    with pytest.raises(Exception) as failed:
        dataset.write(dataset.read().map(fail))
    assert reason(failed.value) == "KeyError: 'colour'"


def command(job: LocalJob) -> "subprocess.CompletedProcess[str]":
    with served(job.spec) as environment:
        return subprocess.run(
            [sys.executable, "-m", "sluice.runner"],
            env={**os.environ, **environment, "PYTHONPATH": str(PYTHON_FOLDER)},
            capture_output=True,
            text=True,
            timeout=60,
        )


def test_the_command_ends_with_one_clear_line(tmp_path: Path) -> None:
    ended = command(LocalJob(tmp_path, documents(), source="video"))
    assert ended.returncode == 1
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("sluice: source type 'video' is none of text, image, binary, csv")


def test_the_command_says_when_another_attempt_is_worth_while() -> None:
    environment = {"SLUICE_SPEC_URL": "http://127.0.0.1:9/spec", "SLUICE_RUN_TOKEN": "t"}
    program = (
        "from sluice import spec, errors\n"
        "errors.run(lambda: spec.fetch(wait=lambda pause: None))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment, "PYTHONPATH": str(PYTHON_FOLDER)},
        timeout=60,
    )
    assert ended.returncode == EXIT_TEMPORARY


def test_json_lines_of_texts_are_read_at_once_and_others_one_by_one(
    tmp_path: Path, ray_here: None
) -> None:
    plain = b'{"text": "one", "id": 1}\n\n{"id": 2, "text": "two\\nlines"}\n{"text": " "}\n'
    other = b'{"text": "one"}\n{"question": "who", "answer": "Ann"}\n"bare"\n'
    steps = [{"name": "data_split"}]
    job = LocalJob(tmp_path, {"a.jsonl": plain, "b.ndjson": other}, operators=steps, parallelism=1)
    run(job)
    rows = job.rows().to_pylist()
    assert [(row["path"], row["text"]) for row in rows] == [
        ("a.jsonl", "one"),
        ("a.jsonl", "two\nlines"),
        ("b.ndjson", "one"),
        ("b.ndjson", "question: who\nanswer: Ann"),
        ("b.ndjson", "bare"),
    ]
    assert len({row["record_key"] for row in rows}) == 5
