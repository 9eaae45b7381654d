"""What was computed of a folder's photos, kept in the cache: elbow, map, groups, how more join them, and words.

An entry is found by what it was computed of: the ids of the photos (which come from their contents), the model, the
parameters, and the edition of the algorithms. Whatever of it does not fit is computed anew. Arrays are kept in the
order of ids, so that renamed and moved photos find them again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.clustering.attaching import Pattern
from desktop_app.engine.clustering.features import Features
from desktop_app.engine.files import regular_file
from desktop_app.engine.types import UNSURE, Clustering, Elbow, Float32Array, Int64Array, Projection

EDITION = 3
"""To be raised with every change of what the elbow, the map or a method of grouping gives for the same photos."""

_Arrays = dict[str, Any]
"""NumPy arrays by name."""
_Value = TypeVar("_Value", Elbow, Projection, Clustering, Features, Pattern)
_Plain = TypeVar("_Plain", Features, Pattern)
_WORDS_HEAD = 32
"""Bytes before the words of a folder, which tell what they were computed of."""
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

    def words(
        self, compute: Callable[[Int64Array], Float32Array | None], head: str, count: int, root: Path
    ) -> Float32Array | None:
        """What the photos show in words, from the file kept for their folder where it fits; of 100,000 it takes 50 MB.

        Args:
            compute: gives float32[N, W] for the rows of the embeddings in the order asked for.
            head: what tells the words' network from others.
            count: W.
            root: the folder, whose earlier words these take the place of.

        Returns:
            float32[N, W] in ascending order of ids, mapped into memory where it could be kept; None where ``compute``
            gives nothing.
        """
        key = f"words:{hashlib.blake2b(os.fsencode(root), digest_size=16).hexdigest()}"
        known = hashlib.blake2b(f"{self._photos} {head} {count}".encode(), digest_size=_WORDS_HEAD).digest()
        found = self._mapped_words(key, known, count)
        if found is None:
            found = compute(self._order)
            if found is not None and self._cache.large.put(key, (known, np.ascontiguousarray(found, "<f4").data)):
                mapped = self._mapped_words(key, known, count)
                found = found if mapped is None else mapped
        return found

    def _mapped_words(self, key: str, known: bytes, count: int) -> Float32Array | None:
        file = self._cache.large.get(key)
        try:
            if file is None or not len(self._ids):
                return None
            with regular_file(file) as stream:
                if stream.read(_WORDS_HEAD) != known:
                    return None
            found = np.asarray(np.memmap(file, "<f4", "r", _WORDS_HEAD, (len(self._ids), count)))
        except _UNFIT:
            return None
        sums = found.sum(axis=0, dtype=np.float64)  # what is damaged is seldom a probability
        return found if sums.min() >= 0 and sums.max() <= len(found) else None

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
