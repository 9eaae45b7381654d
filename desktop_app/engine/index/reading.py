"""From one file to what is to be known of it: the work of the pipeline's threads."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import PIL
from PIL import Image

from desktop_app.engine import files
from desktop_app.engine.cache.cache import THUMBNAIL_SIZE, Cache, FileRecord
from desktop_app.engine.errors import Cancelled, UsageError
from desktop_app.engine.folder.scan import check_picture
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import decode
from desktop_app.engine.pictures.result import DecodeError
from desktop_app.engine.types import Float32Array, PhotoFile, Problem
from desktop_app.engine.version import version
from desktop_app.engine.wording import display_path

PASSING = ("vanished", "unreadable-file", "changed", "too-slow")
"""Problems of the moment, tried again by the next run."""
_DECODE_SIZE = 240  # a little less than a thumbnail: JPEGs of 640 x 480 are decoded at half size, in half the time
_LONGEST_THUMBNAIL = 4 * THUMBNAIL_SIZE  # a panorama; JPEG itself ends at 65,535 pixels


def decode_size(card: ModelCard) -> int:
    """Short side to ask `decode.decode` for, so that a picture gets the same vector wherever it is embedded."""
    return max(_DECODE_SIZE, card.preprocessing.resize_to)


def reader_version() -> str:
    """What decides whether a file can be decoded; another version tries again those that could not."""
    return f"{version()}/{PIL.__version__}"


@dataclass(slots=True)
class Outcome:
    """What became of one file: a record, with its vector unless another file of this run has the same content."""

    row: int
    record: FileRecord | None = None
    vector: Float32Array | None = None
    thumbnail: bytes | None = None
    embedded: bool = False
    problem: Problem | None = None
    twin: int | None = None


class Reader:
    """Reads, hashes, decodes and embeds files, a few at a time; `read` may run in several threads at once.

    Args:
        cache: asked about contents; not written.
        embedder: the model.
        ctx: checked before each file.
    """

    def __init__(self, cache: Cache, embedder: Embedder, ctx: JobContext) -> None:
        self._cache, self._embedder, self._ctx = cache, embedder, ctx
        self._size = decode_size(embedder.card)
        self._claims: dict[str, int] = {}
        self._lock = threading.Lock()

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
                    outcome.problem = Problem(path, "embed", "not-finite", "The model gave no usable numbers for it.")
        return outcomes

    def _read(self, row: int, file: PhotoFile) -> tuple[Outcome, Float32Array | None]:
        """Read one file; with a model input where a vector is still needed."""
        try:
            data = decode.read_bytes(file.path)
            now = file.path.stat()
        except FileNotFoundError:
            return _failed(row, file, "vanished", "It was there a moment ago and is gone now."), None
        except OSError as error:
            return _failed(row, file, "unreadable-file", f"It cannot be read: {error.strerror or error}."), None
        except DecodeError as error:
            return _failed(row, file, error.code, error.message), None
        if (now.st_size, now.st_mtime_ns) != (file.size_bytes, file.mtime_ns) or len(data) != file.size_bytes:
            return _failed(row, file, "changed", "It was changed while Kindred read it; the next run takes it."), None
        content_hash = files.content_hash(data)
        with self._lock:
            first = self._claims.setdefault(content_hash, row)
        if first != row:
            return Outcome(row, twin=first), None
        record = self._cache.lookup_content(content_hash)
        vectors, known = self._cache.vectors([content_hash], self._embedder.model_id, self._embedder.width)
        vector = vectors[0] if known[0] else None
        has_thumbnail = self._cache.has_thumbnail(content_hash)
        if record is not None and vector is not None and has_thumbnail:
            return Outcome(row, record, vector), None
        try:
            decoded = decode.decode(data, self._size, format=file.format, check=self._ctx.check)
        except DecodeError as error:
            return _failed(row, file, error.code, error.message), None
        record = FileRecord(
            content_hash, decoded.width, decoded.height, decoded.taken_at, decoded.camera, decoded.damaged
        )
        outcome = Outcome(row, record, vector, None if has_thumbnail else make_thumbnail(decoded.image))
        return outcome, preprocess(decoded.image, self._embedder.card) if vector is None else None


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
        decoded = decode.decode(decode.read_bytes(path), decode_size(embedder.card))
    except OSError as error:
        reason = error.strerror or error
        raise UsageError("image-unreadable", f"{display_path(path)} cannot be read: {reason}.") from error
    except DecodeError as error:
        raise UsageError(
            "image-unreadable", f"{display_path(path)} cannot be read: {error}", "Choose another picture."
        ) from error
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
