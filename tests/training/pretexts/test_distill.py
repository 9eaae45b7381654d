from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from desktop_app.engine.errors import Cancelled, UsageError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos
from tests.helpers.pretext_cases import make_teacher
from training.config import AugmentConfig
from training.networks.backbones import build_backbone, last_map
from training.networks.lessons import CELLS, Lessons, spread_over
from training.networks.teacher import HalfWhitening
from training.photos.augment import apply_color, crop_resize, disturb, draw_colors, normalize
from training.photos.data import PhotoArray
from training.pretexts.base import Source
from training.pretexts.distill import Distill, DistillParams, places_loss, relation_loss, structure_loss
from training.runs.open import opener

SCALE = (0.3, 0.6)


def lessons(folder: Path, photos: PhotoArray, *, pairs: float = 0.0, mirrored: bool = False) -> Lessons:
    teacher = str(make_teacher(folder))
    return Lessons(teacher, photos, folder / "cache", crop_scale=SCALE, pairs=pairs, mirrored=mirrored)


def map_slowly(pictures: torch.Tensor) -> torch.Tensor:
    """The made teacher's map float32[B, 48, 2, 2] of pictures float32[B, 3, 224, 224] in 0..1."""
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    thumbnail = (F.avg_pool2d(pictures, 28) - mean.view(1, 3, 1, 1)) / std.view(1, 3, 1, 1)
    return thumbnail.view(-1, 3, 2, 4, 2, 4).permute(0, 3, 5, 1, 2, 4).reshape(-1, 48, 2, 2)


def asked_slowly(pictures: torch.Tensor) -> np.ndarray:
    """What the made teacher makes of pictures float32[B, 3, 224, 224] in 0..1."""
    return map_slowly(pictures).mean(dim=(2, 3)).numpy()


def test_the_teacher_is_asked_about_the_very_crops_the_student_is_shown(tmp_path: Path) -> None:
    photos = make_photos(10, size=48)
    course = lessons(tmp_path, photos)
    images, straight = torch.from_numpy(photos.images).float() / 255, torch.zeros(10, dtype=torch.bool)
    boxes = [course.lesson(number).boxes for number in range(3)]
    assert np.array_equal(boxes[0], np.tile([0, 0, 1, 1], (10, 1)))
    area = np.stack(boxes[1:])[:, :, 2] * np.stack(boxes[1:])[:, :, 3]
    assert area.min() > 0.25
    assert area.max() < 0.65
    assert not np.array_equal(boxes[1], boxes[2])
    for number in range(3):
        cut = crop_resize(images, torch.from_numpy(boxes[number]), straight, 224)
        answers = course.answers(number, JobContext())
        assert answers.dtype == np.float16
        np.testing.assert_allclose(answers.astype(np.float32), asked_slowly(cut), atol=5e-3)


def test_pairs_are_blended_for_both_and_a_mirrored_answer_is_the_mean_of_two(tmp_path: Path) -> None:
    photos = make_photos(40, size=48)
    course = lessons(tmp_path, photos, pairs=0.5, mirrored=True)
    lesson, straight = course.lesson(1), torch.zeros(40, dtype=torch.bool)
    mixed = lesson.shares < 1
    assert 8 < mixed.sum() < 32
    assert lesson.shares.min() >= 0.5
    assert np.array_equal(lesson.boxes, lessons(tmp_path, photos).lesson(1).boxes)
    assert (course.lesson(0).shares == 1).all()
    images = torch.from_numpy(photos.images)
    shown = lesson.show(lambda rows: images[rows], np.arange(40), straight, 224)
    own = crop_resize(images.float() / 255, torch.from_numpy(lesson.boxes), straight, 224)
    other = crop_resize(images[lesson.partners].float() / 255, torch.from_numpy(lesson.partner_boxes), straight, 224)
    share = torch.from_numpy(lesson.shares).view(-1, 1, 1, 1)
    torch.testing.assert_close(shown, share * own + (1 - share) * other, atol=1e-5, rtol=0)
    both = (asked_slowly(shown) + asked_slowly(shown.flip(3))) / 2
    np.testing.assert_allclose(course.answers(1, JobContext()).astype(np.float32), both, atol=5e-3)
    flipped = lesson.show(lambda rows: images[rows], np.arange(40), ~straight, 224)
    torch.testing.assert_close(flipped, shown.flip(3), atol=1e-4, rtol=0)


