"""The object store of a job: reads that are checked, writes that are whole."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Iterator
from urllib.parse import unquote, urlsplit

import google_crc32c
import pyarrow as pa
from pyarrow import fs

from sluice.errors import SluiceError, TemporaryError
from sluice.spec import InputFile, ObjectStoreAccess

_BLOCK = 4 * 1024 * 1024
_IN_MEMORY = 256 * 1024 * 1024

# Stores other than AWS often refuse the checksum trailers that newer AWS libraries add by
# themselves; the SHA-256 in the manifests covers the same bytes.
os.environ.setdefault("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")
os.environ.setdefault("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_required")
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")


@dataclass(frozen=True)
class Stored:
    """An object that was written: its key, length in bytes, SHA-256 and CRC-32C in hexadecimal."""

    key: str
    size: int
    sha256: str
    crc32c: str


class Store:
    """One bucket.

    The endpoint's scheme says what it is: `http` and `https` an S3 server, `file` a local
    folder whose subfolders are buckets (for tests and for trying out a program).
    """

    def __init__(self, access: ObjectStoreAccess, bucket: str | None = None) -> None:
        self._bucket = bucket or access.bucket
        self._files, self._root = _file_system(access)

    def read(self, file: InputFile) -> bytes:
        """The bytes of an input file; SluiceError unless they are the manifest's."""
        with self.opened(file) as content:
            return bytes(content.read())

    @contextmanager
    def opened(self, file: InputFile) -> Iterator[pa.NativeFile]:
        """An input file to read and seek in, of bytes that are the manifest's: in memory up to
        256 MiB, else in a temporary file."""
        digest = hashlib.sha256()
        if file.size <= _IN_MEMORY:
            content = b"".join(self._blocks(file, digest))
            _check(file, digest)
            yield pa.BufferReader(content)
            return
        with tempfile.NamedTemporaryFile(prefix="sluice-") as place:
            for block in self._blocks(file, digest):
                place.write(block)
            place.flush()
            _check(file, digest)
            with pa.memory_map(place.name) as mapped:
                yield mapped

    @contextmanager
    def ranged(self, file: InputFile) -> Iterator[pa.NativeFile]:
        """An input file of which only parts are read, from the store and not checked."""
        try:
            with self._files.open_input_file(self._place(file.object_key)) as content:
                yield content
        except FileNotFoundError:
            raise SluiceError(f"{file.path}: object {file.object_key} is gone") from None

    def check(self, file: InputFile) -> None:
        """SluiceError unless the object's bytes are the manifest's."""
        digest = hashlib.sha256()
        for _ in self._blocks(file, digest):
            pass
        _check(file, digest)

    def _blocks(self, file: InputFile, digest: "hashlib._Hash") -> Iterator[bytes]:
        try:
            with self._files.open_input_stream(self._place(file.object_key)) as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
                    yield block
        except FileNotFoundError:
            raise SluiceError(f"{file.path}: object {file.object_key} is gone") from None
        except OSError as failure:
            raise TemporaryError(f"{file.path}: cannot be read: {failure}") from failure

    def write(self, key: str, content: IO[bytes], media_type: str) -> Stored:
        """Write one object from a stream; it becomes visible when it is complete."""
        digest = hashlib.sha256()
        checksum = 0
        size = 0
        try:
            with self._files.open_output_stream(
                self._place(key), metadata={"Content-Type": media_type}
            ) as stream:
                while block := content.read(_BLOCK):
                    digest.update(block)
                    checksum = google_crc32c.extend(checksum, block)
                    size += len(block)
                    stream.write(block)
        except OSError as failure:
            raise TemporaryError(f"object {key} cannot be written: {failure}") from failure
        return Stored(key, size, digest.hexdigest(), f"{checksum:08x}")

    def keys(self, prefix: str) -> list[str]:
        """The keys of all objects below a prefix that ends with a slash, in no order."""
        root = f"{self._root}{self._bucket}/"
        selector = fs.FileSelector(root + prefix.rstrip("/"), recursive=True, allow_not_found=True)
        try:
            found = self._files.get_file_info(selector)
        except OSError as failure:
            raise SluiceError(f"objects below {prefix} cannot be listed: {failure}") from failure
        return [one.path[len(root) :] for one in found if one.is_file]

    def content(self, key: str) -> bytes | None:
        """The bytes of a small object, None when there is none."""
        try:
            with self._files.open_input_stream(self._place(key)) as stream:
                content: bytes = stream.read()
            return content
        except FileNotFoundError:
            return None
        except OSError as failure:
            raise TemporaryError(f"object {key} cannot be read: {failure}") from failure

    def _place(self, key: str) -> str:
        place = f"{self._root}{self._bucket}/{key}"
        if isinstance(self._files, fs.LocalFileSystem):
            os.makedirs(os.path.dirname(place), exist_ok=True)
        return place


def _check(file: InputFile, digest: "hashlib._Hash") -> None:
    if digest.hexdigest() != file.sha256:
        raise SluiceError(
            f"{file.path}: the store holds other bytes than the version"
            f" (SHA-256 {digest.hexdigest()}, expected {file.sha256})"
        )


def _file_system(access: ObjectStoreAccess) -> tuple[fs.FileSystem, str]:
    """The file system and what goes before a bucket's name in its paths."""
    endpoint = urlsplit(access.endpoint)
    if endpoint.scheme == "file":
        return fs.LocalFileSystem(), unquote(endpoint.path).rstrip("/") + "/"
    if endpoint.scheme not in ("http", "https") or not endpoint.netloc:
        raise SluiceError(f"the object store's endpoint {access.endpoint!r} is no http(s) address")
    if not access.access_key or not access.secret_key:
        raise SluiceError("the job spec holds no credentials for the object store")
    try:
        system = fs.S3FileSystem(
            access_key=access.access_key,
            secret_key=access.secret_key,
            session_token=access.session_token,
            region=access.region,
            scheme=endpoint.scheme,
            endpoint_override=endpoint.netloc + endpoint.path.rstrip("/"),
            force_virtual_addressing=False,
            connect_timeout=10,
            request_timeout=60,
            retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=5),
        )
    except (OSError, pa.ArrowException) as failure:
        raise SluiceError(f"the object store cannot be reached: {failure}") from failure
    return system, ""
