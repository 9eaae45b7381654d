"""A window on a real screen, worked by a real pointer: run as a program, with a display and the folder for its album.

    python -m tests.helpers.real_pointer FOLDER

`xdotool` moves the pointer, so that what Qt hears comes from the system, a drag from one pane to another included,
which a screenless platform does not carry.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from desktop_app.engine.settings import Settings
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.map_tools import Mode
from tests.helpers.hands import until
from tests.helpers.window import draw

COLORS = {"red": (200, 40, 40), "green": (40, 180, 60), "blue": (40, 60, 210)}
PAUSE = ("sleep", "0.05")


def xdotool(*words: object) -> None:
    """Let `xdotool` do this, while the window goes on working."""
    with subprocess.Popen(["xdotool", *map(str, words)]) as hands:
        until(lambda: hands.poll() is not None, "xdotool does not end")
        assert hands.returncode == 0


def at(widget: QWidget, point: QPoint) -> tuple[str, int, int]:
    """The words that bring the pointer to a place of a widget."""
    where = widget.mapToGlobal(point)
    return ("mousemove", where.x(), where.y())


def click(widget: QWidget) -> None:
    xdotool(*at(widget, widget.rect().center()), *PAUSE, "click", 1)


def drag(path: Iterable[tuple[QWidget, QPoint]]) -> None:
    """Press at the first place, go over the others, let go at the last."""
    (widget, first), *others = path
    steps = [word for one, place in others for word in (*at(one, place), *PAUSE)]
    xdotool(*at(widget, first), *PAUSE, "mousedown", 1, *PAUSE, *steps, "mouseup", 1)


def names(window: MainWindow, ids: Iterable[int]) -> set[str]:
    return {window.state.photos[photo].path.name for photo in ids}


def take_tool(window: MainWindow, mode: Mode) -> None:
    tools = window.scatter.tools
    action = tools.modes[mode]
    click(next(one for one in tools.findChildren(QToolButton) if one.defaultAction() is action))
    until(action.isChecked, f"{mode} is not taken")


def lasso(window: MainWindow) -> set[str]:
    """Draw around the cloud of the red photos; returns them."""
    scatter = window.scatter
    take_tool(window, Mode.LASSO)
    wanted = {photo.id for photo in window.state.photos.values() if photo.path.name.startswith("red")}
    places = [scatter.screen_position(photo) for photo in wanted]
    left, right = min(one.x() for one in places) - 9, max(one.x() for one in places) + 9
    top, bottom = min(one.y() for one in places) - 9, max(one.y() for one in places) + 9
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    drag([(scatter.plot.viewport(), QPoint(*corner)) for corner in corners])
    red = names(window, wanted)
    until(lambda: names(window, window.state.selection.tolist()) == red, "the lasso did not select what it goes around")
    return red


def carry(window: MainWindow, moved: set[str], start: tuple[QWidget, QPoint], to: set[str]) -> None:
    """Drag the selection from a place onto a group, and see it there."""
    groups = window.groups_view
    group = next(one for one in window.state.groups if kinds_of(window, one.photo_ids.tolist()) == to)
    row = groups.list.visualRect(groups.model.index(groups.model.row_of(group.id)))
    widget, place = start
    over = groups.list.viewport()
    drag([(widget, place), (widget, place + QPoint(14, 4)), (over, row.center() - QPoint(6, 3)), (over, row.center())])

    def there() -> bool:
        now = window.state.group(group.id)
        return now is not None and moved <= names(window, now.photo_ids.tolist())

    until(there, f"the photos were not carried to {group.name}")


def kinds_of(window: MainWindow, ids: Iterable[int]) -> set[str]:
    return {name.split()[0] for name in names(window, ids)}


def main(album: Path) -> None:
    for kind, color in COLORS.items():
        for number in range(8):
            draw(album / f"{kind} {number}.jpg", color, seed=sum(color) * 10 + number)
    application = QApplication(sys.argv[:1])
    window = MainWindow(Settings(model="tiny", workers=2))
    window.resize(1200, 760)
    window.show()
    window.handlers.open_folder(album)
    until(lambda: window.state.clustering is not None and not window.runner.is_busy(), "no groups come")
    window.tools.k_chosen.emit(3)
    until(lambda: window.state.clustering.k == 3 and not window.runner.is_busy(), "no three groups come")

    red = lasso(window)
    scatter = window.scatter
    take_tool(window, Mode.HAND)
    chosen = int(window.state.selection[0])
    carry(window, red, (scatter.plot.viewport(), scatter.screen_position(chosen)), {"green"})

    grid = window.grid.list
    blue = next(one for one in window.state.groups if kinds_of(window, one.photo_ids.tolist()) == {"blue"})
    window.state.select_group(blue.id)
    until(lambda: grid.model().rowCount() == len(blue.photo_ids), "the grid does not show the group")
    place = grid.visualRect(grid.model().index(0, 0)).center()
    first = names(window, [int(grid.model().ids[0])])  # type: ignore[attr-defined]
    carry(window, first, (grid.viewport(), place), {"red", "green"})
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
