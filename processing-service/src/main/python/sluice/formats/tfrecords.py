"""TFRecord files of tf.train.Example messages, as TensorFlow reads and writes them.

A record is its length, the masked CRC-32C of the length, its bytes and the masked CRC-32C of the
bytes (tensorflow/core/lib/io/record_writer.h). An Example maps names to lists of bytes, floats or
64-bit integers (tensorflow/core/example/example.proto, feature.proto).
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import IO, Any, Callable, Iterator

import google_crc32c
import pyarrow as pa

from sluice.errors import SluiceError

MEDIA_TYPE = "application/x-tfrecord"
LONGEST_RECORD = 512 * 1024 * 1024
ROWS_PER_TABLE = 2_000

_HEAD = struct.Struct("<QI")
_TAIL = struct.Struct("<I")
_MASK_DELTA = 0xA282EAD8
_UNSIGNED = 0xFFFFFFFF


def masked_crc(content: bytes) -> int:
    """CRC-32C, rotated and shifted so that a CRC of data that holds CRCs stays useful."""
    crc: int = google_crc32c.value(content)
    return (((crc >> 15) | (crc << 17)) + _MASK_DELTA) & _UNSIGNED


def records(stream: IO[bytes], path: str) -> Iterator[bytes]:
    """The records of a file; SluiceError names the file and the first record that is damaged."""
    number = 0
    while head := _exactly(stream, _HEAD.size, path, number, whole_or_none=True):
        length, crc = _HEAD.unpack(head)
        if masked_crc(head[:8]) != crc:
            raise SluiceError(f"{path}: record {number}: the length's checksum is wrong")
        if length > LONGEST_RECORD:
            raise SluiceError(f"{path}: record {number}: {length} bytes are over {LONGEST_RECORD}")
        content = _exactly(stream, length, path, number)
        (crc,) = _TAIL.unpack(_exactly(stream, _TAIL.size, path, number))
        if masked_crc(content) != crc:
            raise SluiceError(f"{path}: record {number}: the checksum is wrong")
        yield content
        number += 1


def _exactly(
    stream: IO[bytes], length: int, path: str, number: int, whole_or_none: bool = False
) -> bytes:
    pieces: list[bytes] = []
    left = length
    while left and (piece := stream.read(min(left, 1 << 20))):
        pieces.append(piece)
        left -= len(piece)
    if left and not (whole_or_none and left == length):
        raise SluiceError(f"{path}: record {number}: the file ends in the midst of it")
    return b"".join(pieces)


def frame(content: bytes) -> bytes:
    """A record as it stands in a file."""
    length = struct.pack("<Q", len(content))
    return b"".join(
        (length, _TAIL.pack(masked_crc(length)), content, _TAIL.pack(masked_crc(content)))
    )


def tables(stream: IO[bytes], path: str) -> Iterator[pa.Table]:
    """The examples of a file as rows: a feature of one value is a value, others are lists; a
    feature that an example lacks is null. Bytes that are UTF-8 throughout a table are text."""
    gathered: list[dict[str, Any]] = []
    for number, content in enumerate(records(stream, path)):
        gathered.append(_row(content, path, number))
        if len(gathered) == ROWS_PER_TABLE:
            yield _table(gathered, path)
            gathered = []
    if gathered:
        yield _table(gathered, path)


def _row(content: bytes, path: str, number: int) -> dict[str, Any]:
    example = _messages()()
    try:
        example.ParseFromString(content)
    except Exception as wrong:  # protobuf's errors have no common public class
        raise SluiceError(f"{path}: record {number} is no tf.train.Example: {wrong}") from None
    row: dict[str, Any] = {}
    for name, feature in example.features.feature.items():
        kind = feature.WhichOneof("kind")
        row[name] = list(getattr(feature, kind).value) if kind else []
    return row


def _table(rows: list[dict[str, Any]], path: str) -> pa.Table:
    names = sorted({name for row in rows for name in row})
    if not names:
        raise SluiceError(f"{path}: {len(rows)} records in a row hold no feature")
    return pa.table({name: _column([row.get(name) for row in rows]) for name in names})


def _column(values: list[list[Any] | None]) -> pa.Array:
    single = all(value is None or len(value) == 1 for value in values)
    flat = [one for value in values if value for one in value]
    kind = _kind_of(flat)
    if kind == pa.string():
        values = [value and [one.decode() for one in value] for value in values]
    if single:
        return pa.array([value[0] if value else None for value in values], kind)
    return pa.array(values, pa.list_(kind))


def _kind_of(flat: list[Any]) -> pa.DataType:
    if not flat:
        return pa.null()
    if isinstance(flat[0], bytes):
        return pa.string() if all(map(_is_text, flat)) else pa.binary()
    return pa.int64() if isinstance(flat[0], int) else pa.float32()


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
        return b"\0" not in content
    except UnicodeDecodeError:
        return False


def write(table: pa.Table, target: IO[bytes]) -> None:
    """Write rows as examples, in order. Null makes no feature; text and bytes become bytes,
    integers and booleans 64-bit integers, floating point numbers 32-bit ones; lists of these lists.

    SluiceError names a column that holds anything else.
    """
    columns = [(field.name, _writer(field)) for field in table.schema]
    make = _messages()
    for batch in table.to_batches(max_chunksize=ROWS_PER_TABLE):
        for row in batch.to_pylist():
            example = make()
            for name, put in columns:
                if row[name] is not None:
                    put(example.features.feature[name], row[name])
            target.write(frame(example.SerializeToString(deterministic=True)))


def _writer(field: pa.Field) -> Callable[[Any, Any], None]:
    kind = field.type
    many = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    inner = kind.value_type if many else kind
    place, convert = _conversion(field.name, inner)

    def put(feature: Any, value: Any) -> None:
        values = value if many else [value]
        getattr(feature, place).value.extend([convert(one) for one in values if one is not None])

    return put


def _conversion(name: str, kind: pa.DataType) -> tuple[str, Callable[[Any], Any]]:
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return "bytes_list", lambda text: text.encode()
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return "bytes_list", bytes
    if pa.types.is_boolean(kind) or (pa.types.is_integer(kind) and kind != pa.uint64()):
        return "int64_list", int
    if pa.types.is_floating(kind):
        return "float_list", float
    raise SluiceError(
        f"column {name!r} holds {kind}, which TFRecords cannot: text, bytes, integers up to 64"
        " bits with sign, floating point numbers, or lists of them"
    )


@lru_cache(maxsize=1)
def _messages() -> Any:
    """The class tf.train.Example, made of its published fields and numbers."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    field = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(
        name="sluice/example.proto", package="sluice.tf", syntax="proto3"
    )

    def message(name: str) -> Any:
        made = file.message_type.add()
        made.name = name
        return made

    for name, kind in (
        ("BytesList", field.TYPE_BYTES),
        ("FloatList", field.TYPE_FLOAT),
        ("Int64List", field.TYPE_INT64),
    ):
        message(name).field.add(name="value", number=1, type=kind, label=field.LABEL_REPEATED)
    feature = message("Feature")
    feature.oneof_decl.add(name="kind")
    lists = ("bytes_list", "float_list", "int64_list")
    for number, name in enumerate(lists, start=1):
        kind = name.title().replace("_", "")
        feature.field.add(
            name=name,
            number=number,
            type=field.TYPE_MESSAGE,
            label=field.LABEL_OPTIONAL,
            type_name=f".sluice.tf.{kind}",
            oneof_index=0,
        )
    features = message("Features")
    entry = features.nested_type.add(name="FeatureEntry")
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, type=field.TYPE_STRING, label=field.LABEL_OPTIONAL)
    entry.field.add(
        name="value",
        number=2,
        type=field.TYPE_MESSAGE,
        label=field.LABEL_OPTIONAL,
        type_name=".sluice.tf.Feature",
    )
    features.field.add(
        name="feature",
        number=1,
        type=field.TYPE_MESSAGE,
        label=field.LABEL_REPEATED,
        type_name=".sluice.tf.Features.FeatureEntry",
    )
    message("Example").field.add(
        name="features",
        number=1,
        type=field.TYPE_MESSAGE,
        label=field.LABEL_OPTIONAL,
        type_name=".sluice.tf.Features",
    )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("sluice.tf.Example"))
