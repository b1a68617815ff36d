"""Operators that drop what was said before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sluice.operators.base import Deduplicator, param, texts
from sluice.operators.filtering import words

_GROUP = "duplicates"
_Numbers = npt.NDArray[np.uint64]


@dataclass(frozen=True, kw_only=True)
class ExactDuplicates(Deduplicator):
    """Drops rows whose text an earlier row has, by SHA-256."""

    name = "exact_duplicates"
    group = _GROUP
    title = "Exact duplicates"

    ignore: str = param(
        "nothing",
        "What two texts may differ in: nothing, case and spaces, or all but letters and digits.",
        choices=("nothing", "case_and_spaces", "all_but_letters_and_digits"),
    )

    def signatures(self, rows: pa.Table) -> pa.Array:
        values = pc.fill_null(texts(rows, self.column), "")
        if self.ignore == "case_and_spaces":
            values = pc.utf8_trim_whitespace(
                pc.replace_substring_regex(pc.utf8_lower(values), r"\s+", " ")
            )
        elif self.ignore == "all_but_letters_and_digits":
            values = pc.replace_substring_regex(pc.utf8_lower(values), r"[^\p{L}\p{M}\p{N}]+", "")
        digests = [hashlib.sha256(text.encode()).digest()[:16] for text in values.to_pylist()]
        return pa.array(digests, pa.binary(16))

    def repetitions(self, signatures: pa.Array) -> pa.Array:
        return _after_first(signatures)


@dataclass(frozen=True, kw_only=True)
class SimHash(Deduplicator):
    """Drops rows whose 64-bit SimHash (Charikar 2002) over runs of words differs in at most
    `distance` bits from that of an earlier row that stays. Candidates are found by blocks of
    equal bits (Manku et al. 2007), so none is missed."""

    name = "simhash"
    group = _GROUP
    title = "Near duplicates by SimHash"

    distance: int = param(4, "Most bits that may differ.", minimum=0, maximum=15)
    length: int = param(3, "Words in a run.", minimum=1, maximum=20)

    def signatures(self, rows: pa.Table) -> pa.Array:
        values = pc.fill_null(texts(rows, self.column), "").to_pylist()
        return pa.array([simhash(runs(text, self.length)) for text in values], pa.uint64())

    def repetitions(self, signatures: pa.Array) -> pa.Array:
        return near(signatures, self.distance)


def near(hashes: pa.Array, distance: int) -> pa.Array:
    """For each 64-bit hash whether an earlier one that was not near another is that near; null is
    near nothing. Two hashes that differ in d bits are equal in one of d + 1 blocks of bits."""
    edges = [64 * block // (distance + 1) for block in range(distance + 2)]
    blocks = [(low, (1 << (high - low)) - 1) for low, high in zip(edges, edges[1:])]
    seen: list[dict[int, list[int]]] = [{} for _ in blocks]
    repeated = []
    for value in hashes.to_pylist():
        if value is None:
            repeated.append(False)
            continue
        keys = [(value >> low) & mask for low, mask in blocks]
        found = any(
            (value ^ other).bit_count() <= distance
            for table, key in zip(seen, keys)
            for other in table.get(key, ())
        )
        repeated.append(found)
        if not found:
            for table, key in zip(seen, keys):
                table.setdefault(key, []).append(value)
    return pa.array(repeated, pa.bool_())


@dataclass(frozen=True, kw_only=True)
class MinHash(Deduplicator):
    """Drops rows whose sets of runs of words are alike: MinHash (Broder 1997) proposes pairs by
    locality-sensitive bands, the share of equal values decides."""

    name = "minhash"
    group = _GROUP
    title = "Near duplicates by MinHash"

    threshold: float = param(0.8, "Least Jaccard similarity.", minimum=0.1, maximum=1)
    permutations: int = param(128, "Values of a signature.", minimum=16, maximum=1024)
    length: int = param(5, "Words in a run.", minimum=1, maximum=20)

    def signatures(self, rows: pa.Table) -> pa.Array:
        values = pc.fill_null(texts(rows, self.column), "").to_pylist()
        made = [self._signature(runs(text, self.length)).tobytes() for text in values]
        return pa.array(made, pa.binary(4 * self.permutations))

    def _signature(self, all_runs: Iterable[str]) -> npt.NDArray[np.uint32]:
        hashed = np.fromiter({_hash(run) for run in all_runs}, np.uint64)
        if not len(hashed):
            return np.full(self.permutations, np.iinfo(np.uint32).max, np.uint32)
        factors, summands = _permutations(self.permutations)
        least = np.full(self.permutations, np.iinfo(np.uint32).max, np.uint32)
        for begin in range(0, len(hashed), 1_024):
            some = hashed[begin : begin + 1_024, None]
            mixed = (some * factors[None, :] + summands[None, :]) >> np.uint64(32)
            least = np.minimum(least, mixed.astype(np.uint32).min(axis=0))
        return least

    def repetitions(self, signatures: pa.Array) -> pa.Array:
        rows_each = bands(self.threshold, self.permutations)
        seen: dict[tuple[int, bytes], list[int]] = {}
        whole = [np.frombuffer(one, np.uint32) for one in signatures.to_pylist()]
        repeated = np.zeros(len(whole), bool)
        for row, signature in enumerate(whole):
            keys = [
                (at, signature[at : at + rows_each].tobytes())
                for at in range(0, self.permutations - rows_each + 1, rows_each)
            ]
            candidates = {other for key in keys for other in seen.get(key, ())}
            repeated[row] = any(
                float((whole[other] == signature).mean()) >= self.threshold
                for other in sorted(candidates)
            )
            if not repeated[row]:
                for key in keys:
                    seen.setdefault(key, []).append(row)
        return pa.array(repeated)


def runs(text: str, length: int) -> set[str]:
    """The runs of so many words; all words together when there are fewer, none of no word."""
    all_words = words(text)
    if len(all_words) <= length:
        return {" ".join(all_words)} if all_words else set()
    return {" ".join(all_words[at : at + length]) for at in range(len(all_words) - length + 1)}


def simhash(features: Iterable[str]) -> int:
    """64 bits, each the majority of that bit among the features' hashes."""
    hashes = np.fromiter((_hash(feature) for feature in features), np.uint64)
    if not len(hashes):
        return 0
    bits = np.unpackbits(hashes.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    majority = bits.sum(axis=0, dtype=np.int64) * 2 > len(hashes)
    return int(np.packbits(majority, bitorder="little").view(np.uint64)[0])


def bands(threshold: float, permutations: int) -> int:
    """Rows of a band, so that pairs at the threshold are proposed with 95 % at least:
    1 - (1 - t^r)^(n/r), Leskovec et al., Mining of Massive Datasets, 3.4."""
    best = 1
    for rows in range(1, permutations + 1):
        if 1 - (1 - threshold**rows) ** (permutations // rows) >= 0.95:
            best = rows
    return best


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


_KEPT: dict[int, tuple[_Numbers, _Numbers]] = {}


def _permutations(count: int) -> tuple[_Numbers, _Numbers]:
    """The same for everybody: a signature means the same in each task and run."""
    if count not in _KEPT:
        random = np.random.default_rng(0x51_1CE)
        # Multiply-shift (Dietzfelbinger 1996): odd factors, modulo 2^64, the upper half counts.
        factors = random.integers(0, 1 << 63, count, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
        _KEPT[count] = (factors, random.integers(0, 1 << 63, count, dtype=np.uint64))
    return _KEPT[count]


def _after_first(signatures: Any) -> pa.Array:
    whole = signatures.combine_chunks() if isinstance(signatures, pa.ChunkedArray) else signatures
    seen: set[bytes] = set()
    repeated = []
    for one in whole.to_pylist():
        repeated.append(one in seen)
        seen.add(one)
    return pa.array(repeated, pa.bool_())
