"""Random corruptions of the cache, counted: every one is survived, and the rows come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.cache.test_cache import survive, template_with_log
from tests.helpers import figures


@pytest.mark.parametrize("open_before", [False, True])
def test_every_random_corruption_is_survived(open_before: bool, tmp_path: Path, nightly: bool) -> None:
    template = template_with_log(tmp_path)
    for seed in range(2000, 2500 if nightly else 2020):
        survive(tmp_path / str(seed), template, seed, open_before=open_before)
        figures.count("random corruptions of the cache, found or harmless, and rebuilt")
