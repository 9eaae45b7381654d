"""German as the window speaks it, from the catalog that translators edit, without Qt."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import desktop_app
from desktop_app.engine.language import ENGLISH, Language, speak

CATALOG = Path(desktop_app.__path__[0]) / "gui" / "languages" / "kindred_de.ts"


@cache
def _texts() -> dict[tuple[str, str], list[str]]:
    found = {}
    for message in ET.parse(CATALOG).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        found[message.findtext("source", ""), message.findtext("comment", "")] = forms
    return found


def translated(text: str, comment: str = "", n: int = -1) -> str:
    """The German text; empty where there is none."""
    forms = _texts().get((text, comment), [""])
    return forms[0 if n in (-1, 1) else -1]


@contextmanager
def german() -> Iterator[None]:
    """Everything is said in German meanwhile."""
    speak(Language("de", translated, ".", ","))
    try:
        yield
    finally:
        speak(ENGLISH)
