from __future__ import annotations

from pathlib import Path

import pytest
import torch

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from tests.helpers.pretext_cases import task_table
from training.loop import train
from training.runs.checkpoint import CHECKPOINT
from training.runs.record import read_table
from training.watching.watch import spread


@pytest.mark.parametrize("name", ["simclr", "moco", "nnclr"])
def test_looking_changes_nothing(tmp_path: Path, name: str) -> None:
    ends = []
    for report_steps in (1, 1000):
        config = tiny_config(pretext=task_table(name, tmp_path), report_steps=report_steps)
        folder = tmp_path / str(report_steps)
        train(config, make_photos(40), folder, JobContext(), device="cpu")
        ends.append(torch.load(folder / CHECKPOINT, weights_only=True))
    for part in ("pretext", "average"):
        for key, value in ends[0][part].items():
            assert torch.equal(value, ends[1][part][key]), key


@pytest.mark.parametrize(("report_steps", "reported"), [(1, [0, 5, 10, 15]), (7, [0, 10, 15]), (100, [0])])
def test_tiny_epochs_are_not_all_reported(run_folder: Path, report_steps: int, reported: list[int]) -> None:
    train(tiny_config(report_steps=report_steps), make_photos(40), run_folder, JobContext(), device="cpu")
    assert [int(row["step"]) for row in read_table(run_folder / "health.csv")] == reported


@pytest.mark.parametrize(("count", "wanted"), [(10, 3), (512, 512), (1000, 512), (5, 9)])
def test_the_photos_looked_at_are_spread_over_all(count: int, wanted: int) -> None:
    rows = spread(count, wanted)
    assert len(rows) == len(set(rows.tolist())) == min(count, wanted)
    assert rows[0] == 0
    assert max(abs(rows - [i * count / len(rows) for i in range(len(rows))])) < 1
