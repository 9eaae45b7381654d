"""Pictures are looked at pixel by pixel: what is shown, in which order, under which frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.measuring.pictures import (
    ASKED,
    RIGHT,
    WRONG,
    Strip,
    apart,
    cluster_sheet,
    confusion_picture,
    contact_sheet,
    group_sheet,
    neighbor_sheet,
    prototypes,
    scatter,
)

SHADES = (10, 60, 110, 160, 210)


def flat_photos(shades: tuple[int, ...] = SHADES) -> np.ndarray:
    """Photos of one gray each, recognizable anywhere on a sheet."""
    return np.stack([np.full((3, 8, 8), shade, dtype=np.uint8) for shade in shades])


def shades_in_order(path: Path, tile: int) -> list[int]:
    """The grays of the tiles of a sheet, line by line, left to right."""
    pixels = np.asarray(Image.open(path)).astype(int)
    solid = {}
    for shade in SHADES:
        rows, columns = np.nonzero((pixels == shade).all(axis=2))
        for row, column in zip(rows, columns, strict=True):
            window = pixels[row : row + tile, column : column + tile]
            if window.shape[:2] == (tile, tile) and (window == shade).all():
                solid[row, column] = shade
    return [solid[corner] for corner in sorted(solid)]


def test_a_sheet_shows_every_photo_once_in_reading_order(tmp_path: Path) -> None:
    strips = [Strip("first", flat_photos()[[3, 1, 4]]), Strip("second", flat_photos()[[0, 2]])]
    contact_sheet(strips, tmp_path / "sheet.png", columns=2, tile=20)
    assert shades_in_order(tmp_path / "sheet.png", 20) == [160, 60, 210, 10, 110]


def test_strips_beside_each_other(tmp_path: Path) -> None:
    strips = [Strip("", flat_photos()[[number]]) for number in range(5)]
    contact_sheet(strips, tmp_path / "sheet.png", columns=1, tile=20, across=3)
    assert shades_in_order(tmp_path / "sheet.png", 20) == list(SHADES)
    height, width, _ = np.asarray(Image.open(tmp_path / "sheet.png")).shape
    assert width > 3 * 20
    assert height < 3 * 40


def test_groups_come_by_size_and_are_thinned_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.measuring.pictures._MOST_SHOWN", 2)
    groups = np.array([7, 2, 2, 7, 7])
    group_sheet(flat_photos(), groups, tmp_path / "groups.png", columns=2, tile=20)
    assert shades_in_order(tmp_path / "groups.png", 20) == [10, 210, 60, 110]


@pytest.mark.parametrize("photos", [None, flat_photos()])
def test_neighbors_are_framed_by_whether_they_are_of_the_kind(tmp_path: Path, photos: np.ndarray | None) -> None:
    truth = np.array([0, 0, 1, 0, 1]) if photos is not None else None
    rows, neighbors = np.array([0, 2]), np.array([[1, 2], [4, 3]])
    neighbor_sheet(flat_photos(), rows, neighbors, tmp_path / "near.png", truth=truth, tile=20)
    assert shades_in_order(tmp_path / "near.png", 20) == [10, 60, 110, 110, 210, 160]
    colors = set(map(tuple, np.asarray(Image.open(tmp_path / "near.png")).reshape(-1, 3).tolist()))
    assert ASKED in colors
    assert ({RIGHT, WRONG} <= colors) == (photos is not None)


def test_small_pictures_are_enlarged_without_blur(tmp_path: Path) -> None:
    photo = np.zeros((1, 3, 2, 2), dtype=np.uint8)
    photo[0, :, 0, 0] = 255
    contact_sheet([Strip("", photo)], tmp_path / "sheet.png", columns=1, tile=40)
    inner = np.asarray(Image.open(tmp_path / "sheet.png").convert("L"))
    assert set(np.unique(inner)) == {0, 255}


@pytest.mark.parametrize("with_photos", [False, True])
@pytest.mark.parametrize("kinds", [3, 12])
def test_the_map_is_drawn_with_and_without_thumbnails(tmp_path: Path, with_photos: bool, kinds: int) -> None:
    rng = np.random.default_rng(0)
    xy, groups = rng.normal(size=(60, 2)).astype(np.float32), np.arange(60) % kinds
    photos = rng.integers(0, 256, (60, 3, 8, 8), dtype=np.uint8) if with_photos else None
    scatter(xy, groups, tmp_path / "map.png", title="map", photos=photos)
    pixels = np.asarray(Image.open(tmp_path / "map.png").convert("RGB")).reshape(-1, 3)
    assert len(np.unique(pixels[np.ptp(pixels, axis=1) > 60], axis=0)) >= kinds


def test_thumbnails_keep_apart_and_none_could_be_added() -> None:
    xy = np.random.default_rng(0).random((500, 2)).astype(np.float32) * [10, 1]
    chosen = apart(xy, across=8)
    scaled = (xy - xy.min(axis=0)) / np.ptp(xy, axis=0) * 8
    distance = np.abs(scaled[:, None] - scaled[chosen]).max(axis=2)
    assert (distance[chosen] + np.eye(len(chosen)) * 9).min() >= 1
    assert (distance.min(axis=1) < 1).sum() == 500  # each point is near a chosen one, chosen ones near themselves
    assert apart(np.zeros((3, 2), dtype=np.float32), across=8) == [0]


def test_the_confusion_matrix_is_dark_where_shares_are_large(tmp_path: Path) -> None:
    matrix = np.array([[0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.02, 0.98], [0.0, 0.5, 0.5, 0.0]])
    confusion_picture(matrix, ["0", "1", "2"], tmp_path / "matrix.png", title="confusion")
    pixels = np.asarray(Image.open(tmp_path / "matrix.png").convert("RGB")).astype(int)
    dark = (np.abs(pixels - [8, 48, 107]) < 8).all(axis=2)  # the darkest blue of the color map
    rows, columns = np.nonzero(dark)
    upper = rows < (rows.min() + rows.max()) / 2
    third = pixels.shape[1] / 3  # the first label in the first column drawn, the second in the last
    assert np.median(columns[upper]) < third
    assert np.median(columns[~upper]) > 2 * third


def test_a_prototype_is_the_most_typical_of_the_surest(monkeypatch: pytest.MonkeyPatch) -> None:
    features = np.array([[0, 0], [1, 0], [5, 0], [9, 9], [2, 2], [0, 1]], dtype=np.float32)
    groups = np.array([0, 0, 0, 3, -1, 0])
    confidence = np.array([0.9, 0.8, 0.1, 0.5, 1.0, 0.7], dtype=np.float32)
    # Of the three surest of group 0, the mean is (1/3, 1/3), nearest to the first.
    monkeypatch.setattr("training.measuring.pictures._AVERAGED", 3)
    assert prototypes(features, groups, confidence) == {0: 0, 3: 3}
    monkeypatch.undo()
    assert prototypes(features, groups, confidence) == {0: 1, 3: 3}


def test_a_cluster_shows_its_prototype_first_and_then_the_surest_of_the_others_once(tmp_path: Path) -> None:
    shades = np.array([200, 120, 160, 80, 40], dtype=np.uint8)
    photos = np.broadcast_to(shades[:, None, None, None], (5, 3, 64, 64)).copy()
    features = np.array([[0.0], [1.0], [4.0], [5.0], [0.0]], dtype=np.float32)
    groups, confidence = np.array([0, 0, 0, 0, -1]), np.array([0.9, 0.8, 0.7, 0.99, 1.0], dtype=np.float32)
    cluster_sheet(photos, features, groups, confidence, tmp_path / "sheet.png", title="a")
    pixels = np.asarray(Image.open(tmp_path / "sheet.png").convert("RGB")).astype(int)
    tiles = [number for number in range(5) if (pixels == shades[number]).all(axis=2).sum() > 32 * 32]
    assert tiles == [0, 1, 2, 3]  # the unsure one belongs to no cluster
    left = {number: np.nonzero((pixels == shades[number]).all(axis=2))[1] for number in tiles}
    # The mean of the four is 2.5: nearest is the second; the others follow by confidence.
    assert sorted(tiles, key=lambda number: np.median(left[number])) == [1, 3, 0, 2]
    for number in tiles:
        assert len(left[number]) < 1.5 * 64 * 64  # once; some pixels of the words have its shade
