"""How much the fault tests try, and what they choose at random: everything from one seed, which repeats it.

A test draws from its own generator, so that it makes the same choices alone and among others, in any order. The seed
is printed at the head of a run and with each fault test that fails; ``--fault-seed`` takes it back.
"""

from __future__ import annotations

import os
import random

NIGHTLY = os.environ.get("KINDRED_FAULTS") == "nightly"
LARGEST_SEED = 2**32 - 1


def generator(seed: int, test: str) -> random.Random:
    """What the test of this id draws from."""
    return random.Random(f"{seed} {test}")
