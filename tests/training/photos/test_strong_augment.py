"""Each operator against torchvision's own, on the same pictures and parameters."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from training.networks.torchvision_compat import import_torchvision
from training.photos import strong_augment as strong
from training.photos.augment import normalize
from training.photos.strong_augment import OPERATIONS, StrongConfig, strong_views

import_torchvision()
from torchvision.transforms.v2 import functional as tv  # noqa: E402

Twin = Callable[[Tensor, float], Tensor]


def pictures(count: int = 6, size: int = 32) -> Tensor:
    """Smooth and noisy ones, and one of a single color: uint8[count, 3, size, size]."""
    generator = torch.Generator().manual_seed(3)
    coarse = torch.rand(count, 3, 4, 4, generator=generator)
    smooth = torch.nn.functional.interpolate(coarse, size=(size, size), mode="bilinear")
    noise = torch.rand(count, 3, size, size, generator=generator)
    images = (smooth * 0.8 + noise * 0.2) * torch.linspace(0.3, 1, count).view(-1, 1, 1, 1)
    images[-1] = 0.4
    return (images * 255).round().to(torch.uint8)


def sheared(image: Tensor, x: float, y: float) -> Tensor:
    return tv.affine(image, 0.0, [0, 0], 1.0, [math.degrees(math.atan(x)), math.degrees(math.atan(y))], center=[0, 0])


TWINS: dict[str, tuple[Twin, list[float]]] = {
    "identity": (lambda image, _: image, [0.0]),
    "autocontrast": (lambda image, _: tv.autocontrast(image), [0.0]),
    "equalize": (lambda image, _: tv.equalize(image), [0.0]),
    "rotate": (lambda image, value: tv.rotate(image, value), [-30.0, -7.3, 0.0, 11.9, 29.1]),
    "solarize": (lambda image, value: tv.solarize(image, value), [0.0, 0.31, 0.77, 1.0]),
    "color": (lambda image, value: tv.adjust_saturation(image, value), [0.05, 0.5, 0.95]),
    "contrast": (lambda image, value: tv.adjust_contrast(image, value), [0.05, 0.5, 0.95]),
    "brightness": (lambda image, value: tv.adjust_brightness(image, value), [0.05, 0.5, 0.95]),
    "sharpness": (lambda image, value: tv.adjust_sharpness(image, value), [0.05, 0.5, 0.95]),
    "shear_x": (lambda image, value: sheared(image, value, 0.0), [-0.1, 0.03, 0.09]),
    "shear_y": (lambda image, value: sheared(image, 0.0, value), [-0.1, 0.03, 0.09]),
    "translate_x": (lambda image, value: tv.affine(image, 0.0, [round(value * 32), 0], 1.0, [0, 0]), [-3 / 32, 2 / 32]),
    "translate_y": (lambda image, value: tv.affine(image, 0.0, [0, round(value * 32)], 1.0, [0, 0]), [-3 / 32, 2 / 32]),
    "posterize": (lambda image, value: tv.posterize(image, int(value)), [4.0, 5.9, 7.0, 8.0]),
}
MOVING = {"rotate", "shear_x", "shear_y"}


def test_every_operation_has_a_twin() -> None:
    assert TWINS.keys() == OPERATIONS.keys()


@pytest.mark.parametrize("name", [name for name, operation in OPERATIONS.items() if operation.apply])
def test_operator_equals_torchvision(name: str) -> None:
    operation = OPERATIONS[name].apply
    assert operation is not None
    twin, values = TWINS[name]
    images = pictures().float() / 255
    for value in values:
        ours = operation(images, torch.full((len(images),), value))
        theirs = torch.stack([twin(image, value) for image in images])
        differing = ((ours - theirs).abs() > 2e-3).float().mean().item()
        # Where a place falls between two pixels, rounding decides which of them is nearest.
        assert differing <= (0.01 if name in MOVING else 0.0), value


@pytest.mark.parametrize("name", [name for name, operation in OPERATIONS.items() if operation.high])
def test_each_sample_has_its_own_magnitude(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation.apply is not None
    images = pictures(5)[:4].float() / 255
    values = torch.linspace(operation.low, operation.high, 4)
    together = operation.apply(images, values)
    alone = torch.cat([operation.apply(images[i : i + 1], values[i : i + 1]) for i in range(4)])
    torch.testing.assert_close(together, alone)


def test_pictures_at_native_size_stay_as_they_are_without_operations() -> None:
    images = pictures()
    views = strong_views(images, 32, StrongConfig(ops=0, cutout=0, flip=0.0), torch.Generator().manual_seed(0))
    torch.testing.assert_close(views, normalize(images.float() / 255), atol=1e-4, rtol=0)
    mirrored = strong_views(images, 32, StrongConfig(ops=0, cutout=0, flip=1.0), torch.Generator().manual_seed(0))
    torch.testing.assert_close(mirrored, views.flip(3), atol=1e-4, rtol=0)


def test_views_repeat_under_a_seed_and_differ_between_samples() -> None:
    images = pictures(1).expand(64, 3, 32, 32)
    first, second, other = (
        strong_views(images, 32, StrongConfig(cutout=0), torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)
    )
    assert torch.equal(first, second)
    assert not torch.equal(first, other)
    # One in (1/14)^4 pictures is left alone entirely; of single-color ones geometry alone can show.
    assert len({view.numpy().tobytes() for view in first}) > 20


def test_a_hole_is_a_square_of_any_side_up_to_the_longest_clipped_at_the_border() -> None:
    masks = strong.holes(4000, 32, 16, torch.Generator().manual_seed(0))
    empty = 1 - masks[:, 0]
    wide, high = empty.amax(dim=1).sum(dim=1), empty.amax(dim=2).sum(dim=1)
    assert torch.equal(empty.sum(dim=(1, 2)), wide * high)
    assert {int(value) for value in wide.unique()} == set(range(1, 17))
    assert (wide <= 16).all()
    assert (wide != high).any()  # clipped
    # The middle of the picture is covered as often as squares of those sides cover a point.
    covered = empty[:, 16, 16].mean().item()
    assert covered == pytest.approx(sum((side / 32) ** 2 for side in range(1, 17)) / 16, rel=0.15)


def test_the_hole_is_the_mean_color_of_the_data() -> None:
    images = pictures(40)
    with_hole, without = (
        strong_views(images, 32, StrongConfig(ops=0, cutout=cutout), torch.Generator().manual_seed(0))
        for cutout in (16, 0)
    )
    changed = with_hole != without
    assert changed.any()
    assert (with_hole[changed] == 0).all()


def test_operations_are_drawn_evenly() -> None:
    images = torch.full((14_000, 3, 4, 4), 128, dtype=torch.uint8)
    images[:, :, :, 0] = 200
    seen = strong_views(images, 4, StrongConfig(ops=1, cutout=0, flip=0.0), torch.Generator().manual_seed(0))
    # Solarize inverts the bright column, and it alone, where its threshold of 0 to 256 falls between the two values.
    images[:, :, :, 0] = 255 - 200
    inverted = (seen - normalize(images[:1].float() / 255)).abs().amax(dim=(1, 2, 3)) < 1e-3
    assert inverted.float().mean().item() == pytest.approx((200 - 128) / 256 / 14, abs=0.004)
