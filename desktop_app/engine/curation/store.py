"""The file that holds what is known of a folder's groups.

There is one for each folder of photos, in the settings folder, never among the photos:

    {"version": 4, "folder": "for eyes only", "method": "kmeans", "k": 9, "unsure_below": 0.5, "selected": 3,
     "groups": [{"id": 3, "photos": "<ids>", "name": "Receipts", "placed": "<ids>", "cover": 17, "cover_chosen": true,
                 "locked": true, "hidden": true, "in_sight": true}],
     "others": "<ids>", "basis": "<ids>", "model_id": "0f4c9b1e52d0a7c3",
     "held": {"ids": "<numbers>", "contents": "<numbers>", "places": "<numbers>"}}

where ``<ids>`` are photo ids, int64, little-endian, ascending, as base64 (of 96,000 photos a twentieth of the time that
a list of numbers takes to read), and ``<numbers>`` the same in any order, see `identity.Holders`. Groups stand in the
order of the list. What has its default is left out, see `values.KnownGroup`. Version 1 had of each group ``id``,
``photos`` and ``name`` only, by ascending ids; version 2 no ``basis`` and no ``model_id``; version 3 no ``held``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
from dataclasses import asdict, dataclass, field, fields
from itertools import count
from pathlib import Path

import numpy as np

from desktop_app.engine import paths
from desktop_app.engine.curation.members import union
from desktop_app.engine.curation.values import LONGEST_NAME, Choices, Curation, KnownGroup
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.files import is_folder, regular_file, whole_file
from desktop_app.engine.index.identity import Holders
from desktop_app.engine.language import tr
from desktop_app.engine.strict import StrictError, limits, read
from desktop_app.engine.types import UNSURE, Int64Array
from desktop_app.engine.wording import display_path

VERSION = 4
_HIGHEST_ID = 2**31 - 1
_HIGHEST_PHOTO = 2**53 - 1

_log = logging.getLogger(__name__)


def load(folder: Path) -> Curation:
    """What is known of the groups of ``folder``; nothing where it is new.

    A file that cannot be understood is set aside under a name of its own, which `Curation.trouble` tells.

    Raises:
        UsageError: ``curation-newer`` where a newer Kindred wrote it, ``curation-unreadable`` where the system does not
            give it, or does not let a damaged one be set aside. The file is as it was, and must not be overwritten.
    """
    place = file_of(folder)
    try:
        with regular_file(place) as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return Curation()
    except OSError as error:
        if not is_folder(place.parent):
            return Curation()  # no place of ours: nothing was kept, and nothing can be
        raise _unreadable(place, folder, error) from error
    try:
        return _parse(data, place, folder)
    except (StrictError, ValueError, RecursionError) as error:
        # json's and UTF-8's errors are ValueErrors.
        aside = next(free for n in count(1) if not (free := place.with_suffix(f".damaged-{n}")).exists())
        try:
            place.rename(aside)
        except OSError as refused:
            raise _unreadable(place, folder, refused) from refused
        _log.warning("what was kept about a folder was damaged and set aside as %s", aside.name)
        _log.debug("%s: %s", place, error)
        return Curation(
            trouble=tr(
                "The names of the groups in {folder} could not be read. Their file was set aside: {file}",
                folder=display_path(folder),
                file=display_path(aside),
            )
        )


def save(folder: Path, curation: Curation) -> None:
    """Keep what is known of the groups of ``folder``, whole or not at all.

    Raises:
        UserError: ``curation-unwritable``; what was kept before is still there.
    """
    document = {
        "version": VERSION,
        "folder": display_path(folder),
        **{key: value for key, value in asdict(curation.choices).items() if value is not None},
        "groups": [_entry(known) for known in curation.groups],
        "others": _to_text(curation.others),
        "basis": _to_text(curation.basis),
        "model_id": curation.model_id,
        "held": asdict(_Held(*map(_to_text, (curation.held.ids, curation.held.contents, curation.held.places)))),
    }
    place = file_of(folder)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place) as file:
            file.write(json.dumps(document).encode())
    except OSError as error:
        raise unwritable(folder, error) from error


def unwritable(folder: Path, error: OSError) -> UserError:
    """What is said where what is known of ``folder`` cannot be kept."""
    text = tr(
        "The names of the groups in {folder} could not be kept: {why}.",
        folder=display_path(folder),
        why=error.strerror or error,
    )
    return UserError("curation-unwritable", text)


def file_of(folder: Path) -> Path:
    """Where what is known of ``folder`` is kept, by whatever way of spelling or linking one comes to it."""
    key = hashlib.blake2b(os.fsencode(os.path.realpath(folder)), digest_size=16).hexdigest()
    return paths.config_dir() / "folders" / f"{key}.json"


@dataclass(frozen=True, slots=True)
class _Entry:
    id: int = field(metadata=limits(low=0, high=_HIGHEST_ID))
    photos: str
    name: str = field(default="", metadata=limits(max_length=LONGEST_NAME))
    placed: str = ""
    cover: int | None = field(default=None, metadata=limits(low=0, high=_HIGHEST_PHOTO))
    cover_chosen: bool = False
    locked: bool = False
    hidden: bool = False
    in_sight: bool = True


def _entry(known: KnownGroup) -> dict[str, object]:
    entry = _Entry(
        known.id,
        _to_text(known.photo_ids),
        known.name,
        _to_text(known.placed),
        known.cover,
        known.cover_chosen,
        known.locked,
        known.hidden,
        known.in_sight,
    )
    defaults = {one.name: one.default for one in fields(_Entry)}
    return {name: value for name, value in asdict(entry).items() if value != defaults[name]}


def _known(entry: _Entry, key: str) -> KnownGroup:
    return KnownGroup(
        entry.id,
        _from_text(entry.photos, f"{key}.photos"),
        entry.name,
        _from_text(entry.placed, f"{key}.placed"),
        entry.cover,
        entry.cover_chosen,
        entry.locked,
        entry.hidden,
        entry.in_sight,
    )


@dataclass(frozen=True, slots=True)
class _Held:
    ids: str = ""
    contents: str = ""
    places: str = ""


def _holders(held: _Held) -> Holders:
    columns = {name: _numbers(text, f"held.{name}") for name, text in asdict(held).items()}
    if len({column.size for column in columns.values()}) > 1:
        raise StrictError("held", "must have columns of one length")
    if np.unique(columns["ids"]).size < columns["ids"].size:
        raise StrictError("held.ids", "must be different")
    return Holders(**columns)


@dataclass(frozen=True, slots=True)
class _Document:
    version: int
    folder: str
    groups: tuple[_Entry, ...]
    others: str
    unsure_below: float = field(metadata=limits(low=0, high=1))
    method: str | None = field(default=None, metadata=limits(min_length=1, max_length=40))
    k: int | None = field(default=None, metadata=limits(low=1, high=_HIGHEST_ID))
    selected: int | None = field(default=None, metadata=limits(low=UNSURE, high=_HIGHEST_ID))
    basis: str = ""
    model_id: str = ""
    held: _Held = _Held()


def _parse(data: bytes, place: Path, folder: Path) -> Curation:
    found = json.loads(data)
    version = found.get("version") if isinstance(found, dict) else None
    if type(version) is int and version > VERSION:
        raise UsageError(
            "curation-newer",
            tr(
                "What a newer Kindred kept about the groups in {folder} cannot be read by this one.",
                folder=display_path(folder),
            ),
            tr("Use the newer one, or move {file} away to start afresh.", file=display_path(place)),
        )
    document = read(_Document, found)
    if document.version < 1:
        raise StrictError("version", f"must be 1 to {VERSION}, is {document.version}")
    groups = tuple(_known(entry, f"groups[{row}]") for row, entry in enumerate(document.groups))
    if len({known.id for known in groups}) < len(groups):
        raise StrictError("groups", "must have different ids")
    if sum(known.placed.size for known in groups) > union(known.placed for known in groups).size:
        raise StrictError("groups", "must not have a photo placed in two of them")
    choices = Choices(document.method, document.k, document.unsure_below, document.selected)
    basis = _from_text(document.basis, "basis")
    others, held = _from_text(document.others, "others"), _holders(document.held)
    return Curation(groups, others, basis, document.model_id, choices, held)


def _unreadable(place: Path, folder: Path, error: OSError) -> UsageError:
    return UsageError(
        "curation-unreadable",
        tr(
            "What was kept about the groups in {folder} cannot be read: {why}.",
            folder=display_path(folder),
            why=error.strerror or error,
        ),
        tr("Look after {file}, or move it away to start afresh.", file=display_path(place)),
    )


def _to_text(photo_ids: Int64Array) -> str:
    return base64.b64encode(photo_ids.astype("<i8").tobytes()).decode()


def _from_text(text: str, key: str) -> Int64Array:
    photo_ids = _numbers(text, key)
    # Ascending, as the search among them needs it.
    if np.any(np.diff(photo_ids) <= 0):
        raise StrictError(key, "must hold ascending photo ids")
    return photo_ids


def _numbers(text: str, key: str) -> Int64Array:
    data = base64.b64decode(text, validate=True)
    if len(data) % 8:
        raise StrictError(key, "is cut off")
    numbers = np.frombuffer(data, "<i8").astype(np.int64)
    if numbers.size and (numbers.min() < 0 or numbers.max() > _HIGHEST_PHOTO):
        raise StrictError(key, "must hold photo ids")
    return numbers
