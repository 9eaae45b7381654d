"""What a person decided about a folder, kept until it is opened again: one small file a folder.

Groups are not stored: they come out of the photos anew. A name, and the group that was shown, are kept as the photos
they stood for, and return to the group that holds most of these.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from desktop_app.engine import clustering, paths
from desktop_app.engine.files import whole_file
from desktop_app.engine.types import Group, Int64Array
from desktop_app.engine.wording import display_path

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FolderMemory:
    """Decisions about one folder; the defaults are those of a folder that is new.

    Attributes:
        method: key of `clustering.CLUSTERERS`, None for the one in the settings.
        k: number of groups, None for the suggested one.
        unsure_below: confidence under which a photo is unsure, 0 to 1.
        names: photo ids by the name a person gave their group.
        selected: photo ids of the group that was shown, empty for all photos.
    """

    method: str | None = None
    k: int | None = None
    unsure_below: float = 0.5
    names: dict[str, list[int]] = field(default_factory=dict)
    selected: list[int] = field(default_factory=list)


def load(folder: Path) -> FolderMemory:
    """What is remembered of ``folder``; the defaults when that is nothing, or cannot be understood."""
    place = _place(folder)
    try:
        return _read(json.loads(place.read_bytes()))
    except FileNotFoundError:
        return FolderMemory()
    except (OSError, ValueError, TypeError, AttributeError, OverflowError) as error:
        _log.warning("%s is left unread: %s", place, error)
        return FolderMemory()


def save(folder: Path, memory: FolderMemory) -> None:
    """Remember; what differs in nothing from a new folder is not kept."""
    place = _place(folder)
    try:
        if memory == FolderMemory():
            place.unlink(missing_ok=True)
            return
        place.parent.mkdir(exist_ok=True)
        with whole_file(place) as file:
            file.write(json.dumps({"folder": display_path(folder), **asdict(memory)}).encode())
    except OSError as error:
        _log.warning("%s could not be written: %s", place, error)


def holder(photo_ids: Int64Array, groups: Iterable[Group]) -> Group | None:
    """The group that holds more than half of ``photo_ids`` and consists of them by more than half."""
    for group in groups:
        shared = np.intersect1d(photo_ids, group.photo_ids, assume_unique=True).size
        if shared * 2 > max(len(photo_ids), len(group.photo_ids)):
            return group
    return None


def _place(folder: Path) -> Path:
    key = hashlib.blake2b(os.fsencode(folder), digest_size=16).hexdigest()
    return paths.config_dir() / "folders" / f"{key}.json"


def _read(found: dict[str, Any]) -> FolderMemory:
    k = found.get("k")
    return FolderMemory(
        str(found["method"]) if found.get("method") in clustering.CLUSTERERS else None,
        None if k is None else max(1, int(k)),
        min(max(float(found.get("unsure_below", 0.5)), 0.0), 1.0),
        {str(name): _ids(ids) for name, ids in found.get("names", {}).items()},
        _ids(found.get("selected", [])),
    )


def _ids(found: list[Any]) -> list[int]:
    # Distinct, as the search for the group expects.
    return [photo_id for photo_id in dict.fromkeys(map(int, found)) if 0 < photo_id < 2**53]
