"""The pictures a configuration names."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext

from .. import places
from ..config import DataConfig
from . import cifar10
from .data import PhotoArray, load_photos


def load_source(data: DataConfig, ctx: JobContext, cache: Path) -> PhotoArray:
    """The pictures of ``data``; those of CIFAR-10 come from its own files, any others as `load_photos` says.

    Raises:
        UsageError: ``config-invalid`` where CIFAR-10 is asked for in another size than 32, or as `load_photos`.
    """
    if data.source == cifar10.FOLDER:
        if data.size != cifar10.SIZE or data.only or data.without:
            raise UsageError("config-invalid", "data: pictures of cifar10 have size 32, and only one kind of name.")
        photos = cifar10.training_set(cache).photos
    else:
        photos = load_photos(places.data() / data.source, data.size, ctx, cache, only=data.only, without=data.without)
    return first(photos, data.count) if data.count else photos


def first(photos: PhotoArray, count: int) -> PhotoArray:
    """The first ``count`` of the photos, as data of their own.

    Raises:
        UsageError: ``too-few-photos``.
    """
    if len(photos.images) < count:
        raise UsageError("too-few-photos", f"There are {len(photos.images)} photos, fewer than {count}.")
    return dataclasses.replace(photos, images=photos.images[:count], data_hash=f"{photos.data_hash}-first-{count}")
