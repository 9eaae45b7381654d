"""Lines that bear the mark of a group show it also where they are chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from desktop_app.gui.dialogs.search_field import SearchList
from desktop_app.gui.item_looks import MARK_ROLE
from desktop_app.gui.theme import apply_theme, contrast


@pytest.fixture(params=["light", "dark"])
def rows(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[SearchList]:
    """A list of groups."""
    apply_theme(request.param)
    found = SearchList("Groups")
    qtbot.addWidget(found)
    found.setIconSize(QSize(14, 14))
    found.resize(300, 400)
    found.show()
    qtbot.waitExposed(found)
    yield found
    apply_theme("system")


def test_the_mark_of_a_chosen_line_stands_apart_from_what_it_stands_on(rows: SearchList) -> None:
    items = [QTreeWidgetItem(["", ""]) for _ in range(10)]
    for group_id, item in enumerate(items):
        item.setData(0, MARK_ROLE, group_id)
    rows.fill(items)
    ground = rows.palette().color(QPalette.ColorRole.Highlight)
    for item in items:
        rows.setCurrentItem(item)
        picture = rows.viewport().grab(rows.visualItemRect(item)).toImage()
        inside = [(x, y) for x in range(4, 16) for y in range(4, picture.height() - 4)]
        colors = {picture.pixel(x, y) for x, y in inside}
        assert max(contrast(QColor(color), ground) for color in colors) >= 3
