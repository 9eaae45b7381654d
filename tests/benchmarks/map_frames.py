"""How long a frame of the map takes: panned, drawn and painted, with 1,000 to 1,000,000 points. Asserts nothing.

    python -m tests.benchmarks.map_frames [--counts 1000 100000 1000000] [--frames 40]

Wanted are 4 ms at 100,000 points and 20 ms at 1,000,000, far out and zoomed in alike. By the clock, and by the thread's
own processor time, which does not count what other programs took of the machine meanwhile.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from desktop_app.engine.curation import Curation, arrange, group_ids, groups_of
from desktop_app.engine.types import UNSURE, Clustering, Projection
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.views.scatter import ScatterView
from desktop_app.gui.views.thumbnails import Thumbnails

_GROUPS = 12


def fill(state: AppState, count: int) -> None:
    """Clouds of points, one in twenty of them unsure."""
    rng = np.random.default_rng(0)
    ids = np.arange(1, count + 1, dtype=np.int64)
    labels = rng.integers(0, _GROUPS, count).astype(np.int32)
    xy = (rng.normal(size=(_GROUPS, 2)) * 6)[labels] + rng.normal(size=(count, 2))
    best, second = labels.astype(np.int32), ((labels + 1) % _GROUPS).astype(np.int32)
    labels[rng.random(count) < 0.05] = UNSURE
    state.set_folder(Path("/album"))
    none = np.zeros((2, 4), dtype=np.float32)
    state.set_projection(Projection(ids, xy.astype(np.float32), none[0], none, np.array([0.3, 0.2])))
    clustering = Clustering(ids, labels, np.ones(count, np.float32), "kmeans", {"k": _GROUPS}, 0, best, second)
    known, groups = arrange(Curation(), groups_of(clustering))
    state.set_clustering(clustering, known, groups, group_ids(ids, groups))


def measure(view: ScatterView, frames: int, zoom: float) -> str:
    """Milliseconds a frame at a zoom: median and the slowest twentieth by the clock, median of processor time."""
    view.show_everything()
    box = view.plot.getViewBox()
    box.scaleBy((zoom, zoom))
    clock, own = [], []
    for number in range(frames):
        began, began_own = time.perf_counter(), time.thread_time()
        box.translateBy(x=(box.viewRect().width() / 200) * (1 if number % 20 < 10 else -1))
        view.plot.viewport().repaint()
        clock.append(1000 * (time.perf_counter() - began))
        own.append(1000 * (time.thread_time() - began_own))
    slow = float(np.percentile(clock, 95))
    return f"{median(clock):7.2f} {slow:7.2f} {median(own):7.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 8_000, 100_000, 1_000_000])
    parser.add_argument("--frames", type=int, default=40)
    chosen = parser.parse_args()
    application = QApplication([])
    runner = JobRunner()
    print("  points   zoom   median  95 %    own (ms)   made anew (ms)")
    for count in chosen.counts:
        state = AppState()
        view = ScatterView(state, Thumbnails(runner))
        view.resize(840, 480)
        view.show()
        began = time.perf_counter()
        fill(state, count)
        made = 1000 * (time.perf_counter() - began)
        application.processEvents()
        for zoom in (1.0, 0.5, 0.1, 0.02):
            print(f"{count:9,} {1 / zoom:5.0f} x {measure(view, chosen.frames, zoom)} {made:12.0f}", flush=True)
        view.close()
    runner.close()


if __name__ == "__main__":
    main()
