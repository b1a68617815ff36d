"""A dry run: the operators over the first rows of the input, told step by step; nothing is
written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa
import ray

from sluice import programs, work
from sluice.blocks import plan
from sluice.cluster import connect, task_options
from sluice.errors import SluiceError
from sluice.formats.keys import KEY
from sluice.formats.reading import TABULAR
from sluice.operators.base import Operator
from sluice.operators.chain import Chain
from sluice.progress import put
from sluice.spec import JobSpec

MOST = 1_000
"""Rows of a sample."""

_CHANGES = 20
_LONGEST = 2_000


def run(spec: JobSpec) -> None:
    """Take the sample, treat it, send what became of it."""
    if spec.sample_url is None or spec.dry_run_rows is None:
        raise SluiceError("the job spec asks for no dry run")
    connect()
    # A worker reads and treats the files, as it would in the run.
    task = ray.remote(taken).options(**task_options(spec))
    put(spec.sample_url, ray.get(task.remote(spec)), "sample", must=True)


def taken(spec: JobSpec) -> dict[str, Any]:
    """What becomes of the first rows, by operator."""
    chain = programs.chain(spec)
    rows = _first(spec, min(spec.dry_run_rows or 0, MOST))
    count = rows.num_rows
    told = []
    for step, operator in enumerate(chain):
        passed = Chain([operator], step).run(rows)
        quarantined = passed.quarantine.to_pylist()
        told.append(
            passed.counts[0].document()
            | {"changes": _changes(operator, rows, passed.rows, quarantined)}
        )
        rows = passed.rows
    return {
        "rows": count,
        "operators": told,
        "output": [_short(row) for row in rows.slice(0, _CHANGES).to_pylist()],
    }


def _first(spec: JobSpec, wanted: int) -> pa.Table:
    blocks = plan(spec.files, 1)[:1]
    schema = work.surveyed(spec, blocks[0]) if spec.source_type in TABULAR else None
    everything = work.Plan(spec, "", schema, False)
    taken: list[pa.Table] = []
    for table in work.Source(everything, blocks[0]).tables():
        taken.append(table.slice(0, wanted - sum(one.num_rows for one in taken)))
        if sum(one.num_rows for one in taken) >= wanted:
            break
    return pa.concat_tables(taken)


def _changes(
    operator: Operator, before: pa.Table, after: pa.Table, quarantined: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The rows that the operator changed, dropped or could not treat, by record key."""
    later: dict[str, list[dict[str, Any]]] = {}
    for row in after.to_pylist():
        later.setdefault(str(row.get(KEY)), []).append(row)
    errors = {str(one["record_key"]): one["error"] for one in quarantined}
    changes: list[dict[str, Any]] = []
    for row in before.to_pylist():
        key = str(row.get(KEY))
        made = later.get(key, [])
        if made == [row]:
            continue
        reason = errors.get(key) or (None if made else f"dropped by {operator.name}")
        after_rows = [_short(one) for one in made[:3]]
        changes.append(
            {
                "recordKey": key,
                "before": _short(row),
                "after": after_rows[0] if len(made) == 1 else after_rows or None,
                "reason": reason,
            }
        )
        if len(changes) == _CHANGES:
            break
    return changes


def _short(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, str) and len(value) > _LONGEST:
        return value[:_LONGEST] + "…"
    return value
