"""Writes the program's sign in every form that systems ask for.

    python packaging/bundle/icons.py FOLDER

Linux wants a folder `hicolor` with pictures of many sizes and a drawing, Windows one `.ico`, macOS one `.icns`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtSvg import QSvgGenerator

from desktop_app.gui.app_icon import SIDES, app_pixmap, paint_app_icon


def write(folder: Path) -> None:
    """Write `hicolor/`, `kindred.ico` and `kindred.icns` below ``folder``."""
    application = QGuiApplication.instance() or QGuiApplication([])
    for side in SIDES:
        path = folder / "hicolor" / f"{side}x{side}" / "apps" / "kindred.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        app_pixmap(side).save(str(path))
    write_drawing(folder / "hicolor" / "scalable" / "apps" / "kindred.svg")
    with Image.open(folder / "hicolor" / "512x512" / "apps" / "kindred.png") as largest:
        largest.save(folder / "kindred.ico", sizes=[(side, side) for side in SIDES if side <= 256])
        largest.save(folder / "kindred.icns")
    del application


def write_drawing(path: Path) -> None:
    """Write the sign as an SVG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    drawing = QSvgGenerator()
    drawing.setFileName(str(path))
    drawing.setTitle("Kindred")
    drawing.setSize(QSize(256, 256))
    drawing.setViewBox(QRectF(0, 0, 256, 256))
    painter = QPainter(drawing)
    paint_app_icon(painter, 256)
    painter.end()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
