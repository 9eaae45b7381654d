"""Altered files over everything that reads files: some every day, as many as wished at night.

``KINDRED_FUZZ_INPUTS`` is how many.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from desktop_app.engine.pictures import decode, guard
from desktop_app.engine.pictures.result import DecodeError
from tests.helpers import figures
from tests.helpers.fuzzing import Targets
from tests.helpers.sample_data import sample_data

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "tests" / "data" / "fuzz"
CASES = sorted(path.name for path in KEPT.iterdir() if "-" in path.name)
PORTION = 5_000
"""Inputs of one process; the next goes on with the next seed."""


def test_altered_files_raise_only_what_is_documented(tmp_path: Path, nightly: bool, fault_seed: int) -> None:
    left = int(os.environ.get("KINDRED_FUZZ_INPUTS") or (300_000 if nightly else 10_000))
    seed = fault_seed
    folder = sample_data() / "badimages"
    pictures = [str(folder)] if folder.is_dir() else []
    found = []
    while left > 0:
        share = min(left, PORTION)
        command = [sys.executable, "-m", "tests.helpers.fuzzing", str(seed), str(share), str(tmp_path), *pictures]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            verdict = _keep((tmp_path / "current").read_bytes(), done, bool(pictures))
            if verdict:
                found.append(f"--fault-seed={seed}: {verdict}\n{done.stderr[-2000:]}")
        else:
            for target, number in json.loads((tmp_path / "figures.json").read_text()).items():
                figures.count(f"altered inputs read: {target}", number)
        left -= share
        seed += 1
    figures.count("uncaught exceptions while fuzzing", len(found))
    assert not found, "\n".join(found)


def _keep(current: bytes, done: subprocess.CompletedProcess[str], sampled: bool) -> str:
    """Write the input down as a case; empty where a fragile decoder died that the guard contains.

    What may be made of a sample picture is not ours to keep here.
    """
    target, _, data = current.partition(b"\n")
    if done.returncode < 0 and target == b"picture":
        if _guarded(data) in ("decoder-crashed", "too-slow"):
            figures.count("crashes of decoders, contained by the guard")
            return ""
    name = f"{target.decode()}-{hashlib.sha256(data).hexdigest()[:12]}"
    place = Path(tempfile.gettempdir()) if target == b"picture" and sampled else KEPT
    (place / name).write_bytes(data)
    return f"{place / name} (exit code {done.returncode})"


def _guarded(data: bytes) -> str:
    """How the program itself answers: a code, empty for a picture."""
    try:
        decode.decode(data, 64)
    except DecodeError as error:
        return error.code
    finally:
        guard.release()
    return ""


@pytest.mark.parametrize("name", CASES)
def test_what_was_found_once_stays_put_right(name: str, tmp_path: Path, kindred_home: Path) -> None:
    data = (KEPT / name).read_bytes()
    target = name.partition("-")[0]
    if target == "picture":
        assert _guarded(data) not in ("decoder-crashed", "too-slow")
    Targets(tmp_path).readers[target](data)