def test_what_was_asked_once_is_kept_and_other_photos_are_asked_about_anew(tmp_path: Path) -> None:
    photos, cache = make_photos(6), tmp_path / "cache"
    two = [np.array(lessons(tmp_path, photos).answers(number, JobContext())) for number in range(2)]
    written = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert len(written) == 2
    course = lessons(tmp_path, photos)
    assert all(np.array_equal(course.answers(number, JobContext()), two[number]) for number in range(2))
    course.answers(2, JobContext())
    assert len(list(cache.iterdir())) == 3
    assert all(path.stat().st_mtime_ns == when for path, when in written.items())
    assert not np.array_equal(lessons(tmp_path, make_photos(6, seed=1)).answers(0, JobContext()), two[0])
    assert not np.array_equal(lessons(tmp_path, photos, mirrored=True).answers(0, JobContext()), two[0])


def test_a_teacher_that_was_interrupted_goes_on_with_the_same_answers(tmp_path: Path) -> None:
    photos = make_photos(200)
    (tmp_path / "whole").mkdir()
    whole = lessons(tmp_path / "whole", photos, pairs=0.5).answers(1, JobContext())
    seen: list[int] = []

    class Stopped(JobContext):
        def progress(self, done: int, total: int, text: str) -> None:
            seen.append(done)
            if len(seen) == 3:
                raise Cancelled

    course = lessons(tmp_path, photos, pairs=0.5)
    with pytest.raises(Cancelled):
        course.answers(1, Stopped())
    (part,) = (tmp_path / "cache").iterdir()
    with part.open("ab") as torn:
        torn.write(b"half a row")
    assert np.array_equal(course.answers(1, Stopped()), whole)
    assert seen == [0, 64, 128, 128, 192]
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".npy"]


def test_a_missing_teacher_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.onnx") as caught:
        Lessons("nowhere.onnx", make_photos(6), tmp_path, crop_scale=SCALE, pairs=0.0, mirrored=False)
    assert caught.value.code == "teacher-missing"


def test_half_whitening_takes_the_root_of_each_axis_spread() -> None:
    rng = np.random.default_rng(0)
    spread = np.array([16.0, 4.0, 1.0, 0.25])
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    features = ((rng.normal(size=(20_000, 4)) * spread) @ turn.T + 3).astype(np.float16)
    mapped = HalfWhitening(features, 4).unit(features)
    assert mapped.shape == (20_000, 4)
    np.testing.assert_allclose(np.linalg.norm(mapped.astype(np.float32), axis=1), 1, atol=2e-3)
    # In the direction of each axis, the ratio of spreads is the root of what it was.
    centered = features.astype(np.float64) - features.mean(axis=0, dtype=np.float64)
    values, axes = np.linalg.eigh(np.cov(centered.T))
    slow = centered @ axes / values**0.25
    slow /= np.linalg.norm(slow, axis=1, keepdims=True)
    found = mapped.astype(np.float64)
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


def test_structure_loss_compares_the_photos_of_a_batch_by_the_features_themselves() -> None:
    generator = torch.Generator().manual_seed(0)
    features, targets = torch.randn(4, 6, generator=generator), F.normalize(torch.randn(4, 5, generator=generator))
    unit = F.normalize(features - features.mean(dim=0), dim=1)
    expected = 0.0
    for row in range(4):
        others = [other for other in range(4) if other != row]
        p = torch.softmax(targets[others] @ targets[row] / 0.2, dim=0)
        q = torch.softmax(unit[others] @ unit[row] / 0.2, dim=0)
        expected += float((p * (p / q).log()).sum()) / 4
    assert float(structure_loss(features, targets, 0.2)) == pytest.approx(expected, rel=1e-5)
    assert float(structure_loss(features, unit, 0.2)) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("old", "new"), [((7, 7), (4, 4)), ((4, 4), (3, 3)), ((2, 3), (4, 5)), ((4, 4), (4, 4))])
