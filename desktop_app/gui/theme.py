"""What the window looks like: one rhythm, one accent, and the marks of the groups.

A group is told by color *and* shape: eight hues that stay apart in the common forms of color blindness, seven shapes.
Eight and seven share no divisor, so that the first 56 groups all differ, and neighbors in the list differ in both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap, QTransform
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QLineEdit, QToolButton, QWidget

from desktop_app.engine.language import tr
from desktop_app.engine.types import UNSURE
from desktop_app.gui.elided import LEAST, ElidedLabel

SPACE = 8
"""Pixels of the rhythm: margins and gaps are this, or a multiple."""

# The hues of Okabe and Ito (2008), moved as little as it takes for every two to stay apart (CIEDE2000 of 9 and more) to
# eyes without one of the three kinds of cones, and for each to stand out from its ground. tests/gui/test_contrast.py
# measures both.
_ON_LIGHT = ("#0E6DD3", "#C77401", "#00886D", "#BD4A8E", "#BE4000", "#0B91CA", "#644493", "#8D7A4A")
_ON_DARK = ("#458FB9", "#F0C081", "#2CBF94", "#E993BB", "#F0773F", "#8BCFF6", "#AD91EF", "#DCD32A")
TEXT_CONTRAST = 4.5
"""The least contrast of text and its ground: WCAG 2.2, level AA."""
_SYMBOLS = ("o", "t1", "s", "d", "t", "p", "star")
_UNSURE_SYMBOL = "x"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a group is drawn: color and shape (a name that pyqtgraph knows)."""

    color: QColor
    symbol: str


def is_dark(palette: QPalette) -> bool:
    """True when text is lighter than what it stands on."""
    return (
        palette.color(QPalette.ColorRole.WindowText).lightness() > palette.color(QPalette.ColorRole.Window).lightness()
    )


def mark(label: int, dark: bool) -> Mark:
    """The mark of group ``label``; the unsure one is a gray cross."""
    if label == UNSURE:
        return Mark(QColor("#8E9299" if dark else "#7D828B"), _UNSURE_SYMBOL)
    colors = _ON_DARK if dark else _ON_LIGHT
    return Mark(QColor(colors[label % len(colors)]), _SYMBOLS[label % len(_SYMBOLS)])


