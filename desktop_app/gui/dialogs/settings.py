"""The settings as a form, made from how the engine declares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine import settings
from desktop_app.engine.choices import changed, choices_of
from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.errors import UserError
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.models.shelf import find_models, titles
from desktop_app.engine.settings import Settings, declaration, settings_file
from desktop_app.engine.strict import Declared
from desktop_app.engine.wording import display_path
from desktop_app.gui.dialogs import messages
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.theme import SPACE, quieten

_SIZE = QSize(560, 640)

_CAPTIONS = {
    "model": tr_noop("Model"),
    "device": tr_noop("Runs on"),
    "precision": tr_noop("Number format"),
    "workers": tr_noop("Pictures at a time"),
    "exclude": tr_noop("Leave out"),
    "method": tr_noop("Method"),
    "suggest_names": tr_noop("Names of groups"),
    "theme": tr_noop("Colors"),
    "language": tr_noop("Language"),
}


class SettingsDialog(ScrollingDialog):
    """One row a setting; nothing changes before Save, and what cannot be is said beside the form.

    Args:
        settings: as they are.
        save: called with the new ones, may refuse with a `UserError`.
    """

    def __init__(self, settings: Settings, save: Callable[[Settings], None], parent: QWidget | None = None) -> None:
        super().__init__(tr("Settings"), _SIZE, parent)
        self._settings, self._save = settings, save
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.editors: dict[str, QWidget] = {}
        form = QFormLayout()
        form.setSpacing(SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for one in fields(Settings):
            told = declaration(one.name)
            editor = _editor(told, getattr(settings, one.name))
            caption, text = tr(_CAPTIONS[one.name]), tr(told.text)
            editor.setAccessibleName(caption)
            editor.setToolTip(text)
            self.editors[one.name] = editor
            form.addRow(caption, editor)
            hint = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            quieten(hint)
            hint.setAlignment(Qt.AlignmentFlag.AlignTop)  # close to what it is about, however high the row
            form.addRow("", hint)
        self.said = QLabel(
            tr("They are kept in {file}.", file=display_path(settings_file())),
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Save | standard.Cancel | standard.RestoreDefaults)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(standard.RestoreDefaults).clicked.connect(lambda: self._show(Settings()))
        self.body.addLayout(form)
        self.body.addStretch(1)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setSpacing(SPACE)
        column.addWidget(self.said)
        column.addWidget(self.buttons)
        self.finish(foot)

    def _show(self, settings: Settings) -> None:
        for name, editor in self.editors.items():
            _set(editor, getattr(settings, name))

    def _accept(self) -> None:
        new = self._settings
        try:
            for name, editor in self.editors.items():
                words = _words(editor)
                if words != _as_words(getattr(new, name)):
                    new = changed(new, name, words)
            self._save(new)
        except UserError as error:
            self.said.setText(str(error))
            return
        self.accept()


def say_unread(
    parent: QWidget, error: UserError, show: Callable[[Path], object], said: Callable[[str], object]
) -> QMessageBox:
    """Say that the file of settings cannot be followed, and what can be done.

    Args:
        parent: the window.
        error: why.
        show: shows a file to the person.
        said: gets what was done then.
    """

    def begin_anew() -> None:
        place = display_path(settings.set_aside())
        said(tr("Settings are kept again, beginning with the defaults. The old file is {file}", file=place))

    role = QMessageBox.ButtonRole
    return messages.ask(
        parent,
        tr("The settings cannot be read. Until they can, the defaults hold, and no setting is kept."),
        f"{error.message}\n\n{error.hint}",
        [
            (tr("Show the file"), role.ActionRole, lambda: show(settings_file())),
            (tr("Set it aside"), role.ActionRole, begin_anew),
            (tr("Close"), role.RejectRole, None),
        ],
    )


def _editor(told: Declared, value: Any) -> QWidget:
    existing = choices_of(told.name)
    if existing:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        titles = _titles(told)
        for choice in existing:
            box.addItem(display_path(titles.get(choice, choice)), choice)
        _set(box, value)
        return box
    if told.kind is int and not told.several:
        spin = QSpinBox()
        spin.setRange(int(told.low or 0), int(told.high or 2**31 - 1))
        spin.setSpecialValueText(tr(told.words.get(spin.minimum(), "")))
        _set(spin, value)
        return spin
    line = QLineEdit(placeholderText="*.gif; drafts/*" if told.several else "")
    _set(line, value)
    return line


def _titles(told: Declared) -> Mapping[Any, str]:
    """What a person calls the choices of a setting, where that is not how they are written."""
    if told.name == "method":
        return {key: tr(entry.title) for key, entry in CLUSTERERS.items()}
    if told.name == "model":
        return titles(find_models())
    return {key: tr(word) for key, word in told.words.items()}


def _as_words(value: Any) -> list[str]:
    return list(value) if isinstance(value, tuple) else [str(value)]


def _set(editor: QWidget, value: Any) -> None:
    if isinstance(editor, QComboBox):
        if editor.findData(value) < 0:
            editor.addItem(str(value), value)  # what the file asks for and is not there
        editor.setCurrentIndex(editor.findData(value))
    elif isinstance(editor, QSpinBox):
        editor.setValue(value)
    elif isinstance(editor, QLineEdit):
        editor.setText("; ".join(_as_words(value)))


def _words(editor: QWidget) -> list[str]:
    if isinstance(editor, QComboBox):
        return [str(editor.currentData())]
    if isinstance(editor, QSpinBox):
        return [str(editor.value())]
    assert isinstance(editor, QLineEdit)
    return [word for part in editor.text().split(";") if (word := part.strip())]
