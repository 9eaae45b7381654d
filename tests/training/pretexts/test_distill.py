from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos
from tests.helpers.pretext_cases import make_teacher
from training.config import AugmentConfig
from training.networks.backbones import build_backbone
from training.networks.teacher import half_whitened, teacher_features
from training.photos.augment import apply_color, crop_resize, draw_colors, normalize
from training.pretexts.base import Source
from training.pretexts.distill import Distill, DistillParams, relation_loss
from training.runs.open import opener

SCALE = (0.3, 0.6)


def test_the_teacher_is_asked_about_the_very_crops_the_student_is_shown(tmp_path: Path) -> None:
    photos = make_photos(10, size=48)
    teacher = teacher_features(str(make_teacher(tmp_path)), photos, 3, SCALE, tmp_path / "cache", JobContext())
    assert teacher.features.shape == (3, 10, 192)
    assert np.array_equal(teacher.boxes[0], np.tile([0, 0, 1, 1], (10, 1)))
    area = teacher.boxes[1:, :, 2] * teacher.boxes[1:, :, 3]
    assert area.min() > 0.25
    assert area.max() < 0.65
    assert not np.array_equal(teacher.boxes[1], teacher.boxes[2])
    for view in range(3):
        images = torch.from_numpy(photos.images).float() / 255
        boxes = torch.from_numpy(teacher.boxes[view])
        cut = crop_resize(images, boxes, torch.zeros(10, dtype=torch.bool), 224)
        thumbnail = F.avg_pool2d(cut, 28)
        mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
        expected = (thumbnail - mean.view(1, 3, 1, 1)) / std.view(1, 3, 1, 1)
        np.testing.assert_allclose(teacher.features[view].astype(np.float32), expected.flatten(1), atol=5e-3)


def test_what_was_asked_once_is_kept_and_more_crops_ask_only_for_those(tmp_path: Path) -> None:
    photos, teacher, cache = make_photos(6), str(make_teacher(tmp_path)), tmp_path / "cache"
    two = teacher_features(teacher, photos, 2, SCALE, cache, JobContext())
    written = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert len(written) == 2
    three = teacher_features(teacher, photos, 3, SCALE, cache, JobContext())
    assert np.array_equal(three.features[:2], two.features)
    assert len(list(cache.iterdir())) == 3
    assert all(path.stat().st_mtime_ns == when for path, when in written.items())
    other = teacher_features(teacher, make_photos(6, seed=1), 2, SCALE, cache, JobContext())
    assert not np.array_equal(other.features[0], two.features[0])


def test_a_missing_teacher_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.onnx") as caught:
        teacher_features(str(tmp_path / "nowhere.onnx"), make_photos(6), 2, SCALE, tmp_path, JobContext())
    assert caught.value.code == "teacher-missing"


def test_half_whitening_takes_the_root_of_each_axis_spread() -> None:
    rng = np.random.default_rng(0)
    spread = np.array([16.0, 4.0, 1.0, 0.25])
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    features = ((rng.normal(size=(20_000, 4)) * spread) @ turn.T + 3).astype(np.float16)
    mapped = half_whitened(np.stack([features, features * 2]), 4)
    assert mapped.shape == (2, 20_000, 4)
    np.testing.assert_allclose(np.linalg.norm(mapped.astype(np.float32), axis=2), 1, atol=2e-3)
    # In the direction of each axis, the ratio of spreads is the root of what it was.
    centered = features.astype(np.float64) - features.mean(axis=0, dtype=np.float64)
    values, axes = np.linalg.eigh(np.cov(centered.T))
    slow = centered @ axes / values**0.25
    slow /= np.linalg.norm(slow, axis=1, keepdims=True)
    found = mapped[0].astype(np.float64)
    agreement = (slow * found).sum(axis=0) / np.linalg.norm(slow, axis=0) / np.linalg.norm(found, axis=0)
    np.testing.assert_allclose(np.abs(agreement), 1, atol=5e-3)


def test_relation_loss_is_the_divergence_of_the_two_comparisons() -> None:
    generator = torch.Generator().manual_seed(0)
    predicted, targets, anchors = (F.normalize(torch.randn(n, 5, generator=generator), dim=1) for n in (4, 4, 9))
    expected = 0.0
    for said, meant in zip(predicted, targets, strict=True):
        p = torch.softmax(anchors @ meant / 0.2, dim=0)
        q = torch.softmax(anchors @ said / 0.2, dim=0)
        expected += float((p * (p / q).log()).sum()) / 4
    assert float(relation_loss(predicted, targets, anchors, 0.2)) == pytest.approx(expected, rel=1e-5)
    assert float(relation_loss(targets, targets, anchors, 0.2)) == pytest.approx(0, abs=1e-6)


