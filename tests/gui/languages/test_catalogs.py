"""The catalogs hold every text of the program, and say of a count, a name or a key what the English says."""

from __future__ import annotations

import ast
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Literal, get_args, get_type_hints

import languages as catalogs
import pytest
from PySide6.QtCore import QCoreApplication, QLocale

import desktop_app
from desktop_app.engine import language as spoken
from desktop_app.engine import paths
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import load_card
from desktop_app.engine.settings import Settings
from desktop_app.gui import languages

FILES = sorted(languages.FOLDER.glob("kindred_*.ts"))
PLACES = re.compile(r"\{\w+\}|%n")


def messages(file: Path) -> list[tuple[str, list[str], bool]]:
    """Source, translations (one for each form), and whether the text is counted."""
    found = []
    for message in ET.parse(file).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")]
        found.append((message.findtext("source", ""), forms or [translation.text or ""], bool(forms)))
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_catalog_holds_exactly_the_texts_of_the_program_translated_and_compiled(file: Path, tmp_path: Path) -> None:
    gathered = tmp_path / file.name
    shutil.copy(file, gathered)
    catalogs.gather(gathered, file.stem.removeprefix("kindred_"))
    assert gathered.read_text(encoding="utf-8") == file.read_text(encoding="utf-8"), (
        "Texts changed: python packaging/languages.py, then translate what it names."
    )
    assert catalogs.unfinished(file) == []
    catalogs.compile_catalog(file, tmp_path / "compiled.qm")
    assert (tmp_path / "compiled.qm").read_bytes() == file.with_suffix(".qm").read_bytes()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_translation_keeps_places_keys_and_ends(file: Path) -> None:
    for source, forms, counted in messages(file):
        for form in forms:
            wanted, found = set(PLACES.findall(source)), set(PLACES.findall(form))
            # "Ein Foto" may leave out the count of a singular.
            assert found == wanted or (counted and found == wanted - {"%n"}), source
            for sign in ("&", "…", "\n", "<b>", "<br>"):
                # One mnemonic, one ellipsis; an ampersand that is said stands twice.
                assert form.count(sign) == source.count(sign), (source, sign)
            assert form.strip() == form or source.strip() != source, source


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_text_is_looked_up_as_it_stands_in_the_catalog(file: Path) -> None:
    """lupdate reads some literals as other texts than Python does, overlooks f-strings, and says nothing."""
    held = {
        (message.findtext("source"), message.findtext("comment") or "") for message in ET.parse(file).iter("message")
    }
    for module in Path(desktop_app.__path__[0]).rglob("*.py"):
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"tr", "tr_noop"}:
                words = [part.value for part in call.args[:2] if isinstance(part, ast.Constant)]
                if words and isinstance(call.args[0], ast.Constant):
                    assert (words[0], "".join(words[1:])) in held, f"{module}:{call.lineno}"


def test_the_setting_offers_the_languages_that_there_are() -> None:
    choices = get_args(get_type_hints(Settings, localns={"Literal": Literal})["language"])
    assert set(choices) == {"system", *languages.available()}


def test_the_systems_language_is_taken_where_it_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_system(*names: str) -> str:
        monkeypatch.setattr(QLocale, "uiLanguages", lambda _self, *_: list(names))
        return languages.wanted("system")

    assert of_system("de-AT", "de", "en") == "de"
    assert of_system("tlh", "de") == "de"
    assert of_system("en-GB", "de") == "en"
    assert of_system("tlh") == of_system() == "en"
    assert (languages.wanted("en"), languages.wanted("xx")) == ("en", "en")


def test_a_catalog_that_is_none_is_refused(qapp: QCoreApplication, tmp_path: Path) -> None:
    (tmp_path / "kindred_de.qm").write_bytes(b"not a catalog")
    with pytest.raises(ValueError, match=r"kindred_de\.qm"):
        languages.catalog(tmp_path / "kindred_de.qm", "de")


def test_numbers_are_written_as_the_language_does(qapp: QCoreApplication) -> None:
    spoken.speak(languages.catalog(languages.FOLDER / "kindred_de.qm", "de"))
    try:
        assert (spoken.figure(6214), spoken.decimal(1234.5)) == ("6.214", "1.234,5")
    finally:
        spoken.speak(spoken.ENGLISH)


def test_what_the_shipped_models_say_of_themselves_is_translated() -> None:
    cards = [load_card(file.parent) for file in paths.shipped_models_dir().glob("*/card.json")]
    assert {text for card in cards for text in (card.title, card.description)} == set(shelf.SHIPPED_TEXTS)
