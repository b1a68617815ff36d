"""Writes the input: documents of made-up words, some with an e-mail address, some short, some
twice; as Parquet or as JSON lines. Prints the files as a version's manifest names them."""

import hashlib
import io
import json
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from store import BUCKET, files

kind, total, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
random = np.random.default_rng(seed)
letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
words = ["".join(random.choice(letters, length)) for length in random.integers(2, 11, 20_000)]
words = np.array([*words, "ann@example.org", "bob.b@mail.example.com", "“quoted”", "naïve"])
store = files()
store.create_dir(BUCKET)


def texts(rows: int) -> list[str]:
    lengths = np.maximum(1, random.lognormal(3.6, 0.7, rows).astype(int))
    picked = random.choice(words, int(lengths.sum()))
    ends = np.cumsum(lengths)
    made = [" ".join(picked[end - length : end]) for end, length in zip(ends, lengths)]
    for at in random.integers(0, rows, rows // 50):
        made[at] = made[0]
    return made


written = []
number = 0
for part in range(count):
    encoded: list[bytes] = []
    size = 0
    tables = []
    while size < total // count:
        rows = 20_000
        made = texts(rows)
        ids = list(range(number, number + rows))
        scores = random.random(rows)
        number += rows
        if kind == "parquet":
            tables.append(pa.table({"id": ids, "text": made, "score": scores}))
            size += tables[-1].nbytes
        else:
            lines = [
                json.dumps({"id": one, "text": text, "score": score}, ensure_ascii=False)
                for one, text, score in zip(ids, made, scores.tolist())
            ]
            encoded.append(("\n".join(lines) + "\n").encode())
            size += len(encoded[-1])
    if kind == "parquet":
        target = io.BytesIO()
        pq.write_table(pa.concat_tables(tables), target, row_group_size=100_000, compression="none")
        encoded = [target.getvalue()]
    content = b"".join(encoded)
    name = f"{part:04d}.{kind}"
    with store.open_output_stream(f"{BUCKET}/in/{kind}/{name}") as out:
        out.write(content)
    written.append(
        {
            "path": name,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "mediaType": "application/octet-stream",
            "objectKey": f"in/{kind}/{name}",
        }
    )
print(json.dumps({"rows": number, "files": written}))
