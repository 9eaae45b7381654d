"""HEIF by libheif: shrunk in strips, large grids tile by tile, by the preview inside where all that is too large."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from desktop_app.engine.pictures import color, exif, isobmff, limits
from desktop_app.engine.pictures.pixels import to_rgb, upright
from desktop_app.engine.pictures.result import Decoded, NotHere

if TYPE_CHECKING:
    from pi_heif import HeifImage

_STRIP_ROWS = 512
_QUARTERS_CLOCKWISE = {0: 1, 1: 8, 2: 3, 3: 6}  # quarter turns of `irot`, against the clock, as EXIF orientations
_MIRRORED = {0: 4, 1: 2}
_loading = threading.Lock()


def decode(data: bytes, size: int | None, costly: bool) -> Decoded:
    """Decode the primary picture of a file.

    Args:
        data: the whole file.
        size: wanted short side, pixels, as for `decode.decode`.
        costly: go on where it takes much memory.

    Raises:
        DecodeError: ``too-large``.
        NotHere: costly, where that was not asked for.
        Exception: anything on damaged files.
    """
    container = isobmff.parse(data) or isobmff.Container()
    image = _open(data)
    metadata = exif.from_blocks(image.info.get("exif"), image.info.get("xmp"))
    full: tuple[int, int] = image.size
    cost = full[0] * full[1] * _bytes_per_pixel(image, container, size)
    picture = None
    if size is not None and cost > limits.COSTLY and full[0] * full[1] <= limits.MAX_PIXELS:
        picture = _by_tiles(data, container, size)
        if picture is None and cost + len(data) > limits.MEMORY_LIMIT:
            picture = _preview(data, container)
    if picture is None:
        if limits.check_cost(cost, len(data), full) > limits.COSTLY and not costly:
            raise NotHere(costly=True)
        picture = _shrunk(image, _factor(full, size))
        full = image.size
    profile = image.info.get("icc_profile")
    picture = color.to_srgb(picture, profile) if profile else color.from_signal(picture, container.nclx())
    # By the standard the properties alone say which way is up, and libheif has followed them. Some phones write only
    # EXIF, which every gallery honors then.
    if not container.turns_itself:
        picture = upright(picture, metadata.orientation)
        full = (full[1], full[0]) if metadata.orientation >= 5 else full
    oriented = container.turns_itself or metadata.orientation != 1
    return Decoded(picture, *full, metadata.taken_at, metadata.camera, isobmff.is_cut(data), oriented)


def _open(data: bytes) -> HeifImage:
    with _loading:
        import pi_heif

        pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = False
    file = pi_heif.HeifFile(io.BytesIO(data), convert_hdr_to_8bit=True, remove_stride=False)
    return file[file.primary_index]


def _bytes_per_pixel(image: HeifImage, container: isobmff.Container, size: int | None) -> int:
    """Peak memory of decoding one pixel, measured over chroma, depth, alpha, turned or not, and rounded up.

    Measured with libheif 1.23, bytes a pixel: 4.6 for 8 bits of 4:2:0, whole or in tiles; 9.1 for 4:4:4 and for what
    is turned; 7.6 for 10 bits of 4:2:0, 13.1 of 4:2:2; 12.3 with alpha; 2.5 gray. A picture wanted at full size takes
    4 more, 4 again where it is turned here, and 4 where its colors are converted.
    """
    info: dict[str, Any] = image.info
    simple = info.get("chroma", 420) == 420 and not container.turns_itself
    deep = info.get("bit_depth", 8) > 8
    cost = (9 if simple else 14) if deep else (5 if simple else 10)
    if image.has_alpha:
        cost += 8
    if size is None:
        cost += 8 if container.turns_itself else 12
    return cost


def _factor(full: tuple[int, int], size: int | None) -> int:
    return 1 if size is None else max(1, min(full) // (2 * size))


def _shrunk(image: HeifImage, factor: int) -> Image.Image:
    """RGB, made smaller by a whole number, without a second copy of the whole."""
    data = memoryview(image.data)
    (width, height), stride = image.size, image.stride  # what the header said may change by decoding
    small = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    rows = -(-_STRIP_ROWS // factor) * factor
    for top in range(0, height, rows):
        count = min(rows, height - top)
        part = _rgb(image.mode, (width, count), data[top * stride : (top + count) * stride], stride)
        small.paste(part.reduce(factor) if factor > 1 else part, (0, top // factor))
    return small


def _rgb(mode: str, size: tuple[int, int], data: memoryview, stride: int) -> Image.Image:
    if ";16" in mode:  # deep gray, brought to 16 bits by the library
        deep = np.frombuffer(data, "<u2").reshape(size[1], stride // 2)
        channels = 2 if mode.startswith(("LA", "La")) else 1
        gray = (deep[:, : size[0] * channels : channels] >> 8).astype(np.uint8)
        return Image.fromarray(gray).convert("RGB")
    part = Image.frombytes(mode, size, data, "raw", mode, stride)
    if mode in ("RGBa", "La"):  # colors multiplied by alpha
        part = part.convert(mode.upper())
    return to_rgb(part)


def _by_tiles(data: bytes, container: isobmff.Container, size: int) -> Image.Image | None:
    """Decode a grid tile by tile, each shrunk before the next; None where it is none, or has an outline or alpha."""
    tiles = container.tiles(data)
    if tiles is None or container.is_masked:
        return None
    item = container.items[container.primary]
    color = item.property(b"colr")
    first = _open(container.alone(data, tiles.numbers[0], color))
    width, height = first.size
    if width * tiles.columns < tiles.width or height * tiles.rows < tiles.height:
        return None
    factor = 1
    while (
        min(tiles.width, tiles.height) // (2 * factor) >= 2 * size
        and width % (2 * factor) == height % (2 * factor) == 0
    ):
        factor *= 2
    whole = -(-tiles.width // factor), -(-tiles.height // factor)
    if whole[0] * whole[1] * 8 + width * height * _bytes_per_pixel(first, container, size) > limits.COSTLY:
        return None
    small = Image.new("RGB", whole)
    for index, number in enumerate(tiles.numbers):
        image = _open(container.alone(data, number, color))
        if image.size != (width, height):
            return None
        row, column = divmod(index, tiles.columns)
        small.paste(_shrunk(image, factor), (column * width // factor, row * height // factor))
    for _, body in item.properties:
        if body[4:8] == b"irot":
            small = upright(small, _QUARTERS_CLOCKWISE[body[8] & 3])
        elif body[4:8] == b"imir":
            small = upright(small, _MIRRORED[body[8] & 1])
    return small


def _preview(data: bytes, container: isobmff.Container) -> Image.Image | None:
    """The small picture that the camera put beside one that is too large for us; None without a readable one."""
    for number in container.previews:
        try:
            image = _open(container.alone(data, number, container.items[container.primary].property(b"colr")))
            limits.check_cost(image.size[0] * image.size[1] * 20, len(data), image.size)
            return _shrunk(image, 1)
        except Exception:  # noqa: BLE001 - boundary: another preview may do, and otherwise the reason is the size
            continue
    return None
