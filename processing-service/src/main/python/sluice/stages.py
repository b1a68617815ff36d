"""The built-in program as stages: operators that treat each row for itself run in one pass over a
block; an operator that compares rows ends a stage, because it needs what all blocks say.

Between two stages the rows of a block lie in the store as Arrow files, and what is compared of
them comes to the driver: a few bytes a row. A stage's task depends on its block alone, so that a
worker that dies costs the blocks it was at, and a retry starts where the last attempt ended.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Iterator, Sequence

import pyarrow as pa

from sluice.operators.base import Deduplicator, Operator, Outcome
from sluice.operators.chain import QUARANTINE, Chain, Counts


BYTES_PER_BATCH = 32 * 1024 * 1024


@dataclass(frozen=True)
class Stage:
    """One pass: `drops` decides first, by `comparing` of the stage before; then the operators.

    `first` is the place of `comparing`, or else of the first operator, in the manifest.
    """

    number: int
    first: int
    comparing: Deduplicator | None
    operators: tuple[Operator, ...]
    compared_next: Deduplicator | None

    def all(self) -> list[Operator]:
        """Its steps in the order of the manifest."""
        return [*([self.comparing] if self.comparing else []), *self.operators]

    @property
    def last(self) -> bool:
        """Whether its rows are the output."""
        return self.compared_next is None


def stages(operators: Sequence[Operator]) -> list[Stage]:
    """The passes that these operators need, in order; one at least."""
    made: list[Stage] = []
    comparing: Deduplicator | None = None
    begin = 0
    gathered: list[Operator] = []
    for place, operator in enumerate(operators):
        if isinstance(operator, Deduplicator):
            made.append(Stage(len(made), begin, comparing, tuple(gathered), operator))
            comparing, gathered, begin = operator, [], place
        else:
            gathered.append(operator)
    made.append(Stage(len(made), begin, comparing, tuple(gathered), None))
    return made


class Pass:
    """A stage over the rows of one block, batch by batch."""

    def __init__(self, stage: Stage, batch_size: int, repeated: pa.Array | None = None) -> None:
        self._stage = stage
        self._batch_size = batch_size
        self._repeated = repeated
        self._seen = 0
        after = 0 if stage.comparing is None else 1
        self._chain = Chain(stage.operators, stage.first + after)
        self.counts = [Counts(operator.name) for operator in stage.all()]
        self.quarantine: list[pa.Table] = []

    def over(self, tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
        """The rows that are left of these, in order, at least one table."""
        for table in self._batches(tables):
            for at in range(0, max(1, table.num_rows), self._batch_size):
                yield self._treated(table.slice(at, self._batch_size))

    def _batches(self, tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
        """Small tables joined, so that operators see many rows at once."""
        waiting: list[pa.Table] = []
        rows = size = 0
        for table in tables:
            waiting.append(table)
            rows += table.num_rows
            size += table.nbytes
            if rows >= self._batch_size or size >= BYTES_PER_BATCH:
                yield pa.concat_tables(waiting).combine_chunks()
                waiting, rows, size = [], 0, 0
        if waiting:
            yield pa.concat_tables(waiting).combine_chunks()

    def _treated(self, rows: pa.Table) -> pa.Table:
        rows = self._decided(rows)
        passed = self._chain.run(rows)
        own = self.counts[1:] if self._stage.comparing else self.counts
        for total, more in zip(own, passed.counts):
            total.add(more)
        if passed.quarantine.num_rows:
            self.quarantine.append(passed.quarantine)
        return passed.rows

    def _decided(self, rows: pa.Table) -> pa.Table:
        if self._stage.comparing is None or self._repeated is None:
            return rows
        marks = self._repeated.slice(self._seen, rows.num_rows)
        self._seen += rows.num_rows
        outcome: Outcome = self._stage.comparing.decided(rows, marks)
        self.counts[0].add(
            Counts(
                self._stage.comparing.name,
                rows_in=rows.num_rows,
                rows_out=outcome.rows.num_rows,
                reasons=_counter(outcome),
            )
        )
        return outcome.rows

    def quarantined(self) -> pa.Table:
        """All rows that could not be treated."""
        return pa.concat_tables(self.quarantine or [QUARANTINE.empty_table()])


def _counter(outcome: Outcome) -> "Counter[str]":
    return Counter(outcome.reasons.drop_null().to_pylist())
