"""How far a run is, and what follows from that: learning rate and resolution."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .config import Config


@dataclass(frozen=True, slots=True)
class Schedule:
    """Progress runs from 0 to 1 along whichever ends first: all steps, or the wall-clock budget.

    Attributes:
        total_steps: of all epochs.
        budget_seconds: 0 = none.
    """

    config: Config
    total_steps: int
    budget_seconds: float

    def progress(self, step: int, seconds: float) -> float:
        """Share of the run that is over, 0 to 1, after ``step`` updates and ``seconds`` of training."""
        by_steps = step / max(1, self.total_steps)
        by_clock = seconds / self.budget_seconds if self.budget_seconds > 0 else 0.0
        return min(1.0, max(by_steps, by_clock))

    def seconds_left(self, step: int, seconds: float, steps_per_second: float) -> float:
        """Until the run ends, at the present rate."""
        left = (self.total_steps - step) / max(steps_per_second, 1e-9)
        return max(0.0, min(left, self.budget_seconds - seconds) if self.budget_seconds > 0 else left)

    def lr(self, progress: float) -> float:
        """Linear warm-up, then half a cosine down to zero, or no decay."""
        peak, warmup = self.config.optimizer.lr, self.config.optimizer.warmup
        if progress < warmup:
            return peak * max(progress, 1.0 / max(1, self.total_steps)) / warmup
        if self.config.optimizer.decay == "none":
            return peak
        return peak * 0.5 * (1 + math.cos(math.pi * (progress - warmup) / (1 - warmup)))

    def size(self, progress: float) -> int:
        """Side of the views in pixels."""
        return [size for start, size in self.config.resolutions if start <= progress][-1]
