"""An empty box is seen in light and in dark, and words without room are told on hover."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionButton, QToolTip
from pytestqt.qtbot import QtBot

from desktop_app.gui.check_box import CheckBox
from desktop_app.gui.theme import apply_theme
from tests.helpers.window import WAIT


@pytest.fixture(autouse=True)
def back_to_the_system() -> Iterator[None]:
    yield
    apply_theme("system")


def luminance(color: QColor) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_edge_of_an_empty_box_stands_out(qtbot: QtBot, theme: str) -> None:
    apply_theme(theme)
    box = CheckBox("Unsure")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    option = QStyleOptionButton()
    box.initStyleOption(option)
    place = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    picture = box.grab().toImage()
    edge, ground = luminance(picture.pixelColor(place.left(), place.center().y())), luminance(picture.pixelColor(0, 0))
    contrast = (max(edge, ground) + 0.05) / (min(edge, ground) + 0.05)
    assert contrast >= (3 if theme == "dark" else 1.4)  # the style's own outline on a light ground


def test_words_without_room_end_in_an_ellipsis_and_are_told_whole(qtbot: QtBot) -> None:
    box = CheckBox("Only photos of which a part could not be read")
    qtbot.addWidget(box)
    box.setToolTip("Why")
    told: list[str] = []

    def hover() -> bool:
        place = box.rect().center()
        QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, place, box.mapToGlobal(place)))
        told.append(QToolTip.text())
        return bool(QToolTip.text())

    box.resize(box.minimumSizeHint())
    box.show()
    assert box.shown.startswith("Only")
    assert box.shown.endswith("…")
    qtbot.waitUntil(hover, timeout=WAIT)
    assert told[-1] == f"{box.text()}\nWhy"
    box.resize(box.sizeHint())
    assert box.shown == box.text()
    QToolTip.hideText()
