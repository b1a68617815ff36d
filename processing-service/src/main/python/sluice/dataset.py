"""Reading the run's input into Ray Data and writing a Ray dataset as the run's output."""

from __future__ import annotations

import logging
import math
from typing import Any, Callable, Iterator

import pyarrow as pa
import ray
import ray.data

from sluice.clean import decode
from sluice.errors import SluiceError
from sluice.output import Counts, Part, check_format, write_manifest, write_part
from sluice.rows import record_key
from sluice.spec import InputFile, JobSpec, current, fetch
from sluice.store import Store

LARGEST_DOCUMENT = 512 * 1024 * 1024
"""Bytes of the largest text document; a task holds a document as a whole."""

BYTES_PER_PART = 128 * 1024 * 1024
DEFAULT_PARALLELISM = 4
READABLE = ("text",)

_DOCUMENTS = pa.schema(
    [
        ("record_key", pa.string()),
        ("path", pa.string()),
        ("text", pa.string()),
        ("source_sha256", pa.string()),
    ]
)


def connect() -> None:
    """Join the cluster that runs this job, once, and keep the order of rows."""
    if not ray.is_initialized():
        ray.init(logging_level=logging.WARNING, log_to_driver=False)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    # Failures are told once, by sluice.errors.run.
    for name in ("ray.data", "ray.data.exceptions"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def read(spec: JobSpec | None = None) -> ray.data.Dataset:
    """The input version as a Ray dataset, in the order of its paths.

    For a text version: one row per document with `record_key`, `path`, `text` (as stored, not
    cleaned) and `source_sha256`.
    """
    job = spec or fetch()
    return per_file(job, lambda file, content: iter([_document(file, content)]))


def write(dataset: ray.data.Dataset, spec: JobSpec | None = None, dropped: int = 0) -> str:
    """Write all rows, in order, as parts and then the output manifest; returns its key.

    `dropped` is how many rows the program left out, for the run's counts.
    """
    job = spec or fetch()
    check_format(job.destination_format)
    connect()
    done = dataset.materialize()
    rows = done.count()
    schema = _schema(done)
    if rows == 0:
        parts = [write_part(job, 0, schema.empty_table())]
    else:
        parts = _write_blocks(job, done.repartition(_part_count(job, rows, done.size_bytes())))
    return write_manifest(job, parts, schema, Counts(rows + dropped, rows, dropped))


def per_file(
    spec: JobSpec, rows_of: Callable[[InputFile, bytes], Iterator[pa.Table]]
) -> ray.data.Dataset:
    """A dataset of what `rows_of` makes of each input file, whose bytes have been checked."""
    if spec.source_type not in READABLE:
        accepted = ", ".join(READABLE)
        raise SluiceError(f"source type {spec.source_type!r} is not read yet; accepted: {accepted}")
    if not spec.files:
        raise SluiceError("the input version holds no file")
    for file in spec.files:
        if file.size > LARGEST_DOCUMENT:
            raise SluiceError(f"{file.path}: {file.size} bytes are more than {LARGEST_DOCUMENT}")
    connect()
    files = sorted(spec.files, key=lambda file: file.path)
    blocks = min(parallelism(spec), len(files))
    numbers = ray.data.from_items(list(range(len(files))), override_num_blocks=blocks)

    def load(batch: pa.Table) -> Iterator[pa.Table]:
        store = Store(current(spec).store)
        for number in batch.column("item").to_pylist():
            yield from rows_of(files[number], store.read(files[number]))

    options = task_options(spec, at_most=blocks)
    return numbers.map_batches(load, batch_size=1, batch_format="pyarrow", **options)


def parallelism(spec: JobSpec) -> int:
    """How many tasks of a stage run at once, at most."""
    return spec.ray.parallelism or DEFAULT_PARALLELISM


def task_options(spec: JobSpec, at_most: int) -> dict[str, Any]:
    """Arguments of `map_batches` that follow from `rayJobConfig`, for `at_most` input blocks."""
    tasks = min(parallelism(spec), at_most)
    options: dict[str, Any] = {"compute": ray.data.TaskPoolStrategy(size=tasks)}
    if spec.ray.scheduling != "DEFAULT":
        options["scheduling_strategy"] = spec.ray.scheduling
    if spec.ray.gpu > 0:
        options["num_gpus"] = spec.ray.gpu
    return options


def _document(file: InputFile, content: bytes) -> pa.Table:
    row = {
        "record_key": record_key(file.path, file.sha256),
        "path": file.path,
        "text": decode(content, file.path),
        "source_sha256": file.sha256,
    }
    return pa.Table.from_pylist([row], schema=_DOCUMENTS)


def _part_count(spec: JobSpec, rows: int, size: int) -> int:
    """As many parts as asked for by repartition, else one per BYTES_PER_PART."""
    if spec.ray.distribute_ops == "repartition":
        return min(parallelism(spec), rows)
    return min(max(1, math.ceil(size / BYTES_PER_PART)), rows)


def _write_blocks(spec: JobSpec, dataset: ray.data.Dataset) -> list[Part]:
    write_task = ray.remote(write_part).options(
        num_cpus=1, scheduling_strategy=spec.ray.scheduling, max_retries=2
    )
    blocks = dataset.to_arrow_refs()
    written: list[Part] = ray.get(
        [write_task.remote(spec, number, block) for number, block in enumerate(blocks)]
    )
    return written


def _schema(dataset: ray.data.Dataset) -> pa.Schema:
    schema = dataset.schema()
    if schema is None:
        raise SluiceError("the program made no rows, and so no columns")
    base = schema.base_schema
    return base if isinstance(base, pa.Schema) else pa.schema(list(zip(schema.names, schema.types)))
