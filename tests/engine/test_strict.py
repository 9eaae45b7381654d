from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from desktop_app.engine.strict import Declared, StrictError, declared, from_words, limits, read


@dataclass(frozen=True)
class Inner:
    share: float = field(metadata=limits(low=0, high=1))


@dataclass(frozen=True)
class Outer:
    name: str = field(metadata=limits(pattern="[a-z]+", min_length=2, max_length=4))
    inner: Inner
    place: Path
    on: bool = True
    kind: Literal["a", 1] = "a"
    numbers: tuple[int, ...] = field(default=(), metadata=limits(low=0, max_length=2))
    free: dict[str, Any] = field(default_factory=dict)
    maybe: Inner | None = None
    span: tuple[float, int] = field(default=(0.0, 1), metadata=limits(low=0))


def parse(**changes: object) -> Outer:
    return read(Outer, {"name": "ab", "inner": {"share": 0.5}} | changes, place=Path("p"))


def test_whole_data_becomes_the_dataclass() -> None:
    full = parse(on=False, kind=1, numbers=[3, 4], free={"x": [None]}, maybe={"share": 1})
    assert full == Outer("ab", Inner(0.5), Path("p"), False, 1, (3, 4), {"x": [None]}, Inner(1.0))
    assert parse() == Outer("ab", Inner(0.5), Path("p"))
    assert parse(span=[2, 3]).span == (2.0, 3)
    assert isinstance(parse(maybe={"share": 1}).maybe.share, float)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "key", "reason"),
    [
        ({"name": "a"}, "name", "at least 2"),
        ({"name": "abcde"}, "name", "at most 4"),
        ({"name": "AB"}, "name", "not allowed"),
        ({"name": "ab\n"}, "name", "not allowed"),
        ({"name": 3}, "name", "must be text"),
        ({"inner": []}, "inner", "must be a table"),
        ({"inner": {}}, "inner.share", "missing"),
        ({"inner": {"share": 1.01}}, "inner.share", "at most 1"),
        ({"inner": {"share": float("nan")}}, "inner.share", "finite"),
        ({"inner": {"share": 10**400}}, "inner.share", "too large"),
        ({"inner": {"share": True}}, "inner.share", "must be a number"),
        ({"on": 1}, "on", "true or false"),
        ({"kind": True}, "kind", "one of a, 1"),
        ({"kind": ["a"]}, "kind", "one of"),
        ({"numbers": 3}, "numbers", "a list"),
        ({"numbers": [1, 2, 3]}, "numbers", "at most 2"),
        ({"numbers": [1, -1]}, "numbers[1]", "at least 0"),
        ({"numbers": [1.0]}, "numbers[0]", "whole number"),
        ({"span": [1]}, "span", "2 items"),
        ({"span": [1, 2, 3]}, "span", "2 items"),
        ({"span": [1, 2.5]}, "span[1]", "whole number"),
        ({"span": [-1, 2]}, "span[0]", "at least 0"),
        ({"free": []}, "free", "a table"),
        ({"maybe": None}, "maybe", "must be a table, is empty"),
        ({"place": "x"}, "place", "not a known key; known: name, inner, on,"),
        ({"name": "x" * 10_000}, "name", "at most"),
    ],
)
def test_the_first_wrong_key_is_named(changes: dict[str, object], key: str, reason: str) -> None:
    with pytest.raises(StrictError) as caught:
        parse(**changes)
    assert caught.value.key == key
    assert reason in caught.value.reason
    assert len(str(caught.value)) < 200


@dataclass(frozen=True)
class Plain:
    on: bool = False
    size: int = field(default=3, metadata=limits(low=1, high=9, text="How large", words={1: "None"}))
    share: float = 0.5
    kind: Literal["a", "b"] = "a"
    names: tuple[str, ...] = field(default=(), metadata=limits(max_length=4))


def test_a_declaration_tells_all_that_a_form_needs() -> None:
    assert [one.name for one in declared(Plain)] == ["on", "size", "share", "kind", "names"]
    on, size, share, kind, names = declared(Plain)
    assert size == Declared("size", int, False, 3, (), 1, 9, None, "How large", {1: "None"})
    assert (on.kind, share.kind, kind.kind, names.kind) == (bool, float, str, str)
    assert kind.choices == ("a", "b")
    assert kind.words == {}
    assert (names.several, names.default, names.max_length) == (True, (), 4)


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("on", ["true"], True),
        ("on", ["false"], False),
        ("size", ["7"], 7),
        ("share", ["2"], 2.0),
        ("share", ["1e-3"], 0.001),
        ("kind", ["b"], "b"),
        ("names", ["x", "7"], ("x", "7")),
        ("names", [], ()),
    ],
)
def test_words_become_values_of_the_declared_kind(name: str, words: list[str], value: object) -> None:
    assert getattr(read(Plain, {name: from_words(Plain, name, words)}), name) == value


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("on", ["1"], "true or false"),
        ("size", ["7.0"], "whole number"),
        ("size", ["10"], "at most 9"),
        ("size", [], "one value"),
        ("share", ["half"], "a number"),
        ("share", ["nan"], "finite"),
        ("kind", ["c"], "one of a, b"),
        ("kind", ["a", "b"], "one value"),
        ("names", ["x"] * 5, "at most 4"),
        ("sizes", ["7"], "known: on, size"),
    ],
)
def test_words_that_stand_for_nothing_are_refused(name: str, words: list[str], reason: str) -> None:
    with pytest.raises(StrictError, match=reason) as caught:
        read(Plain, {name: from_words(Plain, name, words)})
    assert caught.value.key == name
