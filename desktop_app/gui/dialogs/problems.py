"""The files that could not be read, or only in part, each with the reason."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.types import Problem
from desktop_app.engine.wording import counted, display_path
from desktop_app.gui.app_state import AppState
from desktop_app.gui.theme import SPACE

_PATH_ROLE = int(Qt.ItemDataRole.UserRole)


class ProblemsTable(QTreeWidget):
    """File and reason, one row a problem; a double click asks to see the file in its folder."""

    show_wanted = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHeaderLabels(["File", "What happened"])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().resizeSection(0, 240)
        self.itemActivated.connect(lambda item, _column: self.show_wanted.emit(item.data(0, _PATH_ROLE)))

    def set_problems(self, problems: tuple[Problem, ...], root: Path | None) -> None:
        self.clear()
        for problem in problems:
            path = problem.path
            inside = root is not None and path.is_relative_to(root)
            name = display_path(path.relative_to(root)) if inside and root is not None else display_path(path)
            item = QTreeWidgetItem([name, problem.message])
            item.setData(0, _PATH_ROLE, path)
            item.setToolTip(0, display_path(path))
            item.setToolTip(1, problem.message)
            self.addTopLevelItem(item)


class ProblemsView(QDialog):
    """A window of its own that may stay open beside the main one."""

    show_wanted = Signal(object)

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setWindowTitle("Problems")
        self.resize(760, 420)
        self.summary = QLabel(wordWrap=True)
        self.table = ProblemsTable("Problems")
        self.table.show_wanted.connect(self.show_wanted)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        copy = QPushButton("Copy list")
        copy.setToolTip("Put the list on the clipboard")
        copy.clicked.connect(self._copy)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        layout.setSpacing(SPACE)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        state.problems_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        problems = self._state.problems
        if problems:
            self.summary.setText(
                f"{counted(len(problems), 'file')} could not be read, or only in part. They stay where they are; "
                "everything else was looked at."
            )
        else:
            self.summary.setText("Every photo could be read.")
        self.table.set_problems(problems, self._state.folder)

    def _copy(self) -> None:
        lines = [f"{display_path(problem.path)}\t{problem.message}" for problem in self._state.problems]
        QGuiApplication.clipboard().setText("\n".join(lines))


class FilesLeftAlone(QDialog):
    """The files that a run did not handle, each with the reason."""

    def __init__(self, problems: tuple[Problem, ...], root: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Files left alone")
        self.resize(760, 420)
        table = ProblemsTable("Files left alone")
        table.set_problems(problems, root)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        layout.setSpacing(SPACE)
        layout.addWidget(QLabel("These files were left as they were; nothing was overwritten.", wordWrap=True))
        layout.addWidget(table, 1)
        layout.addWidget(buttons)
