"""Photos that stay where they are because the person said so: no fault, but never without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop_app.engine.language import tr
from desktop_app.engine.types import UNSURE, Group, Photo


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The photos of one group that is not organized.

    Attributes:
        group: its name.
        reason: ``unsure``, no group claims them and the person wants such photos left; ``hidden``, the person left the
            group out of organizing.
        photos: each of them.
    """

    group: str
    reason: Literal["unsure", "hidden"]
    photos: tuple[Path, ...]

    @property
    def why(self) -> str:
        """The reason, as it is said of one photo."""
        if self.reason == "unsure":
            return tr("it is unsure")
        return tr("its group “{group}” is left out", group=self.group)


def left_out_of(groups: Sequence[Group], photos: Mapping[int, Photo]) -> tuple[LeftOut, ...]:
    """What is left out of ``groups``: those that are hidden, and the unsure photos where they are to stay."""
    found = []
    for group in groups:
        if group.hidden:
            paths = tuple(photos[photo_id].path for photo_id in group.photo_ids.tolist())
            found.append(LeftOut(group.name, "unsure" if group.id == UNSURE else "hidden", paths))
    return tuple(found)


def left_out_text(left_out: Sequence[LeftOut]) -> str:
    """How many stay, and why, in a sentence; empty where none does."""
    unsure = sum(len(one.photos) for one in left_out if one.reason == "unsure")
    hidden = [one for one in left_out if one.reason == "hidden"]
    parts = [tr("%n unsure photos", "", unsure, one="%n unsure photo")] if unsure else []
    if hidden:
        groups = tr("%n groups that are left out", "in them", len(hidden), one="%n group that is left out")
        photos = sum(len(one.photos) for one in hidden)
        parts.append(tr("%n photos in {groups}", "", photos, one="%n photo in {groups}", groups=groups))
    return tr("Left where they are, as you decided: {photos}.", photos=", ".join(parts)) if parts else ""
