"""Cutting of text."""

from __future__ import annotations


import pytest
from sluice.chunks import OVERLAP, SIZE, split


def sentences(count: int) -> str:
    return " ".join(f"Sentence number {number} says something of note." for number in range(count))


def test_a_short_text_is_one_chunk() -> None:
    assert [(one.text, one.heading) for one in split("Hello.\n\nWorld.")] == [
        ("Hello.\n\nWorld.", None)
    ]


@pytest.mark.parametrize("text", ["", "\n", "   \n  "])
def test_nothing_makes_no_chunk(text: str) -> None:
    assert list(split(text)) == []


def test_headings_open_sections_and_stay_in_the_text() -> None:
    text = "Before.\n# One #\nFirst.\n## Two\n```\n# no heading\n```\nSecond."
    assert [(one.heading, one.text) for one in split(text)] == [
        (None, "Before."),
        ("One", "# One #\nFirst."),
        ("Two", "## Two\n```\n# no heading\n```\nSecond."),
    ]


def test_no_chunk_is_too_large_and_none_is_needlessly_small() -> None:
    chunks = list(split("\n\n".join(sentences(count) for count in (3, 40, 1, 200, 7))))
    lengths = [len(one.text) for one in chunks]
    assert max(lengths) <= SIZE
    assert min(lengths[:-1]) > SIZE // 2


def test_chunks_overlap_by_whole_words_and_cover_the_text() -> None:
    text = sentences(100)
    chunks = [one.text for one in split(text)]
    position = 0
    for chunk in chunks:
        start = text.index(chunk)
        assert start <= position + 1
        assert position - start <= OVERLAP
        assert start == 0 or text[start - 1] == " "
        position = start + len(chunk)
    assert position == len(text)


def test_cuts_are_made_after_sentences() -> None:
    assert all(one.text.endswith(".") for one in split(sentences(100)))


def test_a_word_longer_than_a_chunk_is_cut() -> None:
    chunks = [one.text for one in split("x" * 5000)]
    assert max(map(len, chunks)) <= SIZE
    assert sum(map(len, chunks)) >= 5000


@pytest.mark.parametrize("unit", ["a", "a ", "a.\n", "# h\n", "\n\na", "a. ", "```\n", "。"])
def test_a_text_of_one_repeated_unit_is_cut_into_chunks_of_the_size(unit: str) -> None:
    text = unit * (2_000_000 // len(unit))
    assert max(len(one.text) for one in split(text)) <= SIZE
