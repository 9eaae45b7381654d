from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.engine.errors import UserError
from tests.helpers.laboratory import files_no_longer_than, measurement
from training import places
from training.__main__ import main
from training.reproduce import ROWS
from training.reproduce.figures import Measurement, write_results
from training.reproduce.report import write_report
from training.reproduce.row import Published, Row
from training.reproduce.tables import Table, by_metric, crossed
from training.reproduce.targets import TARGETS


def row(name: str, *published: Published, tables: tuple[Table, ...] = ()) -> Row:
    return Row(name, f"Title of {name}", published, lambda bench: None, "two cores", tables=tables)


def report(folder: Path, *rows: Row) -> str:
    path = write_report(folder / "RESULTS.md", (folder / "results",), {each.name: each for each in rows})
    return path.read_text(encoding="utf-8")


def shown(folder: Path, table: Table, *measured: Measurement) -> str:
    """The report of one row with one table."""
    write_results(folder / "results" / "made.json", list(measured))
    return report(folder, row("made", tables=(table,)))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def lines_with(text: str, start: str) -> list[list[str]]:
    return [cells(line) for line in text.splitlines() if line.startswith(f"| {start} |")]


def columns(text: str) -> dict[tuple[int, str], list[str]]:
    """Number of the table and heading -> cells of every column in a report."""
    found: dict[tuple[int, str], list[str]] = {}
    tables = re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE)
    for number, table in enumerate(tables):
        head, _, *body = map(cells, table.splitlines())
        assert all(len(line) == len(head) for line in body), head
        for place, heading in enumerate(head):
            found[number, heading] = [line[place] for line in body]
    return found


def test_mean_spread_and_gap_are_those_of_the_seeds(tmp_path: Path) -> None:
    write_results(
        tmp_path / "results" / "made.json", [measurement(value=v, seed=s) for s, v in enumerate((10, 20, 30))]
    )
    text = report(tmp_path, row("made", Published("ACC", 32.0, 1.5, "Somebody 2022", "plain", target=1)))
    # Of 10, 20, 30: mean 20, standard deviation sqrt(200 / 3).
    compared, measured = lines_with(text, "plain")
    assert compared == ["plain", "ACC", "20.0 ± 8.2", "32.0 ± 1.5", "-12.0", "Somebody 2022"]
    assert measured == ["plain", "20.0 ± 8.2"]
    assert "of 3 seeds" in text
    assert "a CPU" in text
    assert "000000000000" not in text  # commits are shortened


def test_published_figures_stand_beside_their_own_variant_only(tmp_path: Path) -> None:
    write_results(tmp_path / "results" / "made.json", [measurement(), measurement(variant="other", value=1.0)])
    text = report(
        tmp_path, row("made", Published("ACC", 12.5, None, "one", "plain"), Published("ACC", 0.0, None, "all"))
    )
    compared = [line for start in ("plain", "other") for line in lines_with(text, start) if len(line) == 6]
    assert [(line[0], line[5], line[4]) for line in compared] == [
        ("plain", "one", "+0.0"),
        ("plain", "all", "+12.5"),
        ("other", "all", "+1.0"),
    ]


def test_a_row_without_tables_shows_all_it_measured_with_its_notes(tmp_path: Path) -> None:
    made = [measurement(), measurement(metric="k", value=20), measurement(variant="half", note="at half the size")]
    write_results(tmp_path / "results" / "made.json", made)
    text = report(tmp_path, row("made"))
    assert lines_with(text, "variant") == [["variant", "ACC", "k"]]
    assert lines_with(text, "plain") == [["plain", "**12.5**", "20"]]
    assert lines_with(text, "half") == [["half", "**12.5**", "–"]]
    assert "- At half the size: `half`." in text


def test_a_part_of_the_name_can_stand_in_the_columns(tmp_path: Path) -> None:
    table = Table("Which?", "A {chance} is chance.", "method", crossed({"ACC": "", "NMI": "NMI"}))
    text = shown(
        tmp_path,
        table,
        measurement(variant="one; kmeans", value=10),
        measurement(variant="one; kmeans", value=70, metric="NMI"),
        measurement(variant="two; kmeans", value=30),
        measurement(variant="one; scan; taught", value=20),
        measurement(variant="one; kmeans", value=8, metric="chance"),
        measurement(variant="elsewhere", value=50, metric="chance"),
        measurement(variant="alone", value=99),
    )
    assert lines_with(text, "method") == [["method", "one", "one: NMI", "two"]]
    assert lines_with(text, "kmeans") == [["kmeans", "10.0", "70.0", "30.0"]]
    assert lines_with(text, "scan; taught") == [["scan; taught", "**20.0**", "–", "–"]]
    assert "A 8 is chance." in text


