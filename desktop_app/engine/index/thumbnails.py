"""A photo's thumbnail: from the cache, from the preview of a file that was not read in full yet, or made again."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PIL import Image

from desktop_app.engine.cache.cache import Batch, Cache
from desktop_app.engine.errors import UserError
from desktop_app.engine.index import large, reading
from desktop_app.engine.index.glances import PASSING_HASH
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.pictures.preview import glimpse
from desktop_app.engine.types import Photo

_MOST_UNKEPT = 4096


class Thumbnails:
    """Thumbnails of the photos of a library; may be asked from several threads.

    Args:
        cache: has most of them, and keeps what is made again.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._unkept: OrderedDict[str, bytes] = OrderedDict()  # by content, while the cache takes none

    def of(self, photo: Photo) -> bytes | None:
        """JPEG bytes of at most 256 px short side, None where there is none."""
        content = photo.content_hash
        if not content.startswith(PASSING_HASH):
            return self._cache.thumbnail(content) or self._unkept.get(content)
        seen = glimpse(photo.path)
        return reading.make_thumbnail(seen.image) if seen is not None else None

    def pictures(self, photos: Sequence[Photo], ctx: JobContext) -> list[Image.Image]:
        """The thumbnails that the cache has of these photos, as RGB; a small black picture for one that it has lost.

        Raises:
            Cancelled: the person asked to stop.
        """
        found: list[Image.Image] = []
        for done, photo in enumerate(photos):
            ctx.progress(done, len(photos), tr_noop("Reading thumbnails"))
            data = self._cache.thumbnail(photo.content_hash)
            with Image.open(io.BytesIO(data)) if data else Image.new("RGB", (16, 16)) as image:
                found.append(image.convert("RGB"))
        return found

    def make_again(self, photo: Photo, size: int, check: Callable[[], object]) -> bool:
        """Read a photo again whose thumbnail the cache has lost; returns whether it has one now.

        A file that has changed since it was indexed, has gone or cannot be read any more gets none.

        Args:
            photo: as it was indexed.
            size: short side to decode at, pixels.
            check: called now and then; what it raises ends it.
        """
        try:
            status = photo.path.stat()
            if (status.st_size, status.st_mtime_ns) != (photo.size_bytes, photo.mtime_ns):
                return False
            picture = large.open_large(photo, size, check)
        except (OSError, UserError):
            return False
        jpeg = reading.make_thumbnail(picture.image)
        if not self._cache.put(Batch(thumbnails={photo.content_hash: jpeg})):
            self._unkept[photo.content_hash] = jpeg  # a full disk is no reason to show nothing
            if len(self._unkept) > _MOST_UNKEPT:
                self._unkept.popitem(last=False)
        return True
