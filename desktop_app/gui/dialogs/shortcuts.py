"""All keys at a glance, and other ones where a person wants them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QTreeWidgetItem,
    QWidget,
)

from desktop_app.engine.language import tr, tr_noop
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.dialogs.search_field import SearchField, SearchList, rank
from desktop_app.gui.item_looks import QUIET_ROLE
from desktop_app.gui.keys import KeyedAction, Keys
from desktop_app.gui.theme import SPACE

_ROW = int(Qt.ItemDataRole.UserRole)
_NATIVE = QKeySequence.SequenceFormat.NativeText

ELSEWHERE = (
    (tr_noop("Large view"), tr_noop("Left, Right, Home, End"), tr_noop("walk")),
    (tr_noop("Large view"), "+, −, F, Z", tr_noop("larger, smaller, the whole photo, 100 %")),
    (tr_noop("Large view"), tr_noop("I, Space or Esc"), tr_noop("details, close")),
    (tr_noop("Grid"), tr_noop("Shift or Ctrl and a click"), tr_noop("select more")),
)
"""Keys that belong to a view and stand in no menu."""


class ShortcutsDialog(ScrollingDialog):
    """A table of actions and keys with a field to search it, and one to press new keys in."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keys"), QSize(640, 480), parent)
        self._all = keys
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = SearchList(tr("Actions and their keys"), (tr("Action"), tr("Where"), tr("Keys")))
        self.field = SearchField(tr("Search the keys"), self.table)
        self.keys = QKeySequenceEdit()
        self.keys.setAccessibleName(tr("New keys for the chosen action"))
        self.keys.setMaximumSequenceLength(1)
        self.change = QPushButton(tr("Use these keys"))
        self.reset = QPushButton(tr("As delivered"))
        self.reset.setToolTip(tr("Give the chosen action the keys that Kindred came with"))
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(QLabel(tr("New keys:")))
        row.addWidget(self.keys, 1)
        row.addWidget(self.change)
        row.addWidget(self.reset)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        self.body.addWidget(self.field)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.said)
        self.finish(buttons)
        self.field.textChanged.connect(self._fill)
        self.table.currentItemChanged.connect(lambda *_: self._enable())
        self.keys.keySequenceChanged.connect(lambda _keys: self._enable())
        self.change.clicked.connect(lambda: self._set(self.keys.keySequence()))
        self.reset.clicked.connect(lambda: self._set(None))
        self._fill("")

    def _fill(self, words: str) -> None:
        chosen = self._chosen()
        self.table.clear()
        for row, one in enumerate(self._all.actions):
            if rank(one.entry, f"{one.menu} {one.keys}", words) is None:
                continue
            item = QTreeWidgetItem([one.entry, one.menu, one.keys])
            item.setData(0, _ROW, row)
            item.setToolTip(0, one.action.statusTip())
            if one.is_changed:
                font = item.font(2)
                font.setBold(True)  # chosen by the person
                item.setFont(2, font)
            self.table.addTopLevelItem(item)
            if one is chosen:
                self.table.setCurrentItem(item)
        for where, keys, does in (map(tr, row) for row in ELSEWHERE):
            if rank(does, f"{where} {keys}", words) is not None:
                item = QTreeWidgetItem([does, where, keys])
                for column in range(3):
                    item.setData(column, QUIET_ROLE, True)
                self.table.addTopLevelItem(item)
        self._enable()

    def _chosen(self) -> KeyedAction | None:
        item = self.table.currentItem()
        row = item.data(0, _ROW) if item is not None else None
        return self._all.actions[row] if isinstance(row, int) else None

    def _enable(self) -> None:
        one = self._chosen()
        self.change.setEnabled(one is not None and not self.keys.keySequence().isEmpty())
        self.reset.setEnabled(one is not None and one.is_changed)
        if one is None:
            self.said.setText(tr("Choose an action to give it other keys."))
        else:
            self.said.setText(
                tr("“{action}” is chosen. Click into the field and press the new keys.", action=one.entry)
            )

    def _set(self, keys: QKeySequence | None) -> None:
        """Give the chosen action these keys, None: those it was delivered with."""
        one = self._chosen()
        if one is None:
            return
        for wanted in one.delivered if keys is None else (keys,):
            owner = self._all.owner(wanted, one)
            if owner is not None:
                self.said.setText(
                    tr(
                        "{keys} belongs to “{action}” ({menu}). Give that one other keys first.",
                        keys=wanted.toString(_NATIVE),
                        action=owner.entry,
                        menu=owner.menu,
                    )
                )
                return
        self._all.choose(one, keys)
        self.keys.clear()
        self._fill(self.field.text())
