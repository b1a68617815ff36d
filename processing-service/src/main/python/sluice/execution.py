"""The built-in program on Ray: stages over blocks, each block a task, each finished block written
down, so that a retry does only what is left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Callable, Iterator, Sequence

import pyarrow as pa
import ray

from sluice import operators, programs, work
from sluice.blocks import Block, plan, recipe
from sluice.cluster import connect, parallelism, task_options
from sluice.errors import SluiceError
from sluice.formats import reading, writing
from sluice.formats.types import union
from sluice.operators.base import Operator
from sluice.operators.chain import Counts
from sluice.output import write_manifest
from sluice.progress import Progress
from sluice.spec import InputFile, JobSpec, current
from sluice.stages import Stage, stages
from sluice.store import Store
from sluice.work import Found, Plan

_LARGE = 128 * 1024 * 1024
"""Parquet files from here on are cut between row groups."""


def run(spec: JobSpec) -> str:
    """Do what the manifest says; returns the output manifest's key."""
    writing.check_format(spec.destination_format)
    if spec.source_type not in reading.SOURCES:
        told = ", ".join(reading.SOURCES)
        raise SluiceError(f"source type {spec.source_type!r} is none of {told}")
    if not spec.files:
        raise SluiceError("the input version holds no file")
    chain = programs.chain(spec)
    connect()
    return _Execution(spec, chain).run()


@dataclass(frozen=True)
class _Done:
    """A block after a stage."""

    found: Found
    signatures: pa.Array | None


