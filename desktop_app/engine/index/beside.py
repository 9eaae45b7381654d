"""What a photo's picture may depend on besides its own file: a better picture in its unit, a sidecar that turns it.

The cache knows such a picture by the hashes of all files it was made of, joined by ``+``: the photo's own first. No two
units are mixed up then, and a photo is read again when one of the others has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine import files
from desktop_app.engine.cache.cache import Batch, Cache, FileKey, FileRecord
from desktop_app.engine.pictures import xmp
from desktop_app.engine.pictures.formats import READ_EXTENSIONS
from desktop_app.engine.types import PhotoFile

_MOST_SIDECAR = 4 << 20
_JOINT = "+"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """An XMP file beside a photo.

    Attributes:
        key: as the disk describes it.
        content_hash: of its bytes; of the turn alone where it turns the picture, which stays the same photo when a
            program changes anything else in it.
        orientation: that it names (EXIF), None where it names none.
    """

    key: FileKey
    content_hash: str
    orientation: int | None

    @property
    def record(self) -> tuple[FileKey, FileRecord]:
        """What the cache keeps of it."""
        return self.key, FileRecord(self.content_hash, 0, 0)


def pictures(file: PhotoFile) -> list[Path]:
    """Companions that may be pictures of the same moment."""
    return [path for path in file.companions if path.suffix.lower() in READ_EXTENSIONS]


def key_of(path: Path) -> FileKey | None:
    """A companion as the disk describes it; None where it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return FileKey(path, status.st_size, status.st_mtime_ns)


def sidecars(file: PhotoFile) -> list[Path]:
    """XMP files beside a photo."""
    return [path for path in file.companions if path.suffix.lower() == ".xmp"]


def read_sidecars(file: PhotoFile) -> list[Sidecar]:
    """Read the XMP files beside a photo, those for this very file (``a.jpg.xmp``) first."""
    notes = map(read_sidecar, sorted(sidecars(file), key=lambda path: path.stem != file.path.name))
    return [note for note in notes if note is not None]


def read_sidecar(path: Path) -> Sidecar | None:
    """Read one XMP file; None where it is gone, cannot be read, or is larger than such a file can be."""
    key = key_of(path)
    if key is None or key.size > _MOST_SIDECAR:
        return None
    try:
        with files.regular_file(path) as stream:
            data = stream.read(_MOST_SIDECAR)
    except OSError:
        return None
    orientation = xmp.orientation(data)
    known_by = data if orientation in (None, 1) else f"turned {orientation}".encode()
    return Sidecar(key, files.content_hash(known_by), orientation)


def remember(cache: Cache, paths: Iterable[Path]) -> None:
    """Let the cache know XMP files that Kindred wrote itself.

    Else the next look at the folder would read every photo again to see what its sidecar changes.
    """
    notes = map(read_sidecar, paths)
    cache.put(Batch(files=[note.record for note in notes if note is not None]))


def joined(content_hash: str, *others: str) -> str:
    """The name of a picture made of several files."""
    return _JOINT.join((content_hash, *others))


def others(content_hash: str) -> Sequence[str]:
    """Hashes of the further files that a picture was made of."""
    return content_hash.split(_JOINT)[1:]