def test_a_map_is_spread_over_other_cells_by_area(old: tuple[int, int], new: tuple[int, int]) -> None:
    cells = torch.randn(2, *old, 5, generator=torch.Generator().manual_seed(0))
    spread = spread_over(cells, new)
    # Slow and obvious: every cell in as many pixels as the other has cells, then the mean over the pixels of each.
    pixels = cells.repeat_interleave(new[0], dim=1).repeat_interleave(new[1], dim=2)
    slow = pixels.view(2, new[0], old[0], new[1], old[1], 5).mean(dim=(2, 4))
    torch.testing.assert_close(spread, slow)
    torch.testing.assert_close(spread.mean(dim=(1, 2)), cells.mean(dim=(1, 2)))


@pytest.mark.parametrize("mirrored", [False, True])
def test_places_are_where_they_are_in_the_crop_and_their_mean_is_the_pooled_answer(
    tmp_path: Path, mirrored: bool
) -> None:
    photos = make_photos(70, size=48)
    course = lessons(tmp_path, photos, pairs=0.5, mirrored=mirrored)
    whitening = HalfWhitening(course.answers(0, JobContext()), 8)
    cells = course.cells(1, whitening, JobContext())
    assert cells.shape == (70, CELLS, CELLS, 8)
    assert cells.dtype == np.float16
    images, straight = torch.from_numpy(photos.images), torch.zeros(70, dtype=torch.bool)
    shown = course.lesson(1).show(lambda rows: images[rows], np.arange(70), straight, 224)
    slow = map_slowly(shown)
    if mirrored:
        slow = (slow + map_slowly(shown.flip(3)).flip(3)) / 2
    # Two places a side of the map are four cells, two by two alike.
    slow = whitening.components(slow.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3).permute(0, 2, 3, 1))
    scale = float(slow.abs().mean())
    torch.testing.assert_close(torch.tensor(cells).float(), slow, atol=0.02 * scale, rtol=0.01)
    pooled = whitening.unit(course.answers(1, JobContext())).astype(np.float32)
    means = F.normalize(torch.tensor(cells).float().mean(dim=(1, 2)), dim=1).numpy()
    assert (pooled * means).sum(axis=1).min() > 0.999


def test_places_are_mirrored_with_the_view_and_wanted_of_the_map_that_is_pooled(tmp_path: Path) -> None:
    photos, cache = make_photos(10, size=32), tmp_path / "cache"
    teacher = str(make_teacher(tmp_path))
    params = DistillParams(teacher, crops=2, crop_scale=SCALE, out=8, relation=0.0, places=0.7)
    task = Distill(build_backbone("tiny", 0), 16, params)
    task.prepare(photos, opener(cache.parent), cache, JobContext())
    task.begin_epoch(1, JobContext())
    rows = np.array([1, 4, 5, 9])
    source = Source(photos.images, 24, AugmentConfig(), torch.Generator().manual_seed(7), epoch=1)
    views, targets, anchors, cells = task.draw(rows, source)
    flip = torch.rand(4, generator=torch.Generator().manual_seed(7)) < 0.5
    assert 0 < flip.sum() < 4
    course = lessons(tmp_path, photos)
    stored = torch.tensor(course.cells(1, HalfWhitening(course.answers(0, JobContext()), 8), JobContext())[rows])
    for row in range(4):
        assert torch.equal(cells[row], (stored[row].flip(1) if flip[row] else stored[row]).float())
    torch.testing.assert_close(targets, F.normalize(cells.mean(dim=(1, 2)), dim=1), atol=2e-3, rtol=0)
    task.eval()
    with torch.no_grad():
        last = last_map(task.backbone, views)
        features = task.backbone(views)
        torch.testing.assert_close(last.mean(dim=(2, 3)), features)
        pooled = 1 - float((F.normalize(task.head(features), dim=1) * targets).sum(dim=1).mean())
        cosines = [
            float(F.cosine_similarity(task.head(last[row, :, y, x]), spread_over(cells, last.shape[2:])[row, y, x], 0))
            for row in range(4)
            for y in range(last.shape[2])
            for x in range(last.shape[3])
        ]
        loss = float(task(views, targets, anchors, cells))
    assert loss == pytest.approx(pooled + 0.7 * (1 - float(np.mean(cosines))), rel=1e-4)
    assert float(places_loss(cells, cells)) == pytest.approx(0, abs=1e-6)


