"""Clean text to chunks: pieces of text of a size that a vector can stand for.

A chunk is a substring of its section, cut at the border of a paragraph, else of a sentence,
else of a word; only a word longer than a chunk is cut itself. Sections begin at Markdown
headings. Time is linear in the text, and chunks come one by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator

SIZE = 1000
"""The most characters of a chunk."""

OVERLAP = 100
"""About how many characters a chunk repeats from the one before it in its section."""

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_PARAGRAPH_END = re.compile(r"\n\n+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]{0,3}(?:\s|$)|\n|[。！？]")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class Chunk:
    """A piece of a document and the heading it stands under, None before the first."""

    text: str
    heading: str | None


def split(text: str, size: int = SIZE, overlap: int = OVERLAP) -> Iterator[Chunk]:
    """The chunks of a clean text, in order. `overlap` must be below half of `size`."""
    if not 0 <= overlap < size // 2:
        raise ValueError(f"overlap {overlap} must be from 0 to below half of size {size}")
    for heading, section in sections(text):
        for piece in _pack(section, size, overlap):
            yield Chunk(piece, heading)


def sections(text: str) -> Iterator[tuple[str | None, str]]:
    """Headings with the text below them; the heading's line opens its section's text."""
    heading: str | None = None
    lines: list[str] = []
    fence: str | None = None
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and fence in (None, mark.group(1)):
            fence = None if fence else mark.group(1)
        found = _HEADING.match(line) if fence is None and not mark else None
        if found:
            yield from _section(heading, lines)
            heading, lines = found.group(1).rstrip("# \t") or None, []
        lines.append(line)
    yield from _section(heading, lines)


def _section(heading: str | None, lines: list[str]) -> Iterator[tuple[str | None, str]]:
    text = "\n".join(lines).strip()
    if text:
        yield heading, text


def _pack(text: str, size: int, overlap: int) -> Iterator[str]:
    """Join pieces, in order, into chunks of at most `size` characters."""
    start = end = 0
    for piece_end in _piece_ends(text, size - overlap):
        if piece_end - start > size:
            yield text[start:end].strip()
            start = _overlap_start(text, max(end - overlap, start + 1), end)
        end = piece_end
    last = text[start:end].strip()
    if last:
        yield last


def _overlap_start(text: str, begin: int, end: int) -> int:
    """The first beginning of a word from `begin` on, `end` if there is none before it."""
    if begin >= end:
        return end
    space = _SPACE.search(text, begin - 1, end)
    return space.end() if space else end


def _piece_ends(text: str, limit: int) -> Iterator[int]:
    """Ends of pieces of at most `limit` characters, by the largest border that does."""
    start = 0
    for end in _ends(_PARAGRAPH_END, text, 0, len(text)):
        if end - start <= limit:
            yield end
        else:
            yield from _sentence_ends(text, start, end, limit)
        start = end


def _sentence_ends(text: str, start: int, stop: int, limit: int) -> Iterator[int]:
    for end in _ends(_SENTENCE_END, text, start, stop):
        while end - start > limit:
            start = _word_end(text, start, start + limit)
            yield start
        if end > start:
            yield end
        start = end


def _word_end(text: str, start: int, stop: int) -> int:
    space = max(text.rfind(" ", start + 1, stop), text.rfind("\n", start + 1, stop))
    return space + 1 if space > start else stop


def _ends(border: re.Pattern[str], text: str, start: int, stop: int) -> Iterator[int]:
    for found in border.finditer(text, start, stop):
        yield found.end()
        start = found.end()
    if start < stop:
        yield stop
