"""Texts are said in the language that is spoken, counts and numbers as it writes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import desktop_app
from desktop_app.engine.language import ENGLISH, Language, decimal, figure, speak, tr, tr_noop

ROOT = Path(desktop_app.__path__[0])
GERMAN = {
    ("Move {name} to {folder}", "", -1): "{name} nach {folder} verschieben",
    ("%n photos", "", 1): "%n Foto",
    ("%n photos", "", 6214): "%n Fotos",
    ("Open", "a state", -1): "Offen",
    ("Open", "", -1): "Öffnen",
}


@pytest.fixture
def german() -> Iterator[None]:
    speak(Language("de", lambda *asked: GERMAN.get(asked, ""), ".", ","))
    yield
    speak(ENGLISH)


def test_english_is_said_where_nothing_else_is_spoken() -> None:
    assert tr("Move {name} to {folder}", name="{a}", folder="%n") == "Move {a} to %n"
    assert tr("A pattern such as {group}/{year}") == "A pattern such as {group}/{year}"
    assert [tr("%n photos", "", n, one="%n photo") for n in (0, 1, 2, 6214)] == [
        "0 photos", "1 photo", "2 photos", "6,214 photos"
    ]  # fmt: skip
    assert (figure(-1234567), decimal(1234.56, 1), decimal(0.5, 2)) == ("-1,234,567", "1,234.6", "0.50")


@pytest.mark.usefixtures("german")
def test_a_translation_may_turn_the_order_and_has_its_own_plural() -> None:
    assert tr("Move {name} to {folder}", name="a", folder="b") == "a nach b verschieben"
    assert tr("%n photos", "", 1, one="%n photo") == "1 Foto"
    assert tr("%n photos", "", 6214, one="%n photo") == "6.214 Fotos"
    assert (tr("Open"), tr("Open", "a state"), tr(tr_noop("Open"))) == ("Öffnen", "Offen", "Öffnen")
    assert tr("%n files", "", 1, one="%n file") == "1 file"  # no translation: English
    assert (figure(1234), decimal(1234.5)) == ("1.234", "1.234,5")


def test_what_is_put_in_is_never_taken_for_a_place() -> None:
    """A photo may be called ``%n`` or ``{name}``."""
    assert tr("%n photos like {name}", "", 2, name="{name}") == "2 photos like {name}"
    assert tr("%n photos like {name}", "", 2, name="%n") == "2 photos like %n"


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tr", "tr_noop"}:
                yield file, node, node.func.id


def test_no_text_is_put_together_before_it_is_looked_up() -> None:
    """An f-string would reach the catalog with its braces, and be found there by nobody."""
    for file, call, name in calls():
        first = call.args[0]
        assert not isinstance(first, ast.JoinedStr | ast.BinOp), f"{file}:{call.lineno}"
        if name == "tr_noop":
            assert isinstance(first, ast.Constant), f"{file}:{call.lineno}"
        if len(call.args) > 2:
            assert isinstance(first, ast.Constant), f"{file}:{call.lineno}"
            assert "one" in {word.arg for word in call.keywords}, f"{file}:{call.lineno}: no English singular"
