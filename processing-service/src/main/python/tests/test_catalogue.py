"""The catalogue that the processing service serves is the one that programs have."""

from __future__ import annotations

import json

from conftest import PYTHON_FOLDER
from sluice import operators
from sluice.operators.__main__ import page

PAGE = PYTHON_FOLDER.parents[3] / "docs" / "operators.md"
SERVED = PYTHON_FOLDER.parent / "resources" / "operators.json"


def test_the_served_catalogue_is_that_of_the_programs() -> None:
    assert json.loads(SERVED.read_text(encoding="utf-8")) == operators.described(), (
        "write it anew: python -m sluice.operators > ../resources/operators.json"
    )


def test_the_page_is_that_of_the_programs() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: python -m sluice.operators --markdown > docs/operators.md"
    )


def test_every_parameter_says_what_it_means() -> None:
    for operator in operators.described():
        assert operator["description"], operator["name"]
        for name, parameter in operator["parameters"]["properties"].items():
            assert parameter["description"], f"{operator['name']}.{name}"
