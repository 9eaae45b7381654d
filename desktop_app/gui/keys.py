"""Every action of the window with its keys: those it was delivered with, or those the person chose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        delivered: the keys it has unless the person chose others; each of them does it, menus show the first.
        text: what it is called whatever is selected and done, with the mnemonic's ampersand.
    """

    menu: str
    action: QAction
    delivered: tuple[QKeySequence, ...]
    text: str

    @property
    def name(self) -> str:
        """What it would do now (``Undo renaming Group 2``), without the mnemonic's ampersand and the ellipsis."""
        return plain(self.action.text())

    @property
    def entry(self) -> str:
        """What its keys are for at any time (``Undo``)."""
        return plain(self.text)

    @property
    def keys(self) -> str:
        """Its keys as this system writes them, empty for none."""
        return _said(self.action.shortcuts())

    @property
    def is_changed(self) -> bool:
        """Whether the person chose other keys."""
        return tuple(self.action.shortcuts()) != self.delivered


class Keys:
    """The actions of the menus, in their order; keys that a person chose are kept from one start to the next."""

    def __init__(self, actions: Iterable[KeyedAction], memory: WindowSettings) -> None:
        self.actions = tuple(actions)
        self._memory = memory
        for one in self.actions:
            chosen = memory.keys().get(one.action.objectName())
            _set_keys(one.action, one.delivered if chosen is None else (QKeySequence(chosen),))

    def owner(self, keys: QKeySequence, but: KeyedAction) -> KeyedAction | None:
        """Another action that has these keys already."""
        others = (one for one in self.actions if one is not but and not keys.isEmpty())
        return next((one for one in others if keys in one.action.shortcuts()), None)

    def choose(self, one: KeyedAction, keys: QKeySequence | None) -> None:
        """Give an action these keys from now on; None for those it was delivered with."""
        wanted = one.delivered if keys is None else (keys,)
        _set_keys(one.action, wanted)
        told = None if wanted == one.delivered else wanted[0].toString(QKeySequence.SequenceFormat.PortableText)
        self._memory.set_keys(one.action.objectName(), told)


def sequences(*keys: QKeySequence.StandardKey | str) -> tuple[QKeySequence, ...]:
    """Keys by their names, each once; of a standard key the first that this system has, if it has one."""
    named = (QKeySequence(one) for one in keys)
    return tuple(dict.fromkeys(one for one in named if not one.isEmpty()))


def plain(text: str) -> str:
    """The text of an action without its mnemonic and ellipsis."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("… ")


def _said(keys: Sequence[QKeySequence]) -> str:
    return ", ".join(one.toString(_NATIVE) for one in keys)


def _set_keys(action: QAction, keys: Sequence[QKeySequence]) -> None:
    action.setShortcuts(keys)
    action.setToolTip(f"{action.statusTip()} ({_said(keys)})" if keys else action.statusTip())
