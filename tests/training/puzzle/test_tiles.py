from __future__ import annotations

import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from training.puzzle.permutations import TILES, permutation_set
from training.puzzle.tiles import cut, grayed, leveled, permuted, with_foreign


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def numbered(count: int, size: int) -> Tensor:
    """Views each of whose values tells photo, channel, row and column."""
    photo, channel, row, column = torch.meshgrid(*map(torch.arange, (count, 3, size, size)), indexing="ij")
    return (photo * 1_000_000 + channel * 100_000 + row * 300 + column).double()


@settings(max_examples=30)
@given(size=st.integers(9, 40), share=st.floats(0.2, 1.0), shift=st.integers(0, 3), seed=st.integers(0, 99))
def test_a_tile_lies_inside_its_cell_and_is_cut_in_one_piece(size: int, share: float, shift: int, seed: int) -> None:
    tiles = cut(numbered(2, size), share, shift, chance(seed))
    cell, side = size // 3, tiles.shape[-1]
    assert tiles.shape == (2, TILES, 3, side, side)
    assert 1 <= side <= cell
    for photo in range(2):
        for number in range(TILES):
            for channel in range(3):
                values = tiles[photo, number, channel].long()
                assert bool((values // 1_000_000 == photo).all())
                assert bool((values // 100_000 % 10 == channel).all())
                rows, columns = values % 100_000 // 300, values % 100_000 % 300
                assert number // 3 * cell <= int(rows.min())
                assert int(rows.max()) < (number // 3 + 1) * cell
                assert number % 3 * cell <= int(columns.min())
                assert int(columns.max()) < (number % 3 + 1) * cell
                assert bool((rows[1:] - rows[:-1] == 1).all())
                assert bool((columns[:, 1:] - columns[:, :-1] == 1).all())


def test_where_a_tile_falls_and_how_colors_are_shifted_is_chance() -> None:
    places = cut(numbered(200, 30), 0.7, 1, chance()).long()[..., 0, 0] % 100_000
    rows, columns = places // 300 - 10 * (torch.arange(TILES) // 3).view(1, -1, 1), places % 300
    assert set(rows.flatten().tolist()) == {0, 1, 2, 3}
    moved = columns - columns[..., :1]
    assert set(moved.flatten().tolist()) == {-2, -1, 0, 1, 2}


def test_colors_stay_together_where_no_shift_is_asked_for() -> None:
    tiles = cut(numbered(20, 30), 0.7, 0, chance()).long() % 100_000
    assert torch.equal(tiles[:, :, 0], tiles[:, :, 1])
    assert torch.equal(tiles[:, :, 0], tiles[:, :, 2])


def test_brightness_and_contrast_of_a_tile_are_gone() -> None:
    tiles = torch.rand(2, TILES, 3, 8, 8, generator=chance())
    torch.testing.assert_close(leveled(tiles), leveled(5 * tiles - 2), atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(leveled(tiles).std(dim=(-2, -1), correction=0), torch.ones(2, TILES, 3))
    assert float(leveled(torch.full((1, TILES, 3, 8, 8), 0.7)).abs().max()) < 1e-6


def test_as_many_photos_are_gray_as_were_asked_for() -> None:
    views = torch.rand(400, 3, 4, 4, generator=chance())
    gray = (grayed(views, 0.3, chance(1)).std(dim=1) < 1e-6).flatten(1).all(dim=1)
    assert 80 < int(gray.sum()) < 160
    assert torch.equal(grayed(views, 0.0, chance()), views)


def test_place_i_shows_tile_order_i() -> None:
    tiles = torch.arange(2 * TILES).view(2, TILES, 1, 1, 1)
    orders = torch.from_numpy(permutation_set(2).copy())
    shown = permuted(tiles, orders).flatten(1)
    assert torch.equal(shown[0], orders[0])
    assert torch.equal(shown[1], orders[1] + TILES)


def test_foreign_tiles_are_the_next_photos_and_all_others_stay() -> None:
    tiles = torch.arange(300.0).view(-1, 1, 1, 1, 1).expand(300, TILES, 3, 2, 2)
    mixed, foreign = with_foreign(tiles, 2, chance())
    owner = mixed[..., 0, 0, 0]
    own, following = torch.arange(300.0).view(-1, 1), torch.arange(300.0).roll(1).view(-1, 1)
    assert torch.equal(owner, torch.where(foreign, following, own))
    assert {int(count) for count in foreign.sum(dim=1)} == {0, 1, 2}
    assert bool((foreign.sum(dim=0) > 0).all())  # in every place
    same, none = with_foreign(tiles, 0, chance())
    assert torch.equal(same, tiles)
    assert not bool(none.any())
