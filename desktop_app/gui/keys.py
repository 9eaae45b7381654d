"""Every action of the window with its keys: those it was delivered with, or those the person chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence

from desktop_app.gui.window_settings import WindowSettings

_NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class KeyedAction:
    """An action as lists of actions show it.

    Attributes:
        menu: name of the menu it stands in.
        action: does it; its object name is the entry's id.
        delivered: the keys it has unless the person chose others.
    """

    menu: str
    action: QAction
    delivered: QKeySequence

    @property
    def name(self) -> str:
        """What it is called, without the mnemonic's ampersand and the ellipsis."""
        return self.action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")

    @property
    def keys(self) -> str:
        """Its keys as this system writes them, empty for none."""
        return self.action.shortcut().toString(_NATIVE)


class Keys:
    """The actions of the menus, in their order; keys that a person chose are kept from one start to the next."""

    def __init__(self, actions: Iterable[KeyedAction], memory: WindowSettings) -> None:
        self.actions = tuple(actions)
        self._memory = memory
        for one in self.actions:
            chosen = memory.keys().get(one.action.objectName())
            _set_keys(one.action, one.delivered if chosen is None else QKeySequence(chosen))

    def owner(self, keys: QKeySequence, but: KeyedAction) -> KeyedAction | None:
        """Another action that has these keys already."""
        others = (one for one in self.actions if one is not but and not keys.isEmpty())
        return next((one for one in others if one.action.shortcut() == keys), None)

    def choose(self, one: KeyedAction, keys: QKeySequence) -> None:
        """Give an action these keys from now on."""
        _set_keys(one.action, keys)
        told = None if keys == one.delivered else keys.toString(QKeySequence.SequenceFormat.PortableText)
        self._memory.set_keys(one.action.objectName(), told)


def _set_keys(action: QAction, keys: QKeySequence) -> None:
    action.setShortcut(keys)
    text = keys.toString(_NATIVE)
    action.setToolTip(f"{action.statusTip()} ({text})" if text else action.statusTip())
