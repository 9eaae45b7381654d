"""A person's text (names of folders, groups, files, models) where Qt would read it as a shortcut or as markup."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.engine.wording import display_path


def caption(text: str) -> str:
    """For buttons, menus and tabs, where an ampersand marks a shortcut; ``text`` is escaped for the eyes, too."""
    return display_path(text).replace("&", "&&")


def tip(text: str) -> str:
    """For tool tips, which have no setting for plain text: what looks like markup is shown letter by letter."""
    if "<" not in text and "&lt;" not in text:  # what Qt goes by
        return text
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"


def window_title(text: str) -> str:
    """For titles of windows, where ``[*]`` stands for the mark of unsaved changes."""
    return display_path(text).replace("[*]", "[*][*]")


def all_plain(widget: QWidget) -> None:
    """Let every label inside show its text as it is; Qt guesses otherwise."""
    for label in widget.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
