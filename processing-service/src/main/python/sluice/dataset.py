"""For programs of your own: the run's input as a Ray dataset, and a Ray dataset as its output."""

from __future__ import annotations

import logging
import math
from dataclasses import replace
from functools import lru_cache
from typing import Any, Callable, Iterator

import pyarrow as pa
import ray
import ray.data

from sluice import work
from sluice.blocks import Block, plan
from sluice.cluster import connect, parallelism, task_options
from sluice.errors import SluiceError
from sluice.formats import reading, writing
from sluice.formats.types import union
from sluice.operators.chain import Counts
from sluice.output import write_manifest
from sluice.spec import JobSpec, fetch

BYTES_PER_PART = 128 * 1024 * 1024


@lru_cache(maxsize=1)
def job() -> JobSpec:
    """The spec of the run that this program belongs to."""
    return fetch()


def read(spec: JobSpec | None = None) -> ray.data.Dataset:
    """The input version as a Ray dataset, in the order of its paths.

    Each row has a `record_key`. For text: one row for each document or section with `path`, `text`
    (as stored, not cleaned), `page`, `heading`, `source_sha256`; for images `path`, `media_type`,
    `image` (encoded), `source_sha256`; for binary files `content` in its place; for csv, parquet
    and tfrecords the columns of the files.
    """
    own = spec or job()
    if own.source_type not in reading.SOURCES:
        told = ", ".join(reading.SOURCES)
        raise SluiceError(f"source type {own.source_type!r} is none of {told}")
    if not own.files:
        raise SluiceError("the input version holds no file")
    _connect()
    blocks = plan(own.files, parallelism(own))
    slim = replace(own, files=())
    schema = _survey(slim, blocks) if own.source_type in reading.TABULAR else None
    everything = work.Plan(slim, "", schema, False)
    numbers = ray.data.from_items(list(range(len(blocks))), override_num_blocks=len(blocks))

    def load(batch: pa.Table) -> Iterator[pa.Table]:
        for number in batch.column("item").to_pylist():
            yield from work.Source(everything, blocks[number]).tables()

    return numbers.map_batches(load, batch_size=1, batch_format="pyarrow", **_options(own))


def map(  # noqa: A001 - the manifest's word
    rows: ray.data.Dataset, function: Callable[[pa.Table], pa.Table]
) -> ray.data.Dataset:
    """`function` makes a batch of each batch (Arrow tables), at the size and with the parallelism,
    GPUs and scheduling of the manifest."""
    return rows.map_batches(
        function, batch_size=_batch_size(job()), batch_format="pyarrow", **_options(job())
    )


def filter(  # noqa: A001 - the manifest's word
    rows: ray.data.Dataset, keeps: Callable[[pa.Table], Any]
) -> ray.data.Dataset:
    """The rows of which `keeps` says true: it makes of each batch (an Arrow table) as many
    booleans."""

    def kept(batch: pa.Table) -> pa.Table:
        return batch.filter(pa.array(keeps(batch), pa.bool_()))

    return map(rows, kept)


def repartition(rows: ray.data.Dataset, blocks: int | None = None) -> ray.data.Dataset:
    """The same rows in as many blocks as given, else as the manifest's `parallelism`."""
    return rows.repartition(blocks or parallelism(job()))


def write(
    dataset: ray.data.Dataset,
    spec: JobSpec | None = None,
    rows_in: int | None = None,
    dropped: int = 0,
) -> str:
    """Write all rows, in order, as files of the output version and then the output manifest;
    returns its key.

    `rows_in` and `dropped` are the run's counts: how many rows were read, and left out.
    """
    own = spec or job()
    writing.check_format(own.destination_format)
    _connect()
    done = dataset.materialize()
    rows = done.count()
    schema = _schema(done)
    if rows == 0:
        parts = writing.nothing(own, schema)
    else:
        parts = _write_blocks(own, done.repartition(_part_count(own, rows, done.size_bytes())))
    came = rows + dropped if rows_in is None else rows_in
    program = Counts("program", came, max(0, rows + dropped - came), rows)
    program.reasons["program"] = came + program.added - rows
    return write_manifest(own, parts, schema, [program])


def main(function: Callable[[pa.Table], Any]) -> None:
    """A whole program of one function: reads, does what `distributeOps` says, writes.

    For `map` the function makes a table of each table, for `filter` as many booleans as the table
    has rows; `repartition` does not need it.
    """
    from sluice.errors import run

    def program() -> None:
        spec = job()
        rows = read().materialize()
        operation = {"map": map, "filter": filter}.get(spec.ray.distribute_ops)
        made = repartition(rows) if operation is None else operation(rows, function)
        print(f"sluice: wrote {write(made, rows_in=rows.count())}", flush=True)

    run(program)


def _connect() -> None:
    connect()
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    # Failures are told once, by sluice.errors.run.
    for name in ("ray.data", "ray.data.exceptions"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _batch_size(spec: JobSpec) -> int:
    return spec.ray.batch_size or work.ROWS_PER_BATCH


def _options(spec: JobSpec) -> dict[str, Any]:
    """Arguments of `map_batches` that follow from `rayJobConfig`."""
    options = task_options(spec)
    del options["max_retries"], options["num_cpus"]
    return options | {"compute": ray.data.TaskPoolStrategy(size=parallelism(spec))}


def _survey(spec: JobSpec, blocks: list[Block]) -> pa.Schema:
    task = ray.remote(work.surveyed).options(**task_options(spec))
    return union(ray.get([task.remote(spec, block) for block in blocks]))


def _part_count(spec: JobSpec, rows: int, size: int) -> int:
    """As many parts as asked for by repartition, else one per BYTES_PER_PART."""
    if spec.ray.distribute_ops == "repartition":
        return min(parallelism(spec), rows)
    return min(max(1, math.ceil(size / BYTES_PER_PART)), rows)


def _write_blocks(spec: JobSpec, dataset: ray.data.Dataset) -> list[writing.Part]:
    task = ray.remote(_write_block).options(**task_options(spec) | {"num_gpus": 0})
    slim = ray.put(replace(spec, files=()))
    blocks = dataset.to_arrow_refs()
    written = ray.get([task.remote(slim, number, block) for number, block in enumerate(blocks)])
    return [part for parts in written for part in parts]


def _write_block(spec: JobSpec, number: int, rows: pa.Table) -> list[writing.Part]:
    from sluice.formats.types import plain

    target = writing.writer(spec, number)
    if rows.num_rows:
        target.add(plain(rows))
    return target.finish()


def _schema(dataset: ray.data.Dataset) -> pa.Schema:
    schema = dataset.schema()
    if schema is None:
        raise SluiceError("the program made no rows, and so no columns")
    base = schema.base_schema
    return base if isinstance(base, pa.Schema) else pa.schema(list(zip(schema.names, schema.types)))
