#!/bin/bash
# rawpy on DNGs without a color mosaic: gray ones come with a third axis of 1, and half_size does nothing.
#
# Guess: RawPy.postprocess() gives (height, width, 3), and half_size=True halves both sides of any RAW file:
#   a quarter of the memory, so that is what to ask for when a thumbnail or a model's input is wanted.
# Happens (rawpy 0.28.0, LibRaw 0.22.2):
#   * A DNG of a camera without color filters (monochrome bodies of Leica, Pentax, Phase One: LinearRaw, one sample)
#     gives (height, width, 1). Pillow 13 refuses to make a picture of that (TypeError).
#   * For it and for DNGs with three samples a pixel (LinearRaw: phones' "ProRAW", panoramas and denoised files of RAW
#     converters) half_size=True is ignored: the full size comes. An ordinary mosaic is halved.
#   * Memory: some 5 bytes for each pixel of a mosaic, 19 of a three-sample file. And where it does not suffice,
#     rawpy raises LibRawMemPoolOverflowError, which is no MemoryError.
# Source: rawpy's RawPy.dcraw_make_mem_image() takes the number of colors from LibRaw; LibRaw shrinks only where there
#   is a filter pattern (`shrink = filters && ...half_size`); the DNG specification, PhotometricInterpretation 34892.
# Why it matters to a program that sorts photos: the way for RAW files without a usable preview fails on exactly these
#   (a monochrome file as "damaged"), and a limit reckoned for half size is passed four times over.
# Seen with Python 3.11, rawpy 0.28.0, Pillow 13.0.0, numpy 2.4.6, x86-64 Linux, November 2026.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
python="$folder/venv/bin/python"
"$python" -m pip install -q --disable-pip-version-check rawpy==0.28.0 pillow==13.0.0 numpy==2.4.6
cat >"$folder/expected" <<'END'
mosaic: (480, 640, 3), half size (240, 320, 3), Pillow makes a picture
three samples: (480, 640, 3), half size (480, 640, 3), Pillow makes a picture
monochrome: (480, 640, 1), half size (480, 640, 1), Pillow: TypeError
too little memory: a LibRawError True, a MemoryError False
END
cat >"$folder/try.py" <<'END'
import io
import resource
import struct
from pathlib import Path

import numpy as np
import rawpy
from PIL import Image

BYTE, ASCII, SHORT, LONG, RATIONAL, SIGNED_RATIONAL = 1, 2, 3, 4, 5, 10
SIZE = {BYTE: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, SIGNED_RATIONAL: 8}
FORM = {BYTE: "B", ASCII: "B", SHORT: "H", LONG: "I", RATIONAL: "I", SIGNED_RATIONAL: "i"}
MOSAIC, LINEAR_RAW = 32803, 34892


def dng(samples, photometric):
    """A small uncompressed DNG: one directory, one strip of 16-bit samples."""
    height, width, per_pixel = samples.shape
    name = b"Maker Model\0"
    identity = [one for row in range(3) for column in range(3) for one in (int(row == column), 1)]
    strip = samples.astype("<u2").tobytes()
    tags = {
        254: (LONG, [0]), 256: (LONG, [width]), 257: (LONG, [height]), 258: (SHORT, [16] * per_pixel),
        259: (SHORT, [1]), 262: (SHORT, [photometric]), 271: (ASCII, b"Maker\0"), 272: (ASCII, b"Model\0"),
        273: (LONG, [0]), 274: (SHORT, [1]), 277: (SHORT, [per_pixel]), 278: (LONG, [height]),
        279: (LONG, [len(strip)]), 284: (SHORT, [1]), 50706: (BYTE, [1, 4, 0, 0]), 50707: (BYTE, [1, 1, 0, 0]),
        50708: (ASCII, name), 50717: (LONG, [65535] * per_pixel), 50721: (SIGNED_RATIONAL, identity),
        50728: (RATIONAL, [1, 1] * 3), 50778: (SHORT, [21]),
    }
    if photometric == MOSAIC:
        tags |= {33421: (SHORT, [2, 2]), 33422: (BYTE, [0, 1, 1, 2])}
    entries, extra = b"", b""
    extra_at = 8 + 2 + 12 * len(tags) + 4
    long_ones = sum(
        len(v) * SIZE[k] // (2 if k in (RATIONAL, SIGNED_RATIONAL) else 1) + 1 & ~1
        for k, v in tags.values()
        if len(v) * SIZE[k] // (2 if k in (RATIONAL, SIGNED_RATIONAL) else 1) > 4
    )
    tags[273] = (LONG, [extra_at + long_ones])
    for tag, (kind, values) in sorted(tags.items()):
        packed = struct.pack(f"<{len(values)}{FORM[kind]}", *values)
        count = len(packed) // SIZE[kind]
        if len(packed) > 4:
            where = struct.pack("<I", extra_at + len(extra))
            extra += packed + b"\0" * (len(packed) % 2)
        else:
            where = packed.ljust(4, b"\0")
        entries += struct.pack("<HHI", tag, kind, count) + where
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + b"\0\0\0\0" + extra + strip


def develop(data, half):
    with rawpy.imread(io.BytesIO(data)) as raw:
        return raw.postprocess(half_size=half, use_camera_wb=True, output_bps=8)


def ramp(height, width, per_pixel):
    row = np.linspace(0, 60000, width).astype(np.uint16)
    return np.broadcast_to(row[:, None], (height, width, per_pixel))


for title, per_pixel, photometric in (
    ("mosaic", 1, MOSAIC), ("three samples", 3, LINEAR_RAW), ("monochrome", 1, LINEAR_RAW)
):
    data = dng(ramp(480, 640, per_pixel), photometric)
    full, half = develop(data, False), develop(data, True)
    assert full[:, 600].mean() > full[:, 40].mean() + 50  # the ramp is there
    try:
        Image.fromarray(half)
        pillow = "Pillow makes a picture"
    except TypeError:
        pillow = "Pillow: TypeError"
    print(f"{title}: {full.shape}, half size {half.shape}, {pillow}")

data = dng(ramp(4000, 6000, 3), LINEAR_RAW)
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
_, most = resource.getrlimit(resource.RLIMIT_AS)
resource.setrlimit(resource.RLIMIT_AS, (used + (350 << 20), most))
try:
    develop(data, True)
    print("too little memory: it sufficed")
except Exception as error:
    kinds = isinstance(error, rawpy.LibRawError), isinstance(error, MemoryError)
    print("too little memory: a LibRawError {}, a MemoryError {}".format(*kinds))
END
"$python" "$folder/try.py" >"$folder/seen"
cat "$folder/seen"
diff -u "$folder/expected" "$folder/seen" || { echo "This is no longer as it was seen."; exit 1; }
echo "As seen in November 2026."
