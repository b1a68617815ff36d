"""What one Ray task does: a stage over one block, from the store to the store."""

from __future__ import annotations

import base64
import io
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Iterator, Sequence

import pyarrow as pa

from sluice.blocks import Block, Piece
from sluice.errors import SluiceError, TemporaryError
from sluice.formats import reading, writing
from sluice.formats.keys import KEY, record_key
from sluice.formats.writing import Part
from sluice.journal import Entry, Journal
from sluice.operators.chain import Counts
from sluice.spec import JobSpec, current
from sluice.stages import Pass, Stage
from sluice.store import Store, Stored

ROWS_PER_BATCH = 10_000
"""Rows that operators see at once, unless the manifest's `batch_size` says less."""

MOST_QUARANTINED = 10_000
"""Rows in quarantine that a block keeps by name; of the others only the number is kept."""


@dataclass
class Found:
    """What became of a block in a stage."""

    rows: int
    size: int
    counts: list[Counts]
    schema: pa.Schema
    parts: list[Part] = field(default_factory=list)
    between: str | None = None
    """Object with the rows, for the stage that follows."""
    signatures: str | None = None
    """Object with what is compared of the rows."""
    quarantine: list[dict[str, Any]] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """For the journal."""
        return {
            "rows": self.rows,
            "size": self.size,
            "counts": [one.document() for one in self.counts],
            "schema": base64.b64encode(self.schema.serialize().to_pybytes()).decode(),
            "parts": [one.document() for one in self.parts],
            "between": self.between,
            "signatures": self.signatures,
            "quarantine": self.quarantine,
        }

    @staticmethod
    def of(told: dict[str, Any]) -> "Found":
        """As the journal has it."""
        return Found(
            rows=told["rows"],
            size=told["size"],
            counts=[Counts.of(one) for one in told["counts"]],
            schema=pa.ipc.read_schema(pa.py_buffer(base64.b64decode(told["schema"]))),
            parts=[_part(one) for one in told["parts"]],
            between=told["between"],
            signatures=told["signatures"],
            quarantine=told["quarantine"],
        )


def _part(told: dict[str, Any]) -> Part:
    stored = Stored(told["objectKey"], told["size"], told["sha256"], told["crc32c"])
    return Part(told["path"], told["mediaType"], told["rows"], stored)


@dataclass(frozen=True)
class Plan:
    """What every task of a run needs to know."""

    spec: JobSpec
    recipe: str
    schema: pa.Schema | None
    """Columns of a tabular source, of all files together."""
    gathers: bool
    """Whether the last stage leaves its rows to be gathered into as many files as asked for."""

    def journal(self) -> Journal:
        """Where finished blocks are written down."""
        return Journal(self.spec, self.recipe)

    def store(self) -> Store:
        """The object store, with credentials that last."""
        return Store(current(self.spec).store, self.spec.output.bucket)


def surveyed(spec: JobSpec, block: Block) -> pa.Schema:
    """The columns of a block's files."""
    from sluice.formats.types import union

    store = Store(current(spec).store)
    found = []
    for piece in block.pieces:
        with _opened(store, piece) as content:
            found.append(reading.survey(spec.source_type, piece.file, content))
    return union(found)


def treated(
    plan: Plan,
    stage: Stage,
    block: Block,
    before: str | None,
    repeated: pa.Array | None,
) -> tuple[Found, pa.Array | None]:
    """A stage over a block; what is compared of its rows comes back beside what was found.

    `before` is the object with the block's rows after the stage before, None for the first.
    """
    spec = plan.spec
    size = min(spec.ray.batch_size or ROWS_PER_BATCH, ROWS_PER_BATCH)
    work = Pass(stage, size, repeated)
    source = Source(plan, block)
    rows = source.tables() if before is None else _between(plan, before)
    target: writing.Writer | _Rows
    if stage.last and not plan.gathers:
        target = writing.writer(spec, block.number)
    else:
        target = _Rows(plan, stage.number, block.number)
    signatures: list[pa.Array] = []
    schema: pa.Schema | None = None
    count = total = 0
    for table in work.over(rows):
        schema = schema or table.schema
        count += table.num_rows
        total += table.nbytes
        if stage.compared_next is not None:
            signatures.append(_one(stage.compared_next.signatures(table)))
        if table.num_rows:
            target.add(table)
    if schema is None:
        raise SluiceError("the block gave no rows and no columns")
    found = Found(count, total, work.counts, schema, quarantine=work.quarantined().to_pylist())
    if before is None:
        found.counts.insert(0, source.counts)
        found.quarantine[:0] = source.quarantine
    del found.quarantine[MOST_QUARANTINED:]
    said = pa.concat_arrays(signatures) if signatures else None
    if isinstance(target, _Rows):
        found.between = target.finish(schema)
        found.signatures = None if said is None else target.signatures(said)
    else:
        found.parts = target.finish()
    plan.journal().write(stage.number, Entry(block.number, block.digest(), found.document()))
    return found, said


