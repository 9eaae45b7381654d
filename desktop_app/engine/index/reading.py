"""From one file to what is to be known of it: the work of the pipeline's threads."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import PIL
from PIL import Image

from desktop_app.engine import files
from desktop_app.engine.cache.cache import THUMBNAIL_SIZE, FileKey, FileRecord
from desktop_app.engine.errors import Cancelled, UsageError
from desktop_app.engine.folder.scan import check_picture
from desktop_app.engine.index import beside
from desktop_app.engine.index.ahead import Ahead
from desktop_app.engine.index.glances import PASSING_HASH
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import decode, reasons
from desktop_app.engine.pictures.formats import HEAD_BYTES, recognize
from desktop_app.engine.pictures.preview import glimpse
from desktop_app.engine.pictures.result import Decoded, DecodeError
from desktop_app.engine.types import Float32Array, PhotoFile, Problem
from desktop_app.engine.version import version
from desktop_app.engine.wording import display_path

PASSING = ("vanished", "unreadable-file", "changed", "too-slow", "workers-ended")
"""Problems of the moment, tried again by the next run."""
READER = 2
"""Edition of what reading makes of a file; a new one where some files look different from then on. Files that an older
edition read are read again; only those that `decode.changed_since` names are decoded and embedded again."""
_DECODE_SIZE = 240  # a little less than a thumbnail: JPEGs of 640 x 480 are decoded at half size, in half the time
_LONGEST_THUMBNAIL = 4 * THUMBNAIL_SIZE  # a panorama; JPEG itself ends at 65,535 pixels


def decode_size(card: ModelCard) -> int:
    """Short side to ask `decode.decode` for, so that a picture gets the same vector wherever it is embedded."""
    return max(_DECODE_SIZE, card.preprocessing.resize_to)


def reader_version() -> str:
    """What decides whether a file can be decoded; another version tries again those that could not."""
    return f"{version()}/{PIL.__version__}/{READER}"


@dataclass(slots=True)
class Outcome:
    """What became of one file: a record, with its vector unless another file of this run has the same content.

    ``beside`` are the other files of its unit that the picture depends on, ``stand_in`` the one that is shown in place
    of a file that cannot be read whole. What is ``passing`` came from a preview and is not kept.
    """

    row: int
    record: FileRecord | None = None
    vector: Float32Array | None = None
    thumbnail: bytes | None = None
    embedded: bool = False
    problem: Problem | None = None
    twin: int | None = None
    beside: list[tuple[FileKey, FileRecord]] = field(default_factory=list)
    stand_in: Path | None = None
    passing: bool = False


class Known(Protocol):
    """What a reader asks about contents; `Cache` has it."""

    def lookup_content(self, content_hash: str, reader: int = 0) -> FileRecord | None:
        """See `Cache.lookup_content`."""
        ...

    def vectors(self, hashes: Sequence[str], model_id: str, dim: int) -> tuple[Float32Array, npt.NDArray[np.bool_]]:
        """See `Cache.vectors`."""
        ...

    def has_thumbnail(self, content_hash: str) -> bool:
        """See `Cache.has_thumbnail`."""
        ...


class Reader:
    """Reads, hashes, decodes and embeds files, a few at a time; `read` may run in several threads at once.

    Args:
        cache: asked about contents; not written.
        embedder: the model.
        ctx: checked before each file.
        quick: the camera's preview will do where it shows the picture; of such a file only the beginning is read.
    """

    def __init__(self, cache: Known, embedder: Embedder, ctx: JobContext, *, quick: bool = False) -> None:
        self._cache, self._embedder, self._ctx, self._quick = cache, embedder, ctx, quick
        self._size = decode_size(embedder.card)
        self._claims: dict[str, int] = {}
        self._lock = threading.Lock()
        self._ahead = Ahead()

    def announce(self, files: Sequence[tuple[int, PhotoFile]]) -> None:
        """Say what `read` will be asked for next, so that the disk can begin."""
        if not self._quick:  # of which the beginnings are enough
            self._ahead.announce([file for _, file in files])

    def close(self) -> None:
        """Read nothing ahead any more, and return at once."""
        self._ahead.close()

    def read(self, files: Sequence[tuple[int, PhotoFile]]) -> list[Outcome]:
        """Outcomes of (row, file) pairs; fewer than asked for once the job is cancelled."""
        outcomes: list[Outcome] = []
        inputs: list[tuple[Outcome, Float32Array]] = []
        for row, file in files:
            try:
                self._ctx.check()
                outcome, model_input = self._read(row, file)
            except Cancelled:
                break
            outcomes.append(outcome)
            if model_input is not None:
                inputs.append((outcome, model_input))
        if inputs:
            paths = {row: file.path for row, file in files}
            vectors = self._embedder.run(np.stack([model_input for _, model_input in inputs]))
            for (outcome, _), vector in zip(inputs, vectors, strict=True):
                if np.isfinite(vector).all():
                    outcome.vector, outcome.embedded = vector, True
                else:
                    path = paths[outcome.row]
                    outcome.problem = Problem(path, "embed", "not-finite", reasons.NOT_FINITE)
        return outcomes

    def _read(self, row: int, file: PhotoFile) -> tuple[Outcome, Float32Array | None]:
        """Read one file; with a model input where a vector is still needed."""
        if self._quick and (glanced := self._glance(row, file)) is not None:
            return glanced
        try:
            data, now = self._ahead.take(file.path)
        except FileNotFoundError:
            return _failed(row, file, "vanished", reasons.VANISHED), None
        except OSError as error:
            return _failed(
                row, file, "unreadable-file", reasons.NOT_TO_BE_READ.format(reason=error.strerror or error)
            ), None
        except DecodeError as error:
            return _failed(row, file, error.code, error.message), None
        if (now.st_size, now.st_mtime_ns) != (file.size_bytes, file.mtime_ns) or len(data) != file.size_bytes:
            return _failed(row, file, "changed", reasons.CHANGED), None
        content_hash = files.content_hash(data)
        notes = beside.read_sidecars(file)
        turning = next((note for note in notes if note.orientation not in (None, 1)), None)
        if turning is None and not beside.pictures(file):  # of those, what is shown does not follow from the content
            with self._lock:
                first = self._claims.setdefault(content_hash, row)
            if first != row:
                return Outcome(row, twin=first, beside=[note.record for note in notes]), None
        known = self._known(beside.joined(content_hash, turning.content_hash) if turning else content_hash, data, file)
        if known.record is None or (known.record.damaged and beside.pictures(file)) or not known.is_all:
            outcome, model_input = self._decoded(row, content_hash, data, file, turning, known)
        else:
            outcome, model_input = Outcome(row, known.record, known.vector), None
        outcome.beside += [note.record for note in notes]
        return outcome, model_input

    def _glance(self, row: int, file: PhotoFile) -> tuple[Outcome, Float32Array] | None:
        """Make do with the beginning of a file; None where that is not enough."""
        if file.format != "jpeg" or beside.sidecars(file):
            return None
        found = glimpse(file.path)
        if found is None:
            return None
        meta, size = found.metadata, file.size_bytes.to_bytes(8, "big")
        record = FileRecord(
            PASSING_HASH + files.content_hash(found.mark + size), found.width, found.height, meta.taken_at, meta.camera
        )
        return Outcome(row, record, passing=True), preprocess(found.image, self._embedder.card)

    def _known(self, key: str, data: bytes, file: PhotoFile) -> _Known:
        """What the cache has of a picture, as far as reading it today would give the same."""
        record = self._cache.lookup_content(key)
        if record is None:  # as of most photos that are read at all: their header is not looked into for that
            return _Known(key)
        if (current := self._cache.lookup_content(key, READER)) is None and decode.changed_since(data, file.format):
            return _Known(key)
        return _Known(key, current or record, self._vector(key), self._cache.has_thumbnail(key))

    def _vector(self, content_hash: str) -> Float32Array | None:
        vectors, known = self._cache.vectors([content_hash], self._embedder.model_id, self._embedder.width)
        return vectors[0] if known[0] else None

    def _decoded(
        self,
        row: int,
        content_hash: str,
        data: bytes,
        file: PhotoFile,
        turning: beside.Sidecar | None,
        known: _Known,
    ) -> tuple[Outcome, Float32Array | None]:
        own = _own_picture(data, file, self._size, self._ctx.check)
        other = _Beside() if _is_whole(own) else _picture_beside(file, self._size, self._ctx.check)
        decoded = other.picture or own
        if isinstance(decoded, DecodeError):
            failed = _failed(row, file, decoded.code, decoded.message)
            failed.beside = other.looked_at
            return failed, None
        parts = [] if other.shown is None else [other.shown.content_hash]
        if turning is not None and turning.orientation is not None and not decoded.oriented:
            decoded = decoded.turned(turning.orientation)
            parts.append(turning.content_hash)
        key = beside.joined(content_hash, *parts)
        known = known if known.key == key else self._known(key, data, file)
        record = FileRecord(key, decoded.width, decoded.height, decoded.taken_at, decoded.camera, decoded.damaged)
        outcome = Outcome(row, record, known.vector, None if known.thumbnail else make_thumbnail(decoded.image))
        outcome.beside = other.looked_at
        if other.shown is not None:
            outcome.stand_in = other.looked_at[-1][0].path
        return outcome, preprocess(decoded.image, self._embedder.card) if known.vector is None else None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a picture: its record, its vector, and whether there is a thumbnail."""

    key: str
    record: FileRecord | None = None
    vector: Float32Array | None = None
    thumbnail: bool = False

    @property
    def is_all(self) -> bool:
        return self.vector is not None and self.thumbnail


