"""Run -> model folder: ONNX with half-precision storage, int8 twin, card; refused when the numbers drift."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard, Provenance
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.types import Float32Array

from ..config import Config
from ..files import not_written
from ..measuring.evaluation import can_evaluate, card_embedder, controls, evaluate
from ..networks.card import draft_card
from ..networks.whitening import fit_whitening
from ..photos.data import PhotoArray
from ..pretexts.scan import ClusterHeads
from ..runs.open import lineage, load_run, load_trained, stages
from .packing import in_batches, install, pack

CLUSTERING = ("scan", "self_label")
"""Tasks whose cluster head is exported with the network."""
_CHOSEN = ". This last layer and the input size were chosen by the scores below, so those are development figures"
_FITTED, _CALIBRATION, _HELD_OUT = 3000, 256, 1000


def export_run(
    run: Path,
    models: Path,
    photos: PhotoArray,
    ctx: JobContext,
    *,
    named: Config | None = None,
    size: int | None = None,
) -> ModelCard:
    """Export a run into ``models/<name>``, replacing what was there only when everything holds.

    Args:
        run: folder of the run.
        models: folder of models.
        photos: what it was trained on, to calibrate int8 and to measure overlap.
        ctx: progress and cancelling.
        named: whose name, title, description and form the model gets, by default the run's own configuration: the last
            of several stages is a run of its own, but the model is still what the first one set out for.
        size: side of the model's input in pixels, where it is not to be the configuration's.

    Raises:
        UserError: ``model-not-written``; what was there before is still there.
        ModelError: ``export-drift`` when ONNX and torch disagree, ``model-mismatch`` from the card's own check.
    """
    config, network, record = load_run(run)
    named = named or config
    form = dataclasses.replace(named.export, size=size or named.export.size)
    fitted, held_out = sample_inputs(photos, draft_card(named.name, form.size, 1))
    whitening = fit_whitening(torch.from_numpy(in_batches(network, fitted)), form.whiten)
    heads = load_trained(run) if config.pretext["name"] in CLUSTERING else None
    clusters = 0
    if isinstance(heads, ClusterHeads):
        network, clusters = WithClusters(network, whitening, heads).eval(), heads.clusters
    else:
        network = nn.Sequential(network, whitening).eval()
    dim = whitening.linear.out_features
    card = draft_card(named.name, form.size, dim, title=named.title, description=named.description, clusters=clusters)

    ctx.progress(0, 3, "exporting")
    with _written(models), tempfile.TemporaryDirectory(dir=_made(models), prefix=".export-") as scratch:
        folder = _made(Path(scratch) / named.name)
        card, overlap = pack(network, card, folder, held_out, fitted[:_CALIBRATION])
        assert overlap is not None  # there was something to calibrate with
        ctx.progress(1, 3, "exporting")
        figures: dict[str, Any] = {"int8_neighbor_overlap_at_10": round(overlap, 4)}
        scored = can_evaluate()  # whoever has photos of their own and no labeled ones gets a model all the same
        if scored:
            candidates = {"float": card_embedder(card)} | _int8_row(card) | controls(form.size, config.backbone)
            figures = {"folders": evaluate(candidates, ctx)} | figures
        epochs = record["step"] / (record["photos"] // config.batch)
        figures |= {"epochs": round(epochs, 2), "stages": lineage(record)}
        figures |= {"device": record["device"], "photos": record["photos"], "data_hash": record["data_hash"]}
        provenance = Provenance(
            data=_DATA.get(config.data.source, config.data.source),
            method=(
                f"{stages(record)} on {config.backbone}, without labels of the photos; square root and half-whitened "
                f"PCA-{whitening.linear.out_features} of its pooled features, fitted on training photos"
                f"{_CHOSEN if scored else ''}"
            ),
            config=dataclasses.replace(config, export=form).as_dict(),
            seed=config.seed,
            git_commit=record["git_commits"][-1],
            figures=figures,
        )
        ctx.progress(2, 3, "exporting")
        card = install(dataclasses.replace(card, provenance=provenance), models)
    ctx.progress(3, 3, "exporting")
    return card


class WithClusters(nn.Module):
    """Embedding float32[B, d] and cluster probabilities float32[B, C] of pictures, for a model folder.

    Args:
        backbone: the averaged network.
        embedding: what makes the embedding of its features.
        heads: the task that it was trained by; its `ClusterHeads.shown_head` is exported.
    """

    def __init__(self, backbone: nn.Module, embedding: nn.Module, heads: ClusterHeads) -> None:
        super().__init__()
        self.backbone, self.embedding = backbone, embedding
        rows = slice(heads.shown_head() * heads.clusters, (heads.shown_head() + 1) * heads.clusters)
        self.head = nn.Linear(heads.head.in_features, heads.clusters)
        with torch.no_grad():
            self.head.weight.copy_(heads.head.weight[rows] / heads.temperature)
            self.head.bias.copy_(heads.head.bias[rows] / heads.temperature)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Embedding and probabilities of float32[B, 3, S, S]."""
        features = self.backbone(images)
        return self.embedding(features), self.head(features).softmax(dim=1)


_DATA = {
    "photos": (
        "46,079 photos at 96 px, no labels used, from Flickr8k, Mini-ImageNet, Imagenette, ImageNet samples, "
        "CSC411 Flickr photos, Clothing Co-Parsing, PACS (photo), DTD (10 textures), BSDS500, Urban100 and an "
        "Unsplash-like set; terms: mostly research use or unstated"
    ),
    "photos160": (
        "73,312 photos at 84 to 160 px, no labels used, from Flickr8k, Mini-ImageNet, Imagenette, ImageNet samples, "
        "CSC411 Flickr photos, Leeds Sports Poses, 99 sports, Places365 (rooms), MIT scenes, Stanford Cars, Clothing "
        "Co-Parsing, LFW, Grocery Store, FeedMe meals, Oxford flowers, butterflies, insects, PACS (photo and drawn), "
        "DTD (10 textures), BSDS500, Urban100, OSIE, INRIA Holidays, an Unsplash-like set, screens of JabRef, Home "
        "Assistant and RustDesk, scanned pages and receipts; terms: mostly research use or unstated"
    ),
}


def sample_inputs(photos: PhotoArray, card: ModelCard) -> tuple[Float32Array, Float32Array]:
    """Preprocessed photos in a fixed random order, float32[n, 3, S, S] each: to learn from, and to measure on."""
    rows = np.random.default_rng(0).permutation(len(photos.images))[: _FITTED + _HELD_OUT]
    images = (Image.fromarray(photos.images[row].transpose(1, 2, 0)) for row in rows)
    inputs = np.stack([preprocess(image, card) for image in images])
    fitted, held_out = np.split(inputs, [-min(_HELD_OUT, len(inputs) // 2)])
    return fitted, held_out


def _int8_row(card: ModelCard) -> dict[str, Any]:
    return {"int8": card_embedder(card, "int8")} if card.int8 else {}


@contextmanager
def _written(models: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_written(models, "model-not-written", error) from error


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
