"""How the built-in program cuts its input: into blocks that are the same in every attempt."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Sequence

from sluice.spec import InputFile

BYTES_PER_BLOCK = 64 * 1024 * 1024
FILES_PER_BLOCK = 1_000
VERSION = 1
"""Counts up when the same operators would give other rows, so that no old block is reused."""


@dataclass(frozen=True)
class Block:
    """Some files of the input, in the order of paths."""

    number: int
    files: tuple[InputFile, ...]

    def digest(self) -> str:
        """What the block holds."""
        told = json.dumps([(file.path, file.sha256) for file in self.files])
        return hashlib.sha256(told.encode()).hexdigest()


def plan(files: Sequence[InputFile], parallelism: int) -> list[Block]:
    """At least `parallelism` blocks if there are files enough, none much larger than
    BYTES_PER_BLOCK: a file is never cut. The same files give the same blocks."""
    ordered = sorted(files, key=lambda file: file.path)
    whole = sum(file.size for file in ordered)
    most_bytes = min(BYTES_PER_BLOCK, max(1, -(-whole // max(1, parallelism))))
    most_files = min(FILES_PER_BLOCK, max(1, -(-len(ordered) // max(1, parallelism))))
    blocks: list[Block] = []
    gathered: list[InputFile] = []
    size = 0
    for file in ordered:
        if gathered and (size + file.size > most_bytes or len(gathered) == most_files):
            blocks.append(Block(len(blocks), tuple(gathered)))
            gathered, size = [], 0
        gathered.append(file)
        size += file.size
    if gathered:
        blocks.append(Block(len(blocks), tuple(gathered)))
    return blocks


def recipe(source_type: str, formats: Sequence[str], operators: Sequence[Any]) -> str:
    """A name for what is done to a block: 16 hexadecimal characters."""
    told = json.dumps([VERSION, source_type, list(formats), list(operators)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
