"""Cutting photos into nine tiles without leaving a shortcut in them.

Three ways to solve a puzzle without seeing what is on it are closed (Noroozi and Favaro 2016, section 4.2): edges that
continue from tile to tile (a random gap), brightness that runs over the photo (each tile is normalized by itself), and
the lens's color fringes, which grow towards the corners (some photos gray, channels shifted against each other).
"""

from __future__ import annotations

import torch
from torch import Tensor

from .permutations import TILES

_SIDE = 3
_FLAT = 1e-4  # a tile of one color has no spread to divide by


def cut(views: Tensor, share: float, shift: int, generator: torch.Generator) -> Tensor:
    """A random tile out of each of 3x3 cells.

    Args:
        views: float32[B, 3, S, S].
        share: side of a tile in sides of a cell; the rest is the gap, which falls at random.
        shift: how many pixels channels are moved against each other at most.
        generator: of all chance, on the device of ``views``.

    Returns:
        float32[B, 9, 3, t, t], row by row of the photo.
    """
    cell = views.shape[-1] // _SIDE
    side = max(1, round(cell * share))
    count, device = len(views), views.device

    def offsets() -> Tensor:
        places = torch.randint(cell - side + 1, (count, TILES, 1), generator=generator, device=device)
        moves = torch.randint(-shift, shift + 1, (count, TILES, 3), generator=generator, device=device)
        return (places + moves).clamp_(0, cell - side)

    number = torch.arange(TILES, device=device)
    within = torch.arange(side, device=device)
    top = (number // _SIDE * cell).view(1, -1, 1) + offsets()
    left = (number % _SIDE * cell).view(1, -1, 1) + offsets()
    photo = torch.arange(count, device=device).view(-1, 1, 1, 1, 1)
    channel = torch.arange(3, device=device).view(1, 1, -1, 1, 1)
    return views[photo, channel, (top[..., None] + within)[..., :, None], (left[..., None] + within)[..., None, :]]


def leveled(tiles: Tensor) -> Tensor:
    """Each channel of each tile [..., t, t] with mean 0 and standard deviation 1; a tile of one color is all 0."""
    mean = tiles.mean(dim=(-2, -1), keepdim=True)
    spread = tiles.std(dim=(-2, -1), keepdim=True, correction=0)
    return (tiles - mean) / torch.where(spread < _FLAT, 1.0, spread)


def grayed(views: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """A random ``share`` of views [B, 3, S, S] without color."""
    chosen = torch.rand(len(views), generator=generator, device=views.device) < share
    return torch.where(chosen.view(-1, 1, 1, 1), views.mean(dim=1, keepdim=True), views)


def permuted(tiles: Tensor, orders: Tensor) -> Tensor:
    """Tiles [B, 9, ...] in the orders int64[B, 9]: place i shows tile ``orders[b, i]``."""
    return tiles[torch.arange(len(tiles), device=tiles.device).unsqueeze(1), orders]


def with_foreign(tiles: Tensor, most: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Some tiles of each photo replaced by the next photo's (Noroozi et al. 2018, "Jigsaw++").

    Args:
        tiles: float32[B, 9, 3, t, t], already permuted.
        most: 0 to ``most`` tiles of a photo are replaced, each number as often.
        generator: of all chance.

    Returns:
        The tiles, and which of them are foreign, bool[B, 9].
    """
    count, device = len(tiles), tiles.device
    wanted = torch.randint(most + 1, (count, 1), generator=generator, device=device)
    rank = torch.rand(count, TILES, generator=generator, device=device).argsort(dim=1).argsort(dim=1)
    foreign = rank < wanted
    return torch.where(foreign[..., None, None, None], tiles.roll(1, dims=0), tiles), foreign
