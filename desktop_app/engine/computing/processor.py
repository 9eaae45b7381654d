"""The processor this machine computes with."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
from pathlib import Path

_TOLD_BY_LINUX = Path("/proc/cpuinfo")


def processor_name() -> str:
    """What the processor is called, such as ``AMD EPYC 7763 64-Core Processor``; never empty."""
    # /proc is exact; the standard library's answer is empty or just "x86_64" on most Linux systems.
    return _told("model name") or platform.processor() or platform.machine() or "unknown processor"


def processor_kind() -> str:
    """The same for processors that compute alike: the name, and a hash of what the processor says it can do.

    In virtual machines very different ones have the same name, such as ``AMD EPYC``.
    """
    able = sorted((_told("flags") or _told("Features")).split())
    return f"{processor_name()} {hashlib.blake2b(' '.join(able).encode(), digest_size=4).hexdigest()}"


def _told(what: str) -> str:
    """What Linux tells of the first core; empty where it tells nothing."""
    with contextlib.suppress(OSError):
        for line in _TOLD_BY_LINUX.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == what:
                return value.strip()
    return ""


def usable_cores() -> int:
    """Cores this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
