"""The folders opened before, as the menu and the first page offer them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.gui.app_state import AppState
from desktop_app.gui.window_settings import WindowSettings


class RecentFolders(QObject):
    """Takes a folder in once something of it could be shown: a wrong one is not offered again.

    Args:
        state: says what is open.
        memory: keeps the list from one start to the next.
    """

    changed = Signal(object)
    """The folders (list[Path]), newest first."""

    def __init__(self, state: AppState, memory: WindowSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._memory = memory
        self._taken: Path | None = None
        state.photos_added.connect(self._take_in)
        state.photos_changed.connect(self._take_in)

    def _take_in(self, _photos: object = None) -> None:
        if self._state.folder is None:
            self._taken = None
        elif self._state.photos and self._state.folder != self._taken:
            self._taken = self._state.folder
            self._memory.add_recent(self._state.folder)
            self.announce()

    def announce(self) -> None:
        """Say which there are."""
        self.changed.emit(self.folders)

    @property
    def folders(self) -> list[Path]:
        """Those that still exist, newest first."""
        return self._memory.recent()
