"""A screen that nobody sees (Xvfb), read straight from its memory."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

from PIL import Image

SIZE = (1366, 768)
PATIENCE = 120.0
_POLL = 0.02
_STILL = 4.0  # seconds without a change: whatever is computed in the background has come to its end
_COVERED = 0.6  # share of the screen that a painted window covers, with more colors than an empty frame has
_COLORS = 30


class Screen:
    """An X server of its own, from `with` to its end."""

    def __enter__(self) -> Screen:
        self._folder = Path(tempfile.mkdtemp())
        reads, writes = os.pipe()
        size = "x".join(map(str, SIZE))
        command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", f"{size}x24", "-fbdir", str(self._folder)]
        self._server = subprocess.Popen(command, pass_fds=[writes], stderr=subprocess.DEVNULL)
        os.close(writes)
        with os.fdopen(reads) as told:
            self.name = f":{told.readline().strip()}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def picture(self) -> Image.Image:
        """What is on the screen now."""
        data = (self._folder / "Xvfb_screen0").read_bytes()
        head = struct.unpack_from(">20I", data)
        pixels = head[0] + 12 * head[19]  # behind the header and the colors
        return Image.frombytes("RGB", (head[4], head[5]), data[pixels:], "raw", "BGRX", head[12])

    def wait_until_painted(self, process: subprocess.Popen[bytes]) -> None:
        """Return as soon as a window covers most of the screen and has more in it than its ground."""
        while not _painted(self.picture()):
            self._wait(process)

    def wait_until_still(self, process: subprocess.Popen[bytes]) -> None:
        """Return once nothing has changed for a while."""
        seen, since = self.picture().tobytes(), time.monotonic()
        while time.monotonic() - since < _STILL:
            self._wait(process)
            now = self.picture().tobytes()
            if now != seen:
                seen, since = now, time.monotonic()

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is not None:
            raise RuntimeError(f"The program has ended ({process.returncode}) instead of showing its window.")
        self._waited = getattr(self, "_waited", 0.0) + _POLL
        if self._waited > PATIENCE:
            raise TimeoutError("No window was painted.")
        time.sleep(_POLL)


def _painted(picture: Image.Image) -> bool:
    box = picture.getbbox()
    if box is None or (box[2] - box[0]) * (box[3] - box[1]) < _COVERED * SIZE[0] * SIZE[1]:
        return False
    return len(picture.getcolors(SIZE[0] * SIZE[1]) or ()) > _COLORS
