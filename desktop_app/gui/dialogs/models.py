"""The models there are: use, add, remove, compare two on the open folder, and learn from it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.language import tr
from desktop_app.engine.models import shelf, using
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.wording import data_size, display_path
from desktop_app.gui.bars.welcome_page import accept_unmoved
from desktop_app.gui.dialogs import messages
from desktop_app.gui.dialogs.model_work import ComparePage, LearnPage
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.jobs.models import ModelKeeper
from desktop_app.gui.plain_text import tip
from desktop_app.gui.theme import SPACE

_NAME_ROLE = int(Qt.ItemDataRole.UserRole)
_ROWS = 5


class ModelsDialog(ScrollingDialog):
    """Shows what the keeper knows; work goes on when it is closed.

    Args:
        keeper: changes models.
    """

    LIST, COMPARE, LEARN = range(3)

    def __init__(self, keeper: ModelKeeper, parent: QWidget | None = None) -> None:
        super().__init__(tr("Models"), QSize(760, 560), parent)
        self._keeper = keeper
        self.setAcceptDrops(True)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Models, compare, learn"))
        self.compare_page = ComparePage(keeper)
        self.learn_page = LearnPage(keeper)
        self.tabs.addTab(self._make_list(), tr("Models"))
        self.tabs.addTab(self.compare_page, tr("Compare"))
        self.tabs.addTab(self.learn_page, tr("Learn from this folder"))
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.said.setAccessibleName(tr("What was done"))
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.tabs, 1)
        foot = QWidget()
        self.take_back = QPushButton(tr("Take it back"))
        self.take_back.setToolTip(tr("Use the model again that the one in use was learned from"))
        self.take_back.clicked.connect(keeper.take_back)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.close)
        row = QHBoxLayout(foot)
        row.addWidget(self.said, 1)
        row.addWidget(self.take_back)
        row.addWidget(close)
        self.finish(foot)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Return in a box of numbers is no answer
        self.finished.connect(lambda _result: self._leave())
        self.tabs.currentChanged.connect(lambda _tab: self._say_nothing())
        keeper.changed.connect(self._show)
        keeper.folder_changed.connect(self._show)
        keeper.said.connect(self.said.setText)
        keeper.learned.connect(self.said.setText)
        self._show()
        self._say_nothing()

    def _make_list(self) -> QWidget:
        self.table = QTreeWidget()
        self.table.setAccessibleName(tr("Models"))
        self.table.setHeaderLabels([tr("Model"), tr("Name"), tr("In use"), tr("Origin"), tr("Size")])
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.header().setStretchLastSection(False)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(self.fontMetrics().height() * _ROWS)
        self.about = QPlainTextEdit(readOnly=True)
        self.about.setAccessibleName(tr("What the model is for"))
        self.about.setTabChangesFocus(True)
        self.about.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + SPACE)
        self.use = QPushButton(tr("&Use"))
        self.use.setToolTip(tr("Look at the photos with the chosen model from now on"))
        self.add = QPushButton(tr("&Add"))
        self.add.setToolTip(tr("A folder, a file or a zip of a model; dropping one here does the same"))
        menu = QMenu(self.add)
        menu.addAction(tr("A &folder…"), self._choose_folder)
        menu.addAction(tr("A f&ile or zip…"), self._choose_file)
        self.add.setMenu(menu)
        self.remove = QPushButton(tr("&Remove…"))
        self.remove.setToolTip(tr("Delete the chosen model, if it is one of yours"))
        self.use.clicked.connect(self._use)
        self.remove.clicked.connect(self._remove)
        self.table.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.table.itemActivated.connect(lambda *_: self._use())
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setSpacing(SPACE)
        row = QHBoxLayout()
        for button in (self.use, self.add, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        layout.addWidget(self.table, 1)
        label = QLabel(tr("What it is for:"))
        label.setBuddy(self.about)
        layout.addWidget(label)
        layout.addWidget(self.about)
        layout.addLayout(row)
        return page

    def _say_nothing(self) -> None:
        """What was said of one page is not about the next; what cannot be read is told beside the list."""
        listed = self.tabs.currentIndex() == self.LIST
        self.said.setText(" ".join(map(str, shelf.unreadable_models())) if listed else "")

    # What there is

    def _show(self) -> None:
        chosen, current = self.chosen, self._keeper.current
        in_use = current.name if current is not None else ""
        cards = shelf.find_models()
        self.table.clear()
        for card in cards:
            item = QTreeWidgetItem(_row(card, in_use))
            item.setData(0, _NAME_ROLE, card.name)
            item.setToolTip(0, tip(display_path(tr(card.description))))
            item.setTextAlignment(4, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.addTopLevelItem(item)
            if card.name == (chosen or in_use):
                self.table.setCurrentItem(item)
        if self.table.currentItem() is None and cards:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        self._show_chosen()
        self.take_back.setVisible(self._keeper.before is not None)
        self.compare_page.show_models(cards, in_use)
        self.learn_page.show_model(current)

    @property
    def chosen(self) -> str:
        """Name of the model that is marked; empty for none."""
        item = self.table.currentItem()
        return str(item.data(0, _NAME_ROLE)) if item is not None else ""

    def _show_chosen(self) -> None:
        card = next((card for card in shelf.find_models() if card.name == self.chosen), None)
        current = self._keeper.current
        self.use.setEnabled(card is not None and (current is None or card.name != current.name))
        self.remove.setEnabled(card is not None)
        self.about.setPlainText(display_path(tr(card.description)) if card is not None else "")

    def _leave(self) -> None:
        if self._keeper.is_learning:
            self._keeper.said.emit(tr("Learning goes on. Tools > Models… shows how far it is."))

    # What is done

    def _use(self) -> None:
        if self.use.isEnabled() and self._keeper.use(self.chosen):
            self.said.setText(tr("{model} is in use. Each photo is looked at once with a model.", model=self.chosen))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Add a model: its folder"), str(Path.home()))
        if chosen:
            self._keeper.add(Path(chosen))

    def _choose_file(self) -> None:
        kinds = tr("Models (*.zip *.onnx card.json);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Add a model: its zip or card"), str(Path.home()), kinds)
        if chosen:
            self._keeper.add(Path(chosen))

    def _remove(self) -> None:
        name, current = self.chosen, self._keeper.current
        if not shelf.is_own(name):
            self.said.setText(
                tr("“{model}” came with Kindred and stays: only models that you added can be removed.", model=name)
            )
            return
        after = tr("It can be added again from where you have it; one that was learned is gone.")
        if current is not None and current.name == name:
            after = tr("It is in use: {model} takes its place.", model=using.successor(current)) + f" {after}"
        messages.ask(
            self,
            tr("Remove the model {model}?", model=name),
            after,
            (
                (
                    tr("Remove {model}", model=name),
                    QMessageBox.ButtonRole.DestructiveRole,
                    lambda: self._keeper.remove(name),
                ),
                (tr("Keep it"), QMessageBox.ButtonRole.RejectRole, None),
            ),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            accept_unmoved(event)

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None and accept_unmoved(event):
            self._keeper.add(path)


def _row(card: ModelCard, in_use: str) -> list[str]:
    learned = "base_sha256" in card.provenance.config
    origin = (tr("learned") if learned else tr("added by you")) if shelf.is_own(card.name) else tr("came with Kindred")
    mark = tr("in use") if card.name == in_use else ""
    return [display_path(tr(card.title)), card.name, mark, origin, data_size(shelf.size(card))]


def _dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    local = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return local[0] if len(local) == 1 else None
