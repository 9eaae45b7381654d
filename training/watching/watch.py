"""Looking after a run: the health report, what it says about degenerate modes, and whether to go on."""

from __future__ import annotations

import logging

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from .. import distributed
from ..config import Config
from ..networks.backbones import BACKBONES
from ..pretexts.base import Pretext, Source
from ..runs.record import RunRecord
from ..speed import Speed, uncompiled
from .detectors import common_alarms
from .health import health_report

_PHOTOS = 512
_log = logging.getLogger(__name__)


class Watch:
    """Reports on the same photos in the same views every time, and tells of each degenerate mode once it shows.

    Args:
        pretext: what is trained.
        config: of the run.
        images: uint8[N, 3, H, W], what it is trained on.
        device: where.
        speed: how its losses are computed.
        record: where the figures go.
        from_scratch: whether the run began with random weights, see `watching.detectors.common_alarms`.

    Attributes:
        alarms: names of the degenerate modes that the latest report showed.
    """

    def __init__(
        self,
        pretext: Pretext,
        config: Config,
        images: npt.NDArray[np.uint8] | Tensor,
        device: str,
        speed: Speed,
        record: RunRecord,
        *,
        from_scratch: bool,
    ) -> None:
        self._pretext, self._config, self._images, self._record = pretext, config, images, record
        self._device, self._speed, self._from_scratch = device, speed, from_scratch
        self._rows = spread(len(images), _PHOTOS)
        share = config.batch // distributed.size()
        self._batch = spread(len(images), config.batch)[distributed.rank() * share :][:share]
        self.alarms: tuple[str, ...] = ()

    @torch.no_grad()
    def look(self, step: int, epoch: float, size: int) -> bool:
        """Make a health report on views of ``size`` pixels and record it; returns whether the task has finished.

        Every process calls it: they compute the loss together.
        """
        torch.manual_seed(self._config.seed)
        generator = torch.Generator(self._device).manual_seed(self._config.seed)
        source = Source(self._images, size, self._config.augment, generator)
        pretext = self._pretext
        pretext.eval()
        with uncompiled(self._device):
            with self._speed.autocast(self._device):
                loss = float(pretext(*map(self._speed.arrange, pretext.draw(self._batch, source))))
            report = health_report(pretext, source.photos(self._rows), size, self._config.augment, self._config.seed)
        pretext.train()
        report["eval_loss"] = loss
        self._record.health(step, epoch, report)
        if step == 0:
            return False
        if distributed.rank() == 0:
            self._tell(step, epoch, report)
        return bool(distributed.from_first(float(pretext.finished(report))))

    def _tell(self, step: int, epoch: float, report: dict[str, float]) -> None:
        losses, history = self._record.figures()
        directions = min(len(self._rows) - 1, BACKBONES[self._config.backbone].dim)
        alarms = common_alarms(losses, history, directions, from_scratch=self._from_scratch)
        alarms += self._pretext.alarms(report)
        for alarm in alarms:
            self._record.alarm(step, epoch, alarm.name, alarm.text)
            if alarm.name not in self.alarms:
                _log.warning("%s, epoch %.3g: %s", self._config.name, epoch, alarm.text)
        self.alarms = tuple(alarm.name for alarm in alarms)


def spread(count: int, wanted: int) -> npt.NDArray[np.int64]:
    """So many of ``count`` rows, evenly spread: int64[min(count, wanted)]."""
    taken = min(count, wanted)
    return np.arange(taken, dtype=np.int64) * count // max(1, taken)
