"""A folder as people have them: nothing is lost from sight, nothing is opened that should stay closed."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.errors import Cancelled, UsageError
from desktop_app.engine.folder import scan as scan_module
from desktop_app.engine.folder.scan import is_placeholder, scan
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Scan
from tests.helpers.pictures import encode, quadrants

JPEG, PNG = encode(quadrants(), "JPEG"), encode(quadrants(), "PNG")
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX file system")


def write(root: Path, **files: bytes) -> None:
    for name, data in files.items():
        put(root / name, data)


def put(path: Path, data: bytes = JPEG) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def look(root: Path, **options: object) -> Scan:
    return scan(root, JobContext(), **options)


def names(found: Scan) -> list[str]:
    return [file.path.relative_to(found.root).as_posix() for file in found.files]


def problems(found: Scan) -> dict[str, str]:
    return {problem.path.relative_to(found.root).as_posix(): problem.code for problem in found.problems}


def ignored(found: Scan) -> dict[str, str]:
    return {entry.path.relative_to(found.root).as_posix(): entry.reason for entry in found.ignored}


def test_photos_are_found_at_any_depth_in_order(tmp_path):
    for name in ("b/2.jpg", "a.jpg", "b/1.jpg", "b/c/d/e.png", "Z.jpg", "b.jpg"):
        put(tmp_path / name)
    found = look(tmp_path)
    assert names(found) == ["Z.jpg", "a.jpg", "b/1.jpg", "b/2.jpg", "b/c/d/e.png", "b.jpg"]
    assert found.files[0].size_bytes == len(JPEG)
    assert found.files[0].mtime_ns == (tmp_path / "Z.jpg").stat().st_mtime_ns
    assert look(tmp_path) == found


def test_content_decides_not_the_extension(tmp_path):
    put(tmp_path / "really-a-png.jpg", PNG)
    put(tmp_path / "no-extension")
    put(tmp_path / "photo.txt")
    put(tmp_path / "letter.jpg", b"Dear Sir, this is not a picture.")
    put(tmp_path / "empty.jpg", b"")
    put(tmp_path / "empty.txt", b"")
    put(tmp_path / "notes.txt", b"notes")
    put(tmp_path / "evil.jpg", b"%!PS-Adobe-3.0\n")
    put(tmp_path / "drawing.eps", b"%!PS-Adobe-3.0\n")
    put(tmp_path / "manual.pdf", b"%PDF-1.7")
    put(tmp_path / "manual.jpg", b"%PDF-1.7")
    put(tmp_path / "picture.jxl", b"\xff\x0a123")
    put(tmp_path / "layers.xcf", b"gimp xcf file\0")
    found = look(tmp_path)
    assert {file.path.name: file.format for file in found.files} == {
        "really-a-png.jpg": "png",
        "no-extension": "jpeg",
        "photo.txt": "jpeg",
    }
    assert problems(found) == {
        "letter.jpg": "not-an-image",
        "empty.jpg": "empty",
        "evil.jpg": "unsupported-format",
        "drawing.eps": "unsupported-format",
        "manual.jpg": "unsupported-format",
        "picture.jxl": "unsupported-format",
        "layers.xcf": "unsupported-format",
    }
    assert (
        next(p for p in found.problems if p.path.name == "picture.jxl").message
        == "Kindred does not read this kind of picture (JPEG XL). Save it as JPEG or PNG to see it here."
    )
    assert set(ignored(found)) == {"empty.txt", "notes.txt", "manual.pdf"}


def test_a_unit_is_the_photo_and_what_travels_with_it(tmp_path):
    for name in ("IMG_1.HEIC", "IMG_2.jpg"):
        put(tmp_path / "trip" / name)
    for name in ("IMG_1.AAE", "IMG_1.MOV", "IMG_2.jpg.xmp", "IMG_2.xmp", "alone.mov"):
        put(tmp_path / "trip" / name, b"companion")
    put(tmp_path / "IMG_1.xmp", b"of another folder")
    found = look(tmp_path)
    units = {file.path.name: [member.name for member in file.companions] for file in found.files}
    assert units == {"IMG_1.HEIC": ["IMG_1.AAE", "IMG_1.MOV"], "IMG_2.jpg": ["IMG_2.jpg.xmp", "IMG_2.xmp"]}
    assert set(ignored(found)) == {"IMG_1.xmp", "trip/alone.mov"}


@pytest.mark.parametrize(
    "folder",
    [
        ".git",
        ".thumbnails",
        "@eaDir",
        "$RECYCLE.BIN",
        "System Volume Information",
        ".Trash-1000",
        ".Trashes",
        "#recycle",
        "__MACOSX",
        "lost+found",
        "Fotos-Mediathek.photoslibrary",
        "Catalog Previews.lrdata",
    ],
)
def test_folders_of_systems_and_other_programs_are_one_ignored_entry(tmp_path, folder):
    put(tmp_path / "sub" / folder / "deep" / "a.jpg")
    put(tmp_path / "b.jpg")
    found = look(tmp_path)
    assert names(found) == ["b.jpg"]
    assert list(ignored(found)) == [f"sub/{folder}"]


def test_hidden_files_are_left_out(tmp_path):
    write(tmp_path, **{"._a.jpg": JPEG, ".hidden.jpg": JPEG, "a.jpg": JPEG, ".DS_Store": b"x"})
    found = look(tmp_path)
    assert names(found) == ["a.jpg"]
    assert set(ignored(found)) == {"._a.jpg", ".hidden.jpg", ".DS_Store"}


def test_a_hidden_root_is_what_the_person_asked_for(tmp_path):
    put(tmp_path / ".private" / "a.jpg")
    assert names(look(tmp_path / ".private")) == ["a.jpg"]


def test_patterns_and_earlier_destinations_are_left_out(tmp_path):
    for name in ("keep.jpg", "draft-1.jpg", "Drafts/a.jpg", "x/raw/b.jpg", "x/c.jpg", "sorted/d.jpg", "y/sorted/e.jpg"):
        put(tmp_path / name)
    found = look(tmp_path, exclude=("DRAFT-*", "drafts/", "x/raw"), skip=(tmp_path / "sorted",))
    assert names(found) == ["keep.jpg", "x/c.jpg", "y/sorted/e.jpg"]
    assert set(ignored(found)) == {"draft-1.jpg", "Drafts", "x/raw", "sorted"}
    assert "destination" in ignored(found)["sorted"]


@POSIX
def test_links_are_never_followed(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside"
    put(root / "a.jpg")
    put(outside / "b.jpg")
    (root / "to-file").symlink_to(root / "a.jpg")
    (root / "to-loop").symlink_to(root)
    (root / "to-itself").symlink_to(root / "to-itself")
    (root / "out-file.jpg").symlink_to(outside / "b.jpg")
    (root / "out-folder").symlink_to(outside)
    (root / "nowhere.jpg").symlink_to(tmp_path / "gone.jpg")
    found = look(root)
    assert names(found) == ["a.jpg"]
    reasons = ignored(found)
    assert "out of" in reasons["out-file.jpg"]
    assert "out of" in reasons["out-folder"]
    assert "else in this folder" in reasons["to-file"]
    assert "else in this folder" in reasons["to-loop"]
    assert "nowhere" in reasons["nowhere.jpg"]
    assert len(reasons) == 6


@POSIX
def test_a_root_that_is_a_link_is_the_persons_choice(tmp_path):
    put(tmp_path / "real" / "a.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    found = look(tmp_path / "link")
    assert [file.path for file in found.files] == [tmp_path / "link" / "a.jpg"]


@POSIX
def test_hard_links_are_photos_like_any(tmp_path):
    put(tmp_path / "a.jpg")
    os.link(tmp_path / "a.jpg", tmp_path / "b.jpg")
    assert names(look(tmp_path)) == ["a.jpg", "b.jpg"]


@POSIX
def test_pipes_sockets_and_devices_are_never_opened(tmp_path, monkeypatch):
    put(tmp_path / "a.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    monkeypatch.chdir(tmp_path)  # a socket's path is short of 108 bytes
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.jpg")
        found = look(tmp_path)
    assert names(found) == ["a.jpg"]
    assert set(ignored(found)) == {"pipe.jpg", "socket.jpg"}


@pytest.mark.parametrize(
    ("status", "kept_away"),
    [
        (SimpleNamespace(st_file_attributes=0x0040_0000 | 0x20), True),
        (SimpleNamespace(st_file_attributes=0x0004_0000), True),
        (SimpleNamespace(st_file_attributes=0x0000_1000), True),
        (SimpleNamespace(st_flags=0x4000_0000 | 0x20), True),
        (SimpleNamespace(st_file_attributes=0x20, st_flags=0), False),
        (os.stat_result([0] * 10), False),
    ],
)
def test_what_is_kept_in_a_cloud(status, kept_away):
    assert is_placeholder(status) is kept_away


def test_a_placeholder_is_reported_and_never_opened(tmp_path):
    # There is no file under this name: opening it would be reported as unreadable instead.
    status = SimpleNamespace(st_file_attributes=0x0040_0000, st_size=10)
    verdict = scan_module.examine(tmp_path / "cloud.jpg", status)
    assert verdict.code == "cloud-placeholder"
    assert "Download" in verdict.message
    assert "cloud" in scan_module.examine(tmp_path / "cloud.docx", status).reason


ODD_NAMES = [
    "two\nlines.jpg",
    "-rf.jpg",
    "👨‍👩‍👧 ❤️.jpg",
    " .jpg",
    "a" * 251 + ".jpg",
    "'\"$(x)`.jpg",
    "%n%s.jpg",
    "\\.jpg",
]


@POSIX
@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names(tmp_path, name):
    put(tmp_path / name)
    assert [file.path for file in look(tmp_path).files] == [tmp_path / name]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_names_that_are_no_text(tmp_path):
    name = os.fsdecode(b"caf\xe9 \xff\xfe.jpg")
    put(tmp_path / name)
    put(tmp_path / (name + ".xmp"), b"sidecar")
    (file,) = look(tmp_path).files
    assert os.fsencode(file.path.name) == b"caf\xe9 \xff\xfe.jpg"
    assert len(file.companions) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="macOS folds the two spellings")
def test_composed_and_decomposed_names_are_two_photos(tmp_path):
    put(tmp_path / "caf\u00e9.jpg")
    put(tmp_path / "cafe\u0301.jpg")
    assert len(look(tmp_path).files) == 2


@POSIX
def test_deep_nesting(tmp_path):
    depth = 120
    put(tmp_path.joinpath(*["d"] * depth, "a.jpg"))
    assert names(look(tmp_path)) == ["d/" * depth + "a.jpg"]


def test_a_missing_folder_and_a_file_in_its_place(tmp_path):
    for path, code in ((tmp_path / "none", "folder-missing"), (put(tmp_path / "a.jpg"), "not-a-folder")):
        with pytest.raises(UsageError) as caught:
            look(path)
        assert caught.value.code == code
        assert str(path.name) in caught.value.message
    with pytest.raises(UsageError) as caught:
        look(tmp_path / "a.jpg" / "inside")
    assert caught.value.code == "folder-missing"
    with pytest.raises(UsageError) as caught:
        look(tmp_path / "a\0b")
    assert caught.value.code == "folder-unreadable"


def test_an_empty_folder_is_an_empty_scan(tmp_path):
    assert look(tmp_path) == Scan(tmp_path, (), (), ())


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_named(tmp_path):
    put(tmp_path / "a.jpg")
    put(tmp_path / "closed.jpg").chmod(0)
    put(tmp_path / "closed.txt", b"x").chmod(0)
    put(tmp_path / "locked" / "b.jpg").parent.chmod(0)
    try:
        found = look(tmp_path)
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert names(found) == ["a.jpg"]
    assert problems(found) == {"closed.jpg": "unreadable", "locked": "folder-unreadable"}
    assert set(ignored(found)) == {"closed.txt"}


def test_a_folder_that_vanishes_during_the_scan_is_named(tmp_path):
    put(tmp_path / "a" / "b.jpg")
    put(tmp_path / "c.jpg")

    def remove(_: object) -> None:
        if (tmp_path / "a").is_dir():
            (tmp_path / "a" / "b.jpg").unlink()
            (tmp_path / "a").rmdir()

    found = scan(tmp_path, JobContext(remove))
    assert names(found) == ["c.jpg"]
    assert problems(found) == {"a": "folder-unreadable"}


def test_cancelling(tmp_path):
    put(tmp_path / "a.jpg")
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        scan(tmp_path, ctx)


def test_progress_ends_with_all_entries(tmp_path):
    for index in range(5):
        put(tmp_path / f"{index}.jpg")
    events = []
    scan(tmp_path, JobContext(events.append))
    assert (events[-1].done, events[-1].total) == (5, 5)


CONTENTS = st.sampled_from([JPEG, PNG, b"", b"text", b"%PDF-1.7", b"%!PS", b"8BPS", b"II*\0\x08\0\0\0"])
PARTS = st.sampled_from(["a", "b", "IMG_1", "IMG_E1", ".x", "@eaDir", "Sub"])
ENDINGS = st.sampled_from(
    [".jpg", ".JPG", ".png", ".cr2", ".xmp", ".jpg.xmp", ".mov", ".aae", ".thm", ".json", ".txt", ""]
)


@settings(max_examples=60)
@given(st.dictionaries(st.tuples(st.lists(PARTS, max_size=2).map(tuple), PARTS, ENDINGS), CONTENTS, max_size=14))
def test_every_file_is_in_exactly_one_place(tmp_path_factory, files):
    root = tmp_path_factory.mktemp("tree")
    for (folders, stem, ending), data in files.items():
        path = root.joinpath(*[f"{folder}.d" for folder in folders], stem + ending)
        if not path.is_dir():
            put(path, data)
    found = look(root)
    places = [file.path for file in found.files] + [member for file in found.files for member in file.companions]
    with_its_photo = {member for file in found.files for member in file.companions}
    places += [problem.path for problem in found.problems if problem.path not in with_its_photo]
    places += [entry.path for entry in found.ignored]
    assert len(places) == len(set(places))
    left_out = [entry.path for entry in found.ignored if entry.path.is_dir()]
    everything = [path for path in root.rglob("*") if path.is_file()]
    expected = {path for path in everything if not any(path.is_relative_to(folder) for folder in left_out)}
    assert set(places) - set(left_out) == expected
