"""What a job tells the processing service while it works."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any, Callable

from sluice.errors import SluiceError
from sluice.spec import JobSpec, direct, run_token

_EVERY = 1.0


@dataclass
class Progress:
    """How far an attempt is; told at most once a second, and at each stage's begin and end."""

    spec: JobSpec
    stages: int = 1
    stage: int = 0
    done: int = 0
    reused: int = 0
    total: int = 0
    rows_in: int = 0
    rows_out: int = 0
    clock: Callable[[], float] = time.monotonic
    _told: float = field(default=float("-inf"))

    def begin(self, stage: int, blocks: int) -> None:
        """A stage begins."""
        self.stage, self.total, self.done, self.reused = stage, blocks, 0, 0
        self.tell(now=True)

    def finished(self, rows_in: int, rows_out: int, reused: bool) -> None:
        """A block is finished."""
        self.done += 1
        self.reused += reused
        if self.stage == 0:
            self.rows_in += rows_in
        if self.stage == self.stages - 1:
            self.rows_out += rows_out
        self.tell(now=self.done == self.total)

    def document(self) -> dict[str, Any]:
        """As it is sent."""
        return {
            "stage": self.stage,
            "stages": self.stages,
            "blocks": {"done": self.done, "reused": self.reused, "total": self.total},
            "rows": {"in": self.rows_in, "out": self.rows_out},
        }

    def tell(self, now: bool = False) -> None:
        """Say it, unless it was said a moment ago. That the service is away does not matter; that
        this attempt is no longer wanted ends it with a SluiceError."""
        if self.spec.progress_url is None or not (now or self.clock() - self._told >= _EVERY):
            return
        self._told = self.clock()
        put(self.spec.progress_url, self.document(), "progress", must=False)


def put(url: str, document: dict[str, Any], what: str, must: bool) -> None:
    """PUT a JSON document with the run token; `must` makes a service that is away a failure."""
    request = urllib.request.Request(
        url,
        json.dumps(document, ensure_ascii=False, default=str).encode(),
        {"Authorization": f"Bearer {run_token()}", "Content-Type": "application/json"},
        method="PUT",
    )
    try:
        with direct().open(request, timeout=10):
            return
    except urllib.error.HTTPError as refused:
        if refused.code == 401:
            raise SluiceError("this attempt is no longer wanted") from None
        if must:
            raise SluiceError(f"the service refused the {what}: {refused.code}") from None
    except OSError as away:
        if must:
            raise SluiceError(f"the service does not take the {what}: {away}") from None
