"""The elbow chart: how much tighter the groups get with each more, and the handle that chooses their number."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSlider, QToolTip, QVBoxLayout, QWidget

from desktop_app.engine.language import decimal, figure, tr, tr_noop
from desktop_app.engine.types import UNSURE, Elbow, Float64Array
from desktop_app.engine.wording import display_path, suggestion
from desktop_app.gui.app_state import AppState
from desktop_app.gui.elided import ElidedLabel
from desktop_app.gui.theme import SPACE, accent, faded, muted
from desktop_app.gui.views.pane_head import PaneHead

_EXPLANATION = tr_noop(
    "The line falls as groups are added: photos lie closer to the middle of their group (within-cluster sum of "
    "squares). Where it bends, the elbow, further groups bring little. The dashed line is a second opinion "
    "(silhouette): higher means groups that stand further apart. The dotted line is what photos without any groups "
    "would give: where the first line runs well below it, the groups are there. The suggestion weighs all of this; "
    "the shaded numbers would all do."
)


_CHART_HEIGHT = 140


class ElbowChart(QSlider):
    """The curve with its handle. A slider underneath, so that keys, focus and screen readers come with it."""

    k_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._elbow: Elbow | None = None
        self._dragging = False
        self.beyond: int | None = None
        self.reason = ""
        """Why there is no curve, though there is an elbow."""
        self.setAccessibleName(tr("Number of groups on the elbow chart"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setPageStep(3)
        self.setMouseTracking(True)
        # Keys repeat and a drag passes many numbers: only where it rests is worth a clustering.
        self._settle = QTimer(self, singleShot=True, interval=120)
        self._settle.timeout.connect(lambda: self.k_chosen.emit(self.value()))
        self.actionTriggered.connect(lambda _action: self._settle.start())

    def set_elbow(self, elbow: Elbow | None) -> None:
        self._elbow = elbow
        if elbow is not None and len(elbow.k):
            self.setRange(int(elbow.k[0]), int(elbow.k[-1]))
        self.update()

    def show_k(self, k: int) -> None:
        """Put the handle at ``k`` without choosing it; a drag under way keeps the handle."""
        if not self._dragging and not self._settle.isActive():
            self.setValue(k)
            self.beyond = k if k > self.maximum() else None
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 100)

    def sizeHint(self) -> QSize:
        return QSize(280, 200)

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(12, 26, -12, -self.fontMetrics().height() - 8)

    def x_of(self, k: float) -> float:
        """Pixel column of ``k``."""
        area = self._area()
        return area.left() + (k - self.minimum()) / max(self.maximum() - self.minimum(), 1) * area.width()

    def _k_at(self, x: float) -> int:
        area = self._area()
        share = (x - area.left()) / max(area.width(), 1.0)
        k = round(self.minimum() + share * (self.maximum() - self.minimum()))
        return min(max(k, self.minimum()), self.maximum())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._elbow is not None:
            self._dragging = True
            self._move_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move_to(event)
        else:
            near = abs(event.position().x() - self.x_of(self.value())) < 8
            self.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self._settle.stop()
            self.k_chosen.emit(self.value())

    def _move_to(self, event: QMouseEvent) -> None:
        k = self._k_at(event.position().x())
        if k != self.value() or self.beyond is not None:
            self.beyond = None
            self.setValue(k)
            self._settle.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._elbow is None or len(self._elbow.k) < 2:
            painter.setPen(muted(self.palette()))
            message = tr("The curve appears once the photos have been looked at.")
            if self._elbow is not None:
                message = self.reason
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, message)
        else:
            self._paint_curve(painter, self._elbow)
        painter.end()

    def _paint_curve(self, painter: QPainter, elbow: Elbow) -> None:
        palette, area = self.palette(), self._area()
        text, main = palette.color(QPalette.ColorRole.WindowText), accent(palette)
        if elbow.low < elbow.high:
            band = QRectF(
                QPointF(self.x_of(elbow.low - 0.4), area.top()), QPointF(self.x_of(elbow.high + 0.4), area.bottom())
            )
            painter.fillRect(band.intersected(area.adjusted(-6, 0, 6, 0)), faded(main, 38))
        painter.setPen(QPen(faded(text, 60), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._paint_numbers(painter, area)

        k = np.asarray(elbow.k, dtype=np.float64)
        both = np.concatenate([elbow.inertia, elbow.null])
        low, high = float(both.min()), float(both.max())
        heights = _scaled(elbow.inertia, area, low, high)
        pens = line_pens(text)
        painter.setPen(pens["silhouette"])
        painter.drawPath(self._path(k, _scaled(elbow.silhouette, area), area))
        if elbow.null.size:
            painter.setPen(pens["no groups"])
            painter.drawPath(self._path(k, _scaled(elbow.null, area, low, high), area))
        painter.setPen(pens["scatter"])
        painter.drawPath(self._path(k, heights, area))
        self._paint_legend(painter, area, pens, nulled=bool(elbow.null.size))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(text, 210))
        if area.width() / len(k) > 7:
            for x, y in zip(k, heights, strict=True):
                painter.drawEllipse(QPointF(self.x_of(x), y), 2, 2)
        if elbow.knee is not None and elbow.knee in elbow.k:
            y = heights[int(np.flatnonzero(elbow.k == elbow.knee)[0])]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(faded(text, 210), 1.5))
            painter.drawEllipse(QPointF(self.x_of(elbow.knee), y), 6, 6)
        self._paint_handle(painter, area, float(np.interp(self.value(), k, heights)))

    def _paint_legend(self, painter: QPainter, area: QRectF, pens: dict[str, QPen], *, nulled: bool) -> None:
        """What the lines are, at the right where the curve has come down; no room, no legend."""
        names = [name for name in pens if nulled or name != "no groups"]
        letters = self.fontMetrics()
        width = max(map(letters.horizontalAdvance, map(tr, names))) + 30
        if area.width() < 2 * width or area.height() < (len(names) + 2) * letters.height():
            return
        # A curve may pass behind: the words stay readable.
        ground = QRectF(area.right() - width - 4, area.top(), width + 12, len(names) * letters.height())
        painter.fillRect(ground, faded(self.palette().color(QPalette.ColorRole.Window), 215))
        for row, name in enumerate(names):
            middle = area.top() + (row + 0.5) * letters.height()
            left = area.right() - width
            painter.setPen(pens[name])
            painter.drawLine(QPointF(left, middle), QPointF(left + 24, middle))
            painter.setPen(muted(self.palette()))
            painter.drawText(QPointF(left + 30, middle + letters.capHeight() / 2), tr(name))

    def event(self, event: QEvent) -> bool:
        """The tip tells the values of the number under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._elbow is not None:
            told = self.values_at(self._k_at(event.pos().x()))
            QToolTip.showText(event.globalPos(), f"{told}\n\n{self.toolTip()}" if told else self.toolTip(), self)
            return True
        return super().event(event)

    def values_at(self, k: int) -> str:
        """What the curves say of ``k`` groups, in words; empty where they say nothing."""
        elbow = self._elbow
        if elbow is None or k not in elbow.k or not elbow.inertia[0] > 0:
            return ""
        row = int(np.flatnonzero(elbow.k == k)[0])
        left = f"{100 * elbow.inertia[row] / elbow.inertia[0]:.0f}"
        parts = [tr("{percent}% of the scatter is left", percent=left)]
        if elbow.null.size:
            none = f"{100 * elbow.null[row] / elbow.null[0]:.0f}"
            parts = [tr("{percent}% of the scatter is left ({none}% if there were no groups)", percent=left, none=none)]
        if np.isfinite(elbow.silhouette[row]):
            parts.append(tr("silhouette {value}", value=decimal(elbow.silhouette[row], 2)))
        groups = tr("%n groups", "", k, one="%n group")
        return f"{groups}: {', '.join(parts)}"

    def _path(self, k: Float64Array, rows: Float64Array, area: QRectF) -> QPainterPath:
        path = QPainterPath()
        for x, y in zip(k, rows, strict=True):
            if np.isnan(y):
                continue
            point = QPointF(self.x_of(x), y)
            if path.elementCount():
                path.lineTo(point)
            else:
                path.moveTo(point)
        return path

    def _paint_numbers(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(muted(self.palette()))
        room = max(1, int(area.width() / (self.fontMetrics().horizontalAdvance("00") + 10)))
        step = next((s for s in (1, 2, 5, 10, 20, 50, 100) if (self.maximum() - self.minimum()) / s < room), 200)
        numbers = [self.minimum(), *(n for n in range(self.minimum() + 1, self.maximum() + 1) if n % step == 0)]
        if len(numbers) > 1 and numbers[1] - numbers[0] < step * 0.6:
            numbers.pop(0)
        for number in numbers:
            box = QRectF(self.x_of(number) - 20, area.bottom() + 2, 40, self.fontMetrics().height() + 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))

    def _paint_handle(self, painter: QPainter, area: QRectF, y: float) -> None:
        main, x = accent(self.palette()), self.x_of(self.value())
        painter.setPen(QPen(main, 2))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        if self.hasFocus():
            painter.setBrush(faded(main, 70))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(x, y), 12, 12)
        painter.setBrush(main)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Base), 2))
        painter.drawEllipse(QPointF(x, y), 7, 7)
        label = f"k = {self.value()}" if self.beyond is None else f"k = {self.beyond} \u2192"
        width = self.fontMetrics().horizontalAdvance(label) + 14
        box = QRectF(min(max(x - width / 2, 0), self.width() - width), 2, width, 21)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(main)
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)


