"""The façade that both faces call: one folder of photos, what was found in it, and what can be done with it.

A `Library` only reads the person's folder. `Library.apply` and `Library.write_keywords`, and `undo` and `recover` in
`runs`, alone touch files.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from desktop_app.engine import paths, runs
from desktop_app.engine.index.identity import Holders, Identities
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.pictures import reasons
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import (
    UNSURE,
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
    Scan,
)

if TYPE_CHECKING:
    from desktop_app.engine.basis import Basis
    from desktop_app.engine.duplicates.finder import Duplicates
    from desktop_app.engine.evaluate import Evaluation
    from desktop_app.engine.index.cluster import Cluster
    from desktop_app.engine.index.pipeline import IndexResult, OnBatch
    from desktop_app.engine.index.snapshot import Snapshot
    from desktop_app.engine.index.thumbnails import Thumbnails
    from desktop_app.engine.keywords.plan import KeywordPlan
    from desktop_app.engine.keywords.sidecars import Spelling
    from desktop_app.engine.models.card import ModelCard
    from desktop_app.engine.models.runtime import Embedder
    from desktop_app.engine.naming import Namer
    from desktop_app.engine.organize.planning.layout import Layout
    from desktop_app.engine.organize.planning.plan import Plan
    from desktop_app.engine.organize.reports import ApplyReport

_log = logging.getLogger(__name__)

OnScan = Callable[[Scan], None]

"""Thumbnails in memory that the cache could not keep: some 60 MB."""


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
        from desktop_app.engine.models import shelf

        runs.check_folder(root)
        self.root = root.absolute()
        self.settings = settings if settings is not None else settings_module.load()
        self._asked_model = model
        self.model: ModelCard = shelf.resolve(model or self.settings.model)
        self.photos = PhotoList.of(())
        self.problems: tuple[Problem, ...] = ()
        self.ignored: tuple[Ignored, ...] = ()
        self.embeddings = Embeddings(np.empty(0, np.int64), np.empty((0, 0), np.float32), "")
        self._cache = Cache(paths.cache_dir())
        self._thumbnails: Thumbnails | None = None
        self._embedder: Embedder | None = None
        self._snapshot: Snapshot | None = None
        self._held, self._before = Holders(), PhotoList.of(())
        self._arriving: dict[int, Photo] = {}
        self._basis: Basis | None = None
        self._namer: Namer | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the cache. The library answers no more questions that need it."""
        self._cache.close()

    def hold(self, files: Holders) -> None:
        """Let these files have the ids under which something was decided about them; to be called before all else."""
        self._held = files

    def recall(self) -> bool:
        """Take the folder to be as it was when it was indexed last, without a look at it; False where nothing is known.

        Sets ``photos``, ``embeddings``, ``problems`` and ``ignored``, which `index` then confirms or replaces. Nothing
        may be done to files by it before.
        """
        known = self._known()
        if known is None:
            return False
        self.photos, self.embeddings, self.ignored = known.photos, known.embeddings, known.ignored
        self.problems = _told(known.scan_problems, known.problems)
        self._basis = self._namer = None
        return True

    def _known(self) -> Snapshot | None:
        from desktop_app.engine.index import snapshot

        if self._snapshot is None:
            known = snapshot.recall(self._cache, self.root, snapshot.origin(self.model, self.settings))
            # One from another time, or of the folder by another name, may not know what was decided since.
            self._snapshot = known if known is None or self._held.fit(known.photos, self.root) else None
        return self._snapshot

    def successor(self) -> Library:
        """Another library of the same folder, to look at it again while this one is in use; it knows what this knows.

        Raises:
            UserError: what the constructor raises.
        """
        other = Library(self.root, self.settings, model=self._asked_model)
        other._snapshot, other._held, other._before = self._snapshot, self._held, self.photos
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
        from desktop_app.engine.computing import memory
        from desktop_app.engine.folder import left_out, scan
        from desktop_app.engine.index import snapshot

        start = time.monotonic()
        runs.check_folder(self.root)
        known = self._known()
        formats = known.known_formats() if known is not None else None
        skip = runs.destinations_inside(self.root)
        found = scan.scan(self.root, ctx, exclude=self.settings.exclude, skip=skip, known=formats)
        if on_scan is not None:
            on_scan(found)
        if found.files:
            ctx.progress(0, 0, tr_noop("Getting the model ready"))
        embedder = self._runtime() if found.files else None
        unchanged = False
        if embedder is not None:
            fits = known is not None and known.embeddings.model_id == embedder.model_id and not retry
            unchanged = known is not None and fits and known.holds(found)
            if known is not None and unchanged:
                result = known.result()
            else:
                result = self._read(found, embedder, ctx, on_batch, retry=retry, quick=quick, cluster=cluster)
            self._take(found, result)
        else:
            self._take(found, None)
            snapshot.forget(self._cache, self.root)
        if not self.photos or embedder is None:
            none = left_out.no_images(self.root, self.problems, self.ignored)
            none.hint = runs.where_it_went(self.root) or none.hint  # nobody looks elsewhere for what a run has moved
            raise none
        report = IndexReport(
            photos=len(self.photos),
            embedded=result.embedded,
            cached=result.cached,
            glanced=result.glanced,
            problems=self.problems,
            ignored=self.ignored,
            seconds=time.monotonic() - start,
            model=self.model.name,
            provider=embedder.provider,
            device=f"{embedder.provider}, {embedder.precision}",
            provider_reason=embedder.reason,
            cache_trouble=result.cache_trouble or self._cache.trouble,
            unchanged=unchanged,
        )
        del found
        memory.give_back()
        return report

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
        from desktop_app.engine.index import pipeline, snapshot

        def arrived(photos: list[Photo], vectors: Float32Array) -> None:
            self._arriving.update((photo.id, photo) for photo in photos)  # their thumbnails can be asked for at once
            if on_batch is not None:
                on_batch(photos, vectors)

        executor = cluster.executor(embedder, quick=bool(quick)) if cluster is not None else None
        known = self._known()
        before = self._before or (known.photos if known is not None else self._before)
        more: dict[str, Any] = {"retry": retry, "quick": quick, "executor": executor}
        more["identities"] = Identities(self.root, before, self._held)
        beside = snapshot.beside_of(found.files)  # before: what changes while it is read is looked at again
        try:
            result = pipeline.index(found, self._cache, embedder, ctx, arrived, **more)
        except pipeline.IndexCancelled as stopped:
            self._take(found, stopped.result)
            raise
        made_of = snapshot.origin(self.model, self.settings)
        whole = snapshot.compose(made_of, found, result, beside)
        if whole is not None and snapshot.keep(self._cache, self.root, whole):
            # From here on as the next opening has it: mapped, not held.
            self._snapshot = snapshot.recall(self._cache, self.root, made_of)
            if self._snapshot is not None:
                return replace(result, photos=self._snapshot.photos, embeddings=self._snapshot.embeddings)
        return result

    def _take(self, found: Scan, result: IndexResult | None) -> None:
        self.photos, self.problems, self.ignored = PhotoList.of(()), _told(found.problems), found.ignored
        if result is not None:
            self.photos, self.embeddings = PhotoList.of(result.photos), result.embeddings
            self.problems = _told(found.problems, result.problems)
        self._arriving = {}
        self._basis = self._namer = None

    def photo(self, photo_id: int) -> Photo:
        """The photo with that id.

        Raises:
            KeyError: there is none.
        """
        return self._arriving.get(photo_id) or self.photos.by_id[photo_id]

    def project(self, ctx: JobContext, *, basis: Int64Array | None = None) -> Projection:
        """PCA of the embeddings to two dimensions; the photos must have been found (`index`).

        Args:
            ctx: cancel and progress.
            basis: see `cluster`; other photos are placed on the map that these make.

        Raises:
            Cancelled: the person asked to stop.
        """
        ctx.check()
        return self._made_of(basis).project(ctx)

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
        start = time.monotonic()
        ctx.check()
        curve = self._made_of(basis).elbow(ctx, k_max=k_max, space=space, seed=seed)
        seconds = time.monotonic() - start
        _log.info("elbow: %d groups suggested, %s, in %.2f s", curve.suggested, curve.strength, seconds)
        return curve

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
        from desktop_app.engine.clustering import clusterer
        from desktop_app.engine.clustering.unsure import with_unsure

        start = time.monotonic()
        method = method or self.settings.method
        if params is None:
            params = clusterer(method).params()
        ctx.check()

        made = self._made_of(basis)
        found = with_unsure(made.cluster(ctx, method=method, k=k, space=space, seed=seed, params=params), unsure_below)
        seconds = time.monotonic() - start
        _log.info("grouped %d photos by %s: %d groups in %.2f s", found.labels.size, method, found.k, seconds)
        return found

    def namer(self, ctx: JobContext) -> Namer:
        """What suggests names for groups of this library's photos: one for as long as the photos are the same.

        Args:
            ctx: cancel and progress.

        Raises:
            ModelError: the model's words do not fit its card.
            Cancelled: the person asked to stop.
        """
        from desktop_app.engine.kept import Kept
        from desktop_app.engine.models.words import words_of
        from desktop_app.engine.naming import Namer, facts_of

        ctx.check()
        with self._lock:
            if self._namer is None:
                photos = self.embeddings
                kept = Kept(self._cache, photos.photo_ids, photos.model_id, clusters=photos.clusters is not None)
                head, ids, shown = self.model.words, np.sort(self.embeddings.photo_ids), None
                if head is not None:
                    compute = partial(words_of, self.model, self.embeddings.vectors)
                    shown = kept.words(compute, head.onnx_sha256, len(head.names), self.root)
                self._namer = Namer(facts_of(self.root, self.photos, ids, head.names if head else (), shown))
            return self._namer

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
        from desktop_app.engine.clustering import Grouper

        order = np.argsort(self.embeddings.photo_ids)
        rows = order[np.searchsorted(self.embeddings.photo_ids, photo_ids, sorter=order)]
        chosen = Embeddings(photo_ids, self.embeddings.vectors[rows], self.embeddings.model_id)
        return Grouper(chosen).cluster(ctx, k=min(number, len(photo_ids))).labels

    def _made_of(self, photo_ids: Int64Array | None) -> Basis:
        from desktop_app.engine.basis import Basis
        from desktop_app.engine.index.glances import glanced

        wanted = np.empty(0, np.int64) if photo_ids is None else photo_ids
        with self._lock:
            if self._basis is None or not np.array_equal(self._basis.photo_ids, wanted):
                contents, passing = self.photos.hashes.texts, bool(glanced(self.photos).any())
                self._basis = Basis(self._cache, self.embeddings, contents, wanted, passing=passing)
            return self._basis

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

        if isinstance(query, Path):
            resolved = query.resolve()
            for photo in self.photos:
                if photo.path == query or photo.path.resolve() == resolved:
                    query = photo.id
                    break
        if isinstance(query, Path):
            vector = embed_file(query, self._runtime())
            return neighbors.neighbors_of(self.embeddings, vector, k, ctx)
        return neighbors.neighbors_of(self.embeddings, np.array([query], np.int64), k, ctx)

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
        return self._shown().of(self.photo(photo_id))

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
        return self._shown().make_again(photo, reading.decode_size(self.model), ctx.check)

    def _shown(self) -> Thumbnails:
        from desktop_app.engine.index.thumbnails import Thumbnails

        with self._lock:
            if self._thumbnails is None:
                self._thumbnails = Thumbnails(self._cache)
            return self._thumbnails

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
        from desktop_app.engine.cache.cache import Batch
        from desktop_app.engine.index import beside
        from desktop_app.engine.keywords import run

        report = run.write(plan, paths.journal_dir(), ctx)
        # Known by now: else the next look at the folder would read every photo again to see what its sidecar changes.
        notes = map(beside.read_sidecar, (step.dst for step in report.done))
        self._cache.put(Batch(files=[note.record for note in notes if note is not None]))
        return report

    def evaluate(self, ctx: JobContext, *, seed: int = 0) -> Evaluation:
        """Score the embeddings against the sub-folder names as labels, with pixel and color controls beside them.

        Raises:
            UsageError: ``no-labels``: fewer than two sub-folders hold photos.
            Cancelled: the person asked to stop.
        """
        import io

        from PIL import Image

        from desktop_app.engine import evaluate

        rows, labels = evaluate.sub_folder_labels(self.root, [photo.path for photo in self.photos])
        images: list[Image.Image] = []
        for done, row in enumerate(rows):
            ctx.progress(done, len(rows), tr_noop("Reading thumbnails"))
            data = self._cache.thumbnail(self.photos[row].content_hash)
            with Image.open(io.BytesIO(data)) if data else Image.new("RGB", (16, 16)) as image:
                images.append(image.convert("RGB"))
        return evaluate.evaluate_folder(self.embeddings.vectors[rows], labels, images, ctx, seed=seed)

    def seconds_a_photo(self) -> float:
        """How long the model takes for a photo, without reading it.

        Raises:
            ModelError: as for `index`.
        """
        from desktop_app.engine.models import trial

        return trial.seconds_a_picture(self._runtime())

    def _runtime(self) -> Embedder:
        from desktop_app.engine.models.runtime import Embedder

        with self._lock:
            if self._embedder is None:
                self._embedder = Embedder(self.model, self.settings, self._cache)
            return self._embedder


def groups_of(clustering: Clustering) -> tuple[Group, ...]:
    """The groups of a clustering, largest first, the unsure one last, in each the most confident photo first.

    They are numbered; `curation.arrange` gives them the ids and names they had before.
    """
    groups = []
    for label in [*range(clustering.k), UNSURE]:
        rows = np.flatnonzero(clustering.labels == label)
        if rows.size:
            ids = clustering.photo_ids[rows[np.argsort(-clustering.confidence[rows], kind="stable")]]
            name = tr("Unsure", "a group") if label == UNSURE else tr("Group {number}", number=label + 1)
            groups.append(Group(label, name, ids, int(ids[0])))
    return tuple(groups)


def _told(*found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems in the person's language; up to here they are in English, as cache and snapshots keep them."""
    return tuple(replace(problem, message=reasons.said(problem.message)) for problems in found for problem in problems)
