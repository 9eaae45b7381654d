"""What was learned by any task sorts a person's folder: run, model folder, shelf, `kindred groups`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.cli import entry
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import labeled_folders, make_photos, tiny_config
from tests.helpers.pretext_cases import TASKS, task_table
from training.config import LimitsConfig
from training.exporting.export import export_run
from training.loop import train


@pytest.mark.parametrize("task", TASKS)
def test_a_folder_is_grouped_by_what_a_task_taught(
    task: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    labeled_folders(tmp_path / "data")
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "data"))
    photos = make_photos(64)
    name = task.replace("_", "-")
    config = tiny_config(name=name, pretext=task_table(task, tmp_path), limits=LimitsConfig(epochs=1))
    train(config, photos, tmp_path / name, JobContext(), device="cpu")
    card = export_run(tmp_path / name, tmp_path / "models", photos, JobContext())
    assert entry.main(["models", "add", str(card.folder)]) == 0
    capsys.readouterr()
    album = tmp_path / "data" / "folders" / "rooms"
    assert entry.main(["groups", str(album), "--model", name, "--k", "2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    groups = [sorted(photo["path"] for photo in group["photos"]) for group in told["groups"]]
    assert sorted(path for group in groups for path in group) == sorted(str(path) for path in album.rglob("*.png"))
    assert len(groups) == 2
