"""The sample album: some 120 pictures of seven kinds, drawn by Kindred itself and belonging to nobody.

It gives a first look at the program something to sort, with what real albums have: dates and cameras, pictures stored
on their side, bursts of near-duplicates, screenshots among the photos and one file that was cut short.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image

from desktop_app.engine.sample import scenes, things

_FIRST_DAY = datetime(2024, 5, 4)
_DAMAGED = ("mountains", 4)
_PHONE, _CAMERA = ("Aurora", "Aurora P5"), ("Lumen", "Lumen D40")


@dataclass(frozen=True, slots=True)
class _Kind:
    """Attributes: paint; count of pictures; hour at which they are taken; source, which decides name and format."""

    paint: Callable[[np.random.Generator], Image.Image]
    count: int
    hour: float
    source: Literal["phone", "camera", "screenshot"]


KINDS: dict[str, _Kind] = {
    "sunset": _Kind(scenes.sunset, 18, 20.4, "camera"),
    "mountains": _Kind(scenes.mountains, 18, 10.2, "camera"),
    "night": _Kind(scenes.night, 17, 22.6, "camera"),
    "flowers": _Kind(scenes.flowers, 17, 15.1, "phone"),
    "receipt": _Kind(things.receipt, 17, 13.0, "phone"),
    "screen": _Kind(things.screen, 15, 9.0, "screenshot"),
    "portrait": _Kind(things.portrait, 18, 17.2, "phone"),
}


@dataclass(frozen=True, slots=True)
class _Shot:
    """One file to be: its kind, which picture of the kind, its place in a burst, when, and how it is stored."""

    kind: str
    number: int
    burst: int
    taken: datetime
    orientation: int


def make_sample_album(folder: Path, seed: int = 0) -> list[Path]:
    """Draw the album into a folder; a folder that holds anything is left as it is.

    Args:
        folder: made if it is missing.
        seed: of every random draw; the same seed gives the same files.

    Returns:
        The files in the folder, sorted by name: by the device that took them, then by date.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        shots = _shots(np.random.default_rng(seed))
        with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            drawn = list(pool.map(lambda shot: _draw(shot, seed), shots))
        # Written only now: an interrupted first look leaves an empty folder, to be filled the next time.
        for shot, data in zip(shots, drawn, strict=True):
            path = folder / _name(shot)
            path.write_bytes(data)
            os.utime(path, (shot.taken.timestamp(),) * 2)
    return sorted(path for path in folder.iterdir() if path.is_file())


def _shots(rng: np.random.Generator) -> list[_Shot]:
    shots = []
    for kind, row in KINDS.items():
        number = made = 0
        while made < row.count:
            day = _FIRST_DAY + timedelta(days=int(rng.integers(0, 120)))
            taken = day + timedelta(hours=row.hour + rng.uniform(-0.8, 0.8))
            burst = 3 if number % 6 == 1 and row.source != "screenshot" else 1
            on_its_side = row.source == "phone" and number % 4 == 2
            orientation = int(rng.choice([6, 8])) if on_its_side else 1
            for shot in range(min(burst, row.count - made)):
                shots.append(_Shot(kind, number, shot, taken + timedelta(seconds=shot), orientation))
            made += min(burst, row.count - made)
            number += 1
    return shots


def _name(shot: _Shot) -> str:
    source = KINDS[shot.kind].source
    stamp = shot.taken.strftime("%Y%m%d_%H%M%S")
    return {"phone": f"IMG_{stamp}.jpg", "camera": f"LMN_{stamp}.JPG", "screenshot": f"Screenshot_{stamp}.png"}[source]


def _draw(shot: _Shot, seed: int) -> bytes:
    image = KINDS[shot.kind].paint(np.random.default_rng([seed, list(KINDS).index(shot.kind), shot.number]))
    if shot.burst:
        image = _moved(image, np.random.default_rng([seed, shot.number, shot.burst]))
    return _encode(image, shot)


def _moved(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """The same view a moment later: the hand moved a little, the exposure differs by a trace."""
    left, top = (int(shift) for shift in rng.integers(0, 13, 2))
    width, height = image.size
    view = image.resize((width, height), Image.Resampling.BICUBIC, (left, top, width - 13 + left, height - 13 + top))
    gain = rng.uniform(0.94, 1.05)
    return view.point([min(int(value * gain), 255) for value in range(256)] * 3)


def _encode(image: Image.Image, shot: _Shot) -> bytes:
    source = KINDS[shot.kind].source
    exif = Image.Exif()
    exif[0x0112] = shot.orientation
    stamp = shot.taken.strftime("%Y:%m:%d %H:%M:%S")
    exif.get_ifd(0x8769)[0x9003] = stamp
    buffer = io.BytesIO()
    if source == "screenshot":
        image.save(buffer, "PNG", compress_level=3, exif=exif)
        return buffer.getvalue()
    exif[0x010F], exif[0x0110] = _PHONE if source == "phone" else _CAMERA
    stored = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}.get(shot.orientation)
    (image if stored is None else image.transpose(stored)).save(buffer, "JPEG", quality=88, exif=exif)
    data = buffer.getvalue()
    return data[: len(data) * 3 // 5] if (shot.kind, shot.number) == _DAMAGED else data
