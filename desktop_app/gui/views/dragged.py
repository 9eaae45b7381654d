"""Photos that are dragged within the window: their ids travel beside their files."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QMimeData

from desktop_app.engine.types import Int64Array

DRAGGED = "application/x-kindred-photos"
"""The kind of data; other programs are given the files."""


def set_dragged(data: QMimeData, photo_ids: Iterable[int]) -> None:
    """Put photos into what is dragged; files that were not looked at yet (negative ids) are in no group."""
    ids = np.array([photo_id for photo_id in photo_ids if photo_id > 0], np.int64)
    if ids.size:
        data.setData(DRAGGED, ids.tobytes())


def dragged(data: QMimeData) -> Int64Array:
    """The photos in what is dragged, int64[n]; none where it comes from elsewhere."""
    return np.frombuffer(bytes(data.data(DRAGGED).data()), np.int64)
