"""Stages of the built-in program, without a cluster: block by block gives what all at once gives."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from sluice import operators
from sluice.blocks import plan, recipe
from sluice.operators.chain import Chain
from sluice.spec import InputFile
from sluice.stages import Pass, stages

STEPS: list[dict[str, Any]] = [
    {"name": "remove_email"},
    {"name": "text_length", "parameters": {"minimum": 3}},
    {"name": "exact_duplicates"},
    {"name": "document_chunk", "parameters": {"size": 40, "overlap": 5}},
    {"name": "exact_duplicates"},
    {"name": "data_split"},
]


def rows(count: int) -> pa.Table:
    texts = [f"mail{n % 5}@x.org row {n % 7} " + "words here " * (n % 11) for n in range(count)]
    texts[3] = "a"
    return pa.table({"record_key": [f"k{n}" for n in range(count)], "text": texts})


def by_blocks(whole: pa.Table, size: int, batch: int) -> tuple[pa.Table, list[Any]]:
    blocks = [whole.slice(at, size) for at in range(0, whole.num_rows, size)]
    counts: list[Any] = []
    repeated: list[pa.Array | None] = [None] * len(blocks)
    for stage in stages(operators.of(STEPS)):
        passes = [Pass(stage, batch, marks) for marks in repeated]
        blocks = [pa.concat_tables(one.over(iter([block]))) for one, block in zip(passes, blocks)]
        for each in zip(*(one.counts for one in passes)):
            total = each[0]
            for more in each[1:]:
                total.add(more)
            counts.append(total.document())
        if stage.compared_next is not None:
            said = [stage.compared_next.signatures(block) for block in blocks]
            marks = stage.compared_next.repetitions(pa.concat_arrays(said))
            ends = [sum(len(one) for one in said[:n]) for n in range(len(said) + 1)]
            repeated = [marks.slice(a, b - a) for a, b in zip(ends, ends[1:])]
    return pa.concat_tables(blocks), counts


def test_blocks_and_batches_give_what_all_rows_at_once_give() -> None:
    whole = rows(100)
    at_once = Chain(operators.of(STEPS)).run(whole)
    for size, batch in ((100, 100), (7, 100), (13, 2), (1, 1)):
        made, counts = by_blocks(whole, size, batch)
        assert made.to_pylist() == at_once.rows.to_pylist()
        assert counts == [one.document() for one in at_once.counts]


def test_every_row_is_accounted_for() -> None:
    _, counts = by_blocks(rows(100), 9, 4)
    for one, following in zip(counts, [*counts[1:], None]):
        assert one["rowsIn"] + one["added"] == one["rowsOut"] + one["dropped"] + one["quarantined"]
        assert following is None or following["rowsIn"] == one["rowsOut"]


def file(path: str, size: int) -> InputFile:
    return InputFile(path, size, path * 8, "text/plain", path)


def test_the_same_files_give_the_same_blocks_in_whatever_order_they_come() -> None:
    files = [file(f"f{n:02}", 10 + n) for n in range(20)]
    blocks = plan(files, 4)
    assert blocks == plan(list(reversed(files)), 4)
    assert len(blocks) >= 4
    assert [one.file.path for b in blocks for one in b.pieces] == sorted(f.path for f in files)
    assert [block.number for block in blocks] == list(range(len(blocks)))


def test_a_large_file_is_a_block_of_its_own() -> None:
    blocks = plan([file("a", 1), file("b", 1 << 30), file("c", 1)], 1)
    assert [[one.file.path for one in block.pieces] for block in blocks] == [["a"], ["b"], ["c"]]


def test_a_large_parquet_file_is_cut_between_row_groups() -> None:
    large = file("a", 300 << 20)
    blocks = plan([large], 1, {"a": [100 << 20] * 6})
    assert [one.groups for block in blocks for one in block.pieces] == [(n,) for n in range(6)]
    assert [one.checks for block in blocks for one in block.pieces] == [True] + [False] * 5
    assert len({block.digest() for block in blocks}) == 6


def test_another_recipe_has_another_name() -> None:
    first = recipe(["text", STEPS])
    assert first == recipe(["text", [dict(step) for step in STEPS]])
    assert first != recipe(["text", STEPS[1:]])
    assert first != recipe(["csv", STEPS])
