"""The rows a text program writes: one per chunk, with keys that survive a rerun."""

from __future__ import annotations

import hashlib
from typing import Iterable, Iterator

import pyarrow as pa

from sluice.chunks import Chunk, split
from sluice.clean import clean, decode
from sluice.spec import InputFile

ROWS_PER_TABLE = 2_000

SCHEMA = pa.schema(
    [
        ("record_key", pa.string()),
        ("path", pa.string()),
        ("chunk_no", pa.int32()),
        ("text", pa.string()),
        ("text_digest", pa.string()),
        ("source_sha256", pa.string()),
        ("heading", pa.string()),
    ]
)


def record_key(path: str, sha256: str) -> str:
    """32 hexadecimal characters that name a document by its path and content."""
    return hashlib.sha256(f"{path}\0{sha256}".encode()).hexdigest()[:32]


def text_digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def tables(file: InputFile, content: bytes) -> Iterator[pa.Table]:
    """The rows of one document in tables of at most ROWS_PER_TABLE rows."""
    gathered: list[Chunk] = []
    first = 0
    for chunk in split(clean(decode(content, file.path))):
        gathered.append(chunk)
        if len(gathered) == ROWS_PER_TABLE:
            yield _table(file, gathered, first)
            first += len(gathered)
            gathered = []
    if gathered or first == 0:
        yield _table(file, gathered, first)


def _table(file: InputFile, chunks: Iterable[Chunk], first: int) -> pa.Table:
    key = record_key(file.path, file.sha256)
    rows = [
        {
            "record_key": key,
            "path": file.path,
            "chunk_no": number,
            "text": chunk.text,
            "text_digest": text_digest(chunk.text),
            "source_sha256": file.sha256,
            "heading": chunk.heading,
        }
        for number, chunk in enumerate(chunks, start=first)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)
