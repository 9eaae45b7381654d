#!/bin/bash
# JPEG XL through Pillow's plugin: portrait photos that it writes lie on their side elsewhere, and others' are turned
# twice, or lose their date.
#
# Guess: orientation is as with JPEG: pixels as the sensor saw them, EXIF says how to turn, ImageOps.exif_transpose()
#   turns. And metadata come along, as with JPEG and PNG.
# Happens (pillow-jxl-plugin 1.3.8, Pillow 13.0.0, libjxl 0.11.2 by way of imagecodecs 2026.3.6). JPEG XL has an
#   orientation of its own in the picture's header, and readers have to ignore that of EXIF:
#   * Saved as new pixels, a photo keeps EXIF orientation 6, and the header says 1. Pillow shows it upright, libjxl and
#     whoever goes by the standard shows it lying. Nothing warns.
#   * A file that has both, as cjxl makes them (header and EXIF say 6): the plugin hands out pixels that libjxl has
#     turned already, with EXIF's 6 beside them. exif_transpose() turns once more. What is written straight from
#     Pillow's pixels has the same fault ever after.
#   * The very same file with its means to get the JPEG back (box "jbrd") comes unturned with a 6: right. So whether
#     a photo lies on its side is decided by a box that has nothing to do with it.
#   * EXIF that is compressed (box "brob"; libjxl does so with a JPEG) is not read: no orientation, which is right by
#     luck, and no date, camera or place.
# Source: ISO/IEC 18181-1 (orientation in the image metadata) and -2 (boxes; what EXIF says of orientation has no say);
#   libjxl's JxlDecoderSetKeepOrientation: turns unless told. In JpegXLImagePlugin.py, _open() takes EXIF from a box
#   named "Exif" only, and leaves its orientation as it is; the encoder sets none.
# Files: converters of photo archives, editors' exports; phones write JPEG XL in DNGs.
# Why it matters to a program that sorts photos: `import pillow_jxl` is the shortest way to one more format, and half of
#   a portrait album then goes to "lying" groups. Take the orientation from one place: libjxl's pixels, EXIF's set to 1.
# Seen with Python 3.11, the versions above, numpy 2.4.6, x86-64 Linux, November 2026.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
python="$folder/venv/bin/python"
"$python" -m pip install -q --disable-pip-version-check pillow==13.0.0 pillow-jxl-plugin==1.3.8 packaging==26.4 \
    imagecodecs==2026.3.6 numpy==2.4.6
cat >"$folder/expected" <<'END'
the JPEG: Pillow upright, date 2026:11:30 12:00:00
saved by the plugin as pixels: Pillow upright, date 2026:11:30 12:00:00; libjxl lying
made from the JPEG, can give it back: Pillow upright, date 2026:11:30 12:00:00; libjxl upright
the same without the way back: Pillow upright, date lost; libjxl upright
the same, EXIF not compressed: Pillow lying, date 2026:11:30 12:00:00; libjxl upright
END
cat >"$folder/try.py" <<'END'
import io
import struct
from pathlib import Path

import imagecodecs
import numpy as np
import pillow_jxl  # noqa: F401
from PIL import Image, ImageOps

ORIENTATION, DATE, WHEN = 274, 306, "2026:11:30 12:00:00"
UPRIGHT = (40, 60)
exif = Image.Exif()
exif[ORIENTATION], exif[DATE] = 6, WHEN
lying = np.zeros((UPRIGHT[0], UPRIGHT[1], 3), np.uint8)
lying[:, :30], lying[:, 30:] = (200, 40, 40), (40, 40, 200)


def saved(picture, form, **how):
    file = io.BytesIO()
    picture.save(file, form, **how)
    return file.getvalue()


def boxes(data):
    at = 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        length = length or len(data) - at
        yield kind, data[at : at + length]
        at += length


def said(size):
    return "upright" if size == UPRIGHT else "lying"


def show(title, data):
    with Image.open(io.BytesIO(data)) as picture:
        date = picture.getexif().get(DATE, "lost")
        line = f"{title}: Pillow {said(ImageOps.exif_transpose(picture).size)}, date {date}"
    if picture.format != "JPEG":
        line += f"; libjxl {said(imagecodecs.jpegxl_decode(data).shape[1::-1])}"
    print(line)


jpeg = saved(Image.fromarray(lying), "JPEG", exif=exif)
with Image.open(io.BytesIO(jpeg)) as photo:
    pixels = saved(photo, "JXL", lossless_jpeg=False)
# The plugin hands the JPEG to libjxl, which keeps its blocks and takes its orientation into the header.
Path("photo.jpg").write_bytes(jpeg)
with Image.open("photo.jpg") as photo:
    whole = saved(photo, "JXL", lossless_jpeg=True)
parts = [(kind, box) for kind, box in boxes(whole) if kind != b"jbrd"]
assert len(parts) < len(list(boxes(whole))) and any(box[8:12] == b"Exif" for kind, box in parts if kind == b"brob")
body = b"\0\0\0\0" + exif.tobytes().removeprefix(b"Exif\0\0")
plain = struct.pack(">I4s", len(body) + 8, b"Exif") + body
show("the JPEG", jpeg)
show("saved by the plugin as pixels", pixels)
show("made from the JPEG, can give it back", whole)
show("the same without the way back", b"".join(box for _, box in parts))
show("the same, EXIF not compressed", b"".join(plain if kind == b"brob" else box for kind, box in parts))
END
(cd "$folder" && "$python" -W ignore try.py >seen)
cat "$folder/seen"
diff -u "$folder/expected" "$folder/seen" || { echo "This is no longer as it was seen."; exit 1; }
echo "As seen in November 2026."
