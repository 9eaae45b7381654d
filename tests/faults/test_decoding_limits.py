"""The largest pictures of each format that are still decoded, and the files that broke other programs: time, memory."""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.pictures import decode, guard
from desktop_app.engine.pictures.formats import FORMATS
from desktop_app.engine.pictures.limits import MEMORY_LIMIT
from desktop_app.engine.pictures.result import Decoded, DecodeError
from tests.helpers import figures
from tests.helpers.memory import peak_mib
from tests.helpers.pictures import encode
from tests.helpers.tiff import tiff

SLOWEST, MOST_MEMORY = "slowest decode, seconds", "most memory of a decoding process, MiB"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the peak of another process is read from /proc")


def watch(data: bytes, size: int) -> Decoded | DecodeError:
    """Decode; note time and memory."""
    start = time.monotonic()
    try:
        return decode.decode(data, size)
    except DecodeError as error:
        return error
    finally:
        figures.largest(SLOWEST, time.monotonic() - start)
        for worker in guard._idle:
            peak = peak_mib(worker.process.pid)
            figures.largest(MOST_MEMORY, peak)
            assert peak <= 1024


@pytest.mark.slow
@pytest.mark.parametrize("name", ["png", "webp", "tiff", "avif", "bmp", "gif", "jpeg", "jpeg-2000"])
def test_the_largest_picture_that_is_accepted(name: str) -> None:
    per_pixel = FORMATS[name].bytes_per_pixel + (3 if name == "jpeg" else 0)
    side = min(math.isqrt((MEMORY_LIMIT - (24 << 20)) // per_pixel), 16_000)
    options: dict[str, object] = {
        "webp": {"method": 0},
        "tiff": {"compression": "tiff_lzw"},
        "avif": {"speed": 10},
        "jpeg": {"progressive": True},
        "png": {"compress_level": 1},
    }.get(name, {})
    if name == "bmp":
        side = min(side, 7_000)  # the file itself counts
    gradient = Image.linear_gradient("L").resize((side, side)).convert("RGB")
    data = encode(gradient, name.upper().replace("-", ""), **options)
    del gradient
    guard.release()  # a fresh process, so that the peak is this picture's
    found = watch(data, 256)
    assert isinstance(found, Decoded), found
    assert (found.width, found.height) == (side, side)
    figures.count("largest pictures of a format decoded")


@pytest.mark.slow
@pytest.mark.parametrize(("samples", "dtype"), [(3, np.float32), (1, np.uint16), (3, np.uint16)])
def test_the_largest_deep_tiff_that_is_accepted(samples: int, dtype: type) -> None:
    pixel = samples * np.dtype(dtype).itemsize
    side = math.isqrt((MEMORY_LIMIT - (24 << 20)) // (5 * pixel + 8))  # thrice while it changes hands, twice the file
    ramp = np.linspace(0, 1 if dtype is np.float32 else 65535, side).astype(dtype)
    data = tiff(np.broadcast_to(ramp[None, :, None], (side, side, samples)), 2 if samples == 3 else 1)
    guard.release()
    found = watch(data, 256)
    assert isinstance(found, Decoded), found
    assert (found.width, found.height) == (side, side)
    figures.count("largest pictures of a format decoded")


def test_the_files_that_broke_other_programs(kindred_data: Path) -> None:
    for path in sorted((kindred_data / "badimages").rglob("*")):
        if not path.is_file() or path.name in ("expected.csv", "SOURCE.md"):
            continue
        try:
            data = decode.read_bytes(path)
        except DecodeError:
            figures.count("bad images refused with their reason")
            continue
        found = watch(data, 256)
        if isinstance(found, DecodeError):
            assert found.code not in ("too-slow", "decoder-crashed"), path
            assert found.message
        what = "shown" if isinstance(found, Decoded) else "refused with their reason"
        figures.count(f"bad images {what}")
