"""CRC-32C (Castagnoli), which manifests keep beside the SHA-256; Python has none of its own.

A block is cut into many streams of one length, whose registers go through the same steps at once,
and which are joined in the end: the register of `a + b` is that of `a` moved past `len(b)` zero
bytes, xor that of `b`.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_POLYNOMIAL = 0x82F63B78
_ONES = 0xFFFFFFFF
_BITS = 32
_MOST_STREAMS = 4096
_BYTES_PER_STREAM = 64

_Registers = NDArray[np.uint32]


def _table() -> _Registers:
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = (table >> 1) ^ np.where(table & 1, np.uint32(_POLYNOMIAL), np.uint32(0))
    return table


_TABLE = _table()


class Crc32c:
    """A running checksum."""

    def __init__(self) -> None:
        self._register = _ONES

    def update(self, block: bytes) -> None:
        """Take the next bytes."""
        if len(block) < 4:
            for byte in block:
                self._register = _step(self._register, byte)
        else:
            self._register = _whole(block, self._register)

    def hexdigest(self) -> str:
        """Eight lower-case hexadecimal digits of what was taken so far."""
        return f"{self._register ^ _ONES:08x}"


def _step(register: int, byte: int) -> int:
    return int(_TABLE[(register ^ byte) & 0xFF]) ^ (register >> 8)


def _whole(block: bytes, register: int) -> int:
    """The register after a block of four bytes or more: it is the same as xor into the first four,
    and zeros before them leave an empty register empty, so that all streams have one length."""
    streams = 1
    while streams < _MOST_STREAMS and streams * _BYTES_PER_STREAM < len(block):
        streams *= 2
    length = -(-len(block) // streams)
    padded = np.zeros(streams * length, dtype=np.uint8)
    padded[-len(block) :] = np.frombuffer(block, dtype=np.uint8)
    start = padded.size - len(block)
    padded[start : start + 4] ^= np.frombuffer(register.to_bytes(4, "little"), dtype=np.uint8)
    registers: _Registers = np.zeros(streams, dtype=np.uint32)
    for column in np.ascontiguousarray(padded.reshape(streams, length).T):
        registers = _TABLE[(registers ^ column) & 0xFF] ^ (registers >> 8)
    while registers.size > 1:
        registers = _through(_zeros(length), registers[0::2]) ^ registers[1::2]
        length *= 2
    return int(registers[0])


@lru_cache(maxsize=256)
def _zeros(count: int) -> _Registers:
    """What `count` zero bytes make of each single bit of a register."""
    if count == 1:
        bits = np.uint32(1) << np.arange(_BITS, dtype=np.uint32)
        one: _Registers = _TABLE[bits & 0xFF] ^ (bits >> 8)
        return one
    half = _zeros(count // 2)
    even = _through(half, half)
    return _through(_zeros(1), even) if count % 2 else even


def _through(bits: _Registers, registers: _Registers) -> _Registers:
    moved = np.zeros_like(registers)
    for number in range(_BITS):
        moved ^= np.where((registers >> number) & 1, bits[number], np.uint32(0))
    return moved
