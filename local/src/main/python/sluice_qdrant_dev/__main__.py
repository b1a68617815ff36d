"""`python -m sluice_qdrant_dev --port 16334 --data DIR`: serve until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from pathlib import Path

from sluice_qdrant_dev.problems import Problem
from sluice_qdrant_dev.server import DevServer
from sluice_qdrant_dev.store import Store

API_KEY_VARIABLE = "QDRANT__SERVICE__API_KEY"


def main() -> None:
    """Start, say so on standard output, wait for a signal, close."""
    parser = argparse.ArgumentParser(prog="sluice_qdrant_dev", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="gRPC; 0 takes a free one")
    parser.add_argument("--data", type=Path, required=True, help="folder of the collections")
    parser.add_argument("--host", default="127.0.0.1")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    address = f"{given.host}:{given.port}"
    try:
        store = Store(given.data)
        server = DevServer(store, address, os.environ.get(API_KEY_VARIABLE) or None)
    except (Problem, RuntimeError, OSError) as failure:
        sys.exit(f"sluice_qdrant_dev: cannot serve {given.data} on {address}: {failure}")
    server.start()
    print(
        f"sluice_qdrant_dev: serving {given.data} on {given.host}:{server.port}"
        " (for development only)",
        flush=True,
    )
    stop.wait()
    server.stop()


if __name__ == "__main__":
    main()
