from __future__ import annotations

import numpy as np
import torch

from desktop_app.engine.evaluate import knn_accuracy, standardize
from desktop_app.engine.job import JobContext
from training.measuring.patch_features import learn_filters, patch_features


def textures(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Stripes of four directions at random phases, contrasts and colors: uint8[count, 3, 16, 16] and labels."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 4
    y, x = np.mgrid[:16, :16]
    images = np.empty((count, 3, 16, 16))
    for row, label in enumerate(labels):
        angle = label * np.pi / 4
        wave = np.sin(1.8 * (x * np.cos(angle) + y * np.sin(angle)) + rng.uniform(0, 2 * np.pi))
        color = rng.uniform(60, 190, (3, 1, 1))
        images[row] = color + rng.uniform(15, 50) * wave + rng.normal(0, 5, (3, 16, 16))
    return images.clip(0, 255).astype(np.uint8), labels


def test_features_equal_the_definition_patch_by_patch() -> None:
    images, _ = textures(6, 0)
    filters = learn_filters(images, 8, JobContext())
    found = patch_features(filters, images[:2], JobContext())
    assert found.shape == (2, 32)
    for row in range(2):
        sums = np.zeros((8, 2, 2))
        answers = np.zeros((8, 11, 11))
        for top in range(11):
            for left in range(11):
                patch = images[row][:, top : top + 6, left : left + 6].astype(np.float64).ravel()
                patch = (patch - patch.mean()) / np.sqrt(patch.var() + 10)
                white = (patch - filters.mean.numpy()) @ filters.whitening.numpy()
                distance = np.linalg.norm(filters.centers.numpy() - white, axis=1)
                answers[:, top, left] = np.maximum(0, distance.mean() - distance)
        # 11 places are two overlapping halves of 6, as adaptive pooling has it.
        for down, rows in enumerate((slice(0, 6), slice(5, 11))):
            for right, columns in enumerate((slice(0, 6), slice(5, 11))):
                sums[:, down, right] = answers[:, rows, columns].mean(axis=(1, 2)) * 5.5**2
        np.testing.assert_allclose(found[row].reshape(8, 2, 2), sums, rtol=2e-3, atol=2e-2)


def test_whitened_patches_are_uncorrelated() -> None:
    images, _ = textures(200, 1)
    filters = learn_filters(images, 20, JobContext())
    covariance = torch.linalg.inv(filters.whitening @ filters.whitening)
    assert (torch.linalg.eigvalsh(covariance) >= 0.09).all()  # nothing is blown up more than the floor allows


def test_features_know_textures_that_pixels_do_not() -> None:
    images, labels = textures(160, 2)
    filters = learn_filters(images, 32, JobContext())
    seen = knn_accuracy(standardize(patch_features(filters, images, JobContext())), labels)
    pixels = knn_accuracy(standardize(images.reshape(160, -1).astype(np.float32)), labels)
    assert seen > 0.9
    assert seen > pixels + 0.2
