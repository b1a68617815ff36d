"""Cleaning of text."""

from __future__ import annotations


import pytest
from sluice.clean import clean, decode
from sluice.errors import SluiceError


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\u00a0b\u3000c\u2009d", "a b c d"),
        ("e\u0301", "\u00e9"),
        ("a\x00b\x07c\x1b[0m\x9f", "abc[0m"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("a  \t\n\n\n\n\nb\n\n", "a\n\nb"),
        ("    code\n\tkept", "    code\n\tkept"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("", ""),
    ],
)
def test_dirt_goes_and_text_stays(dirty: str, tidy: str) -> None:
    assert clean(dirty) == tidy
    assert clean(tidy) == tidy


@pytest.mark.parametrize(
    "content",
    ["naïve".encode(), "naïve".encode("cp1252"), "naïve".encode("utf-16"),
     "naïve".encode("utf-8-sig"), "naïve".encode("utf-32")],
)
def test_common_encodings_are_read(content: bytes) -> None:
    assert decode(content, "a.txt") == "naïve"


def test_bytes_that_are_no_text_are_refused_by_name() -> None:
    with pytest.raises(SluiceError, match="pictures/a.png: is not text"):
        decode(b"\x89PNG\r\n\x1a\n\0\0\0\r\xff", "pictures/a.png")


@pytest.mark.parametrize("unit", [" ", "\n", "a", "e\u0301", ".\n", "\r"])
def test_a_long_text_of_one_repeated_unit_is_cleaned_once_and_for_all(unit: str) -> None:
    text = unit * (4_000_000 // len(unit))
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
