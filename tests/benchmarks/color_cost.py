"""What a color profile costs: a 12-megapixel JPEG in sRGB, in Display P3, and the conversion alone. Asserts nothing.

    python -m tests.benchmarks.color_cost [--rounds 15]

Files in other spaces than sRGB are decoded in the guarded process, because profiles are files of their own: the
milliseconds are by the clock, of one photo after the other, and have the way there and back in them.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from statistics import median

from PIL import Image

from desktop_app.engine.pictures import color, guard
from desktop_app.engine.pictures.decode import decode
from tests.helpers.icc import converted, profile
from tests.helpers.pictures import camera_like, encode

_SIZE = 256


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with Image.open(io.BytesIO(camera_like(0, 4000, 3000))) as opened:
        picture = opened.convert("RGB")
    small = picture.resize((683, 512))
    files = {
        "no profile": encode(picture, "JPEG", quality=90),
        "sRGB": encode(picture, "JPEG", quality=90, icc_profile=profile("sRGB")),
    }
    for space in ("Display P3", "Adobe RGB", "ProPhoto"):
        files[space] = encode(converted(picture, space), "JPEG", quality=90, icc_profile=profile(space))
    print(f"decoding 4000 x 3000 for {_SIZE} pixels, milliseconds")
    for name, data in files.items():
        print(f"  {name:12} {milliseconds(lambda data=data: decode(data, _SIZE), rounds):6.1f}")
    print("conversion alone, 683 x 512, milliseconds")
    for space in ("Display P3", "ProPhoto"):
        spent = milliseconds(lambda space=space: color.to_srgb(small, profile(space)), rounds)
        print(f"  {space:12} {spent:6.1f}")
    for name, signal in (("Adobe mark", color.ADOBE_RGB), ("PQ", (9, color.PQ))):
        spent = milliseconds(lambda signal=signal: color.from_signal(small, signal), rounds)
        print(f"  {name:12} {spent:6.1f}")
    guard.release()


if __name__ == "__main__":
    main()
