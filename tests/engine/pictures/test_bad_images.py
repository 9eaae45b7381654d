"""Files that broke other programs, each decoded in a process of its own: shown or refused, small and quick."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.pictures.decode import decode, read_bytes

ROOT = Path(__file__).resolve().parents[3]
MEMORY_MB, SECONDS = 1024, 10

CHILD = """
import json, sys, time
from pathlib import Path
from desktop_app.engine.pictures import guard
from desktop_app.engine.pictures.decode import decode, read_bytes
from desktop_app.engine.pictures.result import DecodeError
from tests.helpers.memory import peak_mib
for line in sys.stdin:
    path, size = json.loads(line)
    start = time.process_time()
    try:
        decoded = decode(read_bytes(Path(path)), size)
        result = ["shown", decoded.image.mode, min(decoded.image.size) > 0]
    except DecodeError as error:
        result = ["refused", error.code, error.message]
    processes = ["self", *(worker.process.pid for worker in guard._idle)]
    print(json.dumps([path, result, max(map(peak_mib, processes)), time.process_time() - start]), flush=True)
"""


@pytest.fixture
def bad_images(kindred_data: Path) -> Path:
    return kindred_data / "badimages"


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
@pytest.mark.parametrize("size", [256, None])
def test_every_file_is_shown_or_refused_within_limits(bad_images: Path, size):
    rows = list(csv.DictReader((bad_images / "expected.csv").read_text(encoding="utf-8").splitlines()))
    requests = "".join(json.dumps([str(bad_images / row["path"]), size]) + "\n" for row in rows)
    child = subprocess.run(
        [sys.executable, "-c", CHILD], input=requests, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert child.returncode == 0, child.stderr
    answers = [json.loads(line) for line in child.stdout.splitlines()]
    assert len(answers) == len(rows)
    for row, (_, (result, *detail), peak, seconds) in zip(rows, answers, strict=True):
        if row["expected"] == "decodes":
            assert result == "shown", (row["path"], detail)
        if row["expected"] == "must_be_reported_unreadable":
            assert result == "refused", row["path"]
        assert peak < MEMORY_MB, (row["path"], peak)
        assert seconds < SECONDS, (row["path"], seconds)


def test_the_eight_portraits_are_one_picture(bad_images: Path):
    pictures = []
    for index in range(1, 9):
        decoded = decode(read_bytes(bad_images / "exif-orientation" / f"Portrait_{index}.jpg"), 256)
        assert (decoded.width, decoded.height) == (1200, 1800)
        pictures.append(np.asarray(decoded.image.resize((200, 300)), float))
    for picture in pictures[1:]:
        assert np.abs(picture - pictures[0]).mean() < 1
