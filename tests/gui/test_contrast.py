"""What is written can be read, what is drawn can be seen, and groups are told apart by every pair of eyes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.engine.types import UNSURE
from desktop_app.gui.bars.notice_bar import warning_color
from desktop_app.gui.theme import TEXT_CONTRAST, accent, apply_theme, contrast, faded, is_dark, mark, muted
from desktop_app.gui.views.elbow import line_pens
from tests.helpers.color_vision import VISIONS, ciede2000, seen

GRAPHICS_CONTRAST = 3.0
"""Of what is drawn and its ground: WCAG 2.2, level AA, 1.4.11."""
APART = 9.0
"""CIEDE2000 below which two marks of one shape count as alike; side by side, 2 can just be told apart."""
ROLE = QPalette.ColorRole
GROUNDS = (ROLE.Base, ROLE.Window, ROLE.AlternateBase)


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
