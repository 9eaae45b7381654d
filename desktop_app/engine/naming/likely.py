"""Which words, periods and folders hold of a group: likely there, and more likely than elsewhere."""

from __future__ import annotations

import numpy as np

from desktop_app.engine.language import tr
from desktop_app.engine.naming.facts import Facts, Sums
from desktop_app.engine.naming.words import WORDS

# `python -m training reproduce names` measures what these are worth, and on what they were chosen.
LIKELY = 0.35
"""Mean probability that a word must have in a group."""
MORE = 1.6
"""How many times as probable it must be there as elsewhere."""
GENERAL = 0.45
"""The same for a word that has narrower ones, such as animals or rooms: it is easily said, and says little."""
TELLING, FAR_MORE = 0.12, 8.0
"""The same for others that are seldom sure of themselves, as those of clothes and rooms are, but stand out."""
NARROW = 0.55
"""How probable a word must be beside a broader one; else the broader one is said."""
MOST = 0.8
"""The share of a group that must come from a period or folder."""
_GENERAL = frozenset(broader for word in WORDS.values() for broader in word.broader)


def words(facts: Facts, here: Sums, elsewhere: Sums, *, sure: bool = False) -> list[str]:
    """Words that hold of a group, the most probable first.

    Args:
        facts: of the folder.
        here: shares of the group.
        elsewhere: shares of the photos that it is told apart from.
        sure: leave out words that are seldom sure of themselves.
    """
    mean = dict(zip(facts.words, elsewhere.words.tolist(), strict=True))
    found = dict(zip(facts.words, here.words.tolist(), strict=True))
    holds = {word for word, share in found.items() if _holds(word, share, mean[word], sure)}
    narrow = {
        word
        for word in holds
        if all(found[word] >= NARROW * found[broader] for broader in WORDS[word].broader if broader in holds)
    }
    said = {broader for word in narrow for broader in WORDS[word].broader}
    return sorted(narrow - said, key=lambda word: (-found[word], word))


def _holds(word: str, share: float, other: float, sure: bool) -> bool:
    if word in _GENERAL:
        return share >= GENERAL and share >= MORE * other
    return (share >= LIKELY and share >= MORE * other) or (not sure and share >= TELLING and share >= FAR_MORE * other)


def period(facts: Facts, here: Sums, elsewhere: Sums) -> str:
    """The month, season or year that a group was taken in, in words; empty where it was taken in no one.

    A season is said by its months: which of them is summer depends on where one lives.
    """
    months = np.asarray(facts.month_names, np.int64)
    for length, shift in ((1, 0), (3, 1), (12, 0)):
        starts = (months + shift) // length * length - shift
        for start in np.unique(starts).tolist():
            if _mostly(float(here.months[starts == start].sum()), float(elsewhere.months[starts == start].sum())):
                return _said(start, length)
    return ""


def folder(facts: Facts, here: Sums, elsewhere: Sums) -> str:
    """The sub-folder that a group came from; empty where it came from no one."""
    shares = zip(facts.folder_names, here.folders.tolist(), elsewhere.folders.tolist(), strict=True)
    return next((name for name, share, other in shares if _mostly(share, other)), "")


def _mostly(share: float, other: float) -> bool:
    return share >= MOST and share >= MORE * other


def _said(start: int, length: int) -> str:
    year, month = divmod(start, 12)
    if length == 12:
        return str(year)
    first = tr("{month} {year}", month=_month(month), year=year)
    if length == 1:
        return first
    last_year, last = divmod(start + length - 1, 12)
    until = tr("{month} {year}", month=_month(last), year=last_year)
    return tr("{first} to {last}", first=_month(month) if last_year == year else first, last=until)


def _month(number: int) -> str:
    return (
        tr("January"),
        tr("February"),
        tr("March"),
        tr("April"),
        tr("May"),
        tr("June"),
        tr("July"),
        tr("August"),
        tr("September"),
        tr("October"),
        tr("November"),
        tr("December"),
    )[number]
