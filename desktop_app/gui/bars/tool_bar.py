"""The bar under the menus: which folder, which model, how to group, into how many, and Organize."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolBar,
    QWidget,
)

from desktop_app.engine import clustering, settings
from desktop_app.engine.errors import UserError
from desktop_app.engine.language import figure, tr
from desktop_app.engine.models import shelf
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import AppState
from desktop_app.gui.check_box import CheckBox
from desktop_app.gui.elided import ElidedCombo
from desktop_app.gui.plain_text import caption, tip
from desktop_app.gui.theme import SPACE

_FOLDER_WIDTH = 200
_TIP_ROLE = Qt.ItemDataRole.ToolTipRole


class _Row(QWidget):
    """Gives up any width, so that it never sends a control into the tool bar's own overflow, Organize first."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class MainToolBar(QToolBar):
    """Speaks in signals; shows what the state says was asked for.

    Where room is short, things give way in the order of `_steps`; what goes is found under “More”. The number of groups
    and Organize stay at every width.
    """

    k_chosen = Signal(object)
    method_chosen = Signal(str)
    model_chosen = Signal(str)

    def __init__(self, state: AppState, recent: QMenu, organize: QAction, model: str) -> None:
        super().__init__(tr("Main", "a tool bar"))
        self._state = state
        self._recent = recent
        self.setMovable(False)
        self.setObjectName("main_tool_bar")
        self.setAccessibleName(tr("Main tools"))
        self._make_controls(organize, model)
        self._lay_out()
        self._k_soon = QTimer(self, singleShot=True, interval=200)
        self._k_soon.timeout.connect(lambda: self.k_chosen.emit(self.k.value()))
        self.k.valueChanged.connect(lambda _value: self._k_soon.start())
        self.auto.toggled.connect(lambda on: self.k_chosen.emit(None if on else self.k.value()))
        self.method.activated.connect(lambda _index: self.method_chosen.emit(str(self.method.currentData())))
        self.model.activated.connect(lambda _index: self.model_chosen.emit(str(self.model.currentData())))
        for signal in (
            state.folder_changed,
            state.photos_changed,
            state.request_changed,
            state.groups_changed,
            state.elbow_changed,
        ):
            signal.connect(self._show)
        state.methods_changed.connect(self._fill_methods)
        self._fill_methods()
        self._show()

    def _make_controls(self, organize: QAction, model: str) -> None:
        self.folder = QPushButton()
        self.folder.setMenu(self._recent)
        self.model = ElidedCombo()
        self.model.setAccessibleName(tr("Model"))
        self.show_models(model)
        self.method = ElidedCombo()
        self.method.setAccessibleName(tr("Method"))
        for combo in (self.model, self.method):
            combo.setMinimumContentsLength(10)
        self.k = QSpinBox()
        self.k.setKeyboardTracking(False)
        self.k.setAccessibleName(tr("Number of groups"))
        self.k.setToolTip(tr("k, the number of groups"))
        self.auto = CheckBox(tr("Auto"))
        self.auto.setAccessibleName(tr("Auto: the suggested number of groups"))
        self.auto.setToolTip(tr("Take the number of groups that the elbow chart suggests"))
        self.more = QPushButton(tr("More"))
        self.more.setToolTip(tr("What there is no room for"))
        self.hidden_choices = QMenu(self.more)
        self.hidden_choices.aboutToShow.connect(self._fill_more)
        self.more.setMenu(self.hidden_choices)
        self.organize = QPushButton(tr("Organize…"))
        self.organize.setToolTip(organize.toolTip())
        self.organize.clicked.connect(organize.trigger)
        organize.enabledChanged.connect(self.organize.setEnabled)
        self.organize.setEnabled(organize.isEnabled())

    def _lay_out(self) -> None:
        self._model_label = self._label(tr("Model"), self.model)
        self._method_label = self._label(tr("Method"), self.method)
        self._k_label = self._label(tr("Groups"), self.k)
        self._row = _Row()
        self._row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(SPACE // 2, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        for widget in (
            self.folder,
            self._model_label,
            self.model,
            self._method_label,
            self.method,
            self._k_label,
            self.k,
            self.auto,
            self.more,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.organize)
        self.addWidget(self._row)
        # Each gives way only once all before it have.
        self._steps: tuple[QWidget, ...] = (
            self._model_label,
            self._method_label,
            self.model,
            self._k_label,
            self.method,
            self.auto,
            self.folder,
        )

    @staticmethod
    def _label(text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text)
        label.setBuddy(buddy)
        return label

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide as little as needed. Combos are counted with the width that tells their words apart."""
        room = self.width() - 2 * SPACE
        layout = self._row.layout()
        assert layout is not None
        for hidden in range(len(self._steps) + 1):
            for number, widget in enumerate(self._steps):
                widget.setVisible(number >= hidden)
            self.more.setVisible(any(widget.isHidden() for widget in (self.model, self.method, self.auto, self.folder)))
            layout.invalidate()
            if layout.minimumSize().width() <= room:
                return

    def _fill_more(self) -> None:
        menu = self.hidden_choices
        menu.clear()
        if self.folder.isHidden():
            menu.addMenu(self._recent)
        for title, combo in ((tr("Model"), self.model), (tr("Method"), self.method)):
            if combo.isHidden():
                self._add_choices(menu.addMenu(title), combo)
        if self.auto.isHidden():
            action = menu.addAction(self.auto.accessibleName())
            action.setCheckable(True)
            action.setChecked(self.auto.isChecked())
            action.setEnabled(self.auto.isEnabled())
            action.toggled.connect(self.auto.setChecked)

    @staticmethod
    def _add_choices(menu: QMenu, combo: QComboBox) -> None:
        menu.setEnabled(combo.isEnabled())
        menu.setToolTipsVisible(True)
        choices = QActionGroup(menu)
        for index in range(combo.count()):
            action = choices.addAction(caption(combo.itemText(index)))
            action.setCheckable(True)
            action.setChecked(index == combo.currentIndex())
            action.setEnabled(bool(combo.model().index(index, 0).flags() & Qt.ItemFlag.ItemIsEnabled))
            action.setToolTip(str(combo.itemData(index, _TIP_ROLE) or ""))

            def choose(_checked: bool, index: int = index) -> None:
                combo.setCurrentIndex(index)
                combo.activated.emit(index)

            action.triggered.connect(choose)
        menu.addActions(choices.actions())

    def show_models(self, current: str) -> None:
        """Offer the models there are by now; ``current`` is in use."""
        try:
            cards = shelf.find_models()
        except UserError:
            cards = ()  # said when the model is needed
        titles = shelf.titles(cards)
        with QSignalBlocker(self.model):
            self.model.clear()
            for card in cards:
                self.model.addItem(display_path(titles[card.name]), card.name)
                self.model.setItemData(self.model.count() - 1, tip(display_path(tr(card.description))), _TIP_ROLE)
            self.model.setCurrentIndex(max(0, self.model.findData(current)))
        self.model.setEnabled(self.model.count() > 1)

    def _fill_methods(self) -> None:
        self.method.clear()
        for name in self._state.methods:
            self.method.addItem(tr(clustering.CLUSTERERS[name].title), name)
        self.method.setCurrentIndex(max(0, self.method.findData(self._state.method)))
        self._offer_methods()

    def _offer_methods(self) -> None:
        """Only those that take so many photos can be chosen; the others say how many they take."""
        count = len(self._state.photos) if self._state.indexed else 0
        model = self.method.model()
        assert isinstance(model, QStandardItemModel)
        for row, name in enumerate(self._state.methods):
            most = clustering.CLUSTERERS[name].max_photos
            model.item(row).setEnabled(count <= most)
            told = tr("Takes at most %n photos", "", most, one="Takes at most %n photo")
            self.method.setItemData(row, told if count > most else None, _TIP_ROLE)

    def _show(self) -> None:
        state = self._state
        folder = (state.folder.name or str(state.folder)) if state.folder else tr("No folder")
        shown = self.folder.fontMetrics().elidedText(
            display_path(folder), Qt.TextElideMode.ElideMiddle, _FOLDER_WIDTH - 4 * SPACE
        )
        self.folder.setText(caption(shown))
        self.folder.setAccessibleName(tr("Folder {folder}", folder=display_path(folder)))
        self.folder.setToolTip(tip(display_path(state.folder)) if state.folder else tr("Open a folder"))
        self.method.setCurrentIndex(max(0, self.method.findData(state.method)))
        self._offer_methods()
        for name, combo in (("model", self.model), ("method", self.method)):
            combo.setToolTip(tip(f"{combo.currentText()}\n{tr(settings.declaration(name).text)}"))
        self.k.setEnabled(state.elbow is not None and state.k_is_free)
        self.auto.setEnabled(self.k.isEnabled())
        self.method.setEnabled(state.elbow is not None)
        with QSignalBlocker(self.auto):
            self.auto.setChecked(state.wanted_k is None)
        self.k.setSpecialValueText("" if state.elbow is not None else "–")
        if not self._k_soon.isActive():
            with QSignalBlocker(self.k):
                # Until all photos are there, what is remembered may be more than there are by now.
                self.k.setRange(1, max(1, len(state.photos)) if state.indexed else max(999, state.shown_k or 1))
                self.k.setValue(state.shown_k or 1)
        count = state.sorted_count
        self.organize.setText(tr("Organize {count}…", count=figure(count)) if count else tr("Organize…"))
        self._fit()
