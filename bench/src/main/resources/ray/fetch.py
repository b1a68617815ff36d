"""Joins the input's files into one on the local disk."""

import json
import sys

from store import BUCKET, files

store = files()
with open(sys.argv[1], "wb") as out:
    for one in json.loads(sys.argv[2])["files"]:
        with store.open_input_stream(f"{BUCKET}/{one['objectKey']}") as content:
            out.write(content.read())
print("{}")
