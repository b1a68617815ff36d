"""A job on a local folder: an input version, its spec, and what the job left behind."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

import pyarrow as pa
import pyarrow.parquet as pq

TOKEN = "run-token"


class LocalJob:
    """Files are put under `bucket`; the endpoint is the folder above it."""

    def __init__(
        self,
        folder: Path,
        files: dict[str, bytes],
        source: str = "text",
        form: str = "parquet",
        operators: list[dict[str, Any]] | None = None,
        **ray_options: Any,
    ) -> None:
        self.bucket = folder / "sluice-demo"
        self.spec: dict[str, Any] = {
            "runId": "run-1",
            "attempt": 1,
            "project": "demo",
            "input": {"dataset": "docs", "version": "v1", "files": []},
            "output": {
                "dataset": "chunks",
                "version": "v1",
                "bucket": "sluice-demo",
                "keyPrefix": "dataset/chunks/v1/",
                "attemptTag": "a1",
            },
            "source": {"type": source},
            "destination": {"type": "s3", "format": form},
            "rayJobConfig": {"distributeOps": "map", "parallelism": 2, **ray_options},
            "operators": operators or [],
            "s3": {
                "endpoint": folder.as_uri(),
                "region": "us-east-1",
                "bucket": "sluice-demo",
                "accessKey": "",
                "secretKey": "",
                "expiresAt": None,
            },
        }
        for path, content in files.items():
            self._put(path, content)

    def _put(self, path: str, content: bytes) -> None:
        key = f"dataset/docs/v1/{path}"
        place = self.bucket / key
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        self.spec["input"]["files"].append(
            {
                "path": path,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "mediaType": "text/markdown",
                "objectKey": key,
            }
        )

    def attempt(self, number: int) -> "LocalJob":
        """The same run, tried again."""
        self.spec["attempt"] = number
        self.spec["output"]["attemptTag"] = f"a{number}"
        return self

    def content(self, path: str) -> bytes:
        """A file of the output version."""
        (one,) = (one for one in self.manifest()["files"] if one["path"] == path)
        return (self.bucket / one["objectKey"]).read_bytes()

    def manifest(self) -> dict[str, Any]:
        tag = self.spec["output"]["attemptTag"]
        place = self.bucket / f"dataset/chunks/v1/_sluice/manifest-{tag}.json"
        read: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        return read

    def rows(self) -> pa.Table:
        files = self.manifest()["files"]
        return pa.concat_tables(pq.read_table(self.bucket / one["objectKey"]) for one in files)


@contextmanager
def served(
    document: dict[str, Any],
    failures: int = 0,
    told: list[tuple[str, dict[str, Any]]] | None = None,
) -> Iterator[dict[str, str]]:
    """The environment of a job whose spec is this document; the first calls may fail. What the job
    tells is put into `told`, path and document."""
    left = [failures]
    received = [] if told is None else told

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            left[0] -= 1
            allowed = self.headers.get("Authorization") == f"Bearer {TOKEN}"
            self.send_response(503 if left[0] >= 0 else 200 if allowed else 401)
            self.end_headers()
            if allowed:
                self.wfile.write(json.dumps(document).encode())

        def do_PUT(self) -> None:  # noqa: N802
            body = self.rfile.read(int(self.headers["Content-Length"]))
            allowed = self.headers.get("Authorization") == f"Bearer {TOKEN}"
            self.send_response(204 if allowed else 401)
            self.end_headers()
            if allowed:
                received.append((self.path, json.loads(body)))

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/spec"
        document["progressUrl"] = url.replace("/spec", "/progress")
        document["sampleUrl"] = url.replace("/spec", "/sample")
        yield {"SLUICE_SPEC_URL": url, "SLUICE_RUN_TOKEN": TOKEN}
    finally:
        server.shutdown()
        server.server_close()
