"""How counts, sizes, durations, paths, progress and suggestions are said, once, for both faces."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

from desktop_app.engine.language import decimal, figure, tr, tr_noop

if TYPE_CHECKING:
    from desktop_app.engine.job import Progress
    from desktop_app.engine.types import Elbow

# Directional controls can make "gpj.exe" read "exe.jpg".
_DIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = re.compile(r"[_-](?=\w)|[^\W_]{16}(?=[^\W_]{8})")
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](.+))?")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

ELSEWHERE = tr_noop("If the folder was moved or renamed, open it where it is now; if its disk is away, connect it.")
"""What a person can do about a folder that is not there any more."""


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """``1 photo``, ``6,214 photos``: for the command line, which speaks English only."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def duration(seconds: float) -> str:
    """``8 s``, ``1 min 40 s``, ``2 h 5 min``: as exact as an estimate deserves."""
    whole = max(1, round(seconds))
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        rest = rest // 10 * 10
        if rest and minutes < 10:
            return tr("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
        return tr("{minutes} min", minutes=minutes)
    hours, minutes = divmod(minutes, 60)
    if minutes:
        return tr("{hours} h {minutes} min", hours=figure(hours), minutes=minutes)
    return tr("{hours} h", hours=figure(hours))


_SIZES = (tr_noop("{number} kB"), tr_noop("{number} MB"), tr_noop("{number} GB"), tr_noop("{number} TB"))


def data_size(size: int) -> str:
    """``512 bytes``, ``4.1 GB``, in powers of 1000 as file managers count."""
    if size < 1000:
        return tr("%n bytes", "", size, one="%n byte")
    value = float(size)
    for text in _SIZES:
        value /= 1000
        if value < 999.5 or text == _SIZES[-1]:
            break
    return tr(text, number=decimal(value, 0 if value >= 100 else 1))


def moment(time: str, *, seconds: bool = True) -> str:
    """A time as a person reads it: ``2024-05-09 18:30:00``.

    Args:
        time: as ISO 8601 has it; whatever else is said as it is.
        seconds: whether they are said.
    """
    found = _TIME.fullmatch(time)
    if found is None:
        return time
    year, month, day, clock = found.groups()
    date = tr("{year}-{month}-{day}", year=year, month=month, day=day)
    return f"{date} {clock if seconds else clock[:5]}" if clock else date


def progress_text(event: Progress) -> str:
    """``Looking at photos · 1,204 of 6,214 · 61/s · about 1 min 40 s left``, figures once they mean something."""
    parts = [tr(event.text)]  # a process beside this one speaks English
    if event.total > 0:
        parts.append(tr("{done} of {total}", done=figure(event.done), total=figure(event.total)))
    elif event.done > 0:
        parts.append(figure(event.done))
    left = event.seconds_left
    if event.seconds > 1.0 and event.total > 0 and left is not None:
        if event.rate >= 1:
            parts.append(tr("{number}/s", number=decimal(event.rate, 0)))
        if left >= 1:
            parts.append(tr("about {time} left", time=duration(left)))
    return " · ".join(parts)


def breakable(name: str) -> str:
    """A file name that a narrow label may break where Qt itself would cut it off.

    After underscores and hyphens, and within what goes on for long without either, as hashes do.
    """
    return _BREAKS.sub("\\g<0>\u200b", name)


_STRENGTHS = {
    "clear": tr_noop("That is fairly sure."),
    "weak": tr_noop("It may well be more or fewer."),
}


def suggestion(elbow: Elbow) -> str:
    """The suggested number and how sure it is: ``9 groups suggested (8 to 12 would also do). That is fairly sure.``.

    Where nothing can be known, the sentence offers few groups and many.
    """
    if len(elbow.k) >= 2 and elbow.strength == "none":
        return _unknown(elbow)
    low = elbow.low + (elbow.low == elbow.suggested)
    high = elbow.high - (elbow.high == elbow.suggested)
    n = elbow.suggested
    if elbow.low == elbow.high:
        text = tr("%n groups suggested.", "", n, one="%n group suggested.")
    elif low == high:
        text = tr(
            "%n groups suggested ({k} would also do).", "", n, one="%n group suggested ({k} would also do).", k=low
        )
    else:
        text = tr(
            "%n groups suggested ({low} to {high} would also do).",
            "",
            n,
            one="%n group suggested ({low} to {high} would also do).",
            low=low,
            high=high,
        )
    return f"{text} {tr(_STRENGTHS[elbow.strength])}" if len(elbow.k) >= 2 else text


def _unknown(elbow: Elbow) -> str:
    if elbow.low == elbow.high:
        return tr("The photos do not say how many groups there are. {k} is a guess.", k=elbow.suggested)
    return tr(
        "The photos do not say how many groups there are. {k} is a guess. "
        "Take {low} for few large groups, {high} for many small ones.",
        k=elbow.suggested,
        low=elbow.low,
        high=elbow.high,
    )


def cache_trouble(trouble: str) -> str:
    """What `Cache.trouble` means for a person."""
    return tr(
        "The cache keeps nothing new: {trouble}. "
        "Until that is mended, or KINDRED_HOME names another place, photos are embedded again each time.",
        trouble=trouble,
    )


def display_path(path: str | bytes | os.PathLike[str]) -> str:
    """Give a path in a printable form: control characters, text direction marks and bytes that are no text escaped.

    The result is for eyes only; it does not lead back to the file.
    """
    text = os.fsdecode(path)
    return text if text.isascii() and text.isprintable() else "".join(_escape(character) for character in text)


def _escape(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":  # os.fsdecode keeps the byte 0xNN, which is no UTF-8, as U+DCNN
        code = ord(character)
        return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
    if category in ("Cc", "Zl", "Zp") or character in _DIRECTIONAL:
        code = ord(character)
        return _NAMED.get(character) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
    return character
