"""The bench's bucket, as every contender sees it."""

import os
from urllib.parse import urlsplit

from pyarrow import fs

BUCKET = os.environ["BENCH_BUCKET"]


def files() -> fs.FileSystem:
    endpoint = urlsplit(os.environ["BENCH_ENDPOINT"])
    return fs.S3FileSystem(
        access_key=os.environ["BENCH_ACCESS_KEY"],
        secret_key=os.environ["BENCH_SECRET_KEY"],
        region="us-east-1",
        scheme=endpoint.scheme,
        endpoint_override=endpoint.netloc,
        allow_bucket_creation=True,
        allow_bucket_deletion=True,
    )
