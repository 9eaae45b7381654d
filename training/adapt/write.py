"""From what was learned to a model in the person's models folder: all of it, or nothing."""

from __future__ import annotations

import dataclasses
import hashlib
import tempfile
from pathlib import Path

import numpy as np
import onnx

from desktop_app.engine.errors import UserError
from desktop_app.engine.evaluate import neighbor_overlap
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import (
    ONNX_FILES,
    ClusterOutput,
    EmbeddingOutput,
    Int8,
    ModelCard,
    Outputs,
    Precision,
    Probe,
    Provenance,
)
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.runtime import CPU, open_session
from desktop_app.engine.types import Float32Array

from ..exporting.onnx_graph import quantize, store_half
from ..exporting.packing import MIN_OVERLAP, install, refuse_drift, run_graph
from ..runs.record import git_commit
from .layers import apply, extend
from .photos import FolderPhotos, whole
from .pipeline import Fitted, Options

_CLUSTERS = "clusters"
_CALIBRATION, _COMPARED = 256, 1000


def write_model(
    base: ModelCard,
    photos: FolderPhotos,
    fitted: Fitted,
    options: Options,
    name: str,
    models: Path,
    ctx: JobContext,
) -> ModelCard:
    """Write a model folder.

    Args:
        base: the model that was adapted; only read.
        photos: to compare float and int8 on, and to calibrate after the network has changed.
        fitted: what was learned; at least one step kept.
        options: for the card.
        name: of the new model.
        models: the folder of models.
        ctx: progress and cancelling.

    Returns:
        The card, as it now lies in ``models / name``.

    Raises:
        UserError: ``model-not-written``, nothing of it is left.
        ModelError: ``export-drift``.
    """
    stage = "Writing the model"
    ctx.progress(0, 3, stage)
    embedding, clusters = base.outputs.embedding.name, _cluster_name(base)
    network = fitted.network
    graph = store_half(network) if network else onnx.load_from_string(base.read_onnx())
    dim = fitted.layers[-1].weight.shape[1] if fitted.layers else base.outputs.embedding.dim
    head = ClusterOutput(clusters, fitted.head.weight.shape[1]) if fitted.head else None
    card = dataclasses.replace(
        base,
        name=name,
        title=f"{base.title}, adapted",
        description=f"{base.title}, adapted to {len(photos.names):,} photos of a private folder. {base.description}",
        outputs=Outputs(EmbeddingOutput(embedding, dim), head),
        provenance=_provenance(base, photos, fitted, options),
        int8=None,
        words=None,  # those of the base read embeddings of another kind
    )
    extended = extend(graph, embedding, fitted.layers, clusters, fitted.head)
    inputs = whole(photos, slice(0, _COMPARED), base).numpy()
    before = run_graph(graph, dataclasses.replace(base, int8=None), inputs[:64])
    exact = run_graph(extended, card, inputs)
    refuse_drift(apply(fitted.layers, before), exact[:64], "the adapted graph", 1e-2)
    ctx.progress(1, 3, stage)

    twin = None
    if network is not None:
        twin = quantize(network, inputs[:_CALIBRATION])
    elif base.int8 is not None:
        twin = onnx.load_from_string(base.read_onnx("int8"))
    quantized = extend(twin, embedding, fitted.layers, clusters, fitted.head) if twin is not None else None
    try:
        models.mkdir(parents=True, exist_ok=True)
        # A leading dot is no model's name: a folder that is cut off is never taken for a model.
        with tempfile.TemporaryDirectory(prefix=".adapting-", dir=models) as scratch:
            folder = Path(scratch) / name
            folder.mkdir()
            card = dataclasses.replace(card, folder=folder)
            sha, probe = _add(card, extended, "float")
            card = dataclasses.replace(card, onnx_sha256=sha, probe=Probe(base.probe.png_base64, probe, 0.999))
            ctx.progress(2, 3, stage)
            if quantized is not None:
                overlap = neighbor_overlap(exact, run_graph(quantized, card, inputs))
                if overlap >= MIN_OVERLAP:
                    card = dataclasses.replace(card, int8=Int8("0" * 64, round(overlap, 4), probe))
                    sha, probe = _add(card, quantized, "int8")
                    card = dataclasses.replace(card, int8=Int8(sha, round(overlap, 4), probe))
            ctx.progress(3, 3, stage)
            return install(card, models)
    except OSError as error:
        raise UserError(
            "model-not-written",
            f"The model could not be written to {models}: {error.strerror or error}.",
            "Nothing of it was left there.",
        ) from error


def _cluster_name(base: ModelCard) -> str:
    return base.outputs.clusters.name if base.outputs.clusters else _CLUSTERS


def _add(card: ModelCard, graph: onnx.ModelProto, precision: Precision) -> tuple[str, tuple[float, ...]]:
    """Write one ONNX file; its SHA-256 and what it makes of the probe."""
    data = graph.SerializeToString()
    (card.folder / ONNX_FILES[precision]).write_bytes(data)
    picture: Float32Array = preprocess(card.probe.image(), card)[np.newaxis]
    vector = open_session(card, data, CPU).run(picture)[0]
    return hashlib.sha256(data).hexdigest(), tuple(float(f"{value:.6g}") for value in vector)


def _provenance(base: ModelCard, photos: FolderPhotos, fitted: Fitted, options: Options) -> Provenance:
    kept = [step.name for step in fitted.steps[1:] if step.kept]
    what = "means, axes and weights" if fitted.network is None else "means, axes, weights and the last stage"
    return Provenance(
        data=(
            f"The base model's data ({base.provenance.data}); then {len(photos.names)} photos of a private folder, "
            f"of which it holds {what} only, no picture and no name"
        ),
        method=f"Adapted from {base.name} ({'; '.join(kept)}), no labels. Of the base: {base.provenance.method}",
        config={
            "base": base.name,
            "base_sha256": base.onnx_sha256,
            "kept": kept,
            "groups": fitted.k,
            **dataclasses.asdict(options),
        },
        seed=options.seed,
        git_commit=git_commit(),
        figures={
            "photos": len(photos.names),
            "suggested": list(fitted.suggested),
            "label_free": {step.name: {"kept": step.kept, **_rounded(step.label_free)} for step in fitted.steps},
        },
    )


def _rounded(found: object) -> dict[str, float]:
    return {key: round(value, 4) for key, value in dataclasses.asdict(found).items()}  # type: ignore[call-overload]
