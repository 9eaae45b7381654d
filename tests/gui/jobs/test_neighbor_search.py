"""What was asked about is found, and asked again on the way back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LEFT, WAIT, draw, message, wait_for_groups


def test_a_click_on_a_point_fills_the_neighbors_and_back_returns(qtbot: QtBot, window: MainWindow) -> None:
    ids = window.scatter.points.ids.tolist()
    first, second = ids[0], ids[12]
    for photo_id in (first, second):
        place = window.scatter.screen_position(photo_id)
        assert place is not None
        qtbot.mouseClick(window.scatter.plot.viewport(), LEFT, pos=place)
        qtbot.waitUntil(lambda: window.state.neighbors_of == window.state.selected_photo is not None, timeout=WAIT)
    chosen = window.state.selected_photo
    assert chosen is not None
    found = window.state.neighbors
    assert found is not None
    kind = window.state.photos[chosen].path.name.split()[0]
    nearest = [window.state.photos[i].path.name.split()[0] for i in found.photo_ids[0][:7].tolist()]
    assert nearest == [kind] * 7
    assert np.all(np.diff(found.similarity[0]) <= 1e-6)
    assert chosen not in found.photo_ids
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.state.neighbors_of != chosen, timeout=WAIT)
    assert window.menus["forward"].isEnabled()
    assert not window.menus["back"].isEnabled()


def test_a_picture_from_outside_is_shown_and_everything_like_it_can_be_selected(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    view, state = window.neighbors, window.state
    outside = tmp_path / "outside.png"
    draw(outside, (200, 40, 40), seed=7)

    def drop(path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(view, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
        QApplication.sendEvent(view, QDropEvent(QPointF(9, 9), copy, data, left, none))

    drop(outside)
    qtbot.waitUntil(lambda: state.neighbors_of == outside, timeout=WAIT)
    assert view.picture.isVisible()
    color = view.picture.grab().toImage().pixelColor(56, 56)
    assert color.red() > 150 > color.green()
    view.all_similar.click()
    qtbot.waitUntil(view.similar.select.isEnabled, timeout=WAIT)
    assert state.neighbors is not None
    similarity = state.neighbors.similarity[0]
    assert 0 < view.similar.found.size < len(state.photos), "it begins where nothing, or everything, is found"
    view.similar.slider.setValue(int(100 * similarity[4]))
    limit = view.similar.slider.value() / 100
    assert f"{limit:.2f} and above: {int((similarity >= limit).sum())} photos" == view.similar.count.text()
    view.similar.select.click()
    assert state.selection.tolist() == sorted(state.neighbors.photo_ids[0][similarity >= limit].tolist())
    assert state.neighbors_of == outside

    one = next(iter(state.photos.values()))
    drop(one.path)  # one of the photos is asked about as itself
    qtbot.waitUntil(lambda: state.neighbors_of == one.id, timeout=WAIT)
    qtbot.waitUntil(view.similar.select.isEnabled, timeout=WAIT)
    assert state.selection.tolist() == [one.id]
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    drop(text)
    message(qtbot, window).close()
    window.menus["back"].trigger()
    qtbot.waitUntil(lambda: state.neighbors_of == outside, timeout=WAIT)


def test_what_counts_the_similar_closes_with_escape_and_when_its_photo_is_gone(
    qtbot: QtBot, window: MainWindow
) -> None:
    view, state = window.neighbors, window.state
    chosen = next(iter(state.photos))
    state.select_photo(chosen)
    qtbot.waitUntil(lambda: state.neighbors_of == chosen, timeout=WAIT)
    view.all_similar.click()
    qtbot.waitUntil(view.similar.select.isEnabled, timeout=WAIT)
    qtbot.keyClick(view.similar.slider, Qt.Key.Key_Escape)
    assert view.similar.isHidden()
    assert not view.all_similar.isChecked()
    view.all_similar.click()
    qtbot.waitUntil(view.similar.select.isEnabled, timeout=WAIT)
    state.photos[chosen].path.unlink()
    window.menus["rescan"].trigger()
    wait_for_groups(qtbot, window)
    assert chosen not in state.photos
    assert view.similar.isHidden()
    assert not view.all_similar.isChecked()
