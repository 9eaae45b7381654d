"""Image -> model input, as the model card says. Training evaluates with this same code."""

from __future__ import annotations

import numpy as np
from PIL import Image

from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.types import Float32Array

_FILTERS = {
    "box": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}


def preprocess(image: Image.Image, card: ModelCard) -> Float32Array:
    """Resize, crop and normalize one picture.

    Resizing is Pillow's, with antialiasing. ``short-side`` scales the short side to ``resize_to`` and ``squash`` both
    sides, then the center is cropped; ``pad`` scales the long side and fills up with the mean color, which becomes 0.
    Only the pixels that reach the crop are computed, so that a panorama costs no more than a square.

    Args:
        image: upright RGB of any size.
        card: says how; ``input.size`` is S.

    Returns:
        float32[3, S, S].
    """
    rule, size = card.preprocessing, card.input.size
    width, height = image.size
    if rule.resize == "squash":
        scaled_width = scaled_height = rule.resize_to
    else:
        side = min(width, height) if rule.resize == "short-side" else max(width, height)
        scaled_width = max(1, width * rule.resize_to // side)
        scaled_height = max(1, height * rule.resize_to // side)
    # Cropping in the coordinates of the scaled picture: Pillow's filter still sees the pixels around the box.
    left, used_width = _center(scaled_width, size)
    top, used_height = _center(scaled_height, size)
    x_scale, y_scale = width / scaled_width, height / scaled_height
    box = (
        left * x_scale,
        top * y_scale,
        min((left + used_width) * x_scale, width),
        min((top + used_height) * y_scale, height),
    )
    pixels = np.asarray(image.resize((used_width, used_height), _FILTERS[rule.interpolation], box=box))
    mean = np.asarray(rule.mean, np.float32)[:, np.newaxis, np.newaxis]
    std = np.asarray(rule.std, np.float32)[:, np.newaxis, np.newaxis]
    output = np.zeros((3, size, size), np.float32)
    y, x = (size - used_height) // 2, (size - used_width) // 2
    # One multiplication and one subtraction a value, in place: 1/255, mean and std folded together.
    inside = output[:, y : y + used_height, x : x + used_width]
    np.multiply(pixels.transpose(2, 0, 1), 1 / (255 * std), out=inside)
    np.subtract(inside, mean / std, out=inside)
    return output


def _center(scaled: int, size: int) -> tuple[int, int]:
    """Offset of the centered crop in a scaled side, and how much of it there is (less than ``size`` when padded).

    Half pixels are rounded to even, as torchvision's CenterCrop does.
    """
    return max(0, round((scaled - size) / 2)), min(scaled, size)
