"""Ways to learn without labels, side by side: the same photos, the same network, the same number of updates."""

from __future__ import annotations

from functools import partial

import torch

from desktop_app.engine.types import Float32Array

from ...photos import cifar10
from ...pretexts.deepcluster import DeepCluster
from ...pretexts.jigsaw import Jigsaw
from ...pretexts.rotnet import TURNS, RotNet
from ...runs.record import alarm_names
from ...scan.figures import centered, cluster_figures, kmeans_groups, neighbor_figures, probe_figures
from ...watching.watch import spread
from ..figures import Measurement
from ..row import Bench, Published, Row
from ..scan_controls import CLUSTERS, Data, Recorder, cached
from ..tables import Table, by_metric
from .controls import CONTROLS
from .methods import Learned, features, learned, load, methods

_PROBE_EPOCHS = 100
_ASKED = 2000
_MOST_SEEDS = 2


def run(bench: Bench) -> None:
    """Controls, then every method under the first seed, then under the second; each is recorded once it is trained."""
    measure(bench, load(bench))


def measure(bench: Bench, data: Data) -> None:
    """The row on some pictures."""
    for name, compute in CONTROLS.items():
        bank, queries = cached(bench, data, name, compute)
        for seed in _seeds(bench):
            worth = partial(_worth, bench, data, bank, queries, seed)
            Recorder(bench, data, {"features": name}).once(name, seed, worth)
    for seed in _seeds(bench):
        for name in methods(bench):
            method = learned(bench, data, name, seed)
            note = f"alarms: {', '.join(found)}" if (found := alarm_names(method.folder)) else ""
            origin = dict(method.origin)
            record = Recorder(bench, data, origin.pop("config"), origin | {"note": note})
            record.once(name, seed, partial(_figures, bench, data, method, seed))


def _seeds(bench: Bench) -> range:
    return range(min(bench.seeds, _MOST_SEEDS))


def _figures(bench: Bench, data: Data, method: Learned, seed: int) -> dict[str, float]:
    figures = _worth(bench, data, *features(bench, data, method), seed)
    return figures | own_task(method, data) | {"photos seen / 1000": method.seen / 1000}


def _worth(bench: Bench, data: Data, bank: Float32Array, queries: Float32Array, seed: int) -> dict[str, float]:
    """kNN, linear probe and k-means of centered unit features, in percent."""
    bank, queries = centered(bank, queries)
    truth, asked, ctx = data.train.labels, data.test.labels, bench.ctx
    figures = neighbor_figures(bank, truth, queries, asked, ctx)
    figures |= probe_figures(bank, truth, queries, asked, ctx, epochs=_PROBE_EPOCHS, device=bench.device)
    return figures | cluster_figures(asked, kmeans_groups(bank, queries, CLUSTERS, seed, ctx), CLUSTERS)


@torch.no_grad()
def own_task(method: Learned, data: Data) -> dict[str, float]:
    """How well a method solves what it was asked, on test pictures, in percent; nothing where that has no accuracy."""
    pretext = method.pretext
    device = next(pretext.parameters()).device
    # Evenly spaced, as they lie sorted by class.
    rows = spread(len(data.test.labels), _ASKED)
    asked = torch.from_numpy(data.test.photos.images[rows]).to(device)
    report = pretext.health(asked, cifar10.SIZE)
    if isinstance(pretext, RotNet):
        return {"solved": 100 * report["rotation_accuracy"], "by guessing": 100 / TURNS}
    if isinstance(pretext, Jigsaw):
        found = {"solved": 100 * report["puzzle_accuracy"], "by guessing": 100 / pretext.params.permutations}
        if pretext.params.foreign:
            found |= {
                "with foreign tiles": 100 * report["foreign_accuracy"],
                "foreign tiles found, AUC": 100 * report["foreign_auc"],
            }
        return found
    if isinstance(pretext, DeepCluster):
        return {
            "NMI with the epoch before": 100 * report["nmi_previous"],
            "clusters used": report["used_clusters"],
            "largest share": 100 * report["largest_share"],
            "doubt, nats": report["share_entropy"],
        }
    return {}


