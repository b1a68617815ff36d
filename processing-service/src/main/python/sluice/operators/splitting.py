"""Operators that cut documents, and that say what a row is for."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from sluice import chunks
from sluice.operators.base import (
    TEXT,
    Operator,
    Outcome,
    column_of,
    everything,
    param,
    texts,
)

_SENTENCE = re.compile(r".+?(?:[.!?…]+[\"'”’)\]]*(?=\s|$)|[。！？]+[”’」』）]*|\n+|$)", re.S)


@dataclass(frozen=True, kw_only=True)
class DocumentChunk(Operator):
    """Cuts texts into overlapping pieces at headings, paragraphs, sentences or words. Adds the
    columns chunk_no (from 0 in each document), heading and text_digest."""

    name = "document_chunk"
    group = "chunk_processing"
    title = "Cut documents"

    column: str = param(TEXT, "Column to cut.")
    size: int = param(1000, "Most units of a piece.", minimum=20, maximum=100_000)
    overlap: int = param(100, "Units that a piece repeats; below half of the size.", minimum=0)
    unit: str = param(
        "characters",
        "What is counted. Sentences stay whole when words are counted.",
        choices=("characters", "words"),
    )

    def __post_init__(self) -> None:
        if not 0 <= self.overlap < self.size / 2:
            raise ValueError(f"overlap {self.overlap} must be below half of size {self.size}")

    def apply(self, rows: pa.Table) -> Outcome:
        values = texts(rows, self.column).to_pylist()
        indices: list[int] = []
        numbers: list[int] = []
        pieces: list[str] = []
        headings: list[str | None] = []
        reasons: list[str | None] = []
        for index, text in enumerate(values):
            before = len(pieces)
            for number, chunk in enumerate(self._pieces(text or "")):
                indices.append(index)
                numbers.append(number)
                pieces.append(chunk.text)
                headings.append(chunk.heading)
            reasons.append("no_text" if len(pieces) == before else None)
        # Without the whole text, which would stand once beside each of its pieces.
        place = rows.column_names.index(self.column)
        cut = rows.drop_columns([self.column]).take(pa.array(indices, pa.int64()))
        cut = cut.add_column(place, self.column, pa.array(pieces, pa.string()))
        if "heading" in rows.column_names:
            # What a document's format says of its headings counts where the text shows none.
            own = cut.column("heading").to_pylist()
            headings = [found or known for found, known in zip(headings, own)]
        digests = [hashlib.sha256(piece.encode()).hexdigest() for piece in pieces]
        for name, column in (
            ("chunk_no", pa.array(numbers, pa.int32())),
            ("heading", pa.array(headings, pa.string())),
            ("text_digest", pa.array(digests, pa.string())),
        ):
            cut = with_column(cut, name, column)
        return Outcome(cut, pa.array(reasons, pa.string()))

    def _pieces(self, text: str) -> Iterator[chunks.Chunk]:
        if self.unit == "characters":
            yield from chunks.split(text, self.size, self.overlap)
            return
        for heading, section in chunks.sections(text):
            for piece in by_words(section, self.size, self.overlap):
                yield chunks.Chunk(piece, heading)


@dataclass(frozen=True, kw_only=True)
class DataSplit(Operator):
    """Says of each row whether it is for training, validation or test, in a new column. What a row
    is for follows from its record key alone: it stays the same in each later version."""

    name = "data_split"
    group = "split"
    title = "Train, validation and test"
    reads = ("record_key",)

    train: float = param(0.8, "Share of rows for training.", minimum=0, maximum=1)
    validation: float = param(0.1, "Share of rows for validation.", minimum=0, maximum=1)
    test: float = param(0.1, "Share of rows for test.", minimum=0, maximum=1)
    seed: str = param("", "Another text gives another split.")
    into: str = param("split", "The new column.")

    def __post_init__(self) -> None:
        if abs(self.train + self.validation + self.test - 1) > 1e-9:
            raise ValueError(
                f"train {self.train}, validation {self.validation} and test {self.test}"
                " must add up to 1"
            )

    def apply(self, rows: pa.Table) -> Outcome:
        keys = column_of(rows, "record_key").unique().to_pylist()
        named = dict(zip(keys, map(self._part, keys)))
        parts = [named[key] for key in rows.column("record_key").to_pylist()]
        return everything(with_column(rows, self.into, pa.array(parts, pa.string())))

    def _part(self, key: str | None) -> str:
        digest = hashlib.sha256(f"{self.seed}\0{key}".encode()).digest()
        place = int.from_bytes(digest[:8], "big") / 2**64
        if place < self.train:
            return "train"
        return "validation" if place < self.train + self.validation else "test"


def with_column(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    """The rows with the column, in its old place if there was one of that name."""
    if name in rows.column_names:
        return rows.set_column(rows.column_names.index(name), name, values)
    return rows.append_column(name, values)


def by_words(text: str, size: int, overlap: int) -> Iterator[str]:
    """Pieces of at most so many words made of whole sentences; only a sentence longer than that
    is cut."""
    piece: list[str] = []
    count = 0
    for sentence, length in _sentences(text, size):
        if count + length > size:
            yield "".join(piece).strip()
            piece, count = _tail(piece, overlap, size - length)
        piece.append(sentence)
        count += length
    last = "".join(piece).strip()
    if last:
        yield last


def _sentences(text: str, size: int) -> Iterator[tuple[str, int]]:
    for found in _SENTENCE.finditer(text):
        parts = re.findall(r"\s*\S+\s*?(?=\s\S|$)|\s+", found[0])
        for begin in range(0, max(len(parts), 1), size):
            some = parts[begin : begin + size]
            if some:
                yield "".join(some), word_count("".join(some))


def _tail(sentences: list[str], overlap: int, room: int) -> tuple[list[str], int]:
    """The last sentences that have at most so many words together."""
    taken: list[str] = []
    count = 0
    for sentence in reversed(sentences):
        length = word_count(sentence)
        if count + length > min(overlap, room):
            break
        taken.insert(0, sentence)
        count += length
    return taken, count


def word_count(text: str) -> int:
    """Runs between spaces."""
    return int(pc.count_substring_regex(pa.scalar(text), r"\S+").as_py())


