"""The tables of the report: which figures answer a question, and how they are set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .figures import Measurement

Place = Callable[[Measurement], tuple[str, str] | None]
"""Line and column that a figure stands in; None where it is not in the table."""

# What a figure means decides its digits: a tenth of an octave is 7 % of the number of groups, a tenth of a percent is
# less than seeds differ by.
_DECIMALS = {
    "error, octaves": 2,
    "bias, octaves": 2,
    "interval, octaves": 2,
    "Spearman": 2,
    "Spearman, selection loss": 2,
    "Spearman, own probe": 2,
    "selection loss": 2,
    "label-free": 2,
    "kept": 0,
    "photos seen / 1000": 0,
    "doubt, nats": 2,
    "loss at the end": 3,
    "steps at log 2": 0,
}
_LOW_IS_GOOD = {"error, octaves", "loss at the end", "steps at log 2"}
_UNRANKED = {
    "groups",
    *("interval, octaves", "holds", "said", "said of one kind", "right then"),
    *("bias, octaves", "suggested k", "knee", "kept", "label-free", "photos seen / 1000", "chance", "confident share"),
    *("largest share", "smallest share", "clusters in a folder", "Spearman", "hours"),
    *("by guessing", "clusters used", "doubt, nats", "NMI with the epoch before"),
}
_COUNTS = {"groups", "knee", "suggested k", "clusters", "used clusters", "clusters used", "k"}
_WITHOUT_SPREAD = {"kept"}  # a share of a few yes and no


@dataclass(frozen=True, slots=True)
class Table:
    """One question, and the figures that answer it.

    Attributes:
        question: its heading.
        reading: what stands in the lines and columns, and what chance would give, in plain words; ``{chance}`` is
            filled with the mean of the figures called ``chance``.
        lines: what the lines are; the heading of the first column.
        place: where each figure stands.
        reference: lines that bound the others, such as controls: set in italics, and never the best.
        development: lines whose figures had a part in choosing what they measure, and are so marked; ``all`` marks all.
        training: whether to say how long was trained.
    """

    question: str
    reading: str
    lines: str
    place: Place
    reference: tuple[str, ...] = ()
    development: tuple[str, ...] = ()
    training: bool = False


def by_metric(columns: Mapping[str, str] | Iterable[str], *, data: str = "") -> Place:
    """A line a variant, a column a metric.

    Args:
        columns: metrics, or metric -> heading.
        data: take only figures measured on it; empty takes all.
    """
    headings = dict(columns) if isinstance(columns, Mapping) else {name: name for name in columns}

    def place(m: Measurement) -> tuple[str, str] | None:
        return (m.variant, headings[m.metric]) if m.metric in headings and data in ("", m.data) else None

    return place


def crossed(columns: Mapping[str, str], part: int = 0) -> Place:
    """Of variants such as ``features; method``, one part in the columns, the rest in the lines.

    Args:
        columns: metric -> heading, which follows that part; empty adds nothing.
        part: number of the part that stands in the columns.
    """

    def place(m: Measurement) -> tuple[str, str] | None:
        parts = m.variant.split("; ")
        if m.metric not in columns or len(parts) < 2:
            return None
        column = parts.pop(part)
        return "; ".join(parts), f"{column}: {columns[m.metric]}" if columns[m.metric] else column

    return place


def rendered(table: Table, measured: Sequence[Measurement], noted: set[str]) -> Iterator[str]:
    """The table in Markdown, under its question; nothing where there are no figures for it.

    Args:
        table: which figures, and where.
        measured: of the row.
        noted: notes that stand in the report already; those of this table are added.
    """
    cells: dict[str, dict[str, list[Measurement]]] = {}
    columns: dict[str, None] = {}
    for m in measured:
        if place := table.place(m):
            cells.setdefault(place[0], {}).setdefault(place[1], []).append(m)
            columns[place[1]] = None
    if not cells:
        return
    shown = {m.variant for line in cells.values() for found in line.values() for m in found}
    chance = [m.value for m in measured if m.metric == "chance" and m.variant in shown]
    reading = table.reading.format(chance=f"{np.mean(chance):.0f}" if chance else "unknown")
    seeds = {line: max(len({m.seed for m in found}) for found in row.values()) for line, row in cells.items()}
    alike = len(set(seeds.values())) == 1
    yield f"### {table.question}\n"
    yield f"{reading}{f' {_runs(next(iter(seeds.values())))}' if alike else ''}\n"
    further = ([] if alike else ["seeds"]) + (["training"] if table.training else [])
    headings = [table.lines, *columns, *further]
    yield f"| {' | '.join(headings)} |"
    yield "|---" + "|---:" * (len(headings) - 1) + "|"
    best = {column: _best(column, cells, table.reference) for column in columns}
    for line, row in cells.items():
        values = [_set(row.get(column, []), bold=line in best[column]) for column in columns]
        values += [] if alike else [str(seeds[line])]
        values += [_training(next(iter(row.values())))] if table.training else []
        yield f"| {_label(line, table)} | {' | '.join(values)} |"
    yield from _notes(cells, noted)


def _label(line: str, table: Table) -> str:
    marked = f"{line} (development)" if line in table.development or table.development == ("all",) else line
    return f"*{marked}*" if line in table.reference else marked


def _runs(seeds: int) -> str:
    return f"Means ± standard deviations of {seeds} seeds." if seeds > 1 else "One run each."


def _best(
    column: str, cells: Mapping[str, Mapping[str, Sequence[Measurement]]], reference: tuple[str, ...]
) -> set[str]:
    """The lines with the best mean, as it is shown; none where figures are not ranked or stand alone."""
    found = {line: row[column] for line, row in cells.items() if column in row and line not in reference}
    metric = next(iter(found.values()))[0].metric if found else ""
    if len(found) < 2 or _meaning(metric) in _UNRANKED:
        return set()
    means = {line: round(float(np.mean([m.value for m in row])), _decimals(metric)) for line, row in found.items()}
    wanted = min(means.values()) if metric in _LOW_IS_GOOD else max(means.values())
    return {line for line, mean in means.items() if mean == wanted}


def _set(found: Sequence[Measurement], *, bold: bool) -> str:
    if not found:
        return "–"
    text = summary([m.value for m in found], found[0].metric)
    return f"**{text}**" if bold else text


def summary(values: Sequence[float], metric: str) -> str:
    """Mean and, where seeds differ in the digits that are shown, standard deviation.

    Args:
        values: one a seed.
        metric: decides the digits.
    """
    decimals = _decimals(metric)
    mean, spread = float(np.mean(values)), float(np.std(values))
    if _meaning(metric) in _COUNTS and len(set(values)) == 1:
        return f"{mean:.0f}"
    text = f"{mean:.{decimals}f}".replace("-0.00", "0.00")
    varies = round(spread, decimals) > 0 and metric not in _WITHOUT_SPREAD
    return f"{text} ± {spread:.{decimals}f}" if varies else text


def _meaning(metric: str) -> str:
    """A metric without the folder that it was taken on, or the stage that it tells the hours of."""
    return "hours" if metric.startswith("hours for ") else metric.rpartition(": ")[2]


def _decimals(metric: str) -> int:
    return _DECIMALS.get(_meaning(metric), 1)


def _training(found: Sequence[Measurement]) -> str:
    """Epochs and time behind a line's figures."""
    epochs, seconds = (float(np.mean(values)) for values in ([m.epochs for m in found], [m.seconds for m in found]))
    time = f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.0f} s"
    digits = 0 if epochs >= 10 else 1 if epochs >= 1 else 2
    return f"{epochs:.{digits}f} epochs, {time}" if epochs else "none"


def _notes(cells: Mapping[str, Mapping[str, Sequence[Measurement]]], noted: set[str]) -> Iterator[str]:
    """What a reader has to know about some lines, or about all."""
    lines_of: dict[str, dict[str, None]] = {}
    for line, row in cells.items():
        for note in {m.note: None for found in row.values() for m in found if m.note not in ("", *noted)}:
            lines_of.setdefault(note, {})[line] = None
    noted.update(lines_of)
    if lines_of:
        yield ""
    for note, lines in lines_of.items():
        named = ", ".join(f"`{line}`" for line in lines)
        yield f"- {note[0].upper()}{note[1:]}" + ("." if len(lines) == len(cells) else f": {named}.")
