"""The object store of a job: reads that are checked, writes that are whole."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import IO
from urllib.parse import unquote, urlsplit

import pyarrow as pa
from pyarrow import fs

from sluice.crc32c import Crc32c
from sluice.errors import SluiceError
from sluice.spec import InputFile, ObjectStoreAccess

_BLOCK = 4 * 1024 * 1024

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
        try:
            with self._files.open_input_stream(self._place(file.object_key)) as stream:
                content: bytes = stream.read()
        except FileNotFoundError:
            raise SluiceError(f"{file.path}: object {file.object_key} is gone") from None
        except OSError as failure:
            raise SluiceError(f"{file.path}: cannot be read: {failure}") from failure
        digest = hashlib.sha256(content).hexdigest()
        if digest != file.sha256:
            raise SluiceError(
                f"{file.path}: the store holds other bytes than the version"
                f" (SHA-256 {digest}, expected {file.sha256})"
            )
        return content

    def write(self, key: str, content: IO[bytes], media_type: str) -> Stored:
        """Write one object from a stream; it becomes visible when it is complete."""
        digest = hashlib.sha256()
        checksum = Crc32c()
        size = 0
        try:
            with self._files.open_output_stream(
                self._place(key), metadata={"Content-Type": media_type}
            ) as stream:
                while block := content.read(_BLOCK):
                    digest.update(block)
                    checksum.update(block)
                    size += len(block)
                    stream.write(block)
        except OSError as failure:
            raise SluiceError(f"object {key} cannot be written: {failure}") from failure
        return Stored(key, size, digest.hexdigest(), checksum.hexdigest())

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
            raise SluiceError(f"object {key} cannot be read: {failure}") from failure

    def _place(self, key: str) -> str:
        place = f"{self._root}{self._bucket}/{key}"
        if isinstance(self._files, fs.LocalFileSystem):
            os.makedirs(os.path.dirname(place), exist_ok=True)
        return place


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
