"""Strict reading of plain data (JSON, TOML, words) into frozen dataclasses: each field is declared once, checks follow.

A field's type and its `limits` are all there is to declare. Unknown keys, missing keys, wrong types, values out of
bounds and numbers that are not finite are errors that name the key. A field with a default may be left out.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import re
import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from desktop_app.engine.language import tr, tr_noop

T = TypeVar("T")


class StrictError(ValueError):
    """One key does not hold what it must.

    Args:
        key: dotted path of the key, such as ``probe.embedding[3]``.
        reason: what is wrong with it.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}" if key else reason)
        self.key = key
        self.reason = reason


class UnknownKeyError(StrictError):
    """A key of which nothing is known."""


def limits(
    *,
    low: float | None = None,
    high: float | None = None,
    pattern: str | None = None,
    min_length: int = 0,
    max_length: int | None = None,
    text: str = "",
    words: Mapping[Any, str] | None = None,
) -> dict[str, Any]:
    """Field metadata read by `read`.

    Args:
        low: smallest number allowed, of the value or of each item.
        high: largest number allowed, of the value or of each item.
        pattern: regular expression that the whole string must match.
        min_length: fewest characters or items.
        max_length: most characters or items.
        text: what the field means, for forms and help; see `declared`.
        words: what people call some of its values, for forms.
    """
    return {
        "low": low,
        "high": high,
        "pattern": pattern,
        "min_length": min_length,
        "max_length": max_length,
        "text": text,
        "words": words or {},
    }


@dataclasses.dataclass(frozen=True, slots=True)
class Declared:
    """How a field of plain type was declared: what a form, a flag or a help text needs to know of it.

    Attributes:
        name: of the field.
        kind: str, bool, int or float; of each item where there are several.
        several: whether it holds any number of items.
        default: what stands where nothing was said.
        choices: all that it may be; empty where bounds decide.
        low: smallest number allowed, None where there is no bound.
        high: largest number allowed, None where there is no bound.
        max_length: most characters or items, None where there is no bound.
        text: what it means.
        words: what people call some of its values; the others are called as they are written.
    """

    name: str
    kind: type
    several: bool
    default: Any
    choices: tuple[Any, ...]
    low: float | None
    high: float | None
    max_length: int | None
    text: str
    words: Mapping[Any, str]


@functools.cache
def declared(cls: type) -> tuple[Declared, ...]:
    """The fields of a dataclass whose fields are str, bool, int, float, Literal or tuples of these, in their order."""
    hints = get_type_hints(cls)
    return tuple(_declared(field, hints[field.name]) for field in dataclasses.fields(cls))


def _declared(field: dataclasses.Field[Any], hint: Any) -> Declared:
    several = get_origin(hint) is tuple
    item = get_args(hint)[0] if several else hint
    choices = get_args(item) if get_origin(item) is Literal else ()
    told = {name: field.metadata.get(name) for name in ("low", "high", "max_length")}
    kind = type(choices[0]) if choices else item
    text, words = field.metadata.get("text", ""), field.metadata.get("words", {})
    return Declared(field.name, kind, several, field.default, choices, text=text, words=words, **told)


def from_words(cls: type, name: str, words: Sequence[str]) -> object:
    """The plain value of a field from what a person typed; `read` checks it.

    Args:
        cls: as for `declared`.
        name: of the field.
        words: one, or any number where the field holds several items.

    Raises:
        StrictError: there is no such field, or it takes one word.
    """
    fields = {one.name: one for one in declared(cls)}
    if name not in fields:
        raise _unknown(name, fields)
    values = [_from_word(fields[name], word) for word in words]
    if fields[name].several:
        return values
    if len(values) != 1:
        raise StrictError(name, tr("takes one value, {number} were given", number=len(values)))
    return values[0]


def _from_word(one: Declared, word: str) -> object:
    """``word`` as what it stands for; what stands for nothing stays text, which `read` then refuses."""
    for choice in one.choices:
        if word == str(choice):
            return choice
    if one.kind is bool:
        return {"true": True, "false": False}.get(word, word)
    if one.kind in (int, float):
        try:
            return one.kind(word)
        except ValueError:
            return word
    return word


def read(cls: type[T], data: object, key: str = "", **given: object) -> T:
    """Build a dataclass from plain data.

    Args:
        cls: a dataclass whose fields are str, bool, int, float, Literal, ``tuple[x, ...]``, ``tuple[x, y]``,
            ``dict[str, Any]``, dataclasses, or one of these ``| None``.
        data: what the parser gave.
        key: dotted path of ``data`` itself, for messages.
        **given: fields that do not come from the data.

    Raises:
        StrictError: naming the first key that is wrong.
    """
    if not isinstance(data, dict):
        raise StrictError(key, tr("must be a table, is {kind}", kind=_kind(data)))
    hints = get_type_hints(cls)
    fields = {field.name: field for field in dataclasses.fields(cls) if field.name not in given}  # type: ignore[arg-type]
    for name in data:
        if name not in fields:
            raise _unknown(_join(key, str(name)), fields)
    values: dict[str, object] = dict(given)
    for name, field in fields.items():
        if name in data:
            values[name] = _value(hints[name], data[name], _join(key, name), field.metadata)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise StrictError(_join(key, name), tr("is missing"))
    return cls(**values)


