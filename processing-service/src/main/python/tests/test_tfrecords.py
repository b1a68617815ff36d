"""TFRecord files, byte for byte as TensorFlow writes them."""

from __future__ import annotations

import io

import pyarrow as pa
import pytest
from sluice.errors import SluiceError
from sluice.formats import tfrecords

ROWS = pa.table(
    {
        "bytes": pa.array([b"\0\xff", None, b""], pa.binary()),
        "flag": [True, False, None],
        "label": [1, -(2**63), 2**63 - 1],
        "score": pa.array([0.5, None, -1.25], pa.float32()),
        "text": ["naïve", "", "漢"],
        "vector": pa.array([[1.0, 2.0], [], None], pa.list_(pa.float32())),
    }
)



def written(table: pa.Table) -> bytes:
    target = io.BytesIO()
    tfrecords.write(table, target)
    return target.getvalue()


def read(content: bytes) -> pa.Table:
    return pa.concat_tables(tfrecords.tables(io.BytesIO(content), "x.tfrecord"))


def test_rows_come_back_as_they_were() -> None:
    back = read(written(ROWS))
    assert back.column("bytes").to_pylist() == [b"\0\xff", None, b""]
    assert back.column("flag").to_pylist() == [1, 0, None]
    assert back.column("label").to_pylist() == ROWS.column("label").to_pylist()
    assert back.column("score").to_pylist() == [0.5, None, -1.25]
    assert back.column("text").to_pylist() == ROWS.column("text").to_pylist()
    assert back.column("vector").to_pylist() == [[1.0, 2.0], [], None]


def test_the_same_rows_are_the_same_bytes() -> None:
    assert written(ROWS) == written(ROWS)


def test_checksums_are_masked_as_tensorflow_masks_them() -> None:
    # record_writer_test of tensorflow: the CRC-32C of "123456789" is 0xe3069283
    assert tfrecords.masked_crc(b"123456789") == (
        (((0xE3069283 >> 15) | (0xE3069283 << 17)) + 0xA282EAD8) & 0xFFFFFFFF
    )


@pytest.mark.parametrize("place", [0, 9, 14, -2])
def test_a_damaged_record_is_named(place: int) -> None:
    content = bytearray(written(ROWS.slice(0, 1)))
    content[place] ^= 1
    with pytest.raises(SluiceError, match=r"x\.tfrecord: record 0"):
        read(bytes(content))


@pytest.mark.parametrize("length", [1, 11, 13, 30])
def test_a_file_that_ends_early_is_named(length: int) -> None:
    with pytest.raises(SluiceError, match="ends in the midst"):
        read(written(ROWS.slice(0, 1))[:length])


def test_a_record_that_is_no_example_is_named() -> None:
    with pytest.raises(SluiceError, match="record 1 is no tf.train.Example"):
        read(written(ROWS.slice(0, 1)) + tfrecords.frame(b"\xff\xff\xff"))


def test_a_column_that_fits_no_feature_is_named() -> None:
    with pytest.raises(SluiceError, match="column 'm' holds map"):
        written(pa.table({"m": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64()))}))


BY_TENSORFLOW = bytes.fromhex(
    "5800000000000000a28b2f8c0a560a0f0a05627974657312060a040a0200ff0a170a056c6162656c120e1a0c0a0a"
    "fdffffffffffffffff010a120a0474657874120a0a080a066e61c3af76650a160a06766563746f72120c120a0a08"
    "0000803f000020c09b8b382a"
)
"""Written by tf.io.TFRecordWriter of TensorFlow 2.21.0."""


def test_the_bytes_are_those_of_tensorflow() -> None:
    rows = pa.table(
        {
            "bytes": pa.array([b"\0\xff"], pa.binary()),
            "label": [-3],
            "text": ["naïve"],
            "vector": pa.array([[1.0, -2.5]], pa.list_(pa.float32())),
        }
    )
    assert written(rows) == BY_TENSORFLOW
    assert read(BY_TENSORFLOW * 2).to_pylist() == rows.to_pylist() * 2
