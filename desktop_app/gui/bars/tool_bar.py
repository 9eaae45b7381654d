"""The bar under the menus: which folder, which model, how to group, into how many, and Organize."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolBar,
    QToolButton,
    QWidget,
)

from desktop_app.engine import clustering, settings
from desktop_app.engine.errors import UserError
from desktop_app.engine.models import shelf
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import AppState
from desktop_app.gui.plain_text import caption, tip
from desktop_app.gui.theme import SPACE


class MainToolBar(QToolBar):
    """Speaks in signals; shows what the state says was asked for."""

    k_chosen = Signal(object)
    method_chosen = Signal(str)
    model_chosen = Signal(str)

    def __init__(self, state: AppState, recent: QMenu, organize: QAction, model: str) -> None:
        super().__init__("Main")
        self._state = state
        self.setMovable(False)
        self.setObjectName("main_tool_bar")
        self.setAccessibleName("Main tools")
        self.folder = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.folder.setMenu(recent)
        self.folder.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.folder.setAccessibleName("Folder")
        self.model = QComboBox()
        self.model.setAccessibleName("Model")
        self.model.setToolTip(settings.declaration("model").text)
        self._fill_models(model)
        self.method = QComboBox()
        self.method.setAccessibleName("Method")
        self.method.setToolTip(settings.declaration("method").text)
        self._fill_methods()
        self.k = QSpinBox()
        self.k.setRange(1, 999)
        self.k.setKeyboardTracking(False)
        self.k.setAccessibleName("Number of groups")
        self.k.setToolTip("k, the number of groups")
        self.auto = QCheckBox("Auto")
        self.auto.setAccessibleName("Suggested number of groups")
        self.auto.setToolTip("Take the number of groups that the elbow chart suggests")
        self.organize = QPushButton("Organize…")
        self.organize.setToolTip(organize.toolTip())
        self.organize.clicked.connect(organize.trigger)
        organize.enabledChanged.connect(self.organize.setEnabled)
        self.organize.setEnabled(organize.isEnabled())

        self._add(self.folder, self._label("Model", self.model), self.model)
        self._add(self._label("Method", self.method), self.method, self._label("Groups", self.k), self.k, self.auto)
        stretch = QWidget()
        stretch.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(stretch)
        self._add(self.organize)

        self._k_soon = QTimer(self, singleShot=True, interval=200)
        self._k_soon.timeout.connect(lambda: self.k_chosen.emit(self.k.value()))
        self.k.valueChanged.connect(lambda _value: self._k_soon.start())
        self.auto.toggled.connect(lambda on: self.k_chosen.emit(None if on else self.k.value()))
        self.method.activated.connect(lambda _index: self.method_chosen.emit(str(self.method.currentData())))
        self.model.activated.connect(lambda _index: self.model_chosen.emit(str(self.model.currentData())))
        for signal in (state.folder_changed, state.request_changed, state.groups_changed, state.elbow_changed):
            signal.connect(self._show)
        state.methods_changed.connect(self._fill_methods)
        self._show()

    @staticmethod
    def _label(text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text)
        label.setBuddy(buddy)
        return label

    def _add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            gap = QWidget()
            gap.setFixedWidth(SPACE // 2 if not isinstance(widget, QLabel) else SPACE + SPACE // 2)
            self.addWidget(gap)
            self.addWidget(widget)

    def _fill_models(self, current: str) -> None:
        try:
            cards = shelf.find_models()
        except UserError:
            cards = ()  # said when the model is needed
        for card in cards:
            self.model.addItem(display_path(card.title), card.name)
            self.model.setItemData(
                self.model.count() - 1, tip(display_path(card.description)), Qt.ItemDataRole.ToolTipRole
            )
        self.model.setCurrentIndex(max(0, self.model.findData(current)))
        self.model.setEnabled(self.model.count() > 1)

    def show_model(self, name: str) -> None:
        """Follow a choice made elsewhere."""
        with QSignalBlocker(self.model):
            self.model.setCurrentIndex(max(0, self.model.findData(name)))

    def _fill_methods(self) -> None:
        self.method.clear()
        for name in self._state.methods:
            self.method.addItem(clustering.CLUSTERERS[name].title, name)
        self.method.setCurrentIndex(max(0, self.method.findData(self._state.method)))

    def _show(self) -> None:
        state = self._state
        self.folder.setText(caption(state.folder.name or str(state.folder)) if state.folder else "No folder")
        self.folder.setToolTip(tip(display_path(state.folder)) if state.folder else "Open a folder")
        self.method.setCurrentIndex(max(0, self.method.findData(state.method)))
        self.k.setEnabled(state.elbow is not None and state.k_is_free)
        self.auto.setEnabled(self.k.isEnabled())
        self.method.setEnabled(state.elbow is not None)
        with QSignalBlocker(self.auto):
            self.auto.setChecked(state.wanted_k is None)
        self.k.setSpecialValueText("" if state.elbow is not None else "–")
        if not self._k_soon.isActive():
            with QSignalBlocker(self.k):
                self.k.setValue(state.shown_k or 1)
        count = state.sorted_count
        self.organize.setText(f"Organize {count:,}…" if count else "Organize…")
