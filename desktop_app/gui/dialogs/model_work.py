"""The two pages of the models dialog that take a while: comparing two models, and learning from the open folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.job import Progress
from desktop_app.engine.language import decimal, figure, tr, tr_noop
from desktop_app.engine.models import comparing, learning, shelf
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.models.comparing import Comparison
from desktop_app.engine.wording import display_path, progress_text
from desktop_app.gui.elided import ElidedCombo, ElidedLabel
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.models import ModelKeeper
from desktop_app.gui.theme import SPACE

_NO_FOLDER = tr_noop("Open a folder first.")
_LONGEST = 600  # minutes


class _Work(QWidget):
    """A button that begins, one that stops, how far it is, and a table of what came of it.

    Args:
        begin: words of the button that begins.
        columns: of the table.
    """

    def __init__(self, begin: str, columns: Sequence[str]) -> None:
        super().__init__()
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.begin = QPushButton(begin)
        self.cancel = QPushButton(tr("Cancel"))
        self.progress = ElidedLabel()
        self.progress.setAccessibleName(tr("{action}: progress", action=begin))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("{action}: progress bar", action=begin))
        self.bar.setFixedHeight(6)
        self.result = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.result.setAccessibleName(tr("{action}: what came of it", action=begin))
        self.table = QTreeWidget()
        self.table.setAccessibleName(tr("{action}: figures", action=begin))
        self.table.setRootIsDecorated(False)
        self.table.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.table.setHeaderLabels(list(columns))
        self.table.header().setStretchLastSection(False)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.choices = QHBoxLayout()
        self.choices.setSpacing(SPACE)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.words)
        layout.addLayout(self.choices)
        for widget in (self.progress, self.bar, self.result, self.table):
            layout.addWidget(widget)
        layout.addStretch(1)

    def add_choices(self, *widgets: QWidget) -> None:
        """Put what is chosen before the buttons into their row."""
        for widget in (*widgets, self.begin, self.cancel):
            self.choices.addWidget(widget)
        self.choices.addStretch(1)

    def show_busy(self, busy: bool) -> None:
        """Show what there is while it works, and while it does not."""
        self.cancel.setVisible(busy)
        self.begin.setVisible(not busy)
        self.bar.setVisible(busy)
        self.progress.setVisible(busy)
        if busy and not self.progress.text():
            self.progress.setText(tr("Getting ready…"))
            self.bar.setRange(0, 0)
        if not busy:
            self.progress.setText("")

    def advance(self, text: str, event: Progress) -> None:
        """Say how far it is."""
        self.progress.setText(text)
        self.bar.setRange(0, event.total)
        self.bar.setValue(event.done)

    def show_rows(self, rows: Sequence[Sequence[str]], text: str) -> None:
        """Say in ``text`` what the rows of the table mean; without rows there is none."""
        self.result.setText(text)
        self.table.clear()
        self.table.addTopLevelItems([QTreeWidgetItem(list(row)) for row in rows])
        self.table.setVisible(bool(rows))
        height = self.table.sizeHintForRow(0) * len(rows) + self.table.header().sizeHint().height()
        self.table.setFixedHeight(height + SPACE)


class ComparePage(_Work):
    """Two models on the open folder."""

    def __init__(self, keeper: ModelKeeper) -> None:
        super().__init__(tr("Compare"), ["", "", ""])
        self._keeper = keeper
        self.first, self.second = _combo(tr("First model")), _combo(tr("Second model"))
        self.add_choices(self.first, QLabel(tr("and")), self.second)
        self._shown_of = keeper.folder
        self.begin.clicked.connect(self._begin)
        self.cancel.clicked.connect(lambda: keeper.stop(Lane.COMPARE))
        keeper.compare_progressed.connect(lambda event: self.advance(progress_text(event), event))
        keeper.compared.connect(self.show_result)
        for combo in (self.first, self.second):
            combo.activated.connect(lambda _index: self._enable())
        self.show_rows([], "")

    def show_models(self, cards: Sequence[ModelCard], in_use: str) -> None:
        """Offer these; at first the one in use and another."""
        names, titles = [card.name for card in cards], shelf.titles(cards)
        others = [name for name in names if name != in_use]
        for combo, usual in ((self.first, in_use), (self.second, others[0] if others else in_use)):
            wanted = combo.currentData()
            with QSignalBlocker(combo):
                combo.clear()
                for name in names:
                    combo.addItem(display_path(titles[name]), name)
                combo.setCurrentIndex(combo.findData(wanted if wanted in names else usual))
        self._enable()

    def _enable(self) -> None:
        folder, busy = self._keeper.folder, self._keeper.is_comparing
        if folder != self._shown_of:
            self._shown_of = folder
            self.show_rows([], "")
        self.words.setText(
            tr(
                "How alike two models see the photos of {folder}. What each sees stays in the cache.",
                folder=display_path(folder.name or str(folder)),
            )
            if folder is not None
            else tr(_NO_FOLDER)
        )
        self.begin.setEnabled(folder is not None and self.first.currentData() != self.second.currentData())
        for combo in (self.first, self.second):
            combo.setEnabled(not busy)
        self.show_busy(busy)

    def _begin(self) -> None:
        self.show_rows([], "")
        self._keeper.compare(str(self.first.currentData()), str(self.second.currentData()))

    def show_result(self, found: Comparison) -> None:
        """Show what came of it."""
        sides = found.sides
        self.table.setHeaderLabels(["", *(side.name for side in sides)])
        self.show_rows(
            (
                [tr("Groups suggested"), *(figure(side.suggested) for side in sides)],
                [
                    tr("Time a photo"),
                    *(tr("{number} ms", number=decimal(1000 * side.seconds_a_photo)) for side in sides),
                ],
                [tr("Runs on"), *(side.device for side in sides)],
            ),
            "\n".join(comparing.in_words(found)),
        )


class LearnPage(_Work):
    """A model fitted to the open folder, with the figures before and after."""

    def __init__(self, keeper: ModelKeeper) -> None:
        super().__init__(tr("Learn"), ["", tr("before"), tr("after")])
        self._keeper = keeper
        self.minutes = QSpinBox(suffix=" " + tr("min"))
        self.minutes.setAccessibleName(tr("At most"))
        self.minutes.setRange(1, _LONGEST)
        self.minutes.setValue(round(learning.MINUTES))
        label = QLabel(tr("At most"))
        label.setBuddy(self.minutes)
        self.add_choices(label, self.minutes)
        self.begin.clicked.connect(lambda: keeper.learn(self.minutes.value()))
        self.cancel.clicked.connect(lambda: keeper.stop(Lane.LEARN))
        keeper.learn_progressed.connect(self._advance)
        if keeper.progress is not None and keeper.is_learning:
            self._advance(keeper.progress)

    def _advance(self, event: Progress) -> None:
        if event.done < event.total:
            self.advance(f"{event.text} · {event.done} %", event)
        else:  # the next stage, which may have nothing to count, has begun
            self.advance(f"{event.text}…", replace(event, total=0))

    def show_model(self, card: ModelCard | None) -> None:
        """Say what would be learned, and what the model in use has gained by it."""
        missing, folder, busy = learning.missing(), self._keeper.folder, self._keeper.is_learning
        if busy:
            text = tr(
                "Learning from {folder}. You can close this and look around meanwhile; the new "
                "model is used as soon as it is there.",
                folder=self._keeper.learning_from,
            )
        elif missing:
            text = missing
        elif folder is None or card is None:
            text = tr(_NO_FOLDER)
        else:
            text = tr(
                "Fits “{model}” to the photos of {folder}, on "
                "this computer alone. Photos and model are only read; the new model stands beside the others.",
                model=display_path(tr(card.title)),
                folder=display_path(folder.name or str(folder)),
            )
        self.words.setText(text)
        self.begin.setEnabled(not missing and folder is not None and card is not None)
        self.minutes.setEnabled(self.begin.isEnabled() and not busy)
        self.show_busy(busy)
        changes = learning.before_and_after(card) if card is not None else ()
        rows = [[change.what, learning.said(change.before), learning.said(change.after)] for change in changes]
        title = display_path(tr(card.title)) if card is not None else ""
        told = tr("What learning changed in “{model}”, which is in use; 1.000 is the best there is:", model=title)
        self.show_rows(rows, told if rows else "")


def _combo(name: str) -> ElidedCombo:
    combo = ElidedCombo()
    combo.setAccessibleName(name)
    combo.setMinimumContentsLength(12)
    return combo
