"""How the built-in program cuts its input: into blocks that are the same in every attempt."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Mapping, Sequence

from sluice.spec import InputFile

BYTES_PER_BLOCK = 64 * 1024 * 1024
FILES_PER_BLOCK = 1_000
VERSION = 1
"""Counts up when the same operators would give other rows, so that no old block is reused."""


@dataclass(frozen=True)
class Piece:
    """A file, or some row groups of a large Parquet file."""

    file: InputFile
    groups: tuple[int, ...] | None = None

    @property
    def checks(self) -> bool:
        """Whether who reads this piece proves the file's digest: for a file in pieces the first."""
        return self.groups is None or self.groups[0] == 0


@dataclass(frozen=True)
class Block:
    """Some of the input, in the order of paths."""

    number: int
    pieces: tuple[Piece, ...]

    def digest(self) -> str:
        """What the block holds."""
        told = json.dumps([(one.file.path, one.file.sha256, one.groups) for one in self.pieces])
        return hashlib.sha256(told.encode()).hexdigest()


def plan(
    files: Sequence[InputFile],
    parallelism: int,
    groups: Mapping[str, Sequence[int]] | None = None,
) -> list[Block]:
    """At least `parallelism` blocks if there are files enough, none much larger than
    BYTES_PER_BLOCK. The same files give the same blocks.

    `groups` has the sizes of the row groups of Parquet files, by path; those are cut between
    them. No other file is cut.
    """
    ordered = sorted(files, key=lambda file: file.path)
    whole = sum(file.size for file in ordered)
    most_bytes = min(BYTES_PER_BLOCK, max(1, -(-whole // max(1, parallelism))))
    most_files = min(FILES_PER_BLOCK, max(1, -(-len(ordered) // max(1, parallelism))))
    blocks: list[Block] = []
    gathered: list[Piece] = []
    size = 0
    for file in ordered:
        for piece, piece_size in _pieces(file, most_bytes, (groups or {}).get(file.path)):
            if gathered and (size + piece_size > most_bytes or len(gathered) == most_files):
                blocks.append(Block(len(blocks), tuple(gathered)))
                gathered, size = [], 0
            gathered.append(piece)
            size += piece_size
    if gathered:
        blocks.append(Block(len(blocks), tuple(gathered)))
    return blocks


def _pieces(
    file: InputFile, most: int, groups: Sequence[int] | None
) -> list[tuple[Piece, int]]:
    """A file, or its runs of row groups of about `most` bytes as they are stored."""
    if not groups or file.size <= most:
        return [(Piece(file), file.size)]
    stored = file.size / max(1, sum(groups))
    made: list[tuple[Piece, int]] = []
    run: list[int] = []
    size = 0.0
    for number, uncompressed in enumerate(groups):
        if run and size + uncompressed * stored > most:
            made.append((Piece(file, tuple(run)), int(size)))
            run, size = [], 0.0
        run.append(number)
        size += uncompressed * stored
    made.append((Piece(file, tuple(run)), int(size)))
    return made


def recipe(told: Sequence[Any]) -> str:
    """A name for what is done to a block: 16 hexadecimal characters."""
    return hashlib.sha256(json.dumps([VERSION, *told], sort_keys=True).encode()).hexdigest()[:16]
