"""A large folder that was looked at before: files that are there, and a cache that knows them, without a decoder."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_app.engine import paths
from desktop_app.engine.cache.cache import Batch, Cache, FileKey, FileRecord
from desktop_app.engine.files import content_hash
from desktop_app.engine.index.reading import READER
from desktop_app.engine.models import shelf
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.settings import Settings

_KINDS = 12
_PICTURES = 240
_BATCH = 4_000


def lay_files(folder: Path, count: int, seed: int = 0) -> list[bytes]:
    """Write ``count`` small pictures of twelve kinds of color, each with a content of its own; returns the pictures.

    Args:
        folder: made; file number i shows picture ``i % len(pictures)``.
        count: of files.
        seed: of the noise.
    """
    rng = np.random.default_rng(seed)
    colors = rng.integers(20, 235, (_KINDS, 3))
    pictures = []
    for number in range(_PICTURES):
        pixels = np.clip(colors[number % _KINDS] + rng.normal(0, 14, (72, 96, 3)), 0, 255).astype(np.uint8)
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG", quality=80)
        pictures.append(buffer.getvalue())
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"IMG_{number:06}.jpg").write_bytes(pictures[number % _PICTURES] + b"%d" % number)
    return pictures


def lay_cache(folder: Path, pictures: list[bytes], settings: Settings, seed: int = 0) -> None:
    """Let the cache know the files of `lay_files` with vectors around twelve centers, as the settings' model would."""
    rng = np.random.default_rng(seed)
    files = sorted(os.scandir(folder), key=lambda entry: entry.name)
    embedder = Embedder(shelf.resolve(settings.model), settings)
    model_id, width = embedder.model_id, embedder.width
    centers = rng.normal(0, 1, (_KINDS, width))
    with Cache(paths.cache_dir()) as cache:
        for start in range(0, len(files), _BATCH):
            batch = Batch(model_id, reader=READER)
            for number, entry in enumerate(files[start : start + _BATCH], start):
                state, picture = entry.stat(), pictures[number % len(pictures)]
                known = content_hash(picture + b"%d" % number)
                taken = f"20{10 + number % 14}-{1 + number % 12:02}-{1 + number % 28:02}T10:00:00"
                key = FileKey(Path(entry.path), state.st_size, state.st_mtime_ns)
                batch.files.append((key, FileRecord(known, 96, 72, taken)))
                vector = centers[number % _KINDS] + rng.normal(0, 0.35, width)
                batch.vectors[known] = vector.astype(np.float32)
                batch.thumbnails[known] = picture
            assert cache.put(batch)
