"""What earlier attempts of a run finished, so that a retry does not do it again.

A finished block leaves an entry under `<keyPrefix>_sluice/blocks/<recipe>/<stage>/`, written after
the objects that it names. An entry counts only for a block of the same content: what it names is
then what this attempt would write, and is used as it lies.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

from sluice.spec import JobSpec, current
from sluice.store import Store


@dataclass(frozen=True)
class Entry:
    """A finished block: what was in it, and what the stage says of it."""

    block: int
    digest: str
    found: dict[str, Any]


class Journal:
    """The entries of one recipe."""

    def __init__(self, spec: JobSpec, recipe: str) -> None:
        self._spec = spec
        self._folder = f"{spec.output.key_prefix}_sluice/blocks/{recipe}/"

    def finished(self, stage: int) -> dict[int, Entry]:
        """The entries of a stage by block; of two attempts' entries the first by name."""
        entries: dict[int, Entry] = {}
        store = self._store()
        for key in sorted(store.keys(f"{self._folder}{stage}/")):
            entry = _entry(store.content(key))
            if entry is not None:
                entries.setdefault(entry.block, entry)
        return entries

    def write(self, stage: int, entry: Entry) -> None:
        """Say that a block is finished."""
        name = f"{entry.block:05d}-{self._spec.output.attempt_tag}.json"
        told = {"block": entry.block, "digest": entry.digest, "found": entry.found}
        content = io.BytesIO(json.dumps(told, sort_keys=True).encode())
        self._store().write(f"{self._folder}{stage}/{name}", content, "application/json")

    def key(self, stage: int, block: int, kind: str) -> str:
        """Where rows of a block lie between two stages."""
        tag = self._spec.output.attempt_tag
        return f"{self._folder}{stage}/{block:05d}-{tag}.{kind}"

    def _store(self) -> Store:
        return Store(current(self._spec).store, self._spec.output.bucket)


def _entry(content: bytes | None) -> Entry | None:
    """None for what is no whole entry; its block is done again."""
    try:
        told = json.loads(content or b"")
        return Entry(int(told["block"]), str(told["digest"]), dict(told["found"]))
    except (ValueError, KeyError, TypeError):
        return None
