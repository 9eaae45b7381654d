"""The frame of reproduced rows: files of figures, budgets, and what the small labeled sets have in common."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from desktop_app.engine.clustering import elbow
from desktop_app.engine.errors import Cancelled, UsageError, UserError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, measurement, tiny_config
from training.__main__ import main
from training.config import AugmentConfig, LimitsConfig
from training.loop import train
from training.measuring.features import embed_photos
from training.photos.data import PhotoArray, load_photos, photo_names
from training.pretexts import build
from training.reproduce import ROWS, TIME_OVER, reproduce, reproduce_within, rows_named
from training.reproduce.album import draw_album, examples, near, write_embeddings
from training.reproduce.figures import read_results, write_results
from training.reproduce.kong import kong_protocol
from training.reproduce.labeled import (
    SPACES,
    Labeled,
    group_by,
    group_figures,
    load_labeled,
    neighbor_figures,
    score_spaces,
    trained,
)
from training.reproduce.row import Bench, BudgetSpent, Row
from training.runs.checkpoint import CHECKPOINT


def bench(folder: Path, **changes: object) -> Bench:
    return Bench("made", folder / "runs" / "reproduce" / "made", JobContext(), results=folder / "results", **changes)  # type: ignore[arg-type]


def test_figures_read_back_as_they_were_written(tmp_path: Path) -> None:
    written = [
        measurement(),
        measurement(metric="NMI", value=-0.25),
        measurement(seed=1, config={"batch": 9}, note="“noted”"),
        measurement(variant="other", value=100.0),
    ]
    write_results(tmp_path / "made.json", written)
    assert read_results(tmp_path / "made.json") == written
    stored = json.loads((tmp_path / "made.json").read_text(encoding="utf-8"))
    assert len(stored["configs"]) == 2  # each configuration once
    assert [run["figures"] for run in stored["runs"]] == [{"ACC": 12.5, "NMI": -0.25}, {"ACC": 12.5}, {"ACC": 100.0}]


def test_a_figure_takes_the_place_of_its_predecessor_and_of_no_other(tmp_path: Path) -> None:
    here = bench(tmp_path)
    for value, seed in ((1.0, 0), (2.0, 1), (3.0, 0)):
        here.record(measurement(value=value, seed=seed))
    here.record_all("plain", {"NMI": 4.0}, seed=0, data="x", data_hash="y", config={})
    found = {(m.variant, m.metric, m.seed): m.value for m in read_results(tmp_path / "results" / "made.json")}
    assert found == {("plain", "ACC", 0): 3.0, ("plain", "ACC", 1): 2.0, ("plain", "NMI", 0): 4.0}


def test_recorded_figures_say_where_they_come_from(tmp_path: Path) -> None:
    bench(tmp_path).record_all("plain", {"ACC": 1}, seed=3, data="x", data_hash="y", config={"a": 1}, epochs=2)
    (found,) = read_results(tmp_path / "results" / "made.json")
    assert found.row == "made"
    assert f"{torch.get_num_threads()} threads" in found.device
    assert len(found.git_commit) >= 7
    assert found.config == {"a": 1}


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"runs": []', '{"configs": {}, "runs": [{"figures": {"ACC": 1}, "config": "x"}]}', '{"runs": 3}'],
)
def test_a_damaged_file_of_figures_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "made.json").write_text(text)
    with pytest.raises(UserError, match=r"made\.json") as caught:
        read_results(tmp_path / "made.json")
    assert caught.value.code == "results-invalid"


def test_a_figure_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    write_results(tmp_path / "made.json", [measurement()])
    stored = json.loads((tmp_path / "made.json").read_text(encoding="utf-8"))
    stored["runs"][0]["color"] = "red"
    (tmp_path / "made.json").write_text(json.dumps(stored))
    with pytest.raises(UserError, match="color"):
        read_results(tmp_path / "made.json")


def test_rows_are_found_by_name() -> None:
    assert rows_named("all") == list(ROWS.values())
    assert rows_named("mnist600") == [ROWS["mnist600"]]
    assert all(name == row.name for name, row in ROWS.items())
    with pytest.raises(UsageError, match="mnist600") as caught:
        rows_named("mnist")
    assert caught.value.code == "unknown-row"


def test_without_a_name_the_rows_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reproduce"]) == 0
    listed = capsys.readouterr().out
    assert all(row.name in listed and row.title in listed for row in ROWS.values())


def test_published_figures_name_known_targets() -> None:
    from training.reproduce.targets import TARGETS

    numbers = {target.number for target in TARGETS}
    assert len(numbers) == len(TARGETS)
    assert {figure.target for row in ROWS.values() for figure in row.published} <= numbers | {0}


def stages(bench: Bench, photos: PhotoArray) -> None:
    for seed in range(bench.seeds):
        _, origin = trained(bench, tiny_config(), photos, seed)
        bench.record_all("tiny", {"ACC": seed}, seed=seed, data="x", data_hash=photos.data_hash, **origin)


def test_a_budget_stops_a_row_in_the_midst_of_training_and_the_next_call_goes_on(tmp_path: Path) -> None:
    photos = make_photos(16)
    row = Row("made", "Made", (), lambda bench: stages(bench, photos), "nothing")
    places = {"runs": tmp_path / "runs", "results": tmp_path / "results", "seeds": 2, "device": "cpu"}
    # So small a budget is over at the first check: every call takes one step of the 2 x 6.
    unfinished = [reproduce(row, JobContext(), minutes=1e-6, **places) for _ in range(12)]  # type: ignore[arg-type]
    assert unfinished == [False] * 12
    assert reproduce(row, JobContext(), **places)  # type: ignore[arg-type]
    train(tiny_config(), photos, tmp_path / "straight", JobContext(), device="cpu")
    stopped = torch.load(tmp_path / "runs" / "reproduce" / "made" / "tiny-0" / CHECKPOINT, weights_only=True)
    unbroken = torch.load(tmp_path / "straight" / CHECKPOINT, weights_only=True)
    for key, value in unbroken["average"].items():
        assert torch.equal(stopped["average"][key], value), key
    found = read_results(tmp_path / "results" / "made.json")
    assert [(m.seed, m.value, m.epochs) for m in found] == [(0, 0, 3), (1, 1, 3)]


def row_of(name: str, minutes: float, photos: PhotoArray | None = None) -> Row:
    """A row that trains the tiny network, or finds that its data is missing."""

    def work(bench: Bench) -> None:
        if photos is None:
            raise UsageError("folder-missing", "There is no folder of it.")
        stages(bench, photos)

    return Row(name, name, (), work, "nothing", minutes)


def test_all_rows_are_measured_cheapest_first_as_far_as_the_time_goes(tmp_path: Path) -> None:
    photos = make_photos(16)
    rows = [row_of("dear", 1e6, photos), row_of("second", 2, photos), row_of("first", 1, photos), row_of("lost", 3)]
    places = {"runs": tmp_path / "runs", "results": tmp_path / "results", "seeds": 1, "device": "cpu"}
    given: dict[str, float] = {}

    def measure(row: Row, minutes: float) -> bool:
        given[row.name] = minutes
        return reproduce(row, JobContext(), minutes=minutes, **places)  # type: ignore[arg-type]

    told = list(reproduce_within(rows, 60, measure))
    assert [one.row.name for one in told] == ["first", "second", "lost", "dear"]
    assert [one.measured for one in told] == [True, True, False, False]
    assert [one.why for one in told[:2]] == ["", ""]
    assert told[2].why == "left out: There is no folder of it."
    assert told[3].why.startswith("left out: it takes about 1000000 min")
    assert list(given) == ["first", "second", "lost"]
    assert 60 >= given["first"] >= given["second"] >= given["lost"] > 0
    assert sorted(path.stem for path in (tmp_path / "results").iterdir()) == ["first", "second"]
    # The dear one is nowhere begun; without a budget it is measured, too, and has all the time.
    assert not (tmp_path / "runs" / "reproduce" / "dear").exists()
    assert [one.measured for one in reproduce_within(rows[:1], 0, measure)] == [True]
    assert given["dear"] == 0


def test_a_row_that_took_longer_than_it_says_goes_on_another_time() -> None:
    (told,) = reproduce_within([row_of("slow", 0)], 1, lambda row, minutes: False)
    assert (told.measured, told.why) == (False, TIME_OVER)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_gpu_that_is_not_there_is_told_before_anything_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reproduce", "pretexts", "--device", "cuda"]) == 2
    assert "No GPU" in capsys.readouterr().err


def test_every_row_says_how_long_it_takes() -> None:
    assert all(row.minutes > 0 for row in ROWS.values())


def test_what_has_been_measured_is_recorded_again_whatever_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def measure(value: float, seed: int = 0) -> None:
        done.append(here._commit)
        for metric in ("ACC", "NMI"):
            here.record(measurement(metric=metric, value=value, seed=seed, git_commit=here._commit))
            value += 1 / 3

    for commit in ("a" * 40, "b" * 40, "c-dirty"):
        monkeypatch.setattr("training.reproduce.row.git_commit", lambda commit=commit: commit)
        here = bench(tmp_path)
        here.record(measurement(metric="of another part", value=9.0))
        found = here.once("part", 0, "hash", {"lr": 0.1}, lambda: measure(1.0))
        assert [(m.metric, m.value, m.git_commit) for m in found] == [("ACC", 1, "a" * 40), ("NMI", 1.3333, "a" * 40)]
        (tmp_path / "results" / "made.json").unlink()
        here.once("part", 0, "hash", {"lr": 0.1}, lambda: measure(1.0))
        assert read_results(tmp_path / "results" / "made.json") == found
    assert done == ["a" * 40]


@pytest.mark.parametrize(
    "changed", [{"name": "other"}, {"seed": 1}, {"data_hash": "other"}, {"config": {"lr": 0.2, "batch": 8}}]
)
def test_other_settings_data_or_seeds_are_measured_anew(tmp_path: Path, changed: dict[str, object]) -> None:
    done: list[int] = []
    same: dict[str, object] = {"name": "part", "seed": 0, "data_hash": "hash", "config": {"lr": 0.1, "batch": 8}}
    for settings in (same, same | changed, same, same | {"config": dict(reversed(same["config"].items()))}):  # type: ignore[attr-defined]
        here = bench(tmp_path)
        here.once(**settings, work=lambda: done.append(1))  # type: ignore[arg-type]
    assert len(done) == 2  # the order of settings does not matter


def test_a_part_that_was_stopped_has_not_been_done(tmp_path: Path) -> None:
    here = bench(tmp_path)

    def stop() -> None:
        here.record(measurement(value=1.0))
        raise BudgetSpent

    for _ in range(2):
        with pytest.raises(BudgetSpent):
            here.once("part", 0, "hash", {}, stop)
    # What was known before the end is in the file of figures all the same.
    assert [m.value for m in read_results(tmp_path / "results" / "made.json")] == [1.0]
    assert [m.value for m in here.once("part", 0, "hash", {}, lambda: here.record(measurement(value=2.0)))] == [2.0]


def test_a_part_within_a_part_belongs_to_both(tmp_path: Path) -> None:
    here = bench(tmp_path)

    def inner() -> None:
        here.record(measurement(value=1.0))

    def outer() -> None:
        here.once("inner", 0, "hash", {}, inner)
        here.record(measurement(metric="NMI", value=2.0))

    here.once("inner", 0, "hash", {}, inner)
    assert [m.value for m in here.once("outer", 0, "hash", {}, outer)] == [1.0, 2.0]


def test_epochs_are_those_that_were_trained_when_the_clock_ended_the_run(tmp_path: Path) -> None:
    photos = make_photos(17)  # 2 steps of 8 an epoch; one photo is left over
    here = bench(tmp_path)
    _, whole = trained(here, tiny_config(), photos, 0)
    assert whole["epochs"] == 3
    clocked = tiny_config(name="clocked", limits=LimitsConfig(epochs=10_000, minutes=0.002))
    _, cut = trained(here, clocked, photos, 0)
    steps = torch.load(here.folder / "clocked-0" / CHECKPOINT, weights_only=True)["step"]
    assert cut["epochs"] == steps / 2
    assert 0 < cut["epochs"] < 10_000
    assert cut["config"]["limits"]["epochs"] == 10_000
    assert cut["seconds"] >= 0.12


def test_a_person_can_cancel_a_row_at_any_time(tmp_path: Path) -> None:
    ctx = JobContext()

    def work(bench: Bench) -> None:
        ctx.cancel()
        bench.ctx.check()

    with pytest.raises(Cancelled) as caught:
        reproduce(Row("made", "Made", (), work, ""), ctx, runs=tmp_path, results=tmp_path, device="cpu")
    assert type(caught.value) is Cancelled  # not the end of the time, after which the command would be content


def test_time_runs_out(tmp_path: Path) -> None:
    assert bench(tmp_path).seconds_left() == float("inf")
    assert 0 < bench(tmp_path, minutes=1.0).seconds_left() <= 60


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve pictures of three kinds, in folders and, the same, with a table of labels."""
    data = tmp_path / "data"
    for kind in range(3):
        (data / "kinds" / f"kind{kind}").mkdir(parents=True)
        for number, image in enumerate(make_photos(4, seed=kind).images):
            Image.fromarray(image.transpose(1, 2, 0)).save(data / "kinds" / f"kind{kind}" / f"{number}.png")
    (data / "table").mkdir()
    with (data / "table" / "labels.csv").open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["filename", "label"])
        for number, image in enumerate(make_photos(12).images):
            Image.fromarray(image.transpose(1, 2, 0)).save(data / "table" / f"{number}.png")
            rows.writerow([f"{number}.png", str(number % 3)])
    monkeypatch.setenv("KINDRED_DATA", str(data))
    return data


