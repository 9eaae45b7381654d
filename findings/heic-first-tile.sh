#!/bin/bash
# PyAV, and imageio where PyAV is its only reader of HEIC, open an iPhone photo as a film of its upper left tile.
#
# Guess: what decodes HEVC and knows the HEIF container gives the photo, or refuses it; ffmpeg itself shows whole
#   HEICs since version 7.
# Happens (PyAV 18.1.0 with libavformat 62, imageio 2.38.1): phones store a HEIC as a grid of tiles (512 x 512 on
#   iPhones). PyAV lists each tile as a video stream of its own, marked "dependent"; the group that says how to put them
#   together has no name in PyAV. The first decoded frame is the upper left tile, the frame's rotation is 0 also where
#   the file says to turn it, and nothing is raised. imageio.v3.imread() gives that tile, with an axis of 1 in front.
# Source: libavformat/mov.c puts tiles into a stream group (AV_STREAM_GROUP_PARAMS_TILE_GRID); PyAV's av.container has
#   no stream groups; imageio's plugin "pyav" takes video stream 0. ISO/IEC 23008-12, 6.6.2.3 ("grid").
# Why it matters to a program that sorts photos: whoever brings in PyAV for the film of a Live Photo has a reader that
#   "opens" HEIC. Its pictures are real, sharp, and of a corner (sky): previews look plausible, groups are of corners.
# Seen with Python 3.11, av 18.1.0, imageio 2.38.1, pillow-heif 1.8.1, numpy 2.4.6, pillow 13.0.0, x86-64 Linux,
# November 2026. pillow-heif (libheif) encodes the tiles; the boxes around them are written below; pi-heif 1.4.0 reads
# the file whole, which shows that it is valid.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/maker"
"$folder/maker/bin/python" -m pip install -q --disable-pip-version-check \
    pillow==13.0.0 pillow-heif==1.8.1 pi-heif==1.4.0 numpy==2.4.6
python3 -m venv "$folder/reader"
"$folder/reader/bin/python" -m pip install -q --disable-pip-version-check \
    av==18.1.0 imageio==2.38.1 pillow==13.0.0 numpy==2.4.6
cat >"$folder/expected" <<'END'
plain, libheif: 512 x 512, corners red green blue yellow
turned, libheif: 512 x 512, corners blue red yellow green
plain, PyAV: 4 video streams, all dependent True, first frame 256 x 256, rotation 0, corners red red red red
plain, imageio: (1, 256, 256, 3), corners red red red red
turned, PyAV: 4 video streams, all dependent True, first frame 256 x 256, rotation 0, corners red red red red
turned, imageio: (1, 256, 256, 3), corners red red red red
END
cat >"$folder/corners.py" <<'END'
import numpy as np

COLORS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}


def corners(pixels):
    near = [pixels[y, x].astype(int) for y in (9, -9) for x in (9, -9)]
    return " ".join(min(COLORS, key=lambda name: np.abs(found - COLORS[name]).sum()) for found in near)
END
cat >"$folder/make.py" <<'END'
import io
import struct
import sys

import numpy as np
import pi_heif
import pillow_heif
from corners import COLORS, corners
from PIL import Image

SIDE = 256


def box(kind, *content):
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind, version, flags, *content):
    return box(kind, struct.pack(">I", version << 24 | flags), *content)


def inside(data, at, end):
    while at < end:
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, at + 8, at + size
        at += size


def tile(color):
    """HEVC data of one tile, and the properties that libheif wrote for it."""
    file = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (SIDE, SIDE), color)).save(file, quality=90)
    data = file.getvalue()
    top = {kind: (at, end) for kind, at, end in inside(data, 0, len(data))}
    at, end = top[b"meta"]
    meta = {kind: (at, end) for kind, at, end in inside(data, at + 4, end)}
    (boxes, boxes_end), = [(at, end) for kind, at, end in inside(data, *meta[b"iprp"]) if kind == b"ipco"]
    properties = {kind: data[at - 8 : end] for kind, at, end in inside(data, boxes, boxes_end)}
    at, end = top[b"mdat"]
    return data[at:end], properties


def grid(turned):
    tiles, (properties, *_) = zip(*map(tile, COLORS.values()))
    count, side = len(tiles), 2 * SIDE
    whole = count + 1
    numbers = range(1, count + 1)
    entries = [full(b"infe", 2, 1, struct.pack(">HH4sB", number, 0, b"hvc1", 0)) for number in numbers]
    entries.append(full(b"infe", 2, 0, struct.pack(">HH4sB", whole, 0, b"grid", 0)))
    shared = [properties[b"hvcC"], properties[b"ispe"], properties[b"colr"], properties[b"pixi"]]
    shared += [full(b"ispe", 0, 0, struct.pack(">II", side, side)), box(b"irot", bytes([3]))]
    uses = {number: [0x81, 2, 3, 4] for number in numbers} | {whole: [5, 3, 4] + [0x86] * turned}
    content = [*tiles, struct.pack(">BBBBHH", 0, 0, 1, 1, side, side)]
    start = box(b"ftyp", b"heic\0\0\0\0mif1heic")

    def meta(at):
        places = b""
        for number, part in enumerate(content, start=1):
            places += struct.pack(">HHHII", number, 0, 1, at, len(part))
            at += len(part)
        return full(
            b"meta", 0, 0,
            full(b"hdlr", 0, 0, b"\0\0\0\0pict" + bytes(13)),
            full(b"pitm", 0, 0, struct.pack(">H", whole)),
            full(b"iloc", 0, 0, b"\x44\0", struct.pack(">H", len(content)), places),
            full(b"iinf", 0, 0, struct.pack(">H", len(entries)), *entries),
            full(b"iref", 0, 0, box(b"dimg", struct.pack(f">HH{count}H", whole, count, *numbers))),
            box(
                b"iprp",
                box(b"ipco", *shared),
                full(b"ipma", 0, 0, struct.pack(">I", len(uses)),
                     *(struct.pack(">HB", item, len(used)) + bytes(used) for item, used in uses.items())),
            ),
        )

    return start + meta(len(start) + len(meta(0)) + 8) + box(b"mdat", *content)


for name, turned in (("plain", False), ("turned", True)):
    file = f"{sys.argv[1]}/{name}.heic"
    with open(file, "wb") as out:
        out.write(grid(turned))
    image = pi_heif.open_heif(file)
    width, height = image.size
    print(f"{name}, libheif: {width} x {height}, corners {corners(np.asarray(image))}")
END
cat >"$folder/read.py" <<'END'
import sys

import av
import imageio.v3
from av.stream import Disposition
from corners import corners

for name in ("plain", "turned"):
    file = f"{sys.argv[1]}/{name}.heic"
    with av.open(file) as container:
        streams = container.streams.video
        dependent = all(stream.disposition & Disposition.dependent for stream in streams)
        frame = next(container.decode(video=0))
        print(
            f"{name}, PyAV: {len(streams)} video streams, all dependent {dependent}, first frame",
            f"{frame.width} x {frame.height}, rotation {frame.rotation},",
            f"corners {corners(frame.to_ndarray(format='rgb24'))}",
        )
    found = imageio.v3.imread(file)
    print(f"{name}, imageio: {found.shape}, corners {corners(found[0])}")
END
"$folder/maker/bin/python" "$folder/make.py" "$folder" >"$folder/seen"
"$folder/reader/bin/python" "$folder/read.py" "$folder" >>"$folder/seen"
cat "$folder/seen"
diff -u "$folder/expected" "$folder/seen" || { echo "This is no longer as it was seen."; exit 1; }
echo "As seen in November 2026."
