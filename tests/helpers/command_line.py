"""The command line called as a person calls it, and a folder for it with two kinds of pictures."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from desktop_app.cli import entry


def run(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit code, output and messages of a command."""
    code = 0
    try:
        code = entry.main([str(argument) for argument in arguments])
    except SystemExit as stop:  # argparse's own way out
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def draw(path: Path, color: tuple[int, int, int], seed: int = 0, size: tuple[int, int] = (80, 60)) -> Path:
    """Draw a picture of one color with a disk in it, which lies elsewhere for another seed."""
    image = Image.new("RGB", size, color)
    x, y = np.random.default_rng(seed).integers(5, 40, 2).tolist()
    ImageDraw.Draw(image).ellipse((x, y, x + 15, y + 15), fill=(255 - color[0], 255 - color[1], 255 - color[2]))
    image.save(path)
    return path


def digest(folder: Path) -> dict[str, tuple[str, int]]:
    """Hash and time of every file below a folder, by its path in it."""
    return {
        str(path.relative_to(folder)): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lay_album(folder: Path) -> Path:
    """Six red and six blue pictures, a sidecar beside one of them, and a text."""
    folder.mkdir()
    for i in range(6):
        draw(folder / f"red {i}.png", (200, 30, 20), i)
        draw(folder / f"blue {i}.jpg", (20, 40, 210), i + 50)
    (folder / "red 0.png.xmp").write_text("<x/>")
    (folder / "notes.txt").write_text("not a photo")
    return folder
