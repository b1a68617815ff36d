"""The texts of an output, whatever their order: how many, and the sum of their digests. The output
is a prefix in the bucket, of which an output manifest counts if there is one, or a local file of
JSON lines; it is removed."""

import json
import os
import sys

import numpy as np
import pyarrow.json
import pyarrow.parquet as pq
from pandas.util import hash_array
from pyarrow import fs

from store import BUCKET, files


def columns(place: str):
    if place.startswith("/"):
        yield pyarrow.json.read_json(place).column("text")
        os.remove(place)
        return
    store = files()
    found = store.get_file_info(fs.FileSelector(f"{BUCKET}/{place}", recursive=True))
    paths = sorted(info.path for info in found if info.path.endswith(".parquet"))
    manifests = sorted(info.path for info in found if "/_sluice/manifest-" in info.path)
    if manifests:
        with store.open_input_stream(manifests[-1]) as content:
            listed = json.loads(content.read())["files"]
        paths = [f"{BUCKET}/{one['objectKey']}" for one in listed]
    for path in paths:
        yield pq.read_table(path, columns=["text"], filesystem=store).column("text")
    store.delete_dir(f"{BUCKET}/{place}")


rows, total = 0, np.uint64(0)
for texts in columns(sys.argv[1]):
    rows += len(texts)
    total += hash_array(texts.to_numpy().astype(object), categorize=False).sum(dtype=np.uint64)
print(json.dumps({"rows": rows, "digest": str(total)}))
