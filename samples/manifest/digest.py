#!/usr/bin/env python3
"""The digest of a version from its manifest (NDJSON on standard input): docs/manifest.md in code.

    ./sluice version manifest DATASET@v1 | python3 samples/manifest/digest.py
"""

import hashlib
import json
import sys

MASK = (1 << 64) - 1
# Least items of a range, the odds that an item ends it, most items: of files, of ranges.
LEAF = (32, 256, 1024)
INNER = (16, 128, 512)


def ends(path: bytes, level: int, count: int) -> bool:
    least, odds, most = INNER if level else LEAF
    if count < least:
        return False
    h = 0xCBF29CE484222325
    for byte in path:
        h = ((h ^ byte) * 0x100000001B3) & MASK
    h = (h + level * 0x9E3779B97F4A7C15) & MASK
    h = ((h ^ (h >> 33)) * 0xFF51AFD7ED558CCD) & MASK
    h = ((h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53) & MASK
    h ^= h >> 33
    return count >= most or h % odds == 0


def ranges(items, level, digest):
    """Cuts (path, bytes) items into ranges; each becomes its last path and its digest."""
    made, last, count, content = [], b"", 0, digest()
    for path, data in items:
        content.update(data)
        last, count = path, count + 1
        if ends(path, level, count):
            made.append((last, content.digest()))
            count, content = 0, digest()
    if count:
        made.append((last, content.digest()))
    return made


def line(file) -> tuple[bytes, bytes]:
    path = file["path"].encode()
    rest = f"\0{file['size']}\0{file['sha256']}\0{file['mediaType']}\n"
    return path, path + rest.encode()


def digest(files) -> str:
    level = 0
    made = ranges(map(line, files), 0, lambda: hashlib.sha256(b"\0"))
    while len(made) > 1:
        level += 1
        made = ranges(made, level, lambda: hashlib.sha256(b"\1"))
    root = made[0][1] if made else hashlib.sha256(b"\0").digest()
    return "sha256:" + root.hex()


if __name__ == "__main__":
    print(digest(json.loads(text) for text in sys.stdin if text.strip()))
