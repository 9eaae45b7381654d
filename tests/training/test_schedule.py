from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tests.helpers.laboratory import tiny_config
from training.config import OptimizerConfig
from training.schedule import Schedule


def schedule(*, steps: int = 100, budget: float = 0.0) -> Schedule:
    config = tiny_config(optimizer=OptimizerConfig(lr=0.5, warmup=0.1), resolutions=((0.0, 16), (0.4, 20), (0.8, 24)))
    return Schedule(config, steps, budget)


def test_progress_follows_whichever_ends_first() -> None:
    assert schedule(budget=0).progress(25, 1e9) == 0.25
    assert schedule(budget=200).progress(25, 20) == 0.25
    assert schedule(budget=200).progress(25, 100) == 0.5
    assert schedule(budget=200).progress(100, 1) == 1.0
    assert schedule(budget=200).progress(1, 500) == 1.0


def test_warms_up_linearly_then_falls_like_a_cosine_to_zero() -> None:
    plan = schedule()
    rates = [plan.lr(progress) for progress in np.linspace(0, 1, 101)]
    assert rates[5] == pytest.approx(0.25)
    assert rates[10] == max(rates) == pytest.approx(0.5)
    assert rates[55] == pytest.approx(0.25)
    assert rates[100] == pytest.approx(0)
    assert all(a > b for a, b in pairwise(rates[10:]))
    assert rates[0] > 0  # the first update is not lost


def test_views_grow_at_the_shares_of_the_run() -> None:
    plan = schedule()
    assert [plan.size(progress) for progress in (0, 0.39, 0.4, 0.79, 0.8, 1)] == [16, 16, 20, 20, 24, 24]


def test_without_decay_the_rate_stays_after_the_warm_up() -> None:
    schedule = Schedule(tiny_config(optimizer=OptimizerConfig(lr=2.0, warmup=0.1, decay="none")), 100, 0)
    assert [schedule.lr(share) for share in (0.05, 0.1, 0.5, 1.0)] == pytest.approx([1.0, 2.0, 2.0, 2.0])


@pytest.mark.parametrize(
    ("budget", "step", "seconds", "left"),
    [(0, 400, 50, 300), (1000, 400, 50, 300), (200, 400, 50, 150), (200, 400, 250, 0), (0, 1000, 50, 0)],
)
def test_time_left_follows_whichever_ends_first(budget: float, step: int, seconds: float, left: float) -> None:
    schedule = Schedule(tiny_config(), total_steps=1000, budget_seconds=budget)
    assert schedule.seconds_left(step, seconds, steps_per_second=2) == pytest.approx(left)