def test_the_best_is_bold_but_never_what_only_bounds_the_others_and_marks_are_in_the_table(tmp_path: Path) -> None:
    table = Table(
        "Which?",
        "",
        "what",
        by_metric({"ACC": "right", "error, octaves": "off", "suggested k": "k"}),
        reference=("bound",),
        development=("chosen",),
        training=True,
    )
    values = {"bound": (100.0, 0.0, 5), "chosen": (60.0, 0.421, 6), "found": (50.0, 0.354, 7)}
    made = [
        measurement(variant=variant, metric=metric, value=value, epochs=0.5 if variant == "chosen" else 0)
        for variant, row in values.items()
        for metric, value in zip(("ACC", "error, octaves", "suggested k"), row, strict=True)
    ]
    text = shown(tmp_path, table, *made)
    assert lines_with(text, "*bound*") == [["*bound*", "100.0", "0.00", "5", "none"]]
    assert lines_with(text, "chosen (development)")[0][1:] == ["**60.0**", "0.42", "6", "0.50 epochs, 30 s"]
    assert lines_with(text, "found") == [["found", "50.0", "**0.35**", "7", "none"]]  # few octaves are good, many k not


def test_seeds_stand_in_the_table_where_they_differ(tmp_path: Path) -> None:
    table = Table("Which?", "", "what", by_metric(("ACC",)))
    text = shown(tmp_path, table, measurement(seed=0), measurement(seed=1, value=12.5), measurement(variant="other"))
    assert lines_with(text, "plain") == [["plain", "**12.5**", "2"]]  # both seeds agree: no ±
    assert lines_with(text, "other") == [["other", "**12.5**", "1"]]


def test_every_target_is_either_measured_or_not_attempted(tmp_path: Path) -> None:
    made = row("made", Published("ACC", 32.0, None, "x", target=1))
    ready = row("ready", Published("ACC", 22.9, None, "x", target=2))

    def missing(text: str) -> list[list[str]]:
        section = text.split("## Not attempted")[1]
        return [cells(line) for line in section.splitlines() if line.startswith("| ")][1:]

    before = report(tmp_path, made, ready)
    assert len(missing(before)) == len(TARGETS)
    assert "## Title of made" not in before
    write_results(tmp_path / "results" / "made.json", [measurement()])
    after = report(tmp_path, made, ready)
    assert len(missing(after)) == len(TARGETS) - 1
    assert TARGETS[0].system in before.split("## Not attempted")[1]
    assert TARGETS[0].system not in after.split("## Not attempted")[1]
    assert [line[0] for line in missing(after) if "ready" in line[0]] == [f"{TARGETS[1].system} (ready as `ready`)"]


def test_figures_of_ones_own_stand_before_those_that_ship(tmp_path: Path) -> None:
    for folder, value in (("own", 1.0), ("shipped", 2.0)):
        write_results(tmp_path / folder / "made.json", [measurement(value=value)])
    write_results(tmp_path / "shipped" / "other.json", [measurement(value=3.0)])
    rows = {name: row(name) for name in ("made", "other")}
    path = write_report(tmp_path / "RESULTS.md", (tmp_path / "own", tmp_path / "shipped"), rows)
    assert [line[1] for line in lines_with(path.read_text(encoding="utf-8"), "plain")] == ["1.0", "3.0"]


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    write_results(tmp_path / "results" / "made.json", [measurement()])
    report(tmp_path, row("made"))
    before = (tmp_path / "RESULTS.md").read_bytes()
    write_results(tmp_path / "results" / "made.json", [measurement(value=2.0)])
    with files_no_longer_than(1000), pytest.raises(UserError, match="disk") as caught:
        report(tmp_path, row("made"))
    assert caught.value.code == "report-not-written"
    assert (tmp_path / "RESULTS.md").read_bytes() == before


def test_the_command_writes_it_from_the_committed_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = places.RESULTS_MD.read_text(encoding="utf-8")
    assert write_report(tmp_path / "again.md").read_text(encoding="utf-8") == before
    assert main(["reproduce", "nothing"]) == 2
    assert "mnist600" in capsys.readouterr().err
    assert "nothing" not in ROWS


def test_the_committed_report_can_be_read() -> None:
    """Every row that was measured is there, every link leads somewhere, and no column is mostly empty."""
    text = places.RESULTS_MD.read_text(encoding="utf-8")
    for path in places.RESULTS.glob("*.json"):
        assert f"](results/{path.name})" in text
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) == anchors
    for (_, heading), found in columns(text).items():
        assert found.count("–") <= len(found) / 2, heading
