from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.errors import UsageError
from desktop_app.engine.folder.companions import pair_names
from desktop_app.engine.keywords.sidecars import Naming, of_photo
from desktop_app.engine.types import Photo

FOLDER = Path("/photos")
STEMS = st.sampled_from(["IMG_1", "img_1", "IMG_01", "a.b", "Étoile", "x (2)"])
ENDINGS = st.sampled_from(
    [".jpg", ".JPG", ".png", ".heic", ".CR2", ".dng", ".jpg.xmp", ".xmp", ".CR2.xmp", ".mov", ".XMP"]
)


def photos_of(names: Iterable[str]) -> list[Photo]:
    """The photos of a folder, each with its companions."""
    found = pair_names(sorted(set(names)), [])
    return [
        Photo(number, FOLDER / name, tuple(FOLDER / beside for beside in companions), 1, 1, "", 1, 1)
        for number, (name, companions) in enumerate(found.units.items(), 1)
        if not name.lower().endswith((".xmp", ".mov"))
    ]


def sidecars(*names: str) -> dict[str, list[str]]:
    return {photo.path.name: [path.name for path in of_photo(photo)] for photo in photos_of(names)}


def test_both_spellings_belong_and_the_photos_own_comes_first() -> None:
    assert sidecars("a.jpg", "a.xmp", "a.jpg.xmp") == {"a.jpg": ["a.jpg.xmp", "a.xmp"]}
    assert sidecars("a.jpg", "A.XMP") == {"a.jpg": ["A.XMP"]}


def test_a_raw_beside_a_jpeg_has_its_own_and_a_further_version_is_left_out() -> None:
    names = ("a.jpg", "a.CR2", "a.CR2.xmp", "a.xmp", "a_01.CR2.xmp", "a.jpg_original", "a.mov", "a.mov.xmp")
    assert sidecars(*names) == {"a.jpg": ["a.xmp", "a.CR2.xmp"]}


def new(*names: str, spelling: str = "auto") -> dict[str, str]:
    photos = photos_of(names)
    naming = Naming(photos, spelling)  # type: ignore[arg-type]
    return {photo.path.name: naming.new(photo).name for photo in photos if not of_photo(photo)}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        # Where nothing tells: behind the whole name, but for RAW files.
        (("a.jpg", "b.cr2", "c.jpg", "c.cr2"), {"a.jpg": "a.jpg.xmp", "b.cr2": "b.xmp", "c.jpg": "c.xmp"}),
        # As the folder has them, RAW files and others apart.
        (("a.jpg", "a.xmp", "b.jpg", "c.cr2"), {"b.jpg": "b.xmp", "c.cr2": "c.xmp"}),
        (("a.cr2", "a.cr2.xmp", "b.cr2", "c.jpg"), {"b.cr2": "b.cr2.xmp", "c.jpg": "c.jpg.xmp"}),
        (("a.cr2", "a.xmp", "c.jpg"), {"c.jpg": "c.jpg.xmp"}),
        # Two photos that could both claim it.
        (("z.jpg", "z.xmp", "a.jpg", "a.png"), {"a.jpg": "a.jpg.xmp", "a.png": "a.png.xmp"}),
    ],
)
def test_a_new_sidecar_is_spelled_as_the_folder_spells_them(names: tuple[str, ...], expected: dict[str, str]) -> None:
    assert new(*names) == expected


def test_the_spelling_can_be_chosen() -> None:
    assert new("a.jpg", "b.cr2", spelling="digikam") == {"a.jpg": "a.jpg.xmp", "b.cr2": "b.cr2.xmp"}
    assert new("a.jpg", "b.cr2", spelling="lightroom") == {"a.jpg": "a.xmp", "b.cr2": "b.xmp"}
    with pytest.raises(UsageError, match="no spelling 'aperture'"):
        new("a.jpg", spelling="aperture")


@given(
    parts=st.lists(st.tuples(STEMS, ENDINGS), min_size=1, max_size=9),
    spelling=st.sampled_from(["auto", "digikam", "lightroom"]),
)
def test_whatever_is_written_belongs_to_the_photo_it_was_written_for(
    parts: list[tuple[str, str]], spelling: str
) -> None:
    names = {stem + ending for stem, ending in parts}
    photos = photos_of(names)
    naming = Naming(photos, spelling)  # type: ignore[arg-type]
    wanted = {photo.path.name: naming.new(photo).name for photo in photos if not of_photo(photo)}
    assert len(set(wanted.values())) == len(wanted)
    after = {photo.path.name: photo for photo in photos_of(names | set(wanted.values()))}
    for photo, sidecar in wanted.items():
        if sidecar not in names:  # else the plan finds the name taken, and refuses
            assert FOLDER / sidecar in of_photo(after[photo]), (photo, sidecar)
