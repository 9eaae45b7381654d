"""Memory of processes, from /proc (Linux)."""

from __future__ import annotations

from pathlib import Path


def peak_mib(process: int | str = "self") -> float:
    """Most memory a process has held, MiB; 0 once it has ended.

    Not ``ru_maxrss``: that is inherited from the process that started this one.
    """
    return _status_mib("VmHWM", process)


def held_mib(process: int | str = "self", *, mapped: bool = True) -> float:
    """Memory a process holds now, MiB; 0 once it has ended. Without ``mapped``, pages of mapped files do not count."""
    return _status_mib("VmRSS" if mapped else "RssAnon", process)


def start_peak_anew() -> None:
    """From now on, `peak_mib` of this process tells of what follows."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _status_mib(name: str, process: int | str) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)
