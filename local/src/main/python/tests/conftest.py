"""A server process per test, reached with Qdrant's own Python client over gRPC."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Iterator

import pytest
from qdrant_client import QdrantClient

PYTHON_FOLDER = Path(__file__).resolve().parents[1]


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now; held together, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


class ServerProcess:
    """A development server on a free port, which can be killed and started again."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    def start(self, port: int = 0) -> None:
        command = [sys.executable, "-m", "sluice_qdrant_dev", "--port", str(port)]
        self._process = subprocess.Popen(
            [*command, "--data", str(self.data)],
            cwd=PYTHON_FOLDER,
            env={**os.environ, **self._environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        ready = self._process.stdout.readline()
        assert "for development only" in ready, ready
        self.port = int(ready.split("127.0.0.1:")[1].split()[0])

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        code = self._process.wait(timeout=30)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None
        return code

    def client(self, **options: str) -> QdrantClient:
        return QdrantClient(
            host="127.0.0.1", grpc_port=self.port, prefer_grpc=True,
            check_compatibility=False, https=False, timeout=30, **options,
        )

    def close(self) -> None:
        if self._process is not None:
            self.kill()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path / "data")
    process.start()
    yield process
    process.close()


@pytest.fixture
def client(server: ServerProcess) -> QdrantClient:
    return server.client()
