"""``models/card.schema.json`` and the dataclasses of `models.card` accept and refuse the same cards."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop_app.engine import paths
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.strict import StrictError, read
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.words import teach_words

_TYPES = {"object": dict, "array": list, "string": str}
_REPLACEMENTS = [
    None,
    True,
    "x",
    "",
    "con",
    "a/b",
    "Ä",
    -1,
    0,
    1,
    1.5,
    10**6,
    10**30,
    [],
    [0.5],
    ["x"] * 3,
    {},
    {"a": 1},
]


def valid(schema: dict[str, Any], value: Any) -> bool:
    """JSON Schema, as far as our file uses it; unknown keywords fail the test."""
    known = {"type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "items", "minItems", "maxItems"}
    known |= {"properties", "required", "additionalProperties", "$schema", "title", "description"}
    assert set(schema) <= known
    kind = schema["type"]
    if kind in ("integer", "number"):
        ok = type(value) is int or (kind == "number" and type(value) is float)
        return (
            ok
            and value in schema.get("enum", [value])
            and schema.get("minimum", value) <= value <= schema.get("maximum", value)
        )
    if not isinstance(value, _TYPES[kind]):
        return False
    if kind == "string":
        fits = re.fullmatch(schema.get("pattern", "(?s:.*)"), value) is not None and not value.endswith("\n")
        return (
            fits
            and value in schema.get("enum", [value])
            and schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
        )
    if kind == "array":
        fits = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return fits and all(valid(schema["items"], item) for item in value)
    properties = schema.get("properties")
    if properties is None:
        return True
    assert schema["additionalProperties"] is False
    return (
        set(schema["required"]) <= set(value) <= set(properties)
        and all(valid(properties[key], item) for key, item in value.items())
    )  # fmt: skip


def tables(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths of every key below ``value``; of a list only the first item, the others are checked alike."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from tables(item, (*path, key))
    elif isinstance(value, list) and value:
        yield (*path, 0)


def altered(card: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in list(tables(card)):
        name = ".".join(map(str, path))
        for replacement in _REPLACEMENTS:
            copied = copy.deepcopy(card)
            parent: Any = copied
            for step in path[:-1]:
                parent = parent[step]
            parent[path[-1]] = replacement
            yield f"{name} = {replacement!r}", copied
        copied = copy.deepcopy(card)
        parent = copied
        for step in path[:-1]:
            parent = parent[step]
        del parent[path[-1]]
        yield f"without {name}", copied
        if isinstance(parent, dict):
            parent["unknown"] = 1
            parent[path[-1]] = card[path[-1]] if len(path) == 1 else None
            yield f"unknown beside {name}", copied


@pytest.fixture
def full_card(tmp_path: Path) -> dict[str, Any]:
    outputs = {"embedding": {"name": "embedding", "dim": 16}, "clusters": {"name": "groups", "number": 3}}
    folder = make_tiny_model(tmp_path / "tiny", int8=True, outputs=outputs)
    teach_words(folder, ("dog", "big-cat"), np.eye(2, 16, dtype=np.float32), np.eye(2) > 0)
    loaded: dict[str, Any] = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    return loaded


def test_schema_and_reader_agree_on_every_alteration_of_a_full_card(full_card: dict[str, Any]) -> None:
    schema = json.loads((paths.shipped_models_dir() / "card.schema.json").read_text(encoding="utf-8"))
    assert valid(schema, full_card)
    assert read(ModelCard, full_card, folder=Path()).int8 is not None
    verdicts = set()
    for name, card in altered(full_card):
        try:
            read(ModelCard, card, folder=Path())
            accepted = True
        except StrictError:
            accepted = False
        assert accepted == valid(schema, card), name
        verdicts.add(accepted)
    assert verdicts == {True, False}  # both outcomes were met


def test_optional_keys_are_the_same() -> None:
    schema = json.loads((paths.shipped_models_dir() / "card.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) - set(schema["required"]) == {"int8", "words"}
    outputs = schema["properties"]["outputs"]
    assert set(outputs["properties"]) - set(outputs["required"]) == {"clusters"}