def paint_mark(painter: QPainter, rect: QRectF, which: Mark) -> None:
    """Draw ``which`` in ``rect`` with the very shapes of the map."""
    from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols

    side = min(rect.width(), rect.height())
    place = QTransform.fromTranslate(rect.center().x(), rect.center().y()).scale(side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(which.color)
    painter.drawPath(place.map(Symbols[which.symbol]))
    painter.restore()


def mark_icon(which: Mark, size: int = 16) -> QIcon:
    """A small picture of ``which`` for combos and trees."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio() if QGuiApplication.primaryScreen() else 1.0
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_mark(painter, QRectF(1, 1, size - 2, size - 2), which)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # a style would color it like what it stands on
    return icon


def contrast(one: QColor, other: QColor) -> float:
    """How far two opaque colors stand apart, 1 to 21: the contrast ratio of WCAG 2.2."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    """Relative luminance, 0 to 1, as WCAG 2.2 defines it for sRGB."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _rgb(color))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def accent(palette: QPalette) -> QColor:
    """The one accent: the system's own, or a darker one where its text could not be read on that."""
    return palette.color(QPalette.ColorRole.Highlight)


def muted(palette: QPalette) -> QColor:
    """Text that steps back: two thirds of the way from the ground to the text, opaque."""
    active = QPalette.ColorGroup.Active
    text, ground = palette.color(active, QPalette.ColorRole.WindowText), palette.color(active, QPalette.ColorRole.Base)
    mixed = [(2 * a + b) // 3 for a, b in zip(_rgb(text), _rgb(ground), strict=True)]
    return QColor(*mixed)


class _PaletteWatch(QObject):
    def __init__(self, widget: QWidget, run: Callable[[], object]) -> None:
        super().__init__(widget)
        self._run = run
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._run()
        return False


def follow_palette(widget: QWidget, run: Callable[[], object]) -> None:
    """Call ``run`` now, and again whenever ``widget`` has other colors: what was set by the old ones is wrong then."""
    run()
    _PaletteWatch(widget, run)


def quieten(label: QLabel) -> None:
    """Let the text of ``label`` step back, in light and in dark."""

    def step_back() -> None:
        palette = label.palette()
        # Of the program's palette: the label's own text has stepped back already.
        palette.setColor(QPalette.ColorRole.WindowText, muted(QApplication.palette()))
        label.setPalette(palette)

    follow_palette(label, step_back)


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def faded(color: QColor, alpha: int) -> QColor:
    """``color`` with opacity ``alpha`` (0 to 255)."""
    result = QColor(color)
    result.setAlpha(alpha)
    return result


def clearable(field: QLineEdit) -> None:
    """Give a field the button that empties it, with a name for screen readers."""
    field.setClearButtonEnabled(True)
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(tr("Empty the field"))


def heading(text: str, least: int = LEAST) -> ElidedLabel:
    """The heading of a pane, of which ``least`` letters always have room.

    All are of one height, so that panes side by side begin on one line.
    """
    label = ElidedLabel(text, least=least)
    set_title_font(label)
    label.setMinimumHeight(SPACE * 3)
    return label


def set_title_font(widget: QWidget, scale: float = 1.0) -> None:
    """Bold, ``scale`` times the widget's own size: the headings of the panes."""
    font = widget.font()
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * scale)
    widget.setFont(font)


def clear_layout(layout: QLayout) -> None:
    """Take every widget out of ``layout`` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def apply_theme(name: str) -> None:
    """``system``, ``light`` or ``dark``, at once: Qt repaints every widget with the new palette."""
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    QGuiApplication.styleHints().setColorScheme(schemes.get(name, Qt.ColorScheme.Unknown))
    QApplication.setPalette(QPalette())
    if name in schemes and is_dark(QApplication.palette()) != (name == "dark"):
        # Bare window systems know no color schemes: there the palette is ours.
        QApplication.setPalette(_palette(*_OWN_COLORS[name]))
    _make_accent_legible()


def _make_accent_legible() -> None:
    """Darken the accent until white text can be read on it, which Qt's own blue does not allow."""
    palette = QApplication.palette()
    color, text = accent(palette), palette.color(QPalette.ColorRole.HighlightedText)
    if text.lightness() < 128 or contrast(color, text) >= TEXT_CONTRAST:
        return
    while contrast(color, text) < TEXT_CONTRAST:
        color = color.darker(102)
    legible = QPalette()  # of which only what is set here takes the place of the system's
    for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.Accent):
        legible.setColor(role, color)
    QApplication.setPalette(legible)


_OWN_COLORS = {
    "light": ("#efefef", "#ffffff", "#1a1a1a", "#fafafa", "#1f66a8"),
    "dark": ("#232629", "#1b1d1f", "#e8e8e8", "#2f3337", "#5aa6e6"),
}


def _palette(window: str, base: str, text: str, button: str, link: str) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(button), QColor(window))
    for which in (role.WindowText, role.Text, role.ButtonText, role.ToolTipText):
        palette.setColor(which, QColor(text))
    palette.setColor(role.Base, QColor(base))
    palette.setColor(role.AlternateBase, QColor(window))
    palette.setColor(role.ToolTipBase, QColor(button))
    palette.setColor(role.PlaceholderText, faded(QColor(text), 170))
    palette.setColor(role.Highlight, QColor("#2b78bd"))
    palette.setColor(role.Accent, QColor("#2b78bd"))
    palette.setColor(role.HighlightedText, QColor("#ffffff"))
    palette.setColor(role.Link, QColor(link))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, faded(QColor(text), 100))
    return palette
