"""The report, written from the files of figures alone: every figure stands there as it was measured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from .. import places
from ..files import replace_file
from . import ROWS
from .figures import Measurement, read_results
from .row import Published, Row
from .tables import Table, rendered, summary
from .targets import TARGETS

_PREAMBLE = f"""# Results

What the laboratory has measured, a question a table. Written by `{places.COMMAND} report` from the files of figures,
never by hand.

How to read it:

- All shares are in percent. **ACC**: photos in the right group when groups are matched one to one with the labels.
  **Majority ACC**: each group takes its most frequent label, which rises with the number of groups, so chance stands
  beside it. **NMI** and **ARI**: agreement of groups and labels, 0 by chance and 100 at best. **kNN5**: photos whose
  five nearest neighbors vote for their label. **purity@5**: neighbors, of the five nearest, with the same label.
- Labels are used for scoring only, unless a line says otherwise.
- **(development)**: choices were made by these very figures, so they are too good by some unknown part.
- The best mean of a column is bold. Lines in italics only bound the others: controls, chance, supervised networks.
- No ± means that all seeds agree in the digits shown, or that there was one run.
"""
_EVERYTHING = Table("What was measured?", "All figures.", "variant", lambda m: (m.variant, m.metric))


def write_report(
    path: Path = places.RESULTS_MD,
    results: Sequence[Path] = (places.RESULTS, places.SHIPPED_RESULTS),
    rows: Mapping[str, Row] = ROWS,
) -> Path:
    """Write the report of all rows and return its path.

    Args:
        path: of the Markdown file.
        results: folders of files of figures; of several files of a row, that in the first of them counts.
        rows: to report; those without a file of figures stand there as not attempted.

    Raises:
        UserError: ``results-invalid`` or ``report-not-written``; the report is as it was.
    """
    files = {name: [folder / f"{name}.json" for folder in results] for name in rows}
    found = {name: next((file for file in choice if file.exists()), choice[0]) for name, choice in files.items()}
    measured = {name: read_results(file) for name, file in found.items()}
    shown = [row for name, row in rows.items() if measured[name]]
    sections = [_PREAMBLE, "\n".join(_contents(shown))]
    sections += ["\n".join(_section(row, measured[row.name], found[row.name])) for row in shown]
    sections.append("\n".join(_not_attempted(rows, measured)))
    text = "\n\n".join(section.strip() for section in sections) + "\n"
    replace_file(path, lambda out: out.write(text.encode()), "report-not-written")
    return path


def _contents(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        questions = " ".join(table.question for table in _tables(row))
        yield f"- [{row.title}](#{_anchor(row.title)}): {questions}"
    yield "- [Not attempted](#not-attempted)"


def _anchor(heading: str) -> str:
    """What a heading is linked by."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _tables(row: Row) -> tuple[Table, ...]:
    return row.tables or (_EVERYTHING,)


def _section(row: Row, measured: Sequence[Measurement], file: Path) -> Iterator[str]:
    yield f"## {row.title}\n"
    yield from [row.about, ""] if row.about else []
    development = {line for table in row.tables for line in table.development}
    compared = [line for figure in row.published for line in _comparison(figure, measured, development)]
    if compared:
        yield "### How does it compare with what was published?\n"
        yield "| what | figure | ours | published | gap | source |"
        yield "|---|---|---:|---:|---:|---|"
        yield from compared
        yield ""
    noted: set[str] = set()
    for table in _tables(row):
        lines = list(rendered(table, measured, noted))
        yield from [*lines, ""] if lines else []
    devices, commits = ({getattr(m, name): None for m in measured} for name in ("device", "git_commit"))
    yield (
        f"Measured on {'; '.join(devices)}, at {', '.join(commit[:10] for commit in commits)}; each figure with its "
        f"seed and settings: {f'[{file.name}](results/{file.name})' if places.CHECKOUT else file}. Again: "
        f"`{places.COMMAND} reproduce {row.name}`, which needs {row.needs}."
    )


def _comparison(figure: Published, measured: Sequence[Measurement], development: set[str]) -> Iterator[str]:
    variants = [figure.variant] if figure.variant else dict.fromkeys(m.variant for m in measured)
    for variant in variants:
        values = [m.value for m in measured if m.variant == variant and m.metric == figure.metric]
        if values:
            published = summary([figure.value], figure.metric)
            spread = "" if figure.spread is None else f" ± {figure.spread:.1f}"
            gap = f"{np.mean(values) - figure.value:+.1f}"
            name = f"{variant} (development)" if variant in development else variant
            cells = (name, figure.metric, summary(values, figure.metric), published + spread, gap, figure.source)
            yield f"| {' | '.join(cells)} |"


def _not_attempted(rows: Mapping[str, Row], measured: Mapping[str, Sequence[Measurement]]) -> Iterator[str]:
    reached = {figure.target for name, row in rows.items() if measured[name] for figure in row.published}
    prepared = {figure.target: name for name, row in rows.items() for figure in row.published}
    yield "## Not attempted\n"
    yield "Published figures that the laboratory aims at and has no figures of its own for.\n"
    yield "| system | data | figure | published | source |"
    yield "|---|---|---|---|---|"
    for target in TARGETS:
        if target.number not in reached:
            ready = f" (ready as `{prepared[target.number]}`)" if target.number in prepared else ""
            cells = (target.system + ready, target.data, target.metric, target.reported, target.source)
            yield f"| {' | '.join(cells)} |"
