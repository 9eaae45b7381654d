"""Thumbnails, loaded lazily: what is on the screen comes first, what was scrolled away is not loaded at all.

A file that was found but not looked at yet has a negative id and, where the camera made one, a preview, which stands in
for the thumbnail until that has arrived: a tile that showed a picture never goes blank again.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop_app.engine.curation.renumbering import NewIds
from desktop_app.engine.job import JobContext
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.lanes import Lane

_CACHE_BYTES = 192 * 2**20
_QUEUE_LENGTH = 600  # some screens full; older wishes are of rows that are long out of sight
_EMIT_SECONDS = 0.03

Source = Callable[[int], bytes | Image.Image | None]


class Thumbnails(QObject):
    """A cache of pixmaps in front of a function that gives JPEG bytes, or the picture itself.

    Args:
        runner: runs the loading.
        side: short side that is kept, in device pixels.
    """

    ready = Signal(object)
    """Ids (list[int]) whose pixmaps have arrived."""
    missed = Signal(object)
    """Ids (list[int]) of photos for which the source had nothing."""

    def __init__(self, runner: JobRunner, side: int = 256, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._side = side
        self._fetch: Source | None = None
        self._cache: OrderedDict[int, QPixmap] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._wanted: deque[int] = deque(maxlen=_QUEUE_LENGTH)
        self._missing: set[int] = set()
        self._stand_ins: dict[int, int] = {}
        self._running = False

    def set_source(self, fetch: Source | None) -> None:
        """Take thumbnails from ``fetch`` (called in a thread); None empties everything."""
        self._runner.drop(Lane.THUMBNAILS)
        self._running = False
        with self._lock:
            self._wanted.clear()
        self._cache.clear()
        self._missing.clear()
        self._stand_ins.clear()
        self._bytes = 0
        self._fetch = fetch

    def retry_missing(self) -> None:
        """What the source did not have may be there now: views that show it ask again."""
        missing = [photo_id for photo_id in self._missing if photo_id > 0]
        self._missing.difference_update(missing)
        if missing:
            self.ready.emit(missing)

    def ask_again(self, photo_id: int) -> None:
        """The source has this one by now."""
        if photo_id in self._missing:
            self._missing.remove(photo_id)
            self.ready.emit([photo_id])

    def replace(self, ids: Mapping[int, int]) -> None:
        """Files that were looked at have another id now (new to old): the old picture stands in for the new one."""
        self._stand_ins.update(ids)

    def renumber(self, ids: NewIds) -> None:
        """Photos have other ids now: what was shown of them stands in until their new pictures have arrived."""
        shown = {photo_id: photo_id for photo_id in self._cache} | self._stand_ins
        known = np.fromiter(shown, np.int64, len(shown))
        now = zip(known.tolist(), ids.of(known).tolist(), strict=True)
        self._stand_ins.update({new: shown[old] for old, new in now if new != old})

    def forget_previews(self) -> None:
        """Load no more previews than are asked for from now on: the rows that wanted them went out of sight."""
        with self._lock:
            kept = [photo_id for photo_id in self._wanted if photo_id > 0]
            self._wanted.clear()
            self._wanted.extend(kept)

    def get(self, photo_id: int) -> QPixmap | None:
        """The pixmap when it is there; otherwise a stand-in or None, and it is on its way (see `ready`)."""
        pixmap = self._cache.get(photo_id)
        if pixmap is not None:
            self._cache.move_to_end(photo_id)
            return pixmap
        if photo_id not in self._missing and self._fetch is not None:
            with self._lock:
                if photo_id not in self._wanted:
                    self._wanted.append(photo_id)
            self._pump()
        return self._cache.get(self._stand_ins.get(photo_id, 0))

    def _pump(self) -> None:
        if self._running or self._fetch is None:
            return
        self._running = True
        fetch, side = self._fetch, self._side

        def work(ctx: JobContext, emit: Emit) -> None:
            loaded: list[tuple[int, QImage]] = []
            last = time.monotonic()
            while True:
                ctx.check()
                with self._lock:
                    photo_id = self._wanted.pop() if self._wanted else None
                if photo_id is not None:
                    loaded.append((photo_id, load_image(fetch(photo_id), side)))
                if loaded and (photo_id is None or time.monotonic() - last > _EMIT_SECONDS):
                    emit(loaded)
                    loaded, last = [], time.monotonic()
                if photo_id is None:
                    return

        self._runner.start(Lane.THUMBNAILS, work, item=self._arrived, done=self._ended, failed=self._ended)

    def _ended(self, _result: object) -> None:
        self._running = False
        with self._lock:
            more = bool(self._wanted)
        if more:
            self._pump()

    def _arrived(self, loaded: list[tuple[int, QImage]]) -> None:
        for photo_id, image in loaded:
            if image.isNull():
                self._missing.add(photo_id)
                continue
            self._drop(photo_id)
            self._drop(self._stand_ins.pop(photo_id, 0))
            self._cache[photo_id] = QPixmap.fromImage(image)
            self._bytes += image.sizeInBytes()
        while self._bytes > _CACHE_BYTES and len(self._cache) > 1:
            self._drop(next(iter(self._cache)))
        self.ready.emit([photo_id for photo_id, _ in loaded])
        missed = [photo_id for photo_id, image in loaded if image.isNull() and photo_id > 0]
        if missed:
            self.missed.emit(missed)

    def _drop(self, photo_id: int) -> None:
        pixmap = self._cache.pop(photo_id, None)
        if pixmap is not None:
            self._bytes -= pixmap.width() * pixmap.height() * 4


def load_image(data: bytes | Image.Image | None, side: int) -> QImage:
    """A picture of at most ``side`` pixels short side; a null one where there is none. Bytes are those of a JPEG."""
    if data is None:
        return QImage()
    if isinstance(data, bytes):
        # Named, so that Qt does not ask its reader of SVG: that one connects a signal, in this thread and with Python's
        # lock, for which the window's thread may wait while it holds Qt's lock of signals. Both would wait forever.
        image = QImage.fromData(data, "JPEG")  # type: ignore[arg-type]  # bytes, which its stub asks for, are refused
    else:
        rgb = data.convert("RGB")
        raw = rgb.tobytes()
        image = QImage(raw, rgb.width, rgb.height, 3 * rgb.width, QImage.Format.Format_RGB888).copy()
    if image.isNull():
        return image
    short = min(image.width(), image.height())
    if short > side:
        image = image.scaled(
            round(image.width() * side / short),
            round(image.height() * side / short),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return image.convertToFormat(QImage.Format.Format_RGB32)
