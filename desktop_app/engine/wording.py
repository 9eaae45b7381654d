"""Numbers, sizes and durations in a person's words."""

from __future__ import annotations

from desktop_app.engine.job import Progress


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """``1 photo``, ``6,214 photos``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def duration(seconds: float) -> str:
    """``8 s``, ``1 min 40 s``, ``2 h 5 min``: as exact as an estimate deserves."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        rest = rest // 10 * 10
        return f"{minutes} min {rest} s" if rest and minutes < 10 else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def data_size(size: int) -> str:
    """``512 bytes``, ``4.1 GB``, in powers of 1000 as file managers count."""
    if size < 1000:
        return counted(size, "byte")
    value = float(size)
    for unit in ("kB", "MB", "GB", "TB"):
        value /= 1000
        if value < 999.5 or unit == "TB":
            break
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.1f} {unit}"


def progress_text(event: Progress) -> str:
    """``Looking at photos · 1,204 of 6,214 · 61/s · about 1 min 40 s left``, figures once they mean something."""
    parts = [event.text]
    if event.total > 0:
        parts.append(f"{event.done:,} of {event.total:,}")
    elif event.done > 0:
        parts.append(f"{event.done:,}")
    left = event.seconds_left
    if event.seconds > 1.0 and event.total > 0 and left is not None:
        if event.rate >= 1:
            parts.append(f"{event.rate:,.0f}/s")
        if left >= 1:
            parts.append(f"about {duration(left)} left")
    return " · ".join(parts)


def breakable(name: str) -> str:
    """A file name that a narrow label may break after each underscore, where Qt itself would cut it off."""
    return name.replace("_", "_\u200b")
