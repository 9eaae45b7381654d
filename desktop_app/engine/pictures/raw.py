"""Camera RAW files: the preview the camera made, or a half-size development where there is none."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from desktop_app.engine.pictures import exif, pillow, reasons
from desktop_app.engine.pictures.limits import check_cost
from desktop_app.engine.pictures.pixels import is_flat, upright
from desktop_app.engine.pictures.result import Decoded, DecodeError

if TYPE_CHECKING:
    from rawpy import RawPy

_ORIENTATION_OF_FLIP = {0: 1, 1: 2, 2: 4, 3: 3, 4: 5, 5: 8, 6: 6, 7: 7}
_SIDEWAYS = 5  # EXIF orientations from this on turn a picture onto its side
_SQUARE = 1.05  # below this ratio of sides a picture does not show by its outline which way it was turned
_GOOD_PREVIEW = 640
_BYTES_PER_SENSOR_PIXEL = 12


def decode_raw(data: bytes, size: int | None) -> Decoded:
    """Decode a camera RAW file; arguments, result and errors as in `decode.decode`."""
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            return _decode(raw, data, size)
    except DecodeError:
        raise
    except MemoryError:
        raise DecodeError("too-large", reasons.RAW_NO_MEMORY) from None
    except (rawpy.NotSupportedError, rawpy.LibRawNotImplementedError, NotImplementedError):
        raise DecodeError("unsupported-kind", reasons.RAW_NOT_DEVELOPED) from None
    except Exception:  # noqa: BLE001 - boundary: LibRaw raises anything on malformed files
        raise DecodeError("unreadable", reasons.RAW_DAMAGED) from None


def _decode(raw: RawPy, data: bytes, size: int | None) -> Decoded:
    import rawpy

    sizes = raw.sizes
    sideways = _orientation(raw) >= _SIDEWAYS
    width, height = (sizes.height, sizes.width) if sideways else (sizes.width, sizes.height)
    preview = _preview(raw, size)
    metadata = exif.from_bytes(data)
    if preview is None or min(preview.image.size) < min(size or _GOOD_PREVIEW, width, height):
        try:
            image = _develop(raw, len(data))
            preview = Decoded(image, width, height, None, None, False)
        except rawpy.LibRawFileUnsupportedError:  # opened, but packed in a way LibRaw does not know
            if preview is None:
                raise DecodeError("unsupported-kind", reasons.RAW_NOT_DEVELOPED) from None
        except Exception:
            if preview is None:
                raise
    return replace(
        preview,
        width=width,
        height=height,
        taken_at=metadata.taken_at or preview.taken_at,
        camera=metadata.camera or preview.camera,
        oriented=_orientation(raw) != 1,
    )


def _orientation(raw: RawPy) -> int:
    return _ORIENTATION_OF_FLIP.get(raw.sizes.flip, 1)


def _preview(raw: RawPy, size: int | None) -> Decoded | None:
    import rawpy

    try:
        thumb = raw.extract_thumb()
        if thumb.format == rawpy.ThumbFormat.BITMAP:
            image = Image.fromarray(np.asarray(thumb.data)).convert("RGB")
            image = upright(image, _turn(raw, image.size, 1))
            return Decoded(image, *image.size, None, None, False)
        data = bytes(thumb.data)
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as header:
            turn = _turn(raw, header.size, exif.read_metadata(header).orientation)
        return pillow.decode(data, size, "jpeg", lenient=True, costly=True, orientation=turn)
    # NotImplementedError: previews in HEVC, which Canon writes beside photos of high dynamic range.
    except (rawpy.LibRawError, rawpy.NotSupportedError, NotImplementedError, DecodeError, ValueError, OSError):
        return None


def _turn(raw: RawPy, preview: tuple[int, int], own: int) -> int:
    """The orientation that brings a preview upright.

    Some previews lie as the sensor does, some stand upright already, and what the preview itself says may have been put
    there by LibRaw from the sensor's: the first that gives the outline of the upright photo is right.

    Args:
        raw: the opened file.
        preview: its sides as stored, pixels.
        own: EXIF orientation in the preview, 1 where it has none.
    """
    sensor = _orientation(raw)
    candidates = [own, sensor] if own != 1 else [sensor]
    lying = raw.sizes.width >= raw.sizes.height
    long, short = max(preview), min(preview)
    outlined = long > _SQUARE * short and abs(raw.sizes.width - raw.sizes.height) > 0.05 * raw.sizes.height
    if not outlined:
        return candidates[0]
    wanted = lying != (sensor >= _SIDEWAYS)
    for orientation in (*candidates, 1):
        if ((preview[0] >= preview[1]) != (orientation >= _SIDEWAYS)) == wanted:
            return orientation
    return candidates[0]


def _develop(raw: RawPy, file_size: int) -> Image.Image:
    sensor = raw.sizes.raw_width * raw.sizes.raw_height
    cost = sensor * _BYTES_PER_SENSOR_PIXEL + file_size
    check_cost(cost, 0, (raw.sizes.raw_width, raw.sizes.raw_height))
    image = Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8))
    if is_flat(image):
        raise ValueError("a sensor never sees one color alone")
    return image
