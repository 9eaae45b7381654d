#!/bin/bash
# TIFFs of 16 bits a sample that Pillow opens without a word and shows wrong.
#
# Guess: what Pillow opens is decoded right or refused; compression and order of the samples are storage details.
# Happens (Pillow 13.0.0):
#   * 16-bit RGB kept plane by plane (PlanarConfiguration 2), uncompressed, in strips or tiles: each sample becomes two
#     pixels, its low byte (noise) and its high byte; a row fills two rows, and the lower half of the picture is never
#     read. The very same picture compressed (deflate) is right, because libtiff decodes it then; so is one of 8 bits.
#   * 16-bit gray where 0 is white (PhotometricInterpretation 0) stays a negative; with 8 bits Pillow turns it to a
#     positive. With the bytes in Motorola order it is not opened at all.
# Source: PIL/TiffImagePlugin.py: in _setup() an uncompressed plane gets one letter of the raw mode, `rawmode[layer]`,
#   which drops the ";16L"; in OPEN_INFO the row (II, 0, (1,), 1, (16,), ()) has the raw mode "I;16", not inverted.
#   TIFF 6.0, sections 3 and 4 ("PhotometricInterpretation", "PlanarConfiguration").
# Files: editors offer "order of pixels: per channel"; scanners and scientific programs write both kinds. tifffile
#   writes them here, and reads back what it was given.
# Why it matters to a program that sorts photos: there is no error to catch. The picture gets a preview and a vector of
#   noise, or of its negative, and lands far from its 8-bit copy.
# Seen with Python 3.11, Pillow 13.0.0, tifffile 2026.3.3, numpy 2.4.6, x86-64 Linux, November 2026.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
python="$folder/venv/bin/python"
"$python" -m pip install -q --disable-pip-version-check pillow==13.0.0 tifffile==2026.3.3 numpy==2.4.6
cat >"$folder/expected" <<'END'
RGB 8 bits, planes: off by 0 on average
RGB 16 bits, interleaved: off by 0 on average
RGB 16 bits, planes, deflate: off by 0 on average
RGB 16 bits, planes: off by 60 on average
RGB 16 bits, planes, tiles: off by 48 on average
RGB 16 bits, planes, Motorola order: off by 60 on average
gray 8 bits, 0 is white: positive
gray 16 bits, 0 is white: negative
gray 16 bits, 0 is white, Motorola order: UnidentifiedImageError
END
cat >"$folder/try.py" <<'END'
import io

import numpy as np
import tifffile
from PIL import Image

y, x = np.mgrid[:64, :96]
rgb = np.stack([2 * x, 3 * y, x + y], axis=-1).astype(np.uint8)
gray = (2 * x).astype(np.uint8)


def pillow(pixels, **how):
    file = io.BytesIO()
    tifffile.imwrite(file, pixels, metadata=None, **how)
    file.seek(0)
    assert (tifffile.imread(file) == pixels).all()
    file.seek(0)
    return Image.open(file, formats=["TIFF"])


def color(title, pixels, **how):
    found = np.asarray(pillow(pixels, photometric="rgb", **how).convert("RGB"))
    print(f"{title}: off by {np.abs(found.astype(int) - rgb).mean():.0f} on average")


def negative(title, pixels, **how):
    try:
        found = np.asarray(pillow(pixels, photometric="miniswhite", **how))
    except OSError as error:
        print(f"{title}: {type(error).__name__}")
        return
    # Stored samples grow to the right; where 0 is white the picture gets darker to the right.
    print(f"{title}: {'positive' if found[0, 0] > found[0, -1] else 'negative'}")


low_bytes = (37 * x + 101 * y)[..., None] % 256
deep, planes = (rgb.astype(np.uint16) << 8 | low_bytes).astype(np.uint16), {"planarconfig": "separate"}
by_plane = np.moveaxis(deep, -1, 0)
color("RGB 8 bits, planes", np.moveaxis(rgb, -1, 0), **planes)
color("RGB 16 bits, interleaved", deep)
color("RGB 16 bits, planes, deflate", by_plane, compression="zlib", **planes)
color("RGB 16 bits, planes", by_plane, **planes)
color("RGB 16 bits, planes, tiles", by_plane, tile=(32, 32), **planes)
color("RGB 16 bits, planes, Motorola order", by_plane, byteorder=">", **planes)
negative("gray 8 bits, 0 is white", gray)
negative("gray 16 bits, 0 is white", gray.astype(np.uint16) * 257)
negative("gray 16 bits, 0 is white, Motorola order", gray.astype(np.uint16) * 257, byteorder=">")
END
"$python" -W ignore "$folder/try.py" >"$folder/seen"
cat "$folder/seen"
diff -u "$folder/expected" "$folder/seen" || { echo "This is no longer as it was seen."; exit 1; }
echo "As seen in November 2026."
