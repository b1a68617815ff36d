"""The catalogue of operators, and how a manifest's `operators` become a chain."""

from __future__ import annotations

import dataclasses
from typing import Any, Mapping, Sequence

from sluice.errors import SluiceError
from sluice.operators.base import Means, Operator, schema_of
from sluice.operators.cleaning import (
    RemoveEmojis,
    RemoveGarbledText,
    RemoveHtmlTag,
    RemoveInvisibleCharacters,
    SpaceStandardization,
    TextNormalization,
    TraditionalToSimplified,
)
from sluice.operators.duplicates import ExactDuplicates, MinHash, SimHash
from sluice.operators.filtering import (
    CharacterDuplicationRate,
    Language,
    SpecialCharacterRate,
    TextLength,
    WordDuplicationRate,
    WordListRate,
)
from sluice.operators.images import (
    ImageBlur,
    ImageConvert,
    ImageDecodeCheck,
    ImageDuplicates,
    ImageResize,
    ImageSize,
)
from sluice.operators.privacy import RemoveEmail, RemoveIpAddress, RemoveNumber
from sluice.operators.questions import QuestionAnswer, QuestionAnswerDuplicates
from sluice.operators.splitting import DataSplit, DocumentChunk
from sluice.operators.videos import VideoFrames, VideoProbe

__all__ = ["CATALOGUE", "described", "of"]

CATALOGUE: dict[str, type[Operator]] = {
    operator.name: operator
    for operator in (
        TextNormalization,
        RemoveInvisibleCharacters,
        SpaceStandardization,
        RemoveGarbledText,
        TraditionalToSimplified,
        RemoveHtmlTag,
        RemoveEmojis,
        RemoveEmail,
        RemoveIpAddress,
        RemoveNumber,
        TextLength,
        SpecialCharacterRate,
        CharacterDuplicationRate,
        WordDuplicationRate,
        WordListRate,
        Language,
        ExactDuplicates,
        SimHash,
        MinHash,
        DocumentChunk,
        QuestionAnswer,
        QuestionAnswerDuplicates,
        DataSplit,
        ImageDecodeCheck,
        ImageSize,
        ImageResize,
        ImageConvert,
        ImageBlur,
        ImageDuplicates,
        VideoProbe,
        VideoFrames,
    )
}
"""Every operator by its name, in the order in which people see them."""


def described() -> list[dict[str, Any]]:
    """The catalogue as the API serves it."""
    return [operator.described() for operator in CATALOGUE.values()]


def of(steps: Sequence[Mapping[str, Any]], means: Means = Means()) -> list[Operator]:
    """The operators of a manifest: each `{"name": …, "parameters": {…}}`.

    SluiceError names the step, the parameter, its value and what is allowed.
    """
    made = [_operator(number, step) for number, step in enumerate(steps)]
    return [operator.equipped(means) for operator in made]


def _operator(number: int, step: Mapping[str, Any]) -> Operator:
    place = f"operators[{number}]"
    kind = CATALOGUE.get(str(step.get("name")))
    if kind is None:
        raise SluiceError(
            f"{place}.name {step.get('name')!r} is none of {', '.join(sorted(CATALOGUE))}"
        )
    given = dict(step.get("parameters") or {})
    _check(f"{place}.parameters", schema_of(kind), given)
    try:
        return kind(**given)
    except ValueError as wrong:
        raise SluiceError(f"{place}.parameters: {wrong}") from None


def _check(place: str, schema: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    known = schema["properties"]
    for name in given:
        if name not in known:
            raise SluiceError(f"{place}.{name} is none of {', '.join(known)}")
    for name in schema.get("required", ()):
        if name not in given:
            raise SluiceError(f"{place}.{name} is missing: {known[name]['description']}")
    for name, value in given.items():
        problem = fault(known[name], value)
        if problem:
            raise SluiceError(f"{place}.{name} {value!r}: {problem}")


_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def fault(schema: Mapping[str, Any], value: Any) -> str | None:
    """What is wrong with a value, None when nothing is."""
    kind = schema["type"]
    if not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        return f"must be of type {kind}"
    if "enum" in schema and value not in schema["enum"]:
        return f"must be one of {', '.join(schema['enum'])}"
    if "minimum" in schema and value < schema["minimum"]:
        return f"must be at least {schema['minimum']}"
    if "maximum" in schema and value > schema["maximum"]:
        return f"must be at most {schema['maximum']}"
    if isinstance(value, list) and len(value) < schema.get("minItems", 0):
        return f"must have at least {schema['minItems']} item"
    items = schema.get("items")
    within: list[Any] = value if isinstance(value, list) else []
    faults = (fault(items, one) for one in within) if items else ()
    return next((one for one in faults if one), None)


def fields(operator: Operator) -> dict[str, Any]:
    """The parameters of an operator, defaults included, for a run's record."""
    shown = (one for one in dataclasses.fields(operator) if not one.metadata.get("hidden"))
    return {one.name: getattr(operator, one.name) for one in shown}
