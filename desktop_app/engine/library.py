"""The façade that both faces call: one folder of photos, what was found in it, and what can be done with it.

A `Library` only reads the person's folder. `Library.apply` and `Library.write_keywords`, and `undo` and `recover` in
`runs`, alone touch files.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from desktop_app.engine import paths, runs
from desktop_app.engine.errors import NoImagesError
from desktop_app.engine.job import JobContext
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import (
    Clustering,
    Elbow,
    Embeddings,
    Float32Array,
    Group,
    Ignored,
    IndexReport,
    Int32Array,
    Int64Array,
    Neighbors,
    Photo,
    Problem,
    Projection,
    Proposal,
)

if TYPE_CHECKING:
    from desktop_app.engine.analysis import Analysis
    from desktop_app.engine.duplicates.finder import Duplicates
    from desktop_app.engine.evaluate import Evaluation
    from desktop_app.engine.index.catalog import OnScan
    from desktop_app.engine.index.cluster import Cluster
    from desktop_app.engine.index.identity import Holders
    from desktop_app.engine.index.pipeline import OnBatch
    from desktop_app.engine.keywords.plan import KeywordPlan
    from desktop_app.engine.keywords.sidecars import Spelling
    from desktop_app.engine.models.card import ModelCard
    from desktop_app.engine.models.runtime import Embedder
    from desktop_app.engine.naming import Namer
    from desktop_app.engine.organize.planning.layout import Layout
    from desktop_app.engine.organize.planning.plan import Plan
    from desktop_app.engine.organize.reports import ApplyReport
    from desktop_app.engine.photo_list import PhotoList


class Library:
    """One folder of photos, embedded by one model.

    Args:
        root: the folder.
        settings: defaults to the person's settings file.
        model: name of a model; defaults to the one in the settings.

    Raises:
        UsageError: ``folder-missing``, ``folder-unreadable``, ``not-a-folder``; what `settings.load` raises.
        ModelError: ``unknown-model``, or what `card.load_card` raises: the model's own files are looked at when it is
            first needed.
        UserError: ``cache-from-newer-version``.
    """

    def __init__(self, root: Path, settings: Settings | None = None, *, model: str | None = None) -> None:
        from desktop_app.engine import settings as settings_module
        from desktop_app.engine.cache.cache import Cache
        from desktop_app.engine.index.catalog import Catalog
        from desktop_app.engine.index.thumbnails import Thumbnails
        from desktop_app.engine.models import shelf

        runs.check_folder(root)
        self.root = root.absolute()
        self.settings = settings if settings is not None else settings_module.load()
        self._asked_model = model
        self.model: ModelCard = shelf.resolve(model or self.settings.model)
        self._cache = Cache(paths.cache_dir())
        self._catalog = Catalog(self.root, self.model, self.settings, self._cache)
        self._thumbnails = Thumbnails(self._cache)
        self._analysis: Analysis | None = None
        self._embedder: Embedder | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the cache. The library answers no more questions that need it."""
        self._cache.close()

    @property
    def photos(self) -> PhotoList:
        """All photos that were read, sorted by path."""
        return self._catalog.photos

    @property
    def embeddings(self) -> Embeddings:
        """Of the photos, rows in the same order."""
        return self._catalog.embeddings

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Files that could not be used."""
        return self._catalog.problems

    @property
    def ignored(self) -> tuple[Ignored, ...]:
        """What was left out on purpose."""
        return self._catalog.ignored

    def hold(self, files: Holders) -> None:
        """Let these files have the ids under which something was decided about them; to be called before all else."""
        self._catalog.hold(files)

    def recall(self) -> bool:
        """Take the folder to be as it was when it was indexed last, without a look at it; False where nothing is known.

        Sets ``photos``, ``embeddings``, ``problems`` and ``ignored``, which `index` then confirms or replaces. Nothing
        may be done to files by it before.
        """
        return self._catalog.recall()

    def successor(self) -> Library:
        """Another library of the same folder, to look at it again while this one is in use; it knows what this knows.

        Raises:
            UserError: what the constructor raises.
        """
        other = Library(self.root, self.settings, model=self._asked_model)
        other._catalog.follow(self._catalog)
        return other

    def index(
        self,
        ctx: JobContext,
        on_batch: OnBatch | None = None,
        on_scan: OnScan | None = None,
        *,
        retry: bool = False,
        quick: bool | None = False,
        cluster: Cluster | None = None,
    ) -> IndexReport:
        """Scan the folder and embed what is new; sets ``photos``, ``embeddings``, ``problems`` and ``ignored``.

        Args:
            ctx: cancel and progress.
            on_batch: called in this thread, as are all listeners, with photos and their vectors float32[B, D] as they
                arrive; byte-identical copies come only at the end, and so do all of a folder that is as it was. What
                it raises ends the run.
            on_scan: called once with what the folder holds, before anything is read or a model loaded.
            retry: read the files again that could not be decoded before.
            quick: the camera's preview will do where it shows the picture, or where that pays (None); see
                `pipeline.index`. Such photos have other ids, and are read in full by the next run without it.
            cluster: its workers read the files; they must see them under the same paths.

        Raises:
            UsageError: ``folder-missing``, ``folder-unreadable``, ``not-a-folder``: it has gone since.
            NoImagesError: ``no-photos``, ``no-readable-photos``; ``problems`` and ``ignored`` say more.
            ModelError: the model's files do not match its card, or it does not run (``model-failed``).
            UserError: the cluster's, see `cluster.ClusterExecutor.submit`.
            Cancelled: within a second of being asked; ``photos`` and the rest are what was read until then.
        """
        runs.check_folder(self.root)
        skip = runs.destinations_inside(self.root)
        try:
            return self._catalog.index(
                ctx, self._runtime, on_batch, on_scan, skip=skip, retry=retry, quick=quick, cluster=cluster
            )
        except NoImagesError as none:
            none.hint = runs.where_it_went(self.root) or none.hint  # nobody looks elsewhere for what a run has moved
            raise

    def photo(self, photo_id: int) -> Photo:
        """The photo with that id.

        Raises:
            KeyError: there is none.
        """
        return self._catalog.photo(photo_id)

    def project(self, ctx: JobContext, *, basis: Int64Array | None = None) -> Projection:
        """PCA of the embeddings to two dimensions; the photos must have been found (`index`).

        Args:
            ctx: cancel and progress.
            basis: see `cluster`; other photos are placed on the map that these make.

        Raises:
            Cancelled: the person asked to stop.
        """
        return self._computed().project(ctx, basis)

    def elbow(
        self,
        ctx: JobContext,
        *,
        basis: Int64Array | None = None,
        k_max: int | None = None,
        space: str = "embedding",
        seed: int = 0,
    ) -> Elbow:
        """The curve from which the number of groups is chosen, computed once for each combination.

        Args:
            ctx: cancel and progress.
            basis: see `cluster`.
            k_max: largest number to try; None lets the number of photos decide.
            space: ``embedding``, or ``pca2`` as in the first paper.
            seed: of every random draw.

        Raises:
            UsageError: ``unknown-space``.
            Cancelled: the person asked to stop.
        """
        return self._computed().elbow(ctx, basis, k_max=k_max, space=space, seed=seed)

    def methods(self) -> tuple[str, ...]:
        """Names of the ways of grouping that this library's model allows."""
        from desktop_app.engine.clustering import CLUSTERERS

        known = self.model.outputs.clusters is not None
        return tuple(entry.name for entry in CLUSTERERS.values() if known or not entry.from_model)

    def check_method(self, method: str) -> None:
        """Say before any photo is read that it could not be grouped so.

        Raises:
            UsageError: ``unknown-method``, ``no-clusters``.
        """
        from desktop_app.engine import clustering

        clustering.clusterer(method)
        if method not in self.methods():
            raise clustering.no_clusters(method)

    def cluster(
        self,
        ctx: JobContext,
        *,
        basis: Int64Array | None = None,
        method: str | None = None,
        k: int | None = None,
        space: str = "embedding",
        seed: int = 0,
        unsure_below: float = 0.0,
        params: Any = None,
    ) -> Clustering:
        """Group the photos. What does not depend on ``k`` is kept, so that another ``k`` is a matter of a moment.

        Args:
            ctx: cancel and progress.
            basis: int64[n] ascending, the photos that groups are made of, see `basis.Basis`; others join these groups.
                All photos where it is None or empty.
            method: key of `clustering.CLUSTERERS`; None is the one in the settings.
            k: number of groups; None takes the suggested one where the method does not find it.
            space: ``embedding``, or ``pca2`` as in the first paper.
            seed: of every random draw.
            unsure_below: photos with less confidence than this become unsure.
            params: instance of the method's params class; its defaults when None.

        Raises:
            UsageError: ``unknown-method``, ``unknown-space``, ``k-too-large``, ``k-too-small``, ``too-many-photos``,
                ``no-clusters``.
            Cancelled: the person asked to stop.
        """
        method = method or self.settings.method
        return self._computed().cluster(
            ctx, basis, method=method, k=k, space=space, seed=seed, unsure_below=unsure_below, params=params
        )

    def namer(self, ctx: JobContext) -> Namer:
        """What suggests names for groups of this library's photos: one for as long as the photos are the same.

        Raises:
            ModelError: the model's words do not fit its card.
            Cancelled: the person asked to stop.
        """
        return self._computed().namer(ctx)

    def teach(
        self,
        group_ids: Int32Array,
        placed: npt.NDArray[np.bool_],
        ctx: JobContext,
        *,
        confidence: Float32Array | None = None,
        locked: Collection[int] = (),
    ) -> Proposal:
        """Which photos would move, too, after a person placed some by hand. Moves nothing; see `teach.proposals`.

        Args:
            group_ids: int32[N] in the order of ``embeddings``, the group that each photo is shown in.
            placed: bool[N], those that a person put there.
            ctx: cancel and progress.
            confidence: float32[N] of the others, as `cluster` gave it; all alike when None.
            locked: ids of groups that neither give nor take a photo.

        Raises:
            Cancelled: the person asked to stop.
        """
        from desktop_app.engine import teach

        return teach.proposals(self.embeddings, group_ids, placed, ctx, confidence=confidence, locked=locked)

    def parts(self, photo_ids: Int64Array, number: int, ctx: JobContext) -> Int32Array:
        """How some of the photos, such as those of a group, fall into ``number`` parts among themselves.

        Args:
            photo_ids: int64[n], of this library.
            number: of parts; fewer come back where fewer photos differ.
            ctx: cancel and progress.

        Returns:
            int32[n], the part of each photo: 0 for the largest.

        Raises:
            Cancelled: the person asked to stop.
        """
        return self._computed().parts(photo_ids, number, ctx)

    def neighbors(self, query: int | Path, k: int, ctx: JobContext) -> Neighbors:
        """Nearest photos of a photo of the library (by id or path) or of any image file.

        Args:
            query: id or path.
            k: wanted; fewer come back where there are fewer.
            ctx: cancel and progress.

        Returns:
            One row, nearest first.

        Raises:
            UsageError: ``unknown-photo``; ``image-missing`` or ``image-unreadable`` for a path.
            ModelError: as for `index`, where a picture has to be embedded.
            Cancelled: the person asked to stop.
        """
        from desktop_app.engine import neighbors
        from desktop_app.engine.index.reading import embed_file

        if isinstance(query, Path) and (known := self.photos.by_id.id_reached_by(query)) is not None:
            query = known
        asked = embed_file(query, self._runtime()) if isinstance(query, Path) else np.array([query], np.int64)
        return neighbors.neighbors_of(self.embeddings, asked, k, ctx)

    def duplicates(self, ctx: JobContext, *, exact: bool = False) -> Duplicates:
        """Photos that are there more than once: the same file again, or nearly the same picture. Touches nothing.

        Args:
            ctx: cancel and progress.
            exact: only photos of the same content, which needs no look at the pictures.

        Raises:
            Cancelled: the person asked to stop.
        """
        from desktop_app.engine.duplicates import finder

        return finder.find(self.photos, self.embeddings, self._cache, ctx, exact=exact)

    def thumbnail(self, photo_id: int) -> bytes | None:
        """JPEG bytes of at most 256 px short side, None when the cache has lost them and none was made again.

        Raises:
            KeyError: there is no photo with that id.
        """
        return self._thumbnails.of(self.photo(photo_id))

    def make_thumbnail(self, photo_id: int, ctx: JobContext) -> bool:
        """Read a photo again whose thumbnail the cache has lost; returns whether it has one now.

        A file that has changed since it was indexed, has gone or cannot be read any more gets none.

        Args:
            photo_id: there may be no such photo any more.
            ctx: cancel.

        Raises:
            Cancelled: the person asked to stop.
        """
        from desktop_app.engine.index import reading

        try:
            photo = self.photo(photo_id)
        except KeyError:
            return False
        return self._thumbnails.make_again(photo, reading.decode_size(self.model), ctx.check)

    def plan(
        self,
        groups: Sequence[Group],
        destination: Path,
        action: str,
        ctx: JobContext,
        layout: Layout | None = None,
    ) -> Plan:
        """What organizing these groups would do. Touches nothing.

        Args:
            groups: of photos of this library.
            destination: where the folders go.
            action: key of the registry of file actions.
            ctx: cancel and progress.
            layout: which folders; one a group where nothing is said.

        Raises:
            UsageError: ``unknown-action``, ``folder-missing``, or the destination cannot be used (``destination-...``,
                ``hardlink-across-disks``).
            KeyError: a group holds a photo that is not in the library.
            Cancelled: the person asked to stop.
        """
        from desktop_app.engine.organize.planning import planner

        return planner.make_plan(self.root, groups, self.photos.by_id, destination, action, ctx, layout)

    def apply(self, plan: Plan, ctx: JobContext) -> ApplyReport:
        """Carry out a plan; every step is journaled and can be undone.

        Raises:
            UserError: nothing could be done: ``not-enough-space``, ``folder-missing``, ``disk-changed``,
                ``another-run``, ``journal-unwritable``, ``disk-error``. Files that were refused stand in the report.
            RunCancelled: the person asked to stop; its report says what was done.
        """
        from desktop_app.engine.organize.running import apply

        return apply.apply(plan, paths.journal_dir(), ctx)

    def plan_keywords(self, groups: Sequence[Group], ctx: JobContext, spelling: Spelling = "auto") -> KeywordPlan:
        """What writing the names of these groups into sidecars would do. Touches nothing; see `keywords.plan`.

        Raises:
            UsageError: ``unknown-spelling``.
            KeyError: a group holds a photo that is not in the library.
            Cancelled: the person asked to stop.
        """
        from desktop_app.engine.keywords import plan

        return plan.make_plan(self.root, groups, self.photos.by_id, ctx, spelling)

    def write_keywords(self, plan: KeywordPlan, ctx: JobContext) -> ApplyReport:
        """Write what a plan of keywords says; it is journaled and can be undone.

        Raises:
            UserError: nothing could be done: ``folder-missing``, ``another-run``, ``journal-unwritable``,
                ``disk-error``. Sidecars that were refused stand in the report.
            RunCancelled: the person asked to stop; its report says what was done.
        """
        from desktop_app.engine.index import beside
        from desktop_app.engine.keywords import run

        report = run.write(plan, paths.journal_dir(), ctx)
        beside.remember(self._cache, (step.dst for step in report.done))
        return report

    def evaluate(self, ctx: JobContext, *, seed: int = 0) -> Evaluation:
        """Score the embeddings against the sub-folder names as labels, with pixel and color controls beside them.

        Raises:
            UsageError: ``no-labels``: fewer than two sub-folders hold photos.
            Cancelled: the person asked to stop.
        """
        from desktop_app.engine import evaluate

        rows, labels = evaluate.sub_folder_labels(self.root, [photo.path for photo in self.photos])
        images = self._thumbnails.pictures([self.photos[row] for row in rows], ctx)
        return evaluate.evaluate_folder(self.embeddings.vectors[rows], labels, images, ctx, seed=seed)

    def seconds_a_photo(self) -> float:
        """How long the model takes for a photo, without reading it.

        Raises:
            ModelError: as for `index`.
        """
        from desktop_app.engine.models import trial

        return trial.seconds_a_picture(self._runtime())

    def _computed(self) -> Analysis:
        from desktop_app.engine.analysis import Analysis

        with self._lock:
            photos = self.photos  # before their embeddings, which are never older
            if self._analysis is None or self._analysis.photos is not photos:
                self._analysis = Analysis(self.root, photos, self.embeddings, self.model, self._cache)
            return self._analysis

    def _runtime(self) -> Embedder:
        from desktop_app.engine.models.runtime import Embedder

        with self._lock:
            if self._embedder is None:
                self._embedder = Embedder(self.model, self.settings, self._cache)
            return self._embedder
