"""The types that flow through the engine, one way: photos -> embeddings -> projection, clustering -> plan.

Row i of every array belongs to ``photo_ids[i]``. Join two results by id, never by row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Int64Array = npt.NDArray[np.int64]
Int32Array = npt.NDArray[np.int32]
Float32Array = npt.NDArray[np.float32]
Float64Array = npt.NDArray[np.float64]

UNSURE = -1
"""The label of a photo that no group claims."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be used, or only in part. A result, not a print.

    Attributes:
        path: the file.
        stage: where it happened: ``scan``, ``decode``, ``embed``, ``organize``.
        code: stable kebab-case name, such as ``not-an-image``, ``damaged``, ``too-large``.
        message: what happened, in a person's words.
    """

    path: Path
    stage: Literal["scan", "decode", "embed", "organize"]
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo unit as the scan finds it, before its content was read: the image and the files that travel with it.

    Attributes:
        path: the image that is shown and embedded.
        companions: files that move with it, sorted (sidecars, Live Photo video, RAW beside a JPEG).
        size_bytes: size of the image file.
        mtime_ns: modification time of the image file.
        format: key of `pictures.formats.FORMATS`, found from the content.
    """

    path: Path
    companions: tuple[Path, ...]
    size_bytes: int
    mtime_ns: int
    format: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file the scan saw and left out on purpose (not an image, excluded), with the reason in English."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What a folder holds. Every regular file in it is in exactly one place: a unit, ``problems`` or ``ignored``."""

    root: Path
    files: tuple[PhotoFile, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that was read.

    Attributes:
        id: stable over runs, renames and moves: derived from the content (and, for byte-identical copies, from
            their order). Positive and below 2**53, so that it survives JSON.
        path: the image.
        companions: files that move with it.
        size_bytes: size of the image file.
        mtime_ns: modification time of the image file.
        content_hash: BLAKE2b-160 of the file's bytes, hex; joined by ``+`` with those of the other files of its unit
            that its picture was made of, see `index.beside`.
        width: of the upright picture, pixels.
        height: of the upright picture, pixels.
        taken_at: EXIF date as ISO 8601 without zone, None where absent.
        camera: EXIF make and model, None where absent.
        damaged: only part of the picture could be read.
    """

    id: int
    path: Path
    companions: tuple[Path, ...]
    size_bytes: int
    mtime_ns: int
    content_hash: str
    width: int
    height: int
    taken_at: str | None = None
    camera: str | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Embeddings:
    """One vector a photo, as the model gave them (not normalized).

    Attributes:
        photo_ids: int64[N].
        vectors: float32[N, D].
        model_id: which weights and preprocessing made them.
        clusters: float32[N, C], the model's own cluster probabilities; None where it has none.
    """

    photo_ids: Int64Array
    vectors: Float32Array
    model_id: str
    clusters: Float32Array | None = None


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index run found and did.

    Attributes:
        photos: how many photos the library now holds.
        embedded: how many of them were embedded now.
        cached: how many came from the cache.
        glanced: how many of those embedded now were seen in the camera's preview only.
        problems: files that could not be used, or only in part.
        ignored: files left out on purpose.
        seconds: wall time.
        model: name of the model.
        provider: ``CPU`` or ``CUDA``, where it ran.
        device: where and how exactly, such as ``CPU, int8``.
        provider_reason: why that one, in a person's words.
        cache_trouble: why results were not all kept for the next run, in plain words; empty when they were.
        unchanged: the folder is as it was when it was indexed before.
    """

    photos: int
    embedded: int
    cached: int
    glanced: int
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]
    seconds: float
    model: str
    provider: str
    device: str
    provider_reason: str
    cache_trouble: str
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Projection:
    """PCA to two dimensions.

    Attributes:
        photo_ids: int64[N].
        xy: float32[N, 2].
        mean: float32[D] of the projected vectors.
        components: float32[2, D], unit rows, sign fixed so that the largest-magnitude entry is positive.
        explained: float64[2], share of the variance on each axis, 0 to 1.
    """

    photo_ids: Int64Array
    xy: Float32Array
    mean: Float32Array
    components: Float32Array
    explained: Float64Array


