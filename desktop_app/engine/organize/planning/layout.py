"""Which folder each photo goes into: a pattern of fields that the group, the date and the camera fill in."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from desktop_app.engine.errors import UsageError
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.organize.disk.names import fold, safe_folder_name, unit_names
from desktop_app.engine.types import Photo

UNDATED = tr_noop("No date")
UNKNOWN_CAMERA = tr_noop("Unknown camera")
_FIELD = re.compile(r"\{([^{}]*)\}")
_MOST_PARTS = 8

_FIELDS: dict[str, Callable[[Photo, str], str]] = {
    "group": lambda _photo, group: group,
    "year": lambda photo, _group: (photo.taken_at or "")[:4] or tr(UNDATED),
    "month": lambda photo, _group: (photo.taken_at or "")[5:7] or tr(UNDATED),
    "day": lambda photo, _group: (photo.taken_at or "")[8:10] or tr(UNDATED),
    "date": lambda photo, _group: (photo.taken_at or "")[:10] or tr(UNDATED),
    "camera": lambda photo, _group: photo.camera or tr(UNKNOWN_CAMERA),
}
FIELDS = tuple(_FIELDS)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a person wants their photos filed.

    Attributes:
        pattern: folders below the destination, such as ``{year}/{group}``; the fields are `FIELDS`.
        same_name: what becomes of a photo whose name is taken there by another one: it gets a number, or it stays.

    Raises:
        UsageError: ``bad-pattern``.
    """

    pattern: str = "{group}"
    same_name: Literal["number", "skip"] = "number"

    def __post_init__(self) -> None:
        parts = self.pattern.split("/")
        if len(parts) > _MOST_PARTS or not all(part.strip(" .") for part in parts):
            raise _bad(self.pattern, tr("each part between two slashes names a folder"))
        for part in parts:
            unknown = [name for name in _FIELD.findall(part) if name not in _FIELDS]
            if unknown:
                raise _bad(self.pattern, tr("there is no field {field}", field=f"{{{unknown[0]}}}"))
            if set(_FIELD.sub("", part)) & set("{}"):
                raise _bad(self.pattern, tr("a brace without its partner"))

    @property
    def parts(self) -> tuple[str, ...]:
        """One folder each, outermost first."""
        return tuple(self.pattern.split("/"))

    def example(self, group: str, photo: Photo) -> str:
        """The folder that a photo of a group would go into, as text for a person."""
        return "/".join(safe_folder_name(_fill(part, photo, group)) for part in self.parts)


def field_in(name: str) -> str:
    """The first field that a name holds, with its braces; empty where there is none."""
    return next((f"{{{field}}}" for field in _FIELD.findall(name) if field in _FIELDS), "")


def _bad(pattern: str, reason: str) -> UsageError:
    fields = ", ".join(f"{{{name}}}" for name in FIELDS)
    return UsageError(
        "bad-pattern",
        tr("The folder pattern “{pattern}” cannot be used: {reason}.", pattern=pattern, reason=reason),
        tr("The fields are {fields}; an example: {example}.", fields=fields, example="{year}/{group}"),
    )


def _fill(part: str, photo: Photo, group: str) -> str:
    return _FIELD.sub(lambda match: _FIELDS[match[1]](photo, group), part)


class Folders:
    """Chooses folders, no two of which any disk takes for one; an existing folder keeps its spelling.

    A file or a link that has the name is left alone, and the folder gets a number.

    Args:
        destination: where they go; it need not exist.
        layout: the pattern.
        groups: name of each group. Two groups never share a folder that is named after them, however alike the names.
    """

    def __init__(self, destination: Path, layout: Layout, groups: Sequence[str]) -> None:
        self._destination = destination
        self._layout = layout
        self._groups = groups
        self._standing: dict[Path, dict[str, list[str]]] = {}
        self._used: dict[Path, set[str]] = {}
        self._chosen: dict[tuple[Path, object], Path] = {}
        self._names_group = any("{group}" in part for part in layout.parts)
        # The groups' own folders are chosen in the order of the groups, whatever order photos come in.
        if layout.parts[0] == "{group}":
            for group, name in enumerate(groups):
                self._below(destination, safe_folder_name(name), (group, fold(name)))

    @property
    def by_group(self) -> bool:
        """Whether a folder holds photos of one group only."""
        return self._names_group

    def of(self, photo: Photo, group: int) -> Path:
        """The folder of a photo that is in the group at this place in the list."""
        folder = self._destination
        for part in self._layout.parts:
            name = _fill(part, photo, self._groups[group])
            key = (group, fold(name)) if "{group}" in part else fold(safe_folder_name(name))
            folder = self._below(folder, safe_folder_name(name), key)
        return folder

    def _below(self, parent: Path, wanted: str, key: object) -> Path:
        if (parent, key) not in self._chosen:
            standing = self._names_in(parent)
            used = self._used.setdefault(parent, set())
            numbered = (unit_names([wanted], number)[0] for number in count(1))
            name = next(
                name
                for name in numbered
                if fold(name) not in used
                and all(_is_real_folder(parent / other) for other in standing.get(fold(name), ()))
            )
            used.add(fold(name))
            there = standing.get(fold(name), [])
            self._chosen[parent, key] = parent / (name if name in there or not there else there[0])
        return self._chosen[parent, key]

    def _names_in(self, folder: Path) -> dict[str, list[str]]:
        if folder not in self._standing:
            found = self._standing[folder] = {}
            if folder.is_dir():
                for name in sorted(os.listdir(folder)):  # noqa: PTH208 - names only
                    found.setdefault(fold(name), []).append(name)
        return self._standing[folder]


def _is_real_folder(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)
