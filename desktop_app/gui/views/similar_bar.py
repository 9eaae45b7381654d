"""Selecting everything that is more like a photo than a limit, with the count told as the limit moves."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSlider, QWidget

from desktop_app.engine.language import decimal, tr
from desktop_app.engine.types import Float32Array, Int64Array, Neighbors
from desktop_app.gui.elided import ElidedLabel
from desktop_app.gui.theme import SPACE

_NEAREST = 100


def natural_limit(similarity: Float32Array) -> float:
    """The similarity after which likeness falls most, among the nearest hundred: those above it belong together.

    A fall counts more the later it comes, by the square root of its rank: the plain widest one lies behind the first or
    second photo almost always. On two folders of 470 and 440 labeled photos three quarters of what lies above the
    limit have the photo's own label, half of the time 33 and 20 photos; the plain one finds 2.

    Args:
        similarity: float32[n], of the photos from the most alike to the least.

    Returns:
        In 0..1, at most the similarity of the first.
    """
    near = similarity[:_NEAREST].astype(np.float64)
    if near.size < 2:
        return float(near[0]) if near.size else 1.0
    falls = -np.diff(near) * np.sqrt(np.arange(1, near.size))
    return float(near[int(falls.argmax())])


class SimilarBar(QWidget):
    """A slider over the similarity, from 0 to 1 in hundredths."""

    chosen = Signal(object)
    """Ids (int64[n]), most alike first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: Int64Array = np.empty(0, dtype=np.int64)
        self._similarity: Float32Array | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 99)
        self.slider.setPageStep(5)
        self.slider.setAccessibleName(tr("Select what is more similar than, hundredths"))
        self.slider.setToolTip(
            tr("The limit of the cosine similarity: the further right, the more alike and the fewer.")
        )
        self.count = ElidedLabel()
        self.select = QPushButton(tr("Select"))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE)
        layout.setSpacing(SPACE // 2)
        layout.setColumnStretch(0, 1)
        layout.addWidget(self.slider, 0, 0, 1, 2)
        layout.addWidget(self.count, 1, 0)
        layout.addWidget(self.select, 1, 1)
        self.slider.valueChanged.connect(lambda _value: self._tell())
        self.select.clicked.connect(lambda: self.chosen.emit(self.found))
        self.show_ranking(None)

    def show_ranking(self, ranking: Neighbors | None) -> None:
        """All photos from the most alike to the least, with a limit to begin with; None while that is found out."""
        self._ids = np.empty(0, dtype=np.int64) if ranking is None else ranking.photo_ids[0]
        self._similarity = None if ranking is None else ranking.similarity[0]
        if self._similarity is not None:
            # Down to the hundredth, with what single precision takes from it: the photo at the limit is in.
            self.slider.setValue(math.floor(100 * natural_limit(self._similarity) + 1e-4))
        self._tell()

    @property
    def found(self) -> Int64Array:
        """int64[n], what is at least as alike as the slider says."""
        if self._similarity is None:
            return self._ids
        limit = np.float32(self.slider.value() / 100)  # as exact as what it is held against
        return self._ids[: int(np.searchsorted(-self._similarity, -limit, side="right"))]

    def _tell(self) -> None:
        known = self._similarity is not None
        what = tr("%n photos", "", self.found.size, one="%n photo") if known else tr("counting…")
        self.count.setText(tr("{limit} and above: {what}", limit=decimal(self.slider.value() / 100, 2), what=what))
        self.select.setEnabled(known and self.found.size > 0)
