"""Camera RAW files: the preview the camera made, or a half-size development where there is none."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from desktop_app.engine.pictures import exif, pillow
from desktop_app.engine.pictures.limits import check_cost
from desktop_app.engine.pictures.pixels import upright
from desktop_app.engine.pictures.result import Decoded, DecodeError

if TYPE_CHECKING:
    from rawpy import RawPy

_ORIENTATION_OF_FLIP = {0: 1, 3: 3, 5: 8, 6: 6}
_GOOD_PREVIEW = 640
_BYTES_PER_SENSOR_PIXEL = 12
_UNREADABLE = "The camera RAW data is damaged, or of a camera Kindred does not know"


def decode_raw(data: bytes, size: int | None) -> Decoded:
    """Decode a camera RAW file; arguments, result and errors as in `decode.decode`."""
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            return _decode(raw, data, size)
    except DecodeError:
        raise
    except MemoryError:
        raise DecodeError("too-large", "Developing this file takes more memory than there is.") from None
    except Exception:  # noqa: BLE001 - boundary: LibRaw raises anything on malformed files
        raise DecodeError("unreadable", f"{_UNREADABLE}.") from None


def _decode(raw: RawPy, data: bytes, size: int | None) -> Decoded:
    sizes = raw.sizes
    turned = sizes.flip in (5, 6)
    width, height = (sizes.height, sizes.width) if turned else (sizes.width, sizes.height)
    preview = _preview(raw, size)
    metadata = exif.from_bytes(data)
    if preview is None or min(preview.image.size) < min(size or _GOOD_PREVIEW, width, height):
        try:
            image = _develop(raw, len(data))
            preview = Decoded(image, width, height, None, None, False)
        except Exception:
            if preview is None:
                raise
    return replace(
        preview,
        width=width,
        height=height,
        taken_at=metadata.taken_at or preview.taken_at,
        camera=metadata.camera or preview.camera,
    )


def _preview(raw: RawPy, size: int | None) -> Decoded | None:
    import rawpy

    try:
        thumb = raw.extract_thumb()
        orientation = _ORIENTATION_OF_FLIP.get(raw.sizes.flip, 1)
        if thumb.format == rawpy.ThumbFormat.BITMAP:
            image = upright(Image.fromarray(np.asarray(thumb.data)).convert("RGB"), orientation)
            return Decoded(image, *image.size, None, None, False)
        decoded = pillow.decode(bytes(thumb.data), size, "jpeg", lenient=True, costly=True)
    except (rawpy.LibRawError, DecodeError, ValueError):
        return None
    block = exif.jpeg_exif_block(bytes(thumb.data[: 64 << 10]))
    if block is None or exif.from_bytes(block).orientation == 1:  # the preview itself does not say: the sensor does
        decoded = replace(decoded, image=upright(decoded.image, orientation))
    return decoded


def _develop(raw: RawPy, file_size: int) -> Image.Image:
    sensor = raw.sizes.raw_width * raw.sizes.raw_height
    cost = sensor * _BYTES_PER_SENSOR_PIXEL + file_size
    check_cost(cost, 0, (raw.sizes.raw_width, raw.sizes.raw_height))
    return Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8))
