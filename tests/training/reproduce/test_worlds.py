"""Folders with known kinds, and weights fitted to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from desktop_app.engine.clustering import counting
from desktop_app.engine.clustering.elbow import Evidence
from desktop_app.engine.evaluate import knn_accuracy, standardize
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from tests.helpers.laboratory import make_photos
from tests.helpers.pretext_cases import make_run
from training.photos.augment import normalize as normalize_pictures
from training.places import SHIPPED_RESULTS
from training.reproduce import worlds as worlds_module
from training.reproduce.figures import read_results
from training.reproduce.fitting import Case, fitted, left_out, octaves
from training.reproduce.known_sources import drawn_kinds, source_figures
from training.reproduce.worlds import FEWEST_PHOTOS, MIXES, MOST_KINDS, MOST_PHOTOS, pools, worlds
from training.runs.open import load_run

NAMES = [
    *(f"pacs-photo/{kind}/{number}.webp" for kind in ("dog", "horse", "house") for number in range(40)),
    *(
        f"imagenette2/{half}/n{kind}/{number}.webp"
        for half in ("train", "val")
        for kind in range(8)
        for number in range(9)
    ),
    *(f"groceries/train/Fruit/Apple/{kind}/{number}.webp" for kind in ("Gala", "Fuji") for number in range(12)),
    *(f"groceries/train/Fruit/Apple/Rare/{number}.webp" for number in range(3)),
    *(f"screens-phone/{number}.webp" for number in range(20)),
    *(f"screens-jabref/{number}.webp" for number in range(10)),
    *(f"cars/{number}.webp" for number in range(25)),
    *(f"flickr8k/{number}.webp" for number in range(50)),
    *(f"csc411-flickr8/train/{number}.webp" for number in range(30)),
    *(f"csc411-flickr8/food/{number}.webp" for number in range(30)),
]


def test_pools_hold_the_kinds_of_each_source_and_nothing_without_a_label() -> None:
    known = pools(NAMES)
    kinds = {source: [len(rows) for rows in members] for source, members in known.items()}
    assert kinds == {
        "pacs-photo": [40, 40, 40],
        "imagenette2": [18] * 8,  # a kind is one in both halves
        "groceries": [12, 12],
        "collections": [25, 30],
        "csc411-flickr8": [30],
    }
    rows = np.concatenate([rows for members in known.values() for rows in members])
    assert len(np.unique(rows)) == len(rows)


def test_features_are_scored_on_some_photos_of_each_source_with_labels(tmp_path: Path) -> None:
    drawn = drawn_kinds(NAMES)
    assert set(drawn) == {"pacs-photo", "imagenette2", "groceries", "collections"}  # csc411 has one kind
    for source, (rows, labels) in drawn.items():
        of_kind = {kind: {NAMES[row] for row in rows[labels == kind].tolist()} for kind in set(labels.tolist())}
        held = {kind: {NAMES[row] for row in members.tolist()} for kind, members in enumerate(pools(NAMES)[source])}
        assert len(rows) == len(set(rows.tolist())) <= 400
        # Kinds may be numbered otherwise, but none is torn or mixed.
        assert all(any(members <= whole for whole in held.values()) for members in of_kind.values())
    photos = make_photos(len(NAMES), size=24)
    figures = source_figures(tmp_path / make_run(tmp_path), 24, photos, NAMES, JobContext())
    network = load_run(tmp_path / "mined")[1]
    knn = {}
    for source, (rows, labels) in drawn.items():
        pictures = torch.from_numpy(photos.images[rows]).float() / 255
        with torch.no_grad():
            vectors = network(normalize_pictures(pictures)).numpy()
        knn[source] = 100 * knn_accuracy(standardize(vectors), labels)
    assert figures["kNN5, sources"] == pytest.approx(np.mean(list(knn.values())), abs=0.5)
    assert figures["kNN5, things"] == figures["kNN5, sources"]
    assert "kNN5, scenes" not in figures
    assert 0 < figures["k-means ACC, sources"] <= 100


@pytest.mark.parametrize("seed", range(3))
def test_worlds_are_of_the_sources_and_sizes_that_they_say(seed: int) -> None:
    vectors = np.random.default_rng(0).normal(size=(len(NAMES), 16)).astype(np.float32)
    known = {source: members for source, members in pools(NAMES).items() if len(members) > 1}
    drawn = list(worlds(vectors, known, 10, seed))
    assert len(drawn) == 10 * (len(known) + MIXES) + 2 * len(known)
    home = {row: source for source, members in known.items() for rows in members for row in rows.tolist()}
    unit = normalize(vectors)
    for world in drawn:
        assert len(world.photos.truth) == len(world.photos.vectors) <= MOST_PHOTOS
        assert world.photos.k <= MOST_KINDS
        assert (world.photos.k == 1) == ("one kind" in world.photos.name)
        nearest = (normalize(world.photos.vectors) @ unit.T).argmax(axis=1).tolist()
        shown = {home[row] for row in nearest if row in home}
        assert shown <= world.sources if not world.bursts else world.sources <= set(known)
        if not world.bursts:
            assert len(set(nearest)) == len(nearest)
    assert any(world.bursts for world in drawn)
    assert FEWEST_PHOTOS < MOST_PHOTOS
    again = list(worlds(vectors, known, 10, seed))
    assert all(np.array_equal(one.photos.vectors, two.photos.vectors) for one, two in zip(drawn, again, strict=True))


def test_a_mix_takes_kinds_of_its_sources_in_turn() -> None:
    known = pools(NAMES)
    order = worlds_module._dealt(known, np.random.default_rng(0))
    assert sorted(source for source, _ in order[: len(known)]) == sorted(known)
    assert len(order) == sum(map(len, known.values()))


def case(true: int, source: str, seed: int, most: int = 20) -> Case:
    """A folder whose silhouette stands highest at the true number, more or less."""
    rng = np.random.default_rng(seed)
    log_k = np.log2(np.arange(1, most + 1))
    silhouette = 0.3 - 0.1 * np.abs(log_k - np.log2(true) - rng.normal() * 0.1)
    noise = rng.normal(size=(3, most))
    found = Evidence(400, -log_k, silhouette, 0.1 * log_k, log_k, np.sort(rng.random(most + 1)), noise[0])
    return Case(f"{source} {seed}", frozenset([source]), true, found)


def test_weights_find_the_criterion_that_tells_and_fit_sources_alike() -> None:
    rng = np.random.default_rng(3)
    cases = [case(int(rng.integers(2, 16)), f"source {seed % 4}", seed) for seed in range(120)]
    weights = dict(zip(counting.TERMS, fitted(cases), strict=True))
    # Silhouette decides: a tenth more of it is worth a thousandfold.
    assert weights["silhouette"] + weights["silhouette, many photos"] > 30
    said = left_out(cases, cases)
    off = np.abs(octaves([one.k for one in said], cases))
    assert off.mean() < 0.15
    held = np.mean([one.low <= own.true <= one.high for one, own in zip(said, cases, strict=True)])
    assert held > 0.75


def test_the_weights_of_the_engine_are_those_that_were_fitted() -> None:
    recorded = {
        m.metric: m.value for m in read_results(SHIPPED_RESULTS / "suggested-k-worlds.json") if m.variant == "weights"
    }
    assert counting.WEIGHTS == pytest.approx([recorded[term] for term in counting.TERMS], abs=1e-3)


def test_no_folder_is_judged_by_its_own_source() -> None:
    """A source that lies: its silhouette points elsewhere. Judged by the others, it must be wrong."""
    rng = np.random.default_rng(4)
    honest = [case(int(rng.integers(2, 16)), f"source {seed % 3}", seed) for seed in range(90)]
    lies = [case(15, "liar", seed) for seed in range(30)]
    lies = [Case(one.name, one.sources, 2, one.evidence) for one in lies]
    said = left_out([*honest, *lies], [*honest, *lies])
    assert np.mean(octaves([one.k for one in said[90:]], lies)) > 2
