"""HEIF as cameras and phones write it: large grids, previews, turns by property or by EXIF, notes behind the end."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.pictures import guard, heif, isobmff, limits
from desktop_app.engine.pictures.decode import decode
from desktop_app.engine.pictures.result import DecodeError, NotHere
from tests.helpers.heif import PICTURES, Coded, Heif, box, imir, irot
from tests.helpers.memory import peak_mib
from tests.helpers.pictures import BLUE, GRAY, GREEN, RED, assert_close, corners

QUADRANTS, TILE = Coded.load("quadrants.heic"), Coded.load("tile.heic")


def orientation(value: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = value
    return exif.tobytes().removeprefix(b"Exif\0\0")


def single(*properties: bytes, exif: int | None = None) -> bytes:
    file = Heif()
    file.primary = file.picture(QUADRANTS, *properties)
    if exif is not None:
        file.exif(orientation(exif), file.primary)
    return file.done()


def grid(columns: int, rows: int, *properties: bytes, size: tuple[int, int] | None = None) -> bytes:
    file = Heif()
    file.primary = file.grid(TILE, columns, rows, *properties, size=size)
    return file.done()


def test_the_base_picture_is_as_drawn():
    decoded = decode((PICTURES / "quadrants.heic").read_bytes(), None)
    assert (decoded.width, decoded.height) == (128, 96)
    assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])


@pytest.mark.parametrize(
    ("columns", "rows", "properties", "size"),
    [
        (16, 12, (), (8064, 6048)),  # 48 megapixels, the last tiles cut
        (16, 12, (irot(3),), (8064, 6048)),
        pytest.param(32, 24, (irot(1),), (16320, 12240), marks=pytest.mark.slow),  # 200
        pytest.param(64, 8, (irot(3),), (32_000, 3900), marks=pytest.mark.slow),  # a panorama of 125
    ],
)
def test_pictures_of_large_sensors_open_in_little_memory(columns, rows, properties, size):
    guard.release()
    decoded = decode(grid(columns, rows, *properties, size=size), 256)
    width, height = size or (columns * 512, rows * 512)
    turned = bool(properties)
    assert (decoded.width, decoded.height) == ((height, width) if turned else (width, height))
    assert (decoded.image.width > decoded.image.height) == (decoded.width > decoded.height)
    assert min(decoded.image.size) >= 256
    assert not decoded.damaged
    for worker in guard._idle:
        assert peak_mib(worker.process.pid) < 256
    guard.release()


def test_what_is_no_grid_is_decoded_whole_as_far_as_memory_allows():
    file = Heif()
    item = file.picture(Coded(QUADRANTS.config, QUADRANTS.data, (16_382, 3794)))  # 62 megapixels by its header
    file.primary = item
    with pytest.raises(NotHere) as caught:
        heif.decode(file.done(), 256, costly=False)
    assert caught.value.costly
    file = Heif()
    file.primary = file.picture(Coded(QUADRANTS.config, QUADRANTS.data, (16_000, 16_000)))
    with pytest.raises(DecodeError) as refused:
        heif.decode(file.done(), 256, costly=True)
    assert refused.value.code == "too-large"


def test_the_preview_stands_in_for_a_picture_that_is_too_large():
    file = Heif()
    file.primary = file.picture(Coded(QUADRANTS.config, QUADRANTS.data, (16_000, 16_000)))
    file.refer(b"thmb", file.picture(QUADRANTS), file.primary)
    file.exif(orientation(6), file.primary)
    decoded = decode(file.done(), 256)
    assert (decoded.width, decoded.height) == (16_000, 16_000)
    assert_close(corners(decoded.image), [BLUE, RED, GRAY, GREEN])


@pytest.mark.parametrize("properties", [(), (irot(1),), (irot(2),), (irot(3),), (imir(0),), (irot(1), imir(1))])
def test_tile_by_tile_is_the_same_picture_as_whole(monkeypatch, properties):
    data = grid(4, 3, *properties, size=(2000, 1500))
    whole = heif.decode(data, 64, costly=True)
    monkeypatch.setattr(limits, "COSTLY", 8 << 20)
    tiled = heif.decode(data, 64, costly=False)
    assert (tiled.width, tiled.height) == (whole.width, whole.height)
    size = (50, 40)
    difference = np.asarray(tiled.image.resize(size), int) - np.asarray(whole.image.resize(size), int)
    assert np.abs(difference).mean() < 4  # edges, by less than a pixel; a wrong turn gives 60


@pytest.mark.parametrize(
    ("properties", "exif", "wanted"),
    [
        ((), None, [RED, GREEN, BLUE, GRAY]),
        ((), 6, [BLUE, RED, GRAY, GREEN]),  # phones that write EXIF alone: galleries honor it
        ((), 3, [GRAY, BLUE, GREEN, RED]),
        ((irot(3),), None, [BLUE, RED, GRAY, GREEN]),
        ((irot(3),), 6, [BLUE, RED, GRAY, GREEN]),  # said twice, done once
        ((irot(0),), 6, [RED, GREEN, BLUE, GRAY]),  # the property counts where the two differ
        ((imir(1),), 6, [GREEN, RED, GRAY, BLUE]),
    ],
)
@pytest.mark.parametrize("size", [None, 20])
def test_which_way_is_up(properties, exif, wanted, size):
    decoded = decode(single(*properties, exif=exif), size)
    assert_close(corners(decoded.image), wanted)
    upright = wanted[0] == BLUE
    assert (decoded.width, decoded.height) == ((96, 128) if upright else (128, 96))


def test_the_primary_picture_is_shown_wherever_it_stands():
    file = Heif()
    file.picture(TILE)
    file.primary = file.picture(QUADRANTS, irot(2))
    assert_close(corners(decode(file.done(), None).image), [GRAY, BLUE, GREEN, RED])


def test_transparency_lies_on_white():
    decoded = decode((PICTURES / "alpha.heic").read_bytes(), None)
    assert_close(corners(decoded.image), [(255, 255, 255), GREEN, BLUE, GRAY])


@pytest.mark.parametrize(
    "behind",
    [
        b"\0" * 40,
        b"\xff" * 3,
        b"notes of a phone, and no box",
        b"\x7f\xff\xff\xffjunk",
        box(b"sefd", b"x" * 50),
        b"\r\n",
    ],
)
def test_what_stands_behind_the_last_box_harms_nothing(behind):
    data = single() + behind
    assert not decode(data, None).damaged
    assert_close(corners(decode(data, None).image), [RED, GREEN, BLUE, GRAY])


def test_a_file_that_ends_early_is_damaged():
    data = single()
    assert isobmff.is_cut(data[:-10])
    assert isobmff.is_cut(data[: len(data) - len(QUADRANTS.data) - 20])


def test_boxes_that_make_no_sense_are_no_boxes():
    data = grid(2, 2)
    random = np.random.default_rng(0)
    for _ in range(3000):
        bad = bytearray(data)
        for at in random.integers(0, 800, 4):
            bad[at] = random.integers(0, 256)
        container = isobmff.parse(bytes(bad))
        if container is not None:
            container.tiles(bytes(bad))
            for number in container.previews:
                container.alone(bytes(bad), number)


def test_boxes_that_promise_much_cost_nothing():
    data = bytearray(grid(1, 1))
    places = data.index(b"iloc")
    data[places + 8 : places + 10] = b"\0\0"  # extents that take no room, 65,535 of them to an item
    data[places + 10 : places + 40] = b"\xff" * 30
    container = isobmff.parse(bytes(data))
    assert container is None or sum(len(item.parts) for item in container.items.values()) < 100
    twice = isobmff.Container(1, {1: isobmff.Item(b"hvc1", [(0, len(data))] * 1000)})
    with pytest.raises(ValueError, match="more than"):
        twice.alone(bytes(data), 1)


def test_a_tile_alone_is_a_file_that_opens():
    data = grid(2, 1, irot(1))
    container = isobmff.parse(data)
    assert container is not None
    tiles = container.tiles(data)
    assert tiles is not None
    assert (tiles.rows, tiles.columns, tiles.width, tiles.height) == (1, 2, 1024, 512)
    alone = decode(container.alone(data, tiles.numbers[1]), None)
    assert alone.image.size == (512, 512)
    assert_close(corners(alone.image), [RED, GREEN, BLUE, GRAY])
