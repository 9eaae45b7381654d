"""What a teacher says of photos, and what the model makes of them: computed once for each zip file of photos."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from desktop_app.engine.computing.processor import usable_cores
from desktop_app.engine.errors import NoImagesError
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.types import Float32Array

from ..networks.card import draft_card
from ..networks.teacher import INPUT, Answer, answering
from ..photos.data import source_of
from ..stored import stored_arrays

_PART = 32
_SUFFIXES = (".webp", ".jpg", ".jpeg", ".png")


@dataclass(frozen=True, slots=True)
class Looked:
    """Photos as the teacher and the model saw them.

    Attributes:
        names: of the photos, ``source/path``: the zip file's name without its number, then the path in it.
        answers: float16[N, 1000], the teacher's logits.
        vectors: float32[N, D], the model's embeddings.
    """

    names: tuple[str, ...]
    answers: npt.NDArray[np.float16]
    vectors: Float32Array


def look(folders: Sequence[Path], embedder: Embedder, teacher: Path, ctx: JobContext, cache: Path) -> Looked:
    """Look at all photos of the zip files in ``folders``; what was looked at before is read from ``cache``.

    Raises:
        NoImagesError: ``no-images``.
        UserError: ``cache-not-written``.
        Cancelled: the zip files that were done are kept.
    """
    archives = [path for folder in folders for path in sorted(folder.glob("*.zip"))]
    if not archives:
        raise NoImagesError("no-images", f"There are no zip files of photos in {', '.join(map(str, folders))}.")
    ask = answering(teacher)
    seen = hashlib.sha256(teacher.read_bytes()).hexdigest()[:8]
    parts = []
    for done, path in enumerate(archives):
        ctx.progress(done, len(archives), f"looking at {path.name}")
        with zipfile.ZipFile(path) as archive:
            crcs = [(info.filename, info.CRC) for info in archive.infolist()]
        key = hashlib.blake2b(repr((crcs, embedder.model_id, seen)).encode(), digest_size=8).hexdigest()
        kept = cache / f"words-{path.stem}-{key}.npz"
        arrays = stored_arrays(kept, partial(_seen, path, embedder, ask, ctx))
        parts.append((arrays["names"], arrays["answers"], arrays["vectors"]))
    names, answers, vectors = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Looked(tuple(names.tolist()), answers, vectors)


def _seen(path: Path, embedder: Embedder, ask: Answer, ctx: JobContext) -> dict[str, npt.NDArray[Any]]:
    found = _look_at(path, embedder, ask, ctx)
    return {"names": np.array(found.names), "answers": found.answers, "vectors": found.vectors}


def _look_at(path: Path, embedder: Embedder, ask: Answer, ctx: JobContext) -> Looked:
    source = source_of(path)
    card = draft_card("teacher", INPUT, 1)
    names: list[str] = []
    rows: list[tuple[npt.NDArray[np.float16], Float32Array]] = []

    def of_part(part: Sequence[tuple[str, bytes]]) -> tuple[list[str], npt.NDArray[np.float16], Float32Array]:
        images = [Image.open(io.BytesIO(data)).convert("RGB") for _, data in part]
        answers = ask(np.stack([preprocess(image, card) for image in images]))
        return [f"{source}/{name}" for name, _ in part], answers.astype(np.float16), embedder.embed(images)

    with ThreadPoolExecutor(usable_cores()) as pool, zipfile.ZipFile(path) as archive:
        for found, answers, vectors in pool.map(of_part, _parts(archive)):
            ctx.check()
            names += found
            rows.append((answers, vectors))
    return Looked(tuple(names), np.concatenate([a for a, _ in rows]), np.concatenate([v for _, v in rows]))


def _parts(archive: zipfile.ZipFile) -> Iterator[list[tuple[str, bytes]]]:
    names = sorted(name for name in archive.namelist() if name.lower().endswith(_SUFFIXES))
    for start in range(0, len(names), _PART):
        yield [(name, archive.read(name)) for name in names[start : start + _PART]]
