"""Runs one organizing step on a prepared library, for tests that kill it from outside."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.undo import undo

if __name__ == "__main__":
    job, journals, plan_file = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if job == "undo":
        undo(None, journals, JobContext())
    else:
        apply(pickle.loads(plan_file.read_bytes()), journals, JobContext())