class _Execution:
    """One attempt."""

    def __init__(self, spec: JobSpec, chain: Sequence[Operator]) -> None:
        self._spec = spec
        # Tasks get their block's files alone.
        self._slim = replace(spec, files=())
        self._stages = stages(chain)
        self._progress = Progress(spec, stages=len(self._stages))
        self._total = self._reused = 0

    def run(self) -> str:
        spec = self._spec
        blocks = plan(spec.files, parallelism(spec), self._groups())
        schema = self._survey(blocks) if spec.source_type in reading.TABULAR else None
        gathers = spec.ray.distribute_ops == "repartition"
        everything = Plan(self._slim, self._recipe(schema, gathers), schema, gathers)
        counts: list[Counts] = []
        quarantine: list[dict[str, Any]] = []
        done: list[_Done] = []
        repeated: list[pa.Array | None] = [None] * len(blocks)
        for stage in self._stages:
            done = self._stage(everything, stage, blocks, done, repeated)
            counts += _summed([one.found.counts for one in done])
            quarantine += [row for one in done for row in one.found.quarantine]
            self._within_tolerance(counts, quarantine)
            if stage.compared_next is not None:
                repeated = list(_marks(stage, done))
        parts = self._parts(everything, done)
        found = union(one.found.schema for one in done)
        if not parts:
            parts = writing.nothing(self._slim, found)
        return write_manifest(
            spec, parts, found, counts, quarantine, {"total": self._total, "reused": self._reused}
        )

    def _recipe(self, schema: pa.Schema | None, gathers: bool) -> str:
        spec = self._spec
        columns = [] if schema is None else [(one.name, str(one.type)) for one in schema]
        told = [spec.source_type, spec.key_column, spec.destination_format, gathers, columns]
        chain = [(one.name, operators.fields(one)) for each in self._stages for one in each.all()]
        return recipe([*told, chain, spec.tolerance > 0, spec.ray.batch_size])

    def _groups(self) -> dict[str, list[int]]:
        """Sizes of the row groups of the large Parquet files."""
        if self._spec.source_type != "parquet":
            return {}
        large = [file for file in self._spec.files if file.size >= _LARGE]
        found = self._all(_groups_of, [(self._slim, file) for file in large])
        return {file.path: sizes for file, sizes in zip(large, found)}

    def _survey(self, blocks: Sequence[Block]) -> pa.Schema:
        return union(self._all(work.surveyed, [(self._slim, block) for block in blocks]))

    def _stage(
        self,
        everything: Plan,
        stage: Stage,
        blocks: Sequence[Block],
        before: Sequence[_Done],
        repeated: Sequence[pa.Array | None],
    ) -> list[_Done]:
        """A stage over all blocks; what an earlier attempt finished is not done again."""
        entries = everything.journal().finished(stage.number)
        done: dict[int, _Done] = {}
        left: list[Block] = []
        self._progress.begin(stage.number, len(blocks))
        self._total += len(blocks)
        for block in blocks:
            entry = entries.get(block.number)
            if entry is None or entry.digest != block.digest():
                left.append(block)
                continue
            found = Found.of(entry.found)
            said = work.signatures_of(everything, found.signatures) if found.signatures else None
            done[block.number] = _Done(found, said)
            self._reused += 1
            self._progress.finished(_read(found), found.rows, reused=True)
        arguments = [
            (
                everything,
                stage,
                block,
                before[block.number].found.between if before else None,
                repeated[block.number],
            )
            for block in left
        ]

        def finished(number: int, result: tuple[Found, pa.Array | None]) -> None:
            done[left[number].number] = _Done(*result)
            self._progress.finished(_read(result[0]), result[0].rows, reused=False)

        self._all(work.treated, arguments, finished)
        return [done[block.number] for block in blocks]

    def _parts(self, everything: Plan, done: Sequence[_Done]) -> list[writing.Part]:
        if not everything.gathers:
            return [part for one in done for part in one.found.parts]
        rows = sum(one.found.rows for one in done)
        if rows == 0:
            return []
        files = min(parallelism(self._spec), rows)
        arguments = []
        for number in range(files):
            first, last = number * rows // files, (number + 1) * rows // files
            arguments.append((everything, number, list(_takes(done, first, last))))
        return [part for parts in self._all(work.gathered, arguments) for part in parts]

    def _within_tolerance(
        self, counts: Sequence[Counts], quarantine: Sequence[dict[str, Any]]
    ) -> None:
        bad = sum(one.quarantined for one in counts)
        came = counts[0].rows_in
        if bad <= self._spec.tolerance * came:
            return
        first = quarantine[0]
        raise SluiceError(
            f"{bad} of {came} rows could not be treated, which is over the tolerance"
            f" {self._spec.tolerance:g}; the first: record {first['record_key']} at"
            f" {first['operator']}: {first['error']}"
        )

    def _all(
        self,
        function: Callable[..., Any],
        arguments: Sequence[tuple[Any, ...]],
        finished: Callable[[int, Any], None] | None = None,
    ) -> list[Any]:
        """The results of a function for all arguments, as many tasks at once as asked for."""
        task = ray.remote(function).options(**task_options(self._spec))
        kept: dict[int, Any] = {}
        results: list[Any] = [None] * len(arguments)
        running: dict[Any, int] = {}
        for number in range(len(arguments)):
            while len(running) >= parallelism(self._spec):
                self._one(running, results, finished)
            own = [self._shared(kept, one) for one in arguments[number]]
            running[task.remote(*own)] = number
        while running:
            self._one(running, results, finished)
        return results

    @staticmethod
    def _shared(kept: dict[int, Any], value: Any) -> Any:
        """What all tasks share is put into the cluster once."""
        if not isinstance(value, Plan):
            return value
        if id(value) not in kept:
            kept[id(value)] = ray.put(value)
        return kept[id(value)]

    def _one(
        self,
        running: dict[Any, int],
        results: list[Any],
        finished: Callable[[int, Any], None] | None,
    ) -> None:
        ready, _ = ray.wait(list(running), num_returns=1, timeout=1.0)
        self._progress.tell()
        for reference in ready:
            number = running.pop(reference)
            results[number] = ray.get(reference)
            if finished is not None:
                finished(number, results[number])


def _groups_of(spec: JobSpec, file: InputFile) -> list[int]:
    with Store(current(spec).store).ranged(file) as content:
        return reading.row_groups(content, file.path)


def _read(found: Found) -> int:
    return found.counts[0].rows_in


def _summed(counts: Sequence[Sequence[Counts]]) -> list[Counts]:
    total = [Counts(one.operator) for one in counts[0]]
    for block in counts:
        for one, more in zip(total, block):
            one.add(more)
    return total


def _marks(stage: Stage, done: Sequence[_Done]) -> Iterator[pa.Array]:
    """For each block which of its rows repeat an earlier one."""
    assert stage.compared_next is not None
    said = [one.signatures for one in done if one.signatures is not None]
    marks = stage.compared_next.repetitions(pa.concat_arrays(said))
    at = 0
    for one in said:
        yield marks.slice(at, len(one))
        at += len(one)


def _takes(done: Sequence[_Done], first: int, last: int) -> Iterator[tuple[str, int, int]]:
    at = 0
    for one in done:
        begin, end = max(first - at, 0), min(last - at, one.found.rows)
        if begin < end and one.found.between is not None:
            yield one.found.between, begin, end
        at += one.found.rows
