"""The job spec."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest
from jobs import LocalJob, served
from sluice.errors import SluiceError
from sluice.spec import fetch, parse
from sluice.store import Store


@pytest.fixture
def job(tmp_path: Path) -> LocalJob:
    return LocalJob(tmp_path, {"a.md": b"# A\nText."})


def test_the_spec_is_fetched_with_the_run_token(job: LocalJob) -> None:
    with served(job.spec) as environment:
        spec = fetch(environment)
    assert spec.run_id == "run-1"
    assert spec.files[0].object_key == "dataset/docs/v1/a.md"
    assert spec.ray.parallelism == 2


def test_an_ailing_service_is_asked_again(job: LocalJob) -> None:
    waits: list[float] = []
    with served(job.spec, failures=3) as environment:
        assert fetch(environment, waits.append).attempt == 1
    assert len(waits) == 3


def test_a_refused_token_ends_it_at_once(job: LocalJob) -> None:
    waits: list[float] = []
    with served(job.spec) as environment:
        with pytest.raises(SluiceError, match="refused the spec: status 401"):
            fetch({**environment, "SLUICE_RUN_TOKEN": "other"}, waits.append)
    assert waits == []


def test_a_missing_environment_is_named() -> None:
    with pytest.raises(SluiceError, match="SLUICE_SPEC_URL"):
        fetch({})


def test_a_missing_field_is_named(job: LocalJob) -> None:
    del job.spec["output"]["keyPrefix"]
    with pytest.raises(SluiceError, match="lacks 'keyPrefix'"):
        parse(job.spec)


def test_java_times_and_names_are_read(job: LocalJob) -> None:
    job.spec["s3"]["expiresAt"] = "2026-11-22T12:00:00.123456789Z"
    job.spec["rayJobConfig"] = {"distributeOps": "REPARTITION", "batch_size": 7, "gpu": 0}
    spec = parse(job.spec)
    expected = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=timezone.utc)
    assert spec.store.expires_at == expected
    assert (spec.ray.distribute_ops, spec.ray.batch_size) == ("repartition", 7)


def test_credentials_are_not_printed(job: LocalJob) -> None:
    job.spec["s3"].update(accessKey="AKIA-SECRET", secretKey="hidden", sessionToken="hidden-too")
    text = repr(parse(job.spec))
    assert "AKIA" not in text
    assert "hidden" not in text


def test_other_bytes_than_the_manifests_are_refused(job: LocalJob) -> None:
    spec = parse(job.spec)
    (job.bucket / spec.files[0].object_key).write_bytes(b"changed")
    with pytest.raises(SluiceError, match="a.md: the store holds other bytes"):
        Store(spec.store).read(spec.files[0])


def test_a_lost_object_is_named(job: LocalJob) -> None:
    spec = parse(job.spec)
    (job.bucket / spec.files[0].object_key).unlink()
    with pytest.raises(SluiceError, match="object dataset/docs/v1/a.md is gone"):
        Store(spec.store).read(spec.files[0])
