"""The files that could not be read, or only in part, and what was left out on purpose, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.folder.left_out import summary
from desktop_app.engine.language import figure, tr, tr_noop
from desktop_app.engine.pictures.reasons import said
from desktop_app.engine.types import Problem
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import AppState
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.item_looks import ItemLooks
from desktop_app.gui.plain_text import all_plain, tip
from desktop_app.gui.theme import SPACE

_PATH_ROLE = int(Qt.ItemDataRole.UserRole)


class ProblemsTable(QTreeWidget):
    """File and reason, one row each; a double click asks to see the file in its folder."""

    show_wanted = Signal(object)

    def __init__(self, name: str, reason: str = tr_noop("What happened"), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHeaderLabels([tr("File"), tr(reason)])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(ItemLooks(self))
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().resizeSection(0, 240)
        self.itemActivated.connect(lambda item, _column: self.show_wanted.emit(item.data(0, _PATH_ROLE)))

    def set_reasons(self, reasons: Iterable[tuple[Path, str]], root: Path | None) -> None:
        """Show a file and its reason in each row, the file below ``root`` where it lies there."""
        self.clear()
        rows = []
        for path, reason in reasons:
            inside = root is not None and path.is_relative_to(root)
            name = display_path(path.relative_to(root)) if inside and root is not None else display_path(path)
            item = QTreeWidgetItem([name, reason])
            item.setData(0, _PATH_ROLE, path)
            item.setToolTip(0, tip(display_path(path)))
            item.setToolTip(1, tip(reason))
            rows.append(item)
        self.addTopLevelItems(rows)


def _page(text: QLabel, table: QTreeWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, SPACE, 0, 0)
    layout.setSpacing(SPACE)
    layout.addWidget(text)
    layout.addWidget(table, 1)
    return page


class ProblemsView(ScrollingDialog):
    """A window of its own that may stay open beside the main one."""

    show_wanted = Signal(object)
    retry_wanted = Signal()
    LEFT_ALONE = 2
    """Number of the tab with what the latest run did not handle."""

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(tr("Problems"), QSize(760, 420), parent)
        self._state = state
        self._run_problems: tuple[Problem, ...] = ()
        self.summary = QLabel(wordWrap=True)
        self.table = ProblemsTable(tr("Problems"))
        self.left_out_summary = QLabel(wordWrap=True)
        self.left_out = ProblemsTable(tr("Left out"), tr("Why"))
        self.left_alone_summary = QLabel(wordWrap=True)
        self.left_alone = ProblemsTable(tr("Left alone by the latest run"))
        for table in (self.table, self.left_out, self.left_alone):
            table.setMinimumHeight(SPACE * 15)
            table.show_wanted.connect(self.show_wanted)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.addTab(_page(self.summary, self.table), tr("&Problems"))
        self.tabs.addTab(_page(self.left_out_summary, self.left_out), tr("&Left out"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        self.tabs.addTab(_page(self.left_alone_summary, self.left_alone), tr("Left &alone"))
        self.retry = QPushButton(tr("Try again"))
        self.retry.setToolTip(tr("Read these files again, for instance after they were repaired or may be read now"))
        self.retry.clicked.connect(self.retry_wanted)
        buttons.addButton(self.retry, QDialogButtonBox.ButtonRole.ActionRole)
        copy = QPushButton(tr("Copy list"))
        copy.setToolTip(tr("Put the list that is shown on the clipboard"))
        copy.clicked.connect(self._copy)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.body.addWidget(self.tabs, 1)
        self.finish(buttons)
        all_plain(self)
        state.problems_changed.connect(self._show)
        self._show()
        self.set_left_alone(())

    def set_left_alone(self, problems: tuple[Problem, ...]) -> None:
        """List what the latest run did not handle."""
        self._run_problems = problems
        self.left_alone_summary.setText(
            tr(
                "The latest run left these files as they were; nothing was overwritten. "
                "Organize again tries them again."
            )
            if problems
            else tr("The latest run left no file alone.")
        )
        self.left_alone.set_reasons([(problem.path, problem.message) for problem in problems], self._state.folder)
        self.tabs.setTabText(self.LEFT_ALONE, tr("Left &alone ({number})", number=figure(len(problems))))

    def _show(self) -> None:
        problems = self._state.problems
        if problems:
            self.summary.setText(
                tr(
                    "%n files could not be read, or only in part. They stay where they are; "
                    "everything else was looked at.",
                    "",
                    len(problems),
                    one="%n file could not be read, or only in part. They stay where they are; "
                    "everything else was looked at.",
                )
            )
        else:
            self.summary.setText(tr("Every photo could be read."))
        self.retry.setEnabled(bool(problems))
        self.table.set_reasons(self._problems(), self._state.folder)
        ignored = self._state.ignored
        self.left_out_summary.setText(
            tr("Left out on purpose: {kinds}. They stay where they are.", kinds=summary(ignored))
            if ignored
            else tr("Nothing was left out.")
        )
        self.left_out.set_reasons(self._ignored(), self._state.folder)
        self.tabs.setTabText(0, tr("&Problems ({number})", number=figure(len(problems))))
        self.tabs.setTabText(1, tr("&Left out ({number})", number=figure(len(ignored))))

    def _problems(self) -> list[tuple[Path, str]]:
        return [(problem.path, problem.message) for problem in self._state.problems]

    def _ignored(self) -> list[tuple[Path, str]]:
        return [(entry.path, said(entry.reason)) for entry in self._state.ignored]

    def _copy(self) -> None:
        run = [(problem.path, problem.message) for problem in self._run_problems]
        shown = (self._problems(), self._ignored(), run)[self.tabs.currentIndex()]
        lines = [f"{display_path(path)}\t{reason}" for path, reason in shown]
        QGuiApplication.clipboard().setText("\n".join(lines))
