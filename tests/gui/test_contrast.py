"""What is written can be read, what is drawn can be seen, and groups are told apart by every pair of eyes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.engine.types import UNSURE, Float64Array
from desktop_app.gui.bars.notice_bar import warning_color
from desktop_app.gui.theme import TEXT_CONTRAST, accent, apply_theme, contrast, faded, is_dark, mark, muted
from desktop_app.gui.views.elbow import line_pens

GRAPHICS_CONTRAST = 3.0
"""Of what is drawn and its ground: WCAG 2.2, level AA, 1.4.11."""
APART = 9.0
"""CIEDE2000 below which two marks of one shape count as alike; side by side, 2 can just be told apart."""
ROLE = QPalette.ColorRole
GROUNDS = (ROLE.Base, ROLE.Window, ROLE.AlternateBase)

VISIONS = {
    "usual": np.eye(3),
    "no red cones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green cones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue cones": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Protanopia, deuteranopia and tritanopia on linear sRGB, severity 1.0.

After Machado, Oliveira and Fernandes, A physiologically-based model for simulation of color vision deficiency, IEEE
Transactions on Visualization and Computer Graphics 15 (2009).
"""

_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])  # D65


def seen(rgb: Sequence[int], vision: str) -> Float64Array:
    """A color of sRGB (0 to 255) as these eyes see it, in CIELAB: float64[3]."""
    values = np.array(rgb[:3]) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    ratio = _TO_XYZ @ np.clip(VISIONS[vision] @ linear, 0, 1) / _WHITE
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(one: Float64Array, other: Float64Array) -> float:
    """The color difference of CIE 142-2001 between two points of CIELAB.

    After Sharma, Wu and Dalal, The CIEDE2000 color-difference formula, Color Research and Application 30 (2005).
    """
    chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    stretch = 1.5 - 0.5 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    (l1, a1, b1), (l2, a2, b2) = one, other
    c1, c2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, stretch * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    cosines = ((0.17, 1, -30, -1), (0.24, 2, 0, 1), (0.32, 3, 6, 1), (0.20, 4, -63, -1))
    t = 1 + sum(sign * size * np.cos(np.radians(times * mean_h + by)) for size, times, by, sign in cosines)
    lightness = (l2 - l1) / (1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2))
    saturation = (c2 - c1) / (1 + 0.045 * mean_c)
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * mean_c * t)
    angle = np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2)))
    rotation = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)) * np.sin(angle)
    return float(np.sqrt(lightness**2 + saturation**2 + hue**2 + rotation * saturation * hue))


@pytest.fixture(params=["light", "dark"])
def palette(request: pytest.FixtureRequest) -> Iterator[QPalette]:
    apply_theme(request.param)
    assert is_dark(QApplication.palette()) == (request.param == "dark")
    yield QApplication.palette()
    apply_theme("system")


def over(color: QColor, ground: QColor) -> QColor:
    """What is seen where a color that lets light through lies on a ground."""
    share = color.alphaF()
    pairs = zip(color.getRgb()[:3], ground.getRgb()[:3], strict=True)
    return QColor(*(round(share * above + (1 - share) * below) for above, below in pairs))


def stands_out(color: QColor, ground: QColor) -> float:
    return contrast(over(color, ground), ground)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("red"), QColor("red")) == 1
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.478, abs=5e-4)


def test_the_distance_is_that_of_the_published_pairs() -> None:
    """Four pairs of the test data of Sharma, Wu and Dalal (2005)."""
    for one, other, distance in (
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ):
        assert ciede2000(np.array(one), np.array(other)) == pytest.approx(distance, abs=5e-5)


def test_every_text_can_be_read(palette: QPalette) -> None:
    pairs = {
        "highlighted": (palette.color(ROLE.HighlightedText), palette.color(ROLE.Highlight)),
        "button": (palette.color(ROLE.ButtonText), palette.color(ROLE.Button)),
        "hint": (palette.color(ROLE.ToolTipText), palette.color(ROLE.ToolTipBase)),
    }
    for ground in GROUNDS:
        color = palette.color(ground)
        chosen = over(faded(accent(palette), 70), color)
        told = {name: over(faded(hue, 36), color) for name, hue in notices(palette).items()}
        for name, text in (("text", palette.color(ROLE.WindowText)), ("quiet text", muted(palette))):
            pairs[f"{name} on {ground.name}"] = text, color
        pairs[f"text of a chosen row on {ground.name}"] = palette.color(ROLE.WindowText), chosen
        pairs |= {f"{name} on {ground.name}": (palette.color(ROLE.WindowText), on) for name, on in told.items()}
        pairs[f"link on {ground.name}"] = palette.color(ROLE.Link), color
    assert {what: round(contrast(*pair), 2) for what, pair in pairs.items() if contrast(*pair) < TEXT_CONTRAST} == {}


def notices(palette: QPalette) -> dict[str, QColor]:
    return {"notice": accent(palette), "warning": warning_color(palette)}


def test_all_that_is_drawn_can_be_seen(palette: QPalette) -> None:
    dark = is_dark(palette)
    drawn = notices(palette)
    drawn |= {f"group {label}": mark(label, dark).color for label in (UNSURE, *range(8))}
    drawn |= {name: pen.color() for name, pen in line_pens(palette.color(ROLE.WindowText)).items()}
    weak = {
        f"{name} on {ground.name}": round(stands_out(color, palette.color(ground)), 2)
        for name, color in drawn.items()
        for ground in GROUNDS
        if stands_out(color, palette.color(ground)) < GRAPHICS_CONTRAST
    }
    assert weak == {}


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_groups_of_one_shape_differ_in_color_for_everybody(dark: bool, vision: str) -> None:
    marks = {label: mark(label, dark) for label in (UNSURE, *range(56))}
    colors = {label: seen(one.color.getRgb(), vision) for label, one in marks.items()}  # type: ignore[arg-type]
    alike = {
        (one, other): round(ciede2000(colors[one], colors[other]), 1)
        for one, other in combinations(marks, 2)
        if marks[one].symbol == marks[other].symbol and ciede2000(colors[one], colors[other]) < APART
    }
    assert alike == {}
