"""The language in which a person is spoken to: English, unless a face sets another.

Every text for a person passes through `tr`, named as Qt's tools expect it, so that they find the texts; the engine
itself needs no Qt, and a program that never calls `speak` says all in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Language:
    """A language to speak.

    Attributes:
        code: its ISO 639-1 code, such as ``de``.
        look_up: gives the translation of a text by the text, its comment, and the count that decides the plural (-1
            for none); empty for a text that it does not have.
        thousands: what stands between thousands.
        decimal: what stands before tenths.
    """

    code: str
    look_up: Callable[[str, str, int], str]
    thousands: str = ","
    decimal: str = "."


ENGLISH = Language("en", lambda _text, _comment, _n: "")

_spoken = ENGLISH
_DECIMAL = re.compile(r"\d+\.\d+", re.ASCII)


def speak(language: Language) -> None:
    """Say everything in ``language`` from now on; what was said already stays as it is."""
    global _spoken
    _spoken = language


def spoken() -> Language:
    """The language that is spoken now."""
    return _spoken


def tr(text: str, comment: str = "", n: int | None = None, *, one: str = "", **values: object) -> str:
    """A text in the language that is spoken.

    Args:
        text: in English, written out where it is used; of a counted thing the plural, with ``%n`` for the count.
        comment: for whoever translates; tells two equal texts apart that need different words.
        n: the count, which decides singular or plural.
        one: the English singular, where ``n`` is given.
        values: what takes the place of ``{name}`` in the text. A text without values keeps its braces.

    Returns:
        The text with everything put in. A text that has no translation is said in English.
    """
    said = _spoken.look_up(text, comment, -1 if n is None else n) or (one if one and n == 1 else text)
    if n is not None:
        said = said.replace("%n", figure(n))  # before a name that holds %n is put in
    return said.format_map(values) if values else said


def tr_noop(text: str) -> str:
    """The text as it is: marks a text of a table for translation, which `tr` then says when it is shown."""
    return text


def tr_made(text: str, forms: Iterable[str] = ()) -> str:
    """A text that was made in English, earlier or in another process, in the language that is spoken.

    Args:
        text: as it was kept or sent.
        forms: texts with ``{name}`` places that it may have been made from, those that say more first. What was put
            into the places is such a text, too, or a list of such with commas, or a number, or stays as it is.

    Returns:
        The translation; a text that is none of the program's any more stays in English.
    """
    if _spoken is ENGLISH or not text:
        return text
    if said := _spoken.look_up(text, "", -1):
        return said
    for form in forms:
        if (found := _form(form).fullmatch(text)) is not None:
            values: dict[str, Any] = {name: _placed(value, forms) for name, value in found.groupdict().items()}
            return tr(form, **values)
    return ", ".join(tr_made(part, forms) for part in text.split(", ")) if ", " in text else text


def _placed(value: str, forms: Iterable[str]) -> str:
    """What stands in a place of a text that was made in English; a number gets the decimal sign of the language."""
    if _DECIMAL.fullmatch(value):
        return decimal(float(value), len(value.partition(".")[2]))
    return tr_made(value, forms)


@cache
def _form(text: str) -> re.Pattern[str]:
    """What matches a text with something in its places."""
    pieces = re.split(r"\{(\w+)\}", text)
    places = (f"(?P<{piece}>.+)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
    return re.compile("".join(places), re.DOTALL)


def figure(number: int) -> str:
    """A whole number: ``6,214`` in English, ``6.214`` in German."""
    return f"{number:,}".replace(",", _spoken.thousands)


def decimal(number: float, digits: int = 1) -> str:
    """A number with ``digits`` places behind the point: ``1,204.5``; nothing that rounds to zero is negative."""
    parts = f"{number:z,.{digits}f}".split(".")
    return _spoken.decimal.join([parts[0].replace(",", _spoken.thousands), *parts[1:]])
