"""Whatever is shared between units called alike, each gets the number that trying one after the other would give it."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.names import fold, unit_names
from desktop_app.engine.organize.planning import numbering as numbering_module
from desktop_app.engine.organize.planning.folders import Contents, Folder
from desktop_app.engine.organize.planning.numbering import Number, Numbering, Unit
from tests.helpers.organize_album import Album

SPELLINGS = ("IMG.jpg", "img.JPG", "I\u200dMG.jpg", "\u00e9.jpg", "e\u0301.jpg", "IMG (2).jpg", "IMG_5(1).jpg")
LONG = ("x" * 247 + ".jpg", "X" * 247 + ".jpg", "\u00df" * 123 + ".jpg", "ss" * 123 + ".jpg", "x" * 248 + ".jpg")
COMPANIONS: tuple[tuple[str, ...], ...] = ((), (".xmp",), (".JPG.xmp",), (".xmp", ".mov"), ("(1).json",))
CONTENTS = (b"one", b"two", b"other")  # two of one size

units = st.tuples(
    st.sampled_from(SPELLINGS + LONG), st.sampled_from(COMPANIONS), st.lists(st.sampled_from(CONTENTS), min_size=3)
)
standing = st.tuples(units, st.integers(1, 12), st.sampled_from(["file", "file", "file", "link", "folder"]))


def names_of(photo: str, endings: tuple[str, ...]) -> list[str]:
    names = [photo, *(photo.rpartition(".")[0] + ending for ending in endings)]
    return [name for name in names if len(os.fsencode(name)) <= 255]


def write(folder: Path, names: list[str], contents: list[bytes]) -> Unit:
    folder.mkdir(exist_ok=True)
    files = [folder / name for name in names]
    for file, content in zip(files, contents, strict=False):
        file.write_bytes(content)
    return [(file, file.lstat()) for file in files]


def by_trying(folder: Path, taken: set[str], unit: Unit) -> Number:
    """One number after the other, each looked at anew, everything read."""
    there = {fold(path.name): path for path in folder.iterdir()}
    for number in count(1):
        names = unit_names([file.name for file, _ in unit], number)
        keys = [fold(name) for name in names]
        if not any(key in taken or key in there for key in keys):
            return Number(names, there=False)
        if all(key in there and same(file, there[key]) for key, (file, _) in zip(keys, unit, strict=True)):
            return Number(names, there=True)
    raise AssertionError


def same(file: Path, there: Path) -> bool:
    if there.is_symlink():
        return str(there.readlink()) == str(file)
    return there.is_file() and there.read_bytes() == file.read_bytes()


@settings(max_examples=60)
@given(st.lists(standing, max_size=8), st.lists(units, min_size=1, max_size=12))
def test_the_number_is_the_one_that_trying_all_would_give(
    found: list[tuple[tuple[str, tuple[str, ...], list[bytes]], int, str]],
    wanted: list[tuple[str, tuple[str, ...], list[bytes]]],
) -> None:
    with tempfile.TemporaryDirectory() as home:
        source, folder = Path(home) / "in", Path(home) / "out"
        source.mkdir()
        folder.mkdir()
        given_units = [
            write(source / str(n), names_of(photo, endings), contents)
            for n, (photo, endings, contents) in enumerate(wanted)
        ]
        for (photo, endings, contents), upto, kind in found:
            for number in range(1, upto + 1):
                for name, content in zip(unit_names(names_of(photo, endings), number), contents, strict=False):
                    put(folder / name, content, kind, given_units[number % len(given_units)])
        numbering = Numbering(Folder(folder), Contents(JobContext()), str)
        taken: set[str] = set()
        for unit in given_units:
            right = by_trying(folder, taken, unit)
            assert numbering.number(unit) == right
            if not right.there:
                numbering.folder.take(right.names)
                taken.update(map(fold, right.names))


def put(path: Path, content: bytes, kind: str, unit: Unit) -> None:
    if os.path.lexists(path):
        return
    if kind == "file":
        path.write_bytes(content)
    elif kind == "link":
        path.symlink_to(unit[0][0])
    else:
        path.mkdir()


@pytest.mark.parametrize("spellings", [("IMG.jpg",), ("IMG.jpg", "img.JPG", "Img.Jpg", "I\u200dMG.jpg")])
def test_names_are_looked_at_a_few_times_each_however_many_are_called_alike(
    spellings: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[int] = []

    def counting(names: list[str], number: int) -> list[str]:
        looked_at.append(number)
        return unit_names(names, number)

    monkeypatch.setattr(numbering_module, "unit_names", counting)
    photos, album = 150, Album(tmp_path)
    for n in random.Random(0).sample(range(photos), photos):
        album.add(f"{n}/{spellings[n % len(spellings)]}", content=b"%03d" % n)  # all of one size
    first = album.plan()
    assert len(first.steps) == photos
    assert len(looked_at) < 6 * photos
    for step in first.steps:
        step.dst.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(step.src, step.dst)
    looked_at.clear()
    assert [problem.code for problem in album.plan().skipped] == ["already-there"] * photos
    assert len(looked_at) < 6 * photos


def test_a_file_that_goes_or_cannot_be_read_meanwhile_keeps_its_name_and_is_nobodys_twin(tmp_path: Path) -> None:
    standing = write(tmp_path / "out", ["IMG.jpg", "IMG (2).jpg"], [b"one", b"two"])
    numbering = Numbering(Folder(tmp_path / "out"), Contents(JobContext()), str)
    standing[0][0].unlink()
    other, twin = (write(tmp_path / content, ["IMG.jpg"], [content.encode()]) for content in ("other", "two"))
    assert numbering.number(other) == Number(["IMG (3).jpg"], there=False)
    standing[1][0].unlink()
    assert numbering.number(twin) == Number(["IMG (3).jpg"], there=False)
