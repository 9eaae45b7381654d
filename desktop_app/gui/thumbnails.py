"""Thumbnails, loaded lazily: what is on the screen comes first, what was scrolled away is not loaded at all."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop_app.engine.job import JobContext
from desktop_app.gui.job_runner import Emit, JobRunner

LANE = "thumbnails"
_CACHE_BYTES = 192 * 2**20
_QUEUE_LENGTH = 600  # some screens full; older wishes are of rows that are long out of sight
_EMIT_SECONDS = 0.03


class Thumbnails(QObject):
    """A cache of pixmaps in front of a function that gives JPEG bytes.

    Args:
        runner: runs the loading.
        side: short side that is kept, in device pixels.
    """

    ready = Signal(object)
    """Ids (list[int]) whose pixmaps have arrived."""

    def __init__(self, runner: JobRunner, side: int = 256, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._side = side
        self._fetch: Callable[[int], bytes | None] | None = None
        self._cache: OrderedDict[int, QPixmap] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._wanted: deque[int] = deque(maxlen=_QUEUE_LENGTH)
        self._missing: set[int] = set()
        self._running = False

    def set_source(self, fetch: Callable[[int], bytes | None] | None) -> None:
        """Take thumbnails from ``fetch`` (called in a thread); None empties everything."""
        self._runner.drop(LANE)
        self._running = False
        with self._lock:
            self._wanted.clear()
        self._cache.clear()
        self._missing.clear()
        self._bytes = 0
        self._fetch = fetch

    def retry_missing(self) -> None:
        """What the source did not have may be there now: views that show it ask again."""
        missing, self._missing = list(self._missing), set()
        if missing:
            self.ready.emit(missing)

    def get(self, photo_id: int) -> QPixmap | None:
        """The pixmap when it is there; otherwise None, and it is on its way (see `ready`)."""
        pixmap = self._cache.get(photo_id)
        if pixmap is not None:
            self._cache.move_to_end(photo_id)
            return pixmap
        if photo_id not in self._missing and self._fetch is not None:
            with self._lock:
                if photo_id not in self._wanted:
                    self._wanted.append(photo_id)
            self._pump()
        return None

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
                    loaded.append((photo_id, _load(fetch(photo_id), side)))
                if loaded and (photo_id is None or time.monotonic() - last > _EMIT_SECONDS):
                    emit(loaded)
                    loaded, last = [], time.monotonic()
                if photo_id is None:
                    return

        self._runner.start(LANE, work, item=self._arrived, done=self._ended, failed=self._ended)

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
            if photo_id not in self._cache:
                self._bytes += image.sizeInBytes()
            self._cache[photo_id] = QPixmap.fromImage(image)
        while self._bytes > _CACHE_BYTES and len(self._cache) > 1:
            _, old = self._cache.popitem(last=False)
            self._bytes -= old.width() * old.height() * 4
        self.ready.emit([photo_id for photo_id, _ in loaded])


def _load(data: bytes | None, side: int) -> QImage:
    if data is None:
        return QImage()
    image = QImage.fromData(data)
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
