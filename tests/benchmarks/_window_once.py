"""Opens a folder in a window, by previews first or ``whole``, and prints when its groups were there (`quick_grouping`).

It needs nothing of this checkout, so that a window of an earlier state can be measured as well.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main(folder: str, way: str) -> None:
    from PySide6.QtWidgets import QApplication

    from desktop_app.engine.settings import Settings
    from desktop_app.gui.main_window import MainWindow

    if way == "whole":
        with contextlib.suppress(ImportError):  # an earlier state knows no other way
            from desktop_app.engine.index import glances

            glances.FEWEST = sys.maxsize
    application = QApplication([])
    window = MainWindow(Settings())
    window.resize(1366, 768)
    window.show()
    _until(window.isActiveWindow)
    state, first = window.state, dict[str, Any]()

    def now() -> dict[str, Any]:
        groups = {str(state.photos[i].path): group.id for group in state.groups for i in group.photo_ids.tolist()}
        return {"wall": time.perf_counter() - began, "cpu": time.process_time() - used, "groups": groups}

    def shown() -> None:
        if state.groups and not first:
            first.update(now())

    state.groups_changed.connect(shown)
    began, used = time.perf_counter(), time.process_time()
    window.handlers.open_folder(Path(folder))
    _until(lambda: state.clustering is not None and not window.runner.is_busy() and not window.workflow.is_working)
    last = now()
    window.close()
    _until(lambda: not window.runner.is_busy())
    window.deleteLater()
    application.processEvents()
    application.closeAllWindows()
    print(json.dumps({"first": first, "last": last}))


def _until(there: Callable[[], object]) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    while not there():
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
