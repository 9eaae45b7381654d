"""The page "Duplicates": sets of photos of which one would do, and the way to the trash and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.duplicates.pairs import DEFAULT, LOWEST
from desktop_app.engine.job import Progress
from desktop_app.engine.language import tr
from desktop_app.engine.wording import data_size, display_path, moment, progress_text
from desktop_app.gui.app_state import AppState
from desktop_app.gui.duplicates.rows import SetList, SetModel
from desktop_app.gui.elided import ElidedLabel
from desktop_app.gui.jobs.duplicates import DuplicateSearch
from desktop_app.gui.theme import SPACE, heading
from desktop_app.gui.views.thumbnails import Thumbnails
from desktop_app.gui.wheel_guard import WheelGuard

if TYPE_CHECKING:
    from desktop_app.engine.duplicates.sets import DuplicateSet

_ALL, _EXACT, _NEAR = range(3)


class DuplicatesPage(QWidget):
    """Nothing goes that was not chosen, and of each set one photo stays.

    Args:
        state: what is known of the folder.
        thumbnails: small pictures.
        search: finds, moves, brings back.
    """

    changed = Signal()
    """The page is wanted, or not any more."""
    compare_wanted = Signal(object)
    """Ids of two to four photos."""
    files_moved = Signal()
    told = Signal(str)
    """What came of the trash while another page is shown."""

    def __init__(self, state: AppState, thumbnails: Thumbnails, search: DuplicateSearch) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # without sets there is nothing else that hears Esc
        self.setAccessibleName(tr("Duplicates"))
        self._state = state
        self._search = search
        self._folder: Path | None = None
        self.model = SetModel(thumbnails, self)
        self.list = SetList(self.model)
        self._make_parts()
        self._guard = WheelGuard(self)
        self._ask_soon = QTimer(self, singleShot=True, interval=120)
        self._ask_soon.timeout.connect(self._ask)
        search.found.connect(self._show_sets)
        search.progressed.connect(self._show_progress)
        search.trashed.connect(self._told)
        search.last_changed.connect(self._show_last)
        state.photos_changed.connect(self._photos_changed)
        state.folder_changed.connect(self._folder_changed)
        self.model.going_changed.connect(self._count)
        self.model.refused.connect(self.status.setText)
        self.list.compare_wanted.connect(self._compare)

    def _make_parts(self) -> None:
        back = QToolButton(autoRaise=True)
        back.setText("←")
        back.setToolTip(tr("Back to all photos (Esc)"))
        back.setAccessibleName(tr("Back to all"))
        back.clicked.connect(self.leave)
        self.kind = QComboBox()
        self.kind.addItems([tr("Exact and near"), tr("Exact copies"), tr("Near duplicates")])
        self.kind.setAccessibleName(tr("Kind of duplicates"))
        self.kind.setToolTip(tr("Exact copies are the same file byte for byte"))
        self.kind.currentIndexChanged.connect(self._ask_again)
        self.strictness = QSlider(Qt.Orientation.Horizontal)
        self.strictness.setRange(round(100 * LOWEST), 100)
        self.strictness.setValue(round(100 * DEFAULT))
        self.strictness.setMinimumWidth(120)
        self.strictness.setMaximumWidth(240)
        self.strictness.setAccessibleName(tr("How alike"))
        self.strictness.setToolTip(tr("How alike photos must be; documents and screenshots more than photos"))
        self.strictness.valueChanged.connect(self._ask_again)
        self.strictness_text = QLabel()
        self.summary = ElidedLabel()
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(back)
        head.addWidget(heading(tr("Duplicates")))
        head.addWidget(self.summary, 1)
        head.addWidget(self.kind)
        head.addWidget(self.strictness_text)
        head.addWidget(self.strictness)

        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.nothing)
        self.middle.addWidget(self.list)

        self.choose = self._button(
            tr("Choose all but the suggested"), tr("In every set"), lambda: self.model.choose_all(True)
        )
        self.keep = self._button(tr("Keep all"), tr("Let nothing go"), lambda: self.model.choose_all(False))
        self.compare = self._button(
            tr("Compare"), tr("The photos of this set side by side (Return)"), self._compare_current
        )
        self.undo = self._button(tr("Bring back"), tr("Take the latest ones out of the trash"), self._bring_back)
        self.go = self._button("", tr("Whole units: what belongs to a photo goes with it"), self._confirm)
        self.status = ElidedLabel()
        self._choosing, self._doing = QHBoxLayout(), QHBoxLayout()
        for button in (self.choose, self.keep, self.compare):
            self._choosing.addWidget(button)
        self._doing.addWidget(self.status, 1)
        for button in (self.undo, self.go):
            self._doing.addWidget(button)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.addLayout(self._choosing)
        self._foot.addLayout(self._doing, 1)
        for line in (self._choosing, self._doing, self._foot):
            line.setSpacing(SPACE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(head)
        layout.addWidget(self.middle, 1)
        layout.addLayout(self._foot)
        self._count()
        self.undo.hide()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Give the buttons two lines where their words would be cut."""
        needed = self._choosing.minimumSize().width() + self._doing.minimumSize().width() + 3 * SPACE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._foot.setDirection(down if needed > self.width() else across)

    @staticmethod
    def _button(text: str, hint: str, run: object) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.clicked.connect(lambda _checked=False: run())  # type: ignore[operator]
        return button

    @property
    def shown(self) -> bool:
        """Whether the page is wanted."""
        return self._folder is not None

    def open(self) -> None:
        """Look for duplicates in the open folder."""
        self._folder = self._state.folder
        self.status.setText("")
        self.model.going.clear()
        self.changed.emit()
        self._start()
        self.setFocus()

    def leave(self) -> None:
        """Back to all photos."""
        if not self.shown:
            return
        self._folder = None
        self._ask_soon.stop()
        self._search.forget()
        self.model.set_sets(())
        self.changed.emit()

    def _start(self) -> None:
        self._say_nothing(tr("Looking for duplicates…"))
        self._search.forget()
        if self._state.indexed:
            self._ask()

    def _say_nothing(self, text: str) -> None:
        self.nothing.setText(text)
        if self.list.hasFocus():  # Qt would give it to whatever comes next, outside the page
            self.setFocus()
        self.middle.setCurrentWidget(self.nothing)
        self._keep_focus()

    def _photos_changed(self) -> None:
        if self.shown:
            self._start()

    def _folder_changed(self) -> None:
        if self.shown and self._state.folder != self._folder:
            self.leave()

    def _ask_again(self) -> None:
        self._ask_soon.start()

    def _ask(self) -> None:
        exact = self.kind.currentIndex() == _EXACT
        self.strictness.setEnabled(not exact)
        self.strictness_text.setText(tr("At least {percent} % alike", percent=self.strictness.value()))
        self.strictness_text.setEnabled(not exact)
        self._search.ask(self.strictness.value() / 100, exact=exact)

    def _show_progress(self, event: Progress) -> None:
        if self.middle.currentWidget() is self.nothing:
            self.nothing.setText(progress_text(event))

    def _show_sets(self, sets: Sequence[DuplicateSet]) -> None:
        if not self.shown:
            return
        self._state.set_duplicates([member.photo.id for member in one.members] for one in sets)
        if self.kind.currentIndex() == _NEAR:
            sets = [one for one in sets if one.kind == "near"]
        self.model.set_sets(sets)
        copies = sum(len(one.members) - 1 for one in sets)
        if sets:
            freed = data_size(sum(one.bytes_freed for one in sets))
            number = tr("%n sets", "", len(sets), one="%n set")
            beyond = tr("%n copies beyond the one to keep", "", copies, one="%n copy beyond the one to keep")
            self.summary.setText(f"{number} · {beyond} · {freed}")
            self.middle.setCurrentWidget(self.list)
            if self.hasFocus():
                self.list.setFocus()
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self.summary.setText("")
            self._say_nothing(
                tr("No duplicates here.") if self.kind.currentIndex() == _ALL else tr("None of this kind.")
            )
        self._keep_focus()

    def _count(self) -> None:
        going = len(self.model.going)
        self.go.setText(
            tr("Move %n photos to the trash…", "", going, one="Move %n photo to the trash…")
            if going
            else tr("Move photos to the trash…")
        )
        self.go.setEnabled(going > 0)
        for button in (self.choose, self.compare):
            button.setEnabled(bool(self.model.sets))
        self.keep.setEnabled(going > 0)
        self._fit()

    def _show_last(self) -> None:
        last = self._search.last
        self.undo.setVisible(last is not None and bool(last.gone))
        if last is not None:
            self.undo.setText(tr("Bring %n photos back", "", last.photos, one="Bring %n photo back"))
            self.undo.setToolTip(tr("Moved to the trash on {time}", time=moment(last.at)))
        self._fit()
        if last is not None and last.doubtful:
            name = display_path(last.doubtful[0].name)
            self.status.setText(
                tr("{file} was on its way to the trash when Kindred ended: look for it there.", file=name)
            )

    def _bring_back(self) -> None:
        if self._search.last is not None:
            self._search.bring_back(self._search.last)

    def _confirm(self) -> None:
        going, size = len(self.model.going), data_size(self.model.going_bytes)
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(tr("Duplicates"))
        box.setText(
            tr(
                "Move %n photos ({size}) to the trash?",
                "",
                going,
                one="Move %n photo ({size}) to the trash?",
                size=size,
            )
        )
        box.setInformativeText(
            tr("Files that belong to a photo go along. Of each set at least one photo stays. All can be brought back.")
        )
        yes = box.addButton(tr("Move to the trash"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        chosen = self.model.chosen()
        yes.clicked.connect(lambda _checked=False: self._search.move(chosen))
        box.open()

    def _told(self, words: str, moved: bool) -> None:
        if self.shown:
            self.status.setText(words)
        else:
            self.told.emit(words)
        self.model.going.clear()
        if moved:
            self.files_moved.emit()
        elif self.shown:
            self._ask()

    def _compare_current(self) -> None:
        one = self.list.current_set()
        if one is not None:
            self._compare(one)

    def _compare(self, one: DuplicateSet) -> None:
        self.compare_wanted.emit([member.photo.id for member in one.members])

    def _keep_focus(self) -> None:
        """What had the focus may be hidden or disabled now; without it no key, such as Esc, would come here."""
        focused = self.window().focusWidget()
        if self.isVisible() and (focused is None or focused is self or not self.isAncestorOf(focused)):
            (self.list if self.list.isVisible() else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
