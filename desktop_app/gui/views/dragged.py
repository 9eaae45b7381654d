"""Photos that are dragged within the window: their ids travel beside their files."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, QUrl
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app.engine.language import figure
from desktop_app.engine.types import Int64Array, Photo, PhotoFile
from desktop_app.gui.views.photo_tile import paint_picture
from desktop_app.gui.views.thumbnails import Thumbnails

DRAGGED = "application/x-kindred-photos"
"""The kind of data; other programs are given the files."""
_SIDE = 64


def set_dragged(data: QMimeData, photo_ids: Iterable[int]) -> None:
    """Put photos into what is dragged; files that were not looked at yet (negative ids) are in no group."""
    ids = np.array([photo_id for photo_id in photo_ids if photo_id > 0], np.int64)
    if ids.size:
        data.setData(DRAGGED, ids.tobytes())


def dragged(data: QMimeData) -> Int64Array:
    """The photos in what is dragged, int64[n]; none where it comes from elsewhere."""
    return np.frombuffer(bytes(data.data(DRAGGED).data()), np.int64)


def photos_and_files(photo_ids: Iterable[int], lookup: Callable[[int], Photo | PhotoFile | None]) -> QMimeData:
    """What is dragged when these photos are: they, and their files for other programs."""
    photo_ids = list(photo_ids)
    data = QMimeData()
    found = (lookup(photo_id) for photo_id in photo_ids)
    data.setUrls([QUrl.fromLocalFile(str(photo.path)) for photo in found if photo is not None])
    set_dragged(data, photo_ids)
    return data


def carry(source: QWidget, data: QMimeData, held: int, thumbnails: Thumbnails) -> None:
    """Drag ``data`` from ``source``, the photo ``held`` under the pointer, until it is dropped somewhere."""
    drag = QDrag(source)
    drag.setMimeData(data)
    ratio = source.devicePixelRatioF()
    picture = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(0.85)
    paint_picture(painter, QRectF(0, 0, _SIDE, _SIDE), thumbnails.get(held), source.palette())
    count = dragged(data).size
    if count > 1:
        letters = painter.fontMetrics()
        patch = QRectF(0, 0, letters.horizontalAdvance(figure(count)) + 12, letters.height() + 4)
        patch.moveBottomRight(QRectF(0, 0, _SIDE, _SIDE).bottomRight())
        painter.fillRect(patch, QColor(0, 0, 0, 190))
        painter.setPen(QColor("white"))
        painter.drawText(patch, Qt.AlignmentFlag.AlignCenter, figure(count))
    painter.end()
    drag.setPixmap(picture)
    drag.setHotSpot(QPoint(-8, -8))  # beside the pointer, which shows where it is dropped
    # A copy, whatever is held down: a drag out of the window never moves a file.
    drag.exec(Qt.DropAction.CopyAction)
