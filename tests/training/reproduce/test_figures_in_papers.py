"""Figures that were copied by hand into the papers are those of the files of figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training import places
from training.reproduce.figures import read_results
from training.reproduce.learning.schultz import CONTROL, LEARNED
from training.reproduce.scan_cifar10 import SCAN, SELF_LABEL

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "methods.md").read_text(encoding="utf-8")
LADDER = (*CONTROL, *LEARNED)
_EM = "DeepCluster, {} mixture"
_GAUSS, _FISHER = _EM.format("Gaussian"), _EM.format("von Mises-Fisher")
_FOREIGN = "jigsaw, foreign tiles"
SENTENCES: list[tuple[str, list[tuple[str, str]]]] = [
    ("an ACC of {} and {} % right by 200 labeled", [("8 x 8 pixels", "ACC"), ("8 x 8 pixels", "kNN-200")]),
    ("have {} % by neighbors", [("patch features", "kNN-200")]),
    ("Ours: ACC {}. Published: 65.9 ± 5.7", [("SimCLR", "ACC")]),
    ("Ours: ACC {}; by 200 labeled neighbors {}.", [("MoCo", "ACC"), ("MoCo", "kNN-200")]),
    ("Ours: ACC {}. Published: 52.0 ± 4.6", [("instance discrimination", "ACC")]),
    ("Ours: {} % of the positions told rightly (guessing: 25), ACC {}.", [("RotNet", "solved"), ("RotNet", "ACC")]),
    (
        "Ours: {} % of the orders told rightly (guessing: 3.3), ACC {}, which an untrained network reaches, too ({}).",
        [("jigsaw", "solved"), ("jigsaw", "ACC"), ("untrained network", "ACC")],
    ),
    (
        "With foreign tiles: {} % of the orders, and the foreign tiles hardly found (area under the ROC curve {},",
        [(_FOREIGN, "with foreign tiles"), (_FOREIGN, "foreign tiles found, AUC")],
    ),
    (
        "Ours: ACC {} with k-means, {} and {} with mixtures.",
        [("DeepCluster, k-means", "ACC"), (_GAUSS, "ACC"), (_FISHER, "ACC")],
    ),
    ("Ours: ACC {}. Published: 31.4", [("autoencoder", "ACC")]),
    ("Ours: ACC {}. Schultz gave no figures", [("pairs", "ACC")]),
    ("Ours: ACC {} as told, {} repaired.", [("dot product, as told", "ACC"), ("dot product, repaired", "ACC")]),
    (
        "clustering alone {}, half of the steps for the puzzle first {}, both at once {} |",
        [
            ("DeepCluster, k-means", "kNN-200"),
            ("jigsaw, then DeepCluster", "kNN-200"),
            ("DeepCluster with jigsaw", "kNN-200"),
        ],
    ),
    (
        "k-means {}, Gaussian {}, von Mises-Fisher {}; NMI with the epoch before {}, {}, {} |",
        [
            (name, metric)
            for metric in ("kNN-200", "NMI with the epoch before")
            for name in ("DeepCluster, k-means", _GAUSS, _FISHER)
        ],
    ),
    (
        "orders told rightly: {} %, after learning with foreign tiles {} % without and {} % with them; "
        "right by neighbors {} and {} |",
        [
            ("jigsaw", "solved"),
            (_FOREIGN, "solved"),
            (_FOREIGN, "with foreign tiles"),
            ("jigsaw", "kNN-200"),
            (_FOREIGN, "kNN-200"),
        ],
    ),
    ("An untrained network has {} right by neighbors.", [("untrained network", "kNN-200")]),
]


def by_seed(row: str) -> dict[tuple[str, str], list[float]]:
    """Each figure of a row, of every seed."""
    values: dict[tuple[str, str], list[float]] = {}
    for m in read_results(places.SHIPPED_RESULTS / f"{row}.json"):
        values.setdefault((m.variant, m.metric), []).append(m.value)
    return values


def means(row: str) -> dict[tuple[str, str], float]:
    """The mean over seeds of each figure of a row."""
    return {key: float(np.mean(found)) for key, found in by_seed(row).items()}


@pytest.mark.parametrize(("sentence", "figures"), SENTENCES, ids=[sentence[:40] for sentence, _ in SENTENCES])
def test_what_the_page_of_methods_says_was_measured(sentence: str, figures: list[tuple[str, str]]) -> None:
    measured = means("pretexts")
    assert sentence.format(*(f"{measured[figure]:.1f}" for figure in figures)) in PAGE


def test_the_ladder_on_the_page_of_methods_was_measured() -> None:
    measured = means("schultz")
    for name in LADDER:
        ladder = [measured[f"{name}; {method}", "ARI"] for method in ("kmeans", "agglomerative", "affinity")]
        ladder += [measured[f"{name}; kmeans", metric] for metric in ("equivalent accuracy", "ACC")]
        assert f"| {name} | {' | '.join(f'{value:.1f}' for value in ladder)} |" in PAGE
    steps = measured["pairs, plain network; loss", "steps at log 2"]
    assert f"for {steps:.0f} of the 624 steps" in PAGE


def test_the_chain_of_scan_on_the_page_of_methods_was_measured() -> None:
    measured = by_seed("scan-cifar10")
    scan, self_label, kmeans, features = (
        measured[name, "ACC"] for name in (SCAN, SELF_LABEL, "SimCLR, projection; k-means", "SimCLR, features; k-means")
    )
    chain = (f"{np.mean(found):.1f} ± {np.std(found):.1f}" for found in (scan, self_label, kmeans))
    assert "ACC {} after SCAN and {} after self-labeling (three runs), where k-means had {}".format(*chain) in PAGE
    assert len(scan) == len(self_label) == 3
    assert f"k-means of these {np.mean(features):.1f}" in PAGE
    weak, twice = (
        np.mean(measured[name, "ACC"])
        for name in ("SCAN, SimCLR's views", "SCAN, SimCLR's views; self-labeling, SimCLR's views")
    )
    assert f"views SCAN had {weak:.1f}, " in PAGE
    assert f" and had {twice:.1f}: the collapse" in PAGE
