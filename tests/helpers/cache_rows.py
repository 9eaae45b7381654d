"""A cache whose every row follows from a number, ways to damage it, and what must hold of it then."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np

from desktop_app.engine.cache.cache import Batch, Cache, FileKey, FileRecord, KnownProblem

MODEL = "0123456789abcdef"


def content(number: int) -> str:
    return f"{number:040x}"


def vector(number: int, dim: int = 16) -> np.ndarray:
    return np.random.default_rng(number).normal(size=dim).astype(np.float32)


def batch(numbers: range, dim: int = 16) -> Batch:
    """Records, vectors, thumbnails and problems that all follow from a number."""
    made = Batch(MODEL)
    for number in numbers:
        key = FileKey(Path(f"/photos/{number}.jpg"), 1000 + number, number)
        made.files.append(
            (key, FileRecord(content(number), 40 + number, 30, f"2020-01-01T00:00:{number % 60:02}", "Cam"))
        )
        made.vectors[content(number)] = vector(number, dim)
        made.thumbnails[content(number)] = b"jpeg" * (50 + number % 50) + str(number).encode()
        bad = FileKey(Path(f"/photos/bad-{number}.jpg"), number, number)
        made.problems.append((bad, "1", KnownProblem("unreadable", f"broken {number}")))
    return made


def holds_only_truth(cache: Cache, numbers: range, dim: int = 16) -> int:
    """Compare whatever the cache still answers with `batch`; the count of answers."""
    wanted = batch(numbers, dim)
    answers = 0
    for (_, record), found in zip(wanted.files, cache.lookup_files([key for key, _ in wanted.files]), strict=True):
        assert found in (None, record)
        answers += found is not None
        assert cache.lookup_content(record.content_hash) in (None, record)
        thumbnail = cache.thumbnail(record.content_hash)
        assert thumbnail in (None, wanted.thumbnails[record.content_hash])
        answers += thumbnail is not None
    vectors, known = cache.vectors(list(wanted.vectors), MODEL, dim)
    for found_vector, is_known, true in zip(vectors, known, wanted.vectors.values(), strict=True):
        assert np.array_equal(found_vector, true if is_known else np.zeros(dim))
        answers += bool(is_known)
    problems = cache.lookup_problems([key for key, _, _ in wanted.problems], "1")
    for (_, _, problem), found_problem in zip(wanted.problems, problems, strict=True):
        assert found_problem in (None, problem)
        answers += found_problem is not None
    return answers


def corrupt(folder: Path, rng: random.Random) -> str:
    """One random fault in the database or its write-ahead log."""
    files = [path for path in folder.iterdir() if path.suffix == ".sqlite" or path.name.endswith("-wal")]
    file = rng.choice(sorted(path for path in files if path.stat().st_size))
    data = bytearray(file.read_bytes())
    kind = rng.choice(["bit", "byte run", "zero page", "swap pages", "truncate", "repeat"])
    at = rng.randrange(len(data))
    if kind == "bit":
        data[at] ^= 1 << rng.randrange(8)
    elif kind == "byte run":
        data[at : at + 64] = rng.randbytes(len(data[at : at + 64]))
    elif kind == "zero page":
        start = at // 16384 * 16384
        data[start : start + 16384] = bytes(len(data[start : start + 16384]))
    elif kind == "swap pages" and len(data) >= 5 * 16384:
        one, two = (page * 16384 for page in rng.sample(range(1, len(data) // 16384), 2))
        data[one : one + 16384], data[two : two + 16384] = data[two : two + 16384], data[one : one + 16384]
    elif kind == "truncate":
        del data[at:]
    else:
        data[at:] = data[: len(data) - at]
    file.write_bytes(data)
    return kind


def survive(folder: Path, template: Path, seed: int, *, open_before: bool) -> None:
    rng = random.Random(seed)
    shutil.copytree(template, folder)
    if not open_before:
        corrupt(folder, rng)
    with Cache(folder) as cache:
        if open_before:
            holds_only_truth(cache, range(20))
            corrupt(folder, rng)
        holds_only_truth(cache, range(120))
        cache.put(batch(range(120)))
        holds_only_truth(cache, range(120))
        # A fault met in the middle of the first try has been replaced by now.
        assert cache.put(batch(range(120)))
        assert holds_only_truth(cache, range(120)) == 480
    for last in (False, True):
        # What an open connection had in memory may have hidden damage, which this opening then finds.
        with Cache(folder) as cache:
            assert holds_only_truth(cache, range(120)) == 480 or not last
            assert cache.put(batch(range(120)))
    shutil.rmtree(folder)


def template_with_log(tmp_path: Path) -> Path:
    """A cache folder as a killed program leaves it: part of the rows only in the write-ahead log."""
    template = tmp_path / "template"
    with Cache(tmp_path / "made") as cache:
        cache.put(batch(range(60)))
    with Cache(tmp_path / "made") as cache:
        cache.put(batch(range(60, 120)))
        shutil.copytree(tmp_path / "made", template)
    return template
