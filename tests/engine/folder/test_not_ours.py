"""Files that are still being written and the insides of other programs' libraries are named and left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.engine.folder.packages import is_package
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.job import JobContext
from tests.helpers.pictures import encode, quadrants

UNFINISHED = """a.jpg.part a.jpg.crdownload a.jpg.partial a.jpg.download a.jpg.!ut a.jpg.!qB a.jpg.aria2 a.jpg.filepart
~syncthing~a.jpg.tmp .syncthing.a.jpg.tmp a.jpg.opdownload a.jpg.tmp a.jpg.part1 a.jpg.partial.x7Kq2a a.jpg.bc!
Unconfirmed.crdownload a.jpg.rclone.b1946ac9 a.jpg.crswap a.jpg.megatmp a.jpg.fdmdownload a.jpg.dtapart
a.jpg.tmp.drivedownload a.jpg.uploading a.jpg.synctmp"""
PACKAGES = """A.photoslibrary Film.fcpbundle Trip.imovielibrary L.lrlibrary P.lrdata C.cocatalog V.aplibrary N.rtfd
D.pages T.key Program.app Disk.sparsebundle A.MigratedPhotoLibrary Plan.eddx Draft.sketchbundle Art.pxd Film.tvlibrary
Course.cmproj Talk.screenflow Notes.textbundle Diary.dayone Archive.tropy"""
COPIES = ".bak .old .orig ~ -backup _old .bak.1 .bak2 (2)".split()
COPIES += [
    " (2)",
    " copy",
    " copy 2",
    " Kopie",
    " - Copy",
    " - Copy (2)",
    " (copy)",
    " 2",
    " (conflicted copy 2026-11-01)",
]


def ignored_in(root: Path) -> dict[str, str]:
    return {str(entry.path.relative_to(root)): entry.reason for entry in scan(root, JobContext()).ignored}


def photos_in(root: Path) -> list[str]:
    return [str(file.path.relative_to(root)) for file in scan(root, JobContext()).files]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "whole.jpg").write_bytes(encode(quadrants(), "JPEG"))
    return tmp_path


@pytest.mark.parametrize("name", UNFINISHED.split())
def test_what_is_still_being_written_is_no_photo(root: Path, name: str) -> None:
    (root / name).write_bytes(encode(quadrants(), "JPEG"))
    assert "not whole yet" in ignored_in(root)[name]
    assert photos_in(root) == ["whole.jpg"]


def test_a_file_that_a_download_program_fills_in_is_not_whole_either(root: Path) -> None:
    (root / "b.jpg").write_bytes(encode(quadrants(), "JPEG"))
    (root / "b.jpg.aria2").write_bytes(b"state")
    assert photos_in(root) == ["whole.jpg"]
    assert "not whole yet" in ignored_in(root)["b.jpg"]


@pytest.mark.parametrize("name", [*PACKAGES.split(), "iPhoto Library"])
def test_nothing_inside_another_programs_library_is_taken(root: Path, name: str) -> None:
    inside = root / name / "Data" / "originals"
    inside.mkdir(parents=True)
    (inside / "inside.jpg").write_bytes(encode(quadrants(), "JPEG"))
    assert photos_in(root) == ["whole.jpg"]
    assert ignored_in(root) == {name: "another program's library or document"}


@pytest.mark.parametrize("sign", ["Info.plist", "Contents/Info.plist", "contents/Resources/x"])
def test_a_folder_with_a_packages_sign_is_a_package_whatever_its_ending(root: Path, sign: str) -> None:
    for name in ("Deck.newprogram", "Summer 2019"):
        (root / name / sign).parent.mkdir(parents=True)
        (root / name / sign).write_bytes(b"x")
        (root / name / "inside.jpg").write_bytes(encode(quadrants(), "JPEG"))
    assert photos_in(root) == ["Summer 2019/inside.jpg", "whole.jpg"]
    assert ignored_in(root)["Deck.newprogram"] == "another program's library or document"


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", ["X.photoslibrary", "L.lrlibrary", "D.key", "P.app"])
def test_a_copy_of_a_package_is_a_package(root: Path, name: str, copy: str) -> None:
    (root / (name + copy)).mkdir()
    (root / (name + copy) / "inside.jpg").write_bytes(encode(quadrants(), "JPEG"))
    assert photos_in(root) == ["whole.jpg"]
    assert ignored_in(root) == {name + copy: "another program's library or document"}


@pytest.mark.parametrize("name", ["Old photos", "2019", "X.photoslibrary from the old Mac"])
@pytest.mark.parametrize("parts", ["database originals resources", "Database Masters Previews Thumbnails"])
def test_a_photo_library_is_known_by_what_it_holds_whatever_it_is_called(root: Path, name: str, parts: str) -> None:
    for part in parts.split():
        (root / name / part).mkdir(parents=True)
        (root / name / part / "inside.jpg").write_bytes(encode(quadrants(), "JPEG"))
    assert photos_in(root) == ["whole.jpg"]
    assert ignored_in(root) == {name: "another program's library or document"}


@pytest.mark.parametrize(
    "parts",
    [
        "Info.plist Status.plist Manifest.plist Manifest.db ab",
        "Info.plist Status.plist Manifest.mbdb",
        "metadata.json tags.json images",
        "metadata.json mtime.json images backup",
        "metadata.db metadata_db_prefs_backup.json Author",
    ],
)
def test_backups_of_phones_and_libraries_of_other_programs_are_known_by_what_they_hold(root: Path, parts: str) -> None:
    for name, inside in (("Old things", parts.split()), ("Holiday", parts.split()[:1])):
        for part in inside:
            (root / name / part).mkdir(parents=True)
        (root / name / "inside.jpg").write_bytes(encode(quadrants(), "JPEG"))
    assert photos_in(root) == ["Holiday/inside.jpg", "whole.jpg"]
    assert ignored_in(root) == {"Old things": "another program's library or document"}


@pytest.mark.parametrize("copy", [" copy 1", " 1", ".bak.1-", " (copy)", "~", " original"])
def test_a_name_of_many_copies_of_copies_is_read_at_once(copy: str) -> None:
    for ending in ("photoslibrary", "key"):
        assert not is_package(f"X.{ending}{copy * 60}x")


def test_a_live_photo_kept_as_one_document_says_what_to_do(root: Path) -> None:
    (root / "IMG_1.pvt").mkdir()
    (root / "IMG_1.pvt" / "IMG_1.jpg").write_bytes(encode(quadrants(), "JPEG"))
    assert photos_in(root) == ["whole.jpg"]
    assert "export it from Photos" in ignored_in(root)["IMG_1.pvt"]


ORDINARY = """2019.07 Rome|v1.0|a.b|Holiday.key photos|1.app-ideas|My.band photos|Photo library|Originals.2019
Trip.2019 copy|Mr.Keys|Web.appeal|Holiday.photos|St.Pages walk|Old bundle|Nr.1 (2)|Anna.app store
d.library|Our.concert|Wedding.package|Family.theater trip"""


@pytest.mark.parametrize("name", ORDINARY.replace("\n", "|").split("|"))
def test_a_dot_in_a_folders_name_makes_no_package(root: Path, name: str) -> None:
    (root / name).mkdir()
    (root / name / "inside.jpg").write_bytes(encode(quadrants(), "JPEG"))
    assert sorted(photos_in(root)) == sorted([f"{name}/inside.jpg", "whole.jpg"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("._whole.jpg", "foreign disk"),
        (".nomedia", "Android"),
        (".picasa.ini", "Picasa"),
        (".other.jpg.icloud", "kept in iCloud"),
        ("whole.jpg.icloud", "kept in iCloud"),
        ("other.heic.ICLOUD", "kept in iCloud"),
        ("whole.jpg.nextcloud", "kept in the cloud"),
        ("whole.jpg.owncloud", "kept in the cloud"),
        ("whole.jpg.cloud", "kept in the cloud"),
        ("Trip.cloudf", "kept in the cloud"),
        ("whole.jpg.rsls", "kept in the cloud"),
        ("CaptureOne/Settings/whole.jpg.cos", "Capture One"),
        ("NKSC_PARAM/whole.jpg.nksc", "NX Studio"),
        (".comments/whole.jpg.xml", "gThumb"),
    ],
)
def test_what_other_programs_keep_in_a_photo_folder_is_named(root: Path, name: str, words: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(b"x")
    assert words in ignored_in(root)[name.partition("/")[0]]
    (photo,) = scan(root, JobContext()).files
    assert photo.companions == ()