def _value(hint: Any, value: object, key: str, metadata: Mapping[str, Any]) -> object:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (hint,) = (option for option in get_args(hint) if option is not type(None))
        return _value(hint, value, key, metadata)
    if dataclasses.is_dataclass(hint):
        return read(hint, value, key)  # type: ignore[arg-type]
    if origin is Literal:
        # Membership alone would let True pass for 1.
        if not any(type(value) is type(choice) and value == choice for choice in get_args(hint)):
            names = ", ".join(map(str, get_args(hint)))
            raise StrictError(key, tr("must be one of {names}, is {value}", names=names, value=_show(value)))
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise StrictError(key, tr("must be a list, is {kind}", kind=_kind(value)))
        _check_length(len(value), _ITEMS, key, metadata)
        kinds = get_args(hint)
        if kinds[-1] is Ellipsis:
            kinds = kinds[:1] * len(value)
        elif len(kinds) != len(value):
            raise StrictError(key, tr("must have {number} items, has {length}", number=len(kinds), length=len(value)))
        item_limits = {name: metadata.get(name) for name in ("low", "high", "pattern")}
        items = zip(kinds, value, strict=True)
        return tuple(_value(kind, item, f"{key}[{i}]", item_limits) for i, (kind, item) in enumerate(items))
    if origin is dict:
        if not isinstance(value, dict):
            raise StrictError(key, tr("must be a table, is {kind}", kind=_kind(value)))
        return value
    if hint is float and type(value) is int:
        value = _to_float(value, key)
    if type(value) is not hint:
        raise StrictError(key, tr("must be {wanted}, is {kind}", wanted=tr(_NAMES[hint]), kind=_kind(value)))
    if isinstance(value, str):
        _check_length(len(value), _CHARACTERS, key, metadata)
        if metadata.get("pattern") and not re.fullmatch(metadata["pattern"], value):
            raise StrictError(key, tr("has characters or a form that is not allowed: {value}", value=_show(value)))
    elif isinstance(value, int | float):
        _check_bounds(value, key, metadata)
    return value


_NAMES = {
    str: tr_noop("text"),
    bool: tr_noop("true or false"),
    int: tr_noop("a whole number"),
    float: tr_noop("a number"),
    dict: tr_noop("a table"),
    list: tr_noop("a list"),
    type(None): tr_noop("empty"),
}
# What is said of too few, and of too many.
_ITEMS = (
    tr_noop("must have at least {number} items, has {length}"),
    tr_noop("must have at most {number} items, has {length}"),
)
_CHARACTERS = (
    tr_noop("must have at least {number} characters, has {length}"),
    tr_noop("must have at most {number} characters, has {length}"),
)


def _to_float(value: int, key: str) -> float:
    try:
        return float(value)
    except OverflowError:
        raise StrictError(key, tr("is too large")) from None


def _check_length(length: int, texts: tuple[str, str], key: str, metadata: Mapping[str, Any]) -> None:
    least, most = metadata.get("min_length") or 0, metadata.get("max_length")
    few, many = texts
    if length < least:
        raise StrictError(key, tr(few, number=least, length=length))
    if most is not None and length > most:
        raise StrictError(key, tr(many, number=most, length=length))


def _check_bounds(value: float, key: str, metadata: Mapping[str, Any]) -> None:
    if not math.isfinite(value):
        raise StrictError(key, tr("is not a finite number"))
    low, high = metadata.get("low"), metadata.get("high")
    if low is not None and value < low:
        raise StrictError(key, tr("must be at least {least}, is {value}", least=low, value=_show(value)))
    if high is not None and value > high:
        raise StrictError(key, tr("must be at most {most}, is {value}", most=high, value=_show(value)))


def _unknown(key: str, known: Iterable[str]) -> StrictError:
    return UnknownKeyError(key, tr("is not a known key; known: {names}", names=", ".join(known)))


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _kind(value: object) -> str:
    return tr(_NAMES[type(value)]) if type(value) in _NAMES else type(value).__name__


def _show(value: object) -> str:
    text = repr(value) if not isinstance(value, int) or abs(value) < 10**18 else tr("a huge number")
    return text if len(text) <= 60 else text[:57] + "..."
