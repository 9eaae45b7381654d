"""A language for tests that nobody speaks: English with accents, a third longer, between marks.

What the window shows without the marks was never looked up; what does not fit in this language would not fit in German.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

import languages as catalogs

from desktop_app.engine.language import Language
from desktop_app.gui import languages

BEGIN, END = "⟦", "⟧"
_LONGER = 0.35
_ACCENTS = str.maketrans("aceinouyACEINOUY", "àçéîñõûýÀÇÉÎÑÕÛÝ")
_KEPT = re.compile(r"(\{\w+\}|%n|<[^>]+>|&\w+;)")
_SAID = re.compile(f"{BEGIN}[^{BEGIN}{END}]*(?:{END}|…$)")
_MARKUP = re.compile(r"<[^>]+>")
_WORD = re.compile(r"[^\W\d_]{2,}")


def pseudo(text: str) -> str:
    """A text as this language says it; places, markup and mnemonics stay."""
    parts = _KEPT.split(text)
    parts[::2] = [part.translate(_ACCENTS) for part in parts[::2]]
    longer = -int(-_LONGER * sum(map(len, parts[::2])) // 1)
    more = " ẽxtrà" * longer
    return f"{BEGIN}{''.join(parts)}{more[:longer].rstrip()}{END}"


def pseudo_language(folder: Path) -> Language:
    """The language, of all texts that the program has now; its catalog is made in ``folder``."""
    source, compiled = folder / "pseudo.ts", folder / "pseudo.qm"
    catalogs.gather(source, "de")  # whose plural is that of English
    tree = ET.parse(source)
    for message in tree.getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        said = pseudo(message.findtext("source", ""))
        for form in list(translation.iter("numerusform")) or [translation]:
            form.text = said
        translation.attrib.pop("type", None)
    tree.write(source, encoding="utf-8", xml_declaration=True)
    catalogs.compile_catalog(source, compiled)
    return languages.catalog(compiled, "de")


def unsaid(text: str, names: Iterable[str] = ()) -> str:
    """What of a shown text is neither in the language, nor one of ``names``, nor a figure; empty for nothing."""
    rest, before = text.replace("\u200b", ""), ""  # where a long name may break
    if "<" in rest:
        rest = _MARKUP.sub(" ", rest)
    while rest != before:
        rest, before = _SAID.sub(" ", rest), rest
    if "…" in rest:  # what there was no room for may have taken one of two marks along
        rest = re.sub(f"{BEGIN}.*|.*{END}", " ", rest, flags=re.DOTALL)
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, " ")
    return " ".join(_WORD.findall(rest))
