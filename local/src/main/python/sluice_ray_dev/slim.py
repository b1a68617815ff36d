"""Leaves out the parts of a Ray head that serve no job on one machine.

Ray has no option for it, so a few functions of the pinned Ray release are wrapped. When a later
release lacks one of them the head starts whole, only larger.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

_DASHBOARD_MODULES = "--modules-to-load=JobHead"
_WATCH = Path(__file__).with_name("watch.py")


def keep_only_the_jobs_api() -> None:
    """Drop what is behind the dashboard's pages, the Ray Client server and the starter itself."""
    from ray._private import node, ray_constants, services

    needed = ("start_ray_client_server", "dead_processes", "get_gcs_client", "node_id")
    start = getattr(services, "start_ray_process", None)
    if start is None or not all(hasattr(node.Node, name) for name in needed):
        print("sluice_ray_dev: this Ray starts with all its parts", file=sys.stderr)
        return

    def start_smaller(command: list[str], process_type: str, *rest: Any, **named: Any) -> Any:
        if process_type == ray_constants.PROCESS_TYPE_DASHBOARD:
            command = [*command, _DASHBOARD_MODULES]
        return start(command, process_type, *rest, **named)

    services.start_ray_process = start_smaller
    setattr(node.Node, "start_ray_client_server", _announce_head)
    setattr(node.Node, "dead_processes", _hand_over)


def _announce_head(head: Any) -> None:
    """Say which node is the head, as the dashboard's NodeHead would, so that jobs find it.

    Called in the place of the Ray Client server: the cluster's store is up, nothing else is.
    """
    from ray._private import ray_constants

    head.get_gcs_client().internal_kv_put(
        ray_constants.KV_HEAD_NODE_ID_KEY,
        head.node_id.encode(),
        True,
        namespace=ray_constants.KV_NAMESPACE_JOB,
    )


def _hand_over(head: Any) -> None:
    """Become the small program that watches Ray's processes.

    Called when `ray start --block` begins to watch, so that everything runs. The process stays
    the same and with it its children; the pipes they listen on must stay open.
    """
    children = [info.process for several in head.all_processes.values() for info in several]
    for child in children:
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe is not None:
                os.set_inheritable(pipe.fileno(), True)
    sys.stdout.flush()
    sys.stderr.flush()
    pids = [str(child.pid) for child in children]
    os.execv(sys.executable, [sys.executable, "-I", "-S", str(_WATCH), *pids])
