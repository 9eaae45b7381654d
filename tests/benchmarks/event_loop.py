"""How long the window lets a person wait: the longest blocks of its event loop, station by station.

    python -m tests.benchmarks.event_loop [--photos 8000] [--reopen 96000]

The stations of `tests/gui/test_journey.py` with ``--photos`` drawn photos, which are looked at for the first time, and
then the reopening of ``--reopen`` photos that the cache knows already. A block is the time from a question of another
thread to the answer of the loop; what the loop was doing is the program's innermost line seen meanwhile. Prints tables;
asserts nothing. No screen is needed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_app.engine.settings import Settings
from desktop_app.gui.collecting import Collecting
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.dialogs.teach import TeachDialog
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.photo_order import Sort
from tests.helpers.hands import click, dialog, pause, press, until
from tests.helpers.laid_library import lay_cache, lay_files
from tests.helpers.memory import peak_mib
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.watchdog import Watchdog

_MOST = 0.05  # seconds that nobody notices
_NAMED = 4
_SETTLE = 400  # ms for what a station leaves behind: thumbnails, texts, saving


class Stations:
    """Prints a line for each station: how long it took, its longest block, and what was done in blocks over 50 ms."""

    def __init__(self, watchdog: Watchdog) -> None:
        self._watchdog = watchdog
        print(f"{'station':34} {'seconds':>8} {'longest':>7} {'own':>5}  in blocks over 50 ms: ms, own ms, doing")

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        pause(20)  # whatever was prepared before is no block of the window
        self._watchdog.take()
        began = time.perf_counter()
        yield
        took = time.perf_counter() - began
        pause(_SETTLE)
        blocks = self._watchdog.take()
        places: dict[str, str] = {}
        for block in blocks:
            if block.seconds > _MOST:
                place = block.place or "(Qt)"
                places.setdefault(place, f"{1000 * block.seconds:.0f} ({1000 * block.own:.0f}) {place}")
        longest = 1000 * max((block.seconds for block in blocks), default=0.0)
        own = 1000 * max((block.own for block in blocks), default=0.0)
        told = "; ".join(list(places.values())[:_NAMED])
        print(f"{name:34} {took:8.2f} {longest:7.0f} {own:5.0f}  {told}", flush=True)


def at_rest(window: MainWindow) -> None:
    """Until the groups are there and nothing runs."""

    def over() -> bool:
        soon = window.grouping.soon.isActive() or window.tools._k_soon.isActive()
        return window.state.clustering is not None and not soon and not window.runner.is_busy()

    until(over)


def opened(settings: Settings) -> MainWindow:
    """The window, in sight, as `main_window.run` opens it."""
    sys.setswitchinterval(0.001)
    window = MainWindow(settings)
    Collecting(window.runner)
    window.resize(1366, 768)
    window.show()
    window.organizer.start_up()
    return window


def evening(station: Stations, settings: Settings, folder: Path) -> None:
    """From the folder to sorted copies and back."""
    with station("start, empty"):
        window = opened(settings)
        until(window.isActiveWindow)
    with station("open: look at all, group"):
        window.handlers.open_folder(folder)
        at_rest(window)
    with station("k on the elbow"):
        chart = window.elbow.chart
        click(chart, QPoint(round(chart.x_of(9)), chart.height() // 2))
        at_rest(window)
    choose_group(station, window)
    grid_stations(station, window)
    map_stations(station, window)
    with station("unsure below 90 %"):
        window.groups_view.unsure.setValue(90)
        at_rest(window)
    if window.menus["unsure"].isEnabled():
        with station("decide: three photos"):
            window.menus["unsure"].trigger()
            for key in ("Return", "S", "Return"):
                press(key)
                pause(100)
            press("Escape")
    with station("teach"):
        window.menus["teach"].trigger()
        teach = dialog(TeachDialog)
        until(lambda: "Looking" not in teach.said.text())
        teach.accept() if teach.go.isEnabled() else teach.reject()
    with station("undo, redo"):
        window.menus["undo"].trigger()
        window.menus["redo"].trigger()
    with station("lock, regroup"):
        window.menus["lock_group"].trigger()
        window.tools.k.setValue(14)
        at_rest(window)
    files(station, window, folder)
    with station("close"):
        window.close()
        until(lambda: not window.runner.is_busy())
    with station("start again"):
        again = opened(settings)
        until(again.isActiveWindow)
    with station("open again"):
        again.handlers.open_folder(folder)
        at_rest(again)
    again.close()
    until(lambda: not again.runner.is_busy())


def choose_group(station: Stations, window: MainWindow) -> None:
    """Groups: chosen, named, merged."""
    groups, state = window.groups_view, window.state
    with station("choose groups"):
        for row in (1, 2, 3, 0):
            groups.list.setCurrentIndex(groups.model.index(row))
            pause(50)
    with station("rename"):
        window.corrections.rename(state.groups[0].id, "First")
    with station("merge"):
        window.corrections.merge([state.groups[1].id, state.groups[2].id])


def grid_stations(station: Stations, window: MainWindow) -> None:
    """The grid: scrolled, sorted, selected, filed."""
    grid, state, groups = window.grid, window.state, window.groups_view
    groups.list.setCurrentIndex(groups.model.index(0))
    with station("grid: to the end and back"):
        grid.list.setFocus()
        for key in ("End", "Home", "PgDown", "PgDown"):
            press(key)
            pause(100)
    with station("grid: select all"):
        press("Ctrl+A")
    with station("grid: sort by name, headings, back"):
        for sort in (Sort.NAME, Sort.DATE, Sort.SIZE):
            grid.sort(sort)
            pause(20)
        grid.order_button.headings.setChecked(True)
        pause(20)
        grid.sort(Sort.LIKENESS)
    with station("file 50 photos by a key"):
        state.set_selection(grid.model.ids[:50])
        press("1")
    with station("look closely"):
        press("Space")
        pause(200)
        press("Right")
        pause(200)
        press("Escape")


def map_stations(station: Stations, window: MainWindow) -> None:
    """The map: zoomed, moved over, a lasso around most of it, a new group of a few."""
    plot, state = window.scatter.plot, window.state
    with station("map: zoom, hover"):
        for number in range(30):
            window.scatter._zoom(0.8 if number < 15 else 1.25)
            QTest.mouseMove(plot.viewport(), QPoint(100 + 8 * number, 100))
            pause(10)
    with station("map: lasso of everything"):
        area = plot.viewport().rect().adjusted(4, 4, -4, -4)
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPolygonF

        state.set_selection(window.scatter._enclosed(QPolygonF(QRectF(area))))
    with station("new group of 100"):
        window.corrections.new_group(state.groups[0].photo_ids[:100], "A hundred")


def files(station: Stations, window: MainWindow, folder: Path) -> None:
    """Plan, copies, and back."""
    sorted_to = folder.parent / "Sorted"
    with station("organize: plan"):
        window.tools.organize.click()
        organize = dialog(OrganizeDialog)
        organize.destination.setText(str(sorted_to))
        organize.pattern.setCurrentText("{year}/{group}")
        until(lambda: organize.go.isEnabled() and not organize._plan_soon.isActive())
    with station("organize: copy"):
        organize.accept()
        until(lambda: "copied" in window.notice.text.text())
    with station("undo of the files"):
        run = window.organizer.runs[0]
        window.handlers.organizing.undo_run(run.id)
        box = dialog(QMessageBox)
        next(one for one in box.buttons() if one.text().startswith("Take back")).click()
        until(lambda: "taken back" in window.notice.text.text() and not window.organizer.is_busy)


def reopening(station: Stations, settings: Settings, folder: Path, count: int) -> None:
    """A large folder that was grouped before."""
    window = opened(settings)
    until(window.isActiveWindow)
    with station(f"{count:,} known photos, first grouping"):
        window.handlers.open_folder(folder)
        at_rest(window)
    window.close()
    until(lambda: not window.runner.is_busy())
    window.deleteLater()
    for name in ("open again", "once more"):
        window = opened(settings)
        until(window.isActiveWindow)
        shown: list[float] = []
        with station(f"{count:,}: {name}"):
            began = time.perf_counter()
            window.state.groups_changed.connect(partial(seen, window, began, shown))
            window.handlers.open_folder(folder)
            at_rest(window)
        print(f"    groups on screen after {shown[0]:.2f} s; peak memory {peak_mib():.0f} MiB", flush=True)
        if name == "once more":
            with station(f"{count:,}: look again (F5)"):
                window.menus["rescan"].trigger()
                pause(50)
                at_rest(window)
        window.close()
        until(lambda window=window: not window.runner.is_busy())
        window.deleteLater()


def seen(window: MainWindow, began: float, shown: list[float]) -> None:
    """Note when the groups are painted for the first time."""
    if window.state.groups and not shown:
        window.groups_view.repaint()
        shown.append(time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=8_000)
    parser.add_argument("--reopen", type=int, default=96_000)
    chosen = parser.parse_args()
    application = QApplication([])
    with tempfile.TemporaryDirectory() as home:
        os.environ["KINDRED_HOME"] = home
        make_tiny_model(Path(home) / "models" / "tiny", dim=512)
        settings = Settings(model="tiny")
        with Watchdog() as watchdog:
            station = Stations(watchdog)
            if chosen.photos:
                lay_files(Path(home) / "in" / "Photos", chosen.photos)
                evening(station, settings, Path(home) / "in" / "Photos")
            if chosen.reopen:
                folder = Path(home) / "large" / "Photos"
                lay_cache(folder, lay_files(folder, chosen.reopen), settings)
                reopening(station, settings, folder, chosen.reopen)
        application.closeAllWindows()


if __name__ == "__main__":
    main()