def test_a_step_is_drawn_in_a_fixed_order_of_random_numbers(tmp_path: Path) -> None:
    photos, cache = make_photos(10, size=32), tmp_path / "cache"
    params = DistillParams(str(make_teacher(tmp_path)), crops=3, crop_scale=SCALE, out=8, relation=0.5, anchors=6)
    task = Distill(build_backbone("tiny", 0), 16, params)
    task.prepare(photos, opener(cache.parent), cache, JobContext())
    rows, augment = np.array([1, 4, 5, 9]), AugmentConfig()
    views, targets, anchors = task.draw(rows, Source(photos.images, 24, augment, torch.Generator().manual_seed(7)))
    # Slow and obvious: crop, flip, colors, then whom to compare with. Resumed runs depend on this order.
    teacher = teacher_features(params.teacher, photos, 3, SCALE, cache, JobContext())
    features, again = half_whitened(teacher.features, 8).astype(np.float32), torch.Generator().manual_seed(7)
    crop = torch.randint(3, (4,), generator=again).tolist()
    flip = torch.rand(4, generator=again) < augment.flip
    boxes = torch.tensor(np.array([teacher.boxes[c, row] for c, row in zip(crop, rows, strict=True)]))
    cut = crop_resize(torch.from_numpy(photos.images[rows]).float() / 255, boxes, flip, 24)
    assert torch.equal(views, normalize(apply_color(cut, *draw_colors(cut, augment, again))))
    expected = [features[c, row] for c, row in zip(crop, rows, strict=True)]
    assert np.array_equal(targets.numpy(), np.array(expected))
    others = torch.randint(10, (6,), generator=again).tolist()
    assert np.array_equal(anchors.numpy(), np.array([features[0, row] for row in others]))
    assert targets.dtype == anchors.dtype == torch.float32


def test_a_task_that_compares_with_nobody_draws_nobody(tmp_path: Path) -> None:
    photos = make_photos(10, size=32)
    task = Distill(build_backbone("tiny", 0), 16, DistillParams(str(make_teacher(tmp_path)), crops=2, out=8))
    task.prepare(photos, opener(tmp_path), tmp_path / "cache", JobContext())
    source = Source(photos.images, 24, AugmentConfig(), torch.Generator().manual_seed(7))
    _, targets, anchors = task.draw(np.array([0, 3]), source)
    assert targets.shape == (2, 8)
    assert anchors.shape == (0, 8)


def test_a_fitted_head_finds_the_linear_map_there_is_whatever_its_length(tmp_path: Path) -> None:
    photos = make_photos(400, size=32)
    task = Distill(build_backbone("tiny", 0), 16, DistillParams(str(make_teacher(tmp_path)), crops=1, out=8))
    task.prepare(photos, opener(tmp_path), tmp_path / "cache", JobContext())
    still = AugmentConfig(jitter=0.0, gray=0.0, flip=0.0)
    length = float(task.head.weight.detach().norm())
    before = {key: value.clone() for key, value in task.backbone.state_dict().items()}
    source = Source(photos.images, 24, still, torch.Generator().manual_seed(0))
    task.fit_head(source, 400, JobContext())
    assert float(task.head.weight.detach().norm()) == pytest.approx(length, rel=1e-4)
    views, targets, _ = task.draw(np.arange(400), source)
    with torch.no_grad():
        features = task.backbone(views).double()
    known, wanted = features - features.mean(dim=0), targets.double() - targets.double().mean(dim=0)
    # Ridge regression, slow and obvious: as many further rows as axes pull every weight towards zero.
    pull = (0.1 * known.square().sum(dim=0).mean()).sqrt() * torch.eye(16, dtype=torch.float64)
    slow = torch.linalg.lstsq(torch.cat([known, pull]), torch.cat([wanted, torch.zeros(16, 8)])).solution
    fitted = known @ task.head.weight.detach().T.double()
    assert F.cosine_similarity((known @ slow).flatten(), fitted.flatten(), dim=0) > 0.99999
    assert all(torch.equal(value, before[key]) for key, value in task.backbone.state_dict().items())
