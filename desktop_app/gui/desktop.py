"""The other programs of the desktop: the file manager, the viewer, the clipboard; and its trash."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFile, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from desktop_app.engine.language import tr


def open_file(path: Path) -> bool:
    """Open a file in the program made for it; False when there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path) -> bool:
    """Show a file, chosen where the system can do that, in the file manager; False when there is none."""
    if sys.platform == "win32":
        return QProcess.startDetached("explorer", ["/select,", os.path.normpath(path)])[0]
    if sys.platform == "darwin":
        return QProcess.startDetached("open", ["-R", str(path)])[0]
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def copy_paths(paths: Sequence[Path]) -> None:
    """Put paths on the clipboard, one a line."""
    QGuiApplication.clipboard().setText("\n".join(str(path) for path in paths))


def move_to_trash(path: Path) -> Path | None:
    """Move one file to the trash; where it is there, None where the system does not tell. Works in any thread.

    Raises:
        OSError: it stays where it is: this disk has no trash, or none that can be written.
    """
    file = QFile(str(path))
    if not file.moveToTrash():
        # Qt's own text is that of whatever call failed last ("Bad file descriptor").
        raise OSError(errno.ENOTSUP, tr("this disk has no trash that can be used"))
    where = Path(file.fileName())
    return where if where != path and os.path.lexists(where) else None
