"""Keys of records: what a row is, never where it stands."""

from __future__ import annotations

import binascii
import hashlib

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

KEY = "record_key"

_MIX = np.uint64(0x9E3779B97F4A7C15)


def record_key(path: str, sha256: str, more: str = "") -> str:
    """32 hexadecimal characters that name a document, or a piece of it, by path and content."""
    return hashlib.sha256(f"{path}\0{sha256}{more}".encode()).hexdigest()[:32]


def text_digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def keys_of_column(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """The values of a key column as text."""
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return pa.array(
            [None if one is None else one.hex() for one in column.to_pylist()], pa.string()
        )
    return column.cast(pa.string())


def keys_of_rows(rows: pa.Table, path: str) -> pa.Array:
    """32 hexadecimal characters for each row, 16 of the file's path and 16 of the row's values.

    Equal rows of one file have equal keys.
    """
    folder = hashlib.sha256(path.encode()).digest()[:8]
    whole = np.empty((rows.num_rows, 2), ">u8")
    whole[:, 0] = int.from_bytes(folder, "big")
    whole[:, 1] = _digests(rows)
    text = binascii.hexlify(whole.tobytes())
    offsets = np.arange(0, 32 * (rows.num_rows + 1), 32, dtype=np.int32)
    return pa.Array.from_buffers(
        pa.string(), rows.num_rows, [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    )


def _digests(rows: pa.Table) -> npt.NDArray[np.uint64]:
    from pandas.util import hash_array

    whole = np.full(rows.num_rows, rows.num_columns, np.uint64)
    for name in rows.column_names:
        column = rows.column(name)
        if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
            values = np.array([repr(one) for one in column.to_pylist()], object)
        elif pa.types.is_integer(column.type) and column.null_count == 0:
            values = column.to_numpy()
        elif pa.types.is_floating(column.type) and column.null_count == 0:
            values = column.cast(pa.float64()).to_numpy()
        else:
            text = pc.fill_null(column.cast(pa.string()), "\0")
            values = text.to_numpy().astype(object)
        whole = (whole ^ hash_array(values, categorize=False)) * _MIX
        whole ^= whole >> np.uint64(29)
    return whole
