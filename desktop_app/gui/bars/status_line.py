"""The line at the foot: counts, problems, what runs the model and why, and what is running."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from desktop_app.engine.language import figure, tr
from desktop_app.gui.app_state import AppState
from desktop_app.gui.bars.work_bar import WorkBar
from desktop_app.gui.elided import ElidedLabel
from desktop_app.gui.plain_text import tip
from desktop_app.gui.spoken import say
from desktop_app.gui.theme import SPACE

_IN_PASSING = 10_000  # milliseconds that new photos stay told


class StatusLine(QStatusBar):
    """Every number that can be clicked leads to what it counts."""

    problems_wanted = Signal()

    def __init__(self, state: AppState, work_bar: WorkBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._groups_said = self._next = ""
        self.setAccessibleName(tr("Status"))
        self.counts = ElidedLabel()
        self.counts.setContentsMargins(SPACE, 0, 0, 0)
        self.problems = QPushButton(flat=True)
        self.problems.setToolTip(tr("Show the files that could not be read, and why"))
        self.problems.clicked.connect(self.problems_wanted)
        self.device = ElidedLabel()
        self.activity = QLabel(tr("idle"))
        self.activity.setContentsMargins(0, 0, SPACE, 0)
        for widget in (self.counts, self.problems):
            self.addWidget(widget)
        self.addPermanentWidget(work_bar, 1)
        self.addPermanentWidget(self.device)
        self.addPermanentWidget(self.activity)
        # As high as with the buttons of work: nothing above may move when work begins or ends.
        self.setMinimumHeight(work_bar.sizeHint().height() + SPACE // 2)
        work_bar.shown_changed.connect(lambda shown: self.activity.setVisible(not shown))
        for signal in (
            state.files_found,
            state.photos_changed,
            state.groups_changed,
            state.selection_changed,
            state.problems_changed,
            state.device_changed,
        ):
            signal.connect(self._show)
        self.messageChanged.connect(self._go_on)
        state.folder_changed.connect(self._forget)
        self._show()

    def tell_joined(self, new: int, unsure: int) -> None:
        """Say in passing that so many new photos are in groups, or unsure; what is said here now is not cut short."""
        text = tr("%n new photos joined their groups.", "", new, one="%n new photo joined its group.")
        if unsure:
            text = tr(
                "%n new photos came, under “Unsure”: {unsure}.",
                "",
                new,
                one="%n new photo came, under “Unsure”: {unsure}.",
                unsure=figure(unsure),
            )
        if self.currentMessage():
            self._next = text
        else:
            self._tell(text)

    def _tell(self, text: str) -> None:
        self._next = ""
        self.showMessage(text, _IN_PASSING)
        say(self, text)

    def _forget(self) -> None:
        """What was said is about a folder that is left."""
        self._next = ""
        self.clearMessage()

    def _go_on(self, shown: str) -> None:
        self._place_problems()
        if not shown and self._next:
            self._tell(self._next)

    def set_activity(self, text: str) -> None:
        self.activity.setText(text)

    def _show(self) -> None:
        state = self._state
        parts = [tr("%n photos", "", state.found_count, one="%n photo")] if state.folder is not None else []
        if state.clustering is not None:
            parts.append(tr("%n groups", "", state.group_count, one="%n group"))
            self._say_groups(parts[-1])
        if state.selection.size > 1:  # of more than one, not all may be in sight
            parts.append(tr("%n selected", "", state.selection.size, one="%n selected"))
        self.counts.setText(" · ".join(parts))
        self._place_problems()
        problems = tr("%n problems (show)", "", len(state.problems), one="%n problem (show)")
        self.problems.setText(problems)
        self.device.setText(f"{state.device} ·" if state.device else "")
        self.device.setToolTip(tip(state.device_reason))

    def _place_problems(self) -> None:
        # Qt takes what stands here out of sight for a message; shown meanwhile, it would lie over that.
        self.problems.setVisible(bool(self._state.problems) and not self.currentMessage())

    def _say_groups(self, text: str) -> None:
        if text != self._groups_said:
            self._groups_said = text
            say(self, text)
