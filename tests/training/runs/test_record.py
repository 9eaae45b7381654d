from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import files_no_longer_than, make_photos, tiny_config
from training.config import LimitsConfig
from training.loop import train
from training.runs.record import RunRecord, draw_curves, read_numbers, read_table
from training.speed import Speed

OLDER_METRICS = (
    "step,epoch,seconds,size,lr,loss,pairs_per_second\n5,1,1.5,64,0.001,3.2,134.7\n15,3,4.5,64,0.001,2.9,140\n"
)
OLDER_HEALTH = "step,epoch,feature_std,effective_rank,alignment,uniformity\n5,1,0.48,192.9,0.62,-3.2\n"


def begin(folder: Path, step: int) -> RunRecord:
    return RunRecord(folder, tiny_config(), make_photos(8), "cpu", step, None, Speed(True, True, {}), enabled=True)


def test_tables_of_an_older_program_go_on_in_todays_columns(tmp_path: Path, curves: None) -> None:
    (tmp_path / "metrics.csv").write_text(OLDER_METRICS)
    (tmp_path / "health.csv").write_text(OLDER_HEALTH)
    record = begin(tmp_path, step=10)
    report = dict.fromkeys(("feature_std", "effective_rank", "alignment", "uniformity", "retrieval", "eval_loss"), 0.5)
    record.health(10, 2, report)
    losses, health = record.figures()
    assert [(row["step"], row["loss"], row["photos_per_second"]) for row in losses] == [(5, 3.2, 134.7)]
    assert math.isnan(health[0]["retrieval"])
    assert health[0]["effective_rank"] == 192.9
    assert health[1]["retrieval"] == 0.5
    draw_curves(tmp_path)
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_a_row_that_a_full_disk_cut_short_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "metrics.csv").write_text(OLDER_METRICS + "20,4,6.0,6")
    assert [row["step"] for row in read_numbers(tmp_path / "metrics.csv")] == [5, 15]


def test_a_full_disk_is_told_and_keeps_what_was_written(tmp_path: Path) -> None:
    record = begin(tmp_path, step=0)
    record.loss(1, 0.1, 1.0, 64, 0.1, 3.0, 100.0)
    size = (tmp_path / "metrics.csv").stat().st_size
    with files_no_longer_than(size + 3), pytest.raises(UserError, match=r"metrics\.csv.*disk") as caught:
        record.loss(2, 0.2, 2.0, 64, 0.1, 3.0, 100.0)
    assert caught.value.code == "figures-not-written"
    assert [row["step"] for row in read_table(tmp_path / "metrics.csv")] == ["1"]
    origin = (tmp_path / "run.json").read_bytes()
    with files_no_longer_than(10), pytest.raises(UserError, match="disk"):
        begin(tmp_path, step=1)
    assert (tmp_path / "run.json").read_bytes() == origin
    assert json.loads(origin)["speed"]["bf16"] is True


def test_progress_tells_epoch_loss_rate_and_time_left_also_when_resumed(
    run_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.loop._PROGRESS_SECONDS", 0.0)
    for epochs, first in ((2, "epoch 1.00"), (4, "epoch 3.00")):
        events: list[tuple[str, int]] = []
        ctx = JobContext(lambda event, seen=events: seen.append((event.text, event.done)), max_events_per_second=1e9)
        train(tiny_config(limits=LimitsConfig(epochs=epochs)), make_photos(40), run_folder, ctx, device="cpu")
        assert [done for _, done in events] == [500 if epochs == 2 else 750, 1000]
        text = events[0][0]
        assert text.startswith(f"tiny: {first}, loss ")
        assert "photos/s" in text
        assert "min left" in text
        assert events[-1][0].endswith("0 min left")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("run.json", "{"),
        ("run.json", "[]"),
        ("run.json", "{}"),
        ("metrics.csv", "x\0y"),
        ("health.csv", "loss,rate\n1,2\n"),
        ("health.csv", "step,epoch\nmany,2\n"),
    ],
)
def test_a_damaged_record_is_named_and_left(tmp_path: Path, name: str, text: str) -> None:
    begin(tmp_path, step=0)
    (tmp_path / name).write_text(text)
    with pytest.raises(UserError, match=f"{name} is damaged") as caught:
        begin(tmp_path, step=1)
    assert caught.value.code == "record-damaged"
    assert (tmp_path / name).read_text() == text


def test_a_step_past_a_million_keeps_its_digits(tmp_path: Path) -> None:
    record = begin(tmp_path, step=0)
    record.loss(1_234_567, 2.0, 1.0, 64, 1e-3, 3.0, 100.0)
    assert [row["step"] for row in read_numbers(tmp_path / "metrics.csv")] == [1_234_567]
