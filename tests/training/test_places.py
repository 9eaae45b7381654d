from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.engine import paths
from desktop_app.engine.errors import UsageError
from tests.helpers.laboratory import SMALL_RUN
from training import places
from training.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


def test_in_a_checkout_everything_lies_beside_the_package() -> None:
    assert places.COMMAND == "python -m training"
    assert places.CHECKOUT == ROOT
    assert places.models() == paths.shipped_models_dir() == ROOT / "models"
    assert places.RUNS == ROOT / "runs"
    assert places.RESULTS == places.SHIPPED_RESULTS == ROOT / "training" / "results"


@pytest.mark.parametrize("named", [None, ""])
def test_without_a_name_for_the_data_the_command_says_so(
    named: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if named is None:
        monkeypatch.delenv("KINDRED_DATA", raising=False)
    else:
        monkeypatch.setenv("KINDRED_DATA", named)
    with pytest.raises(UsageError) as caught:
        places.data()
    assert caught.value.code == "data-unset"
    path = tmp_path / "small.toml"
    path.write_text(SMALL_RUN)
    assert main(["train", str(path), "--run", str(tmp_path / "run")]) == 2
    error = capsys.readouterr().err
    assert "KINDRED_DATA is not set" in error
    assert error.count("\n") == 1


def test_data_is_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path))
    assert places.data() == places.data_if_named() == tmp_path
