"""Every operation against torchvision's on the same parameters, where torchvision has it."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import Tensor

from training.config import AugmentConfig
from training.networks.torchvision_compat import import_torchvision
from training.photos.augment import (
    apply_color,
    color_matrix,
    crop_resize,
    disturb,
    draw_crops,
    draw_turns,
    gaussian_blur,
    hue_rotation,
    normalize,
    random_views,
    reduced,
    turn_matrix,
)

import_torchvision()
from torchvision.transforms import InterpolationMode  # noqa: E402
from torchvision.transforms.v2 import functional as TF  # noqa: E402


def pictures(count: int = 4, size: int = 24, low: float = 0.3, high: float = 0.7) -> Tensor:
    """Mid-range values, so that no single operation is clamped."""
    generator = torch.Generator().manual_seed(count)
    return torch.rand(count, 3, size, size, generator=generator) * (high - low) + low


def colored(images: Tensor, **changes: float) -> Tensor:
    count = len(images)
    values = {"brightness": 1.0, "contrast": 1.0, "saturation": 1.0, "hue": 0.0} | changes
    gray = torch.full((count,), bool(values.pop("gray", 0.0)))
    parameters = {name: torch.full((count,), value) for name, value in values.items()}
    return apply_color(images, *color_matrix(images.mean(dim=(2, 3)), **parameters, gray=gray))


@pytest.mark.parametrize("factor", [0.6, 1.0, 1.3])
def test_brightness_contrast_saturation_are_torchvisions(factor: float) -> None:
    images = pictures()
    torch.testing.assert_close(colored(images, brightness=factor), TF.adjust_brightness(images, factor))
    torch.testing.assert_close(colored(images, contrast=factor), TF.adjust_contrast(images, factor), atol=1e-4, rtol=0)
    expected = TF.adjust_saturation(images, factor)
    torch.testing.assert_close(colored(images, saturation=factor), expected, atol=1e-3, rtol=0)


def test_gray_is_torchvisions() -> None:
    images = pictures()
    expected = TF.rgb_to_grayscale(images, num_output_channels=3)
    torch.testing.assert_close(colored(images, gray=1.0), expected, atol=1e-3, rtol=0)


def test_the_chain_is_brightness_then_contrast_then_saturation_then_gray() -> None:
    images = pictures()
    chain = TF.adjust_saturation(TF.adjust_contrast(TF.adjust_brightness(images, 1.1), 0.7), 1.2)
    together = colored(images, brightness=1.1, contrast=0.7, saturation=1.2)
    torch.testing.assert_close(together, chain, atol=2e-3, rtol=0)
    gray = TF.rgb_to_grayscale(chain, num_output_channels=3)
    together = colored(images, brightness=1.1, contrast=0.7, saturation=1.2, hue=0.2, gray=1.0)
    torch.testing.assert_close(together, gray, atol=2e-3, rtol=0)


def test_hue_keeps_luma_and_grays_and_turns_round() -> None:
    images = pictures()
    luma = TF.rgb_to_grayscale(images)
    turned = colored(images, hue=0.1)
    torch.testing.assert_close(TF.rgb_to_grayscale(turned), luma, atol=2e-3, rtol=0)
    assert (turned - images).abs().max() > 0.02
    gray = luma.expand_as(images)
    torch.testing.assert_close(colored(gray, hue=0.3), gray, atol=1e-3, rtol=0)
    quarter, full = hue_rotation(torch.tensor([0.25, 1.0]))
    torch.testing.assert_close(full, torch.eye(3), atol=1e-5, rtol=0)
    torch.testing.assert_close(torch.linalg.matrix_power(quarter, 4), torch.eye(3), atol=1e-5, rtol=0)


def test_hue_turns_the_way_torchvision_does() -> None:
    images = torch.zeros(1, 3, 2, 2)
    images[:, 0], images[:, 1], images[:, 2] = 0.6, 0.4, 0.4
    ours, theirs = colored(images, hue=0.1) - images, TF.adjust_hue(images, 0.1) - images
    cosine = torch.nn.functional.cosine_similarity(ours.flatten(), theirs.flatten(), dim=0)
    assert cosine > 0.2  # HSV keeps the largest channel, YIQ the luma: the same side, another way


def test_values_stay_in_range() -> None:
    bright = colored(pictures(low=0.0, high=1.0), brightness=1.8, contrast=1.8, saturation=1.8, hue=0.5)
    assert bright.min() >= 0
    assert bright.max() <= 1


@pytest.mark.parametrize("flip", [False, True])
def test_crop_and_flip_are_torchvisions(flip: bool) -> None:
    image = torch.nn.functional.interpolate(pictures(1, 6, 0, 1), 24, mode="bilinear")
    left, top, width, height = 3, 5, 14, 10
    box = torch.tensor([[left, top, width, height]]) / 24
    ours = crop_resize(image, box, torch.tensor([flip]), 20)
    theirs = TF.resized_crop(image, top, left, height, width, [20, 20], antialias=False)
    theirs = TF.horizontal_flip(theirs) if flip else theirs
    # At the border of the crop torchvision repeats its edge, we see the pixels beyond.
    torch.testing.assert_close(ours[..., 2:-2, 2:-2], theirs[..., 2:-2, 2:-2], atol=1e-5, rtol=0)


@pytest.mark.parametrize(("angle", "shear"), [(20.0, 0.0), (0.0, 15.0), (-33.0, 12.0)])
def test_rotation_and_shear_are_torchvisions(angle: float, shear: float) -> None:
    image = torch.nn.functional.interpolate(pictures(1, 6, 0, 1), 24, mode="bilinear")
    turns = turn_matrix(torch.tensor([angle]), torch.tensor([shear]))
    ours = crop_resize(image, torch.tensor([[0.0, 0.0, 1.0, 1.0]]), torch.tensor([False]), 24, turns)
    bilinear = InterpolationMode.BILINEAR
    theirs = TF.affine(image, angle, [0, 0], 1.0, [shear, 0.0], interpolation=bilinear)
    # Beyond the border torchvision is black, we repeat the edge.
    torch.testing.assert_close(ours[..., 7:-7, 7:-7], theirs[..., 7:-7, 7:-7], atol=1e-5, rtol=0)


def test_a_picture_is_turned_before_it_is_cropped() -> None:
    image = torch.nn.functional.interpolate(pictures(1, 6, 0, 1), 96, mode="bilinear")
    box, quarter = torch.tensor([[0.25, 0.5, 0.5, 0.25]]), turn_matrix(torch.tensor([90.0]), torch.tensor([0.0]))
    flip = torch.tensor([True])
    expected = crop_resize(torch.rot90(image, -1, dims=(2, 3)), box, flip, 24)
    torch.testing.assert_close(crop_resize(image, box, flip, 24, quarter), expected, atol=1e-4, rtol=0)


def test_angles_stay_within_their_bounds_and_none_are_drawn_where_none_are_wanted() -> None:
    generator = torch.Generator().manual_seed(0)
    turns = draw_turns(2000, AugmentConfig(rotate=15), generator)
    assert turns is not None
    angles = torch.rad2deg(torch.atan2(-turns[:, 1, 0], turns[:, 1, 1]))
    assert 14 < angles.max() <= 15
    assert -15 <= angles.min() < -14
    # Without them the random numbers that follow are those of runs from before there were turns.
    state = generator.get_state()
    assert draw_turns(8, AugmentConfig(), generator) is None
    assert torch.equal(generator.get_state(), state)


def test_the_whole_picture_is_a_crop_that_changes_nothing() -> None:
    images = pictures()
    box = torch.tensor([[0.0, 0.0, 1.0, 1.0]]).expand(4, 4)
    torch.testing.assert_close(crop_resize(images, box, torch.zeros(4, dtype=torch.bool), 24), images)


def test_boxes_lie_inside_and_follow_the_distribution() -> None:
    config = AugmentConfig(crop_scale=(0.2, 0.6), flip=0.3)
    boxes, flip = draw_crops(20_000, config, torch.Generator().manual_seed(0))
    left, top, width, height = boxes.unbind(1)
    assert bool((left >= 0).all() and (left + width <= 1 + 1e-6).all())
    assert bool((top >= 0).all() and (top + height <= 1 + 1e-6).all())
    assert abs(float(flip.float().mean()) - 0.3) < 0.02
    inside = (width < 1) & (height < 1)
    area, ratio = (width * height)[inside], (width / height)[inside]
    assert bool((area >= 0.2 - 1e-4).all() and (area <= 0.6 + 1e-4).all())
    assert bool((ratio >= 0.75 - 1e-4).all() and (ratio <= 4 / 3 + 1e-4).all())
    assert abs(float(area.mean()) - 0.4) < 0.01
    assert abs(float(ratio.log().mean())) < 0.01


@pytest.mark.parametrize("sigma", [0.5, 1.3])
def test_blur_is_torchvisions(sigma: float) -> None:
    images = pictures()
    radius = -int(-3 * sigma // 1)
    expected = TF.gaussian_blur(images, [2 * radius + 1, 2 * radius + 1], [sigma, sigma])
    torch.testing.assert_close(gaussian_blur(images, torch.full((4,), sigma), sigma), expected, atol=1e-5, rtol=0)


def test_each_sample_has_its_own_blur() -> None:
    images = pictures()
    sigma = torch.tensor([0.4, 0.8, 1.2, 1.6])
    together = gaussian_blur(images, sigma, 1.6)
    for row in range(4):
        alone = gaussian_blur(images[row : row + 1], sigma[row : row + 1], float(sigma[row]))
        torch.testing.assert_close(together[row : row + 1], alone, atol=2e-3, rtol=0)


def test_only_the_chosen_are_blurred_and_the_others_stay_as_they_are_to_the_last_bit() -> None:
    images = pictures()
    blurred = gaussian_blur(images, torch.tensor([0.0, 1.2, 0.0, 0.8]), 2.0)
    assert torch.equal(blurred[::2], images[::2])
    for row, sigma in ((1, 1.2), (3, 0.8)):
        expected = TF.gaussian_blur(images[row], [13, 13], [sigma, sigma])
        torch.testing.assert_close(blurred[row], expected, atol=1e-5, rtol=0)


def test_blur_falls_on_the_share_that_is_asked_for() -> None:
    images = (pictures(400, low=0, high=1) * 255).to(torch.uint8)
    still = AugmentConfig(crop_scale=(1, 1), crop_ratio=(1, 1), flip=0, jitter=0, gray=0, blur_sigma=(1.0, 2.0))
    plain, some, every = (
        random_views(images, 24, dataclasses.replace(still, blur=share), torch.Generator().manual_seed(0))
        for share in (0.0, 0.3, 1.0)
    )
    changed = (some - plain).flatten(1).abs().amax(dim=1) > 1e-3
    assert 0.2 < float(changed.float().mean()) < 0.4
    torch.testing.assert_close(some[changed], every[changed])


def test_views_are_made_without_a_look_at_any_number() -> None:
    # Tensors on "meta" have shapes and no values: whatever would make a GPU wait fails there.
    images = torch.empty(4, 3, 24, 24, device="meta")
    sigma = torch.empty(4, device="meta")
    assert gaussian_blur(images, torch.where(sigma < 0.5, sigma, 0), 2.0).shape == images.shape
    turned = crop_resize(images, sigma.expand(4, 4), sigma < 0, 16, turn_matrix(sigma, sigma))
    matrix, offset = color_matrix(
        turned.mean(dim=(2, 3)), brightness=sigma, contrast=sigma, saturation=sigma, hue=sigma, gray=sigma < 0
    )
    assert normalize(apply_color(turned, matrix, offset)).shape == (4, 3, 16, 16)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_a_gpu_does_not_wait_for_the_cpu() -> None:
    images = (pictures(low=0, high=1) * 255).to(torch.uint8).cuda()
    config = AugmentConfig(blur=0.5, rotate=10, shear=10, gray_batch=0.1)
    generator = torch.Generator("cuda").manual_seed(0)
    random_views(images, 16, config, generator)  # constants are copied at the first call
    torch.cuda.set_sync_debug_mode("error")
    try:
        random_views(images, 16, config, generator)
    finally:
        torch.cuda.set_sync_debug_mode("default")


def test_views_repeat_with_the_seed_and_differ_between_samples() -> None:
    image = (pictures(1, low=0, high=1) * 255).to(torch.uint8).expand(16, -1, -1, -1)
    config = AugmentConfig(blur=0.5, gray_batch=0.1)
    first, again = (random_views(image, 16, config, torch.Generator().manual_seed(5)) for _ in range(2))
    assert first.shape == (16, 3, 16, 16)
    assert torch.equal(first, again)
    assert torch.pdist(first.flatten(1)).min() > 0.01


def test_without_randomness_a_view_is_the_normalized_picture() -> None:
    images = (pictures(low=0, high=1) * 255).to(torch.uint8)
    config = AugmentConfig(crop_scale=(1.0, 1.0), crop_ratio=(1.0, 1.0), flip=0, jitter=0, gray=0)
    views = random_views(images, 24, config, torch.Generator().manual_seed(0))
    torch.testing.assert_close(views, normalize(images.float() / 255), atol=1e-5, rtol=1e-5)


def test_a_gray_batch_is_gray_as_a_whole() -> None:
    images = (pictures(low=0, high=1) * 255).to(torch.uint8)
    config = AugmentConfig(gray=0, gray_batch=1.0)
    views = random_views(images, 24, config, torch.Generator().manual_seed(0))
    spread = views * torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    spread = spread + torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
    torch.testing.assert_close(spread[:, 0], spread[:, 2], atol=1e-5, rtol=0)


def test_noise_lies_over_some_views_half_of_it_in_spots() -> None:
    views, config = torch.full((400, 3, 24, 24), 0.5), AugmentConfig(noise=0.5, noise_strength=(0.05, 0.1))
    noisy = disturb(views, config, torch.Generator().manual_seed(0))
    spread = noisy.std(dim=(1, 2, 3))
    touched = spread > 0
    assert 150 < touched.sum() < 250
    assert 0.02 < float(spread[touched].min())
    assert float(spread.max()) < 0.12
    alike = (noisy[:, 0, :, 1:] - 0.5).mul(noisy[:, 0, :, :-1] - 0.5).mean(dim=(1, 2))[touched]
    in_spots = alike > spread[touched].square() / 2
    assert 0.3 < float(in_spots.float().mean()) < 0.7
    assert torch.equal(disturb(views, AugmentConfig(), torch.Generator().manual_seed(0)), views)


def test_pictures_much_larger_than_views_are_averaged_down_first() -> None:
    stripes = torch.zeros(2, 3, 48, 48, dtype=torch.uint8)
    stripes[:, :, :, ::2] = 255
    assert reduced(stripes, 32) is stripes
    small = reduced(stripes, 16)
    assert small.shape == (2, 3, 24, 24)
    assert small.dtype == torch.uint8
    assert 100 < small[..., 2:-2].min()
    assert small[..., 2:-2].max() < 155
