"""Random views of whole batches on the device, every sample with its own parameters.

Rotation, shear, crop, resize and flip are one `grid_sample`. Brightness, contrast, saturation, hue and gray are affine
in RGB, so a sample's whole color change is one 3x3 matrix and one offset. Values are clamped once, at the end, where
torchvision clamps after every step: the same picture unless a step leaves the range and a later one brings it back.

Nothing here looks at a drawn number or copies to the device at every call, so a GPU never waits for the CPU.
"""

from __future__ import annotations

import functools
import math

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from ..config import AugmentConfig

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)
_LUMA = (0.299, 0.587, 0.114)
_YIQ = ((0.299, 0.587, 0.114), (0.5959, -0.2746, -0.3213), (0.2115, -0.5227, 0.3112))
_SPOT, _SPOTTED = 4, 0.5
_FINE = 1.5
_SHARP = 1e-3  # a sigma in pixels at which all of the kernel, to the last bit, is its middle


@functools.cache
def constant(values: tuple[float, ...] | tuple[tuple[float, ...], ...], device: torch.device) -> Tensor:
    """``values`` as float32 on ``device``, copied there once."""
    return torch.tensor(values, device=device)


@functools.cache
def _rgb_of_yiq(device: torch.device) -> Tensor:
    inverse: Tensor = torch.linalg.inv(torch.tensor(_YIQ))
    return inverse.to(device)


def on_device(values: npt.NDArray[np.generic], device: torch.device) -> Tensor:
    """A copy of ``values`` on ``device`` that a GPU's queue does not have to be empty for; on the CPU no copy."""
    tensor = torch.from_numpy(values)
    return tensor.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else tensor.to(device)


def random_views(images: Tensor, size: int, config: AugmentConfig, generator: torch.Generator) -> Tensor:
    """One random view of each image.

    Args:
        images: uint8[B, 3, H, W].
        size: side of the views in pixels.
        config: the distribution to draw from.
        generator: of all random numbers, on the device of ``images``.

    Returns:
        float32[B, 3, size, size], normalized with `MEAN` and `STD`.
    """
    views = images.float().div_(255)
    boxes, flip = draw_crops(len(views), config, generator)
    views = crop_resize(views, boxes, flip, size, draw_turns(len(views), config, generator))
    matrix, offset = draw_colors(views, config, generator)
    return normalize(disturb(apply_color(views, matrix, offset), config, generator))


def disturb(views: Tensor, config: AugmentConfig, generator: torch.Generator) -> Tensor:
    """Blur some and lay noise over some, as configured: float32[B, 3, H, W] in 0..1 -> the same shape.

    Half of the noise is of single pixels, half of soft spots some `_SPOT` pixels wide, a texture that tells nothing.
    """
    count, channels, height, width = views.shape
    if config.blur > 0:
        chosen = uniform(count, 0, 1, generator) < config.blur
        sigma = uniform(count, *config.blur_sigma, generator)
        views = gaussian_blur(views, torch.where(chosen, sigma, 0), config.blur_sigma[1])
    if config.noise > 0:
        chosen = uniform(count, 0, 1, generator) < config.noise
        strength = uniform(count, *config.noise_strength, generator)
        spotted = uniform(count, 0, 1, generator) < _SPOTTED
        shape = (count, channels, math.ceil(height / _SPOT), math.ceil(width / _SPOT))
        spots = torch.randn(shape, generator=generator, device=views.device)
        spots = F.interpolate(spots, (height, width), mode="bilinear", align_corners=False)
        grain = torch.randn(views.shape, generator=generator, device=views.device)
        drawn = torch.where(spotted.view(-1, 1, 1, 1), spots, grain)
        views = torch.addcmul(views, drawn, torch.where(chosen, strength, 0).view(-1, 1, 1, 1)).clamp_(0, 1)
    return views


def reduced(images: Tensor, size: int) -> Tensor:
    """Pictures uint8[B, 3, H, W], made smaller where their shorter side is more than `_FINE` times ``size``.

    Crops are resized by looking at four pixels; of much larger pictures, that would leave most of them out, and what
    is seen would shimmer as nothing does that the app resizes.
    """
    side, largest = min(images.shape[2:]), math.floor(_FINE * size)
    if side <= largest:
        return images
    to = [round(length * largest / side) for length in images.shape[2:]]
    small = F.interpolate(images.float(), to, mode="bilinear", align_corners=False, antialias=True)
    return small.round_().clamp_(0, 255).to(torch.uint8)


