"""What the tests of indexing share: pictures, runs over them, and runs that are stopped on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index import pipeline
from desktop_app.engine.index.pipeline import IndexResult
from desktop_app.engine.index.reading import decode_size
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import decode


def draw(seed: int, width: int = 90, height: int = 60) -> Image.Image:
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (width, height), tuple(rng.integers(0, 256, 3).tolist()))
    pen = ImageDraw.Draw(image)
    for _ in range(6):
        x, y = int(rng.integers(width)), int(rng.integers(height))
        pen.ellipse((x - 12, y - 12, x + 12, y + 12), fill=tuple(rng.integers(0, 256, 3).tolist()))
    return image


def run(folder: Path, cache: Cache, embedder: Embedder, ctx: JobContext | None = None, **more: object) -> IndexResult:
    ctx = ctx or JobContext()
    return pipeline.index(scan(folder, ctx), cache, embedder, ctx, **more)  # type: ignore[arg-type]


def naive(folder: Path, embedder: Embedder) -> dict[Path, np.ndarray]:
    """One picture after the other, nothing remembered."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    size = decode_size(embedder.card)
    return {path: embedder.embed([decode.decode(path.read_bytes(), size).image])[0] for path in paths}


def by_path(result: IndexResult) -> dict[Path, bytes]:
    return {
        photo.path: vector.tobytes() for photo, vector in zip(result.photos, result.embeddings.vectors, strict=True)
    }


def stopping(after: int, stop: Callable[[JobContext], None]) -> JobContext:
    """A context whose listener calls ``stop`` once so many photos are done."""

    def listener(event: Progress) -> None:
        if event.text == "Reading photos" and event.done >= after:
            stop(ctx)

    ctx = JobContext(listener, max_events_per_second=1e9)
    return ctx