@dataclass(slots=True)
class _Beside:
    """What came of looking at the pictures beside a photo that is broken itself.

    Attributes:
        picture: the first whole one, None where there is none.
        shown: what is known of it; it is the last of ``looked_at``.
        looked_at: for the cache, so that a broken photo is not read again until there is another picture beside it.
    """

    picture: Decoded | None = None
    shown: FileRecord | None = None
    looked_at: list[tuple[FileKey, FileRecord]] = field(default_factory=list)


def _own_picture(
    data: bytes, file: PhotoFile, size: int | None, check: Callable[[], object] | None
) -> Decoded | DecodeError:
    try:
        return decode.decode(data, size, format=file.format or None, check=check)
    except DecodeError as error:
        return error


def _is_whole(picture: Decoded | DecodeError) -> bool:
    return isinstance(picture, Decoded) and not picture.damaged


def _picture_beside(file: PhotoFile, size: int | None, check: Callable[[], object] | None) -> _Beside:
    found = _Beside()
    for path in beside.pictures(file):
        key = beside.key_of(path)
        try:
            content = decode.read_bytes(path)
        except (OSError, DecodeError):
            continue
        content_hash = files.content_hash(content)
        try:
            picture = decode.decode(content, size, check=check)
        except DecodeError as error:
            record = FileRecord(content_hash, 0, 0)
            if key is not None and error.code not in PASSING:
                found.looked_at.append((key, record))
            continue
        if key is None:
            continue
        size_and_more = picture.width, picture.height, picture.taken_at, picture.camera, picture.damaged
        record = FileRecord(content_hash, *size_and_more)  # as if it were a photo: it is one once the broken file goes
        found.looked_at.append((key, record))
        if not picture.damaged:
            found.picture, found.shown = picture, record
            break
    return found


