"""Photos as columns are the photos that went in, whatever their names, dates and times are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.photo_list import PhotoList, Texts
from desktop_app.engine.types import Photo
from tests.helpers.drawn_photos import MAYBE, photos


@given(photos())
def test_what_goes_in_comes_out(given_photos: list[Photo]) -> None:
    found = PhotoList.of(given_photos)
    assert list(found) == given_photos
    assert found == given_photos
    assert (len(found), found.ids.tolist()) == (len(given_photos), [photo.id for photo in given_photos])
    assert dict(found.by_id) == {photo.id: photo for photo in given_photos}
    assert list(found.by_id) == found.ids.tolist()
    assert found[1:3] == tuple(given_photos[1:3])
    assert PhotoList.of(found) is found


@given(st.lists(MAYBE, max_size=8))
def test_texts_are_kept_to_the_letter(given_texts: list[str | None]) -> None:
    texts = Texts.of(given_texts)
    assert texts.tolist() == given_texts
    known = [text or "" for text in given_texts]
    assert Texts.of(known).texts() == known


def test_what_is_not_there_is_told_from_what_is() -> None:
    one, two = (Photo(number, Path(f"{number}.jpg"), (), 1, 2, "0", 3, 4) for number in (7, 9))
    found = PhotoList.of([one, two])
    assert found[-1] == two
    with pytest.raises(IndexError):
        found[2]
    assert (found.by_id.get(8), found.by_id.get(10)) == (None, None)
    assert 7 in found.by_id
    assert "7" not in found.by_id
    assert found != [one]
    assert found != [one, one]
    assert PhotoList.of(()) == []
    assert int(np.int64(9)) in found.by_id
    assert (found.by_id.id_at(Path("9.jpg")), found.by_id.id_at(Path("8.jpg"))) == (9, None)
    assert found.by_id.listed is found
    with pytest.raises(KeyError):
        found.by_id[8]


def test_a_photo_is_found_through_a_link_and_however_its_path_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("one.jpg", "two.jpg"):
        (folder / name).touch()
    (tmp_path / "link.jpg").symlink_to(folder / "two.jpg")
    one, two = (Photo(n, folder / name, (), 1, 2, "0", 3, 4) for n, name in ((7, "one.jpg"), (9, "two.jpg")))
    found = PhotoList.of([one, two]).by_id
    assert found.id_reached_by(folder / "one.jpg") == 7
    assert found.id_reached_by(folder / ".." / "photos" / "one.jpg") == 7
    assert found.id_reached_by(tmp_path / "link.jpg") == 9
    assert found.id_reached_by(tmp_path / "three.jpg") is None
