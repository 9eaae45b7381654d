"""What was computed of a folder's photos, kept in the cache: the elbow, the map, the groups, and how more join them.

An entry is found by what it was computed of: the ids of the photos (which come from their contents), the model, the
parameters, and the edition of the algorithms. Whatever of it does not fit is computed anew. Arrays are kept in the
order of ids, so that renamed and moved photos find them again.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.clustering.attaching import Pattern
from desktop_app.engine.clustering.features import Features
from desktop_app.engine.types import UNSURE, Clustering, Elbow, Int64Array, Projection

EDITION = 2
"""To be raised with every change of what the elbow, the map or a method of grouping gives for the same photos."""

_Arrays = dict[str, Any]
"""NumPy arrays by name."""
_Value = TypeVar("_Value", Elbow, Projection, Clustering, Features, Pattern)
_Plain = TypeVar("_Plain", Features, Pattern)
_UNFIT = (ValueError, KeyError, TypeError, OSError, EOFError, zipfile.BadZipFile)


def _packed(made: type[_Plain]) -> tuple[Callable[[_Plain], Any], Callable[[_Arrays, dict[str, Any]], _Plain]]:
    """How to pack and unpack a dataclass of nothing but arrays."""
    names = [one.name for one in fields(made)]
    return lambda found: ({name: getattr(found, name) for name in names}, {}), lambda arrays, _: made(**arrays)


class Kept:
    """The results of one set of photos.

    Args:
        cache: where they are kept.
        photo_ids: int64[N] of the photos, in any order, which is that of the results.
        model_id: of the vectors that they are computed of.
        clusters: whether the model has clusters of its own.
    """

    def __init__(self, cache: Cache, photo_ids: Int64Array, model_id: str, *, clusters: bool) -> None:
        self._cache = cache
        self._ids = photo_ids
        self._order = np.argsort(photo_ids, kind="stable")
        known = hashlib.blake2b(digest_size=20)
        known.update(f"{EDITION} {model_id} {clusters} ".encode())
        known.update(np.ascontiguousarray(self._ids[self._order], "<i8").tobytes())
        self._photos = known.hexdigest()

    def elbow(self, compute: Callable[[], Elbow], **parameters: Any) -> Elbow:
        """The curve that ``compute`` gives for these parameters, from the cache where it is there."""

        def pack(elbow: Elbow) -> tuple[_Arrays, dict[str, Any]]:
            rest: dict[str, Any] = {
                "knee": elbow.knee,
                "strength": elbow.strength,
                "suggested": elbow.suggested,
                "low": elbow.low,
            }
            rest |= {"high": elbow.high, "criteria": elbow.criteria}
            return {"k": elbow.k, "inertia": elbow.inertia, "silhouette": elbow.silhouette, "null": elbow.null}, rest

        def unpack(arrays: _Arrays, rest: dict[str, Any]) -> Elbow:
            return Elbow(**arrays, **rest)

        return self._kept("elbow", parameters, compute, pack, unpack)

    def projection(self, compute: Callable[[], Projection]) -> Projection:
        """The map that ``compute`` gives, from the cache where it is there."""

        def pack(found: Projection) -> tuple[_Arrays, dict[str, Any]]:
            rest = {"mean": found.mean, "components": found.components, "explained": found.explained}
            return {"xy": found.xy[self._order], **rest}, {}

        def unpack(arrays: _Arrays, _: dict[str, Any]) -> Projection:
            return Projection(photo_ids=self._ids, **(arrays | {"xy": self._placed(arrays["xy"])}))

        return self._kept("projection", {}, compute, pack, unpack)

    def clustering(self, compute: Callable[[], Clustering], **parameters: Any) -> Clustering:
        """The groups that ``compute`` gives for these parameters, from the cache where they are there."""

        def pack(found: Clustering) -> tuple[_Arrays, dict[str, Any]]:
            rest = {"method": found.method, "params": found.params, "seed": found.seed}
            rest |= {"next_split": found.next_split, "next_join": found.next_join}
            rows = {"best": found.best, "second": found.second, "confidence": found.confidence}
            rows["claimed"] = found.labels != UNSURE
            return {name: values[self._order] for name, values in rows.items()}, rest

        def unpack(arrays: _Arrays, rest: dict[str, Any]) -> Clustering:
            rows: _Arrays = {name: self._placed(values) for name, values in arrays.items()}
            labels = np.where(rows.pop("claimed"), rows["best"], np.int32(UNSURE))
            join = rest.pop("next_join")
            return Clustering(
                photo_ids=self._ids, labels=labels, next_join=tuple(join) if join else None, **rows, **rest
            )

        return self._kept("clustering", parameters, compute, pack, unpack)

    def features(self, compute: Callable[[], Features], **parameters: Any) -> Features:
        """The features that ``compute`` gives for these parameters, from the cache where they are there."""
        return self._kept("features", parameters, compute, *_packed(Features))

    def pattern(self, compute: Callable[[], Pattern], **parameters: Any) -> Pattern:
        """The pattern that ``compute`` gives for these parameters, from the cache where it is there."""
        return self._kept("pattern", parameters, compute, *_packed(Pattern))

    def _placed(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """What is in the order of ids, in the order of the photos."""
        if len(values) != len(self._order):
            raise ValueError("of other photos")
        out = np.empty_like(values)
        out[self._order] = values
        return out

    def _kept(
        self,
        kind: str,
        parameters: dict[str, Any],
        compute: Callable[[], _Value],
        pack: Callable[[_Value], tuple[_Arrays, dict[str, Any]]],
        unpack: Callable[[_Arrays, dict[str, Any]], _Value],
    ) -> _Value:
        asked = json.dumps([kind, self._photos, parameters], sort_keys=True).encode()
        key = hashlib.blake2b(asked, digest_size=20).hexdigest()
        data = self._cache.result(key)
        if data is not None:
            try:
                with np.load(io.BytesIO(data), allow_pickle=False) as stored:
                    arrays = dict(stored)
                return unpack(arrays, json.loads(bytes(arrays.pop("rest"))))
            except _UNFIT:
                pass  # of another make: what is computed takes its place
        value = compute()
        arrays, rest = pack(value)
        out = io.BytesIO()
        np.savez(out, allow_pickle=False, rest=np.frombuffer(json.dumps(rest).encode(), np.uint8), **arrays)
        self._cache.put_result(key, out.getvalue())
        return value
