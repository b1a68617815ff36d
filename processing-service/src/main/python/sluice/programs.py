"""What a run without operators does, by its source type and `distributeOps`."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from sluice import operators
from sluice.operators.base import Means, Operator
from sluice.spec import JobSpec

_Steps = Sequence[Mapping[str, Any]]

SHORTEST = 20
"""Chunks of fewer characters are dropped by `distributeOps: filter`."""

_TEXT: _Steps = (
    {"name": "text_normalization"},
    {"name": "document_chunk", "parameters": {"size": 1000, "overlap": 100}},
)
_FILTERS: Mapping[str, _Steps] = {
    "text": (
        {"name": "text_length", "parameters": {"minimum": SHORTEST}},
        {"name": "exact_duplicates"},
    ),
    "image": (
        {"name": "image_decode_check"},
        {"name": "exact_duplicates", "parameters": {"column": "source_sha256"}},
    ),
    "binary": ({"name": "exact_duplicates", "parameters": {"column": "source_sha256"}},),
    "csv": ({"name": "exact_duplicates", "parameters": {"column": "record_key"}},),
}


def chain(spec: JobSpec) -> list[Operator]:
    """The operators of a run, ready to work."""
    return operators.of(steps(spec), Means(spec.secrets, spec.endpoints))


def steps(spec: JobSpec) -> _Steps:
    """The manifest's operators, or those of the built-in program.

    Text is cleaned and cut into chunks of about 1,000 characters; everything else stays as it is.
    `distributeOps: filter` also drops what says nothing or was said before: short and repeated
    chunks, images that cannot be decoded, files and rows that repeat an earlier one.
    """
    if spec.operators:
        return spec.operators
    made = list(_TEXT) if spec.source_type == "text" else []
    if spec.ray.distribute_ops == "filter":
        made += _FILTERS.get(spec.source_type, _FILTERS["csv"])
    return made
