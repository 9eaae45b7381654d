"""Everything stays in reach on small screens, and the wheel changes nothing in passing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMenu, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui.bars.tool_bar import MainToolBar
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import LEFT, WAIT, open_organize, open_unsure, wait_for_groups

SIZES = ((1440, 900), (1092, 614), (960, 540), (760, 480), (640, 331))


def in_sight(window: MainWindow, widget: QWidget) -> bool:
    """Whether all of a widget lies in the window, unhidden."""
    corners = (widget.rect().topLeft(), widget.rect().bottomRight())
    return widget.isVisible() and all(window.rect().contains(widget.mapTo(window, corner)) for corner in corners)


def test_every_control_of_the_tool_bar_is_in_reach_at_every_width(window: MainWindow, qtbot: QtBot) -> None:
    tools = window.tools
    window.grouping.choose_k(3)
    for width, height in SIZES:
        window.resize(width, height)
        QApplication.processEvents()
        assert (window.width(), window.height()) == (width, height), "something needs more room"
        others = (window.elbow.chart, window.groups_view.unsure, window.grid.size_slider, window.status_line)
        for widget in (tools.organize, tools.k, *others):
            assert in_sight(window, widget), f"{widget} at {width} x {height}"
        tools.hidden_choices.aboutToShow.emit()
        offered = [action.text() for action in tools.hidden_choices.actions()]
        for widget, name in ((tools.model, "Model"), (tools.method, "Method"), (tools.auto, "Auto: the suggested")):
            assert in_sight(window, widget) or any(text.startswith(name) for text in offered), f"{name} at {width}"
    wait_for_groups(qtbot, window)


def test_the_neighbors_of_a_photo_cover_nothing_of_the_chart_below(window: MainWindow, qtbot: QtBot) -> None:
    window.state.select_photo(next(iter(window.state.photos)))
    qtbot.waitUntil(lambda: window.neighbors.model.rowCount() > 0 and not window.runner.is_busy(), timeout=WAIT)
    for width, height in SIZES:
        window.resize(width, height)
        QApplication.processEvents()
        foot = window.neighbors.mapTo(window, window.neighbors.rect().bottomLeft()).y()
        assert foot < window.elbow.head.mapTo(window, QPoint()).y(), f"at {width} x {height}"
        assert window.neighbors.picture.height() == window.neighbors.picture.width()
    window.resize(*SIZES[0])
    QApplication.processEvents()
    assert window.neighbors.picture.size() == window.neighbors.picture.sizeHint(), "where there is room, all of it"


def test_a_button_of_a_heading_is_whole_or_short_but_never_cut(qtbot: QtBot, window: MainWindow) -> None:
    button = window.neighbors.all_similar
    said = set()
    for width, height in SIZES:
        window.resize(width, height)
        QApplication.processEvents()
        said.add(button.text())
        assert button.width() >= button.sizeHint().width(), f"at {width} x {height}"
        assert button.accessibleName() == "All similar…"
        assert len(window.neighbors.head.title.shown) > 3
    assert said == {"All similar…", "≈"}


def test_samples_of_the_unsure_page_are_whole_on_a_low_screen(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path
) -> None:
    window = make_window()
    open_unsure(qtbot, window, album, below=95)
    page = window.unsure_page
    page.open()
    heights = []
    for width, height in SIZES[:-1]:
        window.resize(width, height)
        QApplication.processEvents()
        for offer in (page.best, page.second):
            if offer.isVisible():
                assert in_sight(window, offer.samples)
                assert offer.rect().contains(offer.samples.geometry()), f"cut at {width} x {height}"
                heights.append(offer.samples.height())
    assert max(heights) == 64
    page.leave()


def test_what_gives_way_is_chosen_under_more(qtbot: QtBot, window: MainWindow) -> None:
    tools = MainToolBar(window.state, QMenu(window), window.menus["organize"], "tiny")  # alone, it can be narrower
    qtbot.addWidget(tools)
    tools.resize(330, 40)
    tools.show()
    qtbot.waitExposed(tools, timeout=WAIT)
    assert tools.more.isVisible()
    assert tools.rect().contains(tools.organize.mapTo(tools, tools.organize.rect().bottomRight()))
    assert tools.rect().contains(tools.k.mapTo(tools, tools.k.rect().bottomRight()))
    tools.hidden_choices.aboutToShow.emit()
    offered = {action.text(): action for action in tools.hidden_choices.actions()}
    methods = offered["Method"].menu().actions()
    assert [action.isChecked() for action in methods[:2]] == [True, False]
    with qtbot.waitSignal(tools.method_chosen) as chosen:
        methods[1].trigger()
    assert chosen.args == [window.state.methods[1]]
    with qtbot.waitSignal(tools.k_chosen) as number:
        offered["Auto: the suggested number of groups"].trigger()
    assert number.args == [tools.k.value()]
    tools.resize(1600, 40)
    assert not tools.more.isVisible()


def in_reach(dialog: ScrollingDialog, widget: QWidget) -> None:
    """All of ``widget``, or as much as there is room for, can be brought into sight."""
    if not widget.isVisibleTo(dialog):
        return
    if dialog.area.widget().isAncestorOf(widget):
        dialog.area.ensureWidgetVisible(widget, 0, 0)
    rect = widget.rect().translated(widget.mapTo(dialog, QPoint()))
    what = f"{widget.accessibleName() or widget} of {dialog.windowTitle()}"
    assert rect.left() >= 0, what
    assert rect.right() < dialog.width(), what
    assert rect.top() >= 0, what
    assert rect.bottom() < dialog.height(), what


def test_dialogs_fit_a_small_screen_with_their_buttons_in_sight(qtbot: QtBot, window: MainWindow) -> None:
    organize = open_organize(qtbot, window)
    window.state.select_group(window.state.groups[0].id)
    window.menus["select_all"].trigger()
    told, asked = ("history", "problems", "words", "about"), ("settings", "keys", "models", "find_action")
    names = (*told, *asked, "move_to_group", "split_group")
    for name in names:
        window.menus[name].trigger()
    dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    assert len(dialogs) == 1 + len(names)
    for dialog in dialogs:
        assert isinstance(dialog, ScrollingDialog)
        dialog.resize(600, 330)
        assert (dialog.width(), dialog.height()) == (600, 330), f"{dialog.windowTitle()} needs more room"
        assert not dialog.area.horizontalScrollBar().maximum(), f"{dialog.windowTitle()} is cut at the right"
        for button in dialog.findChildren(QPushButton):
            in_reach(dialog, button)
        for editor in dialog.findChildren(QComboBox) + dialog.findChildren(QTreeWidget):
            in_reach(dialog, editor)
    bottom = organize.go.mapTo(organize, organize.go.rect().bottomRight())
    assert organize.rect().contains(bottom)
    assert organize.area.verticalScrollBar().maximum() > 0
    for dialog in dialogs:
        dialog.close()


def test_the_title_of_the_photos_is_whole_in_a_small_window(window: MainWindow) -> None:
    title, order = window.grid.title, window.grid.order
    for width, height in SIZES[:-1]:
        window.resize(width, height)
        QApplication.processEvents()
        assert title.shown == "All photos", f"at {width} x {height}"
        # What there is no room for is told on hover; nothing is cut to a letter or two.
        assert order.text() in title.toolTip()
        assert order.shown in ("", order.text()) or len(order.shown) > 8
        assert in_sight(window, window.grid.size_slider)


def test_the_limit_of_likeness_has_room_and_moves_nothing_aside(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(760, 480)
    window.state.select_photo(next(iter(window.state.photos)))
    qtbot.waitUntil(lambda: window.state.neighbors is not None, timeout=WAIT)
    widths = [dock.width() for dock in window.panes.docks.values()]
    window.neighbors.all_similar.click()
    qtbot.waitUntil(window.neighbors.similar.select.isEnabled, timeout=WAIT)
    QApplication.processEvents()
    assert [dock.width() for dock in window.panes.docks.values()] == widths
    bar = window.neighbors.similar
    assert bar.slider.width() > 150
    for widget in (bar.slider, bar.count, bar.select):
        assert in_sight(window, widget)


def turn_wheel(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    down = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, down)


def test_the_wheel_turns_only_what_was_clicked(qtbot: QtBot, window: MainWindow, kindred_home: Path) -> None:
    make_tiny_model(kindred_home / "models" / "zebra")
    tools = window.tools
    tools.show_models("tiny")
    library = window.workflow.library
    sliders = (window.elbow.chart, window.groups_view.unsure, window.grid.size_slider)
    turned = (tools.model, tools.method, tools.k, *sliders)
    tools.method.setFocus(Qt.FocusReason.TabFocusReason)  # the focus alone is no reason

    def values() -> list[int]:
        return [one.currentIndex() if hasattr(one, "currentIndex") else one.value() for one in turned]

    before = values()
    for widget in turned:
        turn_wheel(widget)
    turn_wheel(tools.k.lineEdit())
    assert values() == before
    assert window.workflow.library is library
    qtbot.mouseClick(tools.k.lineEdit(), LEFT)
    turn_wheel(tools.k)
    assert tools.k.value() == before[2] - 1
    tools.method.setFocus(Qt.FocusReason.TabFocusReason)
    turn_wheel(tools.k)
    assert tools.k.value() == before[2] - 1
    qtbot.waitUntil(lambda: window.state.clustering.k == before[2] - 1, timeout=WAIT)
    wait_for_groups(qtbot, window)


def test_long_names_end_in_an_ellipsis_and_whoever_went_elsewhere_is_called(
    qtbot: QtBot, window: MainWindow, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "A very long name of a very long evening by the sea " * 3
    window.corrections.rename(window.state.groups[0].id, name)
    window.state.select_group(window.state.groups[0].id)
    title = window.grid.title
    assert title.text() == name.strip()
    assert title.shown.endswith("…")
    assert title.width() < title.fontMetrics().horizontalAdvance(title.text())

    called: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", lambda widget, _duration=0: called.append(widget))
    for elsewhere in (False, True):
        monkeypatch.setattr(MainWindow, "isActiveWindow", lambda _self, elsewhere=elsewhere: not elsewhere)
        window.handlers.open_folder(album)
        wait_for_groups(qtbot, window)
        assert called == ([window] if elsewhere else [])
