"""No text goes to a widget without being looked up: what no journey through the window comes to, the source tells."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import desktop_app

GUI = Path(desktop_app.__path__[0]) / "gui"
SHOWN_BY = {
    "announce", "addAction", "addItem", "addMenu", "addTab", "ask", "begin", "drawText", "heading", "insertItem",
    "setAccessibleDescription", "setAccessibleName", "setHeaderLabels", "setInformativeText", "setItemText", "setLabel",
    "setPlaceholderText", "setPrefix", "setSpecialValueText", "setStatusTip", "setSuffix", "setTabText", "setText",
    "setTitle", "setToolTip", "setWindowTitle", "say_after", "showMessage", "CheckBox", "ElidedLabel", "PaneHead",
    "QAction", "QCheckBox", "QCommandLinkButton", "QGroupBox", "QLabel", "QMenu", "QPushButton", "QRadioButton",
    "getExistingDirectory", "getOpenFileName", "getSaveFileName",
}  # fmt: skip
NAMES = ("Kindred", "PNG (*.png)", "h3", "Apache License 2.0")
WORD = re.compile(r"[A-Za-z]{2,}")


def literals(node: ast.AST) -> Iterator[ast.Constant]:
    """Texts written out within an argument; those that are looked up, and names of keys and fields, are none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.JoinedStr | ast.BinOp | ast.IfExp | ast.BoolOp | ast.List | ast.Tuple):
        for child in ast.iter_child_nodes(node):
            yield from literals(child)


def english() -> Iterator[str]:
    for file in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in SHOWN_BY:
                continue
            shown = node.args[:1] if name == "addItem" else [*node.args, *(word.value for word in node.keywords)]
            for argument in shown:
                for literal in literals(argument):
                    text = str(literal.value)
                    for own in NAMES:
                        text = text.replace(own, "")
                    if WORD.search(text):
                        yield f"{file.relative_to(GUI)}:{literal.lineno}: {literal.value!r}"


def test_every_text_that_is_given_to_a_widget_is_looked_up() -> None:
    assert list(english()) == []
