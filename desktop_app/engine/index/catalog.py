"""What is known of the photos of one folder: as an earlier look left them, and as a look at it finds them now."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.computing import memory
from desktop_app.engine.errors import NoImagesError
from desktop_app.engine.folder import left_out, scan
from desktop_app.engine.index import pipeline, snapshot
from desktop_app.engine.index.identity import Holders, Identities
from desktop_app.engine.index.pipeline import IndexResult, OnBatch
from desktop_app.engine.index.snapshot import Beside, Snapshot
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.pictures import reasons
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Embeddings, Float32Array, Ignored, IndexReport, Photo, Problem, Scan

if TYPE_CHECKING:
    from desktop_app.engine.index.cluster import Cluster

OnScan = Callable[[Scan], None]

_NONE = Embeddings(np.empty(0, np.int64), np.empty((0, 0), np.float32), "")


class Catalog:
    """The photos of one folder with their vectors, and what was found beside them.

    Args:
        root: the folder, as the paths of its photos begin.
        model: that embeds them.
        settings: what is left out, and how the model runs.
        cache: gives and takes.

    Attributes:
        photos: that were read, sorted by path.
        embeddings: of these, rows in the same order.
        problems: files that could not be used, in the person's language.
        ignored: what was left out on purpose.
    """

    def __init__(self, root: Path, model: ModelCard, settings: Settings, cache: Cache) -> None:
        self._root, self._model, self._settings, self._cache = root, model, settings, cache
        self.photos = PhotoList.of(())
        self.embeddings = _NONE
        self.problems: tuple[Problem, ...] = ()
        self.ignored: tuple[Ignored, ...] = ()
        self._snapshot: Snapshot | None = None
        self._held, self._before = Holders(), PhotoList.of(())
        self._arriving: dict[int, Photo] = {}

    def hold(self, files: Holders) -> None:
        """Let these files have the ids under which something was decided about them; to be called before all else."""
        self._held = files

    def follow(self, other: Catalog) -> None:
        """Know of the folder what another catalog of it knows; nothing of it counts as found here."""
        self._snapshot, self._held, self._before = other._snapshot, other._held, other.photos

    def photo(self, photo_id: int) -> Photo:
        """The photo with that id, also one that has just arrived.

        Raises:
            KeyError: there is none.
        """
        return self._arriving.get(photo_id) or self.photos.by_id[photo_id]

    def recall(self) -> bool:
        """Take the folder to be as it was when it was indexed last; False where nothing is known of that."""
        known = self._known()
        if known is None:
            return False
        self.embeddings, self.ignored = known.embeddings, known.ignored
        self.problems = _told(known.scan_problems, known.problems)
        self.photos = known.photos  # last, as in `_take`
        return True

    def index(
        self,
        ctx: JobContext,
        runtime: Callable[[], Embedder],
        on_batch: OnBatch | None = None,
        on_scan: OnScan | None = None,
        *,
        skip: Sequence[Path] = (),
        retry: bool = False,
        quick: bool | None = False,
        cluster: Cluster | None = None,
    ) -> IndexReport:
        """Scan the folder and embed what is new; sets all attributes.

        Args:
            ctx: cancel and progress.
            runtime: makes the model ready; called once there is a file to read.
            on_batch: see `Library.index`, as for the others below.
            on_scan: called once with what the folder holds.
            skip: folders below it that are not looked into.
            retry: read the files again that could not be decoded before.
            quick: whether the camera's previews will do.
            cluster: reads the files instead of this machine.

        Raises:
            NoImagesError: ``no-photos``, ``no-readable-photos``.
            ModelError: what ``runtime`` raises; ``model-failed``.
            UserError: the cluster's.
            Cancelled: ``photos`` and the rest are what was read until then.
        """
        start = time.monotonic()
        known = self._known()
        formats = known.known_formats() if known is not None else None
        found = scan.scan(self._root, ctx, exclude=self._settings.exclude, skip=skip, known=formats)
        if on_scan is not None:
            on_scan(found)
        if not found.files:
            self._take(found, None)
            snapshot.forget(self._cache, self._root)
            raise self._no_images()
        ctx.progress(0, 0, tr_noop("Getting the model ready"))
        embedder = runtime()
        fits = known is not None and not retry and known.embeddings.model_id == embedder.model_id
        result = known.result() if known is not None and fits and known.holds(found) else None
        unchanged = result is not None
        if result is None:
            result = self._read(found, embedder, ctx, on_batch, retry=retry, quick=quick, cluster=cluster)
        self._take(found, result)
        if not self.photos:
            raise self._no_images()
        report = self._report(result, embedder, time.monotonic() - start, unchanged=unchanged)
        del found
        memory.give_back()
        return report

    def _known(self) -> Snapshot | None:
        if self._snapshot is None:
            known = snapshot.recall(self._cache, self._root, snapshot.origin(self._model, self._settings))
            # One from another time, or of the folder by another name, may not know what was decided since.
            self._snapshot = known if known is None or self._held.fit(known.photos, self._root) else None
        return self._snapshot

    def _read(
        self,
        found: Scan,
        embedder: Embedder,
        ctx: JobContext,
        on_batch: OnBatch | None,
        *,
        retry: bool,
        quick: bool | None,
        cluster: Cluster | None,
    ) -> IndexResult:
        """Look the files of a scan up, read those that are not known, and keep all of it for the next opening."""

        def arrived(photos: list[Photo], vectors: Float32Array) -> None:
            self._arriving.update((photo.id, photo) for photo in photos)  # their thumbnails can be asked for at once
            if on_batch is not None:
                on_batch(photos, vectors)

        executor = cluster.executor(embedder, quick=bool(quick)) if cluster is not None else None
        known = self._known()
        before = self._before or (known.photos if known is not None else self._before)
        identities = Identities(self._root, before, self._held)
        beside = snapshot.beside_of(found.files)  # before: what changes while it is read is looked at again
        try:
            result = pipeline.index(
                found,
                self._cache,
                embedder,
                ctx,
                arrived,
                retry=retry,
                quick=quick,
                executor=executor,
                identities=identities,
            )
        except pipeline.IndexCancelled as stopped:
            self._take(found, stopped.result)
            raise
        return self._kept(found, result, beside)

    def _kept(self, found: Scan, result: IndexResult, beside: Beside) -> IndexResult:
        """What was read, from here on as the next opening has it where it can be kept: mapped, not held."""
        made_of = snapshot.origin(self._model, self._settings)
        whole = snapshot.compose(made_of, found, result, beside)
        if whole is not None and snapshot.keep(self._cache, self._root, whole):
            self._snapshot = snapshot.recall(self._cache, self._root, made_of)
            if self._snapshot is not None:
                return replace(result, photos=self._snapshot.photos, embeddings=self._snapshot.embeddings)
        return result

    def _take(self, found: Scan, result: IndexResult | None) -> None:
        self.ignored = found.ignored
        self.problems = _told(found.problems, result.problems if result is not None else ())
        self.embeddings = result.embeddings if result is not None else _NONE
        # Last: whoever sees that the photos are others finds the vectors that belong to them.
        self.photos = PhotoList.of(result.photos if result is not None else ())
        self._arriving = {}

    def _no_images(self) -> NoImagesError:
        return left_out.no_images(self._root, self.problems, self.ignored)

    def _report(self, result: IndexResult, embedder: Embedder, seconds: float, *, unchanged: bool) -> IndexReport:
        return IndexReport(
            photos=len(self.photos),
            embedded=result.embedded,
            cached=result.cached,
            glanced=result.glanced,
            problems=self.problems,
            ignored=self.ignored,
            seconds=seconds,
            model=self._model.name,
            provider=embedder.provider,
            device=f"{embedder.provider}, {embedder.precision}",
            provider_reason=embedder.reason,
            cache_trouble=result.cache_trouble or self._cache.trouble,
            unchanged=unchanged,
        )


def _told(*found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems in the person's language; up to here they are in English, as cache and snapshots keep them."""
    return tuple(replace(problem, message=reasons.said(problem.message)) for problems in found for problem in problems)
