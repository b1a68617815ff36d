"""The built-in program for text: `python -m sluice.text`.

Documents are cleaned and cut into chunks of about 1,000 characters. `distributeOps: filter`
also drops chunks that say next to nothing; `repartition` writes `parallelism` files.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

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
    kept = before.map_batches(
        long_enough,
        batch_size=spec.ray.batch_size or DEFAULT_BATCH,
        batch_format="pyarrow",
        **dataset.task_options(spec, at_most=before.num_blocks()),
    ).materialize()
    return dataset.write(kept, spec, dropped=before.count() - kept.count())


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
