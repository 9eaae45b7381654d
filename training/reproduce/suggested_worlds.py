"""How far the suggested number of groups can be believed: on many folders with known kinds, on sources left out.

The weights of `engine.clustering.counting` are fitted here. For each folder they are fitted anew, to those that share
no source with it, so no figure is one of photos that had a part in it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from desktop_app.engine.clustering import counting, elbow
from desktop_app.engine.models.card import load_card
from desktop_app.engine.paths import shipped_models_dir
from desktop_app.engine.types import Float64Array

from ..files import replace_file
from ..words.learn import seen
from ..words.looking import Looked
from .figures import Measurement
from .fitting import Case, fitted, left_out, octaves
from .row import Bench, Row
from .sets import Folders, candidates, mixes
from .tables import Table, by_metric
from .worlds import World, pools, worlds

MODEL, CANDIDATE = "photos", "photos, int8"
SHOWN = "labeled folders"
_WORLDS = 10
_FORMER = ("elbow", "silhouette", "gap", "eigengap")
"""Until 2026-11-30 the median of these was suggested, and the middle two were the interval."""
_SAME_OTHERS, _SAME_OWN = "always the same, by other sources", "always the same, by this source"


def run(bench: Bench) -> None:
    """Measure the criteria on the worlds of every seed; fit the weights to all, and judge them on what was left out."""
    card = load_card(shipped_models_dir() / MODEL)
    looked = seen(card, bench.ctx)
    cases = {seed: measured(bench, looked, seed) for seed in range(bench.seeds)}
    every = [case for own in cases.values() for case in own]
    known = [case for case in every if SHOWN not in case.sources]
    bench.ctx.progress(len(every), len(every), "fitting")
    said = iter(left_out(every, known))
    figures = [
        (seed, variant, values)
        for seed, own in cases.items()
        for variant, values in scores(own, [next(said) for _ in own])
    ]
    figures.append((0, "weights", dict(zip(counting.TERMS, fitted(known).tolist(), strict=True))))
    sources = sorted(frozenset.union(*(case.sources for case in known)))
    for seed, variant, values in figures:
        bench.record_all(
            variant,
            values,
            seed=seed,
            data=f"{len(known)} mixes of the labels of {', '.join(sources)}; {len(every) - len(known)} of {SHOWN}",
            data_hash=_digest(looked),
            config={"model": card.name, "onnx": card.sha256(card.precisions[-1]), "worlds a source": _WORLDS},
        )


def measured(bench: Bench, looked: Looked, seed: int) -> list[Case]:
    """What the criteria say of the folders of a seed, kept in the row's folder.

    Args:
        bench: of the row.
        looked: the photos.
        seed: of the worlds.
    """
    folders = Folders(bench)
    model = next(one for one in candidates() if one.name == CANDIDATE)
    what = json.dumps([_digest(looked), folders.data_hash, model.settings, _WORLDS, seed]).encode()
    path = bench.folder / "cache" / f"worlds-{hashlib.blake2b(what, digest_size=8).hexdigest()}.json"
    if not path.exists():
        shown = folders.seen_by(model)
        drawn = [World(one, frozenset({SHOWN}), False) for one in [*shown, *mixes(shown, _WORLDS, seed)]]
        drawn += worlds(looked.vectors, pools(looked.names), _WORLDS, seed)
        cases = []
        for number, world in enumerate(drawn):
            bench.ctx.progress(number, len(drawn), f"counting, {world.photos.name}")
            points = elbow.counted(world.photos.vectors, bench.ctx)
            cases.append(Case(world.photos.name, world.sources, world.photos.k, elbow.evidence(points, bench.ctx)))
        text = json.dumps([_as_json(case) for case in cases])
        replace_file(path, lambda out: out.write(text.encode()), "cache-not-written")
    found = [_from_json(one) for one in json.loads(path.read_text(encoding="utf-8"))]
    return [case for case in found if len(case.evidence.gap) > 2]  # else there is nothing to choose from


def _digest(looked: Looked) -> str:
    return hashlib.blake2b("\n".join(looked.names).encode() + looked.vectors.tobytes(), digest_size=16).hexdigest()


def _as_json(case: Case) -> dict[str, object]:
    evidence = {
        one.name: value.round(7).tolist()
        if isinstance(value := getattr(case.evidence, one.name), np.ndarray)
        else value
        for one in dataclasses.fields(case.evidence)
    }
    return {"name": case.name, "sources": sorted(case.sources), "true": case.true, "evidence": evidence}


def _from_json(one: dict[str, Any]) -> Case:
    said: dict[str, Any] = {
        key: np.array(value) if isinstance(value, list) else value for key, value in one["evidence"].items()
    }
    return Case(one["name"], frozenset(one["sources"]), one["true"], elbow.Evidence(**said))


def scores(cases: Sequence[Case], said: Sequence[counting.Suggestion]) -> Iterator[tuple[str, dict[str, float]]]:
    """Figures of the suggestions, and of what they must beat: variant, and metric -> value.

    Errors are of folders of two kinds and more. Words are judged on those of one kind, too: no number is right there.
    The labeled folders stand apart.
    """
    judged = [place for place, case in enumerate(cases) if SHOWN not in case.sources]
    several = [place for place, case in enumerate(cases) if case.true > 1]
    rules = {"suggested": [float(one.k) for one in said]} | baselines(cases)
    off = {name: octaves(numbers, cases) for name, numbers in rules.items()}
    both = sorted(set(judged) & set(several))
    for name, of_rule in off.items():
        yield name, _error(of_rule[both]) | {"bias, octaves": float(of_rule[both].mean())}
        for home in sorted({cases[place].home for place in several}):
            own = [place for place in several if cases[place].home == home]
            yield f"{name}; {home}", _error(of_rule[own])
    former = np.sort([[case.evidence.choices()[one] for one in _FORMER] for case in cases], axis=1)
    yield "suggested", _interval([(one.low, one.high) for one in said], cases, both)
    yield "median of four", _interval(former[:, 1:3].tolist(), cases, both)
    right = np.abs(off["suggested"]) <= np.log2(counting.WITHIN) + 1e-9
    one_kind = [place for place in judged if cases[place].true == 1]
    for strength in ("clear", "weak", "none"):
        called = [place for place in judged if said[place].strength == strength]
        yield strength, {"said": 100 * len(called) / len(judged)}
        if called:
            yield strength, {"right then": 100 * float(np.mean([right[one] and cases[one].true > 1 for one in called]))}
        alone = [place for place in one_kind if said[place].strength == strength]
        yield strength, {"said of one kind": 100 * len(alone) / max(len(one_kind), 1)}


def _error(off: Float64Array) -> dict[str, float]:
    within = np.abs(off) <= np.log2(counting.WITHIN) + 1e-9
    return {"error, octaves": float(np.abs(off).mean()), "within 1.5x": 100 * float(within.mean())}


def _interval(ends: Sequence[tuple[int, int]], cases: Sequence[Case], rows: Sequence[int]) -> dict[str, float]:
    low, high = np.array(ends)[rows].T
    true = np.array([cases[row].true for row in rows])
    holds = float(((low <= true) & (true <= high)).mean())
    return {"holds": 100 * holds, "interval, octaves": float(np.log2(high / low).mean())}


def baselines(cases: Sequence[Case]) -> dict[str, list[float]]:
    """What each criterion alone would say, the former rule, and numbers that look at no photo."""
    choices = [case.evidence.choices() for case in cases]
    found = {name: [float(chosen[name]) for chosen in choices] for name in choices[0]}
    found["median of four"] = [float(round(np.median([chosen[one] for one in _FORMER]))) for chosen in choices]
    found["always six"] = [6.0] * len(cases)
    found["root of half the photos"] = [float(np.sqrt(case.evidence.photos / 2)) for case in cases]
    found[_SAME_OTHERS] = [_middle([one for one in cases if not one.sources & case.sources]) for case in cases]
    found[_SAME_OWN] = [_middle([one for one in cases if one.home == case.home]) for case in cases]
    return found


def _middle(cases: Sequence[Case]) -> float:
    return float(2 ** np.median(np.log2([case.true for case in cases if case.true > 1])))


def _by_source(m: Measurement) -> tuple[str, str] | None:
    name, _, home = m.variant.partition("; ")
    return (home, name) if home and m.metric == "error, octaves" and name in _COMPARED else None


def _by_rule(m: Measurement) -> tuple[str, str] | None:
    columns = {"error, octaves": "error", "within 1.5x": "within 1.5x", "bias, octaves": "bias"}
    return (m.variant, columns[m.metric]) if m.metric in columns and "; " not in m.variant else None


_COMPARED = ("suggested", "median of four", _SAME_OWN)
_DRAWN = (
    f"Each seed draws {_WORLDS} folders of each of ten sources, {4 * _WORLDS} mixes of several, and some of one kind "
    "alone: 2 to 30 kinds, even or not, 50 to 5,000 photos, bursts in a third of them."
)
ROW = Row(
    name="suggested-k-worlds",
    title="The suggested number of groups, on sources left out",
    published=(),
    run=run,
    needs="`photos`, `photos160/sharp` where it is laid, the labeled folders, `teacher`, `models/photos`; 4 minutes "
    "of one core for each seed, and an hour more where the photos were not looked at yet",
    minutes=20,
    about="A number that is suggested for a folder that nobody has seen must be right there.",
    tables=(
        Table(
            question="How far is the suggestion off where nothing was fitted?",
            reading=(
                f"Mean error and bias in octaves, and the share within a factor of 1.5. {_DRAWN} Each folder is judged "
                "by weights that were fitted to folders of other sources. *Median of four* is what was suggested until "
                "2026-11-30. *By this source* takes the number that is best for just these folders, which nobody can "
                "know beforehand."
            ),
            lines="rule",
            place=_by_rule,
            reference=(_SAME_OTHERS, _SAME_OWN),
        ),
        Table(
            question="On which source?",
            reading=(
                "Mean error in octaves. `several` are mixes, judged by weights that know none of their sources. "
                f"`{SHOWN}` are mixes of the three folders; they had no part in the weights, but in the median. "
                "A kind of groceries is a series of shots of one box."
            ),
            lines="source",
            place=_by_source,
        ),
        Table(
            question="Does the interval hold?",
            reading="How often the true number lies in the interval, which says four times in five, and its width.",
            lines="rule",
            place=by_metric({"holds": "holds", "interval, octaves": "width"}),
        ),
        Table(
            question="What are the words worth?",
            reading=(
                "How often a suggestion is called so, and how often it then is right within a factor of 1.5; the last "
                "column is of folders of one kind, where no number is right."
            ),
            lines="word",
            place=by_metric({"said": "said", "right then": "right then", "said of one kind": "said of one kind"}),
        ),
    ),
)
