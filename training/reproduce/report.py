"""`training/RESULTS.md`, written from `training/results/*.json` alone: every figure stands there as it was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from .. import places
from . import ROWS
from .row import Measurement, Published, Row, read_results
from .targets import TARGETS

_PREAMBLE = """# Results

Written by `python -m training report` from `training/results/*.json`; not edited by hand. Ours are means ± standard
deviations over seeds; accuracies, NMI, ARI, AMI and purities in percent. ACC: clusters matched one to one with the
labels. Majority ACC: each cluster takes its most frequent label, which rises with the number of clusters and is well
above 1/k by chance, so k and the chance level stand beside it.
"""


def write_report(
    path: Path = places.RESULTS_MD, results: Path = places.RESULTS, rows: Mapping[str, Row] = ROWS
) -> Path:
    """Write the report of all rows and return its path.

    Args:
        path: of the Markdown file.
        results: folder of the files of figures.
        rows: to report; those without a file of figures stand there as not attempted.
    """
    measured = {name: read_results(results / f"{name}.json") for name in rows}
    sections = [_PREAMBLE]
    sections += ["\n".join(_section(row, measured[name])) for name, row in rows.items() if measured[name]]
    sections.append("\n".join(_not_attempted(rows, measured)))
    path.write_text("\n\n".join(section.strip() for section in sections) + "\n", encoding="utf-8")
    return path


def _section(row: Row, measured: Sequence[Measurement]) -> Iterator[str]:
    yield f"## {row.title}\n"
    yield f"`{places.COMMAND} reproduce {row.name}`. Needs {row.needs}."
    compared = [line for figure in row.published for line in _comparison(figure, measured)]
    if compared:
        yield "\n| metric | ours | published | gap | variant | source |\n|---|---|---|---|---|---|"
        yield from compared
    for data in _unique(m.data for m in measured):
        yield from _table(data, [m for m in measured if m.data == data])
    commits = ", ".join(_unique(m.git_commit[:10] + m.git_commit[40:] for m in measured))
    yield f"\nOn: {'; '.join(_unique(m.device for m in measured))}. Commits: {commits}."


def _comparison(figure: Published, measured: Sequence[Measurement]) -> Iterator[str]:
    for variant in _unique(m.variant for m in measured):
        values = [m.value for m in measured if m.metric == figure.metric and m.variant == variant]
        if values and figure.variant in ("", variant):
            published = _with_spread(figure.value, figure.spread)
            gap = f"{np.mean(values) - figure.value:+.1f}"
            yield f"| {figure.metric} | {_summary(values)} | {published} | {gap} | {variant} | {figure.source} |"


def _table(data: str, measured: Sequence[Measurement]) -> Iterator[str]:
    """Every figure measured on some data: a line a variant, a column a metric."""
    metrics = _unique(m.metric for m in measured)
    yield f"\n{data}\n"
    yield f"| variant | {' | '.join(metrics)} | seeds | epochs | minutes |"
    yield "|---" * (len(metrics) + 4) + "|"
    whole = {metric: all(m.value.is_integer() for m in measured if m.metric == metric) for metric in metrics}
    notes: dict[str, list[str]] = {}
    for variant in _unique(m.variant for m in measured):
        lines = [m for m in measured if m.variant == variant]
        cells = [_summary([m.value for m in lines if m.metric == metric], whole[metric]) for metric in metrics]
        epochs = _number(float(np.mean([m.epochs for m in lines])))
        minutes = _number(float(np.mean([m.seconds for m in lines])) / 60)
        seeds = len({m.seed for m in lines})
        yield f"| {variant} | {' | '.join(cells)} | {seeds} | {epochs} | {minutes} |"
        for note in _unique(m.note for m in lines if m.note):
            notes.setdefault(note, []).append(variant)
    if notes:
        yield ""
    for note, variants in notes.items():
        yield f"- {note} ({', '.join(variants)})"


def _not_attempted(rows: Mapping[str, Row], measured: Mapping[str, Sequence[Measurement]]) -> Iterator[str]:
    reached = {figure.target for name, row in rows.items() if measured[name] for figure in row.published}
    prepared = {figure.target: name for name, row in rows.items() for figure in row.published}
    yield "## Not attempted\n"
    yield "| system | data | metric | published | source | ours |"
    yield "|---|---|---|---|---|---|"
    for target in TARGETS:
        if target.number not in reached:
            ready = f", ready as `{prepared[target.number]}`" if target.number in prepared else ""
            cells = (target.system, target.data, target.metric, target.reported, target.source)
            yield f"| {' | '.join(cells)} | not attempted{ready} |"


def _summary(values: Sequence[float], whole: bool = False) -> str:
    """Mean and, of several values, standard deviation; counts that never vary (k) as whole numbers."""
    if not values:
        return ""
    if whole and len(set(values)) == 1:
        return f"{values[0]:.0f}"
    return _with_spread(float(np.mean(values)), float(np.std(values)) if len(values) > 1 else None)


def _with_spread(value: float, spread: float | None) -> str:
    return f"{value:.1f}" + ("" if spread is None else f" ± {spread:.1f}")


def _number(value: float) -> str:
    return f"{value:.3g}" if value else ""


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