def test_a_step_is_drawn_in_a_fixed_order_of_random_numbers(tmp_path: Path) -> None:
    photos, cache = make_photos(10, size=32), tmp_path / "cache"
    teacher = str(make_teacher(tmp_path))
    params = DistillParams(teacher, crops=3, crop_scale=SCALE, out=8, relation=0.5, anchors=6, pairs=0.5)
    task = Distill(build_backbone("tiny", 0), 16, params)
    task.prepare(photos, opener(cache.parent), cache, JobContext())
    task.begin_epoch(4, JobContext())
    rows, augment = np.array([1, 4, 5, 9]), AugmentConfig(blur=0.5, noise=0.5)
    source = Source(photos.images, 24, augment, torch.Generator().manual_seed(7), epoch=4)
    views, targets, anchors = task.draw(rows, source)
    # Slow and obvious: flip, colors, what disturbs, then whom to compare with. Resumed runs depend on this order.
    course, again = lessons(tmp_path, photos, pairs=0.5), torch.Generator().manual_seed(7)
    whiten = HalfWhitening(course.answers(0, JobContext()), 8).unit
    flip = torch.rand(4, generator=again) < augment.flip
    images = torch.from_numpy(photos.images)
    cut = course.lesson(1).show(lambda of: images[of], rows, flip, 24)
    colored = apply_color(cut, *draw_colors(cut, augment, again))
    assert torch.equal(views, normalize(disturb(colored, augment, again)))
    assert np.array_equal(targets.numpy(), whiten(course.answers(1, JobContext())).astype(np.float32)[rows])
    others = torch.randint(10, (6,), generator=again).tolist()
    assert np.array_equal(anchors.numpy(), whiten(course.answers(0, JobContext())).astype(np.float32)[others])
    assert targets.dtype == anchors.dtype == torch.float32


def test_each_epoch_has_its_lesson_and_none_comes_twice_before_all_have_come(tmp_path: Path) -> None:
    photos, cache = make_photos(10, size=32), tmp_path / "cache"
    task = Distill(build_backbone("tiny", 0), 16, DistillParams(str(make_teacher(tmp_path)), crops=3, out=8))
    task.prepare(photos, opener(cache.parent), cache, JobContext())
    assert len(list(cache.iterdir())) == 1  # the others are asked for when their turn comes
    still, drawn = AugmentConfig(jitter=0.0, gray=0.0, flip=0.0), []
    for epoch in range(6):
        task.begin_epoch(epoch, JobContext())
        source = Source(photos.images, 24, still, torch.Generator().manual_seed(0), epoch=epoch)
        drawn.append(task.draw(np.arange(4), source)[:2])
    assert len(list(cache.iterdir())) == 3
    for first, second in ((0, 3), (1, 4), (2, 5)):
        assert all(torch.equal(a, b) for a, b in zip(drawn[first], drawn[second], strict=True))
    assert len({float(targets.sum()) for _, targets in drawn}) == 3


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
