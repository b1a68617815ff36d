"""Leaves out the parts of a Ray head that serve no job on one machine.

Ray has no option for it, so two functions of the pinned Ray release are wrapped. When a later
release lacks them the head starts whole, only larger.
"""

from __future__ import annotations

import sys
from typing import Any

# NodeHead announces the head node, without which JobHead finds no agent to run jobs.
_DASHBOARD_MODULES = "--modules-to-load=JobHead,NodeHead"


def keep_only_the_jobs_api() -> None:
    """Drop the modules behind the dashboard's pages, and the Ray Client server."""
    from ray._private import node, ray_constants, services

    start = getattr(services, "start_ray_process", None)
    if start is None or not hasattr(node.Node, "start_ray_client_server"):
        print("sluice_ray_dev: this Ray starts with all its parts", file=sys.stderr)
        return

    def start_smaller(command: list[str], process_type: str, *rest: Any, **named: Any) -> Any:
        if process_type == ray_constants.PROCESS_TYPE_DASHBOARD:
            command = [*command, _DASHBOARD_MODULES]
        return start(command, process_type, *rest, **named)

    services.start_ray_process = start_smaller
    setattr(node.Node, "start_ray_client_server", lambda self: None)
