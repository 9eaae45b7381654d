"""The small preview that a camera put into its JPEG: something to show long before the photo itself is decoded."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from desktop_app.engine.files import regular_file
from desktop_app.engine.pictures import exif, pillow
from desktop_app.engine.pictures.pixels import to_rgb, upright

_HEAD_BYTES = 68 << 10  # an EXIF block has at most 64 KiB, and little stands before it


def preview(path: Path) -> Image.Image | None:
    """Decode the preview in a JPEG file: upright, in under a millisecond; None without one."""
    try:
        with regular_file(path) as file:
            head = file.read(_HEAD_BYTES)
        block = exif.jpeg_exif_block(head) if head[:3] == b"\xff\xd8\xff" else None
        found = exif.embedded_thumbnail(block) if block else None
        if found is None:
            return None
        data, orientation, aspect = found
        pillow.silence()
        image = to_rgb(Image.open(io.BytesIO(data), formats=("JPEG",)))
        return upright(_without_bars(image, aspect), orientation)
    except Exception:  # noqa: BLE001 - boundary: a preview is a convenience, the full decode will say what is wrong
        return None


def _without_bars(image: Image.Image, aspect: float | None) -> Image.Image:
    # Cameras fit a 3:2 or 16:9 picture into a 4:3 preview between black bars.
    width, height = image.size
    if aspect is None or not 0.2 < aspect < 5:
        return image
    kept_width, kept_height = min(width, round(height * aspect)), min(height, round(width / aspect))
    left, top = (width - kept_width) // 2, (height - kept_height) // 2
    return image.crop((left, top, left + kept_width, top + kept_height))
