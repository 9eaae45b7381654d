"""Opening a large known folder: when its groups are painted, when it is checked, the longest block, and memory.

    python -m tests.benchmarks.reopening [--photos 96000] [--beside CHECKOUT] [--home FOLDER] [--changing]

A folder of drawn photos that the cache knows already is opened in a window in a process of its own, ``--rounds`` times;
the first round of each checkout, which makes what is kept, is not counted. With ``--beside`` another checkout does the
same in turns, each with its own copy of the cache, and the ratios are printed. A block is the time from a question of
another thread to the answer of the loop; its own time is the processor time of the loop's thread in it, which does not
count what other programs took of the machine. With ``--changing`` one more photo, which the cache knows, comes into the
folder before each round. `kindred groups` is measured with a tenth of the photos. Prints tables;
asserts nothing. No screen is needed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_ROUNDS = 3
_ONE = "import runpy, sys; runpy.run_path(sys.argv[1])['one'](sys.argv[2])"
_LINES = {
    "ready": "window ready, s",
    "groups": "groups painted after the click, s",
    "cpu": "the same, CPU s of all threads",
    "checked": "checked, and at rest, s",
    "own": "longest block, own ms",
    "block": "longest block by the clock, ms",
    "second own": "longest block when opened once more, own ms",
    "rss": "memory when the groups are painted, MiB",
    "rss own": "    of it private, not mapped from files, MiB",
    "rest": "memory at rest, MiB",
    "rest own": "    of it private, MiB",
    "peak": "peak memory, MiB",
    "cli": "`kindred groups` of a tenth, s",
    "cli own": "`kindred groups` of a tenth, CPU s",
}


def one(folder: str) -> None:
    """Open the folder in a window of this process; prints what was measured, as JSON."""
    from PySide6.QtWidgets import QApplication

    from desktop_app.engine.settings import Settings
    from desktop_app.gui.collecting import Collecting
    from desktop_app.gui.main_window import MainWindow
    from tests.helpers.hands import pause, until
    from tests.helpers.memory import held_mib, peak_mib
    from tests.helpers.watchdog import Watchdog

    start = time.perf_counter()
    application = QApplication([])
    sys.setswitchinterval(0.001)
    window = MainWindow(Settings())
    Collecting(window.runner)
    window.resize(1366, 768)
    window.show()
    until(window.isActiveWindow)
    found: dict[str, float] = {"ready": time.perf_counter() - start}

    def painted() -> None:
        if window.state.groups and "groups" not in found:
            window.groups_view.repaint()
            found["groups"], found["cpu"] = time.perf_counter() - began, time.process_time() - used
            found["rss"], found["rss own"] = held_mib(), held_mib(mapped=False)

    def over() -> bool:
        return window.state.clustering is not None and not window.runner.is_busy() and not window.workflow.is_working

    window.state.groups_changed.connect(painted)
    with Watchdog() as watchdog:
        for own in ("own", "second own"):
            watchdog.take()
            began, used = time.perf_counter(), time.process_time()
            window.handlers.open_folder(Path(folder))
            until(over)
            found.setdefault("checked", time.perf_counter() - began)
            found.setdefault("rest", held_mib())
            found.setdefault("rest own", held_mib(mapped=False))
            pause(400)
            blocks = watchdog.take()
            found[own] = 1000 * max(block.own for block in blocks)
            found.setdefault("block", 1000 * max(block.seconds for block in blocks))
            for block in blocks[:6]:
                print(f"    {1000 * block.seconds:.0f} ms ({1000 * block.own:.0f} own) {block.place}", file=sys.stderr)
    found["peak"] = peak_mib()
    window.close()
    until(lambda: not window.runner.is_busy())
    window.deleteLater()
    pause(20)
    application.closeAllWindows()
    print(json.dumps(found))


def lay(home: Path, count: int) -> None:
    """Make the folders and the cache that knows them."""
    from desktop_app.engine.settings import Settings
    from tests.helpers.laid_library import lay_cache, lay_files

    os.environ["KINDRED_HOME"] = str(home / "laid")
    for name, photos in (("Photos", count), ("Few", count // 10)):
        folder = home / name
        lay_cache(folder, lay_files(folder, photos), Settings())


def measure(checkout: Path, home: Path, place: Path, *, quiet: bool) -> dict[str, float]:
    """One round of a checkout, whose cache lies in ``place``."""
    env = {**os.environ, "KINDRED_HOME": str(place), "PYTHONPATH": str(checkout)}
    more = subprocess.DEVNULL if quiet else None
    command = [sys.executable, "-c", _ONE, __file__, str(home / "Photos")]
    done = subprocess.run(command, cwd=checkout, env=env, check=True, stdout=subprocess.PIPE, stderr=more)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "desktop_app", "groups", str(home / "Few")]
    subprocess.run(command, cwd=checkout, env=env, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found["cli"] = time.perf_counter() - began
    found["cli own"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return found


def report(found: dict[str, list[dict[str, float]]]) -> None:
    """Print the medians, and how they compare."""
    print(f"{'median':46}" + "".join(f"{name:>12}" for name in found) + (f"{'ratio':>8}" if len(found) > 1 else ""))
    for key, text in _LINES.items():
        values = [statistics.median(round[key] for round in rounds) for rounds in found.values()]
        ratio = f"{values[0] / max(values[-1], 1e-9):8.2f}" if len(values) > 1 else ""
        print(f"{text:46}" + "".join(f"{value:12,.2f}" for value in values) + ratio)


def main() -> None:
    """Lay a library, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=96_000)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--beside", type=Path, help="another checkout, measured in turns")
    parser.add_argument("--home", type=Path, help="where the library is laid, or lies from another time")
    parser.add_argument("--changing", action="store_true", help="one photo comes before each round")
    parser.add_argument("--verbose", action="store_true", help="name the blocks")
    chosen = parser.parse_args()
    here = Path(__file__).resolve().parents[2]
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.home or Path(temporary)
        if not (home / "Photos").is_dir():
            lay(home, chosen.photos)
        waiting = Path(temporary) / "waiting"
        waiting.mkdir()
        for number in range(0, 7 * (chosen.rounds + 1) if chosen.changing else 0, 7):
            name = f"IMG_{number:06}.jpg"
            shutil.move(home / "Photos" / name, waiting / name)
        checkouts = {"here": here} | ({"beside": chosen.beside.resolve()} if chosen.beside else {})
        found: dict[str, list[dict[str, float]]] = {name: [] for name in checkouts}
        for round in range(chosen.rounds + 1):
            for path in sorted(waiting.iterdir())[: round > 0]:
                shutil.move(path, home / "Photos" / path.name)
            for name, checkout in checkouts.items():
                place = Path(temporary) / name
                if not place.exists():
                    shutil.copytree(home / "laid", place)
                measured = measure(checkout, home, place, quiet=not chosen.verbose)
                if round:
                    found[name].append(measured)
        for path in waiting.iterdir():
            shutil.move(path, home / "Photos" / path.name)
        report(found)


if __name__ == "__main__":
    main()
