"""How long the window stands still when the grid is sorted, headed or filtered. Asserts nothing.

    python -m tests.benchmarks.grid_orders [--count 96000]

Wanted are 50 ms at 96,000 photos. By the clock, and by the thread's own processor time, which does not count what other
programs took of the machine meanwhile. The table that all of it goes by is made in another thread; its line says how
long that takes, and for how long at most this one stood still meanwhile.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop_app.engine.types import Photo
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.views.grid import GridView
from desktop_app.gui.views.photo_order import PhotoTable, Sort
from desktop_app.gui.views.thumbnails import Thumbnails

_ALBUM = Path("/home/somebody/Pictures")


def photo(number: int, count: int) -> Photo:
    """One of ``count``; every fifth was taken nobody knows when."""
    year, month, day = 2005 + number % 17, 1 + number % 12, 1 + number % 28
    path = _ALBUM / f"{year}" / f"{month:02d}" / f"IMG_{number * 7919 % count:06d}.JPG"
    taken = None if number % 5 == 0 else f"{year}-{month:02d}-{day:02d}T10:{number % 60:02d}:00"
    changed = 1_500_000_000_000_000_000 + number * 10**11
    size = 100_000 + number * 104_729 % 9_000_000
    return Photo(number + 1, path, (), size, changed, f"{number}", 4000, 3000, taken, f"Camera {number % 9}")


def timed(name: str, run: Callable[[], object]) -> None:
    """Tell how long ``run`` takes, and the events that follow from it."""
    clock, own = time.perf_counter(), time.thread_time()
    run()
    QApplication.processEvents()
    print(f"{name:20s} {1e3 * (time.perf_counter() - clock):7.1f} ms, own {1e3 * (time.thread_time() - own):7.1f} ms")


def make_table(photos: list[Photo]) -> PhotoTable:
    """In another thread, as the window does."""
    made: list[PhotoTable] = []
    thread = threading.Thread(target=lambda: made.append(PhotoTable.of(photos)))
    begun, worst = time.perf_counter(), 0.0
    thread.start()
    while thread.is_alive():
        before = time.perf_counter()
        time.sleep(0)
        worst = max(worst, time.perf_counter() - before)
    print(
        f"{'table':20s} {1e3 * (time.perf_counter() - begun):7.1f} ms, this thread stood {1e3 * worst:.1f} ms at most"
    )
    return made[0]


def main() -> None:
    """Print a line for each order and filter."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=96_000)
    count = parser.parse_args().count
    application = QApplication.instance() or QApplication([])
    sys.setswitchinterval(0.001)  # as the window has it
    state, runner = AppState(), JobRunner()
    grid = GridView(state, Thumbnails(runner), 112)
    grid.resize(900, 500)
    grid.show()
    photos = sorted((photo(number, count) for number in range(count)), key=lambda one: os.fspath(one.path))
    state.set_folder(_ALBUM)
    timed("photos", lambda: state.set_photos(photos))
    state.set_table(make_table(photos))
    for sort in (Sort.NAME, Sort.SIZE, Sort.DATE):
        timed(f"by {sort}", partial(grid.sort, sort))
    timed("headings", lambda: grid.order_button.headings.setChecked(True))
    timed("no headings", lambda: grid.order_button.headings.setChecked(False))
    timed("filter", lambda: grid.filter_button.setChecked(True))
    grid.filter.text.setText("img_00")
    timed("part of the name", grid.filter.changed.emit)
    timed("year", lambda: grid.filter.year.setCurrentIndex(3))
    timed("no filter", lambda: grid.filter_button.setChecked(False))
    grid.close()
    runner.close()
    application.processEvents()


if __name__ == "__main__":
    main()
