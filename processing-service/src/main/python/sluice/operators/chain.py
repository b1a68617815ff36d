"""A chain of operators: one pass over each batch, every row accounted for."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from sluice.errors import SluiceError
from sluice.operators.base import Operator, Outcome

QUARANTINE = pa.schema(
    [
        ("record_key", pa.string()),
        ("operator", pa.string()),
        ("step", pa.int32()),
        ("error", pa.string()),
        ("row", pa.string()),
    ]
)
"""A row that an operator could not treat: which, where, why, and its values as JSON."""

_LONGEST = 500
_LONGEST_ROW = 4_000


@dataclass
class Counts:
    """What one step did: `rows_in + added == rows_out + dropped + quarantined`.

    `added` are the rows that it made of others, `reasons` tells how many were dropped for what.
    """

    operator: str
    rows_in: int = 0
    added: int = 0
    rows_out: int = 0
    quarantined: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def dropped(self) -> int:
        """Rows dropped for any reason."""
        return sum(self.reasons.values())

    def add(self, other: "Counts") -> None:
        """Sum up what the same step did to other rows."""
        self.rows_in += other.rows_in
        self.added += other.added
        self.rows_out += other.rows_out
        self.quarantined += other.quarantined
        self.reasons.update(other.reasons)

    @staticmethod
    def of(told: dict[str, Any]) -> "Counts":
        """As `document` says it."""
        return Counts(
            told["operator"],
            told["rowsIn"],
            told["added"],
            told["rowsOut"],
            told["quarantined"],
            Counter(told["reasons"]),
        )

    def document(self) -> dict[str, Any]:
        """For the output manifest."""
        return {
            "operator": self.operator,
            "rowsIn": self.rows_in,
            "added": self.added,
            "rowsOut": self.rows_out,
            "dropped": self.dropped,
            "reasons": dict(sorted(self.reasons.items())),
            "quarantined": self.quarantined,
        }


@dataclass(frozen=True)
class Passed:
    """What a chain made of a batch."""

    rows: pa.Table
    counts: list[Counts]
    quarantine: pa.Table


class Chain:
    """Operators one after the other; `first_step` is the place of the first in the manifest."""

    def __init__(self, operators: Sequence[Operator], first_step: int = 0) -> None:
        self._operators = list(operators)
        self._first = first_step

    def run(self, rows: pa.Table) -> Passed:
        """All operators over one batch."""
        counts: list[Counts] = []
        quarantined: list[pa.Table] = []
        for step, operator in enumerate(self._operators, start=self._first):
            treated = _Step(operator, step).treat(rows)
            counts.append(treated.counts)
            quarantined.append(treated.quarantine)
            rows = treated.rows
        return Passed(rows, counts, pa.concat_tables(quarantined or [QUARANTINE.empty_table()]))


@dataclass(frozen=True)
class _Treated:
    rows: pa.Table
    counts: Counts
    quarantine: pa.Table


class _Step:
    """One operator, which may fail on single rows."""

    def __init__(self, operator: Operator, step: int) -> None:
        self._operator = operator
        self._step = step

    def treat(self, rows: pa.Table) -> _Treated:
        """Halve a batch that fails until the rows that make it fail stand alone."""
        if rows.num_rows == 0:
            return self._treated(rows, self._operator.apply(rows))
        try:
            return self._treated(rows, self._operator.apply(rows))
        except SluiceError:
            raise  # it is not the row's fault
        except Exception as failure:  # whatever a tenant's row provokes, it costs that row
            if rows.num_rows == 1:
                return self._quarantined(rows, failure)
        half = rows.num_rows // 2
        first, second = self.treat(rows.slice(0, half)), self.treat(rows.slice(half))
        first.counts.add(second.counts)
        both = [part.rows for part in (first, second) if part.rows is not None]
        return _Treated(
            pa.concat_tables(_same(both)),
            first.counts,
            pa.concat_tables([first.quarantine, second.quarantine]),
        )

    def _treated(self, rows: pa.Table, outcome: Outcome) -> _Treated:
        why = outcome.reasons.drop_null()
        reasons = Counter({one["values"]: one["counts"] for one in pc.value_counts(why).to_pylist()})
        stay = rows.num_rows - sum(reasons.values())
        counts = Counts(
            self._operator.name,
            rows_in=rows.num_rows,
            added=outcome.rows.num_rows - stay,
            rows_out=outcome.rows.num_rows,
            reasons=reasons,
        )
        if counts.added < 0:
            raise AssertionError(f"{self._operator.name} lost {-counts.added} rows")
        return _Treated(outcome.rows, counts, QUARANTINE.empty_table())

    def _quarantined(self, rows: pa.Table, failure: Exception) -> _Treated:
        key = rows.column("record_key")[0].as_py() if "record_key" in rows.column_names else None
        told = f"{type(failure).__name__}: {failure}"[:_LONGEST]
        row = pa.Table.from_pylist(
            [
                {
                    "record_key": key,
                    "operator": self._operator.name,
                    "step": self._step,
                    "error": told,
                    "row": _told(rows),
                }
            ],
            schema=QUARANTINE,
        )
        counts = Counts(self._operator.name, rows_in=1, quarantined=1)
        return _Treated(self._operator.apply(rows.slice(0, 0)).rows, counts, row)


def _told(rows: pa.Table) -> str:
    """The first row as JSON, cut where it is long; bytes as their number."""
    values = {
        name: f"{len(value)} bytes" if isinstance(value, bytes) else value
        for name, value in rows.slice(0, 1).to_pylist()[0].items()
    }
    return json.dumps(values, ensure_ascii=False, default=str)[:_LONGEST_ROW]


def _same(tables: list[pa.Table]) -> list[pa.Table]:
    """Tables of one schema: that of the first that has rows, for all."""
    schema = next((one.schema for one in tables if one.num_rows), tables[0].schema)
    return [one if one.schema == schema else one.cast(schema) for one in tables]
