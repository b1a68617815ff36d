"""The checksum of manifests, against published values and one bit at a time."""

from __future__ import annotations

import random

import pytest
from sluice.crc32c import Crc32c


def crc32c(*blocks: bytes) -> str:
    running = Crc32c()
    for block in blocks:
        running.update(block)
    return running.hexdigest()


def bit_by_bit(content: bytes) -> str:
    register = 0xFFFFFFFF
    for byte in content:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ (0x82F63B78 if register & 1 else 0)
    return f"{register ^ 0xFFFFFFFF:08x}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "00000000"),
        (b"123456789", "e3069283"),
        (bytes(32), "8a9136aa"),
        (b"\xff" * 32, "62a8ab43"),
        (bytes(range(32)), "46dd794e"),
    ],
)
def test_published_values_come_out(content: bytes, expected: str) -> None:
    assert crc32c(content) == expected


@pytest.mark.parametrize("size", [1, 3, 4, 5, 63, 64, 65, 1000, 4097, 300_001])
def test_any_length_is_as_one_bit_at_a_time(size: int) -> None:
    content = random.Random(size).randbytes(size)
    assert crc32c(content) == bit_by_bit(content)


def test_blocks_make_no_difference() -> None:
    content = random.Random(7).randbytes(100_000)
    assert crc32c(content[:2], content[2:5], content[5:70_001], content[70_001:]) == crc32c(content)
