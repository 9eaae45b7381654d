"""Keywords from the window: shown first, written into real sidecars, taken back."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.engine.keywords.merge import SUBJECT, TAGS
from desktop_app.gui.dialogs.history import HistoryDialog
from desktop_app.gui.dialogs.keywords import KeywordsDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LEFT, WAIT, answer, choose_k, contents, offer, wait_for_groups
from tests.helpers.xmp import DIGIKAM, keywords


def open_dialog(qtbot: QtBot, window: MainWindow) -> KeywordsDialog:
    window.menus["keywords"].trigger()
    dialog = window.findChild(KeywordsDialog)
    assert isinstance(dialog, KeywordsDialog)
    qtbot.waitUntil(lambda: "Looking" not in dialog.summary.text(), timeout=WAIT)
    return dialog


def test_write_and_take_back(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    (album / "red 0.jpg.xmp").write_text(DIGIKAM, encoding="utf-8")
    (album / "red 1.jpg.xmp").write_text("broken")
    window.handlers.rescan()
    wait_for_groups(qtbot, window)
    choose_k(qtbot, window, 3)
    window.corrections.rename(window.state.groups[0].id, "Roses & tulips")
    before = contents(album)
    dialog = open_dialog(qtbot, window)
    assert dialog.go.text() == "Write keywords for 23 photos"
    text = dialog.summary.text()
    assert "in 22 new sidecars and in 1 that is there already. 2 groups have no name yet" in text
    assert "(as a tree Kindred|Roses & tulips, Kindred/Roses & tulips)" in text
    headings = [dialog.tree.topLevelItem(row).text(0) for row in range(dialog.tree.topLevelItemCount())]
    assert headings == ["New (22)", "Added to (1)", "Left alone (1)"]
    assert contents(album) == before

    dialog.spelling.setCurrentIndex(dialog.spelling.findData("lightroom"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert dialog.tree.topLevelItem(0).child(0).text(0).endswith(".xmp")
    assert ".jpg.xmp" not in dialog.tree.topLevelItem(0).child(0).text(0)
    dialog.spelling.setCurrentIndex(dialog.spelling.findData("auto"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: "23 photos got a keyword" in window.notice.text.text(), timeout=WAIT)
    wait_for_groups(qtbot, window)
    names = {group.id: group.name for group in window.state.groups}
    for group in window.state.groups:
        for photo_id in group.photo_ids.tolist():
            photo = window.state.photos[photo_id]
            sidecar = photo.path.with_name(f"{photo.path.name}.xmp")
            assert sidecar in photo.companions, "what was written beside a photo travels with it from now on"
            if photo.path.name != "red 1.jpg":
                assert keywords(sidecar.read_bytes(), SUBJECT)[-1] == names[group.id]
                assert keywords(sidecar.read_bytes(), TAGS)[-1] == f"Kindred/{names[group.id]}"
    assert (album / "red 1.jpg.xmp").read_text() == "broken"

    window.handlers.organizing.show_history()
    history = window.findChild(HistoryDialog)
    row = history.table.topLevelItem(0)
    assert [row.text(column) for column in (1, 2, 4)] == ["keywords", "23", "done"]
    history.close()
    qtbot.mouseClick(offer(window, "Undo"), LEFT)
    assert "keywords of 23 photos in " in answer(qtbot, window, "Take back 23 photos").text()
    qtbot.waitUntil(lambda: "without the keyword again" in window.notice.text.text(), timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert contents(album) == before


def test_what_has_nothing_to_write_says_so(qtbot: QtBot, window: MainWindow) -> None:
    choose_k(qtbot, window, 3)
    window.corrections.set_hidden([group.id for group in window.state.groups], True)
    dialog = open_dialog(qtbot, window)
    assert not dialog.go.isEnabled()
    assert "No sidecar has to be written." in dialog.summary.text()
    assert "Left where they are, as you decided: 24 photos in 3 groups that are left out." in dialog.summary.text()
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()
