"""Scores of embeddings and groups against known labels, each defined once and used by every table of the project.

Accuracies are shares in 0..1. ``truth`` holds the labels (any integers), ``groups`` the found groups, -1 where no
group claims the photo: such a photo counts as wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from desktop_app.engine.clustering import elbow, kmeans, prepare
from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.neighbors import nearest
from desktop_app.engine.project import center, normalize
from desktop_app.engine.types import Float32Array, Float64Array, Int64Array
from desktop_app.engine.wording import display_path

Labels = npt.NDArray[np.integer[Any]]
_ASKED = 2000


def contingency(truth: Labels, groups: Labels) -> Int64Array:
    """How often each label meets each group: int64[C, K], labels and groups ascending, group -1 left out."""
    claimed = groups >= 0
    classes, rows = np.unique(truth, return_inverse=True)
    names, columns = np.unique(groups[claimed], return_inverse=True)
    table = np.zeros((len(classes), len(names)), dtype=np.int64)
    np.add.at(table, (rows[claimed], columns), 1)
    return table


def _match(table: Int64Array) -> tuple[Int64Array, Int64Array]:
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(table, maximize=True)
    return rows, columns


def hungarian_accuracy(truth: Labels, groups: Labels) -> float:
    """Share of photos right under the best one-to-one matching of groups to labels (ACC).

    With unequal numbers, the surplus groups or labels stay unmatched.
    """
    table = contingency(truth, groups)
    return float(table[_match(table)].sum() / len(truth))


def majority_accuracy(truth: Labels, groups: Labels) -> float:
    """Share of photos right when each group takes its most frequent label. Rises with the number of groups."""
    return float(contingency(truth, groups).max(axis=0, initial=0).sum() / len(truth))


def majority_chance(truth: Labels, groups: Labels, *, seed: int = 0, draws: int = 200) -> float:
    """Mean majority accuracy of groups of the same sizes filled at random."""
    rng = np.random.default_rng(seed)
    return float(np.mean([majority_accuracy(truth, rng.permutation(groups)) for _ in range(draws)]))


def nmi(truth: Labels, groups: Labels) -> float:
    """Normalized mutual information, arithmetic mean of the entropies."""
    from sklearn.metrics import normalized_mutual_info_score

    return float(normalized_mutual_info_score(truth, groups))


def ari(truth: Labels, groups: Labels) -> float:
    """Adjusted Rand index: 0 by chance, 1 for the same partition."""
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(truth, groups))


def ami(truth: Labels, groups: Labels) -> float:
    """Adjusted mutual information; to be preferred over NMI where numbers of groups differ."""
    from sklearn.metrics import adjusted_mutual_info_score

    return float(adjusted_mutual_info_score(truth, groups))


def equivalent_accuracy(ari_value: float, classes: int) -> float:
    """The accuracy at which *random* errors would give this ARI, for many photos in ``classes`` balanced labels.

    ``ARI(p) = ((k p - 1) / (k - 1))**2``, inverted. Real errors have structure, so this usually exceeds ACC; the two
    do not belong in one column of a table.
    """
    return (1 + (classes - 1) * float(np.sqrt(max(ari_value, 0.0)))) / classes


def confusion(truth: Labels, groups: Labels) -> Float64Array:
    """Row-normalized confusion matrix.

    Returns:
        float64[C, max(C, K)]: rows are labels ascending; column i is the group matched to label i (zeros where there
        is none), then the unmatched groups by falling size. A row sums to 1 less the share no group claimed.
    """
    table = contingency(truth, groups)
    rows, columns = _match(table)
    spare = np.setdiff1d(np.arange(table.shape[1]), columns)
    spare = spare[np.argsort(-table[:, spare].sum(axis=0), kind="stable")]
    out = np.zeros((table.shape[0], max(table.shape)))
    out[:, rows] = table[:, columns]
    if spare.size:
        out[:, table.shape[0] :] = table[:, spare]
    sizes = np.unique(truth, return_counts=True)[1]
    return out / sizes[:, None]


def knn_accuracy(vectors: Float32Array, truth: Labels, k: int = 5, ctx: JobContext | None = None) -> float:
    """Leave-one-out k-nearest-neighbor accuracy by cosine, plain majority.

    Among equally frequent labels the one with the nearer neighbor wins. ``vectors`` are used as they are: center and
    normalize them first (`standardize`) for figures comparable with the project's.
    """
    index, similarity = nearest(vectors, vectors, k, ctx or JobContext(), exclude=np.arange(len(vectors)))
    return float((_vote(truth[index], np.ones_like(similarity)) == truth).mean())


def weighted_knn_accuracy(
    bank: Float32Array,
    bank_truth: Labels,
    queries: Float32Array,
    truth: Labels,
    k: int = 200,
    temperature: float = 0.1,
    ctx: JobContext | None = None,
) -> float:
    """Weighted kNN against a bank of labeled vectors (Wu et al. 2018): votes weigh ``exp(cosine / temperature)``."""
    index, similarity = nearest(queries, bank, k, ctx or JobContext())
    return float((_vote(bank_truth[index], np.exp(similarity / temperature)) == truth).mean())


def _vote(labels: Labels, weights: Float32Array) -> Labels:
    """The label with the largest summed weight in each row; the first to appear wins a tie."""
    same = labels[:, :, None] == labels[:, None, :]
    totals = np.einsum("qij,qj->qi", same, weights)
    return np.take_along_axis(labels, totals.argmax(axis=1)[:, None], axis=1)[:, 0]


def purity_at_k(vectors: Float32Array, truth: Labels, k: int = 5, ctx: JobContext | None = None) -> float:
    """Share of the ``k`` nearest neighbors (cosine, self excluded) that carry the photo's own label."""
    index, _ = nearest(vectors, vectors, k, ctx or JobContext(), exclude=np.arange(len(vectors)))
    return float((truth[index] == truth[:, None]).mean())


