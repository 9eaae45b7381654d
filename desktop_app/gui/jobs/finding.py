"""All that is to be shown of a folder, worked out before any of it is: a folder as it was left, or as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.engine.clustering import CLUSTERERS, DEFAULT
from desktop_app.engine.curation import Curation, arrange, group_ids, groups_of
from desktop_app.engine.curation.basis import settle
from desktop_app.engine.curation.renumbering import Named, NewIds, new_ids
from desktop_app.engine.errors import ModelError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.naming import Namer
from desktop_app.engine.types import Clustering, Elbow, Group, Int32Array, Projection
from desktop_app.gui.app_state import AppState
from desktop_app.gui.views.photo_order import PhotoTable

Asked = tuple[str, int | None, float]
"""Method, number of groups (None for the suggested one), and the confidence below which a photo is unsure."""
Arranged = tuple[Clustering, Curation, tuple[Group, ...], Int32Array, Namer | ModelError | None]
"""What `AppState.set_clustering` takes; instead of a namer, why the model's words cannot be used."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be shown of a library.

    Attributes:
        library: whose photos they are.
        projection: of them.
        elbow: of them.
        asked: what the groups were asked for with.
        known: what they were arranged by.
        before: photos by the ids that they have in ``known``, where these may be others now.
        ids: that they have now.
        arranged: the groups; None where there are none to be had in this way.
        table: what photos are sorted by, where it was wanted.
    """

    library: Library
    projection: Projection
    elbow: Elbow
    asked: Asked
    known: Curation
    before: Sequence[Named]
    ids: NewIds
    arranged: Arranged | None
    table: PhotoTable | None


def find(
    library: Library,
    asked: Asked,
    known: Curation,
    ctx: JobContext,
    *,
    suggests: bool,
    before: Sequence[Named] = (),
    table: bool = False,
) -> Found:
    """Work out what is to be shown of a library that has its photos.

    Args:
        library: kept results of it are taken from the cache.
        asked: what its model or its number of photos does not allow becomes the usual.
        known: of its groups.
        ctx: cancel and progress.
        suggests: whether to suggest names for groups.
        before: photos by the ids that they have in ``known``, where these may be others now.
        table: whether to make it, too.

    Raises:
        Cancelled: the person asked to stop.
    """
    ids = new_ids(before, library.photos)
    known_now = ids.curation(known)
    projection, elbow = outline(library, asked, known_now, ctx)
    made = PhotoTable.of(library.photos, ctx.check) if table else None
    try:
        arranged = group(library, asked, elbow, known_now, ctx, suggests=suggests)
    except UserError:
        arranged = None  # remembered of the folder, and impossible now: asked for again, the window says so
    return Found(library, projection, elbow, asked, known, before, ids, arranged, made)


def outline(library: Library, asked: Asked, known: Curation, ctx: JobContext) -> tuple[Projection, Elbow]:
    """The map and the curve of a library, both of the photos that its groups are made of.

    Raises:
        Cancelled: the person asked to stop.
    """
    basis = settled(library, asked, known).basis
    return library.project(ctx, basis=basis), library.elbow(ctx, basis=basis)


def settled(library: Library, asked: Asked, known: Curation) -> Curation:
    """What is known, with the photos that the library's groups are made of."""
    embeddings = library.embeddings
    return settle(known, embeddings.photo_ids, embeddings.model_id, number_chosen=asked[1] is not None)


def group(
    library: Library,
    asked: Asked,
    elbow: Elbow,
    known: Curation,
    ctx: JobContext,
    *,
    suggests: bool,
    whole: bool = True,
) -> Arranged:
    """The groups of a library as they are asked for, with suggested names where these are wanted.

    Args:
        library: that has its photos.
        asked: for.
        elbow: of the photos that groups are made of.
        known: of its groups.
        ctx: cancel and progress.
        suggests: whether to suggest names for groups.
        whole: whether these are all photos of the folder; a part of them is no basis for what comes.

    Raises:
        UserError: what `Library.cluster` raises.
        Cancelled: the person asked to stop.
    """
    method, k, unsure_below = asked
    settled_for = settled(library, asked, known)
    if k is None and not CLUSTERERS[method].finds_k:
        k = elbow.suggested
    clustering = library.cluster(ctx, basis=settled_for.basis, method=method, k=k, unsure_below=unsure_below)
    return arranged(clustering, settled_for if whole else known, _namer(library, ctx) if suggests else None)


def _namer(library: Library, ctx: JobContext) -> Namer | ModelError:
    try:
        return library.namer(ctx)
    except ModelError as error:  # the groups are there all the same
        return error


def arranged(clustering: Clustering, known: Curation, namer: Namer | ModelError | None) -> Arranged:
    """Groups with all that is known of them: of many photos more work than the window's thread has time for."""
    curation, groups = arrange(known, groups_of(clustering))
    if isinstance(namer, Namer):
        groups = namer.named(curation, groups)
    return clustering, curation, groups, group_ids(clustering.photo_ids, groups), namer


def asked_of(state: AppState) -> Asked:
    """What groups are asked for with."""
    return state.method, state.wanted_k, state.unsure_below


def possible(asked: Asked, library: Library) -> Asked:
    """What was asked for, as far as the library's model and photos allow it."""
    method, k, unsure_below = asked
    if method not in library.methods():
        method = library.settings.method if library.settings.method in library.methods() else DEFAULT
    return method, None if (k or 0) > len(library.photos) else k, unsure_below
