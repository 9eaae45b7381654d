"""Where a person was in a folder: order, filter, place, selection and map are there again when it is opened again.

What was decided about groups, the chosen group among it, is the engine's (`curation`); this is the window's own, in a
file beside that one. It holds nothing that could not be done again with a few clicks: what cannot be read is forgotten,
and what cannot be written is logged.
"""

from __future__ import annotations

import base64
import json
import logging
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np
from PySide6.QtCore import QObject

from desktop_app.engine import curation
from desktop_app.engine.files import whole_file
from desktop_app.engine.strict import StrictError, limits, read
from desktop_app.engine.types import Int64Array
from desktop_app.gui.app_state import AppState
from desktop_app.gui.views.grid import GridView
from desktop_app.gui.views.photo_order import Sort, Wanted
from desktop_app.gui.views.scatter import ScatterView

_VERSION = 1
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """How one folder was left.

    Attributes:
        version: of this form.
        sort: order of the photos.
        headings: whether dates stood between them.
        names: whether their names stood on them.
        filtering: whether the filter was open.
        wanted: what it asked for.
        top: id of the photo at the upper edge; 0 at the very beginning.
        current: id of the photo that was looked at; 0 for none.
        selection: ids of the selected photos, int64, little-endian, ascending, as base64.
        seen: of the map, left, bottom, right and top of what was in sight; empty for all of it.
        whole: the same four of the whole map: of another map, ``seen`` means nothing.
    """

    version: int = field(default=_VERSION, metadata=limits(low=_VERSION, high=_VERSION))
    sort: Literal["likeness", "date", "name", "size", "unsure"] = "likeness"
    headings: bool = False
    names: bool = False
    filtering: bool = False
    wanted: Wanted = field(default_factory=Wanted)
    top: int = 0
    current: int = 0
    selection: str = ""
    seen: tuple[float, ...] = ()
    whole: tuple[float, ...] = ()

    @property
    def selected(self) -> Int64Array:
        """The selected photos, int64[n]."""
        return np.frombuffer(base64.b64decode(self.selection), "<i8").astype(np.int64)


class Bookmarks(QObject):
    """Puts a bookmark into each folder that is left, and opens it there again.

    Args:
        state: says which folder is open, and what is selected.
        grid: order, filter and place.
        scatter: the part of the map in sight.
    """

    def __init__(self, state: AppState, grid: GridView, scatter: ScatterView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._grid, self._scatter = state, grid, scatter
        self._folder: Path | None = None
        self._mark = Bookmark()
        self._to_scroll = self._to_zoom = False
        state.folder_changed.connect(self._open)
        state.projection_changed.connect(self._zoom)
        # Of all that happens when groups arrive the last: the grid has the photos of the chosen one by now.
        state.selected_group_changed.connect(self._scroll)
        grid.list.verticalScrollBar().actionTriggered.connect(self._touched)

    # Coming

    def _open(self) -> None:
        folder, grid = self._state.folder, self._grid
        if folder is not None and folder != self._folder:
            # A filter that was meant for another folder would hide photos of this one; an order is a habit.
            self._mark = _load(folder) or Bookmark(sort=grid.sorted_by.value, headings=grid.has_headings,
                                                   names=grid.has_names)  # fmt: skip
        self._folder = folder
        self._to_scroll = self._to_zoom = folder is not None
        if folder is not None:
            mark = self._mark
            grid.recall(
                Sort(mark.sort), mark.wanted if mark.filtering else None, headings=mark.headings, names=mark.names
            )
            self._state.select_again(mark.selected, mark.current or None)

    def _zoom(self) -> None:
        # While photos arrive the map is a sketch of another extent, which the final one replaces.
        if self._to_zoom and self._scatter.look_at(self._mark.seen, self._mark.whole):
            self._to_zoom = False

    def _scroll(self) -> None:
        if self._to_scroll and self._state.groups:
            self._to_scroll = False
            self._grid.show_at_top(self._mark.top)

    def _touched(self) -> None:
        self._to_scroll = False  # whoever scrolls meanwhile is not taken elsewhere

    # Going

    def keep(self) -> None:
        """Remember how the open folder stands, for its next opening."""
        state, grid = self._state, self._grid
        if self._folder is None:
            return
        if state.selection.size or state.indexed:
            selection = base64.b64encode(state.selection.astype("<i8").tobytes()).decode()
            self._mark = replace(self._mark, selection=selection, current=state.selected_photo or 0)
        if not state.indexed or not state.photos:
            return  # the rest is not yet as it was left
        seen, whole = self._scatter.looked_at()
        self._mark = replace(
            self._mark,
            sort=grid.sorted_by.value,
            headings=grid.has_headings,
            names=grid.has_names,
            filtering=grid.filter_button.isChecked(),
            wanted=grid.filter.wanted,
            top=self._mark.top if self._to_scroll else grid.list.top_id(),
            seen=seen,
            whole=whole,
        )
        _save(self._folder, self._mark)


def _place(folder: Path) -> Path:
    return curation.file_of(folder).with_suffix(".window")


def _load(folder: Path) -> Bookmark | None:
    try:
        mark = read(Bookmark, json.loads(_place(folder).read_bytes()))
        return mark if mark.selected.size >= 0 else None
    except (OSError, StrictError, ValueError, RecursionError) as error:
        _log.debug("no bookmark: %s", error)
        return None


def _save(folder: Path, mark: Bookmark) -> None:
    place, document = _place(folder), asdict(mark)
    document["wanted"] = {name: value for name, value in document["wanted"].items() if value is not None}
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place) as file:
            file.write(json.dumps(document).encode())
    except OSError as error:
        _log.warning("a bookmark could not be kept: %s", error.strerror or type(error).__name__)
