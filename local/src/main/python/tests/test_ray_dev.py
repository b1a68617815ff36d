"""The development Ray head: its settings, and one head that runs a job for whoever may ask."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

import pytest
from conftest import PYTHON_FOLDER, free_ports
from sluice_ray_dev.settings import HeadSettings, environment

TOKEN = secrets.token_hex(16)
PROGRAM = "import ray; ray.init(); print(ray.get(ray.remote(lambda: 6 * 7).remote()))"
ENTRYPOINT = f"python -c '{PROGRAM}'"


def settings(**changed: Any) -> HeadSettings:
    given: dict[str, Any] = {
        "dashboard_port": 18265,
        "gcs_port": 18266,
        "num_cpus": 2,
        "num_gpus": 0,
        "object_store_bytes": 128 * 1024 * 1024,
        "temp_dir": Path("/tmp/ray-test"),
    }
    return HeadSettings(**{**given, **changed})


def test_the_head_listens_on_the_loopback_address_only() -> None:
    arguments = settings().ray_arguments()
    assert "--node-ip-address=127.0.0.1" in arguments
    assert "--dashboard-host=127.0.0.1" in arguments
    assert environment({})["RAY_AUTH_MODE"] == "token"


def test_jobs_find_the_interpreter_that_has_ray() -> None:
    first = environment({"PATH": "/usr/bin"})["PATH"].split(":")[0]
    assert first == str(Path(sys.executable).parent)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"temp_dir": Path("/tmp") / ("x" * 60)}, "longer than 40 characters"),
        ({"object_store_bytes": 1}, "at least 80"),
        ({"gcs_port": 18265}, "must differ"),
    ],
)
def test_settings_that_ray_would_refuse_are_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        settings(**changed)


def test_a_head_without_a_token_does_not_start() -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("RAY_")}
    ended = subprocess.run(
        [sys.executable, "-m", "sluice_ray_dev"],
        cwd=PYTHON_FOLDER, env=clean, capture_output=True, text=True, timeout=30,
    )
    assert ended.returncode == 1
    assert "set RAY_AUTH_TOKEN" in ended.stderr


class Head:
    """A running head and its Jobs API."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self._url = f"http://127.0.0.1:{port}"

    def call(self, method: str, path: str, body: Any = None, token: str = TOKEN) -> tuple[int, Any]:
        request = urllib.request.Request(
            self._url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def answers(self) -> bool:
        try:
            return self.call("GET", "/api/jobs/")[0] == 200
        except OSError:
            return False

    def submit(self, submission_id: str, entrypoint: str) -> None:
        """Submit as the processing service does: again while Ray has no agent ready."""
        job = {"entrypoint": entrypoint, "submission_id": submission_id}
        until(lambda: self.call("POST", "/api/jobs/", job)[0] == 200)


def until(condition: Any, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.2)


@contextmanager
def running_head(log: Path) -> Iterator[Head]:
    dashboard, gcs = free_ports(2)
    folder = Path(f"/tmp/sluice-ray-{dashboard}")
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "sluice_ray_dev", f"--dashboard-port={dashboard}",
             f"--gcs-port={gcs}", f"--temp-dir={folder}"],
            cwd=PYTHON_FOLDER, env={**os.environ, "RAY_AUTH_TOKEN": TOKEN},
            stdout=output, stderr=output,
        )
        running = Head(process, dashboard)
        try:
            until(running.answers)
            yield running
        finally:
            process.terminate()
            process.wait(timeout=60)
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def head(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Head]:
    with running_head(tmp_path_factory.mktemp("ray") / "head.log") as running:
        yield running


def is_watched(head: Head) -> bool:
    return b"watch.py" in Path(f"/proc/{head.process.pid}/cmdline").read_bytes()


def children(head: Head) -> list[int]:
    listed = Path(f"/proc/{head.process.pid}/task/{head.process.pid}/children").read_text()
    return [int(pid) for pid in listed.split()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_of_a_head_outlives_it(tmp_path: Path, number: signal.Signals) -> None:
    with running_head(tmp_path / "head.log") as running:
        until(lambda: is_watched(running))
        left = children(running)
        assert len(left) >= 3
        running.process.send_signal(number)
        running.process.wait(timeout=60)
        until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in left))


def test_a_head_that_lost_a_part_ends(tmp_path: Path) -> None:
    with running_head(tmp_path / "head.log") as running:
        until(lambda: is_watched(running))
        os.kill(children(running)[-1], signal.SIGKILL)
        assert running.process.wait(timeout=60) == 1


def test_a_job_runs_for_the_holder_of_the_token(head: Head) -> None:
    head.submit("run-1", ENTRYPOINT)
    until(lambda: head.call("GET", "/api/jobs/run-1")[1]["status"] not in ("PENDING", "RUNNING"))
    assert head.call("GET", "/api/jobs/run-1")[1]["status"] == "SUCCEEDED"
    assert "42" in head.call("GET", "/api/jobs/run-1/logs")[1]["logs"]


def test_a_submission_id_is_taken_once(head: Head) -> None:
    head.submit("run-2", "true")
    again = {"entrypoint": "true", "submission_id": "run-2"}
    code, text = head.call("POST", "/api/jobs/", again)
    assert code == 500
    assert "Please use a different submission_id" in text


def test_strangers_are_refused(head: Head) -> None:
    assert head.call("POST", "/api/jobs/", {"entrypoint": "true"}, token="wrong")[0] in (401, 403)
    assert head.call("GET", "/api/jobs/", token="")[0] in (401, 403)