@dataclass(frozen=True, slots=True)
class Elbow:
    """The curve from which a person chooses the number of groups.

    Attributes:
        k: int64[K], the numbers tried, ascending.
        inertia: float64[K], within-cluster sum of squares (WCSS).
        silhouette: float64[K], mean cosine silhouette, NaN where undefined (k = 1).
        knee: k at the knee of ``inertia`` (kneedle), None where there is none.
        strength: how far ``suggested`` can be believed, see `clustering.counting`; ``none`` where nothing can be known.
        suggested: the k to start with.
        low: smallest k that would also do; a coarse grouping.
        high: largest k that would also do; a fine grouping.
        criteria: the k each criterion alone would choose, by name.
        null: float64[K], ``inertia`` of a cloud of the same spread without groups, in the same unit; empty where the
            photos do not differ.
    """

    k: Int64Array
    inertia: Float64Array
    silhouette: Float64Array
    knee: int | None
    strength: Literal["clear", "weak", "none"]
    suggested: int
    low: int
    high: int
    criteria: dict[str, int] = field(default_factory=dict)
    null: Float64Array = field(default_factory=lambda: np.empty(0, np.float64))


@dataclass(frozen=True, slots=True)
class Clustering:
    """Which group each photo belongs to.

    Attributes:
        photo_ids: int64[N].
        labels: int32[N], 0 to k-1 ordered by falling group size, `UNSURE` (-1) where no group claims the photo.
        confidence: float32[N] in 0..1, meaning the same for each method: of the photos with that confidence, the share
            that would stay with their group if half of the folder were grouped anew, see `clustering.calibration`.
        method: key of `clustering.CLUSTERERS`.
        params: the parameters used, JSON-serialisable, ``k`` among them where the method has one.
        seed: of every random draw.
        best: int32[N], the group of each photo, whether it is sure or not; -1 only where there is no group at all. A
            group that no photo is sure of has a number here, from ``k`` on, and none in ``labels``.
        second: int32[N], the group that it would belong to otherwise, in the numbers of ``best``; -1 where there is
            none.
        next_split: the group (a label) that one more group divides in two, all others staying as they are; None where
            none can be divided, or where the method makes other groups altogether for another number.
        next_join: the two groups that one group fewer joins; None likewise.
    """

    photo_ids: Int64Array
    labels: Int32Array
    confidence: Float32Array
    method: str
    params: dict[str, Any]
    seed: int
    best: Int32Array
    second: Int32Array
    next_split: int | None = None
    next_join: tuple[int, int] | None = None

    @property
    def k(self) -> int:
        """Number of groups, the unsure one not counted."""
        return int(self.labels.max()) + 1 if self.labels.size else 0


@dataclass(frozen=True, slots=True)
class Group:
    """A group as a person sees it.

    Attributes:
        id: label of the clustering, or stable once `curation.arrange` gave it; `UNSURE` for the unsure group.
        name: shown, and the name of its folder.
        photo_ids: int64[n], most confident first.
        cover: id of the photo that stands for it.
        locked: regrouping leaves it alone.
        hidden: left out when files are organized.
        suggested: nobody gave the name: `naming` found it, and it is no more than a suggestion.
    """

    id: int
    name: str
    photo_ids: Int64Array
    cover: int
    locked: bool = False
    hidden: bool = False
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class Neighbors:
    """Nearest photos by cosine, nearest first.

    Attributes:
        photo_ids: int64[Q, k], the query itself left out.
        similarity: float32[Q, k], cosine.
    """

    photo_ids: Int64Array
    similarity: Float32Array


@dataclass(frozen=True, slots=True)
class Proposal:
    """Moves of photos to other groups, proposed and not done, the most sure first.

    Attributes:
        photo_ids: int64[M].
        from_groups: int32[M], the group that each is shown in, `UNSURE` for none.
        to_groups: int32[M], the group that it would go to.
        confidence: float32[M] in 0..1, falling.
        locked: how many others would have moved out of a locked group, or into one.
    """

    photo_ids: Int64Array
    from_groups: Int32Array
    to_groups: Int32Array
    confidence: Float32Array
    locked: int = 0