def neighbor_overlap(first: Float32Array, second: Float32Array, k: int = 10, ctx: JobContext | None = None) -> float:
    """Mean share of the ``k`` nearest photos (cosine after centering) that two embeddings of the same photos agree on.

    Args:
        first: float32[N, D].
        second: float32[N, E], of the same photos.
        k: nearest of each; all others where there are fewer.
        ctx: checked between blocks.

    Of many photos, 2,000 are asked, drawn with a fixed seed.
    """
    rows = np.arange(len(first))
    if len(rows) > _ASKED:
        rows = np.sort(np.random.default_rng(0).choice(rows, _ASKED, replace=False))
    units = standardize(first), standardize(second)
    found = [nearest(unit[rows], unit, k, ctx or JobContext(), exclude=rows)[0] for unit in units]
    return float(np.mean([len(np.intersect1d(a, b)) / len(a) for a, b in zip(*found, strict=True)]))


def standardize(vectors: Float32Array) -> Float32Array:
    """The protocol of all published figures: less the mean of the folder, then unit length."""
    return normalize(center(vectors.astype(np.float32)))


def kmeans_accuracy(
    vectors: Float32Array, truth: Labels, seeds: Sequence[int] = range(5), ctx: JobContext | None = None
) -> tuple[float, float]:
    """Hungarian accuracy of k-means (k = number of labels, 10 restarts) on standardized vectors.

    Returns:
        Mean and standard deviation over ``seeds``.
    """
    points = standardize(vectors)
    k = len(np.unique(truth))
    scores = [
        hungarian_accuracy(truth, kmeans.fit(points, k, ctx or JobContext(), seed=seed, restarts=10).labels)
        for seed in seeds
    ]
    return float(np.mean(scores)), float(np.std(scores))


