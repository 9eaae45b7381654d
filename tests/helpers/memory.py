"""Memory of processes, from /proc (Linux)."""

from __future__ import annotations

from pathlib import Path


def peak_mib(process: int | str = "self") -> float:
    """Most memory a process has held, MiB; 0 once it has ended.

    Not ``ru_maxrss``: that is inherited from the process that started this one.
    """
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return max((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), default=0.0)
