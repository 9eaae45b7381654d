"""Random corruptions of the cache, counted: every one is survived, and the rows come back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.helpers import figures
from tests.helpers.cache_rows import survive, template_with_log
from tests.helpers.chance import LARGEST_SEED


@pytest.mark.parametrize("open_before", [False, True])
def test_every_random_corruption_is_survived(
    open_before: bool, tmp_path: Path, nightly: bool, chance: random.Random
) -> None:
    template = template_with_log(tmp_path)
    for _ in range(500 if nightly else 20):
        seed = chance.randint(0, LARGEST_SEED)
        survive(tmp_path / str(seed), template, seed, open_before=open_before)
        figures.count("random corruptions of the cache, found or harmless, and rebuilt")