def line_pens(text: QColor) -> dict[str, QPen]:
    """How each line is drawn, by what it is, in English."""
    return {
        tr_noop("scatter"): QPen(faded(text, 210), 2),
        tr_noop("silhouette"): QPen(faded(text, 130), 1.5, Qt.PenStyle.DashLine),
        tr_noop("no groups"): QPen(faded(text, 130), 1.5, Qt.PenStyle.DotLine),
    }


def _scaled(values: Float64Array, area: QRectF, low: float | None = None, high: float | None = None) -> Float64Array:
    """Pixel rows that let ``values``, or all from ``low`` to ``high``, fill ``area``; NaN stays NaN."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return np.full(len(values), np.nan)
    low = float(finite.min()) if low is None else low
    high = float(finite.max()) if high is None else high
    span = high - low if high > low else 1.0
    return np.asarray(area.bottom() - 6 - (values - low) / span * (area.height() - 12), dtype=np.float64)


class ElbowView(QWidget):
    """The chart with its heading and the suggestion in words."""

    k_chosen = Signal(int)

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.head = PaneHead(tr("How many groups?"))
        self.summary = QLabel(wordWrap=True)
        self.summary.setToolTip(tr(_EXPLANATION))
        self.coarse, self.fine = QPushButton(), QPushButton()
        self.coarse.setToolTip(tr("Take few large groups"))
        self.fine.setToolTip(tr("Take many small groups"))
        self.offers = QWidget()
        self.chart = ElbowChart()
        self.next = ElidedLabel()
        self.next.setToolTip(tr("One group more divides this one; all others stay as they are."))
        self.chart.k_chosen.connect(self.k_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.head)
        layout.addWidget(self.summary)
        layout.addWidget(self.offers)
        layout.addWidget(self.chart, 1)
        row = QHBoxLayout(self.offers)
        row.setContentsMargins(0, 0, 0, 0)
        for button, end in ((self.coarse, "low"), (self.fine, "high")):
            row.addWidget(button)
            button.clicked.connect(partial(self._take, end))
        layout.addWidget(self.next)
        state.elbow_changed.connect(self._show_elbow)
        for signal in (state.groups_changed, state.request_changed, state.group_renamed):
            signal.connect(lambda *_: self._show_k())
        self._show_elbow()

    def _show_elbow(self) -> None:
        elbow = self._state.elbow
        alike = len(self._state.photos) > 1
        self.chart.reason = (
            tr("All photos look the same: there is one group.") if alike else tr("One photo is one group.")
        )
        self.chart.set_elbow(elbow)
        self.summary.setText(suggestion(elbow) if elbow is not None else "")
        if elbow is not None:
            self.coarse.setText(tr("Coarse: {k}", k=elbow.low))
            self.fine.setText(tr("Fine: {k}", k=elbow.high))
        how = tr("Click or drag to choose; arrow keys work too.")
        self.chart.setToolTip(f"{self.summary.text()}\n\n{tr(_EXPLANATION)}\n{how}")
        self._show_k()
        self._fit()

    def _take(self, end: str) -> None:
        """Choose one of the ends of the interval, where the photos do not say how many groups there are."""
        self.k_chosen.emit(getattr(self._state.elbow, end))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # The words go before the pane takes room that others need.
        size = super().minimumSizeHint()
        hidable = [one for one in (self.summary, self.offers, self.next) if not one.isHidden()]
        return QSize(size.width(), size.height() - sum(one.minimumSizeHint().height() + SPACE // 2 for one in hidable))

    def _fit(self) -> None:
        """The chart, which one works with, keeps its height; its tip says what the words would."""
        elbow, room = self._state.elbow, self.height() - _CHART_HEIGHT
        words = self.summary.heightForWidth(self.width() - 2 * SPACE)
        self.summary.setVisible(bool(self.summary.text()) and room > words)
        unknown = elbow is not None and elbow.strength == "none" and elbow.low < elbow.high
        self.offers.setVisible(unknown and room > words + self.offers.sizeHint().height())
        chart = self.minimumSizeHint().height() + SPACE // 2
        self.next.setVisible(bool(self.next.text()) and self.height() >= chart + self.next.minimumSizeHint().height())

    def _show_k(self) -> None:
        state = self._state
        free = state.elbow is not None and len(state.elbow.k) > 1 and state.k_is_free
        for chooses in (self.chart, self.offers):
            chooses.setEnabled(free)
        if state.shown_k is not None:
            self.chart.show_k(state.shown_k)
        self.next.setText(self._next_split())
        self.next.setVisible(bool(self.next.text()))
        self._fit()

    def _next_split(self) -> str:
        """Which group one more would divide, where the method says so and a person did not say that it stays whole."""
        found, state = self._state.clustering, self._state
        if found is None or found.next_split is None:
            return ""
        rows = (found.best == found.next_split) & (state.group_ids != UNSURE)
        if 2 * np.isin(found.photo_ids[rows], state.curation.fixed).sum() > rows.sum():
            return ""
        ids = state.group_ids[rows]
        group = state.group(int(np.bincount(ids).argmax())) if ids.size else None
        if group is None:
            return ""
        return tr(
            "{now} → {then} divides “{group}”",
            now=figure(state.group_count),
            then=figure(state.group_count + 1),
            group=display_path(group.name),
        )
