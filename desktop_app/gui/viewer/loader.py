"""Reads photos at the size they are looked at, the ones before and after them ahead of time."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_app.engine.curation.renumbering import NewIds
from desktop_app.engine.errors import UserError
from desktop_app.engine.index.large import open_large
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Photo
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.lanes import Lane

_MOST_BYTES = 768 * 2**20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """A photo and the short side it is wanted at, pixels; None for the whole picture."""

    photo: Photo
    size: int | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a wish: a picture with what is known of it, or the reason why there is none."""

    image: QImage
    width: int
    height: int
    lines: tuple[tuple[str, str], ...] = ()
    reason: str = ""


class PhotoLoader(QObject):
    """Keeps what was read lately, up to a bound on memory.

    Args:
        runner: runs the reading.
    """

    arrived = Signal(object)
    """Id of a photo of which there is more to show now."""

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._kept: OrderedDict[tuple[int, bool], tuple[int, Loaded]] = OrderedDict()
        self._under_way: tuple[Wish, ...] = ()

    def sizes_of(self, photo_id: int) -> list[Loaded]:
        """All that is there of a photo, the smaller first."""
        return [self._kept[key][1] for key in ((photo_id, False), (photo_id, True)) if key in self._kept]

    def want(self, wishes: Sequence[Wish]) -> None:
        """Read these, in this order, instead of what was wanted before."""
        for wish in wishes:
            key = wish.photo.id, wish.size is None
            if key in self._kept:
                self._kept.move_to_end(key)
        missing = tuple(wish for wish in wishes if not self._has(wish))
        if missing and missing == self._under_way and self._runner.is_busy(Lane.VIEWER):
            return
        self._under_way = missing

        def work(ctx: JobContext, emit: Emit) -> None:
            for wish in missing:
                ctx.check()
                emit((wish, _read(wish, ctx)))

        if missing:
            self._runner.start(Lane.VIEWER, work, item=self._arrived, failed=_failed)

    def renumber(self, ids: NewIds) -> None:
        """Photos have other ids; what is being read is about the old ones."""
        self._runner.drop(Lane.VIEWER)
        self._under_way = ()
        kept = self._kept.items()
        self._kept = OrderedDict(((ids.one(photo_id), whole), one) for (photo_id, whole), one in kept)

    def forget(self) -> None:
        """Let everything go."""
        self._runner.drop(Lane.VIEWER)
        self._kept.clear()
        self._under_way = ()

    def _has(self, wish: Wish) -> bool:
        whole = self._kept.get((wish.photo.id, True))
        if whole is not None:
            return True
        kept = self._kept.get((wish.photo.id, False))
        return wish.size is not None and kept is not None and kept[0] >= wish.size

    def _arrived(self, item: tuple[Wish, Loaded]) -> None:
        wish, loaded = item
        key = wish.photo.id, wish.size is None
        self._kept.pop(key, None)
        self._kept[key] = (wish.size or 0, loaded)
        newest = key
        while sum(one.image.sizeInBytes() for _, one in self._kept.values()) > _MOST_BYTES:
            oldest = next(iter(self._kept))
            if oldest == newest:
                break
            del self._kept[oldest]
        self.arrived.emit(wish.photo.id)


def _read(wish: Wish, ctx: JobContext) -> Loaded:
    try:
        found = open_large(wish.photo, wish.size, ctx.check)
    except UserError as error:
        return Loaded(QImage(), wish.photo.width, wish.photo.height, reason=str(error))
    return Loaded(_to_qt(found.image), found.width, found.height, found.lines)


def _to_qt(image: Image.Image) -> QImage:
    raw = image.tobytes()
    packed = QImage(raw, image.width, image.height, 3 * image.width, QImage.Format.Format_RGB888)
    return packed.convertToFormat(QImage.Format.Format_RGB32)  # as Qt paints it, or it would be turned at each painting


def _failed(error: Exception) -> None:
    _log.warning("reading a large picture failed: %s", type(error).__name__)
    _log.debug("%s", error)
