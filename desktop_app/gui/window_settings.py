"""What the window remembers of itself: its place, its layout, the last folders. Not the engine's settings."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop_app.engine import paths

_RECENT = 8


class WindowSettings:
    """``window.ini`` beside the engine's ``settings.toml``."""

    def __init__(self) -> None:
        file = paths.config_dir() / "window.ini"
        if os.path.exists(file) and not os.path.isfile(file):  # noqa: PTH110, PTH113 - Path's may raise
            file = paths.NOWHERE / file.name  # Qt would wait for a pipe for ever; so it remembers nothing
        self._file = QSettings(str(file), QSettings.Format.IniFormat)

    def bytes(self, key: str) -> QByteArray:
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, key: str, value: QByteArray) -> None:
        self._file.setValue(key, value)

    def number(self, key: str, default: int) -> int:
        try:
            return int(str(self._file.value(key, default)))
        except ValueError:
            return default

    def set_number(self, key: str, value: int) -> None:
        self._file.setValue(key, value)

    def text(self, key: str) -> str:
        return str(self._file.value(key, ""))

    def set_text(self, key: str, value: str) -> None:
        self._file.setValue(key, value)

    def keys(self) -> dict[str, str]:
        """Keys that the person chose, by the id of their menu entry, as `QKeySequence` spells them."""
        self._file.beginGroup("keys")
        found = {name: str(self._file.value(name)) for name in self._file.childKeys()}
        self._file.endGroup()
        return found

    def set_keys(self, entry: str, keys: str | None) -> None:
        """Remember the keys of a menu entry; None for those it was delivered with."""
        if keys is None:
            self._file.remove(f"keys/{entry}")
        else:
            self._file.setValue(f"keys/{entry}", keys)

    def recent(self) -> list[Path]:
        """Folders opened before that still exist, newest first."""
        value = self._file.value("recent_folders", [])
        names = [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []
        return [Path(name) for name in names if Path(name).is_dir()]

    def add_recent(self, folder: Path) -> None:
        others = [known for known in self.recent() if known != folder]
        self._file.setValue("recent_folders", [str(path) for path in [folder, *others][:_RECENT]])

    def save(self) -> None:
        self._file.sync()
