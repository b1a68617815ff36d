"""The built-in program for text: `python -m sluice.text`.

Documents are cleaned and cut into chunks of about 1,000 characters. `distributeOps: filter`
also drops chunks that say next to nothing and chunks whose text an earlier one has, in the order
of paths; `repartition` writes `parallelism` files.
"""

from __future__ import annotations

from typing import Callable

import pyarrow as pa
import pyarrow.compute as pc
import ray
import ray.data

from sluice import dataset
from sluice.errors import run
from sluice.output import check_format
from sluice.rows import SCHEMA, tables
from sluice.spec import JobSpec, fetch

SHORTEST = 20
"""Chunks of fewer characters are dropped by `distributeOps: filter`."""

DEFAULT_BATCH = 1_000


def process(spec: JobSpec) -> str:
    """Chunk every document of the input version; returns the output manifest's key."""
    check_format(spec.destination_format)
    chunks = dataset.per_file(spec, tables)
    if spec.ray.distribute_ops != "filter":
        return dataset.write(chunks, spec)
    before = chunks.materialize()
    telling = _filtered(spec, before, long_enough).materialize()
    repeated = ray.put(repetitions(telling))
    kept = _filtered(spec, telling, lambda batch: without(batch, ray.get(repeated))).materialize()
    return dataset.write(kept, spec, dropped=before.count() - kept.count())


def _filtered(
    spec: JobSpec, rows: ray.data.Dataset, keep: Callable[[pa.Table], pa.Table]
) -> ray.data.Dataset:
    return rows.map_batches(
        keep,
        batch_size=spec.ray.batch_size or DEFAULT_BATCH,
        batch_format="pyarrow",
        **dataset.task_options(spec, at_most=max(1, rows.num_blocks())),
    )


def repetitions(rows: ray.data.Dataset) -> pa.Array:
    """Names of the rows whose text an earlier row has; needs about 100 bytes for each row."""
    seen: set[str] = set()
    repeated: list[str] = []
    columns = rows.select_columns(["record_key", "chunk_no", "text_digest"])
    for batch in columns.iter_batches(batch_size=None, batch_format="pyarrow"):
        for name, digest in zip(row_names(batch).to_pylist(), batch["text_digest"].to_pylist()):
            if digest in seen:
                repeated.append(name)
            seen.add(digest)
    return pa.array(repeated, pa.string())


def row_names(batch: pa.Table) -> pa.Array:
    """`record_key#chunk_no` of each row, which no two rows share."""
    numbers = batch["chunk_no"].cast(pa.string())
    return pc.binary_join_element_wise(batch["record_key"], numbers, "#")


def without(batch: pa.Table, names: pa.Array) -> pa.Table:
    """The rows that are not named."""
    return batch.filter(pc.invert(pc.is_in(row_names(batch), names))).cast(SCHEMA)


def long_enough(batch: pa.Table) -> pa.Table:
    """The rows whose text has at least SHORTEST characters."""
    kept = batch.filter(pc.greater_equal(pc.utf8_length(batch.column("text")), SHORTEST))
    return kept.cast(SCHEMA)


def main() -> None:
    """Fetch the job spec, process, say what was written."""
    spec = fetch()
    print(f"sluice: {spec.run_id} attempt {spec.attempt}: {len(spec.files)} files", flush=True)
    print(f"sluice: wrote {process(spec)}", flush=True)


if __name__ == "__main__":
    run(main)
