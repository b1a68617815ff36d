"""The job spec: what one attempt of a run reads, does and writes.

The processing service serves it at `SLUICE_SPEC_URL` to the holder of `SLUICE_RUN_TOKEN`. It
carries credentials for the object store, so it is never printed or stored.
"""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Mapping

from sluice.errors import SluiceError, TemporaryError

URL_VARIABLE = "SLUICE_SPEC_URL"
TOKEN_VARIABLE = "SLUICE_RUN_TOKEN"
_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
_RENEW_BEFORE = timedelta(minutes=5)


@dataclass(frozen=True)
class InputFile:
    """A file of the input version and the object that holds its bytes."""

    path: str
    size: int
    sha256: str
    media_type: str
    object_key: str


@dataclass(frozen=True)
class Output:
    """Where this attempt writes; every object's name carries `attempt_tag`."""

    dataset: str
    version: str
    bucket: str
    key_prefix: str
    attempt_tag: str


@dataclass(frozen=True)
class RayOptions:
    """`rayJobConfig` of the manifest. `parallelism` 0 and `batch_size` 0 leave it to us."""

    distribute_ops: str = "map"
    parallelism: int = 0
    gpu: float = 0
    batch_size: int = 0
    scheduling: str = "DEFAULT"

    def __post_init__(self) -> None:
        if self.distribute_ops not in ("map", "filter", "repartition"):
            raise SluiceError(
                f"distributeOps {self.distribute_ops!r} is none of map, filter, repartition"
            )
        if self.scheduling not in ("DEFAULT", "SPREAD"):
            raise SluiceError(f"scheduling {self.scheduling!r} is none of DEFAULT, SPREAD")


@dataclass(frozen=True)
class ObjectStoreAccess:
    """Credentials of this run alone; `expires_at` is None when they do not expire."""

    endpoint: str
    region: str
    bucket: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True)
class JobSpec:
    """One attempt of a run."""

    run_id: str
    attempt: int
    project: str
    files: tuple[InputFile, ...]
    output: Output
    source_type: str
    destination_format: str
    ray: RayOptions
    store: ObjectStoreAccess
    operators: tuple[Mapping[str, Any], ...] = ()
    key_column: str | None = None
    tolerance: float = 0.0
    """Share of rows that may go to quarantine."""
    dry_run_rows: int | None = None
    progress_url: str | None = None
    sample_url: str | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Values that operators' parameters name."""
    endpoints: tuple[str, ...] = ()
    """Addresses that operators may call."""


def fetch(
    environment: Mapping[str, str] = os.environ, wait: Callable[[float], None] = time.sleep
) -> JobSpec:
    """Get the spec; tries for half a minute while the service cannot be reached.

    Raises SluiceError when the environment names no spec, when the service refuses, or when
    it stays away.
    """
    url = environment.get(URL_VARIABLE, "")
    token = environment.get(TOKEN_VARIABLE, "")
    if not url or not token:
        raise SluiceError(f"{URL_VARIABLE} and {TOKEN_VARIABLE} must be set; Sluice sets both")
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    problem = ""
    for pause in (*_WAITS, None):
        try:
            with direct().open(request, timeout=30) as response:
                return parse(json.load(response))
        except urllib.error.HTTPError as refused:
            problem = f"status {refused.code}"
            if refused.code < 500 and refused.code != 429:
                raise SluiceError(f"the processing service refused the spec: {problem}") from None
        except (OSError, ValueError) as failure:
            problem = str(failure)
        if pause is not None:
            wait(pause)
    raise TemporaryError(f"the processing service does not give the job spec: {problem}")


def run_token() -> str:
    """The token that is this attempt's name to the processing service."""
    return os.environ.get(TOKEN_VARIABLE, "")


def current(spec: JobSpec, now: datetime | None = None) -> JobSpec:
    """The spec with credentials that last, fetched again when they are about to expire."""
    expiry = spec.store.expires_at
    if expiry is None or (now or datetime.now(timezone.utc)) + _RENEW_BEFORE < expiry:
        return spec
    return fetch() if os.environ.get(URL_VARIABLE) else spec


def parse(document: Mapping[str, Any]) -> JobSpec:
    """Read the spec's JSON form; names the field that is missing or wrong."""
    try:
        return JobSpec(
            run_id=str(document["runId"]),
            attempt=int(document["attempt"]),
            project=str(document["project"]),
            files=tuple(_file(one) for one in document["input"]["files"]),
            output=_output(document["output"]),
            source_type=str(document["source"]["type"]).lower(),
            destination_format=str(document["destination"].get("format") or "parquet").lower(),
            ray=_ray(document.get("rayJobConfig") or {}),
            store=_store(document["s3"]),
            operators=tuple(document.get("operators") or ()),
            key_column=document["source"].get("keyColumn") or None,
            tolerance=float(document.get("tolerance") or 0),
            dry_run_rows=_rows(document.get("dryRun")),
            progress_url=document.get("progressUrl") or None,
            sample_url=document.get("sampleUrl") or None,
            secrets=dict(document.get("secrets") or {}),
            endpoints=tuple(document.get("endpoints") or ()),
        )
    except KeyError as missing:
        raise SluiceError(f"the job spec lacks {missing}") from missing
    except (TypeError, ValueError, AttributeError) as wrong:
        raise SluiceError(f"the job spec cannot be read: {wrong}") from wrong


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the run token somewhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def direct() -> urllib.request.OpenerDirector:
    """Speaks to the processing service itself: neither by proxies nor where it redirects to."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())


def _file(one: Mapping[str, Any]) -> InputFile:
    return InputFile(
        path=str(one["path"]),
        size=int(one["size"]),
        sha256=str(one["sha256"]).removeprefix("sha256:").lower(),
        media_type=str(one.get("mediaType") or ""),
        object_key=str(one["objectKey"]),
    )


def _output(one: Mapping[str, Any]) -> Output:
    return Output(
        dataset=str(one["dataset"]),
        version=str(one["version"]),
        bucket=str(one["bucket"]),
        key_prefix=str(one["keyPrefix"]),
        attempt_tag=str(one["attemptTag"]),
    )


def _rows(dry_run: Mapping[str, Any] | None) -> int | None:
    return None if dry_run is None else int(dry_run["rows"])


def _ray(one: Mapping[str, Any]) -> RayOptions:
    return RayOptions(
        distribute_ops=str(one.get("distributeOps") or "map").lower(),
        parallelism=int(one.get("parallelism") or 0),
        gpu=float(one.get("gpu") or 0),
        batch_size=int(one.get("batch_size") or one.get("batchSize") or 0),
        scheduling=str(one.get("scheduling") or "DEFAULT").upper(),
    )


def _store(one: Mapping[str, Any]) -> ObjectStoreAccess:
    expires = one.get("expiresAt")
    return ObjectStoreAccess(
        endpoint=str(one["endpoint"]),
        region=str(one.get("region") or "us-east-1"),
        bucket=str(one["bucket"]),
        access_key=str(one.get("accessKey") or ""),
        secret_key=str(one.get("secretKey") or ""),
        session_token=one.get("sessionToken") or None,
        expires_at=_time(str(expires)) if expires else None,
    )


def _time(text: str) -> datetime:
    """An ISO 8601 instant; Python before 3.11 reads neither `Z` nor nine decimals."""
    whole, _, fraction = text.removesuffix("Z").partition(".")
    if not text.endswith("Z"):
        return datetime.fromisoformat(text)
    microseconds = int((fraction + "000000")[:6])
    return datetime.fromisoformat(whole).replace(microsecond=microseconds, tzinfo=timezone.utc)
