from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest
import torch

from desktop_app.engine.errors import UserError
from tests.helpers.laboratory import files_no_longer_than, tiny_config
from training.config import StartConfig
from training.runs.checkpoint import load_checkpoint, save_checkpoint


class Bomb:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.target,))


def test_comes_back_as_it_was(tmp_path: Path) -> None:
    state = {"step": 3, "weights": {"a": torch.arange(4.0)}}
    save_checkpoint(tmp_path / "c.pt", state, {"lr": (0.1, 2)})
    loaded = load_checkpoint(tmp_path / "c.pt", {"lr": (0.1, 2)})
    assert loaded["step"] == 3
    assert torch.equal(loaded["weights"]["a"], torch.arange(4.0))
    assert [path.name for path in tmp_path.iterdir()] == ["c.pt"]


def test_a_full_disk_keeps_the_old_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "c.pt"
    save_checkpoint(path, {"step": 1}, {})
    with files_no_longer_than(10_000), pytest.raises(UserError, match="disk") as caught:
        save_checkpoint(path, {"step": 2, "weights": torch.zeros(100_000)}, {})
    assert caught.value.code == "checkpoint-not-written"
    assert load_checkpoint(path)["step"] == 1
    assert [left.name for left in tmp_path.iterdir()] == ["c.pt"]


def test_a_pickle_is_never_executed(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    for number, write in enumerate(
        (lambda out: pickle.dump(Bomb(touched), out), lambda out: torch.save(Bomb(touched), out))
    ):
        path = tmp_path / f"{number}.pt"
        with path.open("wb") as out:
            write(out)
        with pytest.raises(UserError, match="nothing in it was executed") as caught:
            load_checkpoint(path)
        assert caught.value.code == "checkpoint-invalid"
        assert "weights_only" not in str(caught.value)
    assert not touched.exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 cut short"])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c.pt"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        load_checkpoint(path)
    assert caught.value.code == "checkpoint-invalid"


def test_weights_of_another_program_are_refused(tmp_path: Path) -> None:
    torch.save({"state_dict": {"a": torch.zeros(1)}}, tmp_path / "c.pt")
    with pytest.raises(UserError) as caught:
        load_checkpoint(tmp_path / "c.pt")
    assert caught.value.code == "checkpoint-invalid"


def test_a_damaged_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.pt"
    save_checkpoint(path, {"weights": torch.arange(10_000.0)}, {})
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(UserError) as caught:
        load_checkpoint(path)
    assert caught.value.code == "checkpoint-invalid"


def test_a_missing_one_and_one_of_another_config_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load_checkpoint(tmp_path / "c.pt")
    assert caught.value.code == "checkpoint-missing"
    save_checkpoint(tmp_path / "c.pt", {}, {"batch": 1, "seed": 0})
    with pytest.raises(UserError, match="other values of: batch") as caught:
        load_checkpoint(tmp_path / "c.pt", {"batch": 2, "seed": 0})
    assert caught.value.code == "checkpoint-from-another-config"


def test_settings_younger_than_a_checkpoint_count_as_their_defaults(tmp_path: Path) -> None:
    config = tiny_config()
    older = config.identity()
    del older["start"], older["frozen"], older["optimizer"]["momentum"], older["augment"]["gray_batch"]
    save_checkpoint(tmp_path / "c.pt", {}, older)
    default = dataclasses.replace(config, augment=dataclasses.replace(config.augment, gray_batch=0.0))
    load_checkpoint(tmp_path / "c.pt", default.identity())
    with pytest.raises(UserError, match="other values of: augment"):
        load_checkpoint(tmp_path / "c.pt", config.identity())
    with pytest.raises(UserError, match="other values of: start"):
        load_checkpoint(tmp_path / "c.pt", dataclasses.replace(default, start=StartConfig("x")).identity())
