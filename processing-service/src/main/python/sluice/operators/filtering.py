"""Operators that drop rows whose text is worth little."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sluice.operators.base import Filter, first_of, param, when

_GROUP = "filtration"
_WORDS = r"\p{Han}|[\p{L}\p{M}\p{N}]+"
"""A word: a run of letters and digits, or one Han character."""


def rate(part: Any, whole: Any) -> Any:
    """part / whole, and 0 where the whole is 0."""
    safe = pc.if_else(pc.equal(whole, 0), 1, whole)
    return pc.divide(pc.cast(part, pa.float64()), pc.cast(safe, pa.float64()))


@dataclass(frozen=True, kw_only=True)
class TextLength(Filter):
    """Drops texts that are too short or too long, in characters or in words."""

    name = "text_length"
    group = _GROUP
    title = "Length of text"

    minimum: int = param(10, "Fewest characters or words.", minimum=0)
    maximum: int = param(0, "Most characters or words; 0 for any number.", minimum=0)
    unit: str = param("characters", "What is counted.", choices=("characters", "words"))

    def reasons(self, values: pa.ChunkedArray) -> Any:
        length = (
            pc.utf8_length(values)
            if self.unit == "characters"
            else pc.count_substring_regex(values, _WORDS)
        )
        short = when(pc.less(length, self.minimum), "too_short")
        return first_of(short, when(pc.greater(length, self.maximum or 2**62), "too_long"))


@dataclass(frozen=True, kw_only=True)
class SpecialCharacterRate(Filter):
    """Drops texts with too many characters that are neither letters, digits nor spaces."""

    name = "special_character_rate"
    group = _GROUP
    title = "Rate of special characters"

    maximum: float = param(0.3, "Highest share of all characters.", minimum=0, maximum=1)

    def reasons(self, values: pa.ChunkedArray) -> Any:
        special = pc.count_substring_regex(values, r"[^\p{L}\p{M}\p{N}\s]")
        share = rate(special, pc.utf8_length(values))
        return when(pc.greater(share, self.maximum), "special_characters")


@dataclass(frozen=True, kw_only=True)
class CharacterDuplicationRate(Filter):
    """Drops texts that repeat themselves: the share of runs of `length` characters that occur more
    than once, among all runs."""

    name = "character_duplication_rate"
    group = _GROUP
    title = "Rate of repeated characters"

    maximum: float = param(0.2, "Highest share of runs that are repetitions.", minimum=0, maximum=1)
    length: int = param(10, "Characters in a run.", minimum=1, maximum=1000)

    def reasons(self, values: pa.ChunkedArray) -> Any:
        shares = [repeated(text, self.length) for text in values.to_pylist()]
        return when(pc.greater(pa.array(shares, pa.float64()), self.maximum), "repeats_characters")


@dataclass(frozen=True, kw_only=True)
class WordDuplicationRate(Filter):
    """Drops texts that repeat themselves: the share of runs of `length` words that occur more than
    once, among all runs."""

    name = "word_duplication_rate"
    group = _GROUP
    title = "Rate of repeated words"

    maximum: float = param(0.2, "Highest share of runs that are repetitions.", minimum=0, maximum=1)
    length: int = param(5, "Words in a run.", minimum=1, maximum=100)

    def reasons(self, values: pa.ChunkedArray) -> Any:
        shares = [repeated(words(text), self.length) for text in values.to_pylist()]
        return when(pc.greater(pa.array(shares, pa.float64()), self.maximum), "repeats_words")


@dataclass(frozen=True, kw_only=True)
class WordListRate(Filter):
    """Drops texts in which words of a list are frequent. Words are compared without regard to
    case; a Chinese entry is found wherever its characters stand together."""

    name = "word_list_rate"
    group = _GROUP
    title = "Rate of listed words"

    words: list[str] = param(..., "Words that count, for example offensive ones.", min_items=1)
    maximum: float = param(0.0, "Highest share of all words.", minimum=0, maximum=1)

    def reasons(self, values: pa.ChunkedArray) -> Any:
        entries = sorted({one.strip().lower() for one in self.words if one.strip()}, reverse=True)
        pattern = "|".join(_entry(one) for one in entries)
        if not pattern:
            return pa.nulls(len(values), pa.string())
        lower = pc.utf8_lower(values)
        found = pc.count_substring_regex(lower, pattern)
        share = rate(found, pc.count_substring_regex(lower, _WORDS))
        return when(pc.greater(share, self.maximum), "listed_words")


@dataclass(frozen=True, kw_only=True)
class Language(Filter):
    """Keeps texts in some languages, as py3langid recognises them."""

    name = "language"
    group = _GROUP
    title = "Language"

    languages: list[str] = param(..., "ISO 639-1 codes that stay, for example en, zh.", min_items=1)
    confidence: float = param(0.5, "Least probability of the language.", minimum=0, maximum=1)

    def reasons(self, values: pa.ChunkedArray) -> Any:
        wanted = {one.lower() for one in self.languages}
        return pa.array([self._reason(text, wanted) for text in values.to_pylist()], pa.string())

    def _reason(self, text: str, wanted: set[str]) -> str | None:
        language, probability = _identifier().classify(text[:_ENOUGH])
        if language not in wanted:
            return "other_language"
        return None if probability >= self.confidence else "uncertain_language"


_ENOUGH = 4_000
"""Characters that are looked at; more do not make the answer better."""

_IDENTIFIERS: list[Any] = []


def _identifier() -> Any:
    if not _IDENTIFIERS:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        _IDENTIFIERS.append(LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))
    return _IDENTIFIERS[0]


def _entry(word: str) -> str:
    """Whole words only, where the script has borders of words."""
    escaped = re.escape(word)
    plain = word.isascii()
    return rf"\b{escaped}\b" if plain and word[0].isalnum() and word[-1].isalnum() else escaped


_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in order, in lower case."""
    return tuple(_WORD.findall(text.lower()))


def repeated(items: str | tuple[str, ...], length: int) -> float:
    """The share of runs of so many items that occur more than once; 0 when there is no run."""
    runs = len(items) - length + 1
    if runs < 1:
        return 0.0
    counts = Counter(items[at : at + length] for at in range(runs))
    return sum(count for count in counts.values() if count > 1) / runs
