"""`python -m sluice.operators` prints the catalogue, which the processing service serves, as JSON;
with `--markdown` as the page of the documentation."""

from __future__ import annotations

import json
import sys
from typing import Any, Iterator

from sluice.operators import described

_HEAD = """# Operators

What a manifest's `spec.operators` may name, in the order in which a chain usually has them. This page is
written by `python -m sluice.operators --markdown`; the same catalogue, with a JSON Schema of each
operator's parameters, is served at `GET /api/v1/operators`.

```yaml
operators:
  - name: remove_email
  - name: text_length
    parameters: {minimum: 20}
```
"""


def page() -> str:
    """The page docs/operators.md."""
    return "\n".join([_HEAD, *(line for one in described() for line in _operator(one))])


def _operator(one: dict[str, Any]) -> Iterator[str]:
    yield f"## `{one['name']}`"
    yield ""
    yield f"**{one['title']}** ({one['group']}). {one['description']}"
    yield ""
    yield "| parameter | type | default | meaning |"
    yield "|---|---|---|---|"
    for name, schema in one["parameters"]["properties"].items():
        yield f"| `{name}` | {_type(schema)} | {_default(schema)} | {_meaning(schema)} |"
    yield ""


def _type(schema: dict[str, Any]) -> str:
    if "items" in schema:
        return f"list of {_type(schema['items'])}"
    return " \\| ".join(f"`{one}`" for one in schema.get("enum", ())) or str(schema["type"])


def _default(schema: dict[str, Any]) -> str:
    if "default" not in schema:
        return "must be given"
    told = json.dumps(schema["default"], ensure_ascii=False)
    return f"`{told}`" if len(told) <= 40 else "see the catalogue"


def _meaning(schema: dict[str, Any]) -> str:
    limits = [
        f"{word} {schema[name]:g}"
        for name, word in (("minimum", "at least"), ("maximum", "at most"))
        if name in schema
    ]
    told: str = schema["description"]
    return told + (f" ({', '.join(limits)})" if limits else "")


if __name__ == "__main__":
    if "--markdown" in sys.argv:
        print(page(), end="")
    else:
        print(json.dumps(described(), indent=1, ensure_ascii=False))
