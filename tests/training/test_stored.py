from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.stored import mapped_array, stored_array, stored_arrays

DAMAGES = [lambda data: data[: len(data) - 8], lambda data: b"", lambda data: b"no array", lambda data: data[:100]]


@pytest.mark.parametrize("damage", DAMAGES, ids=["cut", "empty", "text", "only a header"])
def test_what_is_damaged_is_computed_again_and_what_is_whole_is_not(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    values, asked = np.arange(40.0), []

    def compute() -> np.ndarray:
        asked.append(1)
        return values

    keep = {
        tmp_path / "a.npy": lambda path: stored_array(path, compute),
        tmp_path / "b.npy": lambda path: mapped_array(path, lambda out: np.save(out, compute())),
        tmp_path / "c.npz": lambda path: stored_arrays(path, lambda: {"values": compute()})["values"],
    }
    for path, look in keep.items():
        asked.clear()
        for _ in range(2):
            np.testing.assert_array_equal(look(path), values)
        assert len(asked) == 1
        path.write_bytes(damage(path.read_bytes()))
        for _ in range(2):
            np.testing.assert_array_equal(look(path), values)
        assert len(asked) == 2
