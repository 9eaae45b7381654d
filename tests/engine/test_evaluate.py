"""Scores against closed forms, scikit-learn and slow twins."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine import evaluate
from desktop_app.engine.job import JobContext


def _random_labels(seed: int, photos: int = 60, classes: int = 4, groups: int = 4) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, classes, photos)
    return truth, np.where(rng.random(photos) < 0.6, (truth + 1) % groups, rng.integers(0, groups, photos))


@pytest.mark.parametrize(("classes", "groups"), [(4, 4), (4, 3), (3, 5)])
def test_hungarian_accuracy_is_the_best_of_all_matchings(classes: int, groups: int) -> None:
    truth, found = _random_labels(classes * 10 + groups, classes=classes, groups=groups)
    size = max(classes, groups)
    best = max(float((np.array(names)[found] == truth).mean()) for names in permutations(range(size)))
    assert evaluate.hungarian_accuracy(truth, found) == pytest.approx(best)


def test_names_of_groups_do_not_matter() -> None:
    truth, found = _random_labels(3)
    renamed = np.array([7, 2, 9, 4])[found]
    for score in (evaluate.hungarian_accuracy, evaluate.majority_accuracy, evaluate.nmi, evaluate.ari, evaluate.ami):
        assert score(truth, found) == pytest.approx(score(truth, renamed))


def test_unsure_photos_count_as_wrong() -> None:
    truth = np.array([0, 0, 1, 1])
    assert evaluate.hungarian_accuracy(truth, np.array([0, -1, 1, 1])) == 0.75
    assert evaluate.majority_accuracy(truth, np.array([0, -1, -1, 1])) == 0.5
    assert evaluate.hungarian_accuracy(truth, np.full(4, -1)) == 0.0
    assert evaluate.majority_accuracy(truth, np.full(4, -1)) == 0.0


def test_majority_accuracy_exceeds_hungarian_and_rises_with_more_groups() -> None:
    truth, found = _random_labels(5)
    assert evaluate.majority_accuracy(truth, found) >= evaluate.hungarian_accuracy(truth, found)
    assert evaluate.majority_accuracy(truth, np.arange(len(truth))) == 1.0


@pytest.mark.parametrize(("photos", "groups", "expected"), [(600, 10, 0.164), (600, 20, 0.198)])
def test_majority_chance_matches_published_simulation(photos: int, groups: int, expected: float) -> None:
    truth = np.arange(photos) % 10
    found = np.random.default_rng(0).integers(0, groups, photos)
    assert evaluate.majority_chance(truth, found) == pytest.approx(expected, abs=0.006)


def simulated_ari(accuracy: float, photos: int, classes: int, draws: int = 20) -> float:
    """Mean ARI when each of ``photos`` balanced labels is kept with probability ``accuracy``, else drawn anew."""
    rng = np.random.default_rng(0)
    truth = np.arange(photos) % classes
    scores = []
    for _ in range(draws):
        other = (truth + rng.integers(1, classes, photos)) % classes
        scores.append(evaluate.ari(truth, np.where(rng.random(photos) < accuracy, truth, other)))
    return float(np.mean(scores))


@pytest.mark.parametrize("accuracy", [0.4, 0.7, 0.95])
@pytest.mark.parametrize("classes", [2, 10])
def test_equivalent_accuracy_inverts_the_simulation(accuracy: float, classes: int) -> None:
    if accuracy < 1 / classes:
        accuracy = 1 - accuracy
    measured = simulated_ari(accuracy, 3000, classes)
    # With two labels, p and 1 - p are the same partition.
    expected = max(accuracy, 1 - accuracy) if classes == 2 else accuracy
    assert evaluate.equivalent_accuracy(measured, classes) == pytest.approx(expected, abs=0.012)


def test_equivalent_accuracy_of_published_figures() -> None:
    assert evaluate.equivalent_accuracy(0.049, 10) == pytest.approx(0.299, abs=0.001)
    assert evaluate.equivalent_accuracy(0.758, 10) == pytest.approx(0.884, abs=0.001)
    assert evaluate.equivalent_accuracy(-0.01, 10) == pytest.approx(0.1)


def test_confusion_rows_are_true_labels_and_sum_to_one() -> None:
    truth = np.array([0, 0, 0, 1, 1, 1, 1, 1])
    found = np.array([1, 1, 0, 0, 0, 0, 2, 1])
    table = evaluate.confusion(truth, found)
    assert table == pytest.approx(np.array([[2 / 3, 1 / 3, 0], [1 / 5, 3 / 5, 1 / 5]]))
    fewer = evaluate.confusion(np.array([0, 1, 1]), np.array([0, 0, -1]))
    assert fewer == pytest.approx(np.array([[1, 0], [0.5, 0]]))


def _slow_knn(vectors: np.ndarray, truth: np.ndarray, k: int) -> float:
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    right = 0
    for row, own in enumerate(unit):
        order = [i for i in np.argsort(-(unit @ own), kind="stable") if i != row][:k]
        names = [truth[i] for i in order]
        right += max(names, key=lambda name: (names.count(name), -names.index(name))) == truth[row]
    return right / len(vectors)


@pytest.mark.parametrize("k", [1, 2, 5])
def test_knn_accuracy_agrees_with_a_slow_twin(k: int) -> None:
    rng = np.random.default_rng(k)
    truth = rng.integers(0, 3, 80)
    vectors = (rng.normal(size=(80, 6)) + np.eye(6)[truth] * 1.5).astype(np.float32)
    assert evaluate.knn_accuracy(vectors, truth, k) == pytest.approx(_slow_knn(vectors, truth, k))


def test_weighted_knn_lets_near_votes_outweigh_many_far_ones() -> None:
    bank = np.array([[1, 0], [0.2, 1], [0.2, 1]], dtype=np.float32)
    query = np.array([[1, 0.05]], dtype=np.float32)
    names = np.array([0, 1, 1])
    assert evaluate.weighted_knn_accuracy(bank, names, query, np.array([0]), k=3, temperature=0.1) == 1.0
    assert evaluate.weighted_knn_accuracy(bank, names, query, np.array([1]), k=3, temperature=100.0) == 1.0


def test_purity_counts_neighbors_not_photos() -> None:
    vectors = np.array([[1, 0], [1, 0.1], [0, 1], [0.1, 1]], dtype=np.float32)
    assert evaluate.purity_at_k(vectors, np.array([0, 0, 1, 1]), k=1) == 1.0
    assert evaluate.purity_at_k(vectors, np.array([0, 0, 1, 1]), k=3) == pytest.approx(1 / 3)


def test_kmeans_accuracy_of_separate_labels_is_one_for_every_seed() -> None:
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(4), 20)
    vectors = (np.eye(8)[truth] * 5 + rng.normal(size=(80, 8)) * 0.1).astype(np.float32)
    assert evaluate.kmeans_accuracy(vectors, truth, seeds=(0, 1)) == (1.0, 0.0)


def test_controls_see_layout_and_color() -> None:
    red, blue = Image.new("RGB", (40, 20), "red"), Image.new("RGB", (20, 40), "blue")
    assert evaluate.pixels([red, blue]).shape == (2, 768)
    assert evaluate.pixels([red])[0, :3] == pytest.approx([1, 0, 0])
    histogram = evaluate.color_histogram([red, blue])
    assert (histogram**2).sum(axis=1) == pytest.approx(1.0)
    assert float(histogram[0] @ histogram[1]) == 0.0


def test_a_labeled_folder_is_scored_beside_its_controls() -> None:
    rng = np.random.default_rng(0)
    labels = [name for name in ("sea", "wood", "town") for _ in range(20)]
    kinds = np.repeat(np.arange(3), 20)
    vectors = (np.eye(32)[kinds] * 4 + rng.normal(size=(60, 32)) * 0.2).astype(np.float32)
    images = [Image.effect_noise((24, 24), 40).convert("RGB") for _ in labels]
    result = evaluate.evaluate_folder(vectors, labels, images, JobContext(), seeds=2)
    embedding, grouped, *controls = result.scores
    for scores in (embedding, grouped):
        assert (scores.knn5, scores.accuracy, scores.ari, scores.equivalent) == pytest.approx((1, 1, 1, 1))
    assert [scores.features for scores in controls] == ["pixels 16x16", "color histogram"]
    assert all(scores.knn5 < 0.8 for scores in controls)
    assert result.classes == ("sea", "town", "wood")
    assert result.confusion == pytest.approx(np.eye(3))
    assert result.suggested == 3
    text = "\n".join(result.lines())
    assert "60 photos, 3 labels" in text
    assert all(name in text for name in (*result.classes, "pixels", "chance"))


def test_identical_photos_can_be_scored() -> None:
    images = [Image.new("RGB", (8, 8), "gray")] * 4
    result = evaluate.evaluate_folder(np.ones((4, 16), np.float32), ["a", "a", "b", "b"], images, JobContext(), seeds=1)
    assert result.suggested == 1
    assert result.scores[0].accuracy == 0.5