class Source:
    """The rows of a block as its files have them; a file that cannot be read is quarantined."""

    def __init__(self, plan: Plan, block: Block) -> None:
        self._plan = plan
        self._block = block
        self.counts = Counts("read")
        self.quarantine: list[dict[str, Any]] = []

    def tables(self) -> Iterator[pa.Table]:
        spec = self._plan.spec
        store = Store(current(spec).store)
        some = False
        for piece in self._block.pieces:
            before = self.counts.rows_out
            try:
                with _opened(store, piece) as content:
                    for table in reading.tables(
                        spec.source_type,
                        piece.file,
                        content,
                        self._plan.schema,
                        spec.key_column,
                        piece.groups,
                    ):
                        self.counts.rows_in += table.num_rows
                        self.counts.rows_out += table.num_rows
                        some = True
                        yield table
            except TemporaryError:
                raise
            except SluiceError as failure:
                if not spec.tolerance or self.counts.rows_out != before:
                    raise
                self._quarantined(piece, failure)
        if not some:
            yield empty(spec, self._plan.schema)

    def _quarantined(self, piece: Piece, failure: SluiceError) -> None:
        self.counts.rows_in += 1
        self.counts.quarantined += 1
        key = record_key(piece.file.path, piece.file.sha256)
        self.quarantine.append(
            {"record_key": key, "operator": "read", "step": -1, "error": str(failure), "row": None}
        )


def empty(spec: JobSpec, schema: pa.Schema | None) -> pa.Table:
    """No rows, with the columns that the source's rows have."""
    if schema is None:
        kinds = {"text": reading.DOCUMENTS, "image": reading.IMAGES, "binary": reading.BINARIES}
        return kinds[spec.source_type].empty_table()
    keyed = [pa.field(KEY, pa.string())]
    return pa.schema(keyed + [one for one in schema if one.name != KEY]).empty_table()


@contextmanager
def _opened(store: Store, piece: Piece) -> Iterator[pa.NativeFile]:
    if piece.groups is None:
        with store.opened(piece.file) as content:
            yield content
        return
    if piece.checks:
        store.check(piece.file)
    with store.ranged(piece.file) as content:
        yield content


class _Rows:
    """Rows that wait in the store for the next stage."""

    def __init__(self, plan: Plan, stage: int, block: int) -> None:
        self._plan = plan
        self._journal = plan.journal()
        self._place = (stage, block)
        self._target = io.BytesIO()
        self._writer: pa.ipc.RecordBatchFileWriter | None = None
        self._schema: pa.Schema | None = None

    def add(self, rows: pa.Table) -> None:
        if self._writer is None:
            self._schema = rows.schema
            options = pa.ipc.IpcWriteOptions(compression="lz4")
            self._writer = pa.ipc.new_file(self._target, rows.schema, options=options)
        self._writer.write_table(rows.cast(self._schema))

    def finish(self, schema: pa.Schema) -> str:
        """The object's key."""
        if self._writer is None:
            self._writer = pa.ipc.new_file(self._target, schema)
        self._writer.close()
        return self._put("arrow", self._target)

    def signatures(self, said: pa.Array) -> str:
        """The key of the object that holds what is compared."""
        target = io.BytesIO()
        with pa.ipc.new_file(target, pa.schema([("signature", said.type)])) as writer:
            writer.write_batch(pa.record_batch([said], ["signature"]))
        return self._put("signatures", target)

    def _put(self, kind: str, content: io.BytesIO) -> str:
        key = self._journal.key(*self._place, kind)
        content.seek(0)
        self._plan.store().write(key, content, "application/vnd.apache.arrow.file")
        return key


def _between(plan: Plan, key: str) -> Iterator[pa.Table]:
    with pa.ipc.open_file(pa.BufferReader(_content(plan, key))) as reader:
        for number in range(reader.num_record_batches):
            yield pa.Table.from_batches([reader.get_batch(number)])
        if reader.num_record_batches == 0:
            yield reader.schema.empty_table()


def signatures_of(plan: Plan, key: str) -> pa.Array:
    """What is compared of a block's rows, as an earlier attempt wrote it."""
    with pa.ipc.open_file(pa.BufferReader(_content(plan, key))) as reader:
        return reader.read_all().column("signature").combine_chunks()


def gathered(plan: Plan, number: int, takes: Sequence[tuple[str, int, int]]) -> list[Part]:
    """A part of the rows `[first, last)` of each of these objects, in order."""
    target = writing.writer(plan.spec, number)
    for key, first, last in takes:
        at = 0
        for table in _between(plan, key):
            begin, end = max(first - at, 0), min(last - at, table.num_rows)
            if begin < end:
                target.add(table.slice(begin, end - begin))
            at += table.num_rows
    return target.finish()


def _content(plan: Plan, key: str) -> bytes:
    content = plan.store().content(key)
    if content is None:
        raise SluiceError(f"object {key} of an earlier stage is gone")
    return content


def _one(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