def best_picture(data: bytes, file: PhotoFile, size: int | None, check: Callable[[], object] | None) -> Decoded:
    """The photo's own picture, or that of a companion where it is broken and the companion whole.

    Args:
        data: the photo's own file, whole.
        file: the unit.
        size: as for `decode.decode`.
        check: as for `decode.decode`.

    Raises:
        DecodeError: why the photo's own file cannot be read, where no companion can.
    """
    own = _own_picture(data, file, size, check)
    best = own if _is_whole(own) else _picture_beside(file, size, check).picture or own
    if isinstance(best, DecodeError):
        raise best
    return best


def embed_file(path: Path, embedder: Embedder) -> Float32Array:
    """Embed one picture from anywhere, as the pipeline would.

    Returns:
        float32[D].

    Raises:
        UsageError: what `scan.check_picture` raises; ``image-unreadable``.
        ModelError: ``model-failed``.
    """
    check_picture(path)
    try:
        data = decode.read_bytes(path)
        format = recognize(data[:HEAD_BYTES], path.suffix.lower())
        decoded = decode.decode(data, decode_size(embedder.card), format=format)
    except OSError as error:
        reason = error.strerror or error
        text = tr("{name} cannot be read: {reason}.", name=display_path(path), reason=reason)
        raise UsageError("image-unreadable", text) from error
    except DecodeError as error:
        text = tr("{name} cannot be read: {why}", name=display_path(path), why=reasons.said(error.message))
        raise UsageError("image-unreadable", text, tr("Choose another picture.")) from error
    vector: Float32Array = embedder.embed([decoded.image])[0]
    return vector


def _failed(row: int, file: PhotoFile, code: str, message: str) -> Outcome:
    return Outcome(row, problem=Problem(file.path, "decode", code, message))


def make_thumbnail(image: Image.Image) -> bytes:
    """JPEG of at most `THUMBNAIL_SIZE` pixels short side."""
    width, height = image.size
    scale = min(1.0, THUMBNAIL_SIZE / min(width, height), _LONGEST_THUMBNAIL / max(width, height))
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        image = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
