"""What an attempt leaves behind: files of the version, and last the manifest that lists them."""

from __future__ import annotations

import io
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Sequence

import pyarrow as pa

from sluice.errors import SluiceError
from sluice.formats.writing import Part
from sluice.operators.chain import Counts
from sluice.spec import JobSpec, current
from sluice.store import Store

MOST_QUARANTINED = 10_000
"""Rows in quarantine that are kept by name; of the others only the number is."""


def write_manifest(
    spec: JobSpec,
    parts: Sequence[Part],
    schema: pa.Schema,
    counts: Sequence[Counts],
    quarantine: Sequence[dict[str, Any]] = (),
    blocks: dict[str, int] | None = None,
) -> str:
    """Write the output manifest, which makes the attempt complete, and return its key.

    `counts` has an entry for each step, the first for reading.
    """
    rows = _adds_up(counts)
    document: dict[str, Any] = {
        "runId": spec.run_id,
        "attempt": spec.attempt,
        "files": [part.document() for part in parts],
        "rows": rows,
        "bytes": sum(part.stored.size for part in parts),
        "schema": [{"name": one.name, "type": str(one.type)} for one in schema],
        "rayVersion": package_version("ray"),
        "environment": {
            "python": platform.python_version(),
            "ray": package_version("ray"),
            "pyarrow": package_version("pyarrow"),
        },
        "counts": {
            "in": counts[0].rows_in,
            "added": sum(one.added for one in counts),
            "out": rows,
            "dropped": sum(one.dropped for one in counts),
            "quarantined": sum(one.quarantined for one in counts),
        },
        "operators": [one.document() for one in counts],
        "blocks": blocks or {"total": 0, "reused": 0},
    }
    store = Store(current(spec).store, spec.output.bucket)
    if quarantine:
        document["quarantine"] = {
            "rows": document["counts"]["quarantined"],
            "objectKey": _quarantine(spec, store, quarantine),
        }
    key = f"{spec.output.key_prefix}_sluice/manifest-{spec.output.attempt_tag}.json"
    content = json.dumps(document, indent=1, ensure_ascii=False).encode()
    store.write(key, io.BytesIO(content), "application/json")
    return key


def _adds_up(counts: Sequence[Counts]) -> int:
    """The rows of the output; SluiceError unless each step gives on what it took."""
    rows = counts[0].rows_in
    for step in counts:
        left = step.rows_in + step.added - step.dropped - step.quarantined
        if step.rows_in != rows or left != step.rows_out:
            raise SluiceError(f"counts do not add up at {step.operator}: {step.document()}")
        rows = step.rows_out
    return rows


def _quarantine(spec: JobSpec, store: Store, quarantine: Sequence[dict[str, Any]]) -> str:
    """Write the rows that could not be treated as JSON lines: which, where, why, what."""
    key = f"{spec.output.key_prefix}_sluice/quarantine-{spec.output.attempt_tag}.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in quarantine[:MOST_QUARANTINED]]
    store.write(key, io.BytesIO("\n".join([*lines, ""]).encode()), "application/x-ndjson")
    return key


def package_version(name: str) -> str | None:
    """The version of a package, None where there is none."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
