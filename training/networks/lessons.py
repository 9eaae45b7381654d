"""What a teacher makes of photos, lesson by lesson: each asked for when its turn comes, and kept for good.

A lesson shows every photo in one way: lesson 0 whole, each other one a random crop, which in some is blended with a
crop of another photo. The student later sees exactly what the teacher saw: a teacher that is consistent, and patient,
teaches best (Beyer et al. 2022, "Knowledge distillation: a good teacher is patient and consistent").
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext

from .. import distributed, places
from ..config import AugmentConfig
from ..files import explained, replace_file
from ..photos.augment import crop_resize, draw_crops, normalize, on_device, uniform
from ..photos.data import PhotoArray
from ..stored import loaded
from .teacher import INPUT, HalfWhitening, open_teacher, open_teacher_map

_BATCH = 64
_CODE = "cache-not-written"
_LEAST_SHARE = 0.5  # of a photo in a blend with another: it is still this photo's lesson
CELLS = 4
"""Cells along a side of what a teacher says place by place: as many as a ResNet-18's last map has at 128 px."""

Answers = npt.NDArray[np.float16]
_Ask = Callable[[Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class Lesson:
    """How every photo is shown.

    Attributes:
        boxes: float32[N, 4], the crops, as `photos.augment.draw_crops` gives them.
        partners: int64[N], which photo is blended in.
        partner_boxes: float32[N, 4], the crops of those.
        shares: float32[N], how much of the blend is the photo itself; 1 where nothing is blended in.
    """

    boxes: npt.NDArray[np.float32]
    partners: npt.NDArray[np.int64]
    partner_boxes: npt.NDArray[np.float32]
    shares: npt.NDArray[np.float32]

    def show(
        self, photos: Callable[[npt.NDArray[np.int64]], Tensor], rows: npt.NDArray[np.int64], flip: Tensor, size: int
    ) -> Tensor:
        """The photos ``rows`` int64[B] as this lesson shows them.

        Args:
            photos: gives uint8[B, 3, H, W] for rows.
            rows: int64[B].
            flip: bool[B], mirrored or not; on the device of the photos.
            size: side in pixels.

        Returns:
            float32[B, 3, size, size] in 0..1.
        """

        def cut(of: npt.NDArray[np.int64], boxes: npt.NDArray[np.float32], mirrored: Tensor) -> Tensor:
            scaled = photos(of).float().div_(255)
            return crop_resize(scaled, on_device(boxes, flip.device), mirrored, size)

        views = cut(rows, self.boxes[rows], flip)
        blended = np.flatnonzero(self.shares[rows] < 1)
        if len(blended):
            at, mixed = on_device(blended, flip.device), rows[blended]
            others = cut(self.partners[mixed], self.partner_boxes[mixed], flip[at])
            share = on_device(self.shares[mixed], flip.device).view(-1, 1, 1, 1)
            views[at] = torch.lerp(others, views[at], share)
        return views


def draw_lesson(count: int, number: int, crop_scale: tuple[float, float], pairs: float) -> Lesson:
    """Lesson ``number`` for ``count`` photos, the same whenever it is asked for.

    Args:
        count: N.
        number: 0 is the lesson of whole photos.
        crop_scale: smallest and largest share of the area that a random crop covers.
        pairs: in what share of the photos another one is blended in.
    """
    alone = np.ones(count, dtype=np.float32)
    if number == 0:
        whole = np.tile(np.array([0, 0, 1, 1], dtype=np.float32), (count, 1))
        return Lesson(whole, np.arange(count), whole, alone)
    generator = torch.Generator().manual_seed(number)
    config = AugmentConfig(crop_scale=crop_scale)
    boxes = draw_crops(count, config, generator)[0].numpy()
    if not pairs:
        return Lesson(boxes, np.arange(count), boxes, alone)
    partner_boxes = draw_crops(count, config, generator)[0].numpy()
    partners = torch.randint(count, (count,), generator=generator).numpy()
    share = uniform(count, _LEAST_SHARE, 1, generator)
    chosen = uniform(count, 0, 1, generator) < pairs
    return Lesson(boxes, partners, partner_boxes, torch.where(chosen, share, 1).numpy())


class Lessons:
    """All lessons of a teacher about some photos.

    Args:
        teacher: ONNX file under ``KINDRED_DATA``, see `networks.teacher.open_teacher`.
        photos: the photos.
        cache: folder in which answers are kept: 2 bytes a feature, photo and lesson.
        crop_scale: as for `draw_lesson`.
        pairs: as for `draw_lesson`.
        mirrored: whether the teacher answers with the mean over what is shown and its mirror image, at twice the time.

    Raises:
        UsageError: ``teacher-missing``.
    """

    def __init__(
        self,
        teacher: str,
        photos: PhotoArray,
        cache: Path,
        *,
        crop_scale: tuple[float, float],
        pairs: float,
        mirrored: bool,
    ) -> None:
        self._path = places.data() / teacher
        if not self._path.is_file():
            raise UsageError(
                "teacher-missing", f"There is no teacher {self._path}.", "Set KINDRED_DATA to where the data is."
            )
        self._photos, self._cache = photos, cache
        self._crop_scale, self._pairs, self._mirrored = crop_scale, pairs, mirrored
        self._digest = hashlib.blake2b(self._path.read_bytes(), digest_size=8)
        self._digest.update(photos.data_hash.encode())

    def lesson(self, number: int) -> Lesson:
        """How lesson ``number`` shows the photos."""
        return draw_lesson(len(self._photos.images), number, self._crop_scale, self._pairs)

    def answers(self, number: int, ctx: JobContext) -> Answers:
        """What the teacher makes of lesson ``number``: pooled features float16[N, D], mapped from disk.

        Asked for the first time, it takes a while, which can be interrupted: what was answered is kept.

        Raises:
            UserError: ``cache-not-written``.
        """

        def opened() -> _Ask:
            ask = open_teacher(self._path)
            return lambda shown: torch.from_numpy(ask(shown.numpy()))

        return self._kept(number, b"", opened, ctx)

    def cells(self, number: int, whitening: HalfWhitening, ctx: JobContext) -> Answers:
        """What it makes of each place there: components float16[N, `CELLS`, `CELLS`, d], likewise.

        Their mean over places is what it makes of the whole.
        """

        def opened() -> _Ask:
            ask = open_teacher_map(self._path)

            def components(shown: Tensor) -> Tensor:
                # Of the 7x7 places and 1,280 numbers of the map itself, a lesson would take 9 GB.
                places_last = torch.from_numpy(ask(shown.numpy())).permute(0, 2, 3, 1)
                return whitening.components(spread_over(places_last, (CELLS, CELLS)))

            return components

        return self._kept(number, b"cells" + whitening.digest, opened, ctx)

    def _kept(self, number: int, what: bytes, opened: Callable[[], _Ask], ctx: JobContext) -> Answers:
        lesson = self.lesson(number)
        digest = self._digest.copy()
        digest.update(lesson.boxes.tobytes())
        if (lesson.shares < 1).any():
            for part in (lesson.partners, lesson.partner_boxes, lesson.shares):
                digest.update(part.tobytes())
        if self._mirrored:
            digest.update(b"mirrored")
        digest.update(what)
        file = self._cache / f"teacher-{digest.hexdigest()}.npy"
        if distributed.rank() == 0 and loaded(file, mapped=True) is None:
            self._write(opened(), lesson, number, file, ctx)
        distributed.wait_for_all()
        answers: Answers = np.load(file, mmap_mode="r")
        return answers

    def _write(self, ask: _Ask, lesson: Lesson, number: int, file: Path, ctx: JobContext) -> None:
        row = ask(torch.zeros(1, 3, INPUT, INPUT)).half().numpy()
        part, count = file.with_suffix(".part"), len(self._photos.images)
        with explained(part, _CODE):
            part.parent.mkdir(parents=True, exist_ok=True)
            # Answers are added batch by batch, so that an hour's work outlives a stop at any moment. Whole batches
            # only: the last one may be torn, and begun elsewhere, batches would be rounded a little differently.
            done = part.stat().st_size // (row.nbytes * _BATCH) * _BATCH if part.exists() else 0
            with part.open("ab", buffering=0) as out:
                out.truncate(done * row.nbytes)
                for start in range(done, count, _BATCH):
                    ctx.progress(start, count, f"asking the teacher, lesson {number}")
                    rows = np.arange(start, min(start + _BATCH, count))
                    out.write(self._answer(ask, lesson, rows).tobytes())
                os.fsync(out.fileno())
        answers = np.fromfile(part, dtype=np.float16).reshape(count, *row.shape[1:])
        replace_file(file, lambda out: np.save(out, answers), _CODE)
        part.unlink()

    def _answer(self, ask: _Ask, lesson: Lesson, rows: npt.NDArray[np.int64]) -> Answers:
        flip = torch.zeros(len(rows), dtype=torch.bool)
        shown = normalize(lesson.show(lambda of: torch.tensor(self._photos.images[of]), rows, flip, INPUT))
        answer = ask(shown)
        if self._mirrored:
            mirrored = ask(shown.flip(3))
            answer = 0.5 * (answer + (mirrored if mirrored.ndim == 2 else mirrored.flip(2)))
        return answer.half().numpy()


def spread_over(cells: Tensor, sides: tuple[int, int]) -> Tensor:
    """A map in more or fewer cells: each new one is the mean over its area, so that the mean over all stays.

    Args:
        cells: float32[B, H, W, D].
        sides: new height and width.

    Returns:
        float32[B, *sides, D].
    """
    down, across = (_shares(old, new).to(cells.device) for old, new in zip(cells.shape[1:3], sides, strict=True))
    return torch.einsum("ih,jw,bhwd->bijd", down, across, cells)


def _shares(old: int, new: int) -> Tensor:
    """How much of each of ``new`` equal parts of a length lies in each of ``old`` ones: float32[new, old]."""
    ends, starts = torch.arange(1, new + 1).view(-1, 1) / new, torch.arange(new).view(-1, 1) / new
    overlap = torch.minimum(ends, torch.arange(1, old + 1) / old) - torch.maximum(starts, torch.arange(old) / old)
    return overlap.clamp(min=0) * new
