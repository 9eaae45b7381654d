"""What a folder holds instead of photos, by kind, with the commonest first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.errors import NoImagesError
from desktop_app.engine.folder.left_out import no_images, summary
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.types import Ignored, Problem


def found(folder: Path) -> tuple[tuple[Problem, ...], tuple[Ignored, ...]]:
    seen = scan(folder, JobContext(), exclude=("*.gif",), skip=(folder / "sorted",))
    assert not seen.files
    return seen.problems, seen.ignored


def fill(folder: Path, kind: str, number: int) -> None:
    for i in range(number):
        if kind == "link":
            (folder / f"l{i}.jpg").symlink_to(folder / "nowhere")
        elif kind == "sorted":
            (folder / "sorted").mkdir()
        elif kind == "library of another program":
            (folder / f"a{i}.photoslibrary").mkdir()
        elif kind == "system folder":
            (folder / "@eaDir").mkdir()
        elif kind == "unsupported picture":
            (folder / f"u{i}.xcf").write_bytes(b"gimp xcf\0\1" + bytes(100))
        else:
            name = {
                "hidden": f".h{i}",
                "film": f"f{i}.MP4",
                "file of another kind": f"n{i}.bin",
                "unfinished download": f"d{i}.jpg.part",
                "file that a Mac left (._)": f"._m{i}.jpg",
                "file that is only in the cloud": f".c{i}.jpg.icloud",
                "settings file of another program": ".picasa.ini",
                "excluded by a setting": f"g{i}.gif",
                "empty picture": f"e{i}.png",
                "empty file": f"e{i}.bin",
                "picture by name only": f"x{i}.jpg",
            }[kind]
            (folder / name).write_bytes(b"" if kind.startswith("empty") else b"some bytes")


@pytest.mark.parametrize(
    "kind",
    [
        "link", "hidden", "film", "file of another kind", "unfinished download",
        "library of another program", "system folder", "file that a Mac left (._)",
        "file that is only in the cloud", "settings file of another program",
        "excluded by a setting", "empty picture", "empty file", "picture by name only", "unsupported picture",
    ],
)  # fmt: skip
def test_each_kind_is_counted_under_its_own_name_and_explained(kind: str, tmp_path: Path) -> None:
    fill(tmp_path, kind, 1)
    problems, ignored = found(tmp_path)
    assert summary((*problems, *ignored)) == f"1 {kind}"
    error = no_images(tmp_path, problems, ignored)
    assert f"In it: 1 {kind}. " in error.message
    assert error.message.endswith(".")
    assert error.hint
    assert error.code == ("no-readable-photos" if problems else "no-photos")


def test_the_commonest_kind_comes_first_and_is_the_one_explained(tmp_path: Path) -> None:
    for kind, number in (("link", 5), ("hidden", 2), ("film", 3), ("unsupported picture", 1), ("empty file", 1)):
        fill(tmp_path, kind, number)
    (tmp_path / "sorted").mkdir()
    error = no_images(tmp_path, *found(tmp_path))
    assert "In it: 5 links, 3 films, 2 hidden, 3 others. Links are left alone" in error.message
    assert (len(error.problems), len(error.ignored)) == (1, 12)


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    assert "It is empty." in no_images(tmp_path, *found(tmp_path)).message


def test_an_album_of_links_into_a_store_is_explained(tmp_path: Path) -> None:
    store, album = tmp_path / ".git" / "annex" / "objects", tmp_path / "2024"
    store.mkdir(parents=True)
    album.mkdir()
    for i in range(3):
        Image.new("RGB", (32, 32), (i, 90, 90)).save(store / f"{i}.jpg")
        (album / f"p{i}.jpg").symlink_to(store / f"{i}.jpg")
    with Library(album, model="photos") as library, pytest.raises(NoImagesError, match="3 links") as caught:
        library.index(JobContext())
    assert {entry.reason for entry in caught.value.ignored} == {"a link out of the folder"}
    assert "the folder that they lead to" in caught.value.hint
