from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.laboratory import measurement
from training import places
from training.__main__ import main
from training.reproduce import ROWS
from training.reproduce.report import write_report
from training.reproduce.row import Published, Row, write_results
from training.reproduce.targets import TARGETS


def row(name: str, *published: Published) -> Row:
    return Row(name, f"Title of {name}", published, lambda bench: None, "two cores")


def report(folder: Path, *rows: Row) -> str:
    path = write_report(folder / "RESULTS.md", folder / "results", {each.name: each for each in rows})
    return path.read_text(encoding="utf-8")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def lines_with(text: str, start: str) -> list[list[str]]:
    return [cells(line) for line in text.splitlines() if line.startswith(f"| {start} |")]


def test_mean_spread_and_gap_are_those_of_the_seeds(tmp_path: Path) -> None:
    write_results(
        tmp_path / "results" / "made.json", [measurement(value=v, seed=s) for s, v in enumerate((10, 20, 30))]
    )
    text = report(tmp_path, row("made", Published("ACC", 32.0, 1.5, "Somebody 2022", "plain", target=1)))
    # Of 10, 20, 30: mean 20, standard deviation sqrt(200 / 3).
    assert lines_with(text, "ACC") == [["ACC", "20.0 ± 8.2", "32.0 ± 1.5", "-12.0", "plain", "Somebody 2022"]]
    assert lines_with(text, "plain") == [["plain", "20.0 ± 8.2", "3", "2", "0.5"]]
    assert "a CPU" in text
    assert "000000000000" not in text  # commits are shortened


def test_published_figures_stand_beside_their_own_variant_only(tmp_path: Path) -> None:
    write_results(tmp_path / "results" / "made.json", [measurement(), measurement(variant="other", value=1.0)])
    text = report(
        tmp_path, row("made", Published("ACC", 12.5, None, "one", "plain"), Published("ACC", 0.0, None, "all"))
    )
    assert [(line[4], line[5], line[3]) for line in lines_with(text, "ACC")] == [
        ("plain", "one", "+0.0"),
        ("plain", "all", "+12.5"),
        ("other", "all", "+1.0"),
    ]


def test_each_kind_of_data_has_its_table_and_notes_are_kept(tmp_path: Path) -> None:
    made = [measurement(), measurement(metric="k", value=20), measurement(data="others", note="at half the size")]
    write_results(tmp_path / "results" / "made.json", made)
    text = report(tmp_path, row("made"))
    assert lines_with(text, "variant") == [
        ["variant", "ACC", "k", "seeds", "epochs", "minutes"],
        ["variant", "ACC", "seeds", "epochs", "minutes"],
    ]
    assert lines_with(text, "plain")[0] == ["plain", "12.5", "20", "1", "2", "0.5"]
    assert "- at half the size (plain)" in text


def test_every_target_is_either_measured_or_not_attempted(tmp_path: Path) -> None:
    made = row("made", Published("ACC", 32.0, None, "x", target=1))
    ready = row("ready", Published("ACC", 22.9, None, "x", target=2))
    before = report(tmp_path, made, ready)
    assert before.count("not attempted |") + before.count("not attempted, ready as") == len(TARGETS)
    assert "Title of made" not in before
    write_results(tmp_path / "results" / "made.json", [measurement()])
    after = report(tmp_path, made, ready)
    assert TARGETS[0].system in before.split("## Not attempted")[1]
    assert TARGETS[0].system not in after.split("## Not attempted")[1]
    assert "not attempted, ready as `ready`" in after
    assert after.count("not attempted") == len(TARGETS) - 1


def test_the_command_writes_it_from_the_committed_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = places.RESULTS_MD.read_text(encoding="utf-8")
    assert write_report(tmp_path / "again.md").read_text(encoding="utf-8") == before
    assert main(["reproduce", "nothing"]) == 2
    assert "mnist600" in capsys.readouterr().err
    assert "nothing" not in ROWS
