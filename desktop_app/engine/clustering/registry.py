"""The methods by name. To add one, write its file and its entry here; the tests iterate over the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop_app.engine.clustering import (
    affinity,
    agglomerative,
    gmm,
    hdbscan,
    hierarchy,
    kmeans,
    model_clusters,
    scan_head,
    spectral,
)
from desktop_app.engine.clustering.base import Clusterer, stateless
from desktop_app.engine.errors import UsageError
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.strict import StrictError, declared, from_words, read

DEFAULT = "kmeans"

CLUSTERERS: dict[str, Clusterer] = {
    entry.name: entry
    for entry in (
        Clusterer(
            "kmeans",
            tr_noop("Around typical pictures (k-means)"),
            hierarchy.fit,
            kmeans.KMeansParams,
            1_000_000,
            nested=True,
            calibration=(0.833, 0.282),
        ),
        Clusterer(
            "agglomerative",
            tr_noop("Joining the most alike, step by step (Ward)"),
            agglomerative.fit,
            agglomerative.AgglomerativeParams,
            200_000,
            nested=True,
            calibration=(0.758, 0.162),
        ),
        Clusterer(
            "gmm",
            tr_noop("Overlapping clouds (Gaussian mixture)"),
            stateless(gmm.run),
            gmm.GmmParams,
            200_000,
            calibration=(0.853, 0.456),
        ),
        Clusterer(
            "affinity",
            tr_noop("Pictures elect their examples (affinity propagation)"),
            stateless(affinity.run),
            affinity.AffinityParams,
            3_000,
            calibration=(0.923, 0.234),
        ),
        Clusterer(
            "hdbscan",
            tr_noop("Dense places, the rest unsure (HDBSCAN)"),
            hdbscan.fit,
            hdbscan.HdbscanParams,
            20_000,
            takes_k=False,
            finds_k=True,
            calibration=(0.352, -0.360),
        ),
        Clusterer(
            "spectral",
            tr_noop("Chains of look-alikes (spectral)"),
            stateless(spectral.run),
            spectral.SpectralParams,
            20_000,
            calibration=(0.865, 0.497),
        ),
        Clusterer(
            "scan",
            tr_noop("Learning what neighbors share (SCAN)"),
            scan_head.fit,
            scan_head.ScanParams,
            200_000,
            calibration=(1.071, 0.704),
        ),
        Clusterer(
            "temi",
            tr_noop("Learning from a teacher (TEMI)"),
            scan_head.fit,
            scan_head.TemiParams,
            200_000,
            calibration=(1.224, 0.869),
        ),
        Clusterer(
            "model",
            tr_noop("The kinds this model knows"),
            model_clusters.fit,
            model_clusters.ModelParams,
            200_000,
            finds_k=True,
            from_model=True,
        ),
    )
}


def read_params(method: str, assignments: Sequence[str]) -> Any:
    """The parameters of a method with some of them given as text.

    Args:
        method: key of `CLUSTERERS`.
        assignments: ``name=value`` each.

    Raises:
        UsageError: ``unknown-method``, ``bad-parameter``.
    """
    entry = clusterer(method)
    given: dict[str, object] = {}
    try:
        for assignment in assignments:
            name, _, text = assignment.partition("=")
            given[name.strip()] = from_words(entry.params, name.strip(), [text.strip()])
        return read(entry.params, given)
    except StrictError as error:
        names = ", ".join(f"{one.name}={one.default}" for one in declared(entry.params))
        hint = f"The parameters of “{method}” and their defaults: {names}." if names else ""
        raise UsageError("bad-parameter", f"--set {error}.", hint) from error


def clusterer(method: str) -> Clusterer:
    """Find a method by its name.

    Raises:
        UsageError: ``unknown-method``.
    """
    if method not in CLUSTERERS:
        names = ", ".join(CLUSTERERS)
        raise UsageError(
            "unknown-method",
            tr("There is no clustering method called “{method}”.", method=method),
            tr("Choose one of: {names}.", names=names),
        )
    return CLUSTERERS[method]