@dataclass(frozen=True, slots=True)
class Scores:
    """What features are worth on a labeled folder: shares in 0..1, means over the seeds where k-means plays a part.

    Attributes:
        features: their name.
        knn5: `knn_accuracy` with 5 neighbors, on standardized vectors.
        purity5: `purity_at_k` with 5 neighbors.
        accuracy: `hungarian_accuracy` of k-means with as many groups as labels.
        accuracy_std: its standard deviation over the seeds.
        majority: `majority_accuracy` of the same groups.
        majority_chance: what random groups of those sizes would reach.
        nmi: normalized mutual information.
        ari: adjusted Rand index.
        ami: adjusted mutual information.
        equivalent: `equivalent_accuracy` of ``ari``.
    """

    features: str
    knn5: float
    purity5: float
    accuracy: float
    accuracy_std: float
    majority: float
    majority_chance: float
    nmi: float
    ari: float
    ami: float
    equivalent: float


_SURE = {"clear": "fairly sure", "weak": "may well be more or fewer", "none": "a guess"}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A labeled folder scored.

    Attributes:
        photos: how many.
        classes: the labels, sorted.
        scores: of the model's embeddings as published figures have it (standardized, k-means), of the same prepared as
            Kindred clusters them, and of the controls that a model has to beat.
        confusion: of Kindred's own groups with the first seed; see `confusion`.
        suggested: number of groups Kindred would choose.
        low: smallest that would also do.
        high: largest that would also do.
        strength: how far that can be believed: ``clear``, ``weak`` or ``none``.
    """

    photos: int
    classes: tuple[str, ...]
    scores: tuple[Scores, ...]
    confusion: Float64Array
    suggested: int
    low: int
    high: int
    strength: str

    def lines(self) -> list[str]:
        """The figures as a table in plain text, percent."""
        out = [
            f"{self.photos} photos, {len(self.classes)} labels. Suggested number of groups: {self.suggested} "
            f"({self.low} to {self.high}, {_SURE[self.strength]}).",
            "",
            f"{'features':24}{'kNN5':>7}{'pur@5':>7}{'ACC':>7}{'+-':>5}{'maj':>7}{'chance':>8}"
            f"{'NMI':>7}{'ARI':>7}{'AMI':>7}{'eq.ACC':>8}",
        ]
        for row in self.scores:
            percent = [100 * value for value in (row.knn5, row.purity5, row.accuracy, row.accuracy_std, row.majority)]
            percent += [100 * value for value in (row.majority_chance, row.nmi, row.ari, row.ami, row.equivalent)]
            widths = (7, 7, 7, 5, 7, 8, 7, 7, 7, 8)
            cells = [f"{value:{width}.1f}" for value, width in zip(percent, widths, strict=True)]
            out.append(f"{row.features:24}" + "".join(cells))
        width = max(len(name) for name in self.classes) + 2
        out += ["", f"Confusion, percent of each label (columns: matched group 1 to {self.confusion.shape[1]}):"]
        for name, shares in zip(self.classes, self.confusion, strict=True):
            out.append(f"{name:{width}}" + "".join(f"{100 * share:6.1f}" for share in shares))
        return out


def evaluate_vectors(
    name: str, points: Float32Array, truth: Labels, ctx: JobContext, *, seeds: Sequence[int] = range(5)
) -> tuple[Scores, Labels]:
    """Score points as they are (see `standardize`).

    Args:
        name: of the features.
        points: float32[N, d].
        truth: labels [N], at least two different ones.
        ctx: checked throughout.
        seeds: of k-means.

    Returns:
        The scores, and the groups found with the first seed.
    """
    k = len(np.unique(truth))
    found = [kmeans.fit(points, k, ctx, seed=seed, restarts=10).labels for seed in seeds]
    accuracies = [hungarian_accuracy(truth, groups) for groups in found]
    ari_mean = float(np.mean([ari(truth, groups) for groups in found]))
    scores = Scores(
        features=name,
        knn5=knn_accuracy(points, truth, 5, ctx),
        purity5=purity_at_k(points, truth, 5, ctx),
        accuracy=float(np.mean(accuracies)),
        accuracy_std=float(np.std(accuracies)),
        majority=float(np.mean([majority_accuracy(truth, groups) for groups in found])),
        majority_chance=majority_chance(truth, found[0]),
        nmi=float(np.mean([nmi(truth, groups) for groups in found])),
        ari=ari_mean,
        ami=float(np.mean([ami(truth, groups) for groups in found])),
        equivalent=equivalent_accuracy(ari_mean, k),
    )
    return scores, found[0]


def sub_folder_labels(root: Path, paths: Sequence[Path]) -> tuple[list[int], list[str]]:
    """Take the names of the sub-folders of ``root`` for labels.

    Args:
        root: the folder.
        paths: of photos below it; those in no sub-folder are left out.

    Returns:
        Numbers of the photos that have a label, and their labels.

    Raises:
        UsageError: ``no-labels``: fewer than two sub-folders hold photos.
    """
    inner = [path.relative_to(root).parts for path in paths]
    rows = [row for row, parts in enumerate(inner) if len(parts) > 1]
    labels = [inner[row][0] for row in rows]
    if len(set(labels)) < 2:
        raise UsageError(
            "no-labels",
            f"{display_path(root)} has fewer than two sub-folders with photos: no labels to score against.",
            "Put the photos of each kind into a sub-folder of their own.",
        )
    return rows, labels


def evaluate_folder(
    vectors: Float32Array,
    labels: Sequence[str],
    images: Sequence[Image.Image],
    ctx: JobContext,
    *,
    seed: int = 0,
    seeds: int = 5,
) -> Evaluation:
    """Score a model's embeddings on a labeled folder, with the controls beside them.

    Args:
        vectors: float32[N, D], as the model gave them.
        labels: N names, at least two different ones.
        images: N RGB pictures, for the controls.
        ctx: checked throughout.
        seed: the first of the seeds.
        seeds: how many.
    """
    classes, truth = np.unique(np.asarray(labels), return_inverse=True)
    points = prepare(vectors, ctx=ctx)
    candidates = {
        "embedding": standardize(vectors),
        "embedding, as grouped": points,
        "pixels 16x16": standardize(pixels(images)),
        "color histogram": standardize(color_histogram(images)),
    }
    scored = {}
    for number, (name, candidate) in enumerate(candidates.items()):
        ctx.progress(number, len(candidates), "Scoring")
        scored[name] = evaluate_vectors(name, candidate, truth, ctx, seeds=range(seed, seed + seeds))
    chosen = elbow.curve(elbow.counted(vectors, ctx, points=points), ctx, seed=seed)
    return Evaluation(
        photos=len(truth),
        classes=tuple(str(name) for name in classes),
        scores=tuple(scores for scores, _ in scored.values()),
        confusion=confusion(truth, scored["embedding, as grouped"][1]),
        suggested=chosen.suggested,
        low=chosen.low,
        high=chosen.high,
        strength=chosen.strength,
    )


def pixels(images: Sequence[Image.Image]) -> Float32Array:
    """Control features: the central square of RGB pictures shrunk to 16 x 16 pixels. float32[N, 768] in 0..1."""
    small = [np.asarray(ImageOps.fit(image, (16, 16), Image.Resampling.BOX), dtype=np.float32) for image in images]
    return np.stack(small).reshape(len(small), -1) / np.float32(255)


def color_histogram(images: Sequence[Image.Image]) -> Float32Array:
    """Control features: HSV histogram of the central square of RGB pictures.

    Returns:
        float32[N, 128]: square roots of the shares of 8 x 4 x 4 bins, so that cosine is the Hellinger affinity.
    """
    rows = []
    for image in images:
        hsv = ImageOps.fit(image, (64, 64), Image.Resampling.BOX).convert("HSV")
        hue, saturation, value = np.asarray(hsv, dtype=np.int64).reshape(-1, 3).T
        bins = (hue // 32) * 16 + (saturation // 64) * 4 + value // 64
        rows.append(np.sqrt(np.bincount(bins, minlength=128) / len(bins)))
    return np.stack(rows, dtype=np.float32, casting="same_kind")
