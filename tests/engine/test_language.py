"""Texts are said in the language that is spoken, counts and numbers as it writes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import desktop_app
from desktop_app.engine.language import ENGLISH, Language, decimal, figure, speak, tr, tr_made, tr_noop

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


def test_a_text_that_was_made_in_english_is_said_again() -> None:
    forms = ("Move {name} to {folder}", "{n} bits")
    made = "Move a, b to c"
    assert tr_made(made, forms) == made
    speak(Language("de", lambda *asked: GERMAN.get(asked, ""), ".", ","))
    try:
        assert tr_made(made, forms) == "a, b nach c verschieben"
        assert tr_made("Open", forms) == "Öffnen"
        assert tr_made("Open, 8 bits, Open") == "Öffnen, 8 bits, Öffnen"
        assert tr_made("Move Open to {name}", forms) == "Öffnen nach {name} verschieben"
        assert tr_made("Move 3.10 to 3.1.0", forms) == "3,10 nach 3.1.0 verschieben"
        assert tr_made("Moved", forms) == "Moved"
        assert tr_made("", forms) == ""
    finally:
        speak(ENGLISH)


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


ROOMS = ("organize", "folder", "models", "pictures", "keywords", "cache", "index")
TEXTS = {
    **dict.fromkeys(("UserError", "UsageError", "ModelError", "NoImagesError"), (1, 2)),
    **dict.fromkeys(("NotOurs", "StrictError", "DecodeError", "Ignored", "_mismatch", "_damaged", "_bad"), (1,)),
    **dict.fromkeys(("Refused", "_problem", "_skip", "progress"), (2,)),
    **dict.fromkeys(("Problem", "Conflict", "_failed"), (3,)),
    **dict.fromkeys(("UnsafeModel", "_not_cleared", "note"), (0,)),
}
"""Which arguments of what is raised, reported or shown are a text for a person."""
ENGLISH_ONLY = {
    "index/cluster.py": "the command line alone reads on a cluster",
    "index/snapshot.py": "brings reasons back as they were kept",
    "index/remote.py": "says what it has to say on another machine, to that command line",
    "pictures/guard.py": "hands on what a decoding process has said, of `reasons`",
}


class Said:
    """Follows the texts of a module to where they are written, and tells those that pass through no translation."""

    MARKS = ("tr", "tr_noop", "tr_made", "said")
    TOLD_ON = ("message", "hint", "trouble", "STAGE", "_doing")  # made where it is looked at itself
    TABLES = ("reasons", "not_ours")

    def __init__(self, module: ast.Module) -> None:
        self._functions = {node.name: node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
        self._module = module
        self._asked: set[tuple[ast.AST, str]] = set()

    def missed(self) -> Iterator[ast.expr]:
        """Texts that would stay English."""
        for scope in (self._module, *self._functions.values()):
            for call in _calls_in(scope):
                name = _name(call.func)
                words = {word.arg: word.value for word in call.keywords}
                given = [*call.args, *(words[key] for key in ("message", "hint", "text") if key in words)]
                for place in TEXTS.get(name, ()):
                    if place < len(given) and not self._is_said(given[place], scope):
                        yield given[place]

    def _is_said(self, text: ast.expr, scope: ast.AST) -> bool:
        match text:
            case ast.Constant(value):
                return not isinstance(value, str) or not any(map(str.isalpha, value))
            case ast.Call(ast.Name(name) | ast.Attribute(ast.Name("self"), name)) if name in self._functions:
                returns = [node.value for node in ast.walk(self._functions[name]) if isinstance(node, ast.Return)]
                return all(value is not None and self._is_said(value, self._functions[name]) for value in returns)
            case ast.Attribute(ast.Name(table)) | ast.Call(ast.Attribute(ast.Name(table))) if table in self.TABLES:
                return True
            case ast.Call(ast.Attribute(form, "format" | "join"), arguments):
                return self._is_said(form, scope) and all(
                    self._is_said(one, scope) for one in arguments if isinstance(one, ast.List | ast.Tuple)
                )
            case ast.Attribute(_, name):
                return name in self.TOLD_ON
            case ast.Name(name):
                return self._all_said(name, scope)
            case ast.IfExp(_, one, other):
                return self._is_said(one, scope) and self._is_said(other, scope)
            case ast.Call(ast.Attribute(text, "replace")):
                return self._is_said(text, scope)
            case ast.BoolOp(_, parts) | ast.JoinedStr(parts) | ast.List(parts) | ast.Tuple(parts):
                return all(self._is_said(part, scope) for part in parts)
            case ast.Call(function):
                return _name(function) in (*self.MARKS, "display_path", "refusal", "str", "getattr")
            case ast.FormattedValue(value):
                return self._is_said(value, scope)
        return False

    def _all_said(self, name: str, scope: ast.AST) -> bool:
        if isinstance(scope, ast.FunctionDef) and name in {argument.arg for argument in scope.args.args}:
            # Handed in: looked at where the function is called.
            return scope.name in (*TEXTS, "__init__", "_disk_without_links")
        if (scope, name) in self._asked or name in _caught(scope):
            return True  # made of itself and more; what an error says itself
        self._asked.add((scope, name))
        values = [value for target, value in _assigned(scope) if target == name]
        if not values and scope is not self._module:
            return self._all_said(name, self._module)
        return bool(values) and all(self._is_said(value, scope) for value in values)


def _calls_in(scope: ast.AST) -> Iterator[ast.Call]:
    for node in ast.iter_child_nodes(scope):
        if not isinstance(node, ast.FunctionDef):
            if isinstance(node, ast.Call):
                yield node
            yield from _calls_in(node)


def _assigned(scope: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(scope):
        match node:
            case ast.Assign([ast.Name(name)], value) | ast.NamedExpr(ast.Name(name), value):
                yield name, value
            case ast.Assign([ast.Tuple(names)], ast.Tuple(values)):
                yield from ((_name(one), value) for one, value in zip(names, values, strict=True))


def _caught(scope: ast.AST) -> set[str | None]:
    return {node.name for node in ast.walk(scope) if isinstance(node, ast.ExceptHandler)}


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_passes_through_translation(room: str) -> None:
    missed = [
        f"{path}:{text.lineno}: {ast.unparse(text)}"
        for file in sorted((ROOT / "engine" / room).rglob("*.py"))
        if (path := file.relative_to(ROOT / "engine").as_posix()) not in ENGLISH_ONLY
        for text in Said(ast.parse(file.read_text(encoding="utf-8"))).missed()
    ]
    assert missed == []


def test_a_message_that_nobody_translates_is_found() -> None:
    told = "raise UserError('x', tr('Said {a}.', a=1), HINT)\nHINT = tr_noop('Do.')"
    assert not list(Said(ast.parse(told)).missed())
    for line in ("'Not said.'", "f'{name} is gone.'", "text", "f'{tr(name)} and more'", "why()", "_FORM.format(a=1)"):
        code = "def why(): return 'No.'\n_FORM = 'Form {a}'\ndef f():\n    text = 'No.'\n"
        code += f"    raise Refused(a, 'x', {line})"
        assert len(list(Said(ast.parse(code)).missed())) == 1, line
