"""A user's program that says in one line of JSON what of `rayJobConfig` reached Ray."""

import json
import os
import sys
import time

import pyarrow as pa
import ray
import sluice
from word import shout


def seen(batch: pa.Table) -> pa.Table:
    context = ray.get_runtime_context()
    began = time.monotonic()
    while time.monotonic() - began < 0.2:  # long enough that tasks which may overlap do
        pass
    told = {
        "batch_rows": batch.num_rows,
        "node": context.get_node_id(),
        "began": began,
        "ended": time.monotonic(),
        "gpus": float(context.get_assigned_resources().get("GPU", 0)),
        "shouted": shout("probe"),
    }
    for name, value in told.items():
        batch = batch.append_column(name, pa.array([value] * batch.num_rows))
    return batch


def at_once(spans: list[tuple[float, float]]) -> int:
    return max(sum(1 for b, e in spans if b <= began < e) for began, _ in spans)


def main() -> None:
    rows = sluice.read().materialize()
    made = sluice.map(rows, seen).materialize()
    all_rows = made.take_all()
    spans = sorted({(row["began"], row["ended"]) for row in all_rows})
    print(
        "probe "
        + json.dumps(
            {
                "blocks": rows.num_blocks(),
                "rows": len(all_rows),
                "largest_batch": max(row["batch_rows"] for row in all_rows),
                "at_once": at_once(spans),
                "nodes": len({row["node"] for row in all_rows}),
                "word": all_rows[0]["shouted"],
                "arguments": sys.argv[1:],
                "files": sorted(os.listdir(".")),
                "aws": sorted(name for name in os.environ if name.startswith("AWS_SECRET")),
            }
        ),
        flush=True,
    )
    sluice.write(made.drop_columns(["node", "shouted", "began", "ended", "gpus"]), rows_in=len(all_rows))


sluice.run(main)
