from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training.loop import train
from training.runs.lock import held


def hold_until_killed(folder: Path, ready: multiprocessing.synchronize.Event) -> None:
    with held(folder):
        ready.set()
        multiprocessing.Event().wait()


def test_a_folder_takes_one_training_at_a_time_and_a_crash_lets_go_of_it(run_folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    other = context.Process(target=hold_until_killed, args=(run_folder, ready))
    other.start()
    try:
        assert ready.wait(timeout=120)
        with pytest.raises(UserError, match="being trained by another process") as caught:
            train(tiny_config(), make_photos(16), run_folder, JobContext(), device="cpu")
        assert caught.value.code == "run-in-use"
        assert [path.name for path in run_folder.iterdir()] == [".lock"]
    finally:
        other.kill()
        other.join()
    train(tiny_config(), make_photos(16), run_folder, JobContext(), device="cpu")


def test_a_file_in_place_of_the_folder_is_named(run_folder: Path) -> None:
    run_folder.write_text("mine")
    with pytest.raises(UserError, match="could not be written") as caught:
        train(tiny_config(), make_photos(16), run_folder, JobContext(), device="cpu")
    assert "disk" not in str(caught.value)
    assert run_folder.read_text() == "mine"