def test_names_are_in_the_order_of_the_photos(pictures: Path, tmp_path: Path) -> None:
    photos = load_photos(pictures / "table", 24, JobContext(), tmp_path / "cache")
    for name, image in zip(photo_names(pictures / "table"), photos.images, strict=True):
        assert np.array_equal(image, np.asarray(Image.open(pictures / "table" / name)).transpose(2, 0, 1))


def test_labels_come_from_folders_or_a_table(pictures: Path, tmp_path: Path) -> None:
    kinds = load_labeled("kinds", 24, bench(tmp_path), "kinds")
    assert kinds.classes == ("kind0", "kind1", "kind2")
    assert kinds.truth.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    table = load_labeled("table", 24, bench(tmp_path), "table")
    assert [table.classes[label] for label in table.truth] == [str(int(Path(n).stem) % 3) for n in table.names]


def test_a_picture_that_cannot_be_read_is_told(pictures: Path, tmp_path: Path) -> None:
    (pictures / "kinds" / "kind0" / "9.png").write_bytes(b"no picture")
    with pytest.raises(UserError, match="1 pictures") as caught:
        load_labeled("kinds", 24, bench(tmp_path), "kinds")
    assert caught.value.code == "photos-left-out"


def blobs(count: int = 60, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Features of three kinds, well apart."""
    rng = np.random.default_rng(seed)
    truth = np.arange(count) % 3
    return (4 * np.eye(3)[truth] + 0.1 * rng.normal(size=(count, 3))).astype(np.float32), truth


def labeled(count: int = 60) -> Labeled:
    names = tuple(f"{number}.png" for number in range(count))
    return Labeled("blobs", make_photos(count), names, blobs(count)[1], ("a", "b", "c"))


def test_every_space_is_scored_and_separable_features_are_perfect_in_each(tmp_path: Path) -> None:
    here = bench(tmp_path)
    score_spaces(here, "made", blobs()[0], labeled(), 0, {"config": {}})
    found = {(m.variant, m.metric): m.value for m in read_results(tmp_path / "results" / "made.json")}
    for space in SPACES:
        figures = {metric: value for (variant, metric), value in found.items() if variant == f"made; {space}"}
        assert figures["ACC"] == figures["majority ACC"] == figures["NMI"] == figures["kNN5"] == 100
        assert 33 < figures["chance"] < 50
        assert figures["k"] == 3


def test_more_groups_than_labels_raise_the_majority_and_its_chance_but_not_the_matched_accuracy() -> None:
    truth = np.repeat(np.arange(3), 40)
    few, many = group_figures(truth, truth), group_figures(truth, np.arange(120) // 4)
    assert many["majority ACC"] == few["majority ACC"] == 100
    assert many["chance"] > few["chance"] + 5
    assert many["ACC"] == 10
    assert many["k"] == 30


def test_neighbors_of_pure_noise_are_at_chance() -> None:
    noise = np.random.default_rng(0).normal(size=(600, 16)).astype(np.float32)
    found = neighbor_figures(noise, np.arange(600) % 3)
    assert found["purity@5"] == pytest.approx(33, abs=4)


@pytest.mark.parametrize("method", ["kmeans", "agglomerative", "spectral"])
def test_the_apps_methods_group_features(method: str) -> None:
    features, truth = blobs()
    assert group_figures(truth, group_by(method, features, 3, 0, JobContext()))["ACC"] == 100


def test_a_gpu_is_given_the_tutorials_input(tmp_path: Path) -> None:
    small, note = kong_protocol("kong-mnist600", bench(tmp_path))
    assert str(small.resolutions[0][1]) in note
    large, note = kong_protocol("kong-mnist600", bench(tmp_path, device="cuda"))
    assert large.resolutions == ((0.0, 128),)
    # The blur is the same share of the input.
    for ours, theirs in zip(small.augment.blur_sigma, large.augment.blur_sigma, strict=True):
        assert ours / small.resolutions[0][1] == pytest.approx(theirs / 128)


def test_features_of_whole_photos_are_the_networks_and_views_are_averaged() -> None:
    from training.photos.augment import normalize

    photos = make_photos(7)
    network = build(tiny_config()).backbone
    found = embed_photos(network, photos.images, 24, JobContext())
    with torch.no_grad():
        expected = network.eval()(normalize(torch.from_numpy(photos.images).float() / 255))
    np.testing.assert_allclose(found, expected.numpy(), rtol=1e-4, atol=1e-5)
    # Views that cannot differ from the photo average to its features; others do not, and repeat with the seed.
    still = AugmentConfig(crop_scale=(1, 1), crop_ratio=(1, 1), flip=0, jitter=0, gray=0)
    np.testing.assert_allclose(
        embed_photos(network, photos.images, 24, JobContext(), views=3, augment=still), found, rtol=1e-4, atol=1e-5
    )
    first, again = (
        embed_photos(network, photos.images, 24, JobContext(), views=3, augment=AugmentConfig(), seed=1) for _ in "ab"
    )
    assert np.array_equal(first, again)
    assert np.abs(first - found).max() > 1e-3


def test_the_album_is_complete_and_its_table_agrees_with_the_figures(tmp_path: Path) -> None:
    features, truth = blobs()
    groups = np.where(np.arange(60) < 6, 0, truth).astype(np.int64)
    xy = features[:, :2]
    draw_album(tmp_path / "album", "made", labeled(), near(features), xy, groups, elbow.curve(features, JobContext()))
    names = {path.name for path in (tmp_path / "album").iterdir()}
    pictures = {"elbow.png", "map.png", "map-photos.png", "neighbors.png", "groups.png", "confusion.png"}
    assert names == pictures | {"embeddings.csv"}
    with (tmp_path / "album" / "embeddings.csv").open(newline="") as source:
        rows = list(csv.DictReader(source))
    assert [row["filename"] for row in rows] == list(labeled().names)
    equal = sum(int(row["equal"]) for row in rows) / len(rows)
    assert 100 * equal == pytest.approx(group_figures(truth, groups)["majority ACC"])
    assert float(rows[5]["embedding_0"]) == pytest.approx(xy[5, 0], abs=1e-3)


def test_the_table_names_a_group_after_its_most_frequent_label(tmp_path: Path) -> None:
    data = dataclasses.replace(labeled(6), truth=np.array([0, 0, 1, 2, 2, 1]))
    write_embeddings(tmp_path / "t.csv", data, np.zeros((6, 2), dtype=np.float32), np.array([5, 5, 5, 9, 9, 9]))
    with (tmp_path / "t.csv").open(newline="") as source:
        rows = list(csv.DictReader(source))
    assert [row["trained_label"] for row in rows] == ["a", "a", "a", "c", "c", "c"]
    assert [row["equal"] for row in rows] == ["1", "1", "0", "1", "1", "0"]
    assert [row["group"] for row in rows] == ["5", "5", "5", "9", "9", "9"]


def test_examples_are_of_every_label() -> None:
    assert examples(np.array([1, 0, 1, 1, 2, 0]), per_label=2).tolist() == [1, 5, 0, 2, 4]
