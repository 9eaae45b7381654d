from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from desktop_app.engine.errors import Cancelled, UsageError, UserError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from tests.helpers.pretext_cases import TASKS, TELLING_APART, task_table
from training.config import AugmentConfig, Config, LimitsConfig, OptimizerConfig
from training.loop import epoch_order, train, update_average
from training.photos.augment import random_views
from training.pretexts import build
from training.pretexts.base import Pretext
from training.runs.checkpoint import CHECKPOINT, load_checkpoint, save_checkpoint
from training.runs.record import read_table


class Stopping(JobContext):
    """Raises ``error`` when step ``step`` is over, as a person's cancel or a crash would."""

    def __init__(self, step: int, error: BaseException) -> None:
        super().__init__()
        self._left, self._error = step, error

    def check(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise self._error


def trained(config: Config, folder: Path, count: int = 40) -> dict[str, torch.Tensor]:
    train(config, make_photos(count), folder, JobContext(), device="cpu")
    state = load_checkpoint(folder / CHECKPOINT)
    flat = dict(state["pretext"]) | {f"average.{key}": value for key, value in state["average"].items()}
    for key, moments in state["optimizer"]["state"].items():
        flat |= {f"optimizer.{key}.{name}": value for name, value in moments.items()}
    return flat


@pytest.mark.parametrize("pretext", TASKS)
@pytest.mark.parametrize(
    ("step", "error"),
    [(1, Cancelled()), (7, RuntimeError("killed")), (10, Cancelled())],
    ids=["cancelled at once", "killed in epoch 2", "cancelled at the end of an epoch"],
)
def test_an_interrupted_run_ends_bit_identical(tmp_path: Path, pretext: str, step: int, error: Exception) -> None:
    config = tiny_config(pretext=task_table(pretext, tmp_path), checkpoint_minutes=0.0)
    whole = trained(config, tmp_path / "whole")
    with pytest.raises(type(error)):
        train(config, make_photos(40), tmp_path / "parts", Stopping(step, error), device="cpu")
    parts = trained(config, tmp_path / "parts")
    assert whole.keys() == parts.keys()
    for key, value in whole.items():
        assert torch.equal(value, parts[key]), key
    steps = [[row["step"] for row in read_table(tmp_path / name / "metrics.csv")] for name in ("whole", "parts")]
    assert steps[0] == steps[1] == ["5", "10", "15"]


def test_a_run_stopped_while_its_teacher_is_asked_ends_bit_identical(tmp_path: Path) -> None:
    table = task_table("distill", tmp_path) | {"crops": 3, "mirrored": True}
    config = tiny_config(pretext=table, limits=LimitsConfig(epochs=4), checkpoint_minutes=60.0)

    class StoppedInTheThirdLesson(JobContext):
        def progress(self, done: int, total: int, text: str) -> None:
            if text.endswith("lesson 2"):
                raise Cancelled

    with pytest.raises(Cancelled):
        train(config, make_photos(40), tmp_path / "a" / "parts", StoppedInTheThirdLesson(), device="cpu")
    assert load_checkpoint(tmp_path / "a" / "parts" / CHECKPOINT)["step"] == 10
    parts, whole = trained(config, tmp_path / "a" / "parts"), trained(config, tmp_path / "b" / "whole")
    assert whole.keys() == parts.keys()
    assert all(torch.equal(value, parts[key]) for key, value in whole.items())


def test_a_finished_run_can_be_given_more_epochs_but_no_other_recipe(run_folder: Path) -> None:
    trained(tiny_config(), run_folder)
    trained(tiny_config(limits=LimitsConfig(epochs=4)), run_folder)
    assert load_checkpoint(run_folder / CHECKPOINT)["step"] == 20
    with pytest.raises(UserError, match="optimizer") as caught:
        trained(tiny_config(optimizer=OptimizerConfig(lr=1.0)), run_folder)
    assert caught.value.code == "checkpoint-from-another-config"
    with pytest.raises(UserError) as caught:
        trained(tiny_config(), run_folder, count=41)
    assert caught.value.code == "checkpoint-from-other-data"


def test_a_budget_of_minutes_ends_the_run(run_folder: Path) -> None:
    config = tiny_config(limits=LimitsConfig(epochs=1_000_000, minutes=1))
    photos, ticks = make_photos(40), itertools.count(step=20.0)
    train(config, photos, run_folder, JobContext(), device="cpu", timer=lambda: next(ticks))
    # Before the first step the timer is read once more, for what an epoch begins with.
    stopped = load_checkpoint(run_folder / CHECKPOINT)
    assert (stopped["seconds"], stopped["step"]) == (60, 2)


@torch.no_grad()
def margin(pretext: Pretext, config: Config, images: torch.Tensor) -> float:
    """By how much a picture's own other view is nearer than any other picture's, on average."""
    generator = torch.Generator().manual_seed(99)
    first, second = (pretext.eval().embed(random_views(images, 24, config.augment, generator))[1] for _ in range(2))
    cosine = first @ second.T
    others = cosine - 3 * torch.eye(len(images))
    return float((cosine.diagonal() - others.max(dim=1).values).mean())


@pytest.mark.parametrize("pretext", TELLING_APART)
def test_learns_eight_pictures_by_heart(run_folder: Path, pretext: str) -> None:
    config = tiny_config(
        pretext=task_table(pretext, run_folder.parent, out=16),
        limits=LimitsConfig(epochs=120),
        report_steps=40,
        augment=AugmentConfig(crop_scale=(0.8, 1.0), flip=0.0, jitter=0.0, gray=0.0),
        optimizer=OptimizerConfig(lr=1e-2),
    )
    photos = make_photos(8)
    images = torch.from_numpy(photos.images)
    before = margin(build(config), config, images)
    after = margin(train(config, photos, run_folder, JobContext(), device="cpu"), config, images)
    assert after > 0.3
    assert after > before + 0.2


def test_a_run_leaves_its_origin_figures_and_curves(run_folder: Path, curves: None) -> None:
    trained(tiny_config(), run_folder)
    assert {path.name for path in run_folder.iterdir()} == {
        ".lock",
        "checkpoint.pt",
        "run.json",
        "metrics.csv",
        "health.csv",
        "curves.png",
    }
    health = read_table(run_folder / "health.csv")
    assert [row["epoch"] for row in health] == ["0", "1", "2", "3"]
    assert all(0 <= float(row["alignment"]) <= 4 and -4 <= float(row["uniformity"]) <= 0 for row in health)


def test_a_loss_that_is_not_finite_stops_the_run_and_keeps_the_last_good_checkpoint(run_folder: Path) -> None:
    trained(tiny_config(), run_folder)
    state = load_checkpoint(run_folder / CHECKPOINT)
    next(iter(state["pretext"].values())).fill_(3e38)
    config = tiny_config(limits=LimitsConfig(epochs=6))
    plain = {key: value for key, value in state.items() if key not in ("format", "config")}
    save_checkpoint(run_folder / CHECKPOINT, plain, config.identity())
    before = (run_folder / CHECKPOINT).read_bytes()
    with pytest.raises(UserError, match="last good state") as caught:
        trained(config, run_folder)
    assert caught.value.code == "loss-not-finite"
    assert (run_folder / CHECKPOINT).read_bytes() == before


@pytest.mark.parametrize(
    "harm",
    [
        lambda state: state.pop("optimizer"),
        lambda state: state.pop("average"),
        lambda state: state.update(step="many"),
        lambda state: state.update(config="{"),
        lambda state: state["pretext"].update(dict.fromkeys(state["pretext"], torch.zeros(3))),
    ],
    ids=["no optimizer", "no average", "no number of steps", "no configuration", "weights of another shape"],
)
def test_a_checkpoint_with_other_content_is_told_and_left(
    run_folder: Path, harm: Callable[[dict[str, Any]], object]
) -> None:
    trained(tiny_config(), run_folder)
    path = run_folder / CHECKPOINT
    state = torch.load(path, weights_only=True)
    harm(state)
    torch.save(state, path)
    before = path.read_bytes()
    with pytest.raises(UserError, match="is damaged") as caught:
        trained(tiny_config(), run_folder)
    assert caught.value.code == "checkpoint-invalid"
    assert path.read_bytes() == before


def test_a_batch_larger_than_the_data_is_refused(run_folder: Path) -> None:
    with pytest.raises(UsageError, match="8") as caught:
        trained(tiny_config(), run_folder, count=7)
    assert caught.value.code == "batch-larger-than-data"


def test_one_picture_is_refused(run_folder: Path) -> None:
    with pytest.raises(UsageError, match="only one photo") as caught:
        trained(tiny_config(batch=2), run_folder, count=1)
    assert caught.value.code == "one-photo"


def test_every_epoch_shows_every_photo_once_in_another_order() -> None:
    first, second = epoch_order(0, 0, 50), epoch_order(0, 1, 50)
    assert sorted(first) == sorted(second) == list(range(50))
    assert list(first) != list(second)
    assert list(first) == list(epoch_order(0, 0, 50))


def test_the_average_closes_the_gap_by_its_decay() -> None:
    average, model = torch.nn.BatchNorm1d(1), torch.nn.BatchNorm1d(1)
    model.running_mean.fill_(8.0)  # type: ignore[union-attr]
    model.num_batches_tracked.fill_(5)  # type: ignore[union-attr]
    for _ in range(3):
        update_average(average, model, 0.5)
    assert average.running_mean.item() == pytest.approx(7.0)  # type: ignore[union-attr]
    assert average.num_batches_tracked == 5
