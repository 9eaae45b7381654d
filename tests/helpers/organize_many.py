"""Plans, applies or takes back a large move, and prints as JSON what it did and what it took.

``python -m tests.helpers.organize_many plan|apply|undo HOME DESTINATION``
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path

import numpy as np

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.types import Group
from tests.helpers.memory import peak_mib
from tests.helpers.sample_library import photo_of

FILES = 50_000

if __name__ == "__main__":
    job, home, destination = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    journals, plan_file = home / "journals", home / "plan"
    done, refused = [], []
    started = time.perf_counter()
    if job == "plan":
        photos = {}
        for i in range(FILES):
            path = home / "photos" / f"{i // 250}" / f"{i}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"photo %d " % i * 8)
            photos[i] = photo_of(i, path)
        ids = np.arange(FILES)
        groups = [Group(g, f"Group {g}", ids[ids % 20 == g], g) for g in range(20)]
        plan_file.write_bytes(
            pickle.dumps(make_plan(home / "photos", groups, photos, destination, "move", JobContext()))
        )
    elif job == "apply":
        applied = apply(pickle.loads(plan_file.read_bytes()), journals, JobContext())
        done, refused = list(applied.done), [problem.path.stem for problem in applied.problems]
    else:
        undone = undo(None, journals, JobContext())
        done, refused = list(undone.restored), [problem.path.stem for problem in undone.kept]
    seconds = time.perf_counter() - started
    print(json.dumps({"done": len(done), "refused": refused, "seconds": seconds, "peak_mib": peak_mib()}))