def _poster(m: Measurement) -> tuple[str, str] | None:
    """Lines and columns of the table that answers the poster's questions."""
    wanted = ("kNN-200", "ACC", "NMI with the epoch before", "clusters used", "largest share", "doubt, nats")
    told = any(word in m.variant for word in ("DeepCluster", "jigsaw"))
    return (m.variant, m.metric) if told and m.metric in wanted else None


_PAPER = "Van Gansbeke et al. 2020"
_LIGHTLY = "lightly, documentation (200 epochs)"
ROW = Row(
    name="pretexts",
    title="Ways to learn without labels",
    published=(
        Published("ACC", 65.9, 5.7, _PAPER, "SimCLR", target=7),
        Published("NMI", 59.8, None, _PAPER, "SimCLR", target=7),
        Published("ARI", 50.9, None, _PAPER, "SimCLR", target=7),
        Published("kNN-200", 84.8, None, _LIGHTLY, "SimCLR", target=19),
        Published("kNN-200", 84.7, None, _LIGHTLY, "MoCo", target=19),
        Published("ACC", 52.0, 4.6, _PAPER, "instance discrimination", target=6),
        Published("ACC", 27.1, 2.1, _PAPER, "RotNet", target=5),
        Published("ACC", 31.4, None, _PAPER, "autoencoder", target=3),
        Published("NMI", 23.4, None, _PAPER, "autoencoder", target=3),
        Published("ARI", 16.9, None, _PAPER, "autoencoder", target=3),
        Published("ACC", 37.4, None, _PAPER, "DeepCluster, k-means", target=4),
        Published("ACC", 22.9, None, f"{_PAPER} (whole pictures)", "8 x 8 pixels", target=2),
    ),
    run=run,
    needs="`cifar10`; half an hour of one CPU core for each seed, or a GPU for runs of the published length",
    minutes=30,
    about=(
        "Development figures of a short run: 10,000 pictures of 32 px, a network of a quarter of the usual width, 624 "
        "updates each, one optimizer that was tuned for none of them. They show what each task teaches *early*, and "
        "whether one is ahead of a control. They cannot show which is best after the hundreds of epochs behind the "
        "published figures: contrastive tasks are slow to begin and go far, and two seeds tell no small differences."
    ),
    tables=(
        Table(
            question="Which task teaches most in the same number of updates?",
            reading=(
                "Percent right by 200 neighbors and by a linear layer, which both see the labels of the training "
                "pictures; then ten clusters by k-means, which see none. Features as pooled, centered, at unit length. "
                "Guessing gives 10 for the first three columns and 0 for NMI and ARI."
            ),
            lines="task",
            place=by_metric(("kNN-200", "linear probe", "ACC", "NMI", "ARI", "photos seen / 1000")),
            reference=tuple(CONTROLS),
            training=True,
        ),
        Table(
            question="Is the task itself solved?",
            reading=(
                "Percent of 2,000 test pictures whose rotation, or whose order of nine tiles, is told rightly, beside "
                "what guessing gives."
            ),
            lines="task",
            place=by_metric(("solved", "by guessing")),
        ),
        Table(
            question="Are foreign tiles found?",
            reading=(
                "Percent of puzzles with up to two tiles of another picture whose order is told rightly all the same "
                "(guessing gives 3.3), and how well foreign tiles are told from others: area under the ROC curve, "
                "guessing gives 50."
            ),
            lines="task",
            place=by_metric(("with foreign tiles", "foreign tiles found, AUC")),
        ),
        Table(
            question="Does clustering help a puzzle, does a mixture help clustering, and may both be learned at once?",
            reading=(
                "The three open questions of Lai and Mundhenk's poster at equal updates. NMI: how far the 100 clusters "
                "agree with those of the epoch before. Doubt: mean entropy of the shares that a mixture gives a "
                "picture; 0 is as hard as k-means. Percent otherwise."
            ),
            lines="task",
            place=_poster,
        ),
    ),
)
