"""What the development head is started with; nothing here imports Ray."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

LONGEST_TEMP_DIR = 40
"""Ray puts a Unix socket below its temporary folder; Linux allows 107 characters in all."""

_SMALL_AND_LOCAL = {
    "RAY_AUTH_MODE": "token",
    # Ray's own switch for machines that are a cluster of one: the node's address is 127.0.0.1,
    # so a laptop that changes its network keeps its head.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_enable_metrics_collection": "0",
    "RAY_prestart_worker_first_driver": "0",
    "RAY_enable_timeline": "0",
    "RAY_task_events_report_interval_ms": "0",
    "RAY_DASHBOARD_STARTUP_TIMEOUT_S": "120",
    # Ray's agents try that long to tell a store that is gone that they are going as well.
    "RAY_gcs_rpc_server_reconnect_timeout_s": "15",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_COLOR_PREFIX": "0",
    "PYTHONUNBUFFERED": "1",
}


@dataclass(frozen=True)
class HeadSettings:
    """Ports, sizes and the folder of one head; refuses what Ray would refuse later."""

    dashboard_port: int
    gcs_port: int
    num_cpus: int
    num_gpus: int
    object_store_bytes: int
    temp_dir: Path

    def __post_init__(self) -> None:
        if len(str(self.temp_dir)) > LONGEST_TEMP_DIR:
            raise ValueError(
                f"--temp-dir {self.temp_dir} is longer than {LONGEST_TEMP_DIR} characters"
            )
        if self.object_store_bytes < 80 * 1024 * 1024:
            raise ValueError("--object-store-mb must be at least 80")
        if self.dashboard_port == self.gcs_port:
            raise ValueError("--dashboard-port and --gcs-port must differ")

    def ray_arguments(self) -> list[str]:
        """The arguments of `ray` that start this head in the foreground."""
        return [
            "start",
            "--head",
            "--block",
            "--node-ip-address=127.0.0.1",
            f"--port={self.gcs_port}",
            "--include-dashboard=true",
            "--dashboard-host=127.0.0.1",
            f"--dashboard-port={self.dashboard_port}",
            "--dashboard-agent-listen-port=0",
            # Fixed worker ports (10002-19999) would refuse a dashboard port in their range.
            "--min-worker-port=0",
            "--max-worker-port=0",
            f"--num-cpus={self.num_cpus}",
            f"--num-gpus={self.num_gpus}",
            f"--object-store-memory={self.object_store_bytes}",
            f"--temp-dir={self.temp_dir}",
            "--include-log-monitor=false",
            "--disable-usage-stats",
            "--no-monitor",
            "--log-style=record",
            "--log-color=false",
        ]


def environment(current: dict[str, str]) -> dict[str, str]:
    """The variables to set before Ray is imported.

    Jobs inherit `PATH`, so the folder of this interpreter goes first: `python` in an entrypoint
    is then the one that has Ray.
    """
    folder = str(Path(sys.executable).parent)
    path = current.get("PATH", "")
    return {**_SMALL_AND_LOCAL, "PATH": f"{folder}:{path}" if path else folder}