def normalize(images: Tensor) -> Tensor:
    """Subtract `MEAN` and divide by `STD`: float32[B, 3, H, W] in 0..1 -> the same shape."""
    mean, std = (constant(values, images.device).view(1, 3, 1, 1) for values in (MEAN, STD))
    return (images - mean).div_(std)


def uniform(count: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    """float32[count], uniform in ``low`` to ``high``, on the generator's device."""
    return torch.rand(count, generator=generator, device=generator.device) * (high - low) + low


def draw_crops(count: int, config: AugmentConfig, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Boxes as shares of the picture, float32[count, 4] (left, top, width, height), and flips, bool[count]."""
    area = uniform(count, *config.crop_scale, generator)
    ratio = uniform(count, math.log(config.crop_ratio[0]), math.log(config.crop_ratio[1]), generator).exp()
    width = (area * ratio).sqrt().clamp(max=1)
    height = (area / ratio).sqrt().clamp(max=1)
    left = uniform(count, 0, 1, generator) * (1 - width)
    top = uniform(count, 0, 1, generator) * (1 - height)
    flip = uniform(count, 0, 1, generator) < config.flip
    return torch.stack([left, top, width, height], dim=1), flip


def draw_turns(count: int, config: AugmentConfig, generator: torch.Generator) -> Tensor | None:
    """Rotations and shears as `turn_matrix`, float32[count, 2, 2], or None where the configuration wants none."""
    if not config.rotate and not config.shear:
        return None
    angle = uniform(count, -config.rotate, config.rotate, generator)
    return turn_matrix(angle, uniform(count, -config.shear, config.shear, generator))


def turn_matrix(angle: Tensor, shear: Tensor) -> Tensor:
    """Where a point of the turned picture comes from, about its center (``inverse`` in torchvision's ``affine``).

    Args:
        angle: float32[B] of the rotation, in degrees, clockwise.
        shear: float32[B] along x, in degrees.

    Returns:
        float32[B, 2, 2].
    """
    cos, sin, slope = torch.deg2rad(angle).cos(), torch.deg2rad(angle).sin(), torch.deg2rad(shear).tan()
    rows = torch.stack([cos - slope * sin, sin + slope * cos, -sin, cos], dim=1)
    return rows.view(-1, 2, 2)


def crop_resize(images: Tensor, boxes: Tensor, flip: Tensor, size: int, turns: Tensor | None = None) -> Tensor:
    """Turn about the center, cut each box and resize it bilinearly, mirrored where ``flip``.

    Args:
        images: float32[B, 3, H, W]; where ``turns`` are given, H = W.
        boxes: float32[B, 4], as `draw_crops` gives them.
        flip: bool[B].
        size: side of the result.
        turns: float32[B, 2, 2], see `turn_matrix`; None leaves the pictures upright.

    Returns:
        float32[B, 3, size, size]; beyond the border the edge is repeated.
    """
    left, top, width, height = boxes.unbind(dim=1)
    theta = images.new_zeros(len(images), 2, 3)
    theta[:, 0, 0] = torch.where(flip, -width, width)
    theta[:, 0, 2] = 2 * left + width - 1
    theta[:, 1, 1] = height
    theta[:, 1, 2] = 2 * top + height - 1
    if turns is not None:
        theta = turns @ theta
    grid = F.affine_grid(theta, [len(images), 3, size, size], align_corners=False)
    return F.grid_sample(images, grid, mode="bilinear", padding_mode="border", align_corners=False)


def draw_colors(images: Tensor, config: AugmentConfig, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """One color change a sample: matrix float32[B, 3, 3] and offset float32[B, 3].

    With probability ``gray_batch`` all of the batch turns gray: then color separates no picture from another and
    shape has to, while color stays evidence the rest of the time.
    """
    count = len(images)
    jitter = uniform(count, 0, 1, generator) < config.jitter

    def factor(strength: float, neutral: float) -> Tensor:
        drawn = neutral + uniform(count, -strength, strength, generator)
        return torch.where(jitter, drawn, torch.full_like(drawn, neutral))

    gray = uniform(count, 0, 1, generator) < config.gray
    gray |= uniform(1, 0, 1, generator) < config.gray_batch
    return color_matrix(
        images.mean(dim=(2, 3)),
        brightness=factor(config.brightness, 1.0),
        contrast=factor(config.contrast, 1.0),
        saturation=factor(config.saturation, 1.0),
        hue=factor(config.hue, 0.0),
        gray=gray,
    )


def color_matrix(
    mean: Tensor, *, brightness: Tensor, contrast: Tensor, saturation: Tensor, hue: Tensor, gray: Tensor
) -> tuple[Tensor, Tensor]:
    """Brightness, contrast, saturation, hue, gray, in this order, as one affine map of RGB a sample.

    Args:
        mean: float32[B, 3], mean color of each picture (contrast pivots on its gray value).
        brightness: float32[B] factor; likewise ``contrast`` and ``saturation``, as in torchvision.
        contrast: float32[B].
        saturation: float32[B].
        hue: float32[B] in turns, a rotation of the chroma plane of YIQ, which keeps the luma.
        gray: bool[B], replace by luma.

    Returns:
        float32[B, 3, 3] and float32[B, 3], for `apply_color`.
    """
    eye = torch.eye(3, device=mean.device).expand(len(mean), 3, 3)
    luma = constant(_LUMA, mean.device)
    to_gray = luma.expand(3, 3)

    def scale(values: Tensor) -> Tensor:
        return values.view(-1, 1, 1)

    gray_mean = brightness * (mean @ luma)
    offset = ((1 - contrast) * gray_mean).unsqueeze(1).expand(-1, 3)
    linear = scale(saturation) * eye + (1 - scale(saturation)) * to_gray
    linear = torch.where(scale(gray), to_gray, hue_rotation(hue) @ linear)
    return linear * scale(brightness * contrast), (linear @ offset.unsqueeze(2)).squeeze(2)


def hue_rotation(turns: Tensor) -> Tensor:
    """Rotation of the IQ plane by ``turns`` float32[B], in RGB: float32[B, 3, 3]."""
    angle = -turns * (2 * math.pi)  # towards the greater hue, as in HSV
    rotation = turns.new_zeros(len(turns), 3, 3)
    rotation[:, 0, 0] = 1
    rotation[:, 1, 1] = rotation[:, 2, 2] = angle.cos()
    rotation[:, 1, 2] = -angle.sin()
    rotation[:, 2, 1] = angle.sin()
    return _rgb_of_yiq(turns.device) @ rotation @ constant(_YIQ, turns.device)


def apply_color(images: Tensor, matrix: Tensor, offset: Tensor) -> Tensor:
    """``matrix @ rgb + offset`` at each pixel, clamped to 0..1: float32[B, 3, H, W] -> the same shape."""
    flat = torch.baddbmm(offset.unsqueeze(2), matrix, images.flatten(2))
    return flat.clamp_(0, 1).view_as(images)


def gaussian_blur(images: Tensor, sigma: Tensor, largest: float) -> Tensor:
    """Separable Gaussian blur, reflecting at the border.

    Args:
        images: float32[B, C, H, W].
        sigma: float32[B] in pixels; 0 leaves a picture exactly as it is.
        largest: that ``sigma`` can be; kernels are cut off at three times this.

    Returns:
        float32[B, C, H, W].
    """
    count, channels, height, width = images.shape
    radius = min(math.ceil(3 * largest), min(height, width) - 1)
    taps = torch.arange(-radius, radius + 1, device=images.device, dtype=images.dtype)
    kernel = torch.exp(-0.5 * (taps / sigma.clamp(min=_SHARP).view(-1, 1)) ** 2)
    kernel = (kernel / kernel.sum(dim=1, keepdim=True)).repeat_interleave(channels, dim=0).unsqueeze(1)
    flat = F.pad(images, (radius, radius, radius, radius), mode="reflect").view(
        1, count * channels, -1, width + 2 * radius
    )
    flat = F.conv2d(flat, kernel.unsqueeze(3), groups=count * channels)
    flat = F.conv2d(flat, kernel.unsqueeze(2), groups=count * channels)
    return flat.view_as(images)
