"""Strong views: random operations from a fixed list, then Cutout, batched on the device, each sample with its own.

The list and its ranges are those of SCAN (Van Gansbeke et al. 2020, after RandAugment, Cubuk et al. 2020): ``ops``
operations a picture, drawn with replacement, each with a magnitude uniform in its range. Every operator gives what
torchvision's of the same name gives on float pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor

from desktop_app.engine.strict import limits

from ..config import SHARE, SOME
from .augment import crop_resize, normalize, uniform


@dataclass(frozen=True, slots=True)
class StrongConfig:
    """How strong: operations a picture, and the longest side of the hole in pixels (0 = none); published: 16 at 32 px.

    ``flip`` is the chance of a mirrored picture.
    """

    ops: int = field(default=4, metadata=limits(low=0, high=100))
    cutout: int = field(default=16, metadata=SOME)
    flip: float = field(default=0.5, metadata=SHARE)


def strong_views(images: Tensor, size: int, config: StrongConfig, generator: torch.Generator) -> Tensor:
    """One strong view of each image.

    Args:
        images: uint8[B, 3, H, W], seen whole.
        size: side of the views in pixels.
        config: how strong.
        generator: of all random numbers, on the device of ``images``.

    Returns:
        float32[B, 3, size, size], normalized; the hole is 0 there, the mean color.
    """
    count = len(images)
    flip = uniform(count, 0, 1, generator) < config.flip
    views = whole(images, size, flip)
    for _ in range(config.ops):
        chosen = torch.randint(len(OPERATIONS), (count,), generator=generator, device=generator.device)
        level = uniform(count, 0, 1, generator)
        negative = uniform(count, 0, 1, generator) < 0.5
        for number, operation in enumerate(OPERATIONS.values()):
            rows = (chosen == number).nonzero().squeeze(1)
            if operation.apply is None or len(rows) == 0:
                continue
            value = operation.low + level[rows] * (operation.high - operation.low)
            if operation.signed:
                value = torch.where(negative[rows], -value, value)
            views[rows] = operation.apply(views[rows], value)
    views = normalize(views)
    return views.mul_(holes(count, size, config.cutout, generator)) if config.cutout else views


def whole(images: Tensor, size: int, flip: Tensor | None = None) -> Tensor:
    """The pictures uncropped, uint8[B, 3, H, W] -> float32[B, 3, size, size] in 0..1, mirrored where ``flip``."""
    scaled = images.float().div_(255)
    box = scaled.new_tensor([0, 0, 1, 1]).expand(len(scaled), 4)
    return crop_resize(scaled, box, scaled.new_zeros(len(scaled), dtype=torch.bool) if flip is None else flip, size)


def holes(count: int, size: int, longest: int, generator: torch.Generator) -> Tensor:
    """Masks float32[count, 1, size, size]: 0 in a square with a side of 1 to ``longest``, centered anywhere, else 1."""
    device = generator.device
    side = torch.randint(1, longest + 1, (count, 1), generator=generator, device=device)
    center = torch.randint(size, (2, count, 1), generator=generator, device=device)
    low = center - side // 2
    at = torch.arange(size, device=device)
    inside = (at >= low) & (at < low + side)  # bool[2, count, size]
    return (~(inside[0, :, :, None] & inside[1, :, None, :])).float().unsqueeze(1)


def blend(images: Tensor, other: Tensor, factor: Tensor) -> Tensor:
    """``other`` at factor 0, ``images`` at 1: float32[B, 3, H, W], clamped to 0..1."""
    return torch.lerp(other.expand_as(images), images, factor.view(-1, 1, 1, 1)).clamp_(0, 1)


def gray(images: Tensor) -> Tensor:
    """Luma: float32[B, 1, H, W]."""
    luma = images.new_tensor([0.2989, 0.587, 0.114]).view(1, 3, 1, 1)
    return (images * luma).sum(dim=1, keepdim=True)


def brightness(images: Tensor, factor: Tensor) -> Tensor:
    """Towards black."""
    return blend(images, torch.zeros_like(images), factor)


def color(images: Tensor, factor: Tensor) -> Tensor:
    """Towards gray."""
    return blend(images, gray(images), factor)


def contrast(images: Tensor, factor: Tensor) -> Tensor:
    """Towards the mean luma."""
    return blend(images, gray(images).mean(dim=(2, 3), keepdim=True), factor)


def sharpness(images: Tensor, factor: Tensor) -> Tensor:
    """Towards a 3x3 smoothing, which leaves the outermost pixels alone."""
    kernel = images.new_full((3, 1, 3, 3), 1 / 13)
    kernel[:, :, 1, 1] = 5 / 13
    smooth = images.clone()
    smooth[:, :, 1:-1, 1:-1] = F.conv2d(images, kernel, groups=3)
    return blend(images, smooth, factor)


def solarize(images: Tensor, threshold: Tensor) -> Tensor:
    """Invert what is at least ``threshold``, 0 to 1."""
    return torch.where(images >= threshold.view(-1, 1, 1, 1), 1 - images, images)


def posterize(images: Tensor, bits: Tensor) -> Tensor:
    """Keep the highest ``bits`` bits, rounded down to a whole number."""
    levels = (2.0 ** bits.floor()).view(-1, 1, 1, 1)
    return (images * levels).floor_().minimum(levels - 1) / levels


def autocontrast(images: Tensor, _: Tensor) -> Tensor:
    """Stretch each channel to 0..1; a channel of one value stays."""
    low, high = images.amin(dim=(2, 3), keepdim=True), images.amax(dim=(2, 3), keepdim=True)
    flat = high <= low
    return torch.where(flat, images, (images - low) / torch.where(flat, 1, high - low)).clamp_(0, 1)


def equalize(images: Tensor, _: Tensor) -> Tensor:
    """Even out each channel's histogram of 256 levels, in the integer arithmetic of Pillow's ``ImageOps.equalize``."""
    level = images.flatten(0, 1).flatten(1).mul(255.999).long()  # [3B, H * W]
    count = torch.zeros(len(level), 256, dtype=torch.long, device=level.device)
    count.scatter_add_(1, level, torch.ones_like(level))
    step = (level.shape[1] - count.gather(1, level.amax(dim=1, keepdim=True))) // 255
    below = count.cumsum(dim=1) - count
    table = ((step // 2 + below) // step.clamp(min=1)).clamp_(max=255)
    table = torch.where(step == 0, torch.arange(256, device=level.device), table)
    return table.gather(1, level).to(images.dtype).div_(255).view_as(images)


def move(images: Tensor, matrix: Tensor) -> Tensor:
    """Nearest pixel at ``matrix`` applied to each place, black outside.

    Args:
        images: float32[B, 3, H, W].
        matrix: float32[B, 2, 3], from places in the result to places in the picture, in pixels from the center.
    """
    height, width = images.shape[2:]
    half = images.new_tensor([width / 2, height / 2])
    theta = matrix.clone()
    theta[:, :, :2] *= half.view(1, 1, 2) / half.view(1, 2, 1)
    theta[:, :, 2] /= half
    grid = F.affine_grid(theta, list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, mode="nearest", padding_mode="zeros", align_corners=False)


def rotate(images: Tensor, degrees: Tensor) -> Tensor:
    """About the center, counter-clockwise."""
    angle = torch.deg2rad(degrees)
    matrix = _unmoved(images)
    matrix[:, 0, 0] = matrix[:, 1, 1] = angle.cos()
    matrix[:, 0, 1] = -angle.sin()
    matrix[:, 1, 0] = angle.sin()
    return move(images, matrix)


def shear_x(images: Tensor, slope: Tensor) -> Tensor:
    """Rows move to the left by ``slope`` times their distance from the top edge."""
    matrix = _unmoved(images)
    matrix[:, 0, 1] = slope
    matrix[:, 0, 2] = slope * images.shape[2] / 2
    return move(images, matrix)


def shear_y(images: Tensor, slope: Tensor) -> Tensor:
    """Columns move up by ``slope`` times their distance from the left edge."""
    matrix = _unmoved(images)
    matrix[:, 1, 0] = slope
    matrix[:, 1, 2] = slope * images.shape[3] / 2
    return move(images, matrix)


def translate_x(images: Tensor, share: Tensor) -> Tensor:
    """To the right by a share of the width."""
    matrix = _unmoved(images)
    matrix[:, 0, 2] = -share * images.shape[3]
    return move(images, matrix)


def translate_y(images: Tensor, share: Tensor) -> Tensor:
    """Downwards by a share of the height."""
    matrix = _unmoved(images)
    matrix[:, 1, 2] = -share * images.shape[2]
    return move(images, matrix)


def _unmoved(images: Tensor) -> Tensor:
    return torch.eye(2, 3, device=images.device).repeat(len(images), 1, 1)


@dataclass(frozen=True, slots=True)
class Operation:
    """An entry of `OPERATIONS`: the operator (None leaves the picture as it is) and the range of its magnitude.

    ``signed`` magnitudes are negative half of the time.
    """

    apply: Callable[[Tensor, Tensor], Tensor] | None
    low: float = 0.0
    high: float = 0.0
    signed: bool = False


OPERATIONS: dict[str, Operation] = {
    "identity": Operation(None),
    "autocontrast": Operation(autocontrast),
    "equalize": Operation(equalize),
    "rotate": Operation(rotate, 0, 30, signed=True),
    "solarize": Operation(solarize, 0, 256 / 255),
    "color": Operation(color, 0.05, 0.95),
    "contrast": Operation(contrast, 0.05, 0.95),
    "brightness": Operation(brightness, 0.05, 0.95),
    "sharpness": Operation(sharpness, 0.05, 0.95),
    "shear_x": Operation(shear_x, 0, 0.1, signed=True),
    "shear_y": Operation(shear_y, 0, 0.1, signed=True),
    "translate_x": Operation(translate_x, 0, 0.1, signed=True),
    "translate_y": Operation(translate_y, 0, 0.1, signed=True),
    "posterize": Operation(posterize, 4, 9),
}
