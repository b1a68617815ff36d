"""`python -m sluice.operators` prints the catalogue, which the processing service serves."""

from __future__ import annotations

import json

from sluice.operators import described

if __name__ == "__main__":
    print(json.dumps(described(), indent=1, ensure_ascii=False))
